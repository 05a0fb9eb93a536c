"""Values: what a sentence gives as a number with its unit, a date or a count, and when two of them agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.answer.asking import asking_part
from assistant.answer.kinds import wanted
from assistant.dates import DateMention, find_dates, first_day, last_day
from assistant.periods import find_moments

ValueKind = Literal["money", "share", "weight", "count", "date"]
# "Private capital of $2 billion" is not what a project is worth.
OF_A_PART = "private"
QUANTITIES: frozenset[ValueKind] = frozenset({"money", "share", "weight", "count"})
ROUNDING = 0.01
ABOUT = 0.05

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
           "lakh": 1e5, "crore": 1e7}  # fmt: skip
_SCALE = rf"(?:[\s-](?P<scale>{'|'.join(_SCALES)})\b)?"
_CURRENCIES = {
    "US$": "USD", "A$": "AUD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "CNY": "CNY", "RMB": "CNY",
    "USD": "USD", "EUR": "EUR", "dollar": "USD", "euro": "EUR", "yuan": "CNY", "yen": "JPY", "rupee": "INR",
    "Rs": "INR", "C$": "CAD",
}  # fmt: skip
_KILOGRAMS = {
    "tonne": 1e3, "ton": 1e3, "t": 1e3, "mt": 1e3, "kg": 1.0, "kilogram": 1.0, "kilo": 1.0, "gram": 1e-3,
    "lb": 0.453592, "pound": 0.453592,
}  # fmt: skip
_HEDGE = (
    r"(?P<hedge>\b(?:more than|over|above|at least|less than|under|below|up to|about|around|some|roughly|nearly|almost|"
    r"approximately|an estimated)\s+)?"
)
_ABOUT = re.compile(r"about|around|some|roughly|nearly|almost|approximately|estimated", re.IGNORECASE)
_BOUNDS = {
    "least": re.compile(r"more than|over|above|at least", re.IGNORECASE),
    "most": re.compile(r"less than|under|below|up to", re.IGNORECASE),
}
_SIGN = r"US\$|A\$|C\$|[$€£¥]|\b(?:CNY|RMB|USD|EUR|Rs)\b"
_AMOUNT = rf"(?P<low>{_NUMBER})(?:\s?(?:-|–|to)\s?(?:(?:{_SIGN})\s?)?(?P<high>{_NUMBER}))?{_SCALE}"
_BEFORE = r"(?<![\w.,$€£¥-])"
_WRITTEN: tuple[tuple[ValueKind, str], ...] = (
        ("money", rf"{_HEDGE}(?P<unit>{_SIGN})\s?{_AMOUNT}"),
        ("money", rf"{_HEDGE}{_BEFORE}{_AMOUNT}\s(?P<unit>dollar|euro|yuan|yen|rupee)s?\b"),
        ("share", rf"{_HEDGE}{_BEFORE}(?P<low>{_NUMBER})(?:\s?%)?(?:\s?(?:-|–|to)\s?(?P<high>{_NUMBER}))?"
                  r"\s?(?P<unit>%|per ?cent\b)(?!\s?(?:age )?points?)"),
        ("weight", rf"{_HEDGE}{_BEFORE}{_AMOUNT}\s?(?:metric )?"
                   r"(?P<unit>tonne|ton|t|mt|kilogram|kilo|kg|gram|lb|pound)s?\b"),
        ("count", rf"{_HEDGE}{_BEFORE}{_AMOUNT}(?![\w%.,-]*\w)"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WRITTEN)
_NUMBERED = re.compile(
    r"(?:\b(?:no|nos|section|article|announcement|proclamation|order|rule|page|group)\.?\s*|[#№(]\s?)$", re.I
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:ris\w+|rose|fell|fall\w*|gr[eo]w\w*|up|down|drop\w*|sank|jump\w*|increas\w+|decreas\w+|declin\w+|gain\w*|"
    r"los[te]\w*|surg\w+|slump\w*|climb\w*|plung\w+|cut)\s(?:(?!to\b)\w+\s){0,3}$",
    re.IGNORECASE,
)
_BASE_BEFORE = re.compile(r"\b(?:above|below|than|against|from|versus)\s(?:the\s)?$", re.IGNORECASE)
_CHANGE_AFTER = re.compile(
    r"\s(?:more|less|higher|lower|larger|smaller|bigger|fewer|short|above|below|up|down|growth|increase|decrease|drop|rise|"
    r"decline|year on year|on the year)\b",
    re.IGNORECASE,
)
_WORD_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_WORD_NUMBERS)})\b", re.IGNORECASE)
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
_ASKS_POPULATION = re.compile(r"\b(?:population|how many (?:people|inhabitants|residents))\b", re.IGNORECASE)
_PEOPLE = ("population", "people", "inhabitants", "residents")
_ASKS_COUNT = re.compile(
    r"\b(?:how many|number of(?! (?:the|an?)\b))\s(?P<things>[a-z-]+(?:\s(?!(?:are|is|was|were|did|do|does|has|have|"
    r"had|can|may|will|would|went|got|of|in|on|to|from|by|for|under|at)\b)[a-z-]+){0,3})",
    re.IGNORECASE,
)
_UNITS = frozenset("tonnes tons kilograms kilos kg grams pounds lbs dollars euros yuan yen rupees percent".split())
BESIDE_COUNT = 4
_SOME = re.compile(r"\b(?:one|several|many|few|most|both|pair|couple|dozens?|hundreds?|thousands?)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumber of\b")
_NAMES_NOTHING = re.compile(
    r"\W*$|[,.;:)]|\s(?:and|or|but|in|on|under|for|from|to|at|by|as|while|whereas|instead|against)\b"
)
_NEXT_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_WORD_NUMBERS)})\b")
_TOKEN = re.compile(r"[\w'-]+")
# Other words for the same things, where they are counted.
_COUNTED_ALIKE = tuple(
    frozenset(words.split())
    for words in ("countries nations states governments", "firms companies businesses enterprises",
                  "workers employees staff people", "jobs posts positions", "requests applications",
                  "kinds sorts types categories forms", "sites mines", "additions added",
                  "permits licences licenses permissions approvals")
)  # fmt: skip
# Words that may stand for the same, as when groups are firms, where any of them will do.
_COUNTED_LIKEWISE = (frozenset("firms companies groups entities kinds categories".split()),)
_ASKS_CHANGE = re.compile(
    r"\b(?:change|grow\w*|fall|fell|rise|rose|drop\w*|increase\w*|decrease\w*|down|up|beat|exceed\w*|shr[aiu]nk|gain\w*|"
    r"lost|lose|climb\w*|jump\w*|by what percent(?:age)?|by how (?:much|many)|"
    r"how much (?:more|less|higher|lower|extra|dearer|cheaper))\b",
    re.IGNORECASE,
)

_REPORTING = (
    r"report(?:ed|s|ing)?|wrote|writes|said|says|explain(?:ed|s)|noted|posted|published|translat(?:ed|ion)|carried|"
    r"told|found|show(?:ed|s)|argued|pointed out|estimated|count(?:ed|s)"
)
_ATTRIBUTION = re.compile(
    rf"\b(?:{_REPORTING})\s(?:on|in)\s$"
    r"|\b(?:report|note|digest|article|account|text|page|explainer|commentary|outlook|data|figures?|copy|reports|"
    r"accounts|translation|statement)\s(?:of|from|on|in|dated)\s$"
    r"|\baccording to [^,;]{1,80}?\s(?:of|on|in)\s$"
    r"|^(?-i:(?:The )?[A-Z][\w.&'’-]*\s(?:(?:of|and|&) |[A-Z][\w.&'’-]*\s){0,3})on\s$"
    r"|,\s(?:on|in)\s$|\bas of\s$|\bposted by [^,;]{1,40}?\s(?:on|in)\s$"
    r"|\b(?:in the view of|as (?:quoted|cited|given|reported|told) by|by the translation) [^,;]{1,60}?\s(?:on|in|of)\s$"
    r"|\b(?:no|nos|announcement|order|notice|decree|act)\.? \d+(?: and \d+)? of\s$"
    r"|\([12]\d{3}\)\s\d+\sof\s$",
    re.IGNORECASE,
)
# "Argus in May 2026 gives another sum": the month is when Argus told it. A state "in" a month may give or name
# things too ("China in May 2026 gave licences"): there an account or a figure must follow.
_TELLER = re.compile(r"^(?:The )?(?:[A-Z][\w.&'’-]*\s){1,5}(?:in|of)\s$")
_ACCOUNTS = r"(?:dates?|figures?|sums?|numbers?|values?|estimates?|accounts?|shares?|totals?|counts?|amounts?)\b"
_TELLS = re.compile(
    rf"\s(?:(?:gives?|gave|puts?|names|named|repeat(?:s|ed)) (?:(?:an?|the|its|another|other) )?"
    rf"(?:\w+ ){{0,2}}{_ACCOUNTS}|"
    rf"(?:gives?|gave|puts?|names|named) (?:(?:about|some|over|only) )?(?:{_SIGN}|\d)|puts? [^,;.]{{1,60}}? at\b|"
    rf"dates|treats|reports?|(?:has|had) (?:an?|the|another) (?:\w+ ){{0,2}}{_ACCOUNTS})"
)
_GIVES = re.compile(r"\s(?:gives?|gave|puts?|names|named)\b")
_IN_THE_YEAR, _DOUBTS = re.compile(r"^In $"), re.compile(r"\s(?:[\w’'-]+\s){1,6}?(?:had )?disput(?:ed|es) that\b")
_CODE_GOES_ON = re.compile(r"\)\s\d")
_SAYS_THAT = re.compile(rf",?\s(?:(?:{_REPORTING})\s)?that\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A value as ``text[start:end]`` words it.

    Attributes:
        kind: what is measured.
        unit: "kg", "%", a currency; empty for counts and dates.
        low: the amount in ``unit``, or the lower end of a range.
        high: the upper end of a range, else ``low``.
        tolerance: how far another wording may lie and still be the same amount, rounded.

    A date is measured in days since the year 1, from the first to the last that it can mean.
    """

    kind: ValueKind
    unit: str
    low: float
    high: float
    tolerance: float
    words: str
    start: int
    end: int

    def comparable(self, other: Value) -> bool:
        """Whether the two measure the same kind of thing in units that convert."""
        return self.kind == other.kind and self.unit == other.unit

    def agrees(self, other: Value) -> bool:
        """Whether both can be the same: rounded, converted, given more exactly, or ranges that meet."""
        if not self.comparable(other):
            return False
        if self.kind == "date":
            return self._holds(other) or other._holds(self)
        gap = max(self.low, other.low) - min(self.high, other.high)
        return gap <= 0 or gap < max(self.tolerance, other.tolerance)

    def is_exactly(self, other: Value) -> bool:
        """Whether a sentence with one carries a sentence with the other: no rounder, no coarser, no other bound."""
        same = self.comparable(other) and (self.low, self.high) == (other.low, other.high)
        return same and _bound(self.words) == _bound(other.words)

    def _holds(self, other: Value) -> bool:
        return self.low <= other.low and other.high <= self.high


