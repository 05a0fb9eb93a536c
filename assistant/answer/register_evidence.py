"""Which sentences show best what is asked of a measure: a form, that it goes on, who got it, or what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.dates import find_dates, last_day
from assistant.measures.types import Evidence, Measure
from assistant.terms import TermAnalyzer

ACTIVE = frozenset({"in_force", "announced"})
_HOLDS = re.compile(
    r"\b(?:remain\w*|still|stay\w*|continu\w*|unaffected|go(?:es)? on|went on|"
    r"not (?:been )?(?:suspended|lifted|repealed))\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:controls exports|puts|put|extends|obliges|creates|suspended|suspends|halts|bars|bans|banned|prohibits|"
    r"forbids|lists|requires|adds|introduced|introduces|depends on|needs a|are needed|is needed|not licensed|"
    r"no licence would be)\b"
)
_BEGINS_WITH_IT = re.compile(r"(?:The |MOFCOM |MOFCOM/GACC )?(?:Announcement|Clause|Order|Proclamation)\b")
_WENT_TO = re.compile(r"\b(?:went to|received|hold|holders? (?:are|were)|granted to|given to)\b", re.IGNORECASE)


def best_first(evidence: Iterable[Evidence], days: set[str | None]) -> tuple[Evidence, ...]:
    """Evidence that can be cited; that which names most of the days leads."""
    present = [one for one in evidence if not one.missing]
    return tuple(sorted(present, key=lambda one: -len(days & {mention.iso for mention in find_dates(one.quote)})))


def holding_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with what says that a measure goes on first, such as "remained in force"."""
    return tuple(sorted(evidence, key=lambda one: not _HOLDS.search(one.quote)))


def telling_who(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that tells who got what a measure gives."""
    return tuple(one for one in evidence if _WENT_TO.search(one.quote))


def naming_most(evidence: Iterable[Evidence], terms: frozenset[str], analyzer: TermAnalyzer) -> tuple[Evidence, ...]:
    """The evidence with what holds the most of some terms first."""
    return tuple(sorted(evidence, key=lambda one: -_held(one, terms, analyzer)))


def telling_what_they_do(
    measures: Sequence[Measure], terms: frozenset[str], as_of: date, analyzer: TermAnalyzer
) -> tuple[Evidence, ...]:
    """For each measure the sentence known on a day that says what it does, holding the most of some terms."""
    told = (list(_telling_what_it_does(measure, as_of)) for measure in measures)
    begun = (sorted(evidence, key=lambda one: not _BEGINS_WITH_IT.match(one.quote)) for evidence in told)
    return tuple(naming_most(evidence, terms, analyzer)[0] for evidence in begun if evidence)


def _telling_what_it_does(measure: Measure, as_of: date) -> Iterator[Evidence]:
    """The sentences that say what a measure does; those that say that it was set aside are left out."""
    told = (one for entry in measure.history if entry.status in ACTIVE for one in entry.evidence)
    known = (one for one in told if one.known_from and last_day(one.known_from) <= as_of)
    return (one for one in known if not one.missing and _DOES.search(one.quote))


def _held(one: Evidence, terms: frozenset[str], analyzer: TermAnalyzer) -> int:
    return len(terms.intersection(analyzer.content_terms(one.quote)))
