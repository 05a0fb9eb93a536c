"""Quotes: stretches of articles that may stand in an answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer.relevance import Signals
from assistant.types import Article, Hit, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article chosen for the answer: ``article.text[span.start:span.end]``."""

    hit: Hit
    span: Span
    relevance: float
    signals: Signals

    @property
    def article(self) -> Article:
        """The article that is quoted."""
        return self.hit.article

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.span.of(self.hit.article.text)
