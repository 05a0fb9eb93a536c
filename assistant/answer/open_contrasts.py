"""Contrasts: where a sentence openly sets another account against the one beside it, or two within itself.

"Foreign Policy puts it at 5,700 lb. A lower figure of 5,200 lb also circulates": the second sentence hardly names what
it speaks of, which stands before it. That one of the values is also the answer's tells that they are of what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.claims.key import Key
from assistant.answer.quotes import Quote
from assistant.answer.values.value import Value

LEADING = 0.8
MOST_LEADS = 3
REACH = 2
LEAST_SHARED = 0.6
LEAST_ACCOUNTS, MOST_ACCOUNTS = 2, 4
_ACCOUNT = (
    r"(?:figures?|estimates?|sums?|numbers?|values?|counts?|totals?|shares?|dates?|days?|amounts?|accounts?|reports?|"
    r"sources?|papers?|pages?)\b"
)
_OPENS = re.compile(
    rf"\b(?:higher|lower|larger|smaller|other|another|different|various|most|some) (?:\w+ ){{0,2}}?{_ACCOUNT}|"
    rf"\b(?:an earlier|a later) (?:date|day|year)\b|\b(?:press|media) reports\b|"
    r"\b(?:accounts?|reports?|sources?|firms|figures|estimates|the two) (?:\w+ ){0,8}?"
    r"(?:differ(?:s|ed)?|disagree[ds]?)\b|"
    r"\bgiven differently\b|\b(?:do|does|did) not (?:agree|match|fit|tally|square)\b|\bat odds\b|\bcontradict\w*\b|"
    r"\bdepending on the (?:source|report|account|count|paper|publisher)\b|\bwhereas\b|"
    r"\b(?:is|are) (?:lower|higher|smaller|larger|more|less) than the \w+ (?:of|in)\b",
    re.IGNORECASE,
)
# Why figures differ: they are of different things, so nobody contradicts anybody.
_EXPLAINS = re.compile(
    r"\b(?:different (?:dates|times|samples|periods|years|things|products|kinds|scopes?)|rests? on|in scope|"
    r"other samples|since then|by now|because|revis\w+|updat\w+|correct(?:ed|s|ion))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TellsValue:
    """A value, and the quote that gives it."""

    value: Value
    quote: Quote


def openly_contrasted(key: Key, quotes: Sequence[Quote]) -> tuple[TellsValue, ...]:
    """The first values that a sentence sets against each other, one of them the answer's; none where none does.

    Args:
        key: of the question.
        quotes: every sentence that may be quoted, best first.
    """
    told = [quote for quote in leading(quotes) if key.is_told_by(quote)] if key.says_kind else []
    leads = [account for quote in told for account in _accounts(key, quote)]
    if not leads:
        return ()
    for opening, before in contrasts(quotes):
        for lead in leads:
            accounts = _set_against(key, lead, opening, before)
            if LEAST_ACCOUNTS <= len(accounts) <= MOST_ACCOUNTS:
                return accounts
    return ()


def leading(quotes: Sequence[Quote]) -> Sequence[Quote]:
    """Those of the first quotes that answer nearly as well as the best."""
    return [quote for quote in quotes[:MOST_LEADS] if quote.relevance >= LEADING * quotes[0].relevance]


def _accounts(key: Key, quote: Quote) -> list[TellsValue]:
    return [TellsValue(value, quote) for value in key.values_told(quote.sentence, quote.article.published_on)]


def contrasts(quotes: Sequence[Quote]) -> Iterator[tuple[Quote, Sequence[Quote]]]:
    """Each sentence that openly sets an account against another, and those just before it, nearest first."""
    for quote in quotes:
        if not _OPENS.search(quote.sentence) or _EXPLAINS.search(quote.sentence):
            continue
        beside = (one for one in quotes if one.hit.passage.id == quote.hit.passage.id)
        earlier = (one for one in beside if one.span.end < quote.span.end)
        yield quote, sorted(earlier, key=lambda one: -one.span.end)[:REACH]


def _set_against(key: Key, lead: TellsValue, opening: Quote, before: Sequence[Quote]) -> tuple[TellsValue, ...]:
    """The distinct values of a contrast, one of which is the lead's; empty where it is of something else."""
    mine = [one for one in _accounts(key, opening) if one.value.comparable(lead.value)]
    if not mine or not _is_on_the_same(key, lead.quote, opening, before):
        return ()
    accounts = [*mine, *_beside(key, lead, opening, before)]
    if not any(one.value.agrees(lead.value) for one in accounts):
        return ()
    return _distinct([lead, *(one for one in accounts if one.value.comparable(lead.value))])


def _beside(key: Key, lead: TellsValue, opening: Quote, before: Sequence[Quote]) -> list[TellsValue]:
    """The account that a contrast is set against: the nearest before it, if it measures the same and is clear."""
    nearest = next(filter(None, (_accounts(key, quote) for quote in before)), [])
    measured = key.measures_in(f"{lead.quote.sentence} {opening.sentence}")
    is_clear = len(nearest) == 1 or lead.value.kind != "date"
    return nearest if nearest and is_clear and key.measures_in(nearest[0].quote.sentence) <= measured else []


def _is_on_the_same(key: Key, lead: Quote, opening: Quote, before: Sequence[Quote]) -> bool:
    """Whether a contrast speaks of what the lead tells: little is named in it that is not in the lead or around it."""
    told = [opening.article.title, opening.sentence, *(one.sentence for one in before)]
    asked = key.asked_in([lead.article.title, lead.sentence])
    shares = len(key.asked_in(told) & asked) >= LEAST_SHARED * len(asked)
    return shares and key.is_one_matter(opening.sentence, [lead.sentence])


def _distinct(accounts: Sequence[TellsValue]) -> tuple[TellsValue, ...]:
    kept: list[TellsValue] = []
    for account in accounts:
        if not any(one.value.agrees(account.value) for one in kept):
            kept.append(account)
    return tuple(kept)
