"""Plain words out of what a model wrote: no link, image, markup or code of its own reaches a reader."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

_IMAGE = re.compile(r"!\[[^\]]*\]\s?\([^)]*\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"']*[\"'])?\)")
_ADDRESS = re.compile(
    r"<?(?:(?:\b[a-z][a-z0-9+.-]*)?://|\b(?:javascript|vbscript|data|mailto|file):(?=\S)|\bwww\.)[^\s<>]*>?", re.I
)
_TAG = re.compile(r"<!--.*?(?:-->|$)|<[/!?]?[a-z][^<>]*(?:>|$)", re.I | re.S)
_MARKS = re.compile(r"`+|\*{2,}|_{2,}|~{2,}|\*(?=\w)|(?<=[\w.,;:!?)])\*")
_LINE_OPENING = re.compile(r"^\s*(?:(?:[-*+•–—]|#{1,6}|>+|\(?\d{1,2}[.)])\s+)+")
_MARKER_IN_LINK = re.compile(r"\W*\d[\d\s,;†-]*\W*")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def plain(text: str, left_out: Counter[str]) -> str:
    """One line of plain words; what was taken out is counted in ``left_out`` by kind.

    Citation markers stay, also one that was written as a link.
    """
    found = html.unescape(_visible(text))
    while True:
        stripped = _stripped(found, left_out)
        if stripped == found:
            return " ".join(found.split())
        # What is left after one thing was taken out may be another: "<scr<b>ipt>".
        found = stripped


def _stripped(text: str, left_out: Counter[str]) -> str:
    for kind, pattern in (("images", _IMAGE), ("links", _ADDRESS)):
        if kind == "links":
            text, links = _LINK.subn(_words_of_link, text)
            left_out[kind] += links
        text, count = pattern.subn(" ", text)
        left_out[kind] += count
    text, tags = _TAG.subn(" ", text)
    left_out["markup"] += tags
    return _LINE_OPENING.sub("", _MARKS.sub("", text))


def _words_of_link(link: re.Match[str]) -> str:
    words = link.group(1)
    return f"[{words.strip('[]')}]" if _MARKER_IN_LINK.fullmatch(words) else words


def _visible(text: str) -> str:
    """``text`` without characters that nobody sees, which may steer a screen or hide words."""
    spaced = (" " if character.isspace() else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character) not in _INVISIBLE)
