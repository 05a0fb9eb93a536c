"""Briefings: what it is, where it stands, figures, who says what, what is new, what is open, all in quotes.

Sentences count only when they name the topic: a search always finds something, and the nearest passage about
something else is no briefing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from assistant.answer.engines import EXTRACTIVE
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import Value, ValueKind
from assistant.briefing.defining import is_defining
from assistant.briefing.quoting import Quoting
from assistant.briefing.register import RegisterPart, register_part
from assistant.briefing.topic import NamingSentence, Topic
from assistant.briefing.types import BriefedMeasure, Briefing, OpenQuestion, Statement
from assistant.dates import first_day, last_day, parse_date, spoken
from assistant.index.catalog import Catalog, effective_day
from assistant.measures.register import Register
from assistant.service import ChatService
from assistant.terms import TermAnalyzer
from assistant.types import Answer, Ask, Conflict, Filters, Hit

RECENT_DAYS = 90
ANY = Filters()
PASSAGES, RECENT_PASSAGES = 60, 30
MAX_DEFINING, MAX_FIGURES, MAX_VOICES, MAX_RECENT = 3, 6, 6, 6
MAX_FIGURES_OF_ONE = 2
_WHAT_IS = "What is {}?"
# A name that is no measure's can be a company's, a place's, an element's: only what fits them all is asked.
_ASKED_OF_ALL = ("What is the importance of {}?", "Who decides on {}?", "What is expected next for {}?")
_ASKED_OF_MEASURES = ("Who needs a licence under {}?", "Why was {} issued?", "What follows {}?")
# What sources can give different values for; a share would be of this or that.
_ASKED_FOR_VALUES = ("How many {}?",)
_FIGURES: frozenset[ValueKind] = frozenset({"money", "share", "weight"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What searches found: sentences on the topic, best first, and those of the last ``RECENT_DAYS``, newest first."""

    sentences: tuple[NamingSentence, ...]
    recent: tuple[NamingSentence, ...]


class BriefingWriter:
    """Writes briefings.

    Args:
        service: searches and answers.
        register: gives the current register.
        catalog: knows how current the corpus is.
        analyzer: how texts become terms.
        today: the clock.
    """

    def __init__(
        self,
        service: ChatService,
        register: Callable[[], Register],
        catalog: Catalog,
        analyzer: TermAnalyzer,
        today: Callable[[], date],
    ) -> None:
        self._service = service
        self._register = register
        self._catalog = catalog
        self._analyzer = analyzer
        self._today = today

    def write(self, asked: str, filters: Filters = ANY) -> Briefing:
        """The briefing on a topic; "brief me on X as of D" is read as X and D.

        Raises:
            BadInputError: the topic names nothing, or a bad date.
            TooLargeError: the topic is too long.
        """
        topic, filters = self._read(asked, filters)
        return _Writing(self._service, self._register(), self._catalog, topic, filters).write()

    def check(self, asked: str, filters: Filters = ANY) -> None:
        """Raise what ``write`` would raise for this input, at no cost."""
        self._read(asked, filters)

    def _read(self, asked: str, filters: Filters) -> tuple[Topic, Filters]:
        topic = Topic(asked, self._analyzer)
        as_of = filters.as_of or topic.as_of or self._today().isoformat()
        return topic, replace(
            filters,
            as_of=parse_date(as_of, "as_of"),
            since=parse_date(filters.since, "since") if filters.since else None,
            until=parse_date(filters.until, "until") if filters.until else None,
        )


