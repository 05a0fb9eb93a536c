"""Which sentence leads an answer, where the register or a correction could come first too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote

LIKELY = 0.5
CORRECTION_COVERAGE, NEARLY_BEST = 0.6, 0.7
LISTS_AS_GOOD = 0.6
# Questions that take something for granted; "is it …?" does not.
_PRESUMES = re.compile(rf"\W*(?:(?:by|on|in|at|from|for|of|to|under) )?(?:{ANY_QUESTION_WORD})\b", re.IGNORECASE)
_LEAVES_OPEN = re.compile(r"Whether\b")


def corrections(
    question: str, chosen: Sequence[Quote], relevant: Sequence[Quote], preferences: Preferences
) -> tuple[Quote, ...]:
    """Of the chosen quotes those that deny just what the question takes for granted; none where it is told why."""
    least = NEARLY_BEST * _best(relevant)
    if not _PRESUMES.match(question) or preferences.is_met_by_a_reason(relevant, least):
        return ()
    denying = (one for one in chosen if one.signals.denial >= CORRECTION_COVERAGE and one.relevance >= least)
    return tuple(one for one in denying if not preferences.is_on_accounts_alone(one))


def direct_sentence(
    relevant: Sequence[Quote],
    preferences: Preferences,
    leading: Sequence[Quote],
    *,
    is_answered: bool,
    is_corrected: bool,
    defines: bool,
) -> Quote | None:
    """The sentence that comes before what the register says, or what else an answer begins with; None where none does.

    Args:
        relevant: best first.
        leading: what the register says.
        is_answered: it answers expressly.
        is_corrected: a sentence denies what the question takes for granted.
        defines: it is asked what a thing is.
    """
    if not leading:
        return _direct(relevant, preferences) if defines else None
    may_lead = not is_answered and not is_corrected
    direct = _direct(relevant, preferences) if may_lead else None
    if direct is None and (preferences.asks_who_or_why or preferences.asks_how_long) and not is_corrected:
        direct = _bringing(relevant, preferences)
    if direct is None and preferences.wants_list and may_lead:
        direct = _listing(relevant, leading)
    return direct


def leaves_open(quote: Quote) -> bool:
    """Whether a quote tells what nobody tells: "Whether it started is told by nobody"."""
    return bool(_LEAVES_OPEN.match(quote.sentence))


def _best(relevant: Sequence[Quote]) -> float:
    return max((quote.relevance for quote in relevant), default=0.0)


def _direct(relevant: Sequence[Quote], preferences: Preferences) -> Quote | None:
    """The best sentence that lacks nothing of the kind asked for, if it answers more likely than not."""
    of_it = (one for one in relevant if not leaves_open(one) and not preferences.is_beside_the_subject(one))
    telling = (one for one in of_it if one.signals.kind_fit >= 0)
    exact = (one for one in telling if not preferences.asks_day_of_event or preferences.tells_the_day(one))
    return next((one for one in exact if one.relevance >= LIKELY), None)


def _bringing(relevant: Sequence[Quote], preferences: Preferences) -> Quote | None:
    """The best sentence with what is asked for, if it answers more likely than not."""
    bringing = (one for one in relevant if preferences.brings(one) and not preferences.is_beside_the_subject(one))
    return next((one for one in bringing if one.relevance >= LIKELY), None)


def _listing(relevant: Sequence[Quote], leading: Sequence[Quote]) -> Quote | None:
    """The best sentence that enumerates, and is not what the register says of it."""
    least, places = LISTS_AS_GOOD * _best(relevant), {quote.place for quote in leading}
    listing = (quote for quote in relevant if _enumerates(quote) and quote.place not in places)
    return next((quote for quote in listing if quote.relevance >= least), None)


def _enumerates(quote: Quote) -> bool:
    """Whether a quote brings the list that is asked for, and does not tell what is missing from it."""
    return quote.signals.kind_fit == 1 and quote.signals.denial == 0
