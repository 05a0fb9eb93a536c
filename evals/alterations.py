"""Changes exactly one fact of a sentence, so that it is no longer true to its source.

Four kinds count: a ``number``, a ``date``, a ``name``, a ``negation`` put in or taken out. Two more are harder to see
and are told apart from them: an ``opposite`` ("rose" for "fell") and a ``swap`` of two figures or names of a sentence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

Kind = Literal["number", "date", "name", "negation", "opposite", "swap"]
KINDS: tuple[Kind, ...] = ("number", "date", "name", "negation")
HARDER: tuple[Kind, ...] = ("opposite", "swap")

_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip
_SHORT = tuple(name[:3] for name in _FULL)
_MONTH = "|".join((*_FULL, *_SHORT))
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH})\b(?: (?P<year>{_YEAR}))?"
    rf"|\b(?P<month_first>{_MONTH}) (?P<day_second>\d{{1,2}})\b(?!\d)(?:, (?P<year_last>{_YEAR}))?"
    rf"|\b(?P<month_of>{'|'.join(_FULL)}) (?P<year_of>{_YEAR})\b|(?<![\d.,$€£¥-])\b(?P<year_alone>{_YEAR})\b(?![.,]?\d)"
)
_NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w-]*[a-z]{3})(?=[\s%.,;:)?!]|t\b|bn|m\b|$)")
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_PLACES = ("China", "Japan", "India", "Vietnam", "Malaysia", "Australia", "Brazil", "Canada", "Germany", "France",
           "Myanmar", "South Korea", "Indonesia", "Thailand", "Kazakhstan", "Ukraine", "Mexico", "Estonia")  # fmt: skip
_PEOPLES = ("Chinese", "Japanese", "Indian", "Vietnamese", "Malaysian", "Australian", "Brazilian", "Canadian", "German",
            "French", "European", "American", "South Korean")  # fmt: skip
_ELEMENTS = ("dysprosium", "terbium", "samarium", "gadolinium", "lutetium", "scandium", "yttrium", "neodymium",
             "praseodymium", "holmium", "erbium", "gallium", "germanium", "antimony", "graphite",
             "tungsten")  # fmt: skip
_BODIES = ("MOFCOM", "the European Commission", "USTR", "the Pentagon", "METI", "the IEA", "the WTO", "the White House")
_COMPANIES = ("Lynas", "Iluka", "MP Materials", "Neo Performance Materials", "Noveon", "Vulcan Elements", "Serra Verde",
              "Energy Fuels", "USA Rare Earth", "Arafura", "Solvay", "Ford", "Toyota", "Bosch")  # fmt: skip
_PRESS = ("Reuters", "Bloomberg", "Nikkei", "Caixin", "Fastmarkets", "Kyodo", "Xinhua", "Le Monde")
_PEOPLE = ("Donald Trump", "Scott Bessent", "Xi Jinping", "He Lifeng", "Jamieson Greer", "Howard Lutnick")
_POOLS = (_PLACES, _PEOPLES, _ELEMENTS, _BODIES, _COMPANIES, _PRESS, _PEOPLE)
# Names that mean the same place: "American" is no change where the source says "US".
_SAME = tuple(
    pair
    for one, other in (
        ("China", "Chinese"), ("Japan", "Japanese"), ("India", "Indian"), ("Vietnam", "Vietnamese"), ("US", "American"),
        ("Malaysia", "Malaysian"), ("Australia", "Australian"), ("Brazil", "Brazilian"), ("Canada", "Canadian"),
        ("German", "Germany"), ("France", "French"), ("EU", "European"), ("European", "the European Commission"),
        ("South Korea", "South Korean"), ("Commission", "the European Commission"), ("ministry", "MOFCOM"),
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|must|should|may|might)\b(?! not\b| no\b| never\b)"
)
_DENIED = re.compile(
    r"\b(?P<verb>is|are|was|were|will|would|has|have|had|can|could|must|should|do|does|did) not (?=\w)"
)
_PLAIN_FORM = {
    "rose": "rise", "fell": "fall", "announced": "announce", "suspended": "suspend", "said": "say", "signed": "sign",
    "reached": "reach", "began": "begin", "increased": "increase", "declined": "decline", "produced": "produce",
    "exported": "export", "imported": "import", "granted": "grant", "approved": "approve", "published": "publish",
    "agreed": "agree", "adopted": "adopt", "imposed": "impose", "opened": "open", "came": "come", "took": "take",
    "started": "start", "received": "receive", "put": "put", "set": "set", "made": "make", "named": "name",
}  # fmt: skip
_OPPOSITES = (
    ("rose", "fell"), ("increased", "decreased"), ("increase", "decrease"), ("higher", "lower"), ("more", "less"),
    ("before", "after"), ("imports", "exports"), ("imported", "exported"), ("suspended", "enforced"),
    ("lifted", "imposed"), ("approved", "rejected"), ("allowed", "banned"), ("first", "last"), ("minimum", "maximum"),
    ("at least", "at most"), ("largest", "smallest"), ("with", "without"), ("up", "down"),
)  # fmt: skip


def altered(sentence: str, kind: Kind, source: str, draw: random.Random) -> str | None:
    """``sentence`` with one fact of ``kind`` changed to one that ``source`` does not hold; None when it has none."""
    return _CHANGES[kind](sentence, source, draw)


def _number(sentence: str, source: str, draw: random.Random) -> str | None:
    dates = [found.span() for found in _DATE.finditer(sentence)]
    places = [
        found
        for pattern in (_NUMBER, _NUMBER_WORD)
        for found in pattern.finditer(sentence)
        if not any(start <= found.start() < end for start, end in dates)
    ]
    return _one_replaced(sentence, places, lambda found: _other_number(found[0], source, draw), draw)


def _other_number(old: str, source: str, draw: random.Random) -> str | None:
    if old in _WORDS:
        return _fresh([word for word in _WORDS if word != old], source, draw)
    whole, dot, decimals = old.replace(",", "").partition(".")
    value = int(whole)
    near = [value + 1, value + 2, value + 10, value * 2 + 3, value * 10 + 5, max(value - 1, 0), int(whole[::-1])]
    made = [f"{number:,}" if "," in old else str(number) for number in near if number != value]
    return _fresh([f"{number}{dot}{decimals}" for number in made], source, draw)


def _date(sentence: str, source: str, draw: random.Random) -> str | None:
    return _one_replaced(sentence, list(_DATE.finditer(sentence)), lambda date: _other_date(date, source, draw), draw)


def _other_date(date: re.Match[str], source: str, draw: random.Random) -> str | None:
    """The date with its day, month or year changed, the rest as it was."""
    parts = [name for name, value in date.groupdict().items() if value is not None]
    for part in draw.sample(parts, len(parts)):
        start, end = (at - date.start() for at in date.span(part))
        old = date[part]
        for new in draw.sample(options := _other_parts(old), len(options)):
            # A part that the source has elsewhere may make a date that the source does hold.
            if not re.search(rf"\b{new}", source):
                return f"{date[0][:start]}{new}{date[0][end:]}"
    return None


def _other_parts(old: str) -> list[str]:
    if old.isdigit() and len(old) == 4:
        return [str(int(old) + step) for step in (-3, -2, -1, 1, 2)]
    if old.isdigit():
        return [str(day) for day in range(1, 29) if day != int(old)]
    return [month for month in (_FULL if old in _FULL else _SHORT) if month != old]


def _name(sentence: str, source: str, draw: random.Random) -> str | None:
    places = [
        found
        for pool in _POOLS
        for name in pool
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-]|\.\w)", sentence)
    ]
    return _one_replaced(sentence, places, lambda found: _fresh(_others(found[0]), source, draw), draw)


def _others(name: str) -> list[str]:
    return [other for pool in _POOLS if name in pool for other in pool if other != name]


def _negation(sentence: str, source: str, draw: random.Random) -> str | None:
    if found := _DENIED.search(sentence):
        return f"{sentence[: found.end('verb')]} {sentence[found.end() :]}"
    if found := _AUXILIARY.search(sentence):
        return f"{sentence[: found.end()]} not{sentence[found.end() :]}"
    found = re.search(rf"(?<=[a-z\d)] )(?:{'|'.join(_PLAIN_FORM)})\b(?! by\b)", sentence)
    return f"{sentence[: found.start()]}did not {_PLAIN_FORM[found[0]]}{sentence[found.end() :]}" if found else None


def _opposite(sentence: str, source: str, draw: random.Random) -> str | None:
    pairs = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
    places = list(re.finditer(rf"\b(?:{'|'.join(sorted(pairs, key=len, reverse=True))})\b", sentence))
    return _one_replaced(sentence, places, lambda found: _fresh([pairs[found[0]]], source, draw), draw)


def _swap(sentence: str, source: str, draw: random.Random) -> str | None:
    """Two figures, or two names of one kind, in each other's place."""
    dates = [found.span() for found in _DATE.finditer(sentence)]
    figures = [f for f in _NUMBER.finditer(sentence) if not any(start <= f.start() < end for start, end in dates)]
    groups = [figures]
    for pool in _POOLS:
        words = "|".join(map(re.escape, sorted(pool, key=len, reverse=True)))
        groups.append(list(re.finditer(rf"(?<![\w-])(?:{words})(?![\w-])", sentence)))
    pairs = [pair for group in groups for pair in pairwise(group) if _matters(sentence, *pair)]
    if not pairs:
        return None
    one, two = draw.choice(pairs)
    return f"{sentence[: one.start()]}{two[0]}{sentence[one.end() : two.start()]}{one[0]}{sentence[two.end() :]}"