class _Writing:
    """The writing of one briefing."""

    def __init__(
        self, service: ChatService, register: Register, catalog: Catalog, topic: Topic, filters: Filters
    ) -> None:
        assert filters.as_of is not None
        self._service = service
        self._register = register
        self._topic = topic
        self._filters = filters
        self._as_of = last_day(filters.as_of)
        self._current_to = catalog.current_to(self._as_of.isoformat())
        self._quoting = Quoting(lambda article_id, start: service.passage_at(article_id, start, filters))

    def write(self) -> Briefing:
        since = self._recent_since()
        found = self._found(since)
        defining = self._defining(found)
        register = register_part(self._register, self._topic, self._as_of, self._quoting)
        figures = tuple(islice(self._figures(found.sentences), MAX_FIGURES))
        recent = self._first(found.recent, MAX_RECENT)
        conflicts = self._conflicts()
        voices = self._voices(found.sentences)
        citations = self._quoting.all()
        dated = [one.published_on for one in citations if one.published_on and one.kind != "note"]
        return Briefing(
            topic=self._topic.text,
            status="answered" if citations else "declined",
            as_of=str(self._filters.as_of),
            filters=self._filters,
            corpus_current_to=self._current_to,
            recent_since=since.isoformat() if since else None,
            what_it_is=defining,
            measures=register.measures,
            changes=register.changes,
            figures=figures,
            conflicts=conflicts,
            voices=voices,
            recent=recent,
            recent_changes=tuple(one for one in register.changes if since and last_day(one.on) >= since),
            open_questions=tuple(self._open(register)) if citations else (),
            citations=citations,
            newest_evidence_on=max(dated, key=last_day, default=None),
            independent_sources=self._quoting.independent(),
            left_out=register.left_out,
            corpus_digest=self._service.corpus_digest,
            fingerprint=self._service.fingerprint,
        )

    def _recent_since(self) -> date | None:
        """The first of the last ``RECENT_DAYS`` of the corpus, or the day that the filters name when it is later."""
        if self._current_to is None:
            return None
        since = last_day(self._current_to) - timedelta(days=RECENT_DAYS)
        return max(since, first_day(self._filters.since)) if self._filters.since else since

    def _found(self, since: date | None) -> _Found:
        text = self._topic.text
        hits = self._service.search(text, self._filters, PASSAGES)
        sentences = tuple(self._topic.naming(hits))
        if since is None:
            return _Found(sentences, ())
        newest = self._service.search(text, replace(self._filters, since=since.isoformat()), RECENT_PASSAGES)
        by_day = sorted((hit for hit in newest if _is_dated(hit)), key=lambda hit: effective_day(hit.article))
        return _Found(sentences, tuple(self._topic.naming(reversed(by_day))))

    def _defining(self, found: _Found) -> tuple[Statement, ...]:
        """What the answer to "What is X?" and the best passages say X is; else how our explainers speak of it.

        Nothing where nobody says it: that a report mentions X does not tell what it is.
        """
        quotes = [one for one in self._ask(_WHAT_IS).citations if is_defining(one.quote, self._topic)]
        said = [self._quoting.repeat(one) for one in quotes[:MAX_DEFINING]]
        told = tuple(one for one in said if one is not None)
        defining = [one for one in found.sentences if is_defining(one.text, self._topic)]
        explaining = [one for one in found.sentences if not _is_source(one.hit)]
        return told + self._first(defining or explaining, MAX_DEFINING - len(told))

    def _conflicts(self) -> tuple[Conflict, ...]:
        """Values that sources give differently for what the topic is asked for, each value once."""
        answers = [self._ask(form) for form in _ASKED_FOR_VALUES]
        told = [self._conflict(one, answer) for answer in answers for one in answer.conflicts]
        distinct = {frozenset(value.value for value in one.values): one for one in told if one is not None}
        return tuple(distinct.values())

    def _conflict(self, conflict: Conflict, answer: Answer) -> Conflict | None:
        """The conflict with the briefing's own citations; None when a value is left without a quote on the topic."""
        quotes = {one.n: one for one in answer.citations if self._topic.is_mostly_named_by(one.quote)}
        cited = [[quotes[n] for n in value.citations if n in quotes] for value in conflict.values]
        if not all(cited):
            return None
        said = [[self._quoting.repeat(one) for one in ones] for ones in cited]
        numbers = [tuple(n for one in ones if one is not None for n in one.citations) for ones in said]
        values = tuple(replace(value, citations=n) for value, n in zip(conflict.values, numbers, strict=True))
        return replace(conflict, about=self._topic.text, values=values) if all(numbers) else None

    def _first(self, sentences: Sequence[NamingSentence], most: int) -> tuple[Statement, ...]:
        """The first sentences not said yet, one an article."""
        chosen: dict[str, NamingSentence] = {}
        for one in sentences:
            if self._quoting.is_new(one):
                chosen.setdefault(one.hit.article.id, one)
        return tuple(self._quoting.state(one) for one in islice(chosen.values(), most))

    def _figures(self, sentences: Sequence[NamingSentence]) -> Iterator[Statement]:
        """Sentences with amounts that none before them gave, of sources and not of our own notes."""
        shown: list[Value] = []
        told = Counter[str]()
        for one in sentences:
            values = find_values(one.text, _FIGURES, "") if _is_source(one.hit) else ()
            is_new = values and not any(value.agrees(other) for value in values for other in shown)
            if is_new and told[one.hit.article.id] < MAX_FIGURES_OF_ONE:
                shown += values
                told[one.hit.article.id] += 1
                yield self._quoting.state(one, tuple(value.words for value in values))

    def _voices(self, sentences: Sequence[NamingSentence]) -> tuple[Statement, ...]:
        """What is not said yet, one sentence a publisher."""
        chosen: dict[str, NamingSentence] = {}
        for one in sentences:
            if _is_source(one.hit) and self._quoting.is_new(one):
                chosen.setdefault(one.hit.article.publisher, one)
        return tuple(self._quoting.state(one) for one in islice(chosen.values(), MAX_VOICES))

    def _open(self, register: RegisterPart) -> Iterator[OpenQuestion]:
        yield from _unknown(register.measures)
        forms = _ASKED_OF_MEASURES if self._register.find(self._topic.text) else _ASKED_OF_ALL
        for form in forms:
            if not self._is_on_topic(self._ask(form)):
                yield OpenQuestion(form.format(self._topic.text), "unanswered")

    def _ask(self, form: str) -> Answer:
        question = form.format(self._topic.text)
        asked = Ask(question, None, self._filters, EXTRACTIVE, remember=False, as_written=True, offer=False)
        return self._service.ask(asked)

    def _is_on_topic(self, answer: Answer) -> bool:
        """Whether it answers with a sentence that names the topic."""
        said = any(self._topic.is_mostly_named_by(sentence.text) for sentence in answer.sentences)
        return answer.status != "declined" and said


def _unknown(measures: Sequence[BriefedMeasure]) -> Iterator[OpenQuestion]:
    for measure in measures:
        for standing in measure.standings:
            if standing.status == "unknown" and standing.unknown_after:
                scope = f" ({standing.scope})" if standing.scope else ""
                text = f"What followed after {spoken(standing.unknown_after)}: {measure.name}{scope}"
                yield OpenQuestion(text, "unknown_after", measure.id)


def _is_dated(hit: Hit) -> bool:
    """Whether the source itself tells when it appeared: what was only found lately is not new."""
    return _is_source(hit) and hit.article.published_on is not None and not hit.article.published_inferred


def _is_source(hit: Hit) -> bool:
    return hit.article.kind != "note"
