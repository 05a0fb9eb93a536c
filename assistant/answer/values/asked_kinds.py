"""Which kinds of value a question asks for."""

from __future__ import annotations

import re

from assistant.answer.asking import asking_part
from assistant.answer.kinds import wanted
from assistant.answer.values.counts import counted_words
from assistant.answer.values.value import QUANTITIES, ValueKind

_ASKS_DATE = re.compile(
    r"\bdates?\b|\b(?:by|in|on|from|since|until|till) (?:what|which) (?:year|day|month)\b|"
    r"\b(?:target|last|final|first) (?:year|day)\b|\bday\?",
    re.IGNORECASE,
)
_ASKS_ONLY_DATE = re.compile(r"\b(?:by|in|on|from|since|until|till) (?:what|which) (?:year|day|date|month)\b", re.I)
_ASKS_MORE = re.compile(r"\b(?:what|how)\b|\b(?:and|or|but) (?:\w+ )?which\b", re.IGNORECASE)
# A question by a verb alone ("Is …?", "Did …?") or for a person, a reason or a list wants no value.
_ASKS_VALUE = re.compile(
    r"^(?!\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|will|would|should|who|whom|whose|why|where|"
    r"list|name|explain|describe|summari[sz]e|compare)\b)",
    re.IGNORECASE,
)
_ASKS_UNIT: dict[ValueKind, re.Pattern[str]] = {
    # "The 50% rule" gives its share and asks for none.
    "share": re.compile(r"(?<!\d)(?<!\d )%"),
    "weight": re.compile(r"\b(?:weigh\w*|lbs?|pounds)\b", re.IGNORECASE),
    "money": re.compile(r"[$€£¥]|\b(?:rupees|yuan|euros?|outlay|sum)\b", re.IGNORECASE),
}
_ASKS_PART = re.compile(
    r"\b(?:slice|portion|fraction|what part|how (?:big|large|great) a (?:part|share))\b", re.IGNORECASE
)
# "How much dysprosium does Lynas produce?"
_MADE = re.compile(
    r"\bhow much\b.*\b(?:produc(?:e[sd]?|ing)|mine[sd]?|refine[sd]?|process(?:es|ed)?|contain(?:s|ed)?|use[sd]?)\b|"
    # "How much yttrium does China export?"
    r"\bhow much (?!of\b|more\b|less\b|money\b)[\w-]+(?: [\w-]+){0,2} (?:does|do|did|has|have|is|was|were) .*"
    r"\b(?:export|import|ship|buy|bought|sen[dt])(?:s|ed|ped)?\b",
    re.IGNORECASE,
)
_HOW_HIGH = re.compile(
    r"\bhow (?:high|low) (?:is|are|was|were|do|does|did|has|have|can|could|will)\b|\bhow much money\b", re.IGNORECASE
)
_ASKS_FLOW = re.compile(r"\b(?:exports?|imports?|shipments?|production)\b", re.IGNORECASE)
_FOR_WEIGHT = re.compile(r"\b(?:for|per) (?:an? |each )?(?:kg|kilo\w*|tonne|ton|lb|pound)\b", re.IGNORECASE)
_PER_WEIGHT = re.compile(r"\b(?:per|a|an|each)\s(?:kg|kilo\w*|tonne|ton|lb|pound)\b|/\s?kg\b", re.IGNORECASE)
_ASKS_DURATION = re.compile(r"\bhow (?:long|far|much time|quick(?:ly)?|fast|soon|often)\b", re.IGNORECASE)
_UNITS = frozenset("tonnes tons kilograms kilos kg grams pounds lbs dollars euros yuan yen rupees percent".split())


def asked_kinds(question: str) -> frozenset[ValueKind]:
    """The kinds of value that a question names; "China's exports in May?" names none and wants a weight."""
    flow: frozenset[ValueKind] = frozenset({"weight"})
    asks_flow = may_want_value(question) and _ASKS_FLOW.search(question)
    return named_kinds(question) or (flow if asks_flow else frozenset())


def named_kinds(question: str) -> frozenset[ValueKind]:
    """The kinds of value that a question has words for; "how much" may want any quantity."""
    if not may_want_value(question):
        return frozenset()
    question = asking_part(question)
    beside_date, asks_date = _ASKS_ONLY_DATE.subn(" ", question)
    if asks_date and not _ASKS_MORE.search(beside_date):  # "by what year 6,500 tonnes" wants no tonnes
        return frozenset({"date"})
    if _HOW_HIGH.search(question) and "money" in wanted(question).kinds:  # "how high did prices go?"
        return frozenset({"money"})
    kinds = _wanted_kinds(question) | {kind for kind, pattern in _ASKS_UNIT.items() if pattern.search(question)}
    if _ASKS_PART.search(question):
        kinds.add("share")
        kinds.discard("weight")
    counted = counted_words(question)
    if counted and not _UNITS.intersection(counted):
        kinds.add("count")
    if _ASKS_DATE.search(question):
        kinds.add("date")
    if "money" in kinds and _PER_WEIGHT.search(question):
        kinds.discard("weight")
    if kinds == {"weight"} and _FOR_WEIGHT.search(question):  # "what do they want for a kilo?"
        return frozenset({"money"})
    return frozenset(kinds)


def _wanted_kinds(question: str) -> set[ValueKind]:
    named = wanted(question).kinds
    units: tuple[ValueKind, ...] = ("money", "share", "weight", "date")
    kinds = {kind for kind in units if kind in named}
    if "number" in named:
        kinds |= QUANTITIES
    elif "share" in named:  # "what share of output" wants no tonnes
        kinds.discard("weight")
    if "money" not in named and _MADE.search(question):
        kinds.discard("money")
    return kinds


def may_want_value(question: str) -> bool:
    """Whether a value can answer a question, named by kind or not."""
    return bool(_ASKS_VALUE.search(question)) and not _ASKS_DURATION.search(question)