def _matters(sentence: str, one: re.Match[str], two: re.Match[str]) -> bool:
    """Whether a swap changes what is said: not of the same words, nor within a list."""
    between = re.findall(r"[a-z]+", sentence[one.end() : two.start()])
    return one[0] != two[0] and not {"and", "or", "the"} >= set(between)


def _one_replaced(
    sentence: str, places: Sequence[re.Match[str]], other: Callable[[re.Match[str]], str | None], draw: random.Random
) -> str | None:
    for found in draw.sample(places, len(places)):
        if new := other(found):
            return f"{sentence[: found.start()]}{new}{sentence[found.end() :]}"
    return None


def _fresh(options: Sequence[str], source: str, draw: random.Random) -> str | None:
    """One of the options that the source does not hold in any case of letters, nor without thousands separators."""
    held = f"{source} {source.replace(',', '')}".casefold()
    held += "".join(f" {other.casefold()}" for one, other in _SAME if one.casefold() in held)
    fresh = [one for one in options if not re.search(rf"(?<!\w){re.escape(one.casefold())}", held)]
    return draw.choice(fresh) if fresh else None


_CHANGES: dict[Kind, Callable[[str, str, random.Random], str | None]] = {
    "number": _number, "date": _date, "name": _name, "negation": _negation, "opposite": _opposite, "swap": _swap,
}  # fmt: skip
