"""Quotes: stretches of articles that may stand in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from assistant.answer.relevance import NO_SIGNALS, Signals
from assistant.types import Article, Hit, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article chosen for the answer: ``article.text[span.start:span.end]``."""

    hit: Hit
    span: Span
    relevance: float
    signals: Signals

    @classmethod
    def of_register(cls, hit: Hit, span: Span) -> Self:
        """A quote that the register chose: its relevance is not estimated."""
        return cls(hit, span, 1.0, NO_SIGNALS)

    @property
    def article(self) -> Article:
        """The article that is quoted."""
        return self.hit.article

    @property
    def place(self) -> tuple[str, int]:
        """Article id and start: two quotes of one place are the same sentence."""
        return self.hit.article.id, self.span.start

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.span.of(self.hit.article.text)
