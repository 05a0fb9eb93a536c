"""The time that a question asks about, and whether a quantity is of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.claims.question_words import QuestionWords
from assistant.answer.values.told_dates import told_dates
from assistant.answer.values.value import Value
from assistant.dates import MONTH_NAMES

_STRETCH = re.compile(
    r"\b(?:(?:early|mid|late|end of|beginning of)[ -]\w+|"
    r"\w+ (?:months?|weeks?|quarters?|half|halves)|half-year|(?:january|february|march|april|"
    r"may|june|july|august|september|october) (?:to|and|through) (?:february|march|april|may|june|july|august|"
    r"september|october|november|december))\b",
    re.IGNORECASE,
)
# "The 6,146 tonnes of August" are no figure of the year that is told beside it.
_MONTH_ALONE = re.compile(rf"\b(?:in|of|for|during) (?P<month>{MONTH_NAMES})\b(?! \d)")
_EARLIER = re.compile(r"\b(?:before|prior to|ahead of|previously|formerly|up from|down from)\b", re.IGNORECASE)


class AskedTime:
    """The time that a question asks about."""

    def __init__(self, question: QuestionWords) -> None:
        self._question = question.text
        self._dates = question.dates
        self._stretches = _stretches(question.text)

    def is_that_of(self, text: str, value: Value) -> bool:
        """Whether it is that of a quantity, as far as the date nearest to it in the sentence says."""
        if _EARLIER.search(text) and not _EARLIER.search(self._question):
            return False
        told = told_dates(text)
        if not self._dates or not told:
            return True
        nearest = min(told, key=lambda one: max(one.start - value.end, value.start - one.end)).iso
        return any(nearest.startswith(day) or day.startswith(nearest) for day in self._dates)

    def stretches_are_told_by(self, text: str) -> bool:
        """Whether a text tells each stretch of time that the question does."""
        return self._stretches <= _stretches(text)

    def others(self, text: str) -> frozenset[str]:
        """Times that a text tells and the question does not name."""
        times = frozenset(one.iso for one in told_dates(text)) - self._dates
        times |= _stretches(text) - self._stretches
        return times | {month for month in _MONTH_ALONE.findall(text) if month not in self._question}

    def has_a_part_among(self, times: Iterable[str]) -> bool:
        """Whether some of the times are months or days of a year asked about."""
        years = [day for day in self._dates if len(day) == len("2025")]
        return any(time.startswith(year) for time in times for year in years)

    def no_others_in(self, sentence: str, around: Sequence[str]) -> bool:
        """Whether a sentence tells no time that neither the question nor the sentences around it do."""
        times = {one.iso for text in (self._question, *around) for one in told_dates(text)}
        mine = {one.iso for one in told_dates(sentence)}
        return all(any(one.startswith(time) or time.startswith(one) for time in times) for one in mine)


def _stretches(text: str) -> frozenset[str]:
    """Stretches of time in words: "first half", "eleven months", "a year"."""
    return frozenset(match[0].lower() for match in _STRETCH.finditer(text))
