"""Questions made unanswerable: one name, month, year or number of an answerable question put in another's place.

The sentence that answered then only looks as if it did: the nearest miss there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ELEMENTS = (
    "lanthanum|cerium|praseodymium|neodymium|samarium|europium|gadolinium|terbium|dysprosium|holmium|erbium|thulium|"
    "ytterbium|lutetium|scandium|yttrium|gallium|germanium|antimony|graphite|tungsten|bismuth|tellurium|molybdenum|"
    "indium|lithium|cobalt"
)
_PLACES = (
    "China|Japan|India|Australia|Malaysia|Vietnam|Germany|France|Brazil|Canada|Kazakhstan|Myanmar|Estonia|Sweden|"
    "Norway|Greenland|Ukraine|Thailand|Taiwan|Mexico|Britain|Italy|Spain|Poland|Netherlands|Indonesia|Angola|Korea"
)
_SORTS: Mapping[str, re.Pattern[str]] = {
    "month": re.compile(rf"\b(?:{_MONTHS})\b"),
    "element": re.compile(rf"\b(?:{_ELEMENTS})\b", re.IGNORECASE),
    "place": re.compile(rf"\b(?:{_PLACES})\b"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "number": re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)\b"),
    "name": re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*\b"),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """What may be put in another's place, by sort."""

    held: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, questions: Sequence[str]) -> Stock:
        """Everything of each sort that questions name."""
        found = {
            sort: tuple(sorted({match[0] for question in questions for match in pattern.finditer(question)}))
            for sort, pattern in _SORTS.items()
        }
        return cls(found)

    def altered(self, question: str, answer: str, rng: np.random.Generator) -> str | None:
        """The question with one thing exchanged for another that the answer does not name; None if it has no such."""
        matches = [(sort, match) for sort, pattern in _SORTS.items() for match in pattern.finditer(question)]
        for place in rng.permutation(len(matches)):
            sort, match = matches[place]
            told = answer.casefold()
            if match[0].casefold() not in told:
                continue
            others = [other for other in self.held[sort] if other.casefold() not in told and other not in question]
            if others:
                other = others[int(rng.integers(len(others)))]
                return question[: match.start()] + other + question[match.end() :]
        return None
