"""How much of a page's story came through, and how much else: precision and recall of sentences and characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.ingest.sentences import split_sentences

LEAST_FRAGMENT = 20


@dataclass(frozen=True, slots=True)
class Story:
    """What a person expects of a page.

    Attributes:
        kept: the whole story, paragraph by paragraph.
        rows: the cells of each table row with their headers, in order; one line of the text must hold them all.
        either: lines that may stay or go; they count for nothing.
        dropped: phrases that must not come through.
        language: ISO 639 code, for the bounds of sentences.
    """

    kept: Sequence[str]
    rows: Sequence[Sequence[str]]
    either: Sequence[str]
    dropped: Sequence[str]
    language: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """Shares from 0 to 1; precision is None where nothing came out. ``lost`` and ``extra`` name what went wrong."""

    sentence_precision: float | None
    sentence_recall: float
    character_precision: float | None
    character_recall: float
    phrases_dropped: float
    lost: tuple[str, ...]
    extra: tuple[str, ...]


def score_kept(text: str, story: Story) -> KeptText:
    """The scores of a cleaned ``text``. A sentence of it is right when at least half of it is story."""
    lines = [folded(line) for line in text.split("\n") if line.strip()]
    whole = " ".join(lines)
    expected = _sentences(story.kept, story.language)
    found = [sentence for sentence in expected if sentence in whole]
    rows = [" ".join(folded(cell) for cell in row) for row in story.rows]
    found_rows = [
        row for row, cells in zip(rows, story.rows, strict=True) if any(_holds(line, cells) for line in lines)
    ]
    wanted, got = [*expected, *rows], [*found, *found_rows]
    pieces = [(piece, right) for piece, right in _judged(lines, story, expected)]
    right_sentences = [piece for piece, right in pieces if right * 2 >= len(piece)]
    leaked = [phrase for phrase in story.dropped if folded(phrase) in whole]
    return KeptText(
        sentence_precision=_share(len(right_sentences), len(pieces)),
        sentence_recall=_share(len(got), len(wanted)) or 0.0,
        character_precision=_share(sum(right for _, right in pieces), sum(len(piece) for piece, _ in pieces)),
        character_recall=_share(_length(got), _length(wanted)) or 0.0,
        phrases_dropped=1 - (_share(len(leaked), len(story.dropped)) or 0.0),
        lost=tuple(sentence for sentence in wanted if sentence not in got),
        extra=tuple(piece for piece, right in pieces if right * 2 < len(piece)),
    )


def folded(text: str) -> str:
    """NFC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _judged(lines: Iterable[str], story: Story, expected: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Each sentence of the cleaned text that counts, and how many of its characters are story."""
    neutral = {folded(line) for line in story.either}
    neutral |= set(_sentences(story.either, story.language))
    for line in lines:
        if line in neutral:
            continue
        if any(_holds(line, row) for row in story.rows):
            yield line, len(line)
            continue
        for piece in _sentences([line], story.language):
            if piece not in neutral:
                yield piece, _right_characters(piece, expected)


def _right_characters(piece: str, expected: Sequence[str]) -> int:
    if piece in expected or (len(piece) >= LEAST_FRAGMENT and any(piece in sentence for sentence in expected)):
        return len(piece)
    return min(sum(len(sentence) for sentence in expected if sentence in piece), len(piece))


def _sentences(paragraphs: Iterable[str], language: str) -> list[str]:
    return [folded(span.of(text)) for text in paragraphs for span in split_sentences(text, language)]


def _holds(line: str, cells: Iterable[str]) -> bool:
    """Whether a line holds all the cells, one after the other."""
    at = 0
    for cell in cells:
        at = line.find(folded(cell), at)
        if at < 0:
            return False
        at += len(folded(cell))
    return True


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
