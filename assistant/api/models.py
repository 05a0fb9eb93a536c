"""What the routes answer, for the API's description: types of ``assistant.wire``'s objects.

Nothing here is run when a request is answered; tests hold the answers against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from assistant.index.article_list import Facets
from assistant.index.conversations import Conversation
from assistant.index.feedback import Feedback, ListedFeedback
from assistant.index.jobs import Job
from assistant.index.saved import SavedQuestion
from assistant.measures.coverage import Coverage
from assistant.measures.types import MeasureStatus
from assistant.types import Answer, ArticleKind, ArticleVersion, FoundBy, Reliability, SourceKind

__all__ = ["Coverage", "Facets", "Feedback", "Job"]

Item = TypeVar("Item")


class Problem(BaseModel):
    """What went wrong (RFC 9457): ``detail`` tells the value and the next step, ``request_id`` finds it in the log."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Whole sentences of an article: ``article.text[start:end] == text``, in code points."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text."""

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
    content_hash: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class ArticleInList(ArticleSummary):
    """An article without its text, how many stored answers cite it, and when the last was given (UTC)."""

    cited: int
    last_cited_at: str | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage, its article, its fused score, and the searches that found it."""

    passage: FoundPassage
    article: ArticleSummary
    score: float
    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True)
class MeasureToday(MeasureStatus):
    """A measure and where it stands, with ids of the articles that name it and came after the last review."""

    newer_articles: tuple[str, ...]


class Items(BaseModel, Generic[Item]):
    """A page of a list; ``next`` is the cursor of the page after, null on the last."""

    items: list[Item]
    next: str | None


class Hits(Items[SearchHit]):
    """Passages, best first."""


class Articles(Items[ArticleInList]):
    """A page of articles; ``total`` counts all that the filters let through."""

    total: int


class Passages(Items[FoundPassage]):
    """The passages of an article, in its order."""


class Versions(Items[ArticleVersion]):
    """What an article said before, oldest first."""


class Jobs(Items[Job]):
    """Jobs, newest first."""


class ConversationList(Items[Conversation]):
    """Conversations, last changed first."""


class SavedQuestions(Items[SavedQuestion]):
    """Saved questions, last saved first."""


class RatingCounts(BaseModel):
    """How many answers are rated so."""

    up: int
    down: int


class FeedbackList(Items[ListedFeedback]):
    """What was said of answers, newest first; ``counts`` are of all."""

    counts: RatingCounts


class Measures(Items[MeasureToday]):
    """The register on a day; articles were read for it up to ``reviewed_to``."""

    as_of: str
    reviewed_to: str | None


@dataclass(frozen=True, slots=True)
class WholeConversation(Conversation):
    """A conversation with its answers, oldest first."""

    answers: tuple[Answer, ...]


class QuoteRecord(BaseModel):
    """Where a quote stands, its SHA-256 (of UTF-8), and whether the article still holds it there."""

    n: int
    article_id: str
    start: int
    end: int
    sha256: str
    stands: bool


class AnswerRecord(BaseModel):
    """An answer with what proves it."""

    answer: Answer
    given_at: str
    corpus_digest: str | None
    fingerprint: str
    quotes: list[QuoteRecord]
    note: str


@dataclass(frozen=True, slots=True)
class ConversationRecord(Conversation):
    """A conversation with what proves its answers, oldest first."""

    answers: tuple[AnswerRecord, ...]


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Whether questions can be answered, and from how much."""

    status: Literal["ready", "indexing"]
    articles: int
    passages: int
