"""Which agency or office a text goes back to, by its dateline, byline, source line or numbered title."""

from __future__ import annotations

import re
from collections.abc import Iterable

_AGENCIES = {
    "associated press": "AP", "the associated press": "AP", "ap": "AP", "reuters": "Reuters", "afp": "AFP",
    "agence france-presse": "AFP", "bloomberg": "Bloomberg", "xinhua": "Xinhua", "kyodo": "Kyodo",
    "yonhap": "Yonhap", "dpa": "dpa", "tass": "TASS", "jiji": "Jiji", "ani": "ANI", "pti": "PTI",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_DATELINE = re.compile(
    rf"\((?P<bracketed>(?i:{_NAMES}))\)\s*[-–—]"
    rf"|^[A-Z][A-Z .’'-]{{2,40}}(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})?, (?P<plain>(?i:{_NAMES}))\b"
    r"|^(?P<chinese>新华社|中新社|中新网)\S{2,12}电",
    re.MULTILINE,
)
_BYLINE = re.compile(
    rf"^(?:by|von|par|por)?\s*(?P<name>{_NAMES})(?:\s+(?:staff|news|reporters?|writers?))*$", re.IGNORECASE
)
_SOURCE = re.compile(r"^(?:(?i:source|quelle|fuente|fonte)\s*:\s*|SOURCE\s+)(?P<name>[^\W\d_][^|:]{1,60}?)\s*(?:\||$)")
_CHINESE_SOURCE = re.compile(r"(?:来源|稿源)\s*[:：]\s*(?P<name>[^\s|，。：:]{2,20})")
_ISSUED = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,16}?)公告\s?(?:19|20)\d\d年第\d+号")


def origin_of(title: str, author: str | None, story: str, other_lines: Iterable[str]) -> str | None:
    """The name of the agency, office or company that a text comes from; None when the page itself wrote it.

    Args:
        title: an announcement's own number in it names its issuer.
        author: "AP staff" is an agency.
        story: its datelines count; that it quotes an agency does not.
        other_lines: lines of the page outside the story, in order.
    """
    if issued := _ISSUED.match(title):
        return issued["name"]
    if match := _DATELINE.search(story):
        return _named(next(filter(None, match.groups())))
    lines = [line.strip() for line in other_lines]
    for line in (author or "", *lines):
        if match := _BYLINE.match(line):
            return _named(match["name"])
    return next((name for line in lines if (name := _source(line))), None)


def _source(line: str) -> str | None:
    match = _CHINESE_SOURCE.search(line)
    if match is None and len(line.split()) <= 14:
        match = _SOURCE.match(line)
        # A common noun ("Source: customs declarations") names no one.
        if match and match["name"][0].islower() and match["name"].lower() not in _AGENCIES:
            return None
    return _named(match["name"].strip()) if match else None


def _named(name: str) -> str:
    return _AGENCIES.get(name.lower(), name)