def _bound(words: str) -> str:
    return next((end for end, pattern in _BOUNDS.items() if pattern.match(words)), "")


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


def counted_words(question: str) -> tuple[str, ...]:
    """The words beside which a number is the count that a question asks for; none when it asks for no count."""
    if _ASKS_POPULATION.search(question):
        return _PEOPLE
    asked = _ASKS_COUNT.search(question)
    return tuple(word for word in asked["things"].lower().split() if word != "first") if asked else ()


def find_values(
    text: str, kinds: frozenset[ValueKind], question: str, *, every_count: bool = False, likewise: bool = False
) -> tuple[Value, ...]:
    """The values of these kinds in ``text`` that the question does not hold itself, in order of place.

    Left out: changes ("11.9% more") unless a change is asked for, numbers that only name something
    ("Section 232"), the dates of the reports that are quoted, and numbers that do not stand beside what is
    counted; with ``every_count`` those count too that name nothing else, written like one that does, and with
    ``likewise`` those beside a word that may stand for what is counted.
    """
    found = [*_quantities(text, kinds, bool(_ASKS_CHANGE.search(question)))]
    if "date" in kinds:
        found += _dates(text)
    if not found:
        return ()
    held = _of_question(question, kinds)
    counted = _with_others(counted_words(question), _COUNTED_LIKEWISE if likewise else ())
    counts = [one for one in found if one.kind == "count" and _beside(text, one, counted)]
    if every_count:
        written = {one.words[0].isdigit() for one in counts} or {True, False}
        counts += [
            one
            for one in found
            if one.kind == "count" and one.words[0].isdigit() in written and _NAMES_NOTHING.match(text, one.end)
        ]
    kept = (one for one in found if not _held(one, held) and (one.kind != "count" or one in counts))
    return tuple(sorted(kept, key=lambda value: value.start))


