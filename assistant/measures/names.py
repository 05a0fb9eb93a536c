"""Which measures a text names: by name, other name, instrument number or control code.

Numbers must match exactly: No. 18 is not No. 81, and "Announcement 46 of 2025" is not No. 46 of 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.dates import MONTH_NAMES
from assistant.measures.types import Measure

_KINDS = {"notice": "announcement", "公告": "announcement", "decree": "order"}
_KIND = r"(?P<kind>announcement|notice|order|decree|proclamation|公告)s?"
_NUMBERS = r"(?P<numbers>\d{1,5}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|to)\s+|\s*[-–&]\s*)\d{1,5})*)(?!\w)"
_YEAR = r"(?:\s*(?:of|/|,|\()\s*(?P<year>20\d\d)\b)?"
_REFERENCES = (
    re.compile(rf"{_KIND}\s*(?:nos?\b\.?|numbers?)?\s*{_NUMBERS}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_KIND}\s*[\[(]?(?P<year>20\d\d)[\])]?\s*,?\s*no\.?\s*(?P<numbers>\d{{1,5}})\b", re.IGNORECASE),
    re.compile(r"(?:(?P<year>20\d\d)\s*年\s*)?第\s*(?P<numbers>\d{1,5})\s*号"),
    re.compile(r"(?P<numbers>\d{1,5})\s*号(?:公告|令)"),
    # "No. 1" alone is what people call the foremost of anything.
    re.compile(rf"\bNos?\.\s*(?!1\b){_NUMBERS}{_YEAR}"),
)
_RANGE = re.compile(r"(\d+)\s*(?:\bto\b|[-–])\s*(\d+)")
_LONGEST_RANGE = 20
_CONTROLS = "controls"
_OTHER_CONTROLS = (
    *("rules", "restrictions", "curbs", "measures", "package", "limits", "announcement", "announcements"),
    *("rule", "control", "restriction", "measure"),
    *(f"{word} {other}" for word in ("licensing", "licence", "license") for other in ("requirement", "requirements")),
    *("licensing rules", "licensing regime"),
)
_OF_A_TIME = re.compile(rf"\b(?:{MONTH_NAMES}|20\d\d)\b")
# "The measures that China announced on 9 October 2025" are "the controls of October 2025".
_CONTROLS_OF = re.compile(
    r"\b(?:export )?(?:controls|measures|rules|restrictions|curbs|announcements) (?:that |which )?"
    r"(?:China |Beijing |MOFCOM )?"
    r"(?:had )?(?:announced|published|imposed|introduced|adopted|issued|unveiled) (?:on|in) (?:\d{1,2} )?"
    rf"(?P<month>{MONTH_NAMES}) (?:\d{{1,2}},? )?(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b\d[A-Z]\d{3}(?:\.[a-z])?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered instrument that a text names; ``kind`` and ``year`` are None when it names none."""

    start: int
    kind: str | None
    number: int
    year: int | None

    def fits(self, other: Reference) -> bool:
        """True when both can be the same instrument."""
        same_kind = self.kind == other.kind or None in (self.kind, other.kind)
        same_year = self.year == other.year or None in (self.year, other.year)
        return self.number == other.number and same_kind and same_year


class MeasureNames:
    """Finds the measures that texts name.

    A name written all in capitals ("FORGE") matches only so; the rest match in any case.
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._by_name: dict[str, list[Measure]] = {}
        self._by_number: list[tuple[Reference, Measure]] = []
        self._by_code: list[tuple[str, Measure]] = []
        for measure in measures:
            names = (wording for name in (measure.name, *measure.aliases) for wording in _wordings(name))
            for name in dict.fromkeys(map(_key, names)):
                self._by_name.setdefault(name, []).append(measure)
            self._by_number += [(reference, measure) for reference in references(measure.instrument or "")]
            self._by_code += [(code, measure) for code in measure.covers.control_codes]
        self._exact = _any_of(name for name in self._by_name if name.isupper())
        self._loose = _any_of(name for name in self._by_name if not name.isupper())

    def find(self, text: str) -> tuple[Measure, ...]:
        """The measures that ``text`` names, in order of first mention, each once."""
        mentions = sorted((*self._named(text), *self._numbered(text), *self._coded(text)), key=lambda one: one[0])
        return tuple({measure.id: measure for _, measure in mentions}.values())

    def _named(self, text: str) -> Iterator[tuple[int, Measure]]:
        plain = _plain(_CONTROLS_OF.sub(rf"{_CONTROLS} of \g<month> \g<year>", text))
        for match in (*self._exact.finditer(plain), *self._loose.finditer(plain.casefold())):
            yield from ((match.start(), measure) for measure in self._by_name[match[0]])

    def _numbered(self, text: str) -> Iterator[tuple[int, Measure]]:
        for asked in references(text):
            yield from ((asked.start, measure) for known, measure in self._by_number if asked.fits(known))

    def _coded(self, text: str) -> Iterator[tuple[int, Measure]]:
        for match in _CODE.finditer(text):
            yield from ((match.start(), measure) for code, measure in self._by_code if same_code(match[0], code))


def references(text: str) -> tuple[Reference, ...]:
    """The numbered instruments that ``text`` names; a range ("Nos. 55 to 58") names each of them."""
    taken: list[range] = []
    found: list[Reference] = []
    for pattern in _REFERENCES:
        for match in pattern.finditer(text):
            if any(match.start() < span.stop and span.start < match.end() for span in taken):
                continue
            taken.append(range(match.start(), match.end()))
            groups = match.groupdict()
            kind, year = (groups.get("kind") or "").lower(), groups.get("year")
            found += [
                Reference(match.start(), _KINDS.get(kind, kind) or None, number, int(year) if year else None)
                for number in _numbers(match["numbers"])
            ]
    return tuple(found)


def same_code(one: str, other: str) -> bool:
    """True when two control codes are equal or one holds the other ("1E902" holds "1E902.a")."""
    short, long = sorted((one.upper(), other.upper()), key=len)
    return long == short or long.startswith(f"{short}.")


def _numbers(told: str) -> Sequence[int]:
    numbers = [int(number) for number in re.findall(r"\d+", told)]
    for first, last in _RANGE.findall(told):
        numbers += range(int(first) + 1, min(int(last), int(first) + _LONGEST_RANGE))
    return sorted(set(numbers))


def _wordings(name: str) -> Iterator[str]:
    """A name and, where it is "controls" of a time ("October controls"), what else people call them."""
    yield name
    if _OF_A_TIME.search(name) and _CONTROLS in name:
        yield from (name.replace(_CONTROLS, other) for other in _OTHER_CONTROLS)


def _key(name: str) -> str:
    plain = _plain(name)
    return plain if plain.isupper() else plain.casefold()


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


def _plain(text: str) -> str:
    """One spelling for spaces, hyphens and apostrophes; places may shift by the spaces that are folded."""
    return re.sub(r"[\s\u2010-\u2013-]+", " ", text.replace("’", "'")).strip()
