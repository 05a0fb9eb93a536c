"""Reading a question: its words, its times, and what it leans on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.answer.asked import asks_latest
from assistant.answer.follow_up.carrying import Carrier
from assistant.answer.rewrite import Standalone, Turn, standalone
from assistant.dates import first_day, last_day, parse_date, split_as_of
from assistant.errors import BadInputError, TooLargeError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.periods import asked_period, find_moments
from assistant.terms import TermAnalyzer
from assistant.types import Ask, Exchange, Filters, Period

MAX_QUESTION_LENGTH = 4_000
NEWEST_SPAN = timedelta(days=100)
_OUTER_MONTH = re.compile(r"\bthe (?P<which>first|last|final) month of (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WITHOUT_APOSTROPHE = re.compile(r"\b(who|what|where|when|how|that|there)s\b", re.IGNORECASE)
MOST_EXCHANGES, MOST_SENTENCES = 12, 20


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question made ready: what to search for, when, and in which conversation.

    ``period`` is the time asked about, ``raised`` the time whose passages come first: the same, or the newest
    when that is what is asked for; ``newest`` is then the last day that the corpus tells of. ``earlier`` are
    ids of the passages that the answer before cited, when the question leans on it. ``untold``: the period has
    begun, but after the last day that the corpus tells of.
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
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question asked before, as it was understood, and the ids of the passages that its answer cited.

    ``as_of_in_words``: its own words said the day.
    """

    turn: Turn
    as_of: str
    as_of_in_words: bool
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question in full and its day; ``leans`` when something was carried over from an earlier one."""

    question: Standalone
    as_of: str
    leans: bool


class QuestionReader:
    """Makes questions ready.

    Args:
        analyzer: knows named events.
        catalog: knows how current the corpus is.
        conversations: what was asked and answered before.
        today: the clock.
        carrier: tells what follow-ups lean on, where no rule does; None leaves it to the rules.
    """

    def __init__(
        self,
        analyzer: TermAnalyzer,
        catalog: Catalog,
        conversations: Conversations,
        today: Callable[[], date],
        carrier: Carrier | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._catalog = catalog
        self._conversations = conversations
        self._today = today
        self._carrier = carrier

    def with_conversations(self, conversations: Conversations) -> QuestionReader:
        """The same reader over the conversations of another owner."""
        return QuestionReader(self._analyzer, self._catalog, conversations, self._today, self._carrier)

    def read(self, ask: Ask) -> ReadQuestion:
        """The question made ready.

        Raises:
            BadInputError: no question, or a bad date.
            TooLargeError: the question is over ``MAX_QUESTION_LENGTH`` characters.
            NotFoundError: no such conversation.
        """
        asked = checked_question(ask.question)
        filters = self._in_iso(ask.filters)
        history = self._history(ask, filters.as_of)
        understood = self._understood(asked, filters.as_of, history)
        question, as_of = understood.question, understood.as_of
        period = asked_period(question.text, last_day(as_of), self._analyzer.event_days)
        earlier = history[-1].passages if history and understood.leans else ()
        newest = self._newest(as_of) if asks_latest(question.text) else None
        raised = Period((newest - NEWEST_SPAN).isoformat(), None) if newest and not period else period
        filters = replace(filters, as_of=as_of)
        untold, conversation = self._is_untold(question.text, period, as_of), ask.conversation_id
        return ReadQuestion(asked, question, filters, as_of, period, raised, newest, conversation, earlier, untold)

    def _understood(self, asked: str, as_of: str | None, history: Sequence[Earlier]) -> _Understood:
        """The question in full, asked as of the day given, else as words say, else today."""
        text, as_of_in_words = split_as_of(_spelled(asked))
        only_a_day = as_of_in_words is not None and not self._analyzer.content_terms(text)
        if history and only_a_day:
            # "And as of 1 December 2025?" asks the question before again, of another day.
            question = Standalone(history[-1].turn.standalone, text)
        else:
            text = asked if only_a_day else text
            question = standalone(text, [earlier.turn for earlier in history], self._analyzer, self._carrier)
        leans = question.text != text
        carried = _as_of_in_words(history) if leans else None
        return _Understood(question, as_of or as_of_in_words or carried or self._today().isoformat(), leans)

    def _is_untold(self, question: str, period: Period | None, as_of: str) -> bool:
        """Whether the time asked about has begun, but only after the last day that the corpus tells of.

        Where no period is asked about, the times that name something count: "the September 2026 visit".
        """
        named = find_moments(question, last_day(as_of), self._analyzer.event_days) if period is None else ()
        begun = [period.from_] if period else [moment.from_ for moment in named]
        begins = [first_day(day) for day in begun if day]
        if not begins or max(begins) > last_day(as_of):
            return False
        newest = self._newest(as_of)
        return newest is not None and newest < min(begins)

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

    def _history(self, ask: Ask, as_of: str | None) -> tuple[Earlier, ...]:
        """What a question may lean on, oldest first; the conversation must exist in any case."""
        if ask.conversation_id is None:
            return () if ask.as_written else self._told(ask.history, as_of)
        answers = self._conversations.answers(ask.conversation_id)
        return () if ask.as_written else tuple(_stored(answer) for answer in answers)

    def _told(self, history: Sequence[Exchange], as_of: str | None) -> tuple[Earlier, ...]:
        """What the asker tells of earlier questions, each understood in the light of those before it."""
        earlier: list[Earlier] = []
        for exchange in history[-MOST_EXCHANGES:]:
            try:
                asked = checked_question(_whole_characters(exchange.question))
                understood = self._understood(asked, as_of, earlier)
            except BadInputError:
                # It was refused when it was asked, so nothing can lean on it.
                continue
            said = tuple(_whole_characters(sentence) for sentence in exchange.sentences[:MOST_SENTENCES])
            turn = Turn(asked, understood.question.text, said)
            earlier.append(Earlier(turn, understood.as_of, split_as_of(asked)[1] is not None))
        return tuple(earlier)


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


def _stored(answer: dict[str, Any]) -> Earlier:
    sentences = tuple(sentence["text"] for sentence in answer["sentences"] if sentence["verdict"] is not None)
    turn = Turn(answer["question"], answer["standalone_question"], sentences, tuple(answer["suggestions"]))
    passages = tuple(dict.fromkeys(citation["passage_id"] for citation in answer["citations"]))
    return Earlier(turn, str(answer["as_of"]), split_as_of(answer["question"])[1] is not None, passages)


def _as_of_in_words(history: Sequence[Earlier]) -> str | None:
    """The day that the question before was asked as of, when words said so, in it or in one that it followed."""
    for earlier in reversed(history):
        if earlier.as_of != history[-1].as_of:
            return None
        if earlier.as_of_in_words:
            return earlier.as_of
    return None


def _whole_characters(text: str) -> str:
    """``text`` with a question mark in place of each half of a character."""
    return text.encode("utf-8", "replace").decode()


def _iso(text: str | None, name: str) -> str | None:
    return None if text is None else parse_date(text, name)


def _spelled(question: str) -> str:
    """ "whos" as "who's", "the last month of 2025" as "December 2025"."""
    question = _WITHOUT_APOSTROPHE.sub(r"\1's", question)
    return _OUTER_MONTH.sub(
        lambda found: f"{'January' if found['which'].lower() == 'first' else 'December'} {found['year']}", question
    )
