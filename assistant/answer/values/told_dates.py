"""Dates of what a sentence tells, apart from those of the reports that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer.values.quantities import CURRENCY_SIGN
from assistant.answer.values.value import Value
from assistant.dates import DateMention, find_dates, first_day, last_day
from assistant.periods import find_moments

_REPORTING = (
    r"report(?:ed|s|ing)?|wrote|writes|said|says|explain(?:ed|s)|noted|posted|published|translat(?:ed|ion)|carried|"
    r"told|found|show(?:ed|s)|argued|pointed out|estimated|count(?:ed|s)"
)
_ATTRIBUTION = re.compile(
    rf"\b(?:{_REPORTING})\s(?:on|in)\s$"
    r"|\b(?:report|note|digest|article|account|text|page|explainer|commentary|outlook|data|figures?|copy|reports|"
    r"accounts|translation|statement)\s(?:of|from|on|in|dated)\s$"
    r"|\baccording to [^,;]{1,80}?\s(?:of|on|in)\s$"
    r"|^(?-i:(?:The )?[A-Z][\w.&'’-]*\s(?:(?:of|and|&) |[A-Z][\w.&'’-]*\s){0,3})on\s$"
    r"|,\s(?:on|in)\s$|\bas of\s$|\bposted by [^,;]{1,40}?\s(?:on|in)\s$"
    r"|\b(?:in the view of|as (?:quoted|cited|given|reported|told) by|by the translation) [^,;]{1,60}?\s(?:on|in|of)\s$"
    r"|\b(?:no|nos|announcement|order|notice|decree|act)\.? \d+(?: and \d+)? of\s$"
    r"|\([12]\d{3}\)\s\d+\sof\s$",
    re.IGNORECASE,
)
# "Argus in May 2026 gives another sum": the month is when Argus told it. A state "in" a month may give or name
# things too ("China in May 2026 gave licences"): there an account or a figure must follow.
_TELLER = re.compile(r"^(?:The )?(?:[A-Z][\w.&'’-]*\s){1,5}(?:in|of)\s$")
_ACCOUNTS = r"(?:dates?|figures?|sums?|numbers?|values?|estimates?|accounts?|shares?|totals?|counts?|amounts?)\b"
_TELLS = re.compile(
    rf"\s(?:(?:gives?|gave|puts?|names|named|repeat(?:s|ed)) (?:(?:an?|the|its|another|other) )?"
    rf"(?:\w+ ){{0,2}}{_ACCOUNTS}|"
    rf"(?:gives?|gave|puts?|names|named) (?:(?:about|some|over|only) )?(?:{CURRENCY_SIGN}|\d)|"
    rf"puts? [^,;.]{{1,60}}? at\b|dates|treats|reports?|(?:has|had) (?:an?|the|another) (?:\w+ ){{0,2}}{_ACCOUNTS})"
)
_GIVES = re.compile(r"\s(?:gives?|gave|puts?|names|named)\b")
_IN_THE_YEAR, _DOUBTS = re.compile(r"^In $"), re.compile(r"\s(?:[\w’'-]+\s){1,6}?(?:had )?disput(?:ed|es) that\b")
_CODE_GOES_ON = re.compile(r"\)\s\d")
_SAYS_THAT = re.compile(rf",?\s(?:(?:{_REPORTING})\s)?that\s", re.IGNORECASE)


def told_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of what a sentence tells, without those of the reports that it quotes."""
    return tuple(one for one in find_dates(text) if not _dates_account(text[: one.start], text[one.end :]))


def date_values(text: str) -> Iterator[Value]:
    """Dates, and parts of years and months that are told in words ("early 2026"); both ends of a range."""
    told = told_dates(text)
    parts = [one for one in find_moments(text) if not one.joined and len({one.from_, one.until}) == 2]
    for mention in told:
        part = next((one for one in parts if one.start < mention.end and mention.start < one.end), None)
        from_, until = (part.from_, part.until) if part else (mention.iso, mention.iso)
        start, end = (part.start, part.end) if part else (mention.start, mention.end)
        low, high = first_day(from_).toordinal(), last_day(until).toordinal()
        yield Value("date", "", low, high, 0.0, text[start:end], start, end)


def _dates_account(before: str, after: str) -> bool:
    """Whether a date between the two is that of a report or a source's account of something."""
    tells = _TELLER.search(before) and (_TELLS.match(after) or (_GIVES.match(after) and before.endswith(" of ")))
    doubts = _IN_THE_YEAR.search(before) and _DOUBTS.match(after)
    is_accounts = bool(tells or doubts or _SAYS_THAT.match(after))
    is_code = before.endswith("(") and _CODE_GOES_ON.match(after) is not None  # "COM(2025) 945"
    return is_accounts or is_code or bool(_ATTRIBUTION.search(before))
