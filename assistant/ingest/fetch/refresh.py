"""A page that sends its reader on by ``<meta http-equiv="refresh">``."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

MOST_SECONDS = 10
_HEAD_BYTES = 32 * 1024
_CONTENT = re.compile(r"\s*(\d{1,4})[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.refresh: str | None = None
        self._unscripted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unscripted = self._unscripted or tag == "noscript"
        told = dict(attrs)
        if tag == "meta" and not self._unscripted and (told.get("http-equiv") or "").lower() == "refresh":
            self.refresh = self.refresh or told.get("content")

    def handle_endtag(self, tag: str) -> None:
        if tag == "noscript":
            self._unscripted = False


def refresh_target(url: str, page: bytes) -> str | None:
    """Where a page sends its reader within seconds; None when it stays, or only loads itself anew."""
    head = _Head()
    head.feed(page[:_HEAD_BYTES].decode("latin-1"))
    match = _CONTENT.match(head.refresh or "")
    if not match or int(match[1]) > MOST_SECONDS or not match[2].strip():
        return None
    target = urljoin(url, match[2].strip())
    return None if target.partition("#")[0] == url.partition("#")[0] else target
