"""Word documents, opened by python-docx; text of tracked insertions, links and content controls included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from assistant.errors import SourceError
from assistant.ingest.languages import language_of
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.archive import open_archive
from assistant.ingest.loaders.base import RawArticle, RawSource, counted
from assistant.ingest.loaders.created import inferred_day
from assistant.ingest.loaders.naming import stated_name, stated_title
from assistant.ingest.loaders.rows import paragraphs_of, table_text

if TYPE_CHECKING:
    from docx.document import Document

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {"/word/footnotes.xml": "footnote", "/word/endnotes.xml": "endnote", "/word/comments.xml": "comment"}
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": " ", f"{_WORD}cr": " ", f"{_WORD}noBreakHyphen": "-"}


class DocxLoader:
    """Reads ``.docx``."""

    suffixes = frozenset({".docx"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """Paragraphs and tables in order. Raises SourceError when there is no text or the file is broken."""
        open_archive(source.name, source.content).close()
        document = _open(source)
        paragraphs = [text for block in _blocks(document.element.body) if (text := normalised(block).strip())]
        if not paragraphs:
            raise SourceError(f"no text found in {source.name!r}; check that it holds more than pictures")
        properties = document.core_properties
        author = stated_name(properties.author)
        # python-docx gives every document it makes the day its own template was made.
        created = None if properties.author == "python-docx" else properties.created
        published = inferred_day(created, today)
        text = "\n\n".join(paragraphs)
        return RawArticle(
            text=text,
            title=stated_title(properties.title) or paragraphs[0][:120],
            author=author,
            published_on=published,
            published_inferred=published is not None,
            language=language_of(text),
            left_out=tuple(_left_out(document)),
        )


def _open(source: RawSource) -> Document:
    from docx import Document as open_document

    try:
        document = open_document(BytesIO(source.content))
        _ = (list(document.element.body), document.core_properties.created, document.core_properties.title)
    except MemoryError:
        raise
    except Exception as error:
        # Broken parts surface as KeyError, ValueError, XMLSyntaxError and more, of three libraries.
        raise SourceError(f"{source.name!r} is a broken Word file ({type(error).__name__}); save it anew") from error
    if document.element.getroottree().docinfo.doctype:
        # ECMA-376 part 2 forbids them; their entities would leave gaps in the text.
        raise SourceError(f"{source.name!r} declares entities, as no Word file does; save it anew")
    return document


def _left_out(document: Document) -> Iterator[str]:
    """Notes and comments stand in parts of their own, without a place in the running text."""
    for part in document.part.package.iter_parts():
        if noun := _NOTES.get(str(part.partname)):
            number = _notes(part.blob)
            if number != 0:
                yield f"{noun}s" if number is None else counted(number, noun)


def _notes(content: bytes) -> int | None:
    """How many notes a part holds, without the separator lines, which have a type; None when it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return sum(f"{_WORD}type" not in note.attrib for note in etree.fromstring(content, parser))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _blocks(parent: Any) -> Iterator[str]:
    """The text of paragraphs and rows below an element, in the order of the document."""
    for child in parent:
        if child.tag == f"{_WORD}p":
            yield " ".join(_text(child).split())
        elif child.tag == f"{_WORD}tbl":
            yield from paragraphs_of(table_text(_rows(child)))
        elif child.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml"):
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[list[str]]:
    for row in table.iter(f"{_WORD}tr"):
        yield [" ".join(_text(cell).split()) for cell in row if cell.tag == f"{_WORD}tc"]


def _text(element: Any) -> str:
    """All text below an element but what was deleted and what only stands in for newer markup."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag == f"{_WORD}t":
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[node.tag])
        elif node.tag != _FALLBACK:
            stack.extend(reversed(node))
            if node.tag == f"{_WORD}p" and node is not element:
                parts.append(" ")
    return "".join(parts)
