"""From what a loader read to an Article: identity, fallbacks, hashes."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle
from assistant.ingest.sources import SourceFile
from assistant.types import Article, ArticleKind, Reliability, SourceKind

UNKNOWN_PUBLISHER = "unknown publisher"
_SOURCE_KINDS = ("official", "news", "analysis")
MAX_TEXT_LENGTH = 5_000_000


def to_article(raw: RawArticle, file: SourceFile, today: str) -> Article:
    """The article that a file holds; nothing is invented: what is unknown stays None or says so.

    Raises:
        SourceError: there is no text, or more of it than an article can have.
    """
    text = unicodedata.normalize("NFC", raw.text).replace("\r\n", "\n").strip()
    if not text:
        raise SourceError(f"no article text found in {file.title!r}; check that the file holds more than navigation")
    if len(text) > MAX_TEXT_LENGTH:
        raise SourceError(f"{file.title!r} holds {len(text)} characters, at most {MAX_TEXT_LENGTH} are read; split it")
    kind = cast(ArticleKind, raw.kind or "news")
    given = file.given
    url = _url(raw.url, given.url)
    publisher = given.publisher or raw.publisher or _host(url) or UNKNOWN_PUBLISHER
    article = Article(
        id=raw.id or _short_hash(canonical_url(url) if url else file.name),
        uri=file.uri,
        url=url,
        title=" ".join((given.title or raw.title).split()) or file.title,
        publisher=publisher,
        author=given.author or raw.author,
        published_on=given.published_on or raw.published_on,
        published_inferred=raw.published_inferred and given.published_on is None,
        retrieved_on=raw.retrieved_on or today,
        language=given.language or raw.language or "en",
        kind=kind,
        source_kind=cast(SourceKind, raw.source_kind or (kind if kind in _SOURCE_KINDS else "news")),
        origin=raw.origin or publisher,
        reliability=cast(Reliability, given.reliability or raw.reliability or "C"),
        topics=raw.topics,
        elements=raw.elements,
        text=text,
        content_hash="",
    )
    return _with_hash(article, retrieved_on_stated=raw.retrieved_on is not None)


def canonical_url(url: str) -> str:
    """A URL without fragment, tracking parameters' noise or a trailing slash, host in lower case."""
    parts = urlsplit(url)
    query = "&".join(
        part for part in parts.query.split("&") if part and not part.lower().startswith(("utm_", "fbclid"))
    )
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/") or "/", query, ""))


def _url(stated: str | None, fetched: str | None) -> str | None:
    """The address an article is linked by: what a page calls its own, but only on the host it was read from."""
    return stated if fetched is None or _host(stated) == _host(fetched) else fetched


def _with_hash(article: Article, *, retrieved_on_stated: bool) -> Article:
    """The article with its hash over text and metadata.

    The day of retrieval counts where the file states it, not where it is only today's date.
    """
    values = asdict(article)
    left_out = {"content_hash", "uri", "copy_of"} | (set() if retrieved_on_stated else {"retrieved_on"})
    told = {name: value for name, value in values.items() if name not in left_out}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return Article(**(values | {"content_hash": digest}))


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