def holds_count(text: str, question: str) -> bool:
    """Whether a text has a number that may count something, in digits or in words, and is not in the question."""
    held = _of_question(question, QUANTITIES)
    found = (value for value in _quantities(text, QUANTITIES, True) if value.kind == "count")
    return any(not _held(value, held) for value in found) or bool(_SOME.search(text))


@lru_cache(maxsize=256)  # one question is held against each of its sentences
def _of_question(question: str, kinds: frozenset[ValueKind]) -> tuple[Value, ...]:
    return (*_quantities(question, kinds, True), *_dates(question))


def told_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of what a sentence tells, without those of the reports that it quotes."""
    return tuple(one for one in find_dates(text) if not _dates_account(text[: one.start], text[one.end :]))


def _dates_account(before: str, after: str) -> bool:
    """Whether a date between the two is that of a report or a source's account of something."""
    tells = _TELLER.search(before) and (_TELLS.match(after) or (_GIVES.match(after) and before.endswith(" of ")))
    doubts = _IN_THE_YEAR.search(before) and _DOUBTS.match(after)
    is_accounts = bool(tells or doubts or _SAYS_THAT.match(after))
    is_code = before.endswith("(") and _CODE_GOES_ON.match(after) is not None  # "COM(2025) 945"
    return is_accounts or is_code or bool(_ATTRIBUTION.search(before))


