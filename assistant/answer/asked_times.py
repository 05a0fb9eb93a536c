"""The quarters, halves and whole years that a question asks about: what tells of other times is no answer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dates import first_day, last_day
from assistant.periods import Moment, find_moments

_PART_OF_A_YEAR = re.compile(r"\b(?:[QH][1-4]|[12]H|quarter|half)\b", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d\b"
_WHOLE_YEAR = re.compile(
    rf"\b(?:whole|entire|full|all)(?: of)?(?: the)?(?: year)? ({_YEAR})|\b({_YEAR}),? as a whole\b|"
    rf"\bthroughout ({_YEAR})",
    re.IGNORECASE,
)


class AskedTimes:
    """The stretches of time of one question.

    Args:
        question: standing alone.
        of_quantity: a quantity is asked for; where none is, a whole year may be told of by its parts.
    """

    def __init__(self, question: str, *, of_quantity: bool) -> None:
        self._parts = tuple(one for one in find_moments(question) if _is_part_of_a_year(question, one))
        whole = _WHOLE_YEAR.finditer(question) if of_quantity else ()
        self._years = tuple(year for match in whole for year in match.groups() if year)

    def are_missed_by(self, sentences: Sequence[str]) -> bool:
        """Whether all sentences tell of times, and none of one that meets the part, or holds the year, asked about."""
        told = [find_moments(sentence) for sentence in sentences] if self._parts or self._years else []
        of_parts = any(not moments or any(map(self._meets_a_part, moments)) for moments in told)
        of_years = any(not moments or any(map(self._holds_a_year, moments)) for moments in told)
        return bool((self._parts and not of_parts) or (self._years and not of_years))

    def _meets_a_part(self, told: Moment) -> bool:
        return any(
            first_day(told.from_) <= last_day(asked.until) and last_day(told.until) >= first_day(asked.from_)
            for asked in self._parts
        )

    def _holds_a_year(self, told: Moment) -> bool:
        return any(
            first_day(told.from_) <= first_day(year) and last_day(told.until) >= last_day(year) for year in self._years
        )


def _is_part_of_a_year(question: str, moment: Moment) -> bool:
    return bool(_PART_OF_A_YEAR.search(question[moment.start : moment.end]))
