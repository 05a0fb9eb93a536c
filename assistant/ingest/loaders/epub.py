"""E-books (EPUB 3.3, W3C Recommendation 2023): the documents of the spine in order, and the package's metadata."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from assistant.dates import first_day
from assistant.errors import SourceError
from assistant.ingest.languages import language_of
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.archive import open_archive, read_member
from assistant.ingest.loaders.base import RawArticle, RawSource, counted
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.front_matter import is_sane_date
from assistant.ingest.loaders.naming import stated_name, stated_title, stem_of
from assistant.ingest.loaders.rows import paragraphs_of, table_text

_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd blockquote pre figcaption div section article body".split())
_SKIPPED = frozenset("script style head nav template svg math".split())
_MOST_CHAPTERS = 2_000


@dataclass(frozen=True, slots=True)
class _Package:
    """What the package document says: its metadata by Dublin Core name, and the spine's paths in the archive."""

    facts: dict[str, list[str]]
    spine: tuple[str, ...]
    left_out: tuple[str, ...]

    def first(self, name: str) -> str | None:
        return next(iter(self.facts.get(name, ())), None)


class EpubLoader:
    """Reads ``.epub``."""

    suffixes = frozenset({".epub"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The book's text. Raises SourceError when it is locked, broken, or has no text."""
        with open_archive(source.name, source.content) as archive:
            package = _package(source.name, archive)
            _refuse_locked(source.name, archive, package)
            paragraphs = [text for path in package.spine for text in _chapter(source.name, archive, path)]
        if not paragraphs:
            raise SourceError(f"no text found in {source.name!r}; check that it holds more than pictures")
        text = "\n\n".join(paragraphs)
        return RawArticle(
            text=text,
            title=stated_title(package.first("title")) or stem_of(source.name),
            author=stated_name(", ".join(package.facts.get("creator", ()))),
            publisher=stated_name(package.first("publisher")),
            published_on=_published(package.facts.get("date", []), today),
            language=_language(package.first("language")) or language_of(text),
            left_out=package.left_out,
        )


def _package(name: str, archive: zipfile.ZipFile) -> _Package:
    container = _xml(name, read_member(name, archive, "META-INF/container.xml"))
    path = next((node.get("full-path") for node in container.iter("{*}rootfile") if node.get("full-path")), None)
    if path is None:
        raise SourceError(f"{name!r} names no package document in its container; save it anew")
    tree = _xml(name, read_member(name, archive, path))
    items = {node.get("id"): node for node in tree.iter("{*}item")}
    chosen = [
        items[node.get("idref")]
        for node in tree.iter("{*}itemref")
        if node.get("idref") in items and node.get("linear") != "no"
    ]
    folder = posixpath.dirname(path)
    hrefs = [
        posixpath.normpath(posixpath.join(folder, unquote(urlsplit(item.get("href") or "").path)))
        for item in chosen
        if "html" in (item.get("media-type") or "html") and "nav" not in (item.get("properties") or "").split()
    ]
    spine = tuple(dict.fromkeys(hrefs))
    beyond = len(spine) - _MOST_CHAPTERS
    left_out = (f"{counted(beyond, 'chapter')} beyond the first {_MOST_CHAPTERS}",) if beyond > 0 else ()
    return _Package(_facts(tree), spine[:_MOST_CHAPTERS], left_out)


def _facts(tree: Any) -> dict[str, list[str]]:
    """Dublin Core elements by name; a date that is of a change or of the file's making is left out."""
    facts: dict[str, list[str]] = {}
    for node in tree.iter("{http://purl.org/dc/elements/1.1/}*"):
        event = next((value for key, value in node.attrib.items() if key.endswith("event")), "publication")
        text = " ".join("".join(node.itertext()).split())
        if text and event in ("publication", "original-publication"):
            facts.setdefault(etree.QName(node).localname, []).append(text)
    return facts


def _xml(name: str, content: bytes) -> Any:
    """An XML part, without entities, external documents or network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name!r} is a broken e-book ({type(error).__name__}); save it anew") from error


def _refuse_locked(name: str, archive: zipfile.ZipFile, package: _Package) -> None:
    """Fonts may be obscured in any book; a locked chapter means that the text cannot be read."""
    if "META-INF/encryption.xml" not in archive.namelist():
        return
    locked = _xml(name, read_member(name, archive, "META-INF/encryption.xml"))
    paths = {unquote(node.get("URI") or "") for node in locked.iter("{*}CipherReference")}
    if paths & set(package.spine):
        raise SourceError(f"{name!r} is locked (DRM); add a copy that is not")


def _chapter(name: str, archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    markup = decode(f"{name}: {path}", read_member(name, archive, path))
    try:
        # As bytes: lxml refuses text that declares an encoding of its own.
        tree = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return  # an empty document, as cover pages are
    for paragraph in _paragraphs(tree):
        if text := " ".join(normalised(paragraph).split()):
            yield text


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text between the borders of blocks; a table's rows become sentences."""
    parts: list[str] = []
    for event, node in _walk(tree):
        if node.tag == "table" and event == "start":
            yield "".join(parts)
            yield from paragraphs_of(table_text(_rows(node)))
            parts = []
        elif node.tag in _BLOCKS:
            yield "".join(parts)
            parts = []
        elif node.tag == "br":
            parts.append(" ")
        text = node.tail if event == "end" else node.text if _is_open(node) else None
        parts.append(text or "")
    yield "".join(parts)


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Start and end of every element, tables and skipped elements as one piece, without recursion."""
    stack = [("end", tree), ("start", tree)]
    while stack:
        event, node = stack.pop()
        yield event, node
        if event == "start" and _is_open(node):
            for child in reversed(node):
                stack += [("end", child), ("start", child)]


def _is_open(node: Any) -> bool:
    """Whether an element's inside is walked; comments and instructions have no name."""
    return isinstance(node.tag, str) and node.tag != "table" and node.tag not in _SKIPPED


def _rows(table: Any) -> Iterator[list[str]]:
    for row in table.iter("tr"):
        yield ["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")]


def _published(dates: list[str], today: date) -> str | None:
    """The first date of publication in the precision given; a time of day is cut off."""
    for told in dates:
        day = told.partition("T")[0]
        if is_sane_date(day) and first_day(day) <= today:
            return day
    return None


def _language(code: str | None) -> str | None:
    short = (code or "").partition("-")[0].lower()
    return short if short.isascii() and short.isalpha() and len(short) in (2, 3) else None
