from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInputError
from assistant.index.word_carrier import WORD
from assistant.terms import TermAnalyzer
from evals.train.conversations import (
    CONVERSATIONS,
    HELD_CONVERSATIONS,
    Conversation,
    FollowUp,
    WrittenTurn,
    follow_ups,
    read_conversations,
    standing_alone,
)

ANALYZER = TermAnalyzer()
TALK = Conversation(
    turns=(
        WrittenTurn(q="Who makes terbium?", a="Lynas does."),
        WrittenTurn(q="Since when?", a="2025.", full="Since when does Lynas make terbium?"),
        WrittenTurn(q="What is Project Vault?"),
    )
)


def test_each_later_turn_follows_what_was_said_before_newest_first() -> None:
    second, third = follow_ups([TALK])
    assert second.said == "Who makes terbium? | Lynas does."
    assert third.said == "Since when does Lynas make terbium? | 2025. | Who makes terbium? | Lynas does."
    assert third.full == "What is Project Vault?"


def test_a_word_is_wanted_where_only_the_full_question_has_it() -> None:
    second = follow_ups([TALK])[0]
    assert dict(zip(WORD.findall(second.said), second.labels(ANALYZER), strict=True)) == {
        "Who": None, "makes": True, "terbium?": True, "|": None, "Lynas": True, "does.": None,
    }  # fmt: skip


def test_nothing_is_wanted_by_a_question_that_says_all() -> None:
    assert True not in follow_ups([TALK])[1].labels(ANALYZER)


def test_a_line_that_is_no_conversation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"turns": []}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="line 1, is not of the expected shape"):
        read_conversations(tmp_path / "c.jsonl")


def test_the_shipped_conversations_are_read_and_those_held_out_are_others() -> None:
    learned, held = (read_conversations(file) for file in (CONVERSATIONS, HELD_CONVERSATIONS))
    assert len(follow_ups(learned)) > 3_000 and len(follow_ups(held)) > 150
    assert set(learned).isdisjoint(held)


def test_questions_that_stand_alone_want_nothing_and_are_the_same_for_one_seed() -> None:
    made = list(standing_alone(20, 1, ANALYZER))
    assert made == list(standing_alone(20, 1, ANALYZER)) and made != list(standing_alone(20, 2, ANALYZER))
    assert all(isinstance(one, FollowUp) and True not in one.labels(ANALYZER) for one in made)
