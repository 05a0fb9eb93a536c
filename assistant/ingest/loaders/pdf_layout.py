"""From the lines of a PDF's pages to paragraphs: running heads out, hyphens closed, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.ingest.lines import ends_sentence

_HYPHEN = "\x02"  # how pdfium marks a hyphen at the end of a line that goes on in the next
_MARGIN = 0.08
_LEAST_REPEATS = 3
_WIDER_GAP = 1.35
_OTHER_SIZE = 0.12
_SHORT_LINE = 0.88
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von|de)\s*\d{1,4}|页)?\W*", re.I
)
_BULLET = re.compile(r"\s*(?:[•●○▪■◦‣∙–—*-]\s|\(?[a-z\d]{1,3}[.)]\s)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Only from a word's beginning: in a run of letters without end every start would be tried.
_BROKEN = re.compile(rf"(?<![^\W_])([^\W_]+){_HYPHEN}([^\W_]*)")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line on a page: its edges and type size in points, ``height`` as a share of the page from its foot."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    height: float


def without_running_heads(pages: Sequence[tuple[PageLine, ...]]) -> tuple[list[tuple[PageLine, ...]], int]:
    """The pages without what repeats in their margins and without page numbers; and how many lines that were."""
    margins = Counter(key for page in pages for key in {_key(line) for line in page if _in_margin(line)})
    needed = min(_LEAST_REPEATS, max(2, len(pages)))
    running = {key for key, count in margins.items() if count >= needed}
    kept = [tuple(line for line in page if not _is_running(line, running)) for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def paragraphs(pages: Sequence[tuple[PageLine, ...]]) -> Iterator[str]:
    """The text in paragraphs; one that a column or page breaks goes on in the next."""
    whole = (_BROKEN.sub(" ", line.text) for page in pages for line in page)
    words = Counter(word.lower() for text in whole for word in _WORD.findall(text))
    open_paragraph = ""
    for group in (group for page in pages for group in _groups(page)):
        told = ""
        for line in group:
            told = _joined(told, line.text)
        if open_paragraph and _goes_on(open_paragraph, told):
            open_paragraph = _joined(open_paragraph, told)
            continue
        if open_paragraph:
            yield _closed(open_paragraph, words)
        open_paragraph = told
    if open_paragraph:
        yield _closed(open_paragraph, words)


def _groups(page: tuple[PageLine, ...]) -> Iterator[list[PageLine]]:
    """Lines of a page that stand together."""
    gaps = [above.bottom - line.bottom for above, line in pairwise(page) if 0 < above.bottom - line.bottom < 60]
    usual = median(gaps) if gaps else 0.0
    # Headings stand wider apart; the gap between lines of one paragraph is among the narrower ones.
    usual = min(usual, median([gap for gap in gaps if gap <= usual])) if gaps else usual
    edge = max((line.right for line in page), default=0.0)
    group: list[PageLine] = []
    for line in page:
        if group and _begins(group[-1], line, usual, edge):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(above: PageLine, line: PageLine, usual: float, edge: float) -> bool:
    """Whether a line begins a paragraph: further down than usual, in other type, a point of a list, or after an end."""
    gap = above.bottom - line.bottom
    if gap < 0 or gap > max(_WIDER_GAP * usual, usual + 2):
        return True
    if abs(above.size - line.size) > _OTHER_SIZE * max(above.size, line.size, 0.1):
        return True
    ended = ends_sentence(above.text) or above.text.rstrip().endswith(":")
    indented = line.left > above.left + 8 and ended
    return bool(_BULLET.match(line.text)) or indented or (ended and above.right < _SHORT_LINE * edge)


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph only broke off: in a word, or before a small letter without having ended."""
    if before.endswith(_HYPHEN):
        return True
    return not ends_sentence(before) and len(before) > 40 and after[:1].islower() and not _BULLET.match(after)


def _joined(before: str, after: str) -> str:
    before, after = before.rstrip(" \t"), after.strip(" \t")
    if not before or before.endswith(_HYPHEN):
        return before + after
    wide = _WIDE.match(before[-1]) and _WIDE.match(after[:1])
    return f"{before}{after}" if wide else f"{before} {after}"


def _closed(paragraph: str, words: Counter[str]) -> str:
    """The paragraph with its line-end hyphens taken out or kept."""
    text = _BROKEN.sub(lambda match: _word(match[1], match[2], words), paragraph)
    return " ".join(text.replace(_HYPHEN, "-").split())


def _word(left: str, right: str, words: Counter[str]) -> str:
    """A word that was broken: as the document writes it elsewhere, else a compound when both halves are words of it."""
    plain, compound = f"{left}{right}", f"{left}-{right}"
    if words[plain.lower()]:
        return plain
    elsewhere = words[compound.lower()] or (words[left.lower()] and words[right.lower()])
    return compound if elsewhere or not right[:1].islower() or left.isupper() else plain


def _in_margin(line: PageLine) -> bool:
    return not _MARGIN < line.height < 1 - _MARGIN


def _key(line: PageLine) -> str:
    return re.sub(r"\d+", "0", " ".join(line.text.split()).casefold())


def _is_running(line: PageLine, running: Collection[str]) -> bool:
    return _in_margin(line) and (_key(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text)))
