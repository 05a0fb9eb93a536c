"""Who heads or owns something: answered only by a sentence that tells of an office, of leading or of owning."""

from __future__ import annotations

import re

_OFFICE = (
    r"(?:head|boss|chief(?: executive)?|CEO|leader|chair(?:man|woman|person)?|director|president|minister|secretary|"
    r"commissioner|governor|ambassador|founder|owner)"
)
_HELD = re.compile(
    rf"\bwho(?:['’]s| is| was| are| were) (?:(?:the|now|currently|current|new) )*"
    rf"(?P<office>(?:\S+ ){{0,3}}?{_OFFICE})\b(?! \w+(?:ed|ing)\b)",
    re.IGNORECASE,
)
_ASKS_WHO_LEADS = re.compile(r"\bwho (?:heads|runs|chairs|owns|founded)\b", re.IGNORECASE)
_ASKS_OWNER = re.compile(r"\bowns\b|\bowners?\b|\bfound(?:ed|ers?)\b", re.IGNORECASE)
_TELLS_OF_OFFICE = re.compile(
    rf"\b{_OFFICE}s?\b|\b(?:headed|heads|leads|led|run by|chairs|chaired|operat(?:es|ed|or))\b|"
    r"\bruns\b(?! (?:for|until|till|from|to|on|out|through|over|into|along|at)\b)",
    re.IGNORECASE,
)
_TELLS_OF_OWNER = re.compile(
    r"\b(?:own(?:s|ed|ership)?|founded|founders|acquir(?:e|es|ed|ing)|acquisition|b(?:uy|uys|uying|ought)|"
    r"(?:take|takes|taken|took) over|takeover|stakes?|shareholders?|shares|belongs to|subsidiary)\b",
    re.IGNORECASE,
)


def asks_for_holder(question: str) -> bool:
    """Whether a question asks who holds an office, heads or owns something."""
    return bool(_HELD.search(question) or _ASKS_WHO_LEADS.search(question))


def office_held(question: str) -> str:
    """The office whose holder is asked for, as the question words it; empty when none is."""
    asked = _HELD.search(question)
    return asked["office"] if asked else ""


def tells_of_holder(question: str, sentence: str) -> bool:
    """Whether a sentence tells of an office or of leading, or, where the owner is asked for, of owning."""
    of_owner = _ASKS_OWNER.search(question) and _TELLS_OF_OWNER.search(sentence)
    return bool(of_owner or _TELLS_OF_OFFICE.search(sentence))
