"""Follow-ups: a question that leans on the one before it becomes one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dates import DateMention, find_dates
from assistant.terms import TermAnalyzer

_OPENING = re.compile(
    r"^\s*(?:and|but|so|also|then|what about|how about|and what about|what of|same for|why|who|when|where|"
    r"which ones?)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|his|her|there|the (?:same|former|latter|others?|deal|"
    r"rule|ban|measure|announcement|agreement|controls?|figure|truce|suspension))\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?:and|but|so|also|then|what about|how about|what of|same for)\b[\s,:]*", re.IGNORECASE)
SHORT_WORDS = 7


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no history; ``focus`` is what is new in it, the whole when nothing was added."""

    text: str
    focus: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked and answered before: ``standalone`` is the question as it was understood.

    ``sentences`` are the answer's, none when it declined; ``offered`` are the questions it suggested.
    """

    question: str
    standalone: str
    sentences: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def standalone(question: str, history: Sequence[Turn], analyzer: TermAnalyzer) -> Standalone:
    """``question`` itself, or with the words of the previous standalone question that it leans on.

    A short question that opens like a follow-up or points back takes the previous one along; a date in
    the new question replaces those of the old.
    """
    if not history or not _leans(question):
        return Standalone(question, question)
    previous = history[-1].standalone
    base = _without_dates(previous) if find_dates(question) else previous
    rest = _LEADING.sub("", question).strip() or question
    return Standalone(f"{base.rstrip(' ?.!:')}: {rest}", rest)


def _leans(question: str) -> bool:
    words = len(question.split())
    if _LEADING.match(question):
        return True
    if words <= SHORT_WORDS * 2 and _POINTS_BACK.search(question):
        return True
    nothing_named = not re.search(r"(?<!^)\b[A-Z]|\d", question)
    return words <= SHORT_WORDS and bool(_OPENING.match(question) or find_dates(question) or nothing_named)


def _without_dates(text: str) -> str:
    mentions: tuple[DateMention, ...] = find_dates(text)
    for mention in reversed(mentions):
        before = re.sub(r"\b(?:in|on|of|for|during|by|since|from)\s+$", "", text[: mention.start])
        text = before + text[mention.end :]
    return re.sub(r"\s+", " ", text)
