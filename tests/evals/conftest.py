"""Builders of small observations, and a fake service whose answers depend on nothing but the question."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.types import (
    Answer,
    Article,
    Ask,
    Citation,
    Conflict,
    ConflictValue,
    Filters,
    Hit,
    Notice,
    Passage,
    Sentence,
    Status,
    Verdict,
)
from evals.cases import Case
from evals.observation import Observation


def make_article(article_id: str, url: str | None = None, retrieved_on: str = "2025-11-01") -> Article:
    return Article(
        id=article_id, uri=f"articles/{article_id}.md", url=url, title="T", publisher="P", author=None,
        published_on=None, published_inferred=False, retrieved_on=retrieved_on, language="en", kind="news",
        source_kind="news", origin="P", reliability="A", topics=(), elements=(), text="text",
        content_hash="h",
    )  # fmt: skip


def make_hit(article: Article) -> Hit:
    return Hit(Passage(f"{article.id}-0", article.id, 0, 4, "text", ()), article, 1.0, ("dense",))


def make_citation(n: int, quote: str, published_on: str | None = "2025-05-01") -> Citation:
    return Citation(
        n=n, article_id=f"article-{n}", passage_id="p", quote=quote, start=0, end=len(quote), title="T",
        publisher="P", published_on=published_on, published_inferred=False, reliability="A", url=None,
        kind="news", source_kind="news",
    )  # fmt: skip


def make_conflict(about: str, values: Iterable[str]) -> Conflict:
    return Conflict(about, tuple(ConflictValue(value, (), (), 1, None, False) for value in values))


def make_answer(
    sentences: Iterable[tuple[str, tuple[int, ...]]] = (),
    citations: Iterable[Citation] = (),
    *,
    status: Status = "answered",
    conflicts: Iterable[Conflict] = (),
    notices: Iterable[str] = (),
    **changes: object,
) -> Answer:
    """An answer whose sentences are claims, or the declining sentence when ``status`` is declined."""
    verdict: Verdict | None = None if status == "declined" else "supported"
    fields: dict[str, Any] = {
        "id": "a", "question": "q", "standalone_question": "q", "status": status,
        "sentences": tuple(Sentence(text, numbers, verdict) for text, numbers in sentences),
        "citations": tuple(citations), "conflicts": tuple(conflicts), "standings": (), "changes": (),
        "notices": tuple(Notice("note", text) for text in notices),
        "missing": (), "removed": (), "suggestions": (), "as_of": "2025-11-22", "about": None,
        "corpus_current_to": None, "newest_evidence_on": None, "engine": "extractive", "confidence": 0.9, "usage": None,
        "fingerprint": "f", "timings_ms": {}, "conversation_id": None, "stale": False,
    }  # fmt: skip
    return Answer(**(fields | changes))


def make_observation(
    case: Mapping[str, Any], answer: Answer | None = None, hits: Iterable[Article] = ()
) -> Observation:
    full = {"id": "case", "question": "q", "answerable": True} | dict(case)
    return Observation(Case.model_validate(full), answer or make_answer(), tuple(make_hit(article) for article in hits))


class FakeService:
    """Answers each question with a fixed word chosen by its hash; ids and timings differ on every call."""

    WORDS = ("alpha", "beta", "gamma", "delta")
    fingerprint = "settings-1"

    def __init__(self, corpus_digest: str = "corpus-1", failing: str = "", salt: str = "") -> None:
        self.corpus_digest = corpus_digest
        self.failing = failing
        self.salt = salt
        self.asked: list[Ask] = []
        self.searched: list[tuple[str, Filters, int]] = []

    def ask(self, ask: Ask, /) -> Answer:
        self.asked.append(ask)
        if ask.question == self.failing:
            raise LookupError(f"no answer to {ask.question}")
        word = self.WORDS[int(hashlib.sha256((self.salt + ask.question).encode()).hexdigest(), 16) % 4]
        return make_answer(
            [(f"The corpus says {word}.", (1,))],
            [make_citation(1, f"It is {word}.")],
            id=str(random.random()),
            timings_ms={"all": random.random()},
            standalone_question=f"standalone: {ask.question}",
            conversation_id=ask.conversation_id or f"conversation-{len(self.asked)}",
        )

    def search(self, question: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        self.searched.append((question, filters, k))
        return (make_hit(make_article("article-two")), make_hit(make_article("article-one")))


@pytest.fixture
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture
def citation() -> Callable[..., Citation]:
    return make_citation


@pytest.fixture
def conflict() -> Callable[..., Conflict]:
    return make_conflict


@pytest.fixture
def answer() -> Callable[..., Answer]:
    return make_answer


@pytest.fixture
def observe() -> Callable[..., Observation]:
    return make_observation


@pytest.fixture
def fake_service() -> Callable[..., Any]:
    return FakeService


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent / "samples"
