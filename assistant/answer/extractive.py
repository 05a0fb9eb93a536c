"""Answers without a language model: the sentences that answer best, quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.conflict import Disagreement, find_disagreements
from assistant.answer.instructions import addresses_the_writer
from assistant.answer.quotes import Quote
from assistant.answer.relevance import WEIGHTS, Question, Weights
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence, Findings
from assistant.terms import TermAnalyzer
from assistant.types import Span

NEAR_REPEAT_JACCARD = 0.6
RELATIVE_FLOOR = 0.5
MAX_QUOTE_LENGTH = 700
_LEANS_ON_PREVIOUS = re.compile(
    r"(?:It|Its|They|Their|This|These|Those|That|He|She|His|Her|Such|Both"
    r"|The (?:move|decision|shift|measure|rule|step)s?)\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen.

    Attributes:
        quotes: best first; none when nothing reaches the floor.
        best: the top relevance seen, 0 to 1.
        orders: relevant sentences left out because they speak to the writer of the answer.
        disagreements: where sources give different values; the first quote of each value is among ``quotes``.
    """

    quotes: tuple[Quote, ...]
    best: float
    orders: tuple[Quote, ...]
    disagreements: tuple[Disagreement, ...] = ()

    def agreeing(self, quote: Quote) -> tuple[Quote, ...]:
        """Quotes of other articles that give the same value of something in dispute."""
        values = (value for one in self.disagreements for value in one.values)
        return next((value.quotes[1:] for value in values if value.quotes[0] == quote), ())


class ExtractiveAnswerer:
    """Chooses sentences by relevance.

    Args:
        analyzer: how text becomes terms.
        floor: least relevance, 0 to 1, of a sentence that may answer.
        max_sentences: most quotes of a draft.
        weights: the relevance model.
    """

    def __init__(self, analyzer: TermAnalyzer, floor: float, max_sentences: int, weights: Weights = WEIGHTS) -> None:
        self._analyzer = analyzer
        self._floor = floor
        self._max_sentences = max_sentences
        self._weights = weights

    def draft(self, question: Standalone, findings: Findings) -> Draft:
        """The sentences of the findings that answer the question, most direct first, no near-repeats."""
        scored = sorted(self._score(question, findings), key=lambda quote: -quote.relevance)
        orders = tuple(q for q in scored if q.relevance >= self._floor and addresses_the_writer(q.text))
        # A sentence of another time than asked about is no answer, however like the question it reads.
        ranked = [q for q in scored if q.signals.date_fit >= 0 and not addresses_the_writer(q.text)]
        best = ranked[0].relevance if ranked else 0.0
        if best < self._floor:
            return Draft((), best, orders)
        chosen: list[Quote] = []
        for quote in ranked:
            if quote.relevance < max(self._floor, RELATIVE_FLOOR * best) or len(chosen) == self._max_sentences:
                break
            if not _strays(quote, ranked[0]) and not any(self._repeats(quote, other) for other in chosen):
                chosen.append(quote)
        relevant = [quote for quote in ranked if quote.relevance >= self._floor]
        disagreements = find_disagreements(question, relevant, self._analyzer)
        chosen = self._with_every_value(chosen, disagreements)
        # Python's sort is stable: among those that bring what was asked for, the most relevant leads.
        chosen.sort(key=lambda quote: quote.signals.kind_fit < 1)
        return Draft(tuple(chosen), best, orders, disagreements)

    def _with_every_value(self, chosen: list[Quote], disagreements: Sequence[Disagreement]) -> list[Quote]:
        """The best quote of each value in dispute, then what was chosen, no more than ``max_sentences`` unless
        the values alone are more."""
        values = [value.quotes[0] for one in disagreements for value in one.values]
        rest = [quote for quote in chosen if quote not in values and not any(self._repeats(quote, v) for v in values)]
        return [*values, *rest][: max(self._max_sentences, len(values))]

    def _score(self, question: Standalone, findings: Findings) -> Iterable[Quote]:
        asked = Question(question, self._analyzer, findings.rarity)
        for evidence in findings.evidence:
            for index, signals in enumerate(asked.signals(evidence)):
                yield Quote(evidence.hit, _standing_alone(evidence, index), self._weights.relevance(signals), signals)

    def _repeats(self, one: Quote, other: Quote) -> bool:
        """Whether two quotes say the same: overlapping, or like words with the same figures."""
        if one.article.id == other.article.id and one.span.start < other.span.end and other.span.start < one.span.end:
            return True
        if set(_NUMBER.findall(one.text)) != set(_NUMBER.findall(other.text)):
            return False
        left, right = (set(self._analyzer.content_terms(quote.text)) for quote in (one, other))
        return bool(left and right) and len(left & right) / len(left | right) >= NEAR_REPEAT_JACCARD


def _strays(quote: Quote, lead: Quote) -> bool:
    """Whether a quote tells of another thing than asked, though the lead does not."""
    return quote.signals.substituted > 0 and lead.signals.substituted == 0


def _standing_alone(evidence: Evidence, index: int) -> Span:
    """The sentence, with the one before it when it opens with a word that points back."""
    spans = evidence.hit.passage.sentences
    text = evidence.hit.article.text
    span = spans[index]
    if index > 0 and _LEANS_ON_PREVIOUS.match(span.of(text)):
        before = spans[index - 1]
        if span.end - before.start <= MAX_QUOTE_LENGTH:
            return Span(before.start, span.end)
    return span
