"""One line of text copied from a page, with the features that tell prose from page furniture."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from assistant.ingest.languages import function_word_share, function_words, language_of

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x08\x0e-\x1f\x7f]")
_BULLET = re.compile(r"\s*(?:[•●○▪■□◦‣∙·➢➤►▶✓✔]\s*|[*–—-]\s+)+")
_TERMINAL = ".!?。！？｡։۔؟।॥።።។။"
_CLOSERS = "\"'”’»›)]）】」』》"
_ENDING = re.compile(
    rf"[{re.escape(_TERMINAL)}][{re.escape(_CLOSERS)}\s]*(?:\[\d+\]|[¹²³⁴-⁹]|\([^()]{{2,40}}\)|（[^（）]{{2,40}}）)*$"
)
_FRAGMENT_END = re.compile(r"\b(?:by|of|the|and|vs|Inc|Corp|Ltd|Mr|Mrs|Ms|Dr|St|Jan|Feb|a\.m|p\.m)\.$")
_ELLIPSIS = re.compile(r"(?:…|\.{3,}|\.\s\.\s\.|\[(?:…|\.{3})\]|\((?:…|\.{3})\))[\s\"”’»]*(?:\[?\+\d+ chars\]?)?$")
_LINK_WORDS = re.compile(
    r"\s*[(\[]?\b(?:read (?:more|on|the full story|full article)|continue reading|learn more|see more|show more|"
    r"weiterlesen|lire la suite|leer más|seguir leyendo|leia mais|查看(?:更多|全文)|阅读全文|続きを読む|더\s?보기)\b"
    r"[)\]]?\s*[»›>→.]*\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")
_WIDE_PER_WORD = 1.7
_GLUED = re.compile(r"[a-zà-ÿ0-9][A-ZÀ-Þ][a-zà-ÿ]")
_CASED = re.compile(r"[A-Za-zÀ-ÿ\u0400-\u04ff]")
_WIDE_GAP = re.compile(r" {8,}(?=\S)")
_WRAP_WIDTH = range(55, 101)
_WRAP_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. ``number`` counts from 0 among such lines; ``words`` counts words,
    or for scripts without spaces what would be about a word. ``function_share`` is None where no
    list of function words is known. ``repeats`` is how often the page holds the same line."""

    number: int
    text: str
    bullet: bool
    after_blank: bool
    words: int
    function_share: float | None
    ends_sentence: bool
    truncated: bool
    glued: bool
    headline_case: bool
    cells: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one copied page and the language most of it is written in."""

    lines: tuple[Line, ...]
    language: str | None


def read_page(text: str) -> Page:
    """The lines of ``text``, NFC and with features; lines that a fixed width broke are joined again."""
    rows = _unwrapped([part for row in normalised(text).split("\n") for part in _columns(row.rstrip())])
    language = language_of("\n".join(rows))
    counts = Counter(same_text(row) for row in rows if row.strip())
    lines: list[Line] = []
    after_blank = True
    for row in rows:
        if row.strip():
            lines.append(_line(len(lines), row, after_blank, language, counts[same_text(row)]))
        after_blank = not row.strip()
    return Page(tuple(lines), language)


def normalised(text: str) -> str:
    """NFC, ``\\n`` line ends, plain spaces, and no invisible or control characters but the tab."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    text = re.sub("[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return _INVISIBLE.sub("", re.sub("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " ", text))


def same_text(text: str) -> str:
    """What is left of a text when case, marks and spacing do not matter."""
    return " ".join(_WORD.findall(text.casefold()))


def ends_sentence(text: str) -> bool:
    """Whether the text closes its last sentence; an ellipsis does not."""
    stripped = text.rstrip()
    return bool(_ENDING.search(stripped)) and not _ELLIPSIS.search(stripped) and not _FRAGMENT_END.search(stripped)


def without_link_words(text: str) -> str:
    """The text without a "Read more" glued to its end."""
    return _LINK_WORDS.sub("", text)


def is_truncated(text: str) -> bool:
    """Whether the text breaks off: an ellipsis at its end, or a "Read more" after no full stop."""
    shown = without_link_words(text)
    return bool(_ELLIPSIS.search(shown.rstrip())) or (shown != text and not ends_sentence(shown))


def word_count(text: str) -> int:
    """Words of a text; characters of scripts without spaces count for a part of a word."""
    wide = len(_WIDE.findall(text)) + len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", _WIDE.sub(" ", text)))) + round(wide / _WIDE_PER_WORD)


def content_terms(text: str, language: str | None) -> tuple[str, ...]:
    """What a text is about: its words of four letters and more, cut to a crude stem, no function words.

    Chinese and Japanese give pairs of neighbouring characters.
    """
    common = function_words(language)
    words = [word for word in _WORD.findall(_WIDE.sub(" ", text).casefold()) if len(word) > 3 and word not in common]
    runs = re.findall(r"[\u30a0-\u30ff\u3400-\u9fff]{2,}", text)
    return (*(word[:6] for word in words), *(run[i : i + 2] for run in runs for i in range(len(run) - 1)))


def _line(number: int, row: str, after_blank: bool, language: str | None, repeats: int) -> Line:
    marker = _BULLET.match(row)
    cells = len(re.split(r"\t+| \| ", row.strip()))
    text = re.sub(r"\s+", " ", row[marker.end() if marker else 0 :]).strip()
    return Line(
        number=number,
        text=text,
        bullet=marker is not None and bool(text),
        after_blank=after_blank,
        words=word_count(text),
        function_share=function_word_share(text, language),
        ends_sentence=ends_sentence(without_link_words(text)),
        truncated=is_truncated(text),
        glued=len(_GLUED.findall(text)) > 1,
        headline_case=_is_headline_case(text),
        cells=cells,
        repeats=repeats,
    )


def _is_headline_case(text: str) -> bool:
    """Whether nearly every longer word starts with a capital letter, as in headlines and menus."""
    words = [word for word in _WORD.findall(text) if len(word) > 3 and _CASED.match(word)]
    return len(words) > 2 and sum(word[0].isupper() for word in words) / len(words) >= 0.8


def _columns(row: str) -> list[str]:
    """A row cut where a wide gap sets its right part apart, as in the running heads of a printed page."""
    indent = row[: len(row) - len(row.lstrip())]
    return [indent + part for part in _WIDE_GAP.split(row.lstrip())]


def _unwrapped(rows: list[str]) -> list[str]:
    """Rows joined to paragraphs where the page was broken at a fixed width (mail, PDF), else as they are."""
    width = max((len(row) for row in rows), default=0)
    if not _is_wrapped(rows, width):
        return rows
    joined: list[str] = []
    open_row = False
    for row in rows:
        if open_row and row.strip() and not _BULLET.match(row) and _would_not_fit(joined[-1], row, width):
            joined[-1] = f"{joined[-1]} {row.strip()}"
        else:
            joined.append(row)
        open_row = bool(row.strip())
    return joined


def _is_wrapped(rows: list[str], width: int) -> bool:
    if width not in _WRAP_WIDTH:
        return False
    pairs = [(row, after) for row, after in pairwise(rows) if row.strip() and after.strip()]
    full = sum(_would_not_fit(row, after, width) for row, after in pairs)
    return len(pairs) > 3 and full / len(pairs) >= _WRAP_SHARE


def _would_not_fit(row: str, after: str, width: int) -> bool:
    last = row.rsplit("\n", 1)[-1]
    return len(last) % 100_000 + 1 + len(_first(after.split())) > width


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
