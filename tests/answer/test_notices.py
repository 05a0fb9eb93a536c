from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support import make_citation

from assistant.answer.notices import NoticeInputs, notices_of
from assistant.answer.untold import Untold
from assistant.types import Period, RegisterStanding

FRESH = NoticeInputs(
    as_of="2026-01-15", current_to="2026-01-10", newest_evidence_on="2026-01-10", declined=False, articles=10,
    dropped_hits=0, cited=(make_citation(),),
)  # fmt: skip


def told(**changes: object) -> dict[str, str]:
    return {notice.code: notice.text for notice in notices_of(replace(FRESH, **changes))}  # type: ignore[arg-type]


def standing(**changes: Any) -> RegisterStanding:
    """A standing of which nothing is known after a suspension's last day."""
    unknown = RegisterStanding(
        measure="rule", name="Salt rule", on="2026-01-15", status="unknown", since="2025-11-11", until=None,
        last_status="suspended", unknown_after="2025-11-10", scope=None, citations=(1,),
    )  # fmt: skip
    return replace(unknown, **changes)


KNOWN = standing(status="in_force", last_status=None, unknown_after=None)


def test_a_fresh_answer_needs_no_notice() -> None:
    assert told() == {}


@pytest.mark.parametrize(("count", "more"), [(1, "one more standing or change"), (3, "3 more standings or changes")])
def test_what_the_register_holds_beyond_the_answer_is_told_with_where_it_is_listed(count: int, more: str) -> None:
    text = told(register_unquoted=count)["register_unquoted"]
    assert (more in text, "assistant measures" in text, "/v1/measures" in text) == (True, True, True)


@pytest.mark.parametrize(("current_to", "said"), [("2025-12-16", False), ("2025-12-15", True), ("2025-12", False)])
def test_a_corpus_older_than_thirty_days_is_told(current_to: str, said: bool) -> None:
    assert ("corpus_age" in told(current_to=current_to)) is said


def test_the_age_of_the_corpus_says_to_which_day() -> None:
    assert told(current_to="2025-11-10") == {
        "corpus_age": "The corpus is current to 10 November 2025; it does not say what followed."
    }


def test_the_age_of_the_evidence_is_counted_in_days() -> None:
    assert told(newest_evidence_on="2025-10-17") == {}
    assert told(newest_evidence_on="2025-10-16") == {
        "evidence_age": "The newest evidence is 91 days old (16 October 2025); things may have changed since."
    }


def test_a_partial_as_of_means_its_last_day() -> None:
    assert told(as_of="2026-01", newest_evidence_on="2025-11-01")["evidence_age"].startswith(
        "The newest evidence is 91 "
    )


def test_an_inferred_date_is_told_by_number() -> None:
    cited = (make_citation(1), make_citation(2, published_inferred=True), make_citation(3, published_inferred=True))
    assert told(cited=cited) == {"inferred_date": "The date of [2], [3] is inferred, not printed on the page."}


def test_a_declined_answer_says_what_was_searched() -> None:
    (text,) = told(declined=True, newest_evidence_on=None, cited=()).values()
    assert text.startswith("Searched 10 articles as known on 15 January 2026; no sentence answers this.")


def test_an_empty_corpus_is_told() -> None:
    assert told(current_to=None) == {"corpus_empty": "The corpus holds nothing dated up to 15 January 2026."}


def test_dropped_hits_are_counted() -> None:
    assert told(dropped_hits=2)["dropped_hits"].startswith("2 passages found were removed")


def test_what_was_searched_comes_first() -> None:
    notices = notices_of(replace(FRESH, declined=True, current_to="2025-01-01", dropped_hits=1))
    assert [notice.code for notice in notices] == ["searched", "corpus_age", "dropped_hits"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (None, True),
        (Period("2025-06", None), True),
        (Period("2025-06", "2026-01-15"), True),
        (Period("2025-06", "2026-12"), True),
        (Period("2025-06", "2026-01-14"), False),
        (Period(None, "2025-12"), False),
    ],
)
def test_old_evidence_is_told_only_of_what_is_asked_about_now(period: Period | None, said: bool) -> None:
    assert ("evidence_age" in told(newest_evidence_on="2025-06-01", period=period)) is said


def test_what_is_not_known_of_a_measure_is_told_with_what_held_before() -> None:
    assert told(standings=(standing(),)) == {
        "unknown_after": "Salt rule: suspended until 10 November 2025; the corpus, current to 10 January 2026, "
        "does not say what followed."
    }


def test_what_is_not_known_is_told_in_figures_too() -> None:
    (notice,) = notices_of(replace(FRESH, standings=(standing(),)))
    assert notice.params == {
        "last_status": "suspended", "unknown_after": "2025-11-10", "current_to": "2026-01-10"
    }  # fmt: skip


def test_without_a_dated_article_the_corpus_is_current_to_no_day() -> None:
    assert told(standings=(standing(),), current_to=None)["unknown_after"] == (
        "Salt rule: suspended until 10 November 2025; the corpus does not say what followed."
    )


def test_a_status_is_told_in_words() -> None:
    assert "Salt rule: in force until" in told(standings=(standing(last_status="in_force"),))["unknown_after"]


def test_a_scope_of_which_nothing_is_known_is_named() -> None:
    assert told(standings=(standing(scope="clause 2"),))["unknown_after"].startswith("Salt rule (clause 2): suspended")


def test_measures_that_ended_alike_share_a_notice() -> None:
    both = (standing(), standing(name="Sand rule"))
    assert told(standings=both)["unknown_after"].startswith("Salt rule; Sand rule: suspended until 10 November 2025;")


def test_many_measures_that_ended_alike_are_counted() -> None:
    many = tuple(standing(name=f"Rule {n}") for n in range(3))
    assert told(standings=many)["unknown_after"].startswith("3 measures of the register: suspended until")


@pytest.mark.parametrize("other", [{"unknown_after": "2025-12-01"}, {"last_status": "in_force"}])
def test_measures_that_ended_otherwise_have_notices_of_their_own(other: dict[str, str]) -> None:
    notices = notices_of(replace(FRESH, standings=(standing(), standing(name="Sand rule", **other))))
    assert [notice.code for notice in notices] == ["unknown_after", "unknown_after"]


def test_a_standing_that_is_known_needs_no_notice() -> None:
    assert told(standings=(KNOWN,)) == {}


def test_the_age_of_the_corpus_is_not_told_twice() -> None:
    old = {"current_to": "2025-11-10"}
    assert set(told(standings=(standing(),), **old)) == {"unknown_after"}
    assert set(told(standings=(KNOWN,), **old)) == {"corpus_age"}


def test_what_is_unknown_comes_before_the_age_of_the_evidence() -> None:
    notices = notices_of(
        replace(FRESH, standings=(standing(),), newest_evidence_on="2025-01-01", dropped_hits=1, declined=True)
    )
    assert [notice.code for notice in notices] == ["searched", "unknown_after", "evidence_age", "dropped_hits"]


def test_what_no_sentence_quoted_tells_is_said_piece_by_piece() -> None:
    untold = Untold(names=("Ford", "Toyota"), times=("2025-04",), kinds=("money",))
    assert told(untold=untold) == {
        "not_named": "No sentence quoted names Ford, Toyota.",
        "time_not_told": "No sentence quoted tells of April 2025.",
        "no_money": "No sentence quoted gives a sum of money.",
    }
    assert told(untold=Untold()) == {}
