"""What comes before sentences that were judged a little better, by what a question asks for."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer.definitions import tells_of_itself
from assistant.answer.kinds import wanted
from assistant.answer.offices import office_held
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote
from assistant.answer.relevance import WITHIN_STRETCH
from assistant.answer.rewrite import Standalone

NEARLY_AS_GOOD, ALL_BUT_AS_GOOD = 0.8, 0.9
LISTS_AS_GOOD, WHOLE_AS_GOOD, REASON_AS_GOOD = 0.6, 0.65, 0.6


def promoted(
    question: Standalone, preferences: Preferences, thing: str, judged: tuple[Quote, ...]
) -> tuple[Quote, ...]:
    """The quotes, best first, with those before that tell of the whole, bring what is asked for, list it or name it.

    Args:
        preferences: of the question.
        thing: that is to be explained; empty when none is.
        judged: best first.
    """
    ranked = _on_the_subject_first(preferences, _of_the_time_first(preferences, _whole_before_part(judged)))
    ranked = _unnarrowed_first(preferences, _naming_first(preferences, ranked))
    ranked = _day_first(preferences, _bringing_first(preferences, ranked))
    ranked = _doing_first(preferences, ranked)
    ranked = _itself_first(thing, _elements_first(preferences, _lists_first(question, ranked)))
    return _holder_first(office_held(question.text), ranked)


def _whole_before_part(ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where the best quote tells of a part of the time asked about, those that tell of the whole of it come first.

    Only those that bring the kind of answer wanted, and are nearly as relevant.
    """
    if not ranked or ranked[0].signals.date_fit != WITHIN_STRETCH:
        return ranked
    return _promoted(ranked, _tells_of_all, WHOLE_AS_GOOD)


def _of_the_time_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """What tells of the time asked about comes before what names it in passing."""
    if not ranked or not preferences.wants_value or not preferences.names_the_time_in_passing(ranked[0]):
        return ranked
    fit = ranked[0].signals.date_fit
    return _promoted(
        ranked,
        lambda quote: quote.signals.date_fit >= fit and not preferences.names_the_time_in_passing(quote),
        NEARLY_AS_GOOD,
    )


def _on_the_subject_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where a subject with words of its own is asked about, sentences that have them come before others."""
    if not ranked or not preferences.is_beside_the_subject(ranked[0]):
        return ranked
    return _promoted(ranked, lambda quote: not preferences.is_beside_the_subject(quote), LISTS_AS_GOOD)


def _naming_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """What names all that the question names comes before what does not, if all but as good."""
    if not ranked or preferences.names_all(ranked[0]):
        return ranked
    return _promoted(ranked, preferences.names_all, ALL_BUT_AS_GOOD)


def _doing_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where it is asked what somebody did, what has that verb comes before what has not, if all but as good."""
    if not ranked or not preferences.asks_what_was_done or preferences.does_the_same(ranked[0]):
        return ranked
    return _promoted(ranked, preferences.does_the_same, ALL_BUT_AS_GOOD)


def _day_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where the day of something is asked for, the day itself comes before one that it was before or after."""
    if not ranked or not preferences.asks_day_of_event or preferences.tells_the_day(ranked[0]):
        return ranked
    return _promoted(ranked, preferences.tells_the_day, NEARLY_AS_GOOD)


def _elements_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where elements are asked for, sentences that name several come before others not much more relevant."""
    if not ranked or not preferences.wants_list or preferences.lists_elements(ranked[0]):
        return ranked
    return _promoted(ranked, lambda quote: _affirms(quote) and preferences.lists_elements(quote), LISTS_AS_GOOD)


def _unnarrowed_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Of quantities, those on no other place or element come before one on a part, if all but as good."""
    if not ranked or not preferences.asks_value or not preferences.narrows(ranked[0]):
        return ranked
    fit = ranked[0].signals.date_fit
    return _promoted(
        ranked,
        lambda quote: quote.signals.date_fit >= fit and preferences.brings(quote) and not preferences.narrows(quote),
        ALL_BUT_AS_GOOD,
    )


def _lists_first(question: Standalone, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where a list is asked for, sentences that enumerate come before others not much more relevant.

    Not those that deny: what "is missing from" something is no list of it.
    """
    if not ranked or "list" not in wanted(question.focus).kinds:
        return ranked
    return _promoted(ranked, enumerates, LISTS_AS_GOOD)


def _itself_first(thing: str, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where it is asked what a thing is, sentences on the thing itself come before others not much more relevant."""
    if not ranked or not thing:
        return ranked
    return _promoted(ranked, lambda quote: tells_of_itself(thing, quote.sentence), NEARLY_AS_GOOD)


def _holder_first(office: str, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where the holder of an office is asked for, sentences that name it just so come before others."""
    if not ranked or not office:
        return ranked
    return _promoted(ranked, lambda quote: office.casefold() in quote.sentence.casefold(), NEARLY_AS_GOOD)


def _bringing_first(preferences: Preferences, ranked: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Where a value or a name is asked for, sentences that have one come before others not much more relevant."""
    if not ranked or preferences.brings(ranked[0]):
        return ranked
    return _promoted(
        ranked,
        lambda quote: preferences.brings(quote) and not preferences.is_beside_the_subject(quote),
        REASON_AS_GOOD if preferences.asks_reason else NEARLY_AS_GOOD,
    )


def _promoted(ranked: tuple[Quote, ...], is_better: Callable[[Quote], bool], share: float) -> tuple[Quote, ...]:
    """The quotes with the better ones before the rest, as far as they have that share of the first one's relevance."""
    least = share * ranked[0].relevance
    return tuple(sorted(ranked, key=lambda quote: not (quote.relevance >= least and is_better(quote))))


def enumerates(quote: Quote) -> bool:
    """Whether a quote brings the list that is asked for, and does not tell what is missing from it."""
    return quote.signals.kind_fit == 1 and _affirms(quote)


def _affirms(quote: Quote) -> bool:
    return quote.signals.denial == 0


def _tells_of_all(quote: Quote) -> bool:
    return quote.signals.date_fit == 1 and quote.signals.kind_fit == 1
