"""Disputes that the corpus's editors know of: found again by what is quoted, and shown by its own words.

A question is on a point in dispute when one of the best sentences for it is one of the accounts, and it asks for that
point and not for something else that the same sentence tells. What no editor has listed is found by ``conflict``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from assistant.answer.claims.asked_measure import OF_A_PART
from assistant.answer.conflict import Disagreement, ValueSupport
from assistant.answer.definitions import thing_asked
from assistant.answer.independence import independent_sources
from assistant.answer.kinds import QUANTITY_KINDS, wanted
from assistant.answer.quotes import Quote
from assistant.answer.values.asked_kinds import named_kinds
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import QUANTITIES, ValueKind
from assistant.dates import DAY_LENGTH, find_dates
from assistant.disputes.types import Account, Dispute, DisputedValue
from assistant.terms import TermAnalyzer

# How like a way of asking a question must be when its best sentence is an account, and when a later one is.
LEAST_ALIKE, LEAST_ALIKE_BEHIND = 0.3, 0.4
MOST_ACCOUNTS = 4
LEAST_SIDES = 2
_ASKS_DAY = re.compile(r"\b(?:when|dates?|dated|days?|since|from)\b", re.IGNORECASE)
# An answer that is none of these is no answer to who, why or which.
_SORTS_APART = frozenset({"name", "reason", "list"})

QuoteOf = Callable[[Account], Quote | None]


class KnownDisputes:
    """Finds the dispute that a question is on.

    Args:
        disputes: gives the editors' list; asked once, by the first question.
        analyzer: how text becomes terms.
    """

    def __init__(self, disputes: Callable[[], Sequence[Dispute]], analyzer: TermAnalyzer) -> None:
        self._disputes = disputes
        self._analyzer = analyzer

    @cached_property
    def _points(self) -> tuple[_Point, ...]:
        return tuple(_Point(dispute, self._analyzer) for dispute in self._disputes())

    @cached_property
    def _rarity(self) -> dict[str, float]:
        held = Counter(term for point in self._points for term in point.terms)
        return {term: math.log((len(self._points) + 1) / (count + 0.5)) for term, count in held.items()}

    def on(self, question: str, nearest: Sequence[Quote]) -> Dispute | None:
        """The dispute that a question is on, the likest of several; None when it is on none.

        Args:
            question: standing alone.
            nearest: the sentences that answer it best, best first.
        """
        told = [point for point in self._points if any(map(point.is_told_by, nearest))]
        if not told:
            return None
        asked = _Asking(question, self._analyzer)
        if thing_asked(question):  # what a thing is, is in no dispute
            return None
        alike = [(self._likeness(asked.terms, point), point) for point in told if point.fits(asked)]
        on = [
            (likeness, point)
            for likeness, point in alike
            if likeness >= (LEAST_ALIKE if point.is_told_by(nearest[0]) else LEAST_ALIKE_BEHIND)
        ]
        return max(on, key=itemgetter(0))[1].dispute if on else None

    def _likeness(self, asked: frozenset[str], point: _Point) -> float:
        """The harmonic mean of how much of either the other holds, by rarity, for the likest way of asking: 0 to 1."""
        shared = ((2 * self._weight(asked & line), self._weight(asked) + self._weight(line)) for line in point.lines)
        return max((both / whole for both, whole in shared if whole > 0), default=0.0)

    def _weight(self, terms: Iterable[str]) -> float:
        unheard = math.log(2 * (len(self._points) + 1))
        return math.fsum(self._rarity.get(term, unheard) for term in terms)


class _Asking:
    """What a question names, of what time, and which kinds of answer it wants."""

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        self.terms = frozenset(analyzer.content_terms(question))
        self.named = analyzer.named(self.terms)
        self.dates = frozenset(mention.iso for mention in find_dates(question))
        self.asks_day = bool(_ASKS_DAY.search(question)) or any(len(day) == DAY_LENGTH for day in self.dates)
        self.kinds = wanted(question).kinds
        self.value_kinds = named_kinds(question)


class _Point:
    """A dispute, taken apart once."""

    def __init__(self, dispute: Dispute, analyzer: TermAnalyzer) -> None:
        self.dispute = dispute
        texts = (dispute.about, *dispute.asked)
        self.lines = tuple(frozenset(analyzer.content_terms(text)) for text in texts)
        self.terms = frozenset[str]().union(*self.lines)
        self._named = analyzer.named(self.terms)
        self._narrowing = frozenset.intersection(*self.lines) & frozenset(analyzer.terms(OF_A_PART))
        self._dates = frozenset(mention.iso for text in texts for mention in find_dates(text))
        self._kinds = frozenset[str]().union(*(wanted(text).kinds for text in dispute.asked))
        self._value_kinds = frozenset(kind for value in dispute.values for kind in _kinds_of(value.value))
        self._quotes = dispute.quotes

    def is_told_by(self, quote: Quote) -> bool:
        """Whether a quote is one of the accounts."""
        return any(quote.article.id == article and told in quote.text for article, told in self._quotes)

    def fits(self, asked: _Asking) -> bool:
        """Whether a question names nothing else, no other time, and wants no other kind of answer."""
        if not asked.named <= self._named or asked.kinds & _SORTS_APART - self._kinds:
            return False
        if asked.kinds and not _are_one_sort(asked.kinds, self._kinds):
            return False
        if asked.value_kinds and self._value_kinds and self._value_kinds.isdisjoint(asked.value_kinds):
            return False
        if asked.kinds == {"list"} and self._kinds & QUANTITY_KINDS:  # who asks for the names asks not how many
            return False
        if self._value_kinds == {"date"} and not asked.asks_day:  # who asks whether it is banned asks for no day
            return False
        if self._narrowing - asked.terms:
            return False
        of_time = any(one.startswith(day) for one in asked.dates for day in self._dates)
        return of_time or not asked.dates or not self._dates


def _are_one_sort(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two questions may want one kind of answer; "how much?" may want any quantity."""
    unsaid = "number" in one | other and bool(one & QUANTITY_KINDS) and bool(other & QUANTITY_KINDS)
    return bool(one & other) or unsaid


def _kinds_of(value: str) -> Iterator[ValueKind]:
    return (found.kind for found in find_values(value, QUANTITIES | {"date"}, "", every_count=True))


def shown(dispute: Dispute, quote_of: QuoteOf, nearest: Sequence[Quote] = ()) -> Disagreement | None:
    """A dispute as an answer shows it; None where fewer than two sides can be quoted.

    Args:
        quote_of: an account as it stands in the corpus; None when it does not, or may not be used.
        nearest: the sentences that answer best; an account among them speaks first for its side.
    """
    places = {quote.place for quote in nearest}
    sides = [side for value in dispute.values if (side := _side(value, quote_of, places))]
    if len(sides) < LEAST_SIDES:
        return None
    return Disagreement(dispute.about, tuple(sorted(sides, key=lambda side: -side.independent)))


def _side(value: DisputedValue, quote_of: QuoteOf, nearest: Collection[tuple[str, int]]) -> ValueSupport | None:
    found = (quote for account in value.accounts if (quote := quote_of(account)))
    # The first of them shows the value: of those that may be used, one that has its words.
    by_use = sorted(found, key=lambda quote: (value.value not in quote.text, quote.place not in nearest))
    quotes = by_use[:MOST_ACCOUNTS]
    if not quotes or value.value not in quotes[0].text:
        return None
    independent = independent_sources((quote.article, quote.text) for quote in quotes)
    return ValueSupport(value.value, tuple(quotes), independent)
