"""What kind of answer a question wants, and whether a sentence has one that the question does not already hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.answer.asking import asking_part
from assistant.answer.attribution import asks_about_saying, without_attribution
from assistant.dates import find_dates

_FLAGS = re.IGNORECASE
_LISTED = (
    "elements|metals|countries|companies|firms|makers|banks|projects|items|targets|parts|measures|announcements|"
    "materials|products|minerals|earths|pillars|states|entities|customers|buyers|destinations|organisations"
)
# "What did exports come to?", but no "What did the talks come to?".
COMES_TO = (
    r"\bwhat (?:do|does|did|has|have|will|would) [^,?]*\b(?:exports?|imports?|shipments?|sales|output|production|"
    r"purchases|deliveries|reserves|loans?|orders?|costs?)\b[^,?]* (?:come|amount|add up)(?:ed)? to\b"
)
_PATTERNS = {
    "money": r"\b(?:price[sd]?|costs?|pay|paid|worth|dollars?|USD|value|invest\w*|fund\w*|loans?|budget|fines?|fees?|"
    r"money|rupees|trad(?:e[sd]?|ing) at|how much (?:\w+ ){1,4}?charges?|revenues?|profits?|turnover|salary|"
    r"financing|subsid(?:y|ies)|spen[dt]|earn(?:s|ed)?|"
    r"how much (?:did|does|do|has|have|had|will|would) (?:[\w.&'-]+ ){1,6}?"
    r"(?:put|len[dt]|pledge[ds]?|contributed?|raised?|borrow(?:ed)?))\b",
    "share": r"\b(?:share|percentage|(?<!\d )percent|proportion|(?<!\d )per cent|rate|how (?:dominant|dependent)|"
    r"(?:what|which) (?:\w+ ){0,2}(?:tariffs?|duty|duties|stake)|what (?:part|portion|slice))\b",
    "weight": r"\b(?:tonnes?|tons?|tonnage|kilograms?|kilos?|kg|how many pounds|volumes?|quota(?![ -]system)|output)\b",
    "number": r"\bhow (?:many|much|big|large|high|deep|far away|far from)\b|"
    rf"{COMES_TO}|"
    r"\bwhat (?:number|amount|quantity|threshold)\b|\bsize of\b|"
    r"\b(?:monthly|yearly|annual|latest|newest|recent|cumulative) (?:figure|number|exports?|imports?)\b",
    "date": (
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\b(?:since|until|till) when\b|\bhow long\b|"
        r"\bdeadline\b|\bexpir\w+\b|\b(?:start|effective|end) date\b|\b(?:last|final) day\b"
    ),
    "name": (
        r"\bwho(?:m|se)?\b|\b(?:which|what) (?:\w+ ){0,2}(?:official|minister|person|company|firm|agency|body|bank)\b"
    ),
    "reason": r"\bwhy\b|\breasons?\b|\bwhat (?:caused|prompted|triggered|led to)\b",
    # To list, or a list of things; the "watch list" is none that is asked for.
    "list": r"(?:^\W*|[.!?;:,]\s*|\b(?:please|you|me|to|and|then|also|an?|the|full|complete|whole)\s)list\b(?!ed)|"
    rf"\bname \w+|\bwhat are\b|\b(?:which|what) (?:\w+ ){{0,4}}?(?:{_LISTED})\b",
}
_WITH_UNIT = frozenset({"money", "share", "weight"})
QUANTITY_KINDS = _WITH_UNIT | {"number"}
_WANTS = {kind: re.compile(pattern, _FLAGS) for kind, pattern in _PATTERNS.items()}
_MONEY = re.compile(r"[$€£¥]\s?\d|\b\d[\d.,]*\s?(?:million|billion|trillion)?\s?(?:dollars|euros?|yuan|yen|rupees)\b|"
                    r"\b(?:Rs|A\$|US\$|CNY|RMB|USD|EUR)\s?\d", _FLAGS)  # fmt: skip
_SHARE = re.compile(r"\d\s?%|\bper ?cent\b|\b(?:half|third|quarter|two-thirds|three-quarters)\b", _FLAGS)
_WEIGHT = re.compile(r"\d[\d.,]*\s?(?:tonnes?|tons?|t|kg|kilograms?|kilos?|lbs?|pounds?)\b", _FLAGS)
_NUMBER = re.compile(
    r"\b\d[\d.,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred)\b", _FLAGS
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|since|so that|in order to|as a result|reasons?|response|retaliat\w+|prompt\w+|"
    r"caus\w+|led to|blam\w+|citing|cited|for want of|for lack of|amid|to (?:protect|safeguard|prevent|secure|stop|"
    r"curb|keep|avoid|ensure|reduce|force|press\w*)|after|on the grounds?|driven by|expla(?:in\w*|nation)|over|aims?|"
    r"meant)\b",
    _FLAGS,
)
_HOW_LONG = re.compile(r"\bhow long\b", _FLAGS)
_STRETCH = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|half an?)(?: |-)(?:\w+ )?"
    r"(?:hours?|days?|weeks?|months?|years?)\b|"
    r"\b(?:for|about|around|nearly|almost|roughly|over|within) an? (?:day|week|month|year)\b",
    _FLAGS,
)
_END = re.compile(r"\b(?:until|till|through|expir\w+|ends?|last(?:s|ed)?)\b", _FLAGS)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
_ENUMERATION = re.compile(
    r"\b[\w’'-]+(?: [\w’'-]+){0,5}(?:, [\w’'$%-]+(?: [\w’'$%-]+){0,6})+,? (?:and|or|as well as) \w", _FLAGS
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kinds of answer that a question wants: money, share, weight, number, date, name, reason, list."""

    kinds: frozenset[str]
    question: str
    asking: str
    about_saying: bool = False

    def brought_by(self, sentence: str) -> frozenset[str]:
        """The wanted kinds that the sentence brings; who reported it, and when, count only where that is asked."""
        if not self.kinds:
            return self.kinds
        claim = sentence if self.about_saying else without_attribution(sentence)
        return frozenset(kind for kind in self.kinds if _BRINGS[kind](claim, self.question))

    def fit(self, brought: frozenset[str]) -> float:
        """Share of the wanted kinds that are brought, from -1 (none) to 1 (all); 0 when nothing is wanted."""
        return 2.0 * len(brought) / len(self.kinds) - 1.0 if self.kinds else 0.0

    def words(self, kind: str) -> str:
        """The question's words that ask for a kind: "what share" is answered by "90%", not by the word."""
        return " ".join(match[0] for match in _WANTS[kind].finditer(self.asking))