def _beside(text: str, value: Value, words: Sequence[str]) -> bool:
    """Whether a number counts what one of the words names.

    "20 Japanese entities", "brought the number of entities to 20", "the population was 681".
    """
    before = _TOKEN.findall(text[: value.start].lower())[-BESIDE_COUNT:]
    after = _TOKEN.findall(_NEXT_NUMBER.split(text[value.end :].lower())[0])[:BESIDE_COUNT]
    numbered = _NUMBER_OF.split(text[: value.start].lower())[1:]
    counting = _TOKEN.findall(numbered[-1])[:BESIDE_COUNT] if numbered else []
    return any(word in (*after, *counting) for word in words) or ("population" in words and "population" in before)


def _with_others(words: Sequence[str], likewise: Sequence[frozenset[str]]) -> tuple[str, ...]:
    alike = (*_COUNTED_ALIKE, *likewise)
    return (*words, *(other for word in words for group in alike if word in group for other in group))


def _held(value: Value, held: Sequence[Value]) -> bool:
    return any(value.comparable(one) and (value.low, value.high) == (one.low, one.high) for one in held)


def _dates(text: str) -> Iterator[Value]:
    """Dates, and parts of years and months that are told in words ("early 2026"); both ends of a range."""
    told = told_dates(text)
    parts = [one for one in find_moments(text) if not one.joined and len({one.from_, one.until}) == 2]
    for mention in told:
        part = next((one for one in parts if one.start < mention.end and mention.start < one.end), None)
        from_, until = (part.from_, part.until) if part else (mention.iso, mention.iso)
        start, end = (part.start, part.end) if part else (mention.start, mention.end)
        low, high = first_day(from_).toordinal(), last_day(until).toordinal()
        yield Value("date", "", low, high, 0.0, text[start:end], start, end)


def _quantities(text: str, kinds: frozenset[ValueKind], changes: bool) -> Iterator[Value]:
    taken = [(mention.start, mention.end) for mention in find_dates(text)]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.start("low"), match.end()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((match.start(), end))
            if kind in kinds and (changes or not _is_change(text, match)) and not _names_something(text, match):
                yield _quantity(kind, match)
    if "count" in kinds:
        yield from _spelled(text)


def _spelled(text: str) -> Iterator[Value]:
    for match in _WORD_NUMBER.finditer(text):
        amount = float(_WORD_NUMBERS[match[0].lower()])
        yield Value("count", "", amount, amount, 0.0, match[0], match.start(), match.end())


def _is_change(text: str, match: re.Match[str]) -> bool:
    """Whether an amount tells by how much something changed, or what it changed from."""
    if match.groupdict().get("high") is None and _BASE_BEFORE.search(text[: match.start()]):
        return True
    return bool(_CHANGE_BEFORE.search(text[: match.start()]) or _CHANGE_AFTER.match(text[match.end() :]))


def _names_something(text: str, match: re.Match[str]) -> bool:
    return bool(_NUMBERED.search(text[: match.start("low")]))


def _quantity(kind: ValueKind, match: re.Match[str]) -> Value:
    groups = match.groupdict()
    unit, factor = _unit(kind, (groups.get("unit") or "").lower())
    factor *= _SCALES.get((groups.get("scale") or "").lower(), 1.0)
    low = _amount(match["low"]) * factor
    high = _amount(match["high"]) * factor if match["high"] else low
    step = max(_step(match["low"]) * factor, 0.0)
    share = ABOUT if _ABOUT.search(groups.get("hedge") or "") else ROUNDING
    words = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Value(kind, unit, low, max(low, high), min(step, share * low) if low else 0.0, words, start, match.end())


def _unit(kind: ValueKind, written: str) -> tuple[str, float]:
    if kind == "money":
        return next(code for sign, code in _CURRENCIES.items() if sign.lower() == written), 1.0
    if kind == "weight":
        return "kg", _KILOGRAMS[written]
    return ("%", 1.0) if kind == "share" else ("", 1.0)


def _amount(written: str) -> float:
    return float(written.replace(",", ""))


def _step(written: str) -> float:
    """The size of the last digit that was written on purpose: 0.1 in "5.4", 10 in "62,580"."""
    if "." in written:
        return float(10 ** -len(written.partition(".")[2]))
    digits = written.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10**zeros) if len(digits) > 3 else 1.0
