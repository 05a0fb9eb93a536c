"""Conflict: sources that give different values for one thing. Every value is shown, none is chosen.

Two values conflict only when they answer the question under one key: the same things named, the same time, the
same measure. Where that cannot be told from the sentences, there is no conflict: a false one is worse than
one that is missed. A sentence that itself sets accounts against each other may measure in other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.claims.claim import Claim
from assistant.answer.claims.key import Key
from assistant.answer.independence import independent_sources
from assistant.answer.open_contrasts import openly_contrasted
from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import Value, ValueKind
from assistant.answer.word_disputes import Side, find_word_dispute
from assistant.terms import TermAnalyzer

MOST_VALUES = 4
_DATES: frozenset[ValueKind] = frozenset({"date"})
LONGEST_TOLD_TWICE = 80
LEAST_SHARED = 0.6
NEARLY_AS_RELEVANT, RELEVANT_IN_DISPUTE = 0.65, 0.5
LEAST_OF_A_SUM, SUM_WITHIN = 3, 0.001
_BINDS = re.compile(r"\b(?:by|until|till|through|from|since)\s$")
_WHAT_IS = re.compile(r"^what (?:is|are|was|were) (?:the )?", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>|[<>*_`\[\]#|]")


@dataclass(frozen=True, slots=True)
class ValueSupport:
    """One value, as its best source words it, and a quote from each article that gives it, the best first."""

    value: str
    quotes: tuple[Quote, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different values for one thing (``about``), the best supported first."""

    about: str
    values: tuple[ValueSupport, ...]


def find_disagreements(
    question: Standalone, quotes: Sequence[Quote], analyzer: TermAnalyzer, others: Sequence[Quote] = ()
) -> tuple[Disagreement, ...]:
    """The disagreements among ``quotes``, which are the relevant sentences of the evidence, best first.

    Args:
        others: the rest of the evidence: a sentence that sets another account against one of ``quotes`` may say little
            by itself.
    """
    key = Key(question, analyzer)
    claims = [claim for quote in quotes for claim in key.claims(quote)]
    best = max((quote.relevance for quote in quotes), default=0.0)
    claims = [claim for claim in claims if claim.quote.relevance >= _least(claim) * best]
    claims = [claim for claim in claims if claim.value.comparable(claims[0].value)]
    found: list[Disagreement] = []
    left = claims
    while left:
        alike = [claim for claim in left if _same_key(left[0], claim)]
        left = [claim for claim in left if claim not in alike]
        disagreement = _disagreement(alike, _about(question.text))
        if disagreement and not any(_says_all_of(disagreement, other) for other in found):
            found.append(disagreement)
    in_values = tuple(found) or _in_the_open(key, question, [*quotes, *others])
    return in_values or _in_words(find_word_dispute(question, quotes, analyzer, others), question)


def _in_the_open(key: Key, question: Standalone, quotes: Sequence[Quote]) -> tuple[Disagreement, ...]:
    """The disagreement that a sentence tells by itself, or with the one before it."""
    accounts = openly_contrasted(key, quotes)
    values = tuple(_alone(_bounded(one.value, one.quote.sentence), one.quote) for one in accounts)
    return (Disagreement(_about(question.text), values),) if values else ()


def _in_words(sides: Sequence[Side], question: Standalone) -> tuple[Disagreement, ...]:
    """The disagreement of two accounts in words, each shown by what it claims."""
    values = tuple(_alone(side.words, side.quote) for side in sides)
    return (Disagreement(_about(question.text), values),) if values else ()


def _alone(words: str, quote: Quote) -> ValueSupport:
    return ValueSupport(words, (quote,), independent_sources([(quote.article, quote.text)]))


def _least(claim: Claim) -> float:
    """How relevant a claim must be, as a share of the best: less when its sentence says that accounts differ."""
    return RELEVANT_IN_DISPUTE if claim.disputed else NEARLY_AS_RELEVANT


def _says_all_of(one: Disagreement, other: Disagreement) -> bool:
    """Whether every value of one disagreement is among those of the other."""
    return {value.value.lower() for value in one.values} <= {value.value.lower() for value in other.values}


def _same_key(one: Claim, other: Claim) -> bool:
    if not one.value.comparable(other.value) or one.times != other.times:
        return False
    if one.contrasted or other.contrasted:
        is_said = one.disputed or other.disputed
        return one.things == other.things or (is_said and one.value.kind == "date" and _one_names_less(one, other))
    return one.things == other.things and one.measures == other.measures and _alike(one, other)


def _one_names_less(one: Claim, other: Claim) -> bool:
    """Whether one leaves out what the other names: "the announcement" is "Announcement No. 1"."""
    return one.things <= other.things or other.things <= one.things


def _alike(one: Claim, other: Claim) -> bool:
    """Whether both sentences answer much the same part of the question."""
    most = max(len(one.shared), len(other.shared))
    return len(one.shared & other.shared) >= LEAST_SHARED * most


