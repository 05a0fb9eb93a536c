"""The shipped register against the shipped articles."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import frontmatter
import pytest
from registers import article

from assistant.measures.coverage import Item, is_covered
from assistant.measures.load import check_register, load_register
from assistant.measures.register import Register
from assistant.types import Article, ArticleKind

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILE = CORPUS / "measures.yaml"
TODAY = date(2026, 11, 22)
OCTOBER = [f"cn-mofcom-2025-{number}" for number in (55, 56, 57, 58, 61, 62)]


@pytest.fixture(scope="module")
def articles() -> Callable[[str], Article | None]:
    found = {}
    for file in (CORPUS / "articles").glob("*.md"):
        post = frontmatter.load(str(file))
        text = unicodedata.normalize("NFC", post.content).replace("\r\n", "\n").strip()
        meta = post.metadata
        dates = {name: None if meta.get(name) is None else str(meta[name]) for name in ("published_on", "retrieved_on")}
        found[str(meta["id"])] = article(
            str(meta["id"]),
            text,
            dates["published_on"],
            cast(ArticleKind, meta["kind"]),
            dates["retrieved_on"] or "2026-11-22",
        )
    return found.get


@pytest.fixture(scope="module")
def register(articles: Callable[[str], Article | None]) -> Register:
    return load_register([FILE], articles)


def test_every_quote_is_word_for_word_in_its_article(articles: Callable[[str], Article | None]) -> None:
    assert check_register(FILE, articles) == ()


def test_no_quote_is_missing(register: Register) -> None:
    assert register.missing_evidence == 0


def test_there_are_measures_enough(register: Register) -> None:
    assert len(register.measures) >= 45


@pytest.mark.parametrize("measure", OCTOBER)
def test_past_the_suspension_of_the_october_controls_nothing_is_claimed(register: Register, measure: str) -> None:
    status = register.status(measure, TODAY)
    assert (status.status, status.last_status, status.unknown_after) == ("unknown", "suspended", "2026-11-10")


@pytest.mark.parametrize("measure", OCTOBER[:5])
def test_on_1_november_2025_the_october_controls_are_announced(register: Register, measure: str) -> None:
    assert register.status(measure, date(2025, 11, 1)).status == "announced"


def test_on_1_november_2025_announcement_61_is_due_on_1_december(register: Register) -> None:
    due = register.status("cn-mofcom-2025-61", date(2025, 11, 1)).next
    assert due is not None and (due.status, due.since) == ("in_force", "2025-12-01")


def test_announcement_61_held_at_once_for_items_of_chinese_origin(register: Register) -> None:
    (scoped,) = register.status("cn-mofcom-2025-61", date(2025, 10, 10)).scoped
    assert (scoped.scope, scoped.status, scoped.since) == ("items of Chinese origin", "in_force", "2025-10-09")


def test_announcement_62_held_at_once(register: Register) -> None:
    assert register.status("cn-mofcom-2025-62", date(2025, 11, 1)).status == "in_force"


def test_on_1_november_2025_the_suspension_is_not_known(register: Register) -> None:
    known = {status.id: status for status in register.as_of(date(2025, 11, 1))}
    told = [entry.status for measure in OCTOBER for entry in known[measure].history]
    assert "cn-mofcom-2025-70" not in known and "suspended" not in told


@pytest.mark.parametrize("day", [date(2025, 4, 7), date(2025, 11, 1), date(2025, 12, 5), TODAY])
def test_announcement_18_is_in_force_throughout(register: Register, day: date) -> None:
    assert register.status("cn-mofcom-2025-18", day).status == "in_force"


def test_on_22_november_2026_the_metals_ban_on_the_us_is_still_suspended(register: Register) -> None:
    clause = register.status("cn-mofcom-2024-46", TODAY).scoped[1]
    assert (clause.status, clause.until, clause.scope and clause.scope[:8]) == ("suspended", "2026-11-27", "clause 2")


def test_the_clause_on_us_military_users_was_never_suspended(register: Register) -> None:
    clause = register.status("cn-mofcom-2024-46", TODAY).scoped[0]
    assert (clause.status, clause.since) == ("in_force", "2024-12-03")


def test_announcement_72_still_holds_on_22_november_2026(register: Register) -> None:
    status = register.status("cn-mofcom-2025-72", TODAY)
    assert (status.status, status.until) == ("in_force", "2026-11-27")


def test_a_magnet_with_dysprosium_is_covered_by_announcement_18(register: Register) -> None:
    covering = is_covered(register, Item("dysprosium", "magnet", None, "US"), TODAY).measures
    named = [(one.measure.id, one.measure.status) for one in covering if {"element", "form"} <= set(one.by)]
    assert named == [("cn-mofcom-2025-18", "in_force"), ("cn-mofcom-2025-61", "unknown")]


def test_neodymium_is_not_covered_by_announcement_18(register: Register) -> None:
    covering = is_covered(register, Item("neodymium", "magnet", None, "US"), TODAY).measures
    assert "cn-mofcom-2025-18" not in [one.measure.id for one in covering]


@pytest.mark.parametrize("measure", ["cn-mofcom-2025-18", "cn-order-785", "us-section-232-minerals"])
def test_a_measure_is_found_by_its_instrument(register: Register, measure: str) -> None:
    instrument = register.measure(measure).instrument
    assert instrument is not None and [one.id for one in register.find(instrument)] == [measure]


def test_every_measure_is_found_by_its_name(register: Register) -> None:
    assert [one.id for one in register.measures if one not in register.find(one.name)] == []


def test_summaries_tell_nothing_that_happened_later(register: Register) -> None:
    """They are shown for any day, so none may name the status or its end."""
    assert [
        one.id for one in register.measures if "suspended until" in one.summary or "2026-11-10" in one.summary
    ] == []
