"""What a question would rather have first: of sentences that may all answer, the one that just meets it.

A demand that none of them meets declines the question (``demands``); a preference only says which of them leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.demands import SEVERAL_ASKED, Demands
from assistant.answer.kinds import tells_stretch, wanted
from assistant.answer.quotes import Quote
from assistant.answer.values.told_dates import told_dates
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import QUANTITIES
from assistant.dates import DAY_LENGTH

_ASKS_DAY_OF_EVENT = re.compile(
    r"^\W*when (?:did|was|were|had|has|have)\b|"
    r"\b(?:on|from) (?:what|which) (?:day|date)\b|^\W*what day\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\b(?:before|after|by|until|till|through|ahead of|prior to|up to) (?:the )?$", re.IGNORECASE)
_LARGER_THAN = re.compile(r"\b(?:larger|smaller|bigger|higher|lower|more|less) than the (?:\w+ )?$", re.IGNORECASE)
_HOW_LONG = re.compile(r"^\W*(?:and |for )?how long\b", re.IGNORECASE)
# "Headlines are at odds with Reuters", "the page should not be trusted".
_ON_ACCOUNTS = re.compile(
    r"\b(?:headlines?|accounts?|versions?|pages?|firms|sources|governments|reports?)\b[^.]*"
    r"\b(?:differ(?:s|ed)?|disagree[sd]?|at odds|do not agree)\b|"
    r"\bdifferent (?:sums|figures|dates|numbers|accounts|totals)\b|"
    r"\bnot be trusted\b|\b(?:is|are) wrong\b|\bcompared by\b|\bat odds with\b|\bmisread",
    re.IGNORECASE,
)
_ASKS_OF_ACCOUNTS = re.compile(
    r"\b(?:differ|disagree|agree|trust|wrong|true|account|source|report|headline|page|odds|contradict|conflict|disput|"
    r"reliab|compar)",
    re.IGNORECASE,
)


class Preferences:
    """The preferences of one question, held against sentences.

    Attributes:
        wants_list: several things are asked for.
        asks_reason: why, and no value.
        asks_how_long: how long something takes or holds.
        asks_who_or_why: nothing but a person, a source or a reason, which no rule tells.
        asks_day_of_event: on which day something was or began.

    Args:
        question: standing alone.
        demands: of the question.
    """

    def __init__(self, question: str, demands: Demands) -> None:
        self._question = question
        self._demands = demands
        self.asks_how_long = bool(_HOW_LONG.search(question))
        self._asks_of_accounts = bool(_ASKS_OF_ACCOUNTS.search(question))
        form, name, kinds = demands.form, demands.name, demands.kinds
        self.wants_list = "list" in wanted(question).kinds
        self.asks_reason = form.of_reason and not kinds
        who_or_why = name.of_one_who_acts or form.of_reason
        self.asks_who_or_why = who_or_why and not kinds and not SEVERAL_ASKED.search(question)
        self.asks_day_of_event = kinds == {"date"} and bool(_ASKS_DAY_OF_EVENT.search(question))

    def brings(self, quote: Quote) -> bool:
        """Whether a sentence has the value, stretch, reason or name that is asked for; False where none is asked."""
        demands, claim = self._demands, self._demands.claim(quote)
        if self.asks_how_long:
            return tells_stretch(claim)
        if demands.kinds:
            return not demands.lacks_value(claim) and not self._only_compares(claim)
        if demands.form.of_reason:
            return demands.form.names_reason(claim)
        if demands.figure.is_searched:
            return bool(find_values(claim, QUANTITIES, self._question))
        return demands.name.is_asked and not demands.lacks_name(quote)

    def is_met_by_a_reason(self, quotes: Sequence[Quote], least: float) -> bool:
        """Whether a reason is asked for, and one of some quotes that are relevant enough gives one."""
        return self._demands.form.of_reason and any(one.relevance >= least and self.brings(one) for one in quotes)

    def is_beside_the_subject(self, quote: Quote) -> bool:
        """Whether a subject with words of its own is asked about, and a sentence has none of them."""
        return self._demands.tells_nothing_of_a_subject([quote])

    def is_on_accounts_alone(self, quote: Quote) -> bool:
        """Whether a sentence tells that reports differ or err, and no value asked for, where nobody asks for that."""
        is_on_accounts = not self._asks_of_accounts and bool(_ON_ACCOUNTS.search(quote.sentence))
        return is_on_accounts and not (bool(self._demands.kinds) and self.brings(quote))

    def is_worth_reading(self, quote: Quote) -> bool:
        """Whether a sentence brings what is asked for, or a word of a subject that has words of its own."""
        is_wanted = self._demands.has_subject or self.brings(quote)
        return is_wanted and not self.is_beside_the_subject(quote)

    def tells_the_day(self, quote: Quote) -> bool:
        """Whether a sentence tells a day on which something was, and not only one before or after which."""
        claim = self._demands.claim(quote)
        days = [one for one in told_dates(claim) if len(one.iso) == DAY_LENGTH and one.iso not in self._demands.dates]
        return any(not _AROUND.search(claim[: day.start]) for day in days)

    def _only_compares(self, claim: str) -> bool:
        """Whether all values of a claim are what something else is larger than: "larger than the $465 million"."""
        values = find_values(claim, self._demands.kinds, self._question, likewise=True)
        return bool(values) and all(_LARGER_THAN.search(claim[: one.start]) for one in values)
