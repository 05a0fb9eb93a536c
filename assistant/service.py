"""The chat service: the one path from a question to a cited answer, for page, API, CLI and evals."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from assistant.answer.asked import asks_changes, asks_latest
from assistant.answer.cite import Citations, nearest
from assistant.answer.conflict import Disagreement, ValueSupport
from assistant.answer.extractive import Draft, ExtractiveAnswerer, Plan
from assistant.answer.notices import NoticeInputs, notices_of
from assistant.answer.offers import MOST_OFFERED, MOST_TRIED, candidates, is_answered
from assistant.answer.register_answers import RegisterAnswers, RegisterTold
from assistant.answer.register_quotes import QuotedRegister, quoted
from assistant.answer.relevance import WEIGHTS
from assistant.answer.rewrite import Standalone, Turn, standalone
from assistant.answer.verify import check
from assistant.dates import last_day, parse_date, split_as_of
from assistant.errors import BadInputError, TooLargeError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.periods import asked_period
from assistant.retrieve.retriever import Findings, Retriever
from assistant.terms import TermAnalyzer
from assistant.types import (
    Answer,
    Ask,
    Citation,
    Conflict,
    ConflictValue,
    Filters,
    Hit,
    Period,
    Removed,
    Sentence,
    Status,
)
from assistant.wire import to_wire

MAX_QUESTION_LENGTH = 4_000
MAX_SEARCH_HITS = 100
NEAREST_SHOWN = 3
OFFER_PASSAGES = 5
NEWEST_SPAN = timedelta(days=100)
MAX_CITATIONS_A_SENTENCE = 3
EXTRACTIVE = "extractive"
DECLINING_WORDS = "The corpus does not say."


@dataclass(frozen=True, slots=True)
class EvidenceEvent:
    """The passages that were found, before any sentence is chosen."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SentenceEvent:
    """One checked sentence, with the citations that it brings for the first time."""

    index: int
    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """The whole answer."""

    answer: Answer


Event = EvidenceEvent | SentenceEvent | DoneEvent


@dataclass(frozen=True, slots=True)
class _Question:
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


@dataclass(slots=True)
class _Written:
    sentences: list[Sentence] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    citations: Citations = field(default_factory=Citations)


