"""What comes before sentences that were judged a little better, by what a question asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answer.definitions import tells_of_itself
from assistant.answer.offices import office_held
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote
from assistant.answer.relevance import WITHIN_STRETCH

NEARLY_AS_GOOD = 0.8
OF_ITSELF_AS_GOOD, WHOLE_AS_GOOD, SUBJECT_AS_GOOD, REASON_AS_GOOD = 0.6, 0.65, 0.5, 0.4


@dataclass(frozen=True, slots=True)
class _Rule:
    """One reason to put quotes first.

    Attributes:
        applies: to the quote that is first so far.
        is_better: a quote, told beside that first one.
        share: of the first one's relevance, that a better one must have.
    """

    applies: Callable[[Quote], bool]
    is_better: Callable[[Quote, Quote], bool]
    share: float


def promoted(question: str, preferences: Preferences, thing: str, judged: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes, best first, with those before that tell of the whole, bring what is asked for, list it or name it.

    Args:
        question: standing alone.
        preferences: of the question.
        thing: that is to be explained; empty when none is.
        judged: best first.
    """
    ranked = judged
    for rule in _rules(question, preferences, thing) if judged else ():
        if rule.applies(ranked[0]):
            ranked = _by(rule, ranked)
    return ranked


def _by(rule: _Rule, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes with the better ones before the rest; Python's sort is stable."""
    first, least = ranked[0], rule.share * ranked[0].relevance
    return tuple(sorted(ranked, key=lambda one: not (one.relevance >= least and rule.is_better(one, first))))


def _rules(question: str, asked: Preferences, thing: str) -> Iterator[_Rule]:
    """In order: what a later one puts first stays first."""
    office = office_held(question).casefold()
    # What tells of the whole time asked about, and brings what is wanted, before what tells of a part of it.
    yield _Rule(lambda first: first.signals.date_fit == WITHIN_STRETCH, _tells_of_all, WHOLE_AS_GOOD)
    # What has a word of the subject before what has none.
    yield _Rule(asked.is_beside_the_subject, lambda one, _: not asked.is_beside_the_subject(one), SUBJECT_AS_GOOD)
    # What has the value, name or reason that is asked for.
    yield _Rule(
        lambda first: not asked.brings(first),
        lambda one, _: asked.brings(one) and not asked.is_beside_the_subject(one),
        REASON_AS_GOOD if asked.asks_reason else NEARLY_AS_GOOD,
    )
    # The day itself before one that something was before or after.
    yield _Rule(
        lambda first: asked.asks_day_of_event and not asked.tells_the_day(first),
        lambda one, _: asked.tells_the_day(one),
        NEARLY_AS_GOOD,
    )
    # What tells of a thing itself, where it is asked what it is; what names an office just so, where its holder is.
    yield _Rule(lambda _: bool(thing), lambda one, _: tells_of_itself(thing, one.sentence), OF_ITSELF_AS_GOOD)
    yield _Rule(lambda _: bool(office), lambda one, _: office in one.sentence.casefold(), NEARLY_AS_GOOD)
    # What tells of the matter before what tells of the accounts of it.
    yield _Rule(asked.is_on_accounts_alone, lambda one, _: not asked.is_on_accounts_alone(one), NEARLY_AS_GOOD)


def _tells_of_all(quote: Quote, _: Quote) -> bool:
    return quote.signals.date_fit == 1 and quote.signals.kind_fit == 1
