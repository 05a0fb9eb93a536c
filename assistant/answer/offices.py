"""Who heads or owns something: answered only by a sentence that names the holder, or tells of owning."""

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
_LEADS = r"(?:heads|headed|leads|led|runs|ran|chairs|chaired|operates|operated|founded)"
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}"
# An office beside a name: "chief executive Jim Farley", "Jim Farley, the head of Ford", "led by Jim Farley".
_NAMES_HOLDER = re.compile(
    rf"(?i:\b{_OFFICE}),? (?:of (?:the )?[\w&. ]{{2,40}}?, )?{_NAME}|"
    rf"{_NAME}(?:, (?:\S+ ){{0,6}}?| (?:is|was|as|serves as|became|remains) (?:\S+ ){{0,4}}?)(?i:{_OFFICE})\b|"
    rf"\b(?:headed|led|run|chaired|operated|founded) by (?:the )?{_NAME}|"
    rf"{_NAME} {_LEADS}\b(?! (?:for|until|till|from|to|on|out|through|over|into|along|at)\b)"
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
    """Whether a sentence names somebody beside an office or as leading; or tells of owning, where that is asked for."""
    of_owner = _ASKS_OWNER.search(question) and _TELLS_OF_OWNER.search(sentence)
    return bool(of_owner or _NAMES_HOLDER.search(sentence))
