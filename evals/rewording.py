"""Says a sentence in other words and keeps every fact: what a careful writer may do with a source.

Rules, not a model, so that each can be read: spellings of dates, amounts and names, plain synonyms, the order of
clauses, active and passive voice, attribution, and leaving out a clause that only adds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_FIRST = re.compile(rf"(?<!and )(?<!to )(?<!or )(?<![\d,-] )(?<!-)\b(\d{{1,2}}) ({_MONTHS}) (\d{{4}})\b")
_DATE = rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}|\d{{4}})"
_FIGURES = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
            "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip
_SAY = r"reported|wrote|said|noted|stated"
_SYNONYMS = {
    "about": "around", "companies": "firms", "began": "started", "wrote": "reported", "purchase": "buy",
    "such as": "like", "nearly": "almost", "however, ": "", "additional": "further", "obtain": "get",
    "shipments": "deliveries", "roughly": "about", "large": "big",
}  # fmt: skip
_SPELLED_OUT = {"the United States": "the US", "the European Union": "the EU", "United Kingdom": "UK"}
_ACRONYM = re.compile(r"\b((?:[A-Z][\w-]+ (?:(?:of|and|for|the|on) )*){2,6})\(([A-Z]{2,6})\)")
_PASSIVE = re.compile(
    r"^((?:The |A |An )?[A-Z][\w.&' -]{1,40}?) (?:has |have )?"
    r"(announced|suspended|imposed|adopted|approved|lifted|introduced|launched|published|signed|banned|opened) "
    r"((?:the|a|an|its|new) [\w' -]+?)( (?:on|in) " + _DATE + r")?\.$"
)
_TRAILING_REPORT = re.compile(rf"^(?P<said>.+), (?P<who>[A-Z][^,]{{2,40}}) (?P<verb>{_SAY}) on (?P<day>[^,]+)\.$")
_LEADING_REPORT = re.compile(rf"^(?P<who>[A-Z][^,]{{2,40}}?) (?P<verb>{_SAY}) on (?P<day>{_DATE}) that (?P<said>.+)\.$")
_TRAILING_SOURCE = re.compile(r"^(?P<said>[^,]+(?:, [^,]+)*), according to (?P<who>[^,]+)\.$")
_TRAILING_DATE = re.compile(rf"^(?P<said>[^,;:]+?) (?P<when>(?:on|in) {_DATE})\.$")
_LEADING_DATE = re.compile(rf"^(?P<when>(?:On|In) {_DATE}),? (?P<said>[^,;:]+)\.$")
_ADDED_CLAUSE = re.compile(r"^(?P<said>[^,]{30,}), (?:which|where|whose|who) [^,]+\.$")
_HAS_SOURCE = re.compile(rf"\b(?:according to|{_SAY}|told|says|citing)\b", re.IGNORECASE)
_MAY_BE_SMALL = frozenset(
    "the a an this these those its it their some all most many both each every in on at by for from of under over "
    "after before since until during between while when where if as with without not no only also about around nearly "
    "almost more less one two three four five six seven eight nine ten several other others once there exports imports "
    "prices shipments deliveries licences companies firms exporters applications officials sources producers buyers "
    "magnets rules controls talks negotiations output production demand supply trade mines makers carmakers analysts "
    "suppliers items licensing products materials processed total foreign".split()
)


def reworded(sentence: str, publisher: str | None, draw: random.Random) -> str:
    """``sentence`` in other words; never the same words unless no rule fits and no publisher is known."""
    text = sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
    structures = draw.sample(_STRUCTURES, len(_STRUCTURES))
    text = next((new for change in structures if (new := change(text))), text)
    for spell in _SPELLINGS:
        if draw.random() < 0.6:
            text = spell(text, draw)
    if text == sentence and publisher and not _HAS_SOURCE.search(text):
        return _attributed(text, publisher)
    return text if text != sentence else _told_anew(text)


def _told_anew(text: str) -> str:
    return f"The source says that {_opening_small(text)}"


def _attributed(text: str, publisher: str) -> str:
    return f"According to {publisher.partition(' (')[0]}, {_opening_small(text)}"


def _opening_small(text: str) -> str:
    first = text.partition(" ")[0]
    return text[0].lower() + text[1:] if first.lower() in _MAY_BE_SMALL else text


def _opening_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Order, voice, leaving out: the sentence with its full stop in, the new one or None out.


def _report_first(text: str) -> str | None:
    found = _TRAILING_REPORT.match(text)
    return found and f"{found['who']} {found['verb']} on {found['day']} that {_opening_small(found['said'])}."


def _report_last(text: str) -> str | None:
    found = _LEADING_REPORT.match(text)
    return (
        found
        and f"{_opening_capital(found['said'])}, {_opening_small(found['who'])} {found['verb']} on {found['day']}."
    )


def _report_left_out(text: str) -> str | None:
    found = _TRAILING_REPORT.match(text)
    return found and f"{found['said']}."


def _source_first(text: str) -> str | None:
    found = _TRAILING_SOURCE.match(text)
    return found and f"According to {found['who']}, {_opening_small(found['said'])}."


def _date_first(text: str) -> str | None:
    found = _TRAILING_DATE.match(text)
    if not found or _HAS_SOURCE.search(text):
        return None
    return f"{_opening_capital(found['when'])}, {_opening_small(found['said'])}."


def _date_last(text: str) -> str | None:
    found = _LEADING_DATE.match(text)
    if not found or _HAS_SOURCE.search(text):
        return None
    return f"{_opening_capital(found['said'])} {found['when'][0].lower()}{found['when'][1:]}."


def _added_clause_left_out(text: str) -> str | None:
    found = _ADDED_CLAUSE.match(text)
    return found and f"{found['said']}."


def _passive(text: str) -> str | None:
    found = _PASSIVE.match(text)
    if not found:
        return None
    who, verb, what, when = found.groups()
    be = "were" if what.endswith("s") and not what.endswith("ss") else "was"
    return f"{_opening_capital(what)} {be} {verb} by {_opening_small(who)}{when or ''}."


# Spellings


def _month_first(text: str, draw: random.Random) -> str:
    """ "November 7, 2025", with its second comma unless the sentence ends there, or "7 Nov 2025"."""
    if draw.random() < 0.5:
        return _DAY_FIRST.sub(lambda day: f"{day[1]} {day[2][:3]} {day[3]}", text)
    return _DAY_FIRST.sub(lambda day: f"{day[2]} {day[1]}, {day[3]}{_comma(text, day.end())}", text)


def _comma(text: str, at: int) -> str:
    return "" if re.match(r"\s*[.,;:)]|$", text[at:]) else ","


def _amounts(text: str, draw: random.Random) -> str:
    text = re.sub(r"(?<=\d) (?:metric tons|tonnes)\b", draw.choice((" t", " metric tons")), text)
    text = re.sub(r"(?<=\d)(?:%| percent\b| per cent\b)", draw.choice((" per cent", " percent", "%")), text)
    return re.sub(r"(\$[\d.,]+) (?:billion|million)\b", lambda sum_: _short_sum(sum_[0], sum_[1]), text)


def _short_sum(long: str, figure: str) -> str:
    return f"{figure}bn" if long.endswith("billion") else f"{figure}m"


def _thousands(text: str, draw: random.Random) -> str:
    return re.sub(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])", r"\1\2", text)


def _words_in_figures(text: str, draw: random.Random) -> str:
    months = r"(?= (?:days|weeks|months|years|countries|companies|firms|tonnes|elements|mines|licences))"
    return re.sub(rf"\b({'|'.join(_FIGURES)})\b{months}", lambda word: _FIGURES[word[0]], text)


def _names(text: str, draw: random.Random) -> str:
    text = re.sub(r"\bChina's (?:commerce ministry|Ministry of Commerce) \(MOFCOM\)", "MOFCOM", text)
    text = re.sub(r"\bChina's commerce ministry\b", "China's Ministry of Commerce", text)
    for long, short in _SPELLED_OUT.items():
        text = text.replace(long, short)
    return _ACRONYM.sub(lambda name: name[2] if _is_acronym(name[1], name[2]) else name[0], text)


def _is_acronym(name: str, letters: str) -> bool:
    return "".join(word[0] for word in name.split() if word[0].isupper()) == letters


def _synonyms(text: str, draw: random.Random) -> str:
    for word, other in _SYNONYMS.items():
        text = re.sub(rf"\b{word}", other, text, count=1) if word[-1] == " " else re.sub(rf"\b{word}\b", other, text)
    return text


_STRUCTURES: tuple[Callable[[str], str | None], ...] = (
    _report_first, _report_last, _report_left_out, _source_first, _date_first, _date_last, _added_clause_left_out,
    _passive,
)  # fmt: skip
_SPELLINGS: tuple[Callable[[str, random.Random], str], ...] = (
    _names, _amounts, _thousands, _words_in_figures, _synonyms, _month_first,
)  # fmt: skip
