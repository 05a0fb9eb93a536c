"""Quotes: stretches of articles that may stand in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from assistant.answer.relevance import NO_SIGNALS, Signals
from assistant.types import Article, Hit, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article that may stand in the answer: ``article.text[span.start:span.end]``.

    Attributes:
        relevance: the probability, 0 to 1, that it answers.
        signals: what it is estimated from.
        sentence: the sentence that answers; the span may hold the one before it too.
        score, logit: what the judge and the sentence scorer gave it; 0 before they did.
    """

    hit: Hit
    span: Span
    relevance: float
    signals: Signals
    sentence: str = ""
    score: float = 0.0
    logit: float = 0.0

    @classmethod
    def of_register(cls, hit: Hit, span: Span) -> Self:
        """A quote that the register chose: its relevance is not estimated."""
        return cls(hit, span, 1.0, NO_SIGNALS, span.of(hit.article.text))

    def judged(self, relevance: float, score: float, logit: float) -> Self:
        """The same quote with another estimate of its relevance."""
        # Every sentence of the evidence is judged; dataclasses.replace takes four times as long.
        return type(self)(self.hit, self.span, relevance, self.signals, self.sentence, score, logit)

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


def each_place_once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes in order, the first of each place."""
    first: dict[tuple[str, int], Quote] = {}
    for quote in quotes:
        first.setdefault(quote.place, quote)
    return tuple(first.values())
