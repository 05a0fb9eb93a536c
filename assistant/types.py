"""The nouns of the product: frozen values that every other module passes around.

Offsets are Unicode code points of NFC text with ``\\n`` line ends. Dates are ISO 8601
strings that keep the precision they were published in ("2025-06-12", "2025-06", "2025").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ArticleKind = Literal["digest", "news", "official", "analysis", "note"]
SourceKind = Literal["official", "news", "analysis"]
Reliability = Literal["A", "B", "C"]
Verdict = Literal["supported", "partial", "unsupported"]
Status = Literal["answered", "partial", "declined"]
FoundBy = Literal["dense", "full_text"]

# How pydantic names the members of a class that has one named after a keyword: ``from_`` is ``from``.
WIRE_NAMES = MappingProxyType({"alias_generator": lambda name: name.rstrip("_")})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned text with what is known about where and when it appeared.

    ``copy_of`` is the id of the article that this one repeats, None for an original.
    """

    id: str
    uri: str
    url: str | None
    title: str
    publisher: str
    author: str | None
    published_on: str | None
    published_inferred: bool
    retrieved_on: str
    language: str
    kind: ArticleKind
    source_kind: SourceKind
    origin: str
    reliability: Reliability
    topics: tuple[str, ...]
    elements: tuple[str, ...]
    text: str
    content_hash: str
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """What an article said before it was corrected; ``metadata`` holds the other fields it had then.

    ``seen_on`` and ``replaced_on`` are the days on which it came in and on which the next one did.
    """

    content_hash: str
    seen_on: str
    replaced_on: str
    metadata: Mapping[str, object]
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, short enough for the embedding model.

    Always ``article.text[start:end] == text``; ``sentences`` are spans of the article text.
    """

    id: str
    article_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands, without what it says; ``published_on`` is its article's."""

    passage_id: str
    article_id: str
    start: int
    end: int
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, its fused score, and which searches found it."""

    passage: Passage
    article: Article
    score: float
    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: ``article.text[start:end] == quote``. ``n`` counts from 1, by first use."""

    n: int
    article_id: str
    passage_id: str
    quote: str
    start: int
    end: int
    title: str
    publisher: str
    published_on: str | None
    published_inferred: bool
    reliability: Reliability
    url: str | None
    kind: ArticleKind
    source_kind: SourceKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer; ``verdict`` is None only for the sentence that declines."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the program says of the corpus, the date or the engine; never a claim about the world."""

    code: str
    text: str
    params: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removed:
    """A drafted sentence that left the answer, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of several values that sources give for the same thing."""

    value: str
    citations: tuple[int, ...]
    publishers: tuple[str, ...]
    independent: int
    newest_on: str | None
    official: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources disagree about one thing; every value is shown, none is chosen."""

    about: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """Where a measure of the register stood on day ``on``, as known on the answer's ``as_of``.

    ``last_status`` and ``unknown_after`` only for the status ``unknown``; ``citations`` are those of the
    quotes that show it.
    """

    measure: str
    name: str
    on: str
    status: str
    since: str
    until: str | None
    last_status: str | None
    unknown_after: str | None
    scope: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """A measure, or one scope of it, passed from ``before`` (None: nothing yet) to ``after`` on day ``on``.

    ``at_latest``: the sources tell that it had happened by then, not when.
    """

    on: str
    at_latest: bool
    measure: str
    name: str
    scope: str | None
    before: str | None
    after: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The time a question asks about; either end may be open. ``from_`` is ``from`` in the contract."""

    __pydantic_config__ = WIRE_NAMES

    from_: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a language model used for an answer; None where its provider told no count."""

    model: str | None
    input_tokens: int | None
    output_tokens: int | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What retrieval may use. Dates are ISO 8601 in any precision, see ``assistant.dates``."""

    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question asked before and the sentences that answered it, none when the answer declined."""

    question: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as it reaches ``ChatService.ask``.

    ``remember`` keeps the answer in a conversation; ``as_written`` takes the question as it stands, with
    nothing carried over from what was asked before. ``history``, oldest first, is what was asked before when
    the asker keeps it and there is no conversation. ``offer`` works out what to ask next.
    """

    question: str
    conversation_id: str | None = None
    filters: Filters = Filters()
    engine: str | None = None
    remember: bool = True
    as_written: bool = False
    history: tuple[Exchange, ...] = ()
    offer: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets; ``citations`` holds exactly what ``sentences`` use, unless declined.

    ``confidence`` is the calibrated probability, 0 to 1, that the corpus holds an answer. ``filters`` is what the
    question was allowed to use, ``corpus_digest`` the corpus it was put to, ``independent_sources`` how many
    independent ones stand behind the citations, notes left out; None in answers kept from before these were told.
    """

    id: str
    question: str
    standalone_question: str
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    standings: tuple[RegisterStanding, ...]
    changes: tuple[RegisterChange, ...]
    notices: tuple[Notice, ...]
    missing: tuple[str, ...]
    removed: tuple[Removed, ...]
    suggestions: tuple[str, ...]
    as_of: str
    about: Period | None
    corpus_current_to: str | None
    newest_evidence_on: str | None
    engine: str
    confidence: float
    usage: Usage | None
    fingerprint: str
    timings_ms: Mapping[str, float]
    conversation_id: str | None
    stale: bool
    filters: Filters | None = None
    independent_sources: int | None = None
    corpus_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, or not all of it, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest run did; ``passages`` counts those written, ``seconds`` is wall time.

    ``left_out`` tells what was not read of files that were: attachments, hidden sheets, footnotes;
    ``dropped_lines`` counts lines taken for navigation. ``kept_out`` counts files whose articles a person has
    removed; ``article_ids`` are those that files sent or named one by one stand for now; none are told for folders.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    kept_out: int
    passages: int
    failed: tuple[Failure, ...]
    left_out: tuple[Failure, ...]
    dropped_lines: int
    article_ids: tuple[str, ...]
    seconds: float
