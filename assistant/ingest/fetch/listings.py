"""Feeds and sitemaps: lists of pages, told apart by their first element."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.errors import SourceError

ListingKind = Literal["feed", "sitemap"]

_HEAD_BYTES = 4096
_FIRST_ELEMENT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_BEFORE_IT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*>)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a feed or sitemap lists.

    Attributes:
        url: where it is.
        title, published_on, author: as the publisher states them in a feed; None is not told.
        summary: plain text of what the feed says of it, possibly all of it.
        lastmod: the sitemap's word on when it changed; no date of publication.
        is_index: whether it is a further sitemap.
    """

    url: str
    title: str | None = None
    published_on: str | None = None
    author: str | None = None
    summary: str = ""
    lastmod: str | None = None
    is_index: bool = False


def listing_kind(content: bytes) -> ListingKind | None:
    """Whether bytes are a feed or a sitemap, whatever the server calls them."""
    first = _first_element(content)
    if first is None:
        return None
    return "sitemap" if first in (b"urlset", b"sitemapindex") else "feed"


def is_sitemap_index(content: bytes) -> bool:
    """Whether a sitemap lists further sitemaps: itself unchanged, it says nothing of theirs."""
    return _first_element(content) == b"sitemapindex"


def _first_element(content: bytes) -> bytes | None:
    before = _BEFORE_IT.match(content[:_HEAD_BYTES])
    first = _FIRST_ELEMENT.match(content[: _HEAD_BYTES + 100], before.end() if before else 0)
    return first[1] if first else None


def refuse_entities(content: bytes) -> None:
    """Raise SourceError when XML declares entities: no feed needs them, attacks do."""
    if b"<!ENTITY" in content:
        raise SourceError("it declares XML entities, which are not read; ask its publisher for a plain one")
