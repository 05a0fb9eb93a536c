"""A question's own words, and those of them that a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer.claims.accounts import without_sources
from assistant.answer.quotes import Quote
from assistant.dates import find_dates
from assistant.terms import TermAnalyzer, date_terms

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_WORDS_OF_TIME = "date day week month year time when due"


class QuestionWords:
    """The words of a question.

    Attributes:
        text: the whole question.
        asking: its sentences that ask.
        dates: the dates that it names.
        terms: its terms.
        content: the content terms of what it asks, times aside.
    """

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        self.text = question
        self.asking = _asking(question)
        self.dates = frozenset(mention.iso for mention in find_dates(question))
        self.terms = frozenset(analyzer.terms(question))
        self.content = frozenset(analyzer.content_terms(self.asking)).difference(
            date_terms(self.dates), analyzer.terms(_WORDS_OF_TIME)
        )
        self._analyzer = analyzer

    def shared(self, quote: Quote) -> frozenset[str]:
        """The question's own terms, times aside, that sentence and title hold."""
        return self.held_by([quote.article.title, without_sources(quote.text)])

    def held_by(self, texts: Iterable[str]) -> frozenset[str]:
        """The question's own terms, times aside, that some texts hold."""
        return self.content.intersection(self._analyzer.content_terms(" ".join(texts)))


def _asking(text: str) -> str:
    """The sentences of a question that ask, the others left out: they tell why it is asked."""
    asking = [sentence for sentence in _SENTENCE_END.split(text) if sentence.rstrip().endswith("?")]
    return " ".join(asking) or text
