"""Conversations with each follow-up written out in full, and which words of what was said before it needs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer.follow_up.carrying import as_read, bare
from assistant.index.word_carrier import WORD
from assistant.terms import TermAnalyzer
from evals.benchmark import read_rows
from evals.train.graded import ORIGIN
from evals.train.questions import PLAIN_QUESTIONS, QUESTIONS, written

CONVERSATIONS = Path(__file__).with_name("conversations.jsonl")
HELD_CONVERSATIONS = Path(__file__).with_name("conversations_held.jsonl")
TURNS_READ = 3
NOT_SAID = "The corpus does not say."
# A question that says less may well lean on something.
LEAST_TERMS_ALONE = 3
QUESTIONS_A_TALK = 3
OTHER_ARTICLE_SHARE = 0.3


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenTurn(_Frozen):
    """A question, its answer in a sentence, and the question in full; the first of a talk is full as it is."""

    q: str = Field(min_length=1)
    a: str = ""
    full: str = ""

    @property
    def whole(self) -> str:
        """The question in full."""
        return self.full or self.q


class Conversation(_Frozen):
    """Turns in order."""

    turns: tuple[WrittenTurn, ...] = Field(min_length=2)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, what was said before as the network reads it, the question in full, and the talk up to it."""

    question: str
    said: str
    full: str
    before: tuple[WrittenTurn, ...] = ()

    def labels(self, analyzer: TermAnalyzer) -> tuple[bool | None, ...]:
        """For each word of ``said`` whether the full question has it and the question not; None for function words."""
        wanted = terms(self.full, analyzer) - terms(self.question, analyzer)
        told = (frozenset(analyzer.content_terms(bare(word))) for word in WORD.findall(self.said))
        return tuple(one <= wanted if one else None for one in told)


def terms(text: str, analyzer: TermAnalyzer) -> frozenset[str]:
    """The terms of the words of a text, each by itself."""
    return frozenset(term for word in WORD.findall(text) for term in analyzer.content_terms(bare(word)))


def read_conversations(file: Path) -> tuple[Conversation, ...]:
    """The conversations of a file, one a line. Raises BadInputError."""
    return read_rows(file, Conversation, ORIGIN)[0]


def follow_ups(conversations: Sequence[Conversation]) -> tuple[FollowUp, ...]:
    """Every later turn, after those before it."""
    return tuple(
        _follow_up(talk.turns[:place], turn) for talk in conversations for place, turn in enumerate(talk.turns) if place
    )


def _follow_up(before: Sequence[WrittenTurn], turn: WrittenTurn) -> FollowUp:
    newest = [*reversed(before)][:TURNS_READ]
    said = as_read([one.whole for one in newest], [one.a for one in newest])
    return FollowUp(turn.q, said, turn.whole, tuple(before))


def standing_alone(count: int, seed: int, analyzer: TermAnalyzer) -> Iterator[FollowUp]:
    """Written questions after others on the same article, which need nothing of them. Raises BadInputError."""
    asked: dict[str, list[WrittenTurn]] = {}
    for file in (*QUESTIONS, PLAIN_QUESTIONS):
        for entry in written(file):
            turns = [WrittenTurn(q=one.ask, a=next(iter(one.answered_by), NOT_SAID)) for one in entry.questions]
            asked.setdefault(entry.article, []).extend(turns)
    rng = random.Random(seed)
    talked_of = [turns for turns in asked.values() if len(turns) > QUESTIONS_A_TALK]
    made = 0
    while made < count:
        turns = rng.sample(rng.choice(talked_of), QUESTIONS_A_TALK)
        if rng.random() < OTHER_ARTICLE_SHARE:
            turns[0] = rng.choice(rng.choice(talked_of))
        *before, turn = turns[: rng.choice((2, 3))]
        if len(terms(turn.q, analyzer)) >= LEAST_TERMS_ALONE:
            made += 1
            yield _follow_up(before, turn)
