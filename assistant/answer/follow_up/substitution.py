""" "And Japan?": what a fragment names takes the place of what the old question names of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.follow_up.date_phrases import date_added, date_for_date
from assistant.answer.follow_up.grammar import PREPOSITIONS, without_trailing_date
from assistant.answer.follow_up.mentions import DATE, EVENT, INSTRUMENT, NAME, PLACE, Mention, mentions
from assistant.answer.follow_up.own_things import is_own_thing, without_own_things
from assistant.answer.follow_up.prepositions import leading, without_lead
from assistant.terms import TermAnalyzer

_JOINED = re.compile(r"\s*(?:,|,?\s+and|,?\s+or)\s+")
_FLOW = re.compile(r"\b(?:export|exported|ship|shipped|sell|sold|send|sent|supply|supplied)\b")
_TOGETHER = re.compile(r"\b(?:sign|agree|conclude|declare|launch)(?:e?d)?\b", re.IGNORECASE)


def substituted(body: str, preposition: str, named: Sequence[Mention], old: str, analyzer: TermAnalyzer) -> str | None:
    """``old`` with every group of mentions put in; None when the body has words that no mention covers."""
    if not named or _uncovered(body, named):
        return None
    groups = _grouped(body, named)
    text = old
    for group in groups:
        found = alike(text, group, preposition, analyzer)
        led = preposition if group is groups[0] else ""
        result = _replaced(text, group, found, led, body) if found else _added(text, group, led, body)
        if result is None:
            return None
        text = without_own_things(result, group) if group.kind == NAME and found else result
    return text


def alike(old: str, group: Mention, preposition: str, analyzer: TermAnalyzer) -> list[Mention]:
    """What ``group`` may stand for: its kind; a place and a name are one kind after the same preposition."""
    named = mentions(old, analyzer)
    found = [one for one in named if one.kind == group.kind]
    if (
        not preposition
        or group.kind not in {NAME, PLACE}
        or any(leading(old, one.start)[0] == preposition for one in found)
    ):
        return found
    return [one for one in named if one.kind in {NAME, PLACE} and leading(old, one.start)[0] == preposition] or found


def _uncovered(body: str, named: Sequence[Mention]) -> bool:
    rest = body
    for mention in reversed(named):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return bool(set(re.findall(r"\w+", rest.lower())) - PREPOSITIONS - {"the", "and", "or"})


def _grouped(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Joined mentions of one kind as one: "lutetium and scandium"."""
    groups: list[Mention] = []
    for mention in named:
        last = groups[-1] if groups else None
        if last and last.kind == mention.kind and _JOINED.fullmatch(text[last.end : mention.start]):
            groups[-1] = Mention(last.start, mention.end, last.kind, text[last.start : mention.end])
        else:
            groups.append(mention)
    return groups


def _replaced(old: str, new: Mention, found: Sequence[Mention], preposition: str, body: str) -> str:
    groups = _grouped(old, found)
    if new.kind == PLACE and (pair := _partner(old, groups)):
        groups = [pair]
    groups = [one for one in groups if not is_own_thing(old, one)] or groups
    fitting = [one for one in groups if preposition and leading(old, one.start)[0] == preposition]
    target = fitting[-1] if fitting else _varying(old, new, groups)
    if new.kind == DATE:
        return date_for_date(old, target, new, preposition)
    if new.kind == PLACE and not fitting and _is_other_end(old, target, preposition):
        return _at_the_end(old, new, preposition or "to", body)
    if new.kind == INSTRUMENT:
        return f"{old[: target.start]}{_numbered(target.text, new.text)}{old[target.end :]}"
    return _with_its_lead(old, target, new, preposition, body)


def _partner(old: str, groups: Sequence[Mention]) -> Mention | None:
    """The second of two that signed together, where no other place is named: another partner takes its place."""
    joined_two = _JOINED.split(groups[0].text) if len(groups) == 1 else []
    if len(joined_two) != len(("one", "other")) or not _TOGETHER.search(old):
        return None
    start = groups[0].end - len(joined_two[1])
    return Mention(start, groups[0].end, groups[0].kind, joined_two[1])


def _varying(old: str, new: Mention, groups: Sequence[Mention]) -> Mention:
    """The group that another of its kind replaces: of places, a buyer rather than a source, and China last."""
    if new.kind != PLACE or _is_china(new):
        return groups[-1]
    others = [one for one in groups if not _is_china(one)]
    return next(iter([one for one in others if leading(old, one.start)[0] != "from"][-1:] or others[-1:]), groups[-1])


def _is_other_end(old: str, target: Mention, preposition: str) -> bool:
    """Whether a place is the other end of a flow from or to ``target``, and so is no other in its stead."""
    if _is_china(target):
        return bool(preposition or _FLOW.search(old))
    return {leading(old, target.start)[0], preposition} == {"from", "to"}


def _is_china(mention: Mention) -> bool:
    return mention.text.lower() in {"china", "chinese", "prc"}


def _with_its_lead(old: str, target: Mention, new: Mention, preposition: str, body: str) -> str:
    """``new`` for ``target``, with the article of the one that fits, and an event with its own preposition."""
    start, told = target.start, new.text
    before, article = leading(old, target.start)
    wanted = _article(body, new)
    if new.kind == EVENT and preposition and before and preposition != before:
        return f"{without_lead(old, start)}{preposition} {wanted}{told}{old[target.end :]}"
    if article and not wanted and new.kind in {PLACE, NAME}:
        start -= len(article)
    elif wanted and not article and not old[:start].endswith("-"):
        told = f"the {told}"
    return f"{old[:start]}{told}{old[target.end :]}"


def _added(old: str, new: Mention, preposition: str, body: str) -> str | None:
    """``new`` as a phrase at the end; None without a way to say it."""
    if new.kind == DATE:
        return date_added(old, new, preposition)
    if not preposition or new.kind not in {PLACE, NAME}:
        return None
    return _at_the_end(old, new, preposition, body)


def _at_the_end(old: str, new: Mention, preposition: str, body: str) -> str:
    """``new`` as a phrase at the end, before a date that ends the question."""
    told, dates = without_trailing_date(old.rstrip(" ?.!"))
    return f"{told} {preposition} {_article(body, new)}{new.text}{dates}?"


def _article(body: str, new: Mention) -> str:
    return "the " if re.search(r"\bthe\s+$", body[: new.start], re.IGNORECASE) else ""


def _numbered(old: str, new: str) -> str:
    """The new number in the old words: "No. 57" for "Announcement No. 18 of 2025"."""
    old_parts = re.fullmatch(r"(?P<word>[a-z]+\s+)?(?P<number>.*?)(?P<year> of 20\d\d)?", old, re.IGNORECASE)
    has_word = re.match(r"(?!nos?\b)[a-z]+\s", new, re.IGNORECASE)
    word = "" if has_word or not old_parts else old_parts["word"] or ""
    year = "" if not old_parts or re.search(r" of 20\d\d$", new) else old_parts["year"] or ""
    return f"{word}{new}{year}"
