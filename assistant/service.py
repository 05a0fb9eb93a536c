"""The chat service: the one path from a question to a cited answer, for page, API, CLI and evals."""

from __future__ import annotations

import copy
import hashlib
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from assistant.answer.asked import asks_changes
from assistant.answer.cite import nearest
from assistant.answer.conflict import Disagreement
from assistant.answer.definitions import thing_asked
from assistant.answer.engines import EXTRACTIVE, Engines, Writing
from assistant.answer.extractive import Draft, ExtractiveAnswerer, Plan
from assistant.answer.independence import independent_sources
from assistant.answer.known_disputes import KnownDisputes, shown
from assistant.answer.notices import NoticeInputs, notices_of
from assistant.answer.offers import MOST_OFFERED, MOST_TRIED, candidates, is_answered, is_of_the_question, names_known
from assistant.answer.parts import merged, parts_of
from assistant.answer.quotes import Quote
from assistant.answer.register_answers import RegisterAnswers, RegisterTold
from assistant.answer.register_quotes import QuotedRegister, quoted
from assistant.answer.relevance import WEIGHTS
from assistant.answer.rewrite import Standalone
from assistant.answer.untold import Untold, untold
from assistant.answer.writing import Written
from assistant.dates import last_day
from assistant.disputes.types import Account
from assistant.errors import BadInputError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.kept import Kept
from assistant.observing import Observers
from assistant.periods import asked_period
from assistant.places import Places
from assistant.reading import QuestionReader, ReadQuestion, checked_question
from assistant.retrieve.retriever import Findings, Retriever
from assistant.terms import TermAnalyzer
from assistant.types import (
    Answer,
    Ask,
    Citation,
    Filters,
    Hit,
    Sentence,
    Span,
)
from assistant.wire import to_wire

MAX_SEARCH_HITS = 100
NEAREST_SHOWN = 3
WORKED_OUT_AT_ONCE = 4
OFFER_PASSAGES = 5
OFFERS_KEPT = 512
DECLINING_WORDS = "The corpus does not say."
# Fields that came after the first answers were kept, with what they hold in those.
_LATER_FIELDS: dict[str, Any] = {
    "standings": [], "changes": [], "confidence": None, "filters": None, "independent_sources": None,
    "corpus_digest": None,
}  # fmt: skip


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


