"""Amounts: every number of a text with its unit, made comparable between wordings.

"1,238 t", "1238 tonnes" and "1,238 metric tons" are one amount; so are "$1.2 billion" and "1.2bn dollars",
"seven" and "7". A number that only numbers something ("Announcement 61") is an ``Identifier`` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

Bound = Literal["exact", "about", "over", "under"]
Role = Literal["", "from", "to"]

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " \
        "seventeen eighteen nineteen".split()  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELLED = {word: float(value) for value, word in enumerate(_ONES)}
_SPELLED |= {word: float(value) for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
_SPELLED |= {f"{ten}-{one}": _SPELLED[ten] + _SPELLED[one] for ten in _TENS for one in _ONES[1:10]}
_SPELLED |= {"dozen": 12.0, "a dozen": 12.0}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL_VALUES = {word: float(value) for value, word in enumerate(_ORDINALS, 1)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9,
           "bn": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}  # fmt: skip
_SIGNS = {"US$": "USD", "A$": "AUD", "C$": "CAD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "CNY": "CNY",
          "RMB": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "AUD": "AUD", "Rs": "INR",
          "INR": "INR"}  # fmt: skip
_UNITS: dict[str, tuple[str, float]] = {
    "%": ("%", 1.0), "percent": ("%", 1.0), "per cent": ("%", 1.0), "pct": ("%", 1.0),
    "percentage point": ("points", 1.0), "percent point": ("points", 1.0),
    "metric tonne": ("kg", 1e3), "metric ton": ("kg", 1e3), "tonne": ("kg", 1e3), "ton": ("kg", 1e3),
    "t": ("kg", 1e3), "mt": ("kg", 1e3), "kilogramme": ("kg", 1.0), "kilogram": ("kg", 1.0), "kilo": ("kg", 1.0),
    "kg": ("kg", 1.0), "gram": ("kg", 1e-3), "lb": ("kg", 0.453592), "pound": ("kg", 0.453592),
    "hour": ("day", 1 / 24), "day": ("day", 1.0), "week": ("day", 7.0), "month": ("month", 1.0),
    "year": ("month", 12.0), "cubic metre": ("m3", 1.0), "cubic meter": ("m3", 1.0), "square kilometre": ("km2", 1.0),
    "square kilometer": ("km2", 1.0), "kilometre": ("m", 1e3), "kilometer": ("m", 1e3), "km": ("m", 1e3),
    "metre": ("m", 1.0), "meter": ("m", 1.0), "mile": ("m", 1609.344),
    "us dollar": ("USD", 1.0), "dollar": ("USD", 1.0), "euro": ("EUR", 1.0), "yuan": ("CNY", 1.0),
    "renminbi": ("CNY", 1.0), "yen": ("JPY", 1.0), "rupee": ("INR", 1.0), "usd": ("USD", 1.0), "eur": ("EUR", 1.0),
    "times": ("times", 1.0), "fold": ("times", 1.0),
}  # fmt: skip
_FACTORS = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "triple": 3.0, "tripled": 3.0,
            "quadruple": 4.0, "quadrupled": 4.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0,
            "sixfold": 6.0, "tenfold": 10.0}  # fmt: skip
_FRACTIONS = {"half": 50.0, "one-third": 100 / 3, "a third": 100 / 3, "two-thirds": 200 / 3, "two thirds": 200 / 3,
              "a quarter": 25.0, "one-quarter": 25.0, "three-quarters": 75.0, "three quarters": 75.0}  # fmt: skip

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD_NUMBER = "|".join(sorted(map(re.escape, _SPELLED), key=len, reverse=True)).replace(r"\-", r"[- ]")
_SIGN = r"US\$|A\$|C\$|[$€£¥]|\b(?:CNY|RMB|USD|EUR|GBP|JPY|AUD|INR|Rs)\b\.?"
_UNIT = "|".join(sorted((re.escape(unit) for unit in _UNITS if unit != "%"), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?:(?P<sign>{_SIGN})\s?)?(?<![\w.])(?P<number>{_DIGITS}|\b(?:{_WORD_NUMBER})\b)"
    rf"(?:[\s-]?(?P<scale>hundred|thousand|million|mln|billion|bn|trillion|lakh|crore|(?<=\d)[mk])\b)?"
    rf"(?:\s?(?P<percent>%)|[\s-]?(?P<unit>{_UNIT})(?:s|es)?\b)?(?![\w]*\d)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:/|\bper\s|\ba\s|\ban\s|\beach\s)\s?(?P<what>kg|kilogram|kilo|tonne|ton|t|lb|pound|day|month|year)\b"
)
_OVER = re.compile(
    r"\b(?:more than|over|above|at least|upwards of|exceed(?:s|ed|ing)?|no less than|not less than|no fewer than|"
    r"(?:a )?minimum of|surpass(?:ed|es|ing)?|just over|greater than|in excess of)\s(?:an? |the |about )?$", re.I
)  # fmt: skip
_UNDER = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|no more than|not more than|(?:a )?maximum of|nearly|almost|"
    r"just under|close to|as much as|as many as|lower than)\s(?:an? |the )?$", re.I
)  # fmt: skip
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|an estimated|circa|approx\.?)\s(?:an? |the )?$", re.I
)
_OR_MORE = re.compile(r"[^,;.]{0,40}?\s(?:or|and) (?:more|above|over|higher)\b", re.I)
_OR_LESS = re.compile(r"[^,;.]{0,40}?\s(?:or|and) (?:less|fewer|below|under|lower)\b", re.I)
_JOINS_RANGE = re.compile(r"\s?(?:-|–|to|and|or)\s?")
_NO_NOUN_AFTER = re.compile(
    r"\s?(?:$|[,.;:)]|(?:to|in|for|from|and|by|than|on|at|respectively|against|a|last|while|but)\b)", re.I
)
_ORDINAL = re.compile(rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d+)(?:st|nd|rd|th))\b(?!\shalf)", re.I)
_FRACTION = re.compile(
    rf"(?<!first )(?<!second )(?<!this )\b(?:{'|'.join(map(re.escape, _FRACTIONS))})\b(?![- ]?(?:year|a year))", re.I
)
_FACTOR = re.compile(rf"\b(?:{'|'.join(_FACTORS)})\b", re.I)
_ONE_UNIT = re.compile(r"\ban?[\s-](?P<unit>hour|day|week|month|year)\b", re.I)
_HEAD = r"announcements?|notices?|orders?|proclamations?|decrees?|sections?|clauses?|articles?|regulations?|laws?"
_IDENTIFIERS = re.compile(
    rf"\b(?:(?:{_HEAD})\s(?:(?:nos?|numbers?)\.?\s?)?|(?:nos?|numbers?)\.\s?|#|№\s?)"
    r"(?P<numbers>\d{1,4}(?!\d|,\d{3}|\.\d|\s?%)(?:(?:\s?,\s|,?\sand\s|\sto\s|\s?[-–]\s?|\sthrough\s)"
    r"(?:nos?\.?\s)?\d{1,3}(?![\d.,]*\d|\s?%|\s?[A-Z]?[a-z]+\s20\d\d))*)(?!\d)", re.I
)  # fmt: skip
_SPAN = re.compile(r"(\d+)(?:\sto\s|\s?[-–]\s?|\sthrough\s)(\d+)")
_CODE = re.compile(
    r"\b(?=[A-Za-z0-9.-]*\d)(?=[A-Za-z0-9.-]*[A-Za-z])[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*\b|"
    r"\b\d{4}\.\d{2}(?:\.\d{2,4})?\b"
)
_NO_CODE = re.compile(
    r"\d+(?:\.\d+)?(?:st|nd|rd|th|t|kg|km|m|bn|mt|lb|k|s|lbs)|.*\d-[a-z]{3,}.*|[\d.]+-[\d.]+(?:bn|t|kg|m)?", re.I
)
_ROUNDED_WITHIN = 0.02


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as ``text[start:end]`` words it, in its dimension's base unit.

    Attributes:
        dimension: "kg", "%", "points", a currency, "day", "month", "m", "times", "ordinal"; "count" without a unit;
            with what it is the price or pace of ("USD/kg").
        step: the size of the last digit that was written on purpose.
        bound: what stands before it: "about", "more than" (over), "nearly" or "up to" (under).
        role: where it stands in "from A to B".
        decimals: how many are written.
        implied: "a day", which may tell "one day" and need not be told itself.
    """

    dimension: str
    value: float
    step: float
    bound: Bound
    role: Role
    words: str
    start: int
    end: int
    decimals: int = 0
    implied: bool = False

    def carried_by(self, told: Amount) -> bool:
        """Whether ``told`` says as much: the same amount, or one that a hedged number rounds."""
        if self.dimension != told.dimension or {self.bound, told.bound} == {"over", "under"}:
            return False
        if {self.role, told.role} == {"from", "to"}:
            return False
        if _same(self.value, told.value):
            return self.bound in ("exact", "about", told.bound) or told.bound == "about"
        return self.bound != "exact" and self._rounds(told)

    def _rounds(self, told: Amount) -> bool:
        gap = told.value - self.value
        if self.step <= told.step and self.decimals >= told.decimals:
            return False
        if abs(gap) > min(self.step, _ROUNDED_WITHIN * abs(told.value)) or told.bound not in ("exact", self.bound):
            return False
        return {"over": gap > 0, "under": gap < 0}.get(self.bound, True)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or code that names a thing: "61" of "Announcement No. 61", "1C902.a", "F-35"."""

    key: str
    words: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Numbers of announcements, sections and the like ("Nos. 55 to 58" is four), and codes."""
    found = []
    for match in _IDENTIFIERS.finditer(text):
        for number in _numbers(match["numbers"]):
            found.append(Identifier(f"no {number}", match[0].strip(), match.start(), match.end()))
    taken = [(one.start, one.end) for one in found]
    for match in _CODE.finditer(text):
        if not _NO_CODE.fullmatch(match[0]) and not _overlaps(match.start(), match.end(), taken):
            key = re.sub(r"[-.](?=\d)", "", match[0].lower())
            found.append(Identifier(key, match[0], match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def find_amounts(text: str, taken: Sequence[tuple[int, int]]) -> tuple[Amount, ...]:
    """The amounts of ``text`` in order, outside the stretches ``taken`` by dates and identifiers."""
    found = [*_ordinals(text, taken), *_fractions(text, taken)]
    taken = [*taken, *((one.start, one.end) for one in found)]
    matches = [match for match in _AMOUNT.finditer(text) if not _overlaps(*match.span("number"), taken)]
    found += _with_units_of_neighbours(
        text, [_amount(text, match) for match in matches if not _is_pronoun(text, match)]
    )
    found += _implied(text, [*taken, *((one.start, one.end) for one in found)])
    return tuple(sorted(found, key=lambda one: one.start))


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in taken)


def _same(one: float, other: float) -> bool:
    # Only what reckoning in floats loses: customs codes of eight digits differ in the last.
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0)


