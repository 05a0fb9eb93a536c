"""Questions that ask several things: each part is answered for itself, and what is missing is named.

Only what reads as several questions is taken apart: question after question, "… and when …", and a figure asked of
several places or elements at once. A word that points back keeps its part inside the whole question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from assistant.answer.conflict import Disagreement
from assistant.answer.extractive import Draft
from assistant.answer.follow_up.mentions import Mention, mentions
from assistant.answer.follow_up.pointers import one_named
from assistant.answer.kinds import wanted
from assistant.answer.quotes import each_place_once
from assistant.answer.rewrite import Standalone
from assistant.terms import ELEMENTS_KIND, PLACES_KIND, TermAnalyzer

MOST_PARTS = 3
FEWEST_TERMS = 2
_ASKS = r"(?:who|whom|what|which|when|where|why|how)\b"
# "…, and does it apply today?"
_WHETHER_IT = r"(?:is|are|was|were|does|do|did|has|have|can|will)\s+(?:it|they|this|that|these|those)\b"
_NEXT = re.compile(rf"(?<=\?)\s+|,?\s+and\s+(?={_ASKS}|{_WHETHER_IT})", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|his|her|there|so|"
    r"(?:answer|repl|respon|react|follow)\w*(?= *\W*$)|"
    r"(?:which|makes?|builds?|sells?|produces?|owns?|runs?|got|gets?|buys?|needs?) one\b)",
    re.IGNORECASE,
)
_AND_WHERE = re.compile(
    r"^\W*(?P<first>when|where|why) (?P<rest>(?:is|are|was|were|will|would|did|does|do|has|have|had|can)\b.+?),? and "
    r"(?P<other>when|where|why|how long)\W*$",
    re.IGNORECASE,
)
_ALTERNATE_KINDS = frozenset({PLACES_KIND, ELEMENTS_KIND})
_FIGURES = frozenset({"number", "weight", "money", "share"})
_JOINED = re.compile(r",? (?:and|or) |, ")
_DIFFERENCE = re.compile(r"\b(?:differences?|differ|differs|different|compare[ds]?|versus|vs)\b", re.IGNORECASE)
_TWO_RULES = re.compile(
    r"\bannouncements? (?:nos?\.? ?)?(?P<one>\d{1,3})(?: of (?P<year>20\d\d))?,? (?:and|with|from|versus|vs\.?) "
    r"(?:(?:mofcom )?announcement )?(?:nos?\.? ?)?(?P<other>\d{1,3})(?: of (?P<last_year>20\d\d))?\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\bbetween\s+$|\b(?:both|together|combined|total|joint|sum|their)\b", re.IGNORECASE)


def parts_of(question: Standalone, analyzer: TermAnalyzer) -> tuple[Standalone, ...]:
    """The parts of a question, two to ``MOST_PARTS``; none when it asks one thing."""
    if question.text != question.focus:
        return ()
    return (
        _clauses(question.text, analyzer)
        or _circumstances(question.text)
        or _told_apart(question.text)
        or _things(question.text, analyzer)
    )


def _clauses(text: str, analyzer: TermAnalyzer) -> tuple[Standalone, ...]:
    clauses = [clause.strip(" ,") for clause in _NEXT.split(text) if clause.strip(" ,?")]
    clauses = [*clauses[:1], *(one_named(clause, clauses[0]) for clause in clauses[1:])]
    if not 2 <= len(clauses) <= MOST_PARTS or not all(_asks_something(clause, analyzer) for clause in clauses):
        return ()
    return tuple(_clause(clause, text, first=place == 0) for place, clause in enumerate(clauses))


def _circumstances(text: str) -> tuple[Standalone, ...]:
    """ "When will the plant open and where?" asks when, and where."""
    asked = _AND_WHERE.match(text)
    if asked is None:
        return ()
    other = f"{asked['other'].capitalize()} {asked['rest']}?"
    return Standalone(first := f"{asked['first']} {asked['rest']}?", first), Standalone(other, other)


def _asks_something(clause: str, analyzer: TermAnalyzer) -> bool:
    terms = len(analyzer.content_terms(clause)) + bool(_POINTS_BACK.search(clause))
    return terms >= FEWEST_TERMS


def _clause(clause: str, whole: str, *, first: bool) -> Standalone:
    return Standalone(clause, clause) if first or not _POINTS_BACK.search(clause) else Standalone(whole, clause)


def _told_apart(text: str) -> tuple[Standalone, ...]:
    """What each of two rules covers, where their difference is asked for."""
    found = _TWO_RULES.search(text) if _DIFFERENCE.search(text) else None
    if found is None:
        return ()
    # "Announcements 61 and 62 of 2025" are both of that year.
    rules = ((found["one"], found["year"] or found["last_year"]), (found["other"], found["last_year"]))
    told = (f"{number} of {year}" if year else number for number, year in rules)
    asked = (f"What does MOFCOM Announcement No. {rule} cover?" for rule in told)
    return tuple(Standalone(one, one) for one in asked)


def _things(text: str, analyzer: TermAnalyzer) -> tuple[Standalone, ...]:
    """One question a thing for "how many tonnes went to Japan and India?"; none for what they do together."""
    if not wanted(text).kinds & _FIGURES or _TOGETHER.search(text):
        return ()
    run = _run([one for one in mentions(text, analyzer) if one.kind in _ALTERNATE_KINDS], text)
    if not 2 <= len(run) <= MOST_PARTS or _TOGETHER.search(text[: run[0].start]):
        return ()
    alone = (text[: run[0].start] + one.text + text[run[-1].end :] for one in run)
    return tuple(Standalone(one, one) for one in alone)


def _run(named: Sequence[Mention], text: str) -> list[Mention]:
    """The first things of one kind that stand in a row, joined by "and", "or" or a comma."""
    for at, first in enumerate(named):
        run = [first]
        for other in named[at + 1 :]:
            if other.kind != first.kind or not _JOINED.fullmatch(text[run[-1].end : other.start]):
                break
            run.append(other)
        if len(run) > 1:
            return run
    return []


def merged(whole: Draft, parts: Mapping[Standalone, Draft], most: int) -> Draft:
    """One draft of the parts', the best of each first, at most ``most`` quotes; the whole's when no part answers."""
    answered = [draft for draft in parts.values() if draft.quotes]
    if not answered:
        return whole
    rows = zip_longest(*(draft.quotes for draft in answered))
    quotes = each_place_once(quote for row in rows for quote in row if quote is not None)
    return Draft(
        quotes[: max(most, len(answered))],
        max(draft.confidence for draft in (whole, *answered)),
        whole.orders,
        _each_dispute_once(one for draft in answered for one in draft.disagreements),
        each_place_once(quote for draft in answered for quote in draft.relevant),
        tuple(quote for draft in answered for quote in draft.corrections),
        tuple(part.focus.strip(" ?") for part, draft in parts.items() if not draft.quotes),
    )


def _each_dispute_once(disagreements: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """Two parts of a question may meet one dispute."""
    first: dict[frozenset[str], Disagreement] = {}
    for one in disagreements:
        first.setdefault(frozenset(value.value for value in one.values), one)
    return tuple(first.values())
