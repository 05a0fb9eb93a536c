"""Rows of a table as sentences: each cell with its header, so that a row can be quoted alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

MOST_ROWS = 50_000
MOST_COLUMNS = 200
_HEAD_ROWS = 20
_UNIT = re.compile(r"(.*\S)\s*\(\s*([^\W\d_][^()\d]{0,11}?|%)\s*\)")
_NUMBER = re.compile(r"[-+−]?\d[\d,. ]*")


@dataclass(frozen=True, slots=True)
class TableText:
    """A table in words: ``notes`` are lone cells above its header, ``rows`` one sentence each.

    ``rows_left_out`` counts rows beyond ``MOST_ROWS``; ``too_wide``: a row went on beyond ``MOST_COLUMNS``.
    """

    notes: tuple[str, ...]
    rows: tuple[str, ...]
    rows_left_out: int
    too_wide: bool = False

    def left_out(self) -> Iterator[str]:
        """What of the table was not read, in words."""
        if self.rows_left_out:
            yield f"{self.rows_left_out} rows beyond the first {MOST_ROWS}"
        if self.too_wide:
            yield f"columns beyond the first {MOST_COLUMNS}"


def table_text(rows: Iterable[Sequence[str]]) -> TableText:
    """The sentences of a table: its header is the first row that fills two cells or more, below lone notes."""
    too_wide = False

    def measured() -> Iterator[Sequence[str]]:
        nonlocal too_wide
        for row in rows:
            too_wide = too_wide or any(cell.strip() for cell in row[MOST_COLUMNS:])
            yield row[:MOST_COLUMNS]

    filled = (cells for row in measured() if any(cells := [_one_line(cell) for cell in row]))
    notes: list[str] = []
    header: list[str] = []
    for row in filled:
        alone = [cell for cell in row if cell]
        if len(alone) > 1 or len(notes) == _HEAD_ROWS:
            header = row
            break
        notes += alone
    sentences: list[str] = []
    left_out = 0
    for row in filled:
        if len(sentences) < MOST_ROWS:
            sentences.append(row_sentence(header, row))
        else:
            left_out += 1
    if not sentences and len(header) > 1:
        notes.append(row_sentence((), header))
    return TableText(tuple(notes), tuple(sentences), left_out, too_wide)


def row_sentence(header: Sequence[str], row: Sequence[str]) -> str:
    """One row in words, such as "Month: May 2025; tonnes: 1,238; destination: India."; empty cells are left out.

    A unit that a header gives in brackets goes to the number it counts: "Exports: 1,238 t".
    """
    told = [
        _named(header[number], cell) if number < len(header) and header[number] else cell
        for number, cell in enumerate(row)
        if cell
    ]
    return f"{'; '.join(told).rstrip('.')}."


def _named(name: str, cell: str) -> str:
    unit = _UNIT.fullmatch(name)
    return f"{unit[1]}: {cell} {unit[2]}" if unit and _NUMBER.fullmatch(cell) else f"{name}: {cell}"


def paragraphs_of(table: TableText) -> Iterator[str]:
    """What a table says, notes first."""
    return chain(table.notes, table.rows)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
