"""Quantities: numbers with their units as a text writes them, in one base unit for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer.values.value import Value, ValueKind
from assistant.dates import find_dates

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
CURRENCY_SIGN = r"US\$|A\$|C\$|[$€£¥]|\b(?:CNY|RMB|USD|EUR|Rs)\b"
_AMOUNT = rf"(?P<low>{_NUMBER})(?:\s?(?:-|–|to)\s?(?:(?:{CURRENCY_SIGN})\s?)?(?P<high>{_NUMBER}))?{_SCALE}"
_BEFORE = r"(?<![\w.,$€£¥-])"
_WRITTEN: tuple[tuple[ValueKind, str], ...] = (
        ("money", rf"{_HEDGE}(?P<unit>{CURRENCY_SIGN})\s?{_AMOUNT}"),
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
WORD_NUMBER = rf"\b(?:{'|'.join(_WORD_NUMBERS)})\b"
_WORD_NUMBER = re.compile(WORD_NUMBER, re.IGNORECASE)


def quantities(text: str, kinds: frozenset[ValueKind], changes: bool) -> Iterator[Value]:
    """The quantities of these kinds in a text; those that tell by how much something changed only with ``changes``."""
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
