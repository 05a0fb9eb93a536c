"""What is new since a day: articles, entries of the register, and saved questions that are answered otherwise now.

Articles and registers know days and no hours, so the day itself counts too: better told twice than not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.index.catalog import Catalog
from assistant.index.saved import SavedQuestion
from assistant.measures.register import Register
from assistant.measures.types import MeasureState
from assistant.types import Answer, Status

MOST_ARTICLES = 100
MOST_ASKED_AGAIN = 10


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that came in, or was corrected, on the day ``on``."""

    article_id: str
    title: str
    publisher: str
    published_on: str | None
    what: Literal["new", "corrected"]
    on: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ChangedMeasure:
    """A status of a measure, or of one scope of it, known from ``known_from`` on; it begins on ``since``."""

    measure_id: str
    name: str
    status: MeasureState
    since: str
    scope: str | None
    known_from: str


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A saved question whose answer rests on other quotes now; ``status`` is the answer's of now."""

    saved: SavedQuestion
    status: Status
    quotes_sha256: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new from the day ``since`` up to ``until``, newest first.

    ``articles_left_out`` counts older ones over ``MOST_ARTICLES``; ``saved_left_out`` counts the saved questions
    that were not asked again, over ``MOST_ASKED_AGAIN``.
    """

    since: str
    until: str
    articles: tuple[ChangedArticle, ...]
    articles_left_out: int
    measures: tuple[ChangedMeasure, ...]
    saved: tuple[ChangedAnswer, ...]
    saved_left_out: int


def changed_articles(catalog: Catalog, since: date, until: date) -> tuple[ChangedArticle, ...]:
    """Articles retrieved or corrected from ``since`` to ``until``, newest first, then the last published."""
    rows = catalog.rows(
        "SELECT *, MAX(retrieved_on, COALESCE(corrected_on, '')) AS changed_on FROM ("
        "SELECT id, title, publisher, published_on, content_hash, retrieved_on, "
        "(SELECT MAX(replaced_on) FROM versions v WHERE v.article_id = a.id) AS corrected_on FROM articles a) "
        "WHERE changed_on BETWEEN ? AND ? ORDER BY changed_on DESC, COALESCE(published_on, '') DESC, id",
        since.isoformat(), until.isoformat(),
    )  # fmt: skip
    return tuple(
        ChangedArticle(
            article_id=row["id"],
            title=row["title"],
            publisher=row["publisher"],
            published_on=row["published_on"],
            what="corrected" if row["corrected_on"] else "new",
            on=row["changed_on"],
            content_hash=row["content_hash"],
        )
        for row in rows
    )


def changed_measures(register: Register, since: date, until: date) -> tuple[ChangedMeasure, ...]:
    """Entries of the register whose evidence appeared from ``since`` to ``until``, newest first."""
    found = [
        ChangedMeasure(measure.id, measure.name, entry.status, entry.from_, entry.scope, entry.known_from)
        for measure in register.measures
        for entry in measure.history
        if entry.known_from and since.isoformat() <= entry.known_from <= until.isoformat()
    ]
    return tuple(sorted(found, key=lambda one: (one.known_from, one.measure_id), reverse=True))


def changed_answers(saved: tuple[SavedQuestion, ...], ask: Callable[[SavedQuestion], Answer]) -> list[ChangedAnswer]:
    """Those of the saved questions, each asked again, whose answers rest on other quotes now."""
    again = [(one, ask(one)) for one in saved]
    told = [ChangedAnswer(one, answer.status, quotes_sha256(answer)) for one, answer in again]
    return [one for one in told if one.quotes_sha256 != one.saved.quotes_sha256]


def quotes_sha256(answer: Answer) -> str:
    """Hash of what an answer rests on, in any order; what a declined answer shows beside it does not count."""
    cited = () if answer.status == "declined" else answer.citations
    quotes = sorted({f"{citation.article_id}\0{citation.quote}" for citation in cited})
    return hashlib.sha256("\0\0".join(quotes).encode("utf-8", "replace")).hexdigest()
