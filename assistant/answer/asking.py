"""Which words of a question tell what kind of answer it wants.

"What is the base year of the price index" wants a year, though a price is named: only the question phrase, or the
thing that a bare "what" asks for, tells. Where several things are asked the whole question is left to tell.
"""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD, BE, PREPOSITIONS, QUESTION_WORDS, head_of, parse

_SEVERAL = re.compile(
    rf"(?:[,;:?.!]|\b(?:and|or|but))\s+(?:\w+\s+)?(?:{ANY_QUESTION_WORD})\b|[?.!;:]\s+\w|\b(?:both|please|tell|know|say)\b",
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
_OF_ANYTHING = re.compile(r"\b(?:size|amount|sum|total|scale|level|extent|names?)$", re.IGNORECASE)
# "Under the 50% rule, which flag …": where or when comes before what.
_LED_BY = re.compile(
    rf"^\W*(?:under|by|in|according to|for|after|before|as of|on|at|with|given|during)\b"
    rf"(?:(?!\b(?:{ANY_QUESTION_WORD})\b)[^,?.;]){{3,80}}, "
    rf"(?=(?:\w+ )?(?:{ANY_QUESTION_WORD})\b)",
    re.IGNORECASE,
)
_OF_A_THING = frozenset(("what", "which"))
_BY_WHAT_MEANS = re.compile(r"^\W*how (?:do|can|could|should|must|would) (?:we|I|you|one|an?)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"^\W*(?:(?:and|but|so|since|until|till|by|from|to|for|in|of|with) )*(who|whom|whose|why|when|where)\b",
    re.IGNORECASE,
)


def asking_part(question: str) -> str:
    """The words of a question that tell the kind of answer; the whole of it where that cannot be told."""
    led = _LED_BY.match(question)
    question = question[led.end() :] if led else question
    if _SEVERAL.search(question.rstrip(" ?.!")):
        return question
    if (alone := _ALONE.match(question)) and not (alone[1].lower() == "where" and _STANDS.search(question)):
        return alone[0].strip()
    clause = parse(question)
    if clause is None:
        return question
    words = clause.asking.split()
    if not words:
        return question if _INDIRECT.search(clause.rest) else ""
    first = next(at for at, word in enumerate(words) if word.lower() in QUESTION_WORDS)
    if words[first].lower() not in _OF_A_THING:
        return clause.asking if _BY_WHAT_MEANS.match(question) else question
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
