"""The preposition and article that lead to a phrase: "in", "to the"."""

from __future__ import annotations

import re

_ANY = r"(?P<preposition>in|on|to|from|of|for|by|at|over|under|with|since|until|during|before|after|per|into|between)"
_OPENING = re.compile(rf"{_ANY}\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:\b{_ANY}\s+)?(?P<article>the\s+)?$", re.IGNORECASE)


def opening(phrase: str) -> str:
    """The preposition, in lower case, that a phrase begins with; else empty."""
    found = _OPENING.match(phrase)
    return found["preposition"].lower() if found else ""


def leading(text: str, start: int) -> tuple[str, str]:
    """The preposition, in lower case, and the article that lead to ``text[start:]``, each empty where there is none."""
    led = _BEFORE.search(text[:start])
    return ((led["preposition"] or "").lower(), led["article"] or "") if led else ("", "")


def without_lead(text: str, start: int) -> str:
    """``text`` up to ``start``, without the preposition and article that lead to it."""
    led = _BEFORE.search(text[:start])
    return text[: led.start() if led else start]
