"""Three ways from a page to its text: the product's, plain trafilatura, and all the text there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from assistant.errors import SourceError
from assistant.ingest.article import UNKNOWN_PUBLISHER, to_article
from assistant.ingest.loaders import loader_for
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.sources import Given, SourceFile


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """What a way made of a page; None is unknown, and everything is empty where it refused the page."""

    text: str = ""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: str | None = None
    published_from: str | None = None
    origin: str | None = None
    language: str | None = None


Cleaner = Callable[[str, bytes, date], CleanedPage]


def product(name: str, content: bytes, today: date) -> CleanedPage:
    """The article that the product makes of a page."""
    try:
        raw = loader_for(name).load(RawSource(name, content), today)
    except SourceError:
        return CleanedPage()
    article = to_article(raw, SourceFile(name, name, name, lambda: content, Given()), today.isoformat())
    return CleanedPage(
        article.text,
        article.title,
        article.publisher,
        article.author,
        article.published_on,
        raw.published_from,
        article.origin,
        article.language,
    )


def plain_trafilatura(name: str, content: bytes, today: date) -> CleanedPage:
    """trafilatura with its defaults; each line of copied text is given to it as a paragraph."""
    text = decode(name, content)
    markup = text if name.endswith(".html") else _as_markup(text)
    page = bare_extraction(markup, with_metadata=True)
    if not isinstance(page, Document):
        return CleanedPage()
    publisher = page.sitename or page.hostname or UNKNOWN_PUBLISHER
    return CleanedPage(page.text or "", page.title, publisher, page.author, page.date, None, publisher, page.language)


def all_text(name: str, content: bytes, today: date) -> CleanedPage:
    """Every text of the page but scripts and styles, a line for each element; the title is the browser's."""
    text = decode(name, content)
    if not name.endswith(".html"):
        return CleanedPage(text, next((line for line in text.split("\n") if line.strip()), None), UNKNOWN_PUBLISHER)
    tree = html.fromstring(text)
    title = tree.findtext(".//title")
    parts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
    lines = [" ".join(str(part).split()) for part in parts]
    return CleanedPage("\n".join(filter(None, lines)), title, UNKNOWN_PUBLISHER, origin=UNKNOWN_PUBLISHER)


def _as_markup(text: str) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f"<html><body>{lines}</body></html>"


CLEANERS: dict[str, Cleaner] = {"product": product, "trafilatura": plain_trafilatura, "all text": all_text}
