"""The product's order of sentences before its floor decides whether to answer, beside the orders by cosine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer.quotes import Quote
from assistant.build import Assistant
from assistant.reading import ReadQuestion
from assistant.retrieve.retriever import Evidence, Findings
from assistant.types import Ask, Span
from evals.figures import DECIMALS
from evals.finder import Finder, plan_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of an article, and its score."""

    article_id: str
    span: Span
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Orders:
    """The sentences of the passages found for one question, best first.

    Attributes:
        product: as the product ranks them.
        cosine: by the cosine of each sentence encoded by itself.
        pooled: by the cosine of the late-pooled vectors that the index holds.
    """

    product: tuple[Ranked, ...]
    cosine: tuple[Ranked, ...]
    pooled: tuple[Ranked, ...]


class Remembering:
    """Encodes each text once, however often it is asked for."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, shape (texts, dimensions)."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if fresh:
            self._vectors |= dict(zip(fresh, self._encode(fresh), strict=True))
        return np.stack([self._vectors[text] for text in texts])


class SentenceOrder:
    """Ranks the sentences that the product finds, as it does itself.

    Args:
        assistant: the product over a corpus.
        encode: unit vectors of texts, each by itself, for the cosine.
    """

    def __init__(self, assistant: Assistant, encode: Encode) -> None:
        self._finder = Finder(assistant)
        self._encode = encode

    def orders(self, question: str) -> Orders:
        """The orders of the sentences of the passages found."""
        read = self._finder.read(Ask(question))
        findings = self._finder.findings(read)
        return Orders(
            product=self._by_product(read, findings),
            cosine=self._by_cosine(read.standalone.text, findings),
            pooled=_by_pooled_cosine(findings),
        )

    def _by_product(self, read: ReadQuestion, findings: Findings) -> tuple[Ranked, ...]:
        quotes = self._finder.answerer.ranked(read.standalone, findings, plan_of(read))
        return tuple(Ranked(quote.article.id, _span(quote), quote.sentence, quote.relevance) for quote in quotes)

    def _by_cosine(self, question: str, findings: Findings) -> tuple[Ranked, ...]:
        sentences = [sentence for evidence in findings.evidence for sentence in _sentences(evidence)]
        vectors = self._encode([question, *(text for _, _, text in sentences)])
        return _best_first(
            Ranked(*sentence, float(cosine))
            for sentence, cosine in zip(sentences, vectors[1:] @ vectors[0], strict=True)
        )


def _span(quote: Quote) -> Span:
    """Of the sentence itself, without the one before it that the quote may hold."""
    return Span(quote.span.end - len(quote.sentence), quote.span.end)


def _by_pooled_cosine(findings: Findings) -> tuple[Ranked, ...]:
    return _best_first(
        Ranked(*sentence, cosine)
        for evidence in findings.evidence
        for sentence, cosine in zip(_sentences(evidence), evidence.sentence_similarities, strict=True)
    )


def _sentences(evidence: Evidence) -> list[tuple[str, Span, str]]:
    article = evidence.hit.article
    return [(article.id, span, span.of(article.text)) for span in evidence.hit.passage.sentences]


def _best_first(ranked: Iterable[Ranked]) -> tuple[Ranked, ...]:
    return tuple(sorted(ranked, key=lambda one: -one.score))


def best_of(ranked: Sequence[Ranked]) -> float:
    """The score of the first; 0 when nothing was found."""
    return round(ranked[0].score, DECIMALS) if ranked else 0.0
