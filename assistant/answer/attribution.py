"""What a sentence tells, without who reported it and when: "…, Reuters wrote on 3 May 2025" is no date of the thing."""

from __future__ import annotations

import re

LEAST_WORDS = 3
# "Said" is not among them: a ministry's word of a day is often the thing itself.
_VERBS = (
    r"(?:reported|wrote|noted|explained|pointed out|recorded|recalled|writes|reports|notes|explains|relays|shows|"
    r"showed|listed|lists)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = (
    rf"(?:,? (?:on|in|of|in an? \w+ of|at the end of)(?: (?:early|mid|late))? (?:\d{{1,2}} )?(?:{_MONTH} )?\d{{4}}"
    r"| (?:the same|that) (?:day|month|year))?"
)
# A source's name starts with a capital letter or an article, or is a host's, and runs on without a comma.
_SOURCE = r"(?:as )?(?:[A-Z][^,;]*?|[a-z][\w-]*\.[a-z]{2,}[^,;]*?|(?:the|an?|its) [^,;]*?)"
_HANDING_ON = (
    r"(?:, (?:carrying|citing|quoting|using|(?:as )?carried by|quoted (?:in|by)|via|(?:also )?with|in an?|based on) "
    r"[^,;]{2,80}(?:, [^,;]{2,60})?)?"
)
_LEADING = re.compile(rf"^{_SOURCE}{_HANDING_ON},? (?:had )?{_VERBS}{_WHEN}(?:, also from [^,;]{{2,30}},)? that ")
_BESIDE = re.compile(
    r",? (?:according to|citing|as (?:reported|listed|cited|quoted|told) by) [^,;]*|"
    rf", {_SOURCE} (?:had )?{_VERBS}{_WHEN}(?=[,.;]|$| (?:in|with|from|via|on the basis of|based on) )[^,;]*"
)
_NAMELY = re.compile(rf"^[^;]{{0,200}}?(?:,? namely|^[A-Z][^;:]{{0,100}}? (?:{_VERBS[3:-1]}|said|says){_WHEN}) that ")
_LAST = re.compile(
    r",? (?:in the (?:version|account|view|words|report|reading) |as [A-Z]?[^,;]{0,60}\b(?:put|saw) )[^;]*$"
)
_ABOUT_SAYING = re.compile(
    r"\b(?:said|say|says|saying|told|tell|report(?:s|ed)?|wr(?:ote|ite|ites)|according|not(?:e|ed)|call(?:s|ed)?|"
    r"claim(?:s|ed)?|stat(?:e|ed)|accus\w+|estimat\w+|describ\w+|sources?|quot(?:e|ed)|announc\w+|publish\w*|"
    r"warn\w*|argu\w+|listed?)\b",
    re.IGNORECASE,
)


def asks_about_saying(question: str) -> bool:
    """Whether who told something, or when, may be just what a question asks for."""
    return bool(_ABOUT_SAYING.search(question))


def without_attribution(sentence: str) -> str:
    """The sentence without its reporting clauses; all of it when nothing else would be left."""
    rest = _BESIDE.sub("", _LEADING.sub("", sentence)).strip()
    return rest if len(rest.split()) >= LEAST_WORDS else sentence


def claimed(sentence: str, longest: int = 10_000) -> str:
    """The stretch of a sentence that tells the thing itself, in its exact words, at most ``longest`` characters of it.

    Reporting clauses at either end are left out; a stretch that is too long ends at its last whole clause or word.
    """
    text = " ".join(sentence.split())
    opening = _NAMELY.match(text) or _LEADING.match(text)
    start = opening.end() if opening else 0
    ends = [match.start() for pattern in (_BESIDE, _LAST) for match in pattern.finditer(text, start)]
    end = min((end for end in ends if len(text[start:end].split()) >= LEAST_WORDS), default=len(text))
    stretch = text[start:end].strip(" .,;")
    if len(stretch) > longest:
        cut = stretch[:longest]
        stretch = cut[: cut.rfind(", " if ", " in cut else " ")]
    return stretch
