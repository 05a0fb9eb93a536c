"""Citation markers in what a model wrote: ``[1]``, ``[1][2]``, ``[1, 2]``, ``[1-3]``, ``【1†source】``, ``[^1]``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from assistant.answer.markup import plain

WIDEST_RANGE = 16
_OPEN, _CLOSE = r"[\[【［〔]", r"[\]】］〕]"
_NUMBER = r"\^?\s*\d{1,4}"
_DASH = r"[-‐‑‒–—−~]"
MARKER = (
    rf"{_OPEN}\s*{_NUMBER}(?:\s*(?:[,;、，；&]|and\b|{_DASH})\s*{_NUMBER})*"
    rf"(?:\s*(?:†|‡|:\s*\d)[^\[\]【】［］〔〕]{{0,60}})?\s*{_CLOSE}"
)
BRACKET = rf"{_OPEN}[^\[\]【】［］〔〕]*{_CLOSE}"
OPENING_BRACKETS = frozenset("[【［〔")
_MARKER = re.compile(MARKER)
_BRACKET = re.compile(BRACKET)
_STRAY = re.compile(rf"{_OPEN}|{_CLOSE}")
_LABEL = re.compile(r"[†‡:].*")
_RANGE = re.compile(rf"\^?\s*(\d+)\s*{_DASH}\s*\^?\s*(\d+)|\^?\s*(\d+)")
# It claims nothing, and no source carries it.
_LEAD_IN = re.compile(
    r"^(?:the\s+)?(?:evidence|answer)(?:\s+to\s+(?:this|the|your)\s+question)?(?:\s+is)?\s*:\s*", re.I
)
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?。，、；：！？…])")
_DOUBLED_STOP = re.compile(r"([.!?])(?:\s*\1)+$")


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence that a model wrote, its markers taken out of the words.

    Attributes:
        text: plain words.
        numbers: the evidence it names, each once, in the order named; not yet known to have been offered.
        left_out: how many of what else was taken out, by kind.
    """

    text: str
    numbers: tuple[int, ...]
    left_out: Counter[str] = field(default_factory=Counter)


def parse_markers(raw: str) -> Marked:
    """The words and the markers of one sentence."""
    left_out: Counter[str] = Counter()
    text = plain(raw, left_out)
    numbers = [number for marker in _MARKER.findall(text) for number in _numbers(marker, left_out)]
    text, brackets = _BRACKET.subn("", _MARKER.sub("", text))
    text, stray = _STRAY.subn("", text)
    left_out["brackets"] += brackets + stray
    tidy = _DOUBLED_STOP.sub(r"\1", _SPACE_BEFORE_STOP.sub("", " ".join(text.split())))
    return Marked(_LEAD_IN.sub("", tidy), tuple(dict.fromkeys(numbers)), +left_out)


def _numbers(marker: str, left_out: Counter[str]) -> list[int]:
    found: list[int] = []
    for first, last, single in _RANGE.findall(_LABEL.sub("", marker[1:-1])):
        numbers = [int(single)] if single else list(range(int(first), int(last) + 1))
        if 0 < len(numbers) <= WIDEST_RANGE:
            found += numbers
        else:
            left_out["ranges"] += 1
    return found
