"""Excel workbooks, by openpyxl: every row becomes a sentence, numbers and dates as the sheet shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

from assistant.errors import SourceError
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.archive import open_archive
from assistant.ingest.loaders.base import RawArticle, RawSource, counted
from assistant.ingest.loaders.created import inferred_day
from assistant.ingest.loaders.naming import stated_name, stated_title, stem_of
from assistant.ingest.loaders.rows import MOST_COLUMNS, MOST_ROWS, TableText, paragraphs_of, table_text

MOST_SHEETS = 200
_EMPTY_ROWS_LOOKED_AT = 4 * MOST_ROWS  # A sheet may claim a last row far below its cells.
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DECIMALS = re.compile(r"0\.(0+)")


class XlsxLoader:
    """Reads ``.xlsx``; hidden sheets are left out, formulas count by the value saved with them."""

    suffixes = frozenset({".xlsx"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The rows of every sheet in words. Raises SourceError when there are none or the file is broken."""
        open_archive(source.name, source.content).close()
        try:
            sheets, sheets_left_out, properties = _read(source.content)
        except MemoryError:
            raise
        except Exception as error:
            # Broken parts surface as KeyError, ValueError, ParseError, BadZipFile and more, of three libraries.
            reason = type(error).__name__
            raise SourceError(f"{source.name!r} is a broken Excel file ({reason}); save it anew") from error
        told = [(title, table) for title, table in sheets if table.rows]
        if not told:
            raise SourceError(f"no rows found in {source.name!r}; a sheet needs a line of headers and rows below it")
        published = inferred_day(_created(properties), today)
        return RawArticle(
            text=normalised("\n\n".join(_paragraphs(told))),
            title=stated_title(properties.title) or stem_of(source.name),
            author=stated_name(properties.creator),
            published_on=published,
            published_inferred=published is not None,
            left_out=(
                *sheets_left_out,
                *(f"sheet {title}: {what}" for title, table in sheets for what in table.left_out()),
            ),
        )


def _read(content: bytes) -> tuple[list[tuple[str, TableText]], list[str], Any]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = len(book.worksheets) - len(shown)
        left_out = [counted(hidden, "hidden sheet")] if hidden else []
        if len(shown) > MOST_SHEETS:
            left_out.append(f"{len(shown) - MOST_SHEETS} sheets beyond the first {MOST_SHEETS}")
        return [(sheet.title, table_text(_rows(sheet))) for sheet in shown[:MOST_SHEETS]], left_out, book.properties
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the sheet claims of its size may be wrong
    for row in islice(sheet.iter_rows(max_col=MOST_COLUMNS + 1), _EMPTY_ROWS_LOOKED_AT):
        yield [shown_value(cell.value, getattr(cell, "number_format", "")) for cell in row]


def _paragraphs(sheets: list[tuple[str, TableText]]) -> Iterator[str]:
    for title, table in sheets:
        if len(sheets) > 1:
            yield " ".join(title.split())
        yield from paragraphs_of(table)


def _created(properties: Any) -> datetime | None:
    return None if properties.creator == "openpyxl" else properties.created


def shown_value(value: object, number_format: str) -> str:
    """A cell as the sheet shows it: thousands, percent, decimals, and dates no more precise than their format."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    form = _IN_QUOTES.sub("", number_format or "").split(";")[0].lower()
    if isinstance(value, datetime | date):
        return _shown_date(value, form)
    if isinstance(value, int | float):
        return _shown_number(value, form)
    return value.isoformat() if isinstance(value, time) else str(value)


def _shown_date(value: date, form: str) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(sep=" ", timespec="minutes")
    if "d" in form or form in ("", "general"):
        return f"{value.day} {value:%B %Y}"
    return f"{value:%B %Y}" if "m" in form else f"{value:%Y}"


def _shown_number(value: float, form: str) -> str:
    percent = "%" in form
    number = value * 100 if percent else value
    comma = "," if "#,#" in form or "0,0" in form else ""
    if decimals := _DECIMALS.search(form):
        shown = f"{number:{comma}.{len(decimals[1])}f}"
    elif comma or percent or (form.strip() == "0"):
        shown = f"{number:{comma}.0f}"
    else:
        shown = str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else f"{number:.10g}"
    return f"{shown}%" if percent else shown