class ChatService:
    """Answers questions from one store.

    Args:
        retriever: finds the evidence.
        answerer: drafts from it.
        register: tells where measures stand.
        analyzer: knows named events.
        catalog: knows how current the corpus is.
        conversations: keeps what was asked and answered.
        today: the clock.
        settings_fingerprint: hash of the settings that change answers.
        passages: number of passages an answer is drafted from.
    """

    def __init__(
        self,
        retriever: Retriever,
        answerer: ExtractiveAnswerer,
        register: RegisterAnswers,
        analyzer: TermAnalyzer,
        catalog: Catalog,
        conversations: Conversations,
        today: Callable[[], date],
        settings_fingerprint: str,
        passages: int,
    ) -> None:
        self._retriever = retriever
        self._answerer = answerer
        self._register = register
        self._analyzer = analyzer
        self._catalog = catalog
        self._conversations = conversations
        self._today = today
        self._settings_fingerprint = settings_fingerprint
        self._passages = passages
        self._digest: tuple[int, str] = (-1, "")

    @property
    def fingerprint(self) -> str:
        """Hash of settings and corpus: equal fingerprints mean equal answers on the same day."""
        told = f"{self._settings_fingerprint} {self._catalog.manifest('model')} {self.corpus_digest} {WEIGHTS}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def corpus_digest(self) -> str:
        """Hash of what the indexed articles say."""
        generation = self._catalog.generation()
        if self._digest[0] != generation:
            self._digest = (generation, self._catalog.digest())
        return self._digest[1]

    def ask(self, ask: Ask) -> Answer:
        """The answer to one question.

        Raises:
            BadInputError: no question, a bad date, an unknown engine.
            TooLargeError: the question is over ``MAX_QUESTION_LENGTH`` characters.
            NotFoundError: no such conversation.
        """
        for event in self.events(ask):
            if isinstance(event, DoneEvent):
                return event.answer
        raise AssertionError("events always end with DoneEvent")

    def check(self, ask: Ask) -> None:
        """Raise what ``ask`` would raise for this input, at no cost."""
        self._prepare(ask)

    def events(self, ask: Ask) -> Iterator[Event]:
        """The same as it comes about: evidence, each checked sentence, the whole answer. Raises as ``ask``."""
        question = self._prepare(ask)
        return self._events(ask, question)

    def search(self, question: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        """The ``k`` best hits for a question. Raises BadInputError, TooLargeError."""
        if not 1 <= k <= MAX_SEARCH_HITS:
            raise BadInputError(f"k is {k}; choose 1 to {MAX_SEARCH_HITS}")
        filters = self._checked(filters)
        as_of = filters.as_of or self._today().isoformat()
        return self._retriever.search(_checked_question(question), replace(filters, as_of=as_of), k)

    def answer(self, answer_id: str) -> dict[str, Any]:
        """An answer as it was given, marked stale when a quote is no longer in its article. Raises NotFoundError."""
        return self._aged(self._conversations.answer(answer_id))

    def conversation_answers(self, conversation_id: str) -> list[dict[str, Any]]:
        """The answers of a conversation, oldest first, each marked stale when it is. Raises NotFoundError."""
        return [self._aged(answer) for answer in self._conversations.answers(conversation_id)]

    def _events(self, ask: Ask, question: _Question) -> Iterator[Event]:
        started = time.perf_counter()
        findings = self._retriever.gather(
            question.standalone.text, question.filters, self._passages, question.raised, question.earlier
        )
        retrieved = time.perf_counter()
        yield EvidenceEvent(tuple(evidence.hit for evidence in findings.evidence))
        register = self._register_quotes(question, findings)
        by_date = asks_changes(question.standalone.text, question.period)
        plan = Plan(question.raised, question.newest, register.leading, register.trailing, by_date)
        draft = self._answerer.draft(question.standalone, findings, plan)
        written = _Written()
        yield from self._write(draft, written)
        answered = time.perf_counter()
        offered = self._offered(question, findings, written, register)
        timings = {
            "retrieve": _milliseconds(started, retrieved),
            "answer": _milliseconds(retrieved, answered),
            "offer": _milliseconds(answered, time.perf_counter()),
        }
        answer = self._finish(question, findings, draft, register, written, timings)
        answer = replace(answer, suggestions=offered)
        if ask.remember:
            answer = self._remember(answer)
        yield DoneEvent(answer)

    def _write(self, draft: Draft, written: _Written) -> Iterator[SentenceEvent]:
        """Every drafted sentence that its citations support, as it passes the check."""
        written.removed += [
            Removed(quote.text, "it gives orders to the program; it does not report") for quote in draft.orders
        ]
        for quote in draft.quotes:
            known = len(written.citations.all())
            text = " ".join(quote.text.split())
            agreeing = draft.agreeing(quote)[: MAX_CITATIONS_A_SENTENCE - 1]
            cited = [written.citations.cite(one.hit, one.span) for one in (quote, *agreeing)]
            verdict = check(text, cited)
            if verdict == "unsupported":
                written.removed.append(Removed(text, "the cited passage does not carry this sentence"))
                written.citations.drop_from(known)
                continue
            sentence = Sentence(text, tuple(citation.n for citation in cited), verdict)
            written.sentences.append(sentence)
            yield SentenceEvent(len(written.sentences) - 1, sentence, written.citations.all()[known:])

    def _register_quotes(self, question: _Question, findings: Findings) -> QuotedRegister:
        text, day = question.standalone.text, last_day(question.as_of)
        return self._quoted(self._register.tell(text, question.period, day, findings.ranking), question.filters)

    def _quoted(self, told: RegisterTold, filters: Filters) -> QuotedRegister:
        return quoted(told, lambda article_id, start: self._retriever.at(article_id, start, filters))

    def _offered(
        self, question: _Question, findings: Findings, written: _Written, register: QuotedRegister
    ) -> tuple[str, ...]:
        """Questions to ask next, each tried: the corpus answers them."""
        text = question.standalone.text
        said = [sentence.text for sentence in written.sentences]
        measures = self._register.named(" ".join([text, *said]))
        said = said or [evidence.hit.passage.text for evidence in findings.evidence[:NEAREST_SHOWN]]
        shown = frozenset(standing.measure for standing, _ in register.standings)
        asked = len(self._register.named(text))
        # A measure that has a place in its name is not another one elsewhere.
        made = (
            one
            for one in candidates(text, said, measures, shown, self._analyzer)
            if len(self._register.named(one)) >= asked
        )
        tried = islice(made, MOST_TRIED)
        return tuple(islice((one for one in tried if self._can_answer(one, question)), MOST_OFFERED))

    def _can_answer(self, text: str, question: _Question) -> bool:
        day = last_day(question.as_of)
        period = asked_period(text, day, self._analyzer.event_days)
        if self._quoted(self._register.tell(text, period, day, ()), question.filters).leading:
            return True
        findings = self._retriever.gather(text, question.filters, OFFER_PASSAGES, period)
        return is_answered(self._answerer.draft(Standalone(text, text), findings, Plan(period)))

    def _finish(
        self,
        question: _Question,
        findings: Findings,
        draft: Draft,
        register: QuotedRegister,
        written: _Written,
        timings: dict[str, float],
    ) -> Answer:
        declined = not written.sentences
        status: Status = "declined" if declined else "answered"
        hits = [evidence.hit for evidence in findings.evidence]
        used = {number for sentence in written.sentences for number in sentence.citations}
        cited = tuple(citation for citation in written.citations.all() if citation.n in used)
        current_to = self._catalog.current_to(last_day(question.as_of).isoformat())
        newest = _newest_evidence(cited)
        standings = register.cited_standings(written.citations)
        inputs = NoticeInputs(
            question.as_of,
            current_to,
            newest,
            declined,
            self._catalog.known_on(last_day(question.as_of).isoformat()),
            findings.dropped,
            cited,
            standings,
            question.period,
        )
        return Answer(
            id=uuid.uuid4().hex,
            question=question.asked,
            standalone_question=question.standalone.text,
            status=status,
            sentences=(Sentence(DECLINING_WORDS, (), None),) if declined else tuple(written.sentences),
            citations=nearest(hits, NEAREST_SHOWN) if declined else cited,
            conflicts=tuple(_conflict(one, written.citations) for one in draft.disagreements),
            standings=standings,
            changes=register.cited_changes(written.citations),
            notices=notices_of(inputs),
            missing=(question.standalone.text,) if declined else (),
            removed=tuple(written.removed),
            suggestions=(),
            as_of=question.as_of,
            about=question.period,
            corpus_current_to=current_to,
            newest_evidence_on=newest,
            engine=EXTRACTIVE,
            usage=None,
            fingerprint=self.fingerprint,
            timings_ms=timings,
            conversation_id=question.conversation_id,
            stale=False,
        )

    def _prepare(self, ask: Ask) -> _Question:
        asked = _checked_question(ask.question)
        if ask.engine not in (None, EXTRACTIVE):
            raise BadInputError(f"engine {ask.engine!r} is not configured; use {EXTRACTIVE!r}")
        filters = self._checked(ask.filters)
        history = self._history(ask)
        text, as_of_in_words = split_as_of(asked)
        if history and as_of_in_words and not self._analyzer.content_terms(text):
            # "And as of 1 December 2025?" asks the question before again, of another day.
            question = Standalone(history[-1]["standalone_question"], text)
        else:
            question = standalone(text or asked, [_turn(answer) for answer in history], self._analyzer)
        carried = _as_of_in_words(history) if question.text != text else None
        as_of = filters.as_of or as_of_in_words or carried or self._today().isoformat()
        period = asked_period(question.text, last_day(as_of), self._analyzer.event_days)
        earlier = _cited_passages(history[-1]) if history and question.text != text else ()
        newest = self._newest(as_of) if asks_latest(question.text) else None
        raised = Period((newest - NEWEST_SPAN).isoformat(), None) if newest and not period else period
        filters = replace(filters, as_of=as_of)
        return _Question(asked, question, filters, as_of, period, raised, newest, ask.conversation_id, earlier)

    def _newest(self, as_of: str) -> date | None:
        """The last day that the corpus tells of."""
        current_to = self._catalog.current_to(last_day(as_of).isoformat())
        return last_day(current_to) if current_to else None

    def _checked(self, filters: Filters) -> Filters:
        """The filters with their dates in ISO form."""
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

    def _remember(self, answer: Answer) -> Answer:
        conversation_id = answer.conversation_id or self._conversations.start(answer.question)
        answer = replace(answer, conversation_id=conversation_id)
        self._conversations.add_answer(conversation_id, answer.id, to_wire(answer))
        return answer

    def _aged(self, answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {"stale": not all(self._still_stands(citation) for citation in answer["citations"])}

    def _still_stands(self, citation: dict[str, Any]) -> bool:
        article = self._catalog.article(citation["article_id"])
        return article is not None and article.text[citation["start"] : citation["end"]] == citation["quote"]


def _checked_question(question: str) -> str:
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


def _conflict(disagreement: Disagreement, citations: Citations) -> Conflict:
    return Conflict(disagreement.about, tuple(_conflict_value(value, citations) for value in disagreement.values))


def _conflict_value(support: ValueSupport, citations: Citations) -> ConflictValue:
    articles = [quote.article for quote in support.quotes if quote.article.kind != "note"]
    dated = [article.published_on for article in articles if article.published_on]
    return ConflictValue(
        value=support.value,
        citations=tuple(n for quote in support.quotes if (n := citations.number(quote.hit, quote.span)) is not None),
        publishers=tuple(dict.fromkeys(article.publisher for article in articles)),
        independent=support.independent,
        newest_on=max(dated, key=lambda iso: (last_day(iso), len(iso)), default=None),
        official=any(article.source_kind == "official" for article in articles),
    )


def _newest_evidence(citations: tuple[Citation, ...]) -> str | None:
    dates = [citation.published_on for citation in citations if citation.published_on and citation.kind != "note"]
    return max(dates, key=lambda iso: (last_day(iso), len(iso)), default=None)


def _milliseconds(start: float, end: float) -> float:
    return round((end - start) * 1000, 2)