def _disagreement(claims: Sequence[Claim], about: str) -> Disagreement | None:
    groups = _groups(claims)
    if not 2 <= len(groups) <= MOST_VALUES or not _from_different_sources(groups) or _are_parts(groups):
        return None
    if _are_days_of_several(groups):
        return None
    values = [_support(group) for group in groups]
    return Disagreement(about, tuple(sorted(values, key=lambda value: -value.independent)))


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that agree; one that agrees with several values ("November 2025") speaks for none of them."""
    exact_first = sorted(
        claims, key=lambda claim: claim.value.high - claim.value.low if claim.value.kind == "date" else 0.0
    )
    groups: list[list[Claim]] = []
    for claim in exact_first:
        agreeing = [group for group in groups if group[0].value.agrees(claim.value)]
        if not agreeing:
            groups.append([claim])
        elif len(agreeing) == 1:
            agreeing[0].append(claim)
    return groups


def _are_parts(groups: Sequence[Sequence[Claim]]) -> bool:
    """Whether the values are a total and its parts: "Rs 7,280 crore", of which "Rs 7,200 crore" and "Rs 80 crore".

    One article must give all the parts, and no sentence may say that accounts differ: three papers may well
    disagree on two, three and five.
    """
    values = [group[0].value for group in groups]
    most = max(values, key=lambda value: value.high)
    if len(values) < LEAST_OF_A_SUM or most.kind == "date" or any(one.disputed for group in groups for one in group):
        return False
    telling = [{one.quote.article.id for one in group} for group in groups if group[0].value != most]
    if not set.intersection(*telling):
        return False
    return abs(sum(value.high for value in values) - 2 * most.high) <= SUM_WITHIN * most.high


def _are_days_of_several(groups: Sequence[Sequence[Claim]]) -> bool:
    """Whether a sentence tells both of two days as its own: "40 on 24 February, and 40 more on 29 June"."""
    if len(groups) != 2 or any(one.contrasted or one.value.kind != "date" for group in groups for one in group):
        return False
    days = {group[0].value.low for group in groups}
    quotes = (one.quote for group in groups for one in group)
    return any(days <= {value.low for value in find_values(one.sentence, _DATES, "")} for one in quotes)


def _from_different_sources(groups: Sequence[Sequence[Claim]]) -> bool:
    """Whether a sentence contrasts the values, or sources that are independent of each other give them.

    A note of ours counts as no source, but it quotes one: it may stand against an article.
    """
    if any(claim.contrasted for group in groups for claim in group):
        return True
    first = [group[0].quote for group in groups]
    notes = any(quote.article.kind == "note" for quote in first)
    return independent_sources((quote.article, quote.text) for quote in first) + notes > 1


def _support(claims: Sequence[Claim]) -> ValueSupport:
    """A value's quotes: the best that speaks of it alone, and those that carry what that one says of it."""
    lead, *others = sorted(claims, key=lambda claim: claim.contrasted)
    best = {lead.quote.article.id: lead.quote}
    for claim in others:
        if _carries(claim, lead):
            best.setdefault(claim.quote.article.id, claim.quote)
    quotes = tuple(best.values())
    independent = independent_sources((quote.article, quote.text) for quote in quotes)
    return ValueSupport(_worded(lead, claims), quotes, independent)


def _worded(claim: Claim, claims: Sequence[Claim]) -> str:
    """The value as its sentence words it; a date with the word that makes it a bound: "by 2027" is not "in 2027".

    A sentence that tells it twice, in two units, is quoted from one to the other: "920 lb in each, or about 417 kg".
    """
    value = claim.value
    told = [one.value for one in claims if one.quote == claim.quote]
    start, end = min(one.start for one in told), max(one.end for one in told)
    if len({one.words for one in told}) > 1 and value.kind != "date" and end - start <= LONGEST_TOLD_TWICE:
        return claim.quote.text[start:end]
    return _bounded(value, claim.quote.text)


def _bounded(value: Value, text: str) -> str:
    """The words of a value of a text; of a date with what makes it a bound: "by 2027"."""
    binds = _BINDS.search(text[: value.start]) if value.kind == "date" else None
    return f"{binds[0].strip()} {value.words}" if binds else value.words


def _carries(claim: Claim, lead: Claim) -> bool:
    """Whether a claim may be cited beside another's sentence: it has its value and all it shares with the question.

    A sentence that sets several values against each other is carried by itself alone.
    """
    same_value = not lead.contrasted and claim.value.is_exactly(lead.value)
    return same_value and claim.shared >= lead.shared and claim.measures == lead.measures


def _about(question: str) -> str:
    """The thing in dispute in the question's own words, without markup or a question mark."""
    plain = " ".join(_MARKUP.sub(" ", question).split())
    return _WHAT_IS.sub("", plain).rstrip("?. ") or plain