def _numbers(written: str) -> Iterator[int]:
    for first, last in _SPAN.findall(written):
        yield from range(int(first), min(int(last), int(first) + 30) + 1)
    yield from map(int, re.findall(r"\d+", written))


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" stands for a thing; it is a number only before a unit."""
    return match["number"].lower() == "one" and not (match["unit"] or match["scale"] or match["percent"])


def _amount(text: str, match: re.Match[str]) -> Amount:
    dimension, factor = _dimension(match)
    factor *= _SCALES.get((match["scale"] or "").lower(), 1.0)
    end = match.end()
    if per := _PER.match(text, end):
        what, weight = _UNITS[per["what"]]
        factor = factor / weight
        dimension, end = f"{dimension}/{what}", per.end()
    number = match["number"].lower().replace(" ", "-")
    value = _SPELLED[number] if number in _SPELLED else _SPELLED.get(match["number"].lower(), -1.0)
    if match["number"][0].isdigit():
        value = float(match["number"].replace(",", ""))
    before, after = text[: match.start()], text[end:]
    return Amount(
        dimension, value * factor, _step(match["number"]) * factor, _bound(before, after), _role(before),
        match[0].strip(), match.start() + len(match[0]) - len(match[0].lstrip()), end,
        len(match["number"].partition(".")[2]),
    )  # fmt: skip


