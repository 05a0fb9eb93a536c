"""What a question names that nothing quoted does: said beside the answer, so that likeness passes for no more.

"How many kilograms does a Eurofighter carry?" finds what an F-35 carries. Whether that helps is the reader's to say;
that no sentence names a Eurofighter is ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.attribution import without_attribution
from assistant.answer.demands import Demands, unmatched
from assistant.answer.relevance import may_hold, overlap
from assistant.answer.values.value import ValueKind
from assistant.periods import Moment, find_moments
from assistant.terms import TermAnalyzer
from assistant.types import Citation, Period

_WORD = re.compile(r"\w[\w.&’'-]*\w|\w")
_PART_OF_A_YEAR = re.compile(r"[HQ]\d")
# What people write in small letters too: "gallium", "japan".
_NAMED_IN_SMALL = ("elements", "places")
_POSSESSIVE = re.compile(r"['’]s?$")
# A count may be told in words that no pattern knows; for want of these four a reader would look in vain.
_SURE: tuple[ValueKind, ...] = ("money", "share", "weight", "date")


@dataclass(frozen=True, slots=True)
class Untold:
    """What no citation tells of a question.

    Attributes:
        names: as the question words them.
        times: ISO 8601.
        kinds: of the value asked for, when no citation has one; either of several would do.
    """

    names: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    kinds: tuple[ValueKind, ...] = ()


def untold(question: str, cited: Sequence[Citation], analyzer: TermAnalyzer, as_of: str) -> Untold:
    """What the question names and asks for that no citation tells.

    Args:
        question: standing alone.
        as_of: the day the answer is given for, ISO 8601; a question that names it ("as of …") asks of no time by it.
    """
    demands = Demands(question, analyzer)
    return Untold(
        _names(question, demands, cited, analyzer),
        _times(demands.dates, cited, as_of),
        _kinds(demands, cited),
    )


def _names(question: str, demands: Demands, cited: Sequence[Citation], analyzer: TermAnalyzer) -> tuple[str, ...]:
    told = " . ".join(f"{one.title} . {one.publisher} . {one.quote}" for one in cited)
    wanting = unmatched(demands.names, frozenset(analyzer.content_terms(told)))
    found: list[str] = []
    end = -1
    for match in _WORD.finditer(question):
        terms = analyzer.content_terms(match[0])
        if not terms or not wanting.issuperset(terms) or not _is_name(match[0], terms, analyzer):
            continue
        word = _POSSESSIVE.sub("", match[0])
        if question[end : match.start()] == " ":
            found[-1] = f"{found[-1]} {word}"
        elif word not in found:
            found.append(word)
        end = match.end()
    return tuple(found)


def _is_name(word: str, terms: Sequence[str], analyzer: TermAnalyzer) -> bool:
    """Whether a word is a name as it is written: no "talks" of the London talks, no half or quarter of a year."""
    if _PART_OF_A_YEAR.fullmatch(word):
        return False
    return word != word.lower() or any(analyzer.kind(term) in _NAMED_IN_SMALL for term in terms)


def _times(asked: Sequence[str], cited: Sequence[Citation], as_of: str) -> tuple[str, ...]:
    """The times asked about, unless a citation tells of one, or none of any."""
    wanted = tuple(dict.fromkeys(day for day in asked if not day.startswith(as_of)))
    told = [(one, find_moments(without_attribution(one.quote))) for one in cited]
    is_met = any(_tells_of(day, one, moments) for day in wanted for one, moments in told)
    return () if is_met or not any(moments for _, moments in told) else wanted


def _tells_of(day: str, cited: Citation, moments: Sequence[Moment]) -> bool:
    """Whether a citation tells of a time; one that names no time at all tells of its own day."""
    if moments:
        return any(may_hold(Period(one.from_, one.until), day) for one in moments)
    return cited.published_on is not None and overlap(day, cited.published_on)


def _kinds(demands: Demands, cited: Sequence[Citation]) -> tuple[ValueKind, ...]:
    if not demands.kinds <= set(_SURE) or not all(demands.lacks_value(one.quote) for one in cited):
        return ()
    return tuple(kind for kind in _SURE if kind in demands.kinds)
