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
from assistant.answer.matter import Matter
from assistant.answer.open_contrasts import contrasts, leading
from assistant.answer.quotes import Quote
from assistant.answer.relevance import denies
from assistant.answer.rewrite import Standalone
from assistant.terms import TermAnalyzer

LEAST_RELEVANT = 0.5
LONGEST = 160
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
_AT_ONCE = re.compile(
    r"\b(?:differ(?:s|ed)?|disagree[sd]?)\b[^:;]{0,120}: (?P<one>[^:;]+?),? (?:but|while|whereas) (?P<other>[^:;]+)$"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied)|rejects?|rejected|contested|disput(?:ed|es)) (?:that|having|any|the claim|reports)\b"
)
# Which values they are, is told elsewhere.
_OF_VALUES = re.compile(r"\b(?:different (?:sums|figures|dates|numbers|totals|amounts)|timing|at odds)\b")
_ON_WHETHER = re.compile(r"\b(?:differ(?:s|ed)?|disagree[sd]?|(?:do|does|did) not agree) (?:on|over|about) whether\b")
# What one source said and what the same one says now is news, no dispute.
_UPDATES = re.compile(
    r"\b(?:revis\w+|correct(?:s|ed|ion)|updat\w+|reversed|no longer|has since|had earlier|"
    r"changed (?:its|his|her|their)|before (?:that|then)|by now)\b",
    re.IGNORECASE,
)
# Two pages of one publisher, or a story and its rewritten copy, may contradict each other.
_OTHER_PAGE = re.compile(r"\b(?:page|version|copy|edition)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One account of the matter: its sentence, and what of it is in dispute, in its exact words."""

    words: str
    quote: Quote


def find_word_dispute(
    question: Standalone, quotes: Sequence[Quote], analyzer: TermAnalyzer, others: Sequence[Quote] = ()
) -> tuple[Side, ...]:
    """Two accounts that contradict each other; none when no sentence says so openly.

    Args:
        quotes: the relevant sentences of the evidence, best first.
        others: the rest of the evidence, where one may say that accounts differ.
    """
    if not quotes:
        return ()
    asked = Matter(question.text, analyzer)
    least = LEAST_RELEVANT * max(quote.relevance for quote in quotes)
    near = [quote for quote in quotes if quote.relevance >= least and quote.signals.date_fit >= asked.least_date_fit]
    every = [*quotes, *others]
    sides = (
        _between_alternatives(asked, near, every)
        or _reversed(asked, near)
        or _announced(asked, near)
        or _set_beside(asked, near, every)
        or _denied(asked, near)
    )
    words = tuple(Side(claimed(quote.text, LONGEST), quote) for quote in sides) or _told_at_once(asked, near)
    return words if len({side.words.lower() for side in words}) > 1 else ()


def _between_alternatives(asked: Matter, quotes: Sequence[Quote], every: Sequence[Quote]) -> tuple[Quote, ...]:
    """A sentence that speaks of one alternative alone, and the best against it, where one says that accounts differ."""
    open_ = [quote for quote in every if _DIFFER.search(quote.text) and asked.is_met_by(quote)]
    if not asked.whether or not asked.alternatives or not open_:
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


def _reversed(asked: Matter, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """A sentence that says that it tells the reverse, and before it the best that tells what it reverses."""
    for quote in quotes:
        if not _REVERSES.search(quote.text) or _UPDATES.search(quote.text) or not asked.is_met_by(quote):
            continue
        others = (other for other in quotes if other != quote and asked.is_met_by(other))
        against = (other for other in others if asked.shared(other) >= asked.shared(quote))
        for other in against:
            is_plain = not _REVERSES.search(other.text) and not _DIFFER.search(other.text)
            may_differ = _may_differ(quote, other) or _OTHER_PAGE.search(quote.text)
            is_same = asked.are_alike(quote, other)
            if is_plain and is_same and may_differ and asked.is_on_it(quote) and asked.is_one_matter(quote, other):
                return other, quote
    return ()


def _announced(asked: Matter, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Where one says that accounts differ on whether: the best that affirms and the best that denies."""
    if not asked.whether or not any(_ON_WHETHER.search(quote.text) and asked.is_met_by(quote) for quote in quotes):
        return ()
    telling = [quote for quote in quotes if asked.is_met_by(quote) and not _DIFFER.search(quote.text)]
    against = [
        other for other in telling if denies(other.text) != denies(telling[0].text) and _may_differ(telling[0], other)
    ]
    return (telling[0], against[0]) if against else ()


def _set_beside(asked: Matter, quotes: Sequence[Quote], every: Sequence[Quote]) -> tuple[Quote, ...]:
    """A sentence that openly gives another account than the one before it, and that one before; one of them leads."""
    leads = leading(quotes)
    for opening, before in contrasts(every) if asked.whether else ():
        for beside in before[:1] if not _OF_VALUES.search(opening.text) else ():
            if (beside in leads or opening in leads) and asked.are_met_by(beside, opening):
                return beside, opening
    return ()


def _denied(asked: Matter, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The best that tells what is asked about as so, and one by which somebody denied it; one of them leads."""
    leads = leading(quotes)
    met = [quote for quote in quotes if asked.is_met_by(quote)] if asked.whether else []
    for denial in (quote for quote in met if _DENIES.search(quote.sentence)):
        affirming = (
            one for one in met if one in leads and not denies(one.sentence) and not _DENIES.search(one.sentence)
        )
        for one in affirming:
            if asked.is_one_matter(one, denial) and asked.shared(denial) & asked.shared(one):
                return one, denial
    return ()


def _told_at_once(asked: Matter, quotes: Sequence[Quote]) -> tuple[Side, ...]:
    """Both accounts of one sentence that says that they differ: "Sources disagree: A named this, but B that"."""
    for quote in leading(quotes) if asked.whether else ():
        told = _AT_ONCE.search(quote.sentence)
        if told and asked.is_met_by(quote):
            return Side(told["one"], quote), Side(told["other"].rstrip(" ."), quote)
    return ()


def _may_differ(one: Quote, other: Quote) -> bool:
    """Whether two sentences come from different sources, and neither tells that something was changed since."""
    is_other = source_of(one.article, one.text) != source_of(other.article, other.text)
    return is_other and not any(_UPDATES.search(quote.text) for quote in (one, other))
