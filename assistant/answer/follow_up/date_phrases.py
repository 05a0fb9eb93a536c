""" "And in May?": a date comes into the old question with the preposition that it takes."""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import upper_first
from assistant.answer.follow_up.mentions import Mention
from assistant.answer.follow_up.prepositions import leading, without_lead
from assistant.dates import MONTHS, find_dates

_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d$")


def date_for_date(old: str, target: Mention, new: Mention, preposition: str) -> str:
    """The old question with a new date for ``target``; a month alone takes over the year."""
    told = _with_year(_titled(new.text), target)
    before, article = leading(old, target.start)
    start = target.start
    if preposition and before:
        start = len(without_lead(old, start))
        told = f"{preposition} {told}"
    elif before == "on" and not re.match(r"\d", told):
        start -= len("on ")
        told = f"in {told}"
    elif before == "in" and re.match(r"\d{1,2}\D", told):
        start -= len("in ")
        told = f"on {told}"
    elif not before and not article and target.text.lower() in {"today", "now"}:
        told = f"{preposition or 'in'} {told}"
    return f"{old[:start]}{told}{old[target.end :]}"


def date_added(old: str, new: Mention, preposition: str) -> str:
    """The old question, which names no date, with one at its end."""
    preposition = preposition or ("" if not find_dates(new.text) and not _is_month(new.text) else "in")
    return f"{old.rstrip(' ?.!')} {f'{preposition} ' if preposition else ''}{_titled(new.text)}?"


def _with_year(told: str, target: Mention) -> str:
    if not find_dates(told) and _is_month(told) and (year := _YEAR_LAST.search(_speech(target.text))):
        return f"{told} {year[0]}"
    return told


def _speech(date_text: str) -> str:
    found = find_dates(date_text)
    return found[-1].iso[:4] if found else date_text


def _is_month(text: str) -> bool:
    return text.rstrip(".").lower()[:3] in {month[:3] for month in MONTHS} and " " not in text.strip()


def _titled(date_text: str) -> str:
    words = date_text.split(" ")
    return " ".join(upper_first(word) if word.lower() in MONTHS else word for word in words)