def wanted(question: str) -> Wanted:
    """What a question wants; a plain number only when no unit says more."""
    asking = asking_part(question)
    kinds = {kind for kind, pattern in _WANTS.items() if pattern.search(asking)}
    if kinds & _WITH_UNIT:
        kinds.discard("number")
    return Wanted(frozenset(kinds), question, asking, asks_about_saying(question))


def _new(pattern: re.Pattern[str]) -> Callable[[str, str], bool]:
    """Whether a sentence has a match that the question does not hold."""
    return lambda sentence, question: any(match[0] not in question for match in pattern.finditer(sentence))


def tells_reason(text: str) -> bool:
    """Whether a text has a word of a reason: "because", "in response to"."""
    return bool(_REASON.search(text))


def tells_stretch(text: str) -> bool:
    """Whether a text tells how long something takes: "18 months", "about a year"."""
    return bool(_STRETCH.search(text))


def _new_number(sentence: str, question: str) -> bool:
    text = sentence
    for mention in reversed(find_dates(sentence)):
        text = text[: mention.start] + text[mention.end :]
    return _new(_NUMBER)(text, question)


def _new_date(sentence: str, question: str) -> bool:
    """Whether a sentence tells a new date; where it is asked how long, a stretch of time or an end."""
    if _HOW_LONG.search(question):
        stretch = any(match[0].lower() not in question.lower() for match in _STRETCH.finditer(sentence))
        if stretch or not _END.search(sentence):
            return stretch
    asked = {mention.iso for mention in find_dates(question)}
    return any(mention.iso not in asked for mention in find_dates(sentence))


def _enumerates(sentence: str, question: str) -> bool:
    return bool(_ENUMERATION.search(sentence))


_BRINGS: Mapping[str, Callable[[str, str], bool]] = {
    "money": _new(_MONEY),
    "share": _new(_SHARE),
    "weight": _new(_WEIGHT),
    "number": _new_number,
    "date": _new_date,
    "name": _new(_NAME),
    "list": _enumerates,
    "reason": lambda sentence, question: tells_reason(sentence),
}
