"""Accounts: whether a sentence sets several against each other, and what it tells without whose they are."""

from __future__ import annotations

import re

_CONTRAST = re.compile(
    r"\b(?:disagree\w*|differ(?:s|ed|ing|ently)?|contradict\w*|disputed|disputing|"
    r"disputes (?:the|that|this)|in dispute|inconsistent|at odds|unsupported|"
    r"(?:do|does|did|are|is) not (?:fit|match|agree|the same|tally|square)|whereas|(?:by|in) contrast|depending on|"
    r"instead|unlike|short of|often quoted|different (?:figures?|sums?|numbers?|values?|counts?|amounts?|shares?|"
    r"estimates?|totals?)|gives? .+ and (?-i:[A-Z])[^,;]{1,40} gives?|"
    r"(?:another|others?|most|some|higher|lower|earlier|later) (?:\w+ ){0,2}?(?:sums?|figures?|"
    r"dates?|numbers?|values?|days?|counts?|reports?|accounts?|estimates?|sources?|give|put|say|name|"
    r"than the \w+ (?:of|in)))\b",
    re.IGNORECASE,
)
# Of these, the words that say it openly; others ("whereas", "unlike") may also set two different things side by side.
_DISPUTE = re.compile(
    r"\b(?:disagree\w*|differ(?:s|ed|ently)?|contradict\w*|disputed|in dispute|inconsistent|at odds|unsupported|"
    r"(?:do|does|did|are|is) not (?:fit|match|agree|the same|tally|square)|"
    r"different (?:figures?|sums?|numbers?|values?|counts?|amounts?|shares?|estimates?|totals?|dates?|days?)|"
    r"(?:another|an earlier|a later|an? (?:higher|lower|larger|smaller)) (?:\w+ ){0,2}?"
    r"(?:sum|figure|date|day|number|value|count|estimate)|"
    r"depending on the (?:source|report|account|count|paper|publisher)|"
    r"(?:in|from|of|by|than) (?:most )?other (?:sources|reports|accounts))\b",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r",?\s*\b(?:according to|as (?:quoted|cited|reported|given)|citing|in (?:the )?(?:\w+ ){0,3}(?:data|figures|"
    r"report|version|estimate|count)\b)[^,;]*"
    r"|^[^,;]{0,80}\b(?:reported|reports|wrote|said|says|explained|found|estimated)\b"
    r"(?: (?:on|in) [\w ]{4,20}?)?,? that\b"
    r"|,\s[^,;]{0,80}\b(?:reported|reports|wrote|said|says|explained|found|noted)\b(?:(?!\bthat\b)[^,;])*$"
    r"|\b(?:White House|US Geological Survey|US Bureau of Industry and Security)\b"
)


def tells_contrast(text: str) -> bool:
    """Whether a sentence sets accounts against each other."""
    return bool(_CONTRAST.search(text))


def tells_dispute(text: str) -> bool:
    """Whether a sentence says openly that accounts differ."""
    return bool(_DISPUTE.search(text))


def without_sources(text: str) -> str:
    """The text without the words that say whose account it is."""
    return _ATTRIBUTED.sub(" ", text)
