"""Which words of a question tell what kind of answer it wants.

"What is the base year of the price index" wants a year, though a price is named: only the question phrase, or the
thing that a bare "what" asks for, tells. Where several things are asked the whole question is left to tell.
"""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import BE, PREPOSITIONS, QUESTION_WORDS, head_of, parse

_ASKED_WORD = "what|which|who|whom|whose|when|where|why|how"
_SEVERAL = re.compile(
    rf"(?:[,;:?.!]|\b(?:and|or|but))\s+(?:\w+\s+)?(?:{_ASKED_WORD})\b|[?.!;:]\s+\w|\b(?:both|please|tell|know|say)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"[,\s]+(?:when|while|if|because|although|since|after|before) (?:[a-z]+ )?\w+ ", re.IGNORECASE
)
_IN_UNIT = re.compile(
    r"\bin (?:metric |US |American )?(?:tonnes|tons|kg|kilos|kilograms|dollars|dollar terms|euros|yuan|yen|rupees|"
    r"per ?cent|percent)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(r"\b(?:stand|stood|close[ds]?|trade[ds]?)\b", re.IGNORECASE)
_INDIRECT = re.compile(r"\b(?:what|which|how (?:many|much))\b", re.IGNORECASE)
# "The size of the fund" is a sum of money: such a word tells nothing alone.
_OF_ANYTHING = re.compile(r"\b(?:size|amount|sum|total|scale|level|extent)$", re.IGNORECASE)
_MANNER = "how"
_QUANTITY_WORDS = frozenset("many much high big large long deep far soon often dominant dependent great".split())
_WHOLE_BY_THEMSELVES = frozenset("who whom whose why where when".split())


def asking_part(question: str) -> str:
    """The words of a question that tell the kind of answer; the whole of it where that cannot be told."""
    clause = parse(question)
    if clause is None or _SEVERAL.search(question.rstrip(" ?.!")):
        return question
    words = clause.asking.split()
    if not words:
        return question if _INDIRECT.search(clause.rest) else ""
    lowered = [word.lower() for word in words]
    first = next(at for at, word in enumerate(lowered) if word in QUESTION_WORDS)
    if lowered[first] == "where" and _STANDS.search(clause.rest):  # "where did the price index close"
        return question
    if lowered[first] in _WHOLE_BY_THEMSELVES:
        return clause.asking
    if lowered[first] == _MANNER:
        return question if len(words) == first + 1 or lowered[first + 1] in _QUANTITY_WORDS else clause.asking
    unit = _IN_UNIT.search(question)
    if len(words) > first + 1:
        told = _until_preposition(words, first + 1)
    elif clause.auxiliary in BE and clause.subject and not clause.predicate:
        head = head_of(clause.subject)
        told = f"{clause.asking} {clause.auxiliary} {clause.subject if _OF_ANYTHING.search(head) else head}"
    else:
        return _SUBORDINATE.split(question, maxsplit=1)[0]
    return f"{told} {unit[0]}" if unit else told


def _until_preposition(words: list[str], start: int) -> str:
    end = next((at for at in range(start, len(words)) if words[at].lower() in PREPOSITIONS), len(words))
    return " ".join(words[:end])