class _CorpusDigest:
    """Hash of what the indexed articles say, worked out once for each change of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: tuple[int, str] = (-1, "")

    def current(self) -> str:
        generation = self._catalog.generation()
        if self._known[0] != generation:
            self._known = (generation, self._catalog.digest())
        return self._known[1]


class ChatService:
    """Answers questions from one store.

    Args:
        reader: makes questions ready.
        retriever: finds the evidence.
        answerer: drafts from it.
        engines: write the answer from the draft.
        register: tells where measures stand.
        disputes: tells on which points the sources are known to contradict each other.
        analyzer: knows named events.
        catalog: knows how current the corpus is.
        conversations: keeps what was asked and answered.
        settings_fingerprint: hash of the settings that change answers.
        passages: number of passages an answer is drafted from.
        max_sentences: most sentences of an answer.
        observers: are told of every answer.
        kept_answers: answers kept in memory, with their evidence, for who asks the same again; with none, what was
            tried as an offer is not kept either.
    """

    def __init__(
        self,
        reader: QuestionReader,
        retriever: Retriever,
        answerer: ExtractiveAnswerer,
        engines: Engines,
        register: RegisterAnswers,
        disputes: KnownDisputes,
        analyzer: TermAnalyzer,
        catalog: Catalog,
        conversations: Conversations,
        settings_fingerprint: str,
        passages: int,
        max_sentences: int,
        observers: Observers,
        kept_answers: int = 0,
    ) -> None:
        self._reader = reader
        self._retriever = retriever
        self._answerer = answerer
        self._engines = engines
        self._register = register
        self._disputes = disputes
        self._analyzer = analyzer
        self._catalog = catalog
        self._conversations = conversations
        self._settings_fingerprint = settings_fingerprint
        self._passages = passages
        self._max_sentences = max_sentences
        self._observers = observers
        self._digest = _CorpusDigest(catalog)
        # More threads at once only take the interpreter from each other; who waits for a language model holds no place.
        self._places = Places(WORKED_OUT_AT_ONCE)
        self._kept: Kept[tuple[Event, ...]] = Kept(kept_answers)
        # "What is the status of …?" is tried after many a question, at nearly the cost of an answer each time.
        self._tried: Kept[bool] = Kept(OFFERS_KEPT if kept_answers else 0)

    def with_conversations(self, conversations: Conversations) -> ChatService:
        """The same service over the conversations of another owner."""
        other = copy.copy(self)
        other._conversations = conversations
        other._reader = self._reader.with_conversations(conversations)
        return other

    @property
    def engines(self) -> tuple[str, ...]:
        """The names that ``Ask.engine`` may have."""
        return self._engines.names

    @property
    def fingerprint(self) -> str:
        """Hash of settings and corpus: equal fingerprints mean equal answers on the same day."""
        return self._fingerprint()

    def _fingerprint(self, engine: str | None = None) -> str:
        told = f"{self._settings_fingerprint} {self._catalog.manifest('model')} {self.corpus_digest} {WEIGHTS}"
        told += f" {engine}" if engine else ""
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def corpus_digest(self) -> str:
        """Hash of what the indexed articles say."""
        return self._digest.current()

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
        self._read(ask)

    def events(self, ask: Ask) -> Iterator[Event]:
        """The same as it comes about: evidence, each checked sentence, the whole answer. Raises as ``ask``."""
        question = self._read(ask)
        return self._events(ask, question)

    def search(self, question: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        """The ``k`` best hits for a question. Raises BadInputError, TooLargeError."""
        if not 1 <= k <= MAX_SEARCH_HITS:
            raise BadInputError(f"k is {k}; choose 1 to {MAX_SEARCH_HITS}")
        return self._retriever.search(checked_question(question), self._reader.filters(filters), k)

    def passage_at(self, article_id: str, start: int, filters: Filters) -> Hit | None:
        """The passage at a place of an article; None when there is none that may be used. Raises BadInputError."""
        return self._retriever.at(article_id, start, self._reader.filters(filters))

    def answer(self, answer_id: str) -> dict[str, Any]:
        """An answer as it was given, marked stale when a quote is no longer in its article. Raises NotFoundError."""
        return self._aged(self._conversations.answer(answer_id))

    def conversation_answers(self, conversation_id: str) -> list[dict[str, Any]]:
        """The answers of a conversation, oldest first, each marked stale when it is. Raises NotFoundError."""
        return [self._aged(answer) for answer in self._conversations.answers(conversation_id)]

    def still_stands(self, citation: dict[str, Any]) -> bool:
        """Whether the article still says the quote, and is still told by the same title, publisher and date."""
        now = self._catalog.quoted(citation["article_id"], citation["start"], citation["end"])
        return now == tuple(citation[name] for name in ("quote", "title", "publisher", "published_on"))

    def _read(self, ask: Ask) -> ReadQuestion:
        self._engines.check(ask.engine)
        return self._reader.read(ask)

    def _events(self, ask: Ask, question: ReadQuestion) -> Iterator[Event]:
        """What is worked out, or was for the same question; either way the answer has an id and a row of its own."""
        started = time.perf_counter()
        generation = self._retriever.generation() if self._engines.is_repeatable(ask.engine) else None
        # Who else asked is nobody's business, not even by the time it takes.
        key = (self._conversations.owner, replace(question, conversation_id=None), ask.offer)
        kept = self._kept.get(generation, key) if generation is not None else None
        told: list[Event] = []
        for event in _told_again(kept, started) if kept else self._worked_out(ask, question):
            told.append(event)
            if not isinstance(event, DoneEvent):
                yield event
                continue
            if kept is None and generation is not None and generation == self._retriever.generation():
                self._kept.put(generation, key, tuple(told))
            answer = replace(event.answer, conversation_id=question.conversation_id)
            answer = self._remember(answer) if ask.remember else answer
            self._observers.answered(answer)
            yield DoneEvent(answer)

    def _worked_out(self, ask: Ask, question: ReadQuestion) -> Iterator[Event]:
        started, ticket = time.perf_counter(), self._places.ticket()
        with self._places.place(ticket):
            findings = self._retriever.gather(
                question.standalone.text, question.filters, self._passages, question.raised, question.earlier
            )
        retrieved = time.perf_counter()
        yield EvidenceEvent(tuple(evidence.hit for evidence in findings.evidence))
        with self._places.place(ticket):
            register = self._register_quotes(question, findings)
            by_date = asks_changes(question.standalone.text, question.period)
            plan = Plan(
                question.raised, question.newest, register.leading, register.certain, register.before_all,
                register.trailing, by_date, question.untold, self._known(question.filters),
            )  # fmt: skip
            draft = self._draft(question, register, findings, plan)
        writing = self._engines.writing(ask.engine)
        for index, (sentence, citations) in enumerate(writing.write(question.standalone.text, draft, plan)):
            yield SentenceEvent(index, sentence, citations)
        answered = time.perf_counter()
        with self._places.place(ticket):
            offered = self._offered(question, findings, writing.written, register) if ask.offer else ()
        timings = {
            "retrieve": _milliseconds(started, retrieved),
            "answer": _milliseconds(retrieved, answered),
            "offer": _milliseconds(answered, time.perf_counter()),
        }
        yield DoneEvent(self._finish(question, findings, draft, register, writing, offered, timings))

    def _draft(self, question: ReadQuestion, register: QuotedRegister, findings: Findings, plan: Plan) -> Draft:
        """The draft of the question, part by part when it asks several things that the register does not answer."""
        whole = self._answerer.draft(register.asked(question.standalone), findings, plan)
        parts = () if plan.by_date else parts_of(question.standalone, self._analyzer)
        # The register tells where a rule stands, and not what it is.
        if plan.leading and plan.certain and not any(thing_asked(part.focus) for part in parts):
            return whole
        drafts = {part: self._part_draft(replace(question, standalone=part), plan) for part in parts}
        return merged(whole, drafts, self._max_sentences)

    def _part_draft(self, part: ReadQuestion, plan: Plan) -> Draft:
        """The draft of one part; of the register it has what the part asks for, not what the whole does."""
        findings = self._retriever.gather(part.standalone.text, part.filters, self._passages, part.raised)
        register = self._register_quotes(part, findings)
        alone = replace(plan, leading=register.leading, certain=register.certain, before_all=register.before_all)
        return self._answerer.draft(register.asked(part.standalone), findings, alone)

    def _register_quotes(self, question: ReadQuestion, findings: Findings) -> QuotedRegister:
        text, day = question.standalone.text, last_day(question.as_of)
        return self._quoted(self._register.tell(text, question.period, day, findings.ranking), question.filters)

    def _known(self, filters: Filters) -> Callable[[str, Sequence[Quote]], Disagreement | None]:
        """What the editors know to be in dispute, as far as the filters let it be quoted."""

        def quote_of(account: Account) -> Quote | None:
            article = self._catalog.article(account.article)
            start = article.text.find(account.quote) if article else -1
            hit = self._retriever.at(account.article, start, filters) if start >= 0 else None
            return Quote.of_register(hit, Span(start, start + len(account.quote))) if hit else None

        def known(question: str, nearest: Sequence[Quote]) -> Disagreement | None:
            dispute = self._disputes.on(question, nearest)
            return shown(dispute, quote_of, nearest) if dispute else None

        return known

    def _quoted(self, told: RegisterTold, filters: Filters) -> QuotedRegister:
        return quoted(told, lambda article_id, start: self._retriever.at(article_id, start, filters))

    def _offered(
        self, question: ReadQuestion, findings: Findings, written: Written, register: QuotedRegister
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
        generation = self._retriever.generation()
        answered = (one for one in tried if self._is_known_to_answer(one, question, generation))
        return tuple(islice(answered, MOST_OFFERED))

    def _is_known_to_answer(self, text: str, question: ReadQuestion, generation: int | None) -> bool:
        """Whether the corpus can answer an offer, tried once for each generation, day, filters and owner."""
        if generation is None:
            return self._can_answer(text, question)
        key = (self._conversations.owner, text, question.as_of, question.filters)
        known = self._tried.get(generation, key)
        if known is None:
            known = self._can_answer(text, question)
            if generation == self._retriever.generation():
                self._tried.put(generation, key, known)
        return known

    def _can_answer(self, text: str, question: ReadQuestion) -> bool:
        day = last_day(question.as_of)
        period = asked_period(text, day, self._analyzer.event_days)
        register = self._quoted(self._register.tell(text, period, day, ()), question.filters)
        if register.leading and register.certain:
            return True
        if not names_known(text, self._retriever.holds, self._analyzer):
            return False
        findings = self._retriever.gather(text, question.filters, OFFER_PASSAGES, period)
        return is_answered(self._answerer.draft(Standalone(text, text), findings, Plan(period), is_of_the_question))

    def _finish(
        self,
        question: ReadQuestion,
        findings: Findings,
        draft: Draft,
        register: QuotedRegister,
        writing: Writing,
        offered: tuple[str, ...],
        timings: dict[str, float],
    ) -> Answer:
        written = writing.written
        declined = not written.sentences
        hits = [evidence.hit for evidence in findings.evidence]
        inputs = self._notice_inputs(question, findings, writing, register)
        return Answer(
            id=uuid.uuid4().hex,
            question=question.asked,
            standalone_question=question.standalone.text,
            status="declined" if declined else "partial" if draft.missing else "answered",
            sentences=(Sentence(DECLINING_WORDS, (), None),) if declined else tuple(written.sentences),
            citations=nearest(hits, NEAREST_SHOWN) if declined else written.cited,
            conflicts=written.conflicts(draft),
            standings=inputs.standings,
            changes=register.cited_changes(written.citations),
            notices=(*writing.notices, *notices_of(inputs)),
            missing=(question.standalone.text,) if declined else draft.missing,
            removed=tuple(written.removed),
            suggestions=offered,
            as_of=question.as_of,
            about=question.period,
            corpus_current_to=inputs.current_to,
            newest_evidence_on=inputs.newest_evidence_on,
            engine=writing.engine or EXTRACTIVE,
            confidence=round(draft.confidence, 4),
            usage=writing.usage,
            fingerprint=self._fingerprint(writing.engine),
            timings_ms=timings,
            conversation_id=None,
            stale=False,
            filters=question.filters,
            independent_sources=None if declined else self._independent(written.cited),
            corpus_digest=self.corpus_digest,
        )

    def _independent(self, cited: tuple[Citation, ...]) -> int:
        """How many origins stand behind the articles cited; what their sentences name is not asked here."""
        articles = (self._catalog.article(article_id) for article_id in dict.fromkeys(one.article_id for one in cited))
        return independent_sources((article, "") for article in articles if article is not None)

    def _notice_inputs(
        self,
        question: ReadQuestion,
        findings: Findings,
        writing: Writing,
        register: QuotedRegister,
    ) -> NoticeInputs:
        written = writing.written
        day = last_day(question.as_of).isoformat()
        return NoticeInputs(
            as_of=question.as_of,
            current_to=self._catalog.current_to(day),
            newest_evidence_on=_newest_evidence(written.cited, last_day(question.as_of)),
            declined=not written.sentences and writing.engine is None,
            articles=self._catalog.known_on(day),
            dropped_hits=findings.dropped,
            cited=written.cited,
            standings=register.cited_standings(written.citations),
            period=question.period,
            register_unquoted=register.left_out(written.citations),
            untold=self._untold(question, written.cited),
        )

    def _untold(self, question: ReadQuestion, cited: tuple[Citation, ...]) -> Untold | None:
        return untold(question.standalone.text, cited, self._analyzer, question.as_of) if cited else None

    def _remember(self, answer: Answer) -> Answer:
        conversation_id = answer.conversation_id or self._conversations.start(answer.question)
        answer = replace(answer, conversation_id=conversation_id)
        self._conversations.add_answer(conversation_id, answer.id, to_wire(answer))
        return answer

    def _aged(self, answer: dict[str, Any]) -> dict[str, Any]:
        answer = _LATER_FIELDS | answer
        return answer | {"stale": not all(self.still_stands(citation) for citation in answer["citations"])}


def _told_again(events: Sequence[Event], started: float) -> Iterator[Event]:
    """The events of an earlier answer, as one with an id and a time of its own."""
    for event in events:
        if isinstance(event, DoneEvent):
            timings = {"repeat": _milliseconds(started, time.perf_counter())}
            event = DoneEvent(replace(event.answer, id=uuid.uuid4().hex, timings_ms=timings))
        yield event


def _newest_evidence(citations: tuple[Citation, ...], as_of: date) -> str | None:
    """The latest day of publishing; one inferred to lie within a month or year that is not over yet tells of none."""
    dated = [citation.published_on for citation in citations if citation.published_on and citation.kind != "note"]
    dates = [iso for iso in dated if last_day(iso) <= as_of]
    return max(dates, key=lambda iso: (last_day(iso), len(iso)), default=None)


def _milliseconds(start: float, end: float) -> float:
    return round((end - start) * 1000, 2)
