"""Reading a question: its words, its times, and what it leans on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.answer.asked import asks_latest
from assistant.answer.rewrite import Standalone, Turn, standalone
from assistant.dates import last_day, parse_date, split_as_of
from assistant.errors import BadInputError, TooLargeError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.periods import asked_period
from assistant.terms import TermAnalyzer
from assistant.types import Ask, Filters, Period

MAX_QUESTION_LENGTH = 4_000
NEWEST_SPAN = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question made ready: what to search for, when, and in which conversation.

    ``period`` is the time asked about, ``raised`` the time whose passages come first: the same, or the newest
    when that is what is asked for; ``newest`` is then the last day that the corpus tells of. ``earlier`` are
    ids of the passages that the answer before cited, when the question leans on it.
    """

    asked: str
    standalone: Standalone
    filters: Filters
    as_of: str
    period: Period | None
    raised: Period | None
    newest: date | None
    conversation_id: str | None
    earlier: tuple[str, ...]


class QuestionReader:
    """Makes questions ready.

    Args:
        analyzer: knows named events.
        catalog: knows how current the corpus is.
        conversations: what was asked and answered before.
        today: the clock.
    """

    def __init__(
        self, analyzer: TermAnalyzer, catalog: Catalog, conversations: Conversations, today: Callable[[], date]
    ) -> None:
        self._analyzer = analyzer
        self._catalog = catalog
        self._conversations = conversations
        self._today = today

    def with_conversations(self, conversations: Conversations) -> QuestionReader:
        """The same reader over the conversations of another owner."""
        return QuestionReader(self._analyzer, self._catalog, conversations, self._today)

    def read(self, ask: Ask) -> ReadQuestion:
        """The question made ready.

        Raises:
            BadInputError: no question, or a bad date.
            TooLargeError: the question is over ``MAX_QUESTION_LENGTH`` characters.
            NotFoundError: no such conversation.
        """
        asked = checked_question(ask.question)
        filters = self._in_iso(ask.filters)
        history = self._history(ask)
        text, as_of_in_words = split_as_of(asked)
        only_a_day = as_of_in_words is not None and not self._analyzer.content_terms(text)
        if history and only_a_day:
            # "And as of 1 December 2025?" asks the question before again, of another day.
            question = Standalone(history[-1]["standalone_question"], text)
        else:
            text = asked if only_a_day else text
            question = standalone(text, [_turn(answer) for answer in history], self._analyzer)
        carried = _as_of_in_words(history) if question.text != text else None
        as_of = filters.as_of or as_of_in_words or carried or self._today().isoformat()
        period = asked_period(question.text, last_day(as_of), self._analyzer.event_days)
        earlier = _cited_passages(history[-1]) if history and question.text != text else ()
        newest = self._newest(as_of) if asks_latest(question.text) else None
        raised = Period((newest - NEWEST_SPAN).isoformat(), None) if newest and not period else period
        filters = replace(filters, as_of=as_of)
        return ReadQuestion(asked, question, filters, as_of, period, raised, newest, ask.conversation_id, earlier)

    def _newest(self, as_of: str) -> date | None:
        """The last day that the corpus tells of."""
        current_to = self._catalog.current_to(last_day(as_of).isoformat())
        return last_day(current_to) if current_to else None

    def filters(self, filters: Filters) -> Filters:
        """The filters of a search: dates in ISO form, as of today unless told. Raises BadInputError."""
        filters = self._in_iso(filters)
        return replace(filters, as_of=filters.as_of or self._today().isoformat())

    def _in_iso(self, filters: Filters) -> Filters:
        return replace(
            filters,
            as_of=_iso(filters.as_of, "as_of"),
            since=_iso(filters.since, "since"),
            until=_iso(filters.until, "until"),
        )

    def _history(self, ask: Ask) -> tuple[dict[str, Any], ...]:
        """The answers that a question may lean on, oldest first; the conversation must exist in any case."""
        if ask.conversation_id is None:
            return ()
        answers = self._conversations.answers(ask.conversation_id)
        return () if ask.as_written else answers


def checked_question(question: str) -> str:
    """The question without white space around it. Raises BadInputError, TooLargeError."""
    text = question.strip()
    if not text:
        raise BadInputError("the question is empty; write what you want to know")
    if len(text) > MAX_QUESTION_LENGTH:
        raise TooLargeError(
            f"the question has {len(text)} characters, at most {MAX_QUESTION_LENGTH} are read; ask it more briefly"
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInputError("the question holds half a character (a lone surrogate); send it as UTF-8")
    return text


def _turn(answer: dict[str, Any]) -> Turn:
    sentences = tuple(sentence["text"] for sentence in answer["sentences"] if sentence["verdict"] is not None)
    return Turn(answer["question"], answer["standalone_question"], sentences, tuple(answer["suggestions"]))


def _as_of_in_words(history: Sequence[dict[str, Any]]) -> str | None:
    """The day that the question before was asked as of, when words said so, in it or in one that it followed."""
    for answer in reversed(history):
        if answer["as_of"] != history[-1]["as_of"]:
            return None
        if split_as_of(answer["question"])[1] is not None:
            return str(answer["as_of"])
    return None


def _cited_passages(answer: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation["passage_id"] for citation in answer["citations"]))


def _iso(text: str | None, name: str) -> str | None:
    return None if text is None else parse_date(text, name)
