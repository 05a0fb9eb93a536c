"""What a date is to the thing that it dates: its start, its end, or the day that it came about."""

from __future__ import annotations

import re

from assistant.answer.values.value import Value

_IN = re.compile(r"\b(?:in|during)\s(?:the\s)?$", re.IGNORECASE)
_DATED_TO = re.compile(r"\b(?:date[sd]?|put)\b(?:(?!\bfrom\b)[^,;])*\bto\s$", re.IGNORECASE)
_ASKED_ROLES = {
    "end": re.compile(
        r"\b(?:until|till|by when|(?:final|last|end|expiry) (?:day|date)s?|expir\w+|deadline|run out|end)\b",
        re.IGNORECASE,
    ),
    "target": re.compile(r"\bby (?:what|which)\b", re.IGNORECASE),
    "start": re.compile(
        r"\b(?:from (?:what|which|when)|since when|(?:start|effective) date|in force|take effect|took effect|effective|"
        r"start\w*|begin|began)\b",
        re.IGNORECASE,
    ),
}
_ROLES = {
    "end": re.compile(
        r"\b(?:until|till|through|by|up to|deadline of|(?:end\w*|expir\w+|laps\w+|returns?|(?:come|comes) back|"
        r"restore[^,;]{0,40})(?: (?:on|in))?)\s$",
        re.IGNORECASE,
    ),
    "start": re.compile(
        r"\b(?:from|since|effective(?: on| from)?|took effect(?: on| in)?|takes effect(?: on| in)?|"
        r"in force (?:on|from|since)|with effect from|start\w* (?:on|in)|beg[ai]n\w* (?:on|in))\s$",
        re.IGNORECASE,
    ),
    "side": re.compile(
        r"\b(?:before|after|following|ahead of|prior to|later than|earlier than|than|to|between)\s$", re.I
    ),
}


def asked_role(question: str) -> str | None:
    """The role in which a question wants a date, None where it wants the day of what came about."""
    return next((role for role, pattern in _ASKED_ROLES.items() if pattern.search(question)), None)


def has_role(asked: str | None, text: str, value: Value, *, disputed: bool) -> bool:
    """Whether a date is the start, the end, or the day of what came about, whichever is asked for."""
    role = _role(text, value)
    if asked == "target":
        return role == "end" or (role == "day" and _IN.search(text[: value.start]) is not None)
    if asked is None:
        return role == "day"
    # "The last day is given differently, as 9 November or 10 November": it says itself what it dates.
    names_it = disputed and role == "day" and _ASKED_ROLES[asked].search(text) is not None
    return names_it or role == asked


def _role(text: str, value: Value) -> str:
    before = _DATED_TO.sub("on ", text[: value.start])
    return next((role for role, pattern in _ROLES.items() if pattern.search(before)), "day")
