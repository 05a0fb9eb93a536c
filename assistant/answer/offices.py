"""Who heads or owns something: answered only by a sentence that tells of an office, of leading or of owning."""

from __future__ import annotations

import re

_OFFICE = (
    r"(?:head|boss|chief(?: executive)?|CEO|leader|chair(?:man|woman|person)?|director|president|minister|secretary|"
    r"commissioner|governor|ambassador|founder|owner)"
)
_ASKS = re.compile(
    rf"\bwho(?:['’]s| is| was| are| were) (?:(?:the|now|currently|current|new) )*"
    rf"(?:\S+ ){{0,3}}?{_OFFICE}\b(?! \w+(?:ed|ing)\b)|\bwho (?:heads|runs|chairs|owns|founded)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\bwho(?:['’]s| is| was) (?:(?:the|now|currently|current|new) )*(?P<office>(?:\S+ ){{0,3}}?{_OFFICE})\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"\b{_OFFICE}s?\b|\b(?:headed|heads|leads|led|runs|run by|chairs|chaired|own(?:s|ed|ership)?|founded|founders|"
    r"operat(?:es|ed|or)|acquir(?:e|es|ed|ing)|acquisition|b(?:uy|uys|uying|ought)|(?:take|takes|taken|took) over|"
    r"takeover|stakes?|shareholders?|shares|belongs to|subsidiary)\b",
    re.IGNORECASE,
)


def asks_for_holder(question: str) -> bool:
    """Whether a question asks who holds an office, heads or owns something."""
    return bool(_ASKS.search(question))


def office_held(question: str) -> str:
    """The office whose holder is asked for, as the question words it; empty when none is."""
    asked = _HELD.search(question)
    return asked["office"] if asked else ""


def tells_of_office(sentence: str) -> bool:
    """Whether a sentence tells of an office, of leading or of owning."""
    return bool(_TELLS.search(sentence))
