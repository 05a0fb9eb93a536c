"""The elements, places and instruments that a question names, and whether a sentence tells of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.claims.accounts import without_sources
from assistant.answer.claims.question_words import QuestionWords
from assistant.answer.quotes import Quote
from assistant.dates import MONTH_NAMES
from assistant.terms import TermAnalyzer

# "The April 2025 controls" are others than those of October.
_RULE_OF_A_MONTH = re.compile(
    rf"\b(?P<month>{MONTH_NAMES})(?: 20\d\d)? (?:export |licensing |rare earth )*"
    r"(?:controls?|rules?|restrictions?|curbs?|measures?|requirements?|package|ban)\b"
)
_WORLD = "world worldwide global"
_CHINA = "china"  # a plain word to the analyzer, as nearly every article is on it


class AskedThings:
    """The elements, places and instruments that a question names.

    Attributes:
        named: their terms.
    """

    def __init__(self, question: QuestionWords, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._terms = question.terms
        self.named = frozenset(term for term in self._terms if self._kind(term))
        self._world = frozenset(analyzer.terms(_WORLD))
        self._of_world = not self._terms.isdisjoint(self._world) and _CHINA not in self._terms
        self._months = frozenset(one["month"] for one in _RULE_OF_A_MONTH.finditer(question.text))

    def are_named_by(self, quote: Quote) -> bool:
        """Whether sentence and title name all that the question names, and nothing else in its stead."""
        if any(month not in f"{quote.article.title} {quote.text}" for month in self._months):
            return False
        own = frozenset(self._analyzer.terms(without_sources(quote.text)))
        return not self._are_replaced_in(own) and self.named <= own.union(self._analyzer.terms(quote.article.title))

    def no_others_in(self, sentence: str, around: Sequence[str]) -> bool:
        """Whether a sentence names nothing that neither the question nor the sentences around it do."""
        known = self._terms.union(*(self._analyzer.terms(text) for text in around))
        told = frozenset(self._analyzer.terms(without_sources(sentence)))
        if self._are_replaced_in(told) or not self.named <= known | told:
            return False
        return not any(self._kind(term) for term in told - known)

    def others(self, terms: frozenset[str], *, with_places: bool) -> frozenset[str]:
        """Those of some terms that name a thing which the question does not."""
        things = (one for one in terms - self._terms if self._kind(one) or (self._of_world and one == _CHINA))
        return frozenset(one for one in things if with_places or self._kind(one) != "places")

    def _kind(self, term: str) -> str | None:
        """The kind of thing a term names; the words of an event ("Beijing summit") name none by themselves."""
        kind = self._analyzer.kind(term)
        return None if kind == "events" else kind

    def _are_replaced_in(self, own: frozenset[str]) -> bool:
        """Whether a sentence tells of another element, place or instrument instead of one asked about."""
        lacking = {self._kind(term) for term in self.named - own}
        if _CHINA in self._terms and _CHINA not in own and own & self._world - self._terms:
            return True
        return any(
            kind in lacking for term in own - self._terms if (kind := "places" if term == _CHINA else self._kind(term))
        )
