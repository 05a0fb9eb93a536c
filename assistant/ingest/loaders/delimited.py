"""CSV and TSV: every row becomes a sentence with its headers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from assistant.errors import SourceError
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.naming import stem_of
from assistant.ingest.loaders.rows import paragraphs_of, table_text

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50


class DelimitedLoader:
    """Reads ``.csv`` and ``.tsv``, with commas, semicolons, tabs or bars between cells."""

    suffixes = frozenset({".csv", ".tsv"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The rows in words. Raises SourceError when there are none, or quotes are left open."""
        text = normalised(decode(source.name, source.content))
        table = table_text(_rows(source.name, text))
        if not table.rows:
            raise SourceError(f"no rows found in {source.name!r}; it needs a line of headers and rows below it")
        return RawArticle(
            text="\n\n".join(paragraphs_of(table)),
            title=table.notes[0][:120] if table.notes else stem_of(source.name),
            left_out=tuple(table.left_out()),
        )


def _rows(name: str, text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True)
    except csv.Error as error:
        raise SourceError(f"{name!r} is no table that can be read: {error}; save it anew as CSV") from error


def _delimiter(text: str) -> str:
    """The mark that cuts most lines into the same number of cells; ``csv.Sniffer`` takes letters for one."""
    lines = [line[:2000] for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE_LINES]

    def fit(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        commonest = max(counts, key=counts.count, default=0)
        return counts.count(commonest), commonest

    return max(_DELIMITERS, key=fit)
