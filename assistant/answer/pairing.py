"""What belongs to what: each value of a sentence must go with the name, time or thing it goes with in the evidence.

"232 tonnes to Japan and 418 to India" does not carry "418 tonnes to Japan"; "A sold to B" does not carry
"B sold to A". A pair counts as wrong only when the evidence has both, apart.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product

_CLAUSE = re.compile(r"[;:]|,\s|\s[–—]\s|\b(?:and|but|while|whereas|so|after|before)\b", re.I)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_CLAUSE_COST = 30
_MOST_ASSIGNED = 5
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place of a text: ``family`` says which marks compete ("kg", "places"), ``key`` what it is."""

    family: str
    key: Hashable
    start: int
    end: int
    words: str


def wrong_pair(
    sentence: str,
    values: Sequence[Mark],
    anchors: Sequence[Mark],
    evidence: Iterable[tuple[str, Sequence[Mark], Sequence[Mark]]],
) -> tuple[Mark, Mark] | None:
    """A value of the sentence and the anchor it is wrongly given, None when all pairs fit.

    Args:
        evidence: sentences of the evidence, each with its values and anchors; all of one family each.
    """
    goes_with: dict[Hashable, set[Hashable]] = {}
    there: set[Hashable] = set()
    for text, told_values, told_anchors in evidence:
        there.update(anchor.key for anchor in told_anchors)
        for value, admitted in _pairs(text, told_values, told_anchors).items():
            goes_with.setdefault(value.key, set()).update(anchor.key for anchor in admitted)
    common = set.intersection(*goes_with.values()) if len(goes_with) > 1 else set()
    # What goes with every value tells none of them apart.
    goes_with = {value: admitted - common for value, admitted in goes_with.items()}
    known = [value for value in values if goes_with.get(value.key)]
    competing = [anchor for anchor in anchors if anchor.key in there - common]
    for value, given in _pairs(sentence, known, competing).items():
        if given and not any(anchor.key in goes_with[value.key] for anchor in given):
            return value, given[0]
    return None


def _pairs(text: str, values: Sequence[Mark], anchors: Sequence[Mark]) -> Mapping[Mark, tuple[Mark, ...]]:
    """For each value the anchors it may go with: one each where they balance, else all of its clause, else the "
    "nearest."""
    if not values or not anchors:
        return {}
    distinct = list({anchor.key: anchor for anchor in anchors}.values())
    if len(distinct) == 1:
        return {value: (distinct[0],) for value in values}
    in_order = sorted((*values, *anchors), key=lambda mark: mark.start)
    alternate = all((one in values) != (other in values) for one, other in pairwise(in_order))
    if len(values) == len(anchors) == len(distinct) <= _MOST_ASSIGNED and (alternate or _RESPECTIVELY.search(text)):
        return _assigned(text, values, anchors)
    if not _CLAUSE.search(text[in_order[0].end : in_order[-1].start]):
        return {value: tuple(anchors) for value in values}
    return {value: _near(text, value, anchors) for value in values}


def _assigned(text: str, values: Sequence[Mark], anchors: Sequence[Mark]) -> Mapping[Mark, tuple[Mark, ...]]:
    """The cheapest way to give each value an anchor of its own; in order where two ways cost the same."""
    if _RESPECTIVELY.search(text):
        return {value: (anchor,) for value, anchor in zip(values, anchors, strict=True)}

    def cost(order: Sequence[Mark]) -> float:
        return sum(_distance(text, value, anchor) for value, anchor in zip(values, order, strict=True))

    best = min(permutations(anchors), key=cost)
    return {value: (anchor,) for value, anchor in zip(values, best, strict=True)}


def _near(text: str, value: Mark, anchors: Sequence[Mark]) -> tuple[Mark, ...]:
    """The anchors of the value's clause; without one before it there, also the last of the clauses before."""
    inside = [anchor for anchor in anchors if not _CLAUSE.search(_between(text, value, anchor))]
    before = [anchor for anchor in anchors if anchor.start < value.start]
    if inside and before and not any(anchor in before for anchor in inside):
        last = [anchor for anchor in before if not _CLAUSE.search(_between(text, anchor, before[-1]))]
        inside.append(last[0])
    nearest = min(anchors, key=lambda anchor: _distance(text, value, anchor))
    return tuple(inside) or (nearest, *before[-1:])


def _distance(text: str, one: Mark, other: Mark) -> float:
    between = _between(text, one, other)
    return len(between) + _CLAUSE_COST * len(_CLAUSE.findall(between))


def _between(text: str, one: Mark, other: Mark) -> str:
    first, last = sorted((one, other), key=lambda mark: mark.start)
    return text[first.end : last.start]


@dataclass(frozen=True, slots=True)
class Actor:
    """A name with the preposition before it ("from", "to", "by", or none)."""

    key: Hashable
    role: str
    start: int
    end: int
    words: str


def swapped(
    sentence: str, actors: Sequence[Actor], evidence: Sequence[tuple[str, Sequence[Actor]]], stems: object
) -> tuple[Actor, Actor] | None:
    """Two names of the sentence that changed places, None when none did."""
    terms_of = stems if callable(stems) else None
    for (text, told), one, other in product(evidence, actors, actors):
        if one.start >= other.start or one.key == other.key:
            continue
        first = [actor for actor in told if actor.key == one.key]
        second = [actor for actor in told if actor.key == other.key]
        if len(first) == 1 and len(second) == 1 and _changed(sentence, one, other, text, first[0], second[0], terms_of):
            return one, other
    return None


def turned_role(actors: Sequence[Actor], evidence: Sequence[Sequence[Actor]]) -> Actor | None:
    """A name that changed its side: after "from" for "to", or in the place of another after the same word."""
    told = [actor for actors_told in evidence for actor in actors_told]
    for actor in actors:
        opposite = {"from": "to", "to": "from"}.get(actor.role)
        roles = {one.role for one in told if one.key == actor.key}
        if not opposite or not roles or actor.role in roles:
            continue
        holders = {one.key for one in told if one.role == actor.role}
        if opposite in roles or (holders and not holders & {one.key for one in actors}):
            return actor
    return None


def _changed(sentence: str, one: Actor, other: Actor, text: str, first: Actor, second: Actor, terms_of: object) -> bool:
    if other.role and not one.role and first.role == other.role and not second.role:
        return True
    if one.role and not other.role and second.role == one.role and not first.role:
        return True
    if one.role or second.role or {other.role, first.role} - {"", "to"} or first.start < second.start:
        return False
    mine, theirs = sentence[one.end : other.start], text[second.end : first.start]
    if any(len(words.split()) > _SHORT or _CLAUSE.search(words) for words in (mine, theirs)):
        return False
    if re.search(r"\bby\b", mine) or re.search(r"\bby\b", theirs) or not callable(terms_of):
        return False
    return bool(set(terms_of(mine)) & set(terms_of(theirs)))