def _dimension(match: re.Match[str]) -> tuple[str, float]:
    if match["percent"]:
        return "%", 1.0
    if match["sign"]:
        sign = match["sign"].rstrip(".").lower()
        currency = next(code for written, code in _SIGNS.items() if written.lower() == sign)
        # "$2 million a tonne" keeps its currency; a unit right behind belongs to something else.
        return currency, 1.0
    if match["unit"]:
        return _UNITS[match["unit"].lower()]
    return "count", 1.0


def _step(written: str) -> float:
    if not written[0].isdigit():
        return 1.0
    if "." in written:
        return float(10 ** -len(written.partition(".")[2]))
    digits = written.replace(",", "")
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("0") else 1.0


def _bound(before: str, after: str) -> Bound:
    if _OVER.search(before) or _OR_MORE.match(after):
        return "over"
    if _UNDER.search(before) or _OR_LESS.match(after):
        return "under"
    return "about" if _ABOUT.search(before) else "exact"


def _role(before: str) -> Role:
    told = re.search(r"\b(from|to)\s(?:(?:about|around|nearly|some|over|more than)\s)?$", before, re.I)
    if told is None:
        return ""
    return "from" if told[1].lower() == "from" else "to"


def _with_units_of_neighbours(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """ "232 tonnes to Japan and 418 to India", "60 to 70%": a bare number measures what its neighbour does."""
    told = list(amounts)
    for place, one in enumerate(told):
        if one.dimension != "count":
            continue
        after = told[place + 1] if place + 1 < len(told) else None
        before = next((other for other in reversed(told[:place]) if other.dimension != "count"), None)
        if after is not None and _JOINS_RANGE.fullmatch(text[one.end : after.start]):
            told[place] = _as(one, after)
        elif before is not None and _NO_NOUN_AFTER.match(text[one.end :]):
            told[place] = _as(one, before)
    return told


def _as(bare: Amount, measured: Amount) -> Amount:
    # The factor that the neighbour's unit brought, read off its own step.
    factor = _factor_of(measured)
    return replace(bare, dimension=measured.dimension, value=bare.value * factor, step=bare.step * factor)


def _factor_of(measured: Amount) -> float:
    match = _AMOUNT.search(measured.words)
    if match is None:
        return 1.0
    bare = _SPELLED.get(match["number"].lower().replace(" ", "-"))
    value = float(match["number"].replace(",", "")) if bare is None else bare
    return measured.value / value if value else 1.0


def _ordinals(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    for match in _ORDINAL.finditer(text):
        if not _overlaps(match.start(), match.end(), taken):
            value = float(match["digits"]) if match["digits"] else _ORDINAL_VALUES[match["word"].lower()]
            yield Amount("ordinal", value, 1.0, "exact", "", match[0], match.start(), match.end())


def _fractions(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    for pattern, values, dimension in ((_FRACTION, _FRACTIONS, "%"), (_FACTOR, _FACTORS, "times")):
        for match in pattern.finditer(text):
            if not _overlaps(match.start(), match.end(), taken):
                bound = _bound(text[: match.start()], text[match.end() :])
                value = values[match[0].lower()]
                yield Amount(dimension, value, 1.0, bound, "", match[0], match.start(), match.end())


def _implied(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    for match in _ONE_UNIT.finditer(text):
        if not _overlaps(match.start(), match.end(), taken):
            dimension, value = _UNITS[match["unit"].lower()]
            yield Amount(dimension, value, value, "exact", "", match[0], match.start(), match.end(), implied=True)
