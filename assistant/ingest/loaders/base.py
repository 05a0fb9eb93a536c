"""What every loader takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RawSource:
    """A file to read; ``name`` is shown to people and never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a loader found in a file: its story, and what the file states of it; None is unknown.

    ``text`` is NFC with ``\\n`` line ends, paragraphs apart by a blank line. ``dropped_lines`` counts
    lines left out as navigation; ``left_out`` tells in words what else of the file was not read, such as "2 hidden
    sheets". ``published_from`` names what stated the date ("json-ld", "meta", "time",
    "byline", "url", "story"); None when there is none, or the file itself states it.
    """

    text: str
    title: str
    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: str | None = None
    published_inferred: bool = False
    retrieved_on: str | None = None
    language: str | None = None
    kind: str | None = None
    source_kind: str | None = None
    origin: str | None = None
    reliability: str | None = None
    topics: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    dropped_lines: int = 0
    left_out: tuple[str, ...] = ()
    published_from: str | None = None


def counted(number: int, noun: str) -> str:
    """Such as "1 footnote", "2 footnotes"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


class Loader(Protocol):
    """Reads one format."""

    suffixes: frozenset[str]

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The article in a file; nothing appeared after ``today``. Raises SourceError: what, value, next step."""
        ...
