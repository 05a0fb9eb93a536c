from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_citation

from assistant.answer.notices import NoticeInputs, notices_of

FRESH = NoticeInputs(
    as_of="2026-01-15", current_to="2026-01-10", newest_evidence_on="2026-01-10", declined=False, articles=10,
    dropped_hits=0, cited=(make_citation(),),
)  # fmt: skip


def told(**changes: object) -> dict[str, str]:
    return {notice.code: notice.text for notice in notices_of(replace(FRESH, **changes))}  # type: ignore[arg-type]


def test_a_fresh_answer_needs_no_notice() -> None:
    assert told() == {}


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
        "evidence_age": "The newest evidence is 91 days old (16 October 2025)."
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
