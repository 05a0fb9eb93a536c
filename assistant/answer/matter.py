"""What a question asks, where the answer is no value: held against sentences that may contradict each other."""

from __future__ import annotations

import re

from assistant.answer.attribution import claimed
from assistant.answer.quotes import Quote
from assistant.answer.relevance import key_terms
from assistant.answer.values.told_dates import told_dates
from assistant.dates import find_dates
from assistant.terms import TermAnalyzer, date_terms

LEAST_ASKED = 0.5
LEAST_ALIKE = 0.5
_WHETHER = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|will|would|should)\b"
    r"|\bwhether\b|,\s(?:but )?(?:is|are|was|were|do|does|did|has|have|had|can|will|would)\b",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(
    r"\b(?P<one>[a-z]+)(?:\s+ones?)?\s+or\s+(?:an?\s+|the\s+)?(?P<other>[a-z]+)\b", re.IGNORECASE
)
_UP = "up rise rises rising risen rose increase increased grow grew grown gain gained climb climbed higher"
_DOWN = (
    "down fall falls falling fallen fell decrease decreased decline declined drop dropped lose lost lower shrank sank"
)
_DIRECTIONS = (frozenset(_UP.split()), frozenset(_DOWN.split()))
_WORD = re.compile(r"[a-z]+")
_SAYS_LITTLE = "count go not or that will be or still really it"


class Matter:
    """What a question asks.

    Attributes:
        whether: it asks whether something is so, or which of two things.
        alternatives: the words of either of two things asked about; none where there are no two.
        least_date_fit: of a sentence on it.

    Args:
        question: standing alone.
        analyzer: how text becomes terms.
    """

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self.whether = _WHETHER.search(question) is not None
        dates = frozenset(mention.iso for mention in find_dates(question))
        self.least_date_fit = 0.5 if dates else 0.0
        self.dates = dates
        self.alternatives = _alternatives(question)
        either = frozenset(analyzer.terms(" ".join(word for words in self.alternatives for word in words)))
        little = frozenset(analyzer.terms(_SAYS_LITTLE))
        self._terms = frozenset(analyzer.terms(question))
        self._named = analyzer.named(self._terms)
        self._names = frozenset(key_terms(question, analyzer))
        self._content = frozenset(analyzer.content_terms(question)) - either - little - frozenset(date_terms(dates))

    def shared(self, quote: Quote) -> frozenset[str]:
        """The question's terms that the sentence holds, times and alternatives aside."""
        return self._content & frozenset(self._analyzer.content_terms(quote.text))

    def is_on_it(self, quote: Quote) -> bool:
        """Whether a sentence holds anything of the question but its names."""
        return bool(self.shared(quote) - self._names)

    def is_met_by(self, quote: Quote) -> bool:
        """Whether sentence and title hold half of what is asked, and everything of a known kind that it names."""
        told = frozenset(self._analyzer.content_terms(f"{quote.article.title} {quote.text}"))
        return self._named <= told and len(self._content & told) >= max(LEAST_ASKED * len(self._content), 1)

    def are_met_by(self, *quotes: Quote) -> bool:
        """Whether some quotes hold together all that is named, and half of what is asked of it."""
        told = frozenset(self._analyzer.content_terms(" ".join(f"{one.article.title} {one.text}" for one in quotes)))
        plain = self._content - self._names
        return self._named <= told and len(plain & told) >= max(LEAST_ASKED * len(plain), 1)

    def places(self, quote: Quote) -> frozenset[str]:
        """Places in what the sentence claims that the question does not name."""
        terms = frozenset(self._analyzer.terms(claimed(quote.text))) - self._terms
        return frozenset(term for term in terms if self._analyzer.kind(term) == "places")

    def times(self, quote: Quote) -> frozenset[str]:
        """Times of what the sentence tells that the question does not name."""
        return frozenset(mention.iso for mention in told_dates(claimed(quote.text))) - self.dates

    def is_one_matter(self, one: Quote, other: Quote) -> bool:
        """Whether both speak of one place and time."""
        mine, theirs = self.times(one), self.times(other)
        return self.places(one) == self.places(other) and (not mine or not theirs or bool(mine & theirs))

    def are_alike(self, one: Quote, other: Quote) -> bool:
        """Whether what two sentences claim is told with much the same words."""
        mine, theirs = (frozenset(self._analyzer.content_terms(claimed(quote.text))) for quote in (one, other))
        return len(mine & theirs) >= LEAST_ALIKE * min(len(mine), len(theirs))

    def sides(self, quote: Quote) -> frozenset[int]:
        """Which of the two alternatives a sentence speaks of."""
        words = frozenset(_WORD.findall(claimed(quote.text).lower()))
        return frozenset(number for number, side in enumerate(self.alternatives) if side & words)


def _alternatives(question: str) -> tuple[frozenset[str], ...]:
    """The words of either thing that is asked about: "light or heavy"; of up and down, every word for a direction."""
    told = _ALTERNATIVES.search(question)
    if told is None or told["other"].lower() == "not":
        return ()
    either = (frozenset({told["one"].lower()}), frozenset({told["other"].lower()}))
    for one, other in (_DIRECTIONS, _DIRECTIONS[::-1]):
        if either[0] <= one and either[1] <= other:
            return one, other
    return either
