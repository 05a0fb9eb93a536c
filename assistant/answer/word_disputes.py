"""Disputes in words: accounts that contradict each other without two figures of one kind.

Whether something is so, or which of two things it is, is in dispute only where a relevant sentence says openly that
accounts differ, or that another tells the reverse. Two sentences that merely read as opposites may speak of different
times, places or measures; they are no dispute here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.attribution import claimed
from assistant.answer.independence import source_of
from assistant.answer.quotes import Quote
from assistant.answer.relevance import denies
from assistant.answer.rewrite import Standalone
from assistant.answer.values import told_dates
from assistant.dates import find_dates
from assistant.terms import TermAnalyzer, date_terms

LEAST_RELEVANT = 0.5
LEAST_ASKED = 0.5
LEAST_ALIKE = 0.5
LONGEST = 160
_WHETHER = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|will|would|should)\b"
    r"|\bwhether\b|,\s(?:but )?(?:is|are|was|were|do|does|did|has|have|had|can|will|would)\b",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(r"\b(?P<one>[a-z]+)\s+or\s+(?:an?\s+|the\s+)?(?P<other>[a-z]+)\b", re.IGNORECASE)
_REVERSES = re.compile(
    r"\b(?:the (?:very )?(?:reverse|opposite|contrary)\b(?! (?:view|effect|direction|side))|contradicts?\b|"
    r"(?:treat|count|file|regard|class|describe|call)(?:e?s|ed|d)?\b[^.;]{0,80}\s(?:as )?(?:an?|the) [\w-]+ and not "
    r"(?:as )?(?:an?|the)\b|(?:do|does) not agree with|"
    r"disagrees? with|(?:is|are)(?: therefore)? at odds with|the other way (?:round|around))",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\b(?:accounts?|reports?|sources?|versions?|pages|firms|boundar\w+|borders?)\b[^.;:]{0,80}"
    r"\b(?:differ(?:s|ed|ently)?|disagree[sd]?|(?:are|is) not the same)\b|\binstead\W*$",
    re.IGNORECASE,
)
_ON_WHETHER = re.compile(r"\b(?:differ(?:s|ed)?|disagree[sd]?|(?:do|does|did) not agree) (?:on|over|about) whether\b")
# What one source said and what the same one says now is news, no dispute.
_UPDATES = re.compile(
    r"\b(?:revis\w+|correct(?:s|ed|ion)|updat\w+|reversed|no longer|has since|had earlier|"
    r"changed (?:its|his|her|their)|before (?:that|then)|by now)\b",
    re.IGNORECASE,
)
_UP = "up rise rises rising risen rose increase increased grow grew grown gain gained climb climbed higher"
_DOWN = (
    "down fall falls falling fallen fell decrease decreased decline declined drop dropped lose lost lower shrank sank"
)
_DIRECTIONS = (frozenset(_UP.split()), frozenset(_DOWN.split()))
# Two pages of one publisher, or a story and its rewritten copy, may contradict each other.
_OTHER_PAGE = re.compile(r"\b(?:page|version|copy|edition)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_SAYS_LITTLE = "count go not or that will be or still really it"


@dataclass(frozen=True, slots=True)
class Side:
    """One account of the matter: its sentence, and what of it is in dispute, in its exact words."""

    words: str
    quote: Quote


def find_word_dispute(question: Standalone, quotes: Sequence[Quote], analyzer: TermAnalyzer) -> tuple[Side, ...]:
    """Two accounts that contradict each other; none when no sentence says so openly.

    Args:
        quotes: the relevant sentences of the evidence, best first.
    """
    if not quotes:
        return ()
    asked = _Asked(question.text, analyzer)
    least = LEAST_RELEVANT * max(quote.relevance for quote in quotes)
    near = [quote for quote in quotes if quote.relevance >= least and quote.signals.date_fit >= asked.least_date_fit]
    between = _between_alternatives(asked, near) if asked.whether else ()
    sides = between or _reversed(asked, near) or _announced(asked, near)
    words = tuple(Side(claimed(quote.text, LONGEST), quote) for quote in sides)
    return words if len({side.words.lower() for side in words}) > 1 else ()


class _Asked:
    """What a question asks, held against sentences."""

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
        self._named = frozenset(term for term in self._terms if analyzer.kind(term) not in (None, "events"))
        self._content = frozenset(analyzer.content_terms(question)) - either - little - frozenset(date_terms(dates))

    def shared(self, quote: Quote) -> frozenset[str]:
        """The question's terms that the sentence holds, times and alternatives aside."""
        return self._content & frozenset(self._analyzer.content_terms(quote.text))

    def is_met_by(self, quote: Quote) -> bool:
        """Whether sentence and title hold half of what is asked, and everything of a known kind that it names."""
        told = frozenset(self._analyzer.content_terms(f"{quote.article.title} {quote.text}"))
        return self._named <= told and len(self._content & told) >= max(LEAST_ASKED * len(self._content), 1)

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


