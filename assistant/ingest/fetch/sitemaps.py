"""Sitemaps (sitemaps.org, protocol 0.9): plain or gzip, and indexes of them."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from assistant.errors import SourceError
from assistant.ingest.fetch.body import inflate
from assistant.ingest.fetch.listings import Entry, refuse_entities

GZIP_MAGIC = b"\x1f\x8b"


def unpacked(content: bytes, max_bytes: int) -> bytes:
    """The XML of a sitemap that may be a gzip file. Raises SourceError when it is damaged or too large."""
    return inflate([content], max_bytes) if content.startswith(GZIP_MAGIC) else content


def read_sitemap(content: bytes) -> tuple[Entry, ...]:
    """The pages, or the further sitemaps, that a sitemap lists.

    Raises:
        SourceError: it is no XML that can be read.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    refuse_entities(content)
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceError(f"it is no sitemap that can be read: {error}; check the address") from error
    is_index = root.tag.endswith("sitemapindex")
    entries = (_entry(element, is_index) for element in root)
    return tuple(entry for entry in entries if entry.url)


def _entry(element: Element, is_index: bool) -> Entry:
    told = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element}
    return Entry(url=told.get("loc", ""), lastmod=told.get("lastmod") or None, is_index=is_index)
