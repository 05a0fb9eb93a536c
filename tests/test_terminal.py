"""An answer in words: what a person at a terminal reads beside the sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from answers import ANSWER, CHANGED, STOOD

from assistant.terminal import print_answer
from assistant.types import Conflict, ConflictValue, Notice, Period, Removed, Sentence


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The lines that an answer with these changes prints."""
    monkeypatch.setenv("COLUMNS", "200")

    def show(**changes: Any) -> list[str]:
        print_answer(replace(ANSWER, **changes))
        return capsys.readouterr().out.splitlines()

    return show


def test_a_plain_answer_is_its_sentences_and_sources(printed: Any) -> None:
    assert printed() == ["Prices rose. [1]", "", "[1] Publisher, 1 June 2025: Title"]


def test_a_rewritten_question_is_shown_as_understood(printed: Any) -> None:
    assert printed(standalone_question="Is the rule in force?")[:2] == ["Understood as: Is the rule in force?", ""]


def test_a_question_that_only_lost_its_day_was_not_rewritten(printed: Any) -> None:
    lines = printed(question="What holds as of 1 December 2025?", standalone_question="What holds?")
    assert lines[0] == "Prices rose. [1]"


def test_the_period_asked_about_comes_with_the_day_known(printed: Any) -> None:
    assert printed(about=Period("2025-06", "2025-06"))[0] == "About June 2025, as known on 22 November 2026"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "  The rule: suspended since 7 November 2025 until 10 November 2026 [1]"),
        ({"scope": "clause 2"}, "  The rule (clause 2): suspended since 7 November 2025 until 10 November 2026 [1]"),
        (
            {"status": "unknown", "until": None, "last_status": "in_force", "unknown_after": "2026-11-10"},
            "  The rule: unknown after 10 November 2026 (was in force) [1]",
        ),
        ({"status": "in_force", "until": None, "citations": ()}, "  The rule: in force since 7 November 2025"),
    ],
)
def test_a_standing_tells_status_dates_scope_and_citations(printed: Any, changes: dict[str, Any], line: str) -> None:
    lines = printed(standings=(replace(STOOD, **changes),))
    assert lines[:3] == ["In the register on 22 November 2026:", line, ""]


def test_a_change_tells_day_before_and_after(printed: Any) -> None:
    lines = printed(changes=(CHANGED, replace(CHANGED, at_latest=False, scope=None, before=None)))
    assert lines[:3] == [
        "What changed, by the register:",
        "  by 7 November 2025  The rule (clause 2): in force -> suspended [1]",
        "  7 November 2025  The rule: suspended [1]",
    ]


def test_a_conflict_tells_who_says_each_value(printed: Any) -> None:
    wired = ConflictValue("1,200 t", (1,), ("Caixin", "Yahoo"), 1, "2025-06", True)
    alone = ConflictValue("1,500 t", (), ("Argus",), 1, None, False)
    lines = printed(conflicts=(Conflict("Quota for 2025", (wired, alone)),))
    assert lines[1:5] == [
        "",
        "Sources disagree: Quota for 2025",
        "  1,200 t [1]: Caixin, Yahoo, 1 independent source, official, latest June 2025",
        "  1,500 t: Argus, undated",
    ]


def test_warnings_stand_before_the_sentences_and_other_notices_after(printed: Any) -> None:
    notices = (Notice("corpus_age", "Old corpus."), Notice("evidence_age", "Old evidence."))
    lines = printed(notices=notices)
    assert (lines[0], lines[-1]) == ("Old evidence.", "Old corpus.")


def test_suggestions_come_last(printed: Any) -> None:
    assert printed(suggestions=("Why?",))[-3:] == ["", "Ask next:", "  Why?"]


def test_wrapped_lines_keep_their_indent(printed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert printed(suggestions=("Which of the controls are suspended?",))[-2:] == [
        "  Which of the controls are",
        "  suspended?",
    ]


def test_a_sentence_that_is_carried_in_part_says_so(printed: Any) -> None:
    assert printed(sentences=(Sentence("Prices rose.", (1,), "partial"),))[0] == "Prices rose. [1] (partly supported)"


def test_what_left_the_answer_stands_at_its_end_with_the_reason(printed: Any) -> None:
    lines = printed(removed=(Removed("Prices doubled.", "it cites nothing that was offered"),))
    assert lines[-2:] == ["Not in the answer:", "  Prices doubled. (it cites nothing that was offered)"]


def test_a_partial_answer_names_what_is_missing(printed: Any) -> None:
    lines = printed(status="partial", missing=("who signed it",))
    assert "The corpus does not say: who signed it" in lines


def test_a_declined_answer_does_not_repeat_its_question(printed: Any) -> None:
    assert "who signed it" not in str(printed(status="declined", missing=("who signed it",)))