def _between_alternatives(asked: _Asked, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """A sentence that speaks of one alternative alone, and the best against it, where one says that accounts differ."""
    open_ = [quote for quote in quotes if _DIFFER.search(quote.text) and asked.is_met_by(quote)]
    if not asked.alternatives or not open_:
        return ()
    must = min((asked.shared(quote) for quote in open_), key=len)
    telling = [
        quote
        for quote in quotes
        if asked.shared(quote) >= must and asked.sides(quote) and asked.is_met_by(quote) and not _announces(quote)
    ]
    for one in (quote for quote in telling if len(asked.sides(quote)) == 1):
        against = [
            other
            for other in telling
            if asked.sides(other) - asked.sides(one) and asked.is_one_matter(one, other) and _may_differ(one, other)
            and (len(asked.sides(other)) == 1 or one in open_)
        ]  # fmt: skip
        if against:
            return one, against[0]
    return ()


def _announces(quote: Quote) -> bool:
    """Whether a sentence says that accounts differ and gives none itself."""
    return bool(_DIFFER.search(quote.text)) and not quote.text.rstrip(" .").endswith("instead")


def _reversed(asked: _Asked, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """A sentence that says that it tells the reverse, and before it the best that tells what it reverses."""
    for quote in quotes:
        if not _REVERSES.search(quote.text) or _UPDATES.search(quote.text) or not asked.is_met_by(quote):
            continue
        others = (other for other in quotes if other != quote and asked.is_met_by(other))
        against = (other for other in others if asked.shared(other) >= asked.shared(quote))
        for other in against:
            is_plain = not _REVERSES.search(other.text) and not _DIFFER.search(other.text)
            may_differ = _may_differ(quote, other) or _OTHER_PAGE.search(quote.text)
            is_same = asked.whether or asked.are_alike(quote, other)
            if is_plain and is_same and may_differ and asked.shared(quote) and asked.is_one_matter(quote, other):
                return other, quote
    return ()


def _announced(asked: _Asked, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Where one says that accounts differ on whether: the best that affirms and the best that denies."""
    if not asked.whether or not any(_ON_WHETHER.search(quote.text) and asked.is_met_by(quote) for quote in quotes):
        return ()
    telling = [quote for quote in quotes if asked.is_met_by(quote) and not _DIFFER.search(quote.text)]
    against = [
        other for other in telling if denies(other.text) != denies(telling[0].text) and _may_differ(telling[0], other)
    ]
    return (telling[0], against[0]) if against else ()


def _may_differ(one: Quote, other: Quote) -> bool:
    """Whether two sentences come from different sources, and neither tells that something was changed since."""
    is_other = source_of(one.article, one.text) != source_of(other.article, other.text)
    return is_other and not any(_UPDATES.search(quote.text) for quote in (one, other))
