"""PDF files with a text layer, by pdfium (pypdfium2), the library that Chrome reads them with.

Tried beside pypdf and pdfminer.six: pdfium alone tells a hyphen at a line's end from one in a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from assistant.errors import SourceError
from assistant.ingest.languages import language_of
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.base import RawArticle, RawSource, counted
from assistant.ingest.loaders.created import inferred_from_pdf
from assistant.ingest.loaders.naming import stated_name, stated_title
from assistant.ingest.loaders.pdf_layout import PageLine, paragraphs, without_running_heads
from assistant.ingest.origin import origin_of
from assistant.ingest.page_facts import PageFacts, read_page_facts

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 3_000
MOST_CHARACTERS = 5_000_000
_LEAST_LETTERS_A_PAGE = 10
_TITLE_TIMES_LARGER = 1.15
_LOCKED = 4  # FPDF_ERR_PASSWORD of pdfium's fpdfview.h


class PdfLoader:
    """Reads ``.pdf``."""

    suffixes = frozenset({".pdf"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The text in paragraphs, without running heads and page numbers.

        Raises:
            SourceError: locked, broken, scanned without a text layer, or longer than ``MOST_CHARACTERS``.
        """
        with closing(_open(source)) as document:
            pages = _pages(source.name, document)
            properties = document.get_metadata_dict()
        kept, dropped = without_running_heads(pages)
        text = normalised("\n\n".join(paragraphs(kept)))
        if sum(map(str.isalpha, text)) < min(_LEAST_LETTERS_A_PAGE * len(pages), 2_000):
            raise SourceError(
                f"{source.name!r} is a scan: {len(pages)} page(s) of pictures and no text to speak of; "
                "run text recognition over it (for instance ocrmypdf) and add the result"
            )
        empty = sum(not page for page in pages)
        heading = _largest(kept[0] if kept else ())
        facts = _first_page_facts(kept[0] if kept else (), text, today)
        created = inferred_from_pdf(properties.get("CreationDate", ""), today)
        stated, told = facts.stated, facts.modified or facts.told
        title = stated_title(properties.get("Title")) or heading or text.partition("\n")[0][:120]
        return RawArticle(
            text=text,
            title=title,
            author=stated_name(properties.get("Author")) or facts.author,
            publisher=facts.publisher,
            published_on=stated.on if stated else created or (told.on if told else None),
            published_inferred=stated is None and (created or told) is not None,
            published_from=stated.source if stated else told.source if told and not created else None,
            language=language_of(text),
            origin=origin_of(title, facts.author, text, ()),
            dropped_lines=dropped,
            left_out=(f"{counted(empty, 'page')} without text",) if empty else (),
        )


def _open(source: RawSource) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(source.content)
        count = len(document)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _LOCKED:
            raise SourceError(f"{source.name!r} is locked with a password; save a copy without one") from error
        raise SourceError(f"{source.name!r} is a broken PDF ({error}); save it anew") from error
    if not 0 < count <= MOST_PAGES:
        document.close()
        raise SourceError(f"{source.name!r} has {count} pages, 1 to {MOST_PAGES} are read; split it")
    return document


def _pages(name: str, document: PdfDocument) -> list[tuple[PageLine, ...]]:
    from pypdfium2 import PdfiumError

    pages: list[tuple[PageLine, ...]] = []
    characters = 0
    for number in range(len(document)):
        try:
            with closing(document[number]) as page:
                pages.append(tuple(_lines(page)))
        except PdfiumError as error:
            raise SourceError(f"{name!r} is a broken PDF: page {number + 1} cannot be read; save it anew") from error
        characters += sum(len(line.text) for line in pages[-1])
        if characters > MOST_CHARACTERS:
            raise SourceError(f"{name!r} holds more than {MOST_CHARACTERS} characters; split it")
    return pages


def _lines(page: PdfPage) -> Iterator[PageLine]:
    """The lines of a page in pdfium's reading order, with where they stand on it."""
    from pypdfium2 import raw

    height = page.get_height() or 1.0
    with closing(page.get_textpage()) as layer:
        count = layer.count_chars()
        codes = [raw.FPDFText_GetUnicode(layer.raw, index) for index in range(count)]
        start = 0
        for end in [index for index, code in enumerate(codes) if code in (10, 13)] + [count]:
            inked = [index for index in range(start, end) if codes[index] > 32]
            if inked:
                left, bottom, _, _ = layer.get_charbox(inked[0])
                _, _, right, _ = layer.get_charbox(inked[-1])
                size = raw.FPDFText_GetFontSize(layer.raw, inked[0]) * _scale(layer.raw, inked[0])
                yield PageLine(_text(codes[start:end]), left, right, bottom, size, bottom / height)
            start = end + 1


def _scale(layer: object, index: int) -> float:
    """How much the page enlarges a character: many programs set size 1 and scale it."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    return abs(float(matrix.d)) or 1.0 if raw.FPDFText_GetMatrix(layer, index, matrix) else 1.0


def _text(codes: list[int]) -> str:
    """Characters of a line; pdfium gives those beyond the basic plane as two UTF-16 halves."""
    text = "".join(chr(code) for code in codes if 0 < code < 0x110000)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _largest(lines: tuple[PageLine, ...]) -> str | None:
    """The heading of the first page: its first lines in a type clearly larger than most."""
    sizes = sorted(line.size for line in lines)
    if not sizes or sizes[-1] < _TITLE_TIMES_LARGER * sizes[len(sizes) // 2]:
        return None
    below = dropwhile(lambda line: line.size <= 0.95 * sizes[-1], lines)
    words = " ".join(line.text.strip() for line in takewhile(lambda line: line.size > 0.95 * sizes[-1], below))
    return stated_title(words) if 3 < len(words) <= 300 else None


def _first_page_facts(lines: tuple[PageLine, ...], text: str, today: date) -> PageFacts:
    """What the first page says of itself above its first paragraph, as a press release does."""
    page = "\n".join(line.text for line in lines)
    first = next((number for number, line in enumerate(lines) if len(line.text) > 60), None)
    return read_page_facts(page, text, first, today)
