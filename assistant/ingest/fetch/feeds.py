"""RSS and Atom, by feedparser."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from assistant.errors import SourceError
from assistant.ingest.fetch.listings import Entry, refuse_entities

_MAX_NAME = 500


def read_feed(url: str, content: bytes, today: str) -> tuple[Entry, ...]:
    """The entries of a feed that link to a page, as it orders them; a date after ``today`` counts as not told.

    Raises:
        SourceError: it is no feed that can be read.
    """
    import feedparser

    refuse_entities(content)
    # A stream, because a string could be taken for a path or an address.
    feed = feedparser.parse(BytesIO(content), sanitize_html=True, resolve_relative_uris=True)
    if not feed.entries and not feed.version:
        raise SourceError(f"it is no RSS or Atom feed that can be read: {feed.get('bozo_exception', 'no entries')}")
    return tuple(_entry(url, entry, today) for entry in feed.entries if entry.get("link"))


def _entry(url: str, entry: Any, today: str) -> Entry:
    told = entry.get("content") or [{"value": entry.get("summary", "")}]
    longest = max((str(part.get("value", "")) for part in told), key=len)
    day = _day(entry)
    return Entry(
        url=urljoin(url, str(entry["link"]).strip()),
        title=_name(entry.get("title")),
        published_on=day if day and day <= today else None,
        author=_name(entry.get("author")),
        summary=_plain(longest),
    )


def _day(entry: Any) -> str | None:
    """Day of publication in UTC; ``updated`` tells of changes and is no date of publication."""
    told = entry.get("published_parsed")
    if told is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(told), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _name(text: Any) -> str | None:
    return _plain(str(text))[:_MAX_NAME] if text else None


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def _plain(markup: str) -> str:
    """The words of markup that feedparser has cleaned of scripts and styles."""
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return " ".join(parser.words)
