"""Decides whether an accepted wording stands in a text: whole tokens, after normalising both sides alike.

Treated as the same: case, NFKC forms, thousands separators ("1,238", "1 238"), "tonnes", "tons" and
"t", "%" and "percent", and the order of a date ("7 Nov 2025", "November 7, 2025", "2025-11-07").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_OF = {name[:3]: name for name in _MONTHS} | {name: name for name in _MONTHS} | {"sept": "september"}
_SAME_WORD = {
    "tonnes": "tonne", "tons": "tonne", "ton": "tonne", "t": "tonne",
    "percent": "%", "pct": "%",
}  # fmt: skip

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_GROUPED_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?![\d,]\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_GLUED_UNIT = re.compile(r"(?<=\d)(?=(?:t|tons?|tonnes?|kg)\b)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_TOKEN = re.compile(rf"(?:(?<![\w)%])-)?\d+(?:\.\d+)*(?![^\W_])|[{_CJK}]|(?:(?![{_CJK}])[^\W_])+|[%$€£¥]")


def tokens(text: str) -> tuple[str, ...]:
    """The normalised tokens of ``text``; a number is one token, so "46" is not part of "1,646"."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    plain = _ISO_DAY.sub(_day_first, plain)
    plain = _GROUPED_NUMBER.sub(lambda number: re.sub(r"[ ,]", "", number.group()), plain)
    plain = _INITIALS.sub(lambda initials: initials.group().replace(".", ""), plain)
    plain = _GLUED_UNIT.sub(" ", plain).replace("per cent", "percent")
    return _day_before_month(_same_words(_TOKEN.findall(plain)))


def says(text: str, wording: str) -> bool:
    """Whether the tokens of ``wording`` stand together, in order, in ``text``."""
    wanted, given = tokens(wording), tokens(text)
    width = len(wanted)
    return width > 0 and any(given[at : at + width] == wanted for at in range(len(given) - width + 1))


def says_any(text: str, wordings: Sequence[str]) -> bool:
    """Whether at least one of the wordings stands in ``text``."""
    return any(says(text, wording) for wording in wordings)


def _day_first(iso: re.Match[str]) -> str:
    year, month, day = iso.groups()
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _same_words(words: Sequence[str]) -> list[str]:
    named = [_MONTH_OF.get(word, _SAME_WORD.get(word, word)) for word in words]
    return [word for word, following in pairwise([*named, ""]) if not (word == "metric" and following == "tonne")]


def _day_before_month(words: Sequence[str]) -> tuple[str, ...]:
    """Rewrites "november 7(th)" and "7th of november" to "7 november"; a year stays where it stands."""
    ordered: list[str] = []
    at = 0
    while at < len(words):
        date, width = _date_at(words[at : at + 3])
        ordered += date
        at += width
    return tuple(ordered)


def _date_at(words: Sequence[str]) -> tuple[list[str], int]:
    """The tokens that the first of ``words`` opens, and how many words they replace."""
    day, second = _day_number(words[0]), words[1] if len(words) > 1 else ""
    if day and second in _MONTHS:
        return [day, second], 2
    if day and second == "of" and len(words) > 2 and words[2] in _MONTHS:
        return [day, words[2]], 3
    if words[0] in _MONTHS and (day_after := _day_number(second)):
        return [day_after, words[0]], 2
    return [words[0]], 1


def _day_number(word: str) -> str | None:
    ordinal = _ORDINAL.fullmatch(word)
    number = ordinal.group(1) if ordinal else word
    return str(int(number)) if _DAY.fullmatch(number) else None
