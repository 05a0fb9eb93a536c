"""Tables of data as sentences: each row with its headers, led by the caption. Tables for layout are left alone."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement
from lxml.html.builder import P

MOST_CELLS = 20_000
MOST_SPAN = 100
MOST_CELL_CHARACTERS = 200
MOST_CAPTION_CHARACTERS = 120
_NUMBER_MARKS = "0123456789.,%+-−–$€£¥ "


def tables_to_sentences(tree: HtmlElement) -> None:
    """Puts paragraphs in the place of every table of data, in the tree itself."""
    for table in list(tree.iter("table")):
        if table.getparent() is None or table.find(".//table") is not None:
            continue
        if sentences := table_sentences(table):
            for sentence in sentences:
                table.addprevious(P(sentence))
            table.drop_tree()


def table_sentences(table: HtmlElement) -> list[str]:
    """The rows of a table of data, each "Caption – Header: cell; Header: cell."; empty for a table for layout."""
    rows = [row for row in table.iter("tr") if row.xpath("./td|./th")]
    grid = _grid(rows)
    if not _is_data(grid):
        return []
    headers = _header_rows(rows, grid)
    names = [_joined(column) for column in zip(*grid[:headers], strict=True)] if headers else [""] * len(grid[0])
    caption = _text(table.find("caption")) if table.find("caption") is not None else ""
    lead = f"{caption} – " if 0 < len(caption) <= MOST_CAPTION_CHARACTERS else ""
    sentences = [caption] if caption and not lead else []
    return sentences + [f"{lead}{told}" for row in grid[headers:] if (told := _row_sentence(names, row))]


def _grid(rows: Sequence[HtmlElement]) -> list[list[str]]:
    """The cells' texts with every span filled in, all rows equally long."""
    cells: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.xpath("./td|./th"):
            while (y, x) in cells:
                x += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if len(cells) + wide * high > MOST_CELLS:
                return []
            cells |= {(y + down, x + right): _text(cell) for down in range(high) for right in range(wide)}
            x += wide
    width = max((x for _, x in cells), default=-1) + 1
    return [[cells.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def _is_data(grid: Sequence[Sequence[str]]) -> bool:
    texts = [cell for row in grid for cell in row if cell]
    if len(grid) < 2 or len(grid[0]) < 2 or not texts:
        return False
    return max(map(len, texts)) <= MOST_CELL_CHARACTERS and len(texts) * 2 >= len(grid) * len(grid[0])


def _header_rows(rows: Sequence[HtmlElement], grid: Sequence[Sequence[str]]) -> int:
    """How many rows at the top name the columns."""
    count = 0
    for row in rows[:-1]:
        parent = row.getparent()
        if (parent is not None and parent.tag == "thead") or not row.xpath("./td"):
            count += 1
        else:
            break
    if count == 0 and not any(_is_number(cell) for cell in grid[0]) and any(map(_is_number, grid[1][1:])):
        return 1
    return count


def _row_sentence(names: Sequence[str], row: Sequence[str]) -> str:
    told = [text for text in row if text]
    if len(set(told)) < 2:
        return told[0] if told else ""
    if not any(names):
        return f"{told[0]}: {'; '.join(told[1:])}."
    cells = [f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell]
    return "; ".join(cells).rstrip(".") + "."


def _joined(column: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, column)))


def _is_number(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and all(mark in _NUMBER_MARKS for mark in cell)


def _span(cell: HtmlElement, name: str) -> int:
    given = cell.get(name) or ""
    return min(max(int(given), 1), MOST_SPAN) if given.isascii() and given.isdigit() else 1


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
