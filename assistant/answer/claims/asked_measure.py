"""What a question wants measured, and whether a sentence measures the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer.claims.accounts import without_sources
from assistant.answer.claims.question_words import QuestionWords
from assistant.answer.quotes import Quote
from assistant.terms import TermAnalyzer

# "Private capital of $2 billion" is not what a project is worth.
OF_A_PART = "private"
_OF_ONE, _ASKS_OF_ONE = "each single per", re.compile(r"\b(?:one|a|an|each|every|per|single)\b", re.IGNORECASE)
_MEASURES = frozenset(
    """
    private
    magnet oxide metal alloy compound product concentrate ore mine mining refining refined processing separation output
    production supply import export quota reserves capacity stockpile price value worth volume forecast expected plan
    planned target goal each per joint together single alone monthly daily annual average record
    heavy light permanent customers military share market demand consumption licence license application approval
    first second half quarter months month weeks week total cumulative initial additional loan equity grant maximum
    minimum
    """.split()
)
_PARTS = "reserves quota capacity stockpile"  # of another thing wherever in a sentence they stand
_PRODUCTS = "magnet oxide metal alloy concentrate ore"
_KIND_WORDS = "share price value worth volume total"  # a value says these by its unit
_HOW_COUNTED = """
    each per joint together single alone monthly daily annual average record cumulative initial additional maximum
    minimum first second half quarter months month weeks week forecast expected plan planned target goal
"""
# Words for one measure: who asks for production is answered by output.
_SAME_MEASURE = (
    "mine mines mined mining produce produced producing production output",
    "export exports exported ship shipped shipment shipments",
    "import imports imported purchase purchases purchased",
    "cost costs spend spent spending outlay",
    "licence license licences licenses licensed licensee licensees",
)


class AskedMeasure:
    """What a question wants measured: production, a quota, what each of them holds."""

    def __init__(self, question: QuestionWords, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._question = question
        self._alike = self._with_same_measures(question.terms)
        # "In one F-35" asks for what each of them holds.
        of_one = frozenset(analyzer.terms(_OF_ONE)) if _ASKS_OF_ONE.search(question.text) else frozenset[str]()
        self._measures = frozenset(analyzer.terms(" ".join(_MEASURES))) - of_one
        self._parts = frozenset(analyzer.terms(_PARTS)) - question.terms
        self._asked_parts = frozenset(analyzer.terms(_PARTS)) & question.terms
        self._of_a_part = frozenset(analyzer.terms(OF_A_PART)) - question.terms
        self._asked_products = frozenset(analyzer.terms(_PRODUCTS)) & question.terms
        said_by_value = frozenset(analyzer.terms(f"{_KIND_WORDS} {_HOW_COUNTED}"))
        self._essential = self._with_same_measures((question.terms & self._measures) - said_by_value)

    def is_told_by(self, quote: Quote) -> bool:
        """Whether sentence or title hold a word for what is to be measured, where the question has one."""
        if not self._essential:
            return True
        told = frozenset(self._analyzer.terms(f"{quote.article.title} {without_sources(quote.text)}"))
        return self._asked_parts <= told and not self._essential.isdisjoint(told)

    def is_of_the_product(self, quote: Quote) -> bool:
        """Whether sentence and title hold the products asked about."""
        return self._asked_products <= self._question.shared(quote)

    def is_of_a_part(self, terms: Iterable[str]) -> bool:
        """Whether some terms tell of a part only of what is asked about."""
        return not self._of_a_part.isdisjoint(terms)

    def others(self, terms: frozenset[str]) -> frozenset[str]:
        """Those of some terms that say what is measured and that the question does not hold."""
        return (terms - self._alike) & self._measures

    def parts_in(self, text: str) -> frozenset[str]:
        """Words of a text that make its figures those of another thing, as reserves are none of output."""
        return self._parts.intersection(self._analyzer.terms(text))

    def fit(self, clause: str) -> tuple[int, int]:
        """How well a clause keeps to what was asked: few foreign measures, then many shared terms."""
        terms = frozenset(self._analyzer.content_terms(clause))
        return -len(self.others(terms)), len(terms & self._alike)

    def _with_same_measures(self, terms: frozenset[str]) -> frozenset[str]:
        """The terms, and those of other words for the measures among them."""
        groups = (frozenset(self._analyzer.terms(words)) for words in _SAME_MEASURE)
        return terms.union(*(group for group in groups if group & terms))
