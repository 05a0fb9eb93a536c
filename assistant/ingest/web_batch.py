"""Fetched pages on their way into the index: written some at a time, each named once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.ingest.article import canonical_url
from assistant.ingest.fetch.content_types import label_of, suffix_of, to_utf8
from assistant.ingest.fetch.fetcher import Page
from assistant.ingest.fetch.memory import FetchMemory, Visit
from assistant.ingest.reports import EMPTY, merged
from assistant.ingest.sources import WEB, Given, NamedSource, SourceFile
from assistant.types import Failure, IngestReport

# Every write builds the search indexes anew, so pages wait for company.
MOST_BYTES = 32 * 1024 * 1024
MOST_PAGES = 50

IngestFiles = Callable[[NamedSource], IngestReport]


class PageBatch:
    """Collects pages and ingests them; tells in ``report`` what came of all of it.

    Args:
        ingest: writes the files of a source.
        memory: told of each page that came in.
    """

    def __init__(self, ingest: IngestFiles, memory: FetchMemory) -> None:
        self._ingest = ingest
        self._memory = memory
        self._waiting: dict[str, tuple[SourceFile, Visit | None, str]] = {}
        self._bytes = 0
        self._names: set[str] = set()
        self._reports: list[IngestReport] = []

    def report(self) -> IngestReport:
        """What was done so far."""
        return merged(self._reports)

    def failed(self, source: str, reason: str) -> None:
        """Count an address that could not be read."""
        self._reports.append(replace(EMPTY, failed=(Failure(source, reason),)))

    def unchanged(self, count: int = 1, article_ids: tuple[str, ...] = ()) -> None:
        """Count pages that need no reading."""
        self._reports.append(replace(EMPTY, unchanged=count, article_ids=article_ids))

    def kept_out(self) -> None:
        """Count a page whose article a person has removed."""
        self._reports.append(replace(EMPTY, kept_out=1))

    def add(self, asked: str, page: Page, given: Given, read_as: str, lastmod: str | None) -> None:
        """Take a page that was asked for by the address ``asked``. Raises SourceError when no loader reads it."""
        suffix = suffix_of(page.content_type, page.url)
        content = to_utf8(page.content, page.content_type)
        name = canonical_url(page.url)
        visit = Visit(name, read_as, given, page.validators, lastmod)
        self._put(name, page.url, suffix, content, given, visit, asked)

    def add_text(self, url: str, text: str, given: Given) -> None:
        """Take a text in place of a page that cannot be had; the page is asked for again next time."""
        self._put(canonical_url(url), url, ".txt", text.encode(), given, None, url)

    def flush(self) -> None:
        """Write what waits. Raises BusyError when another process is writing."""
        if not self._waiting:
            return
        files = tuple(file for file, _, _ in self._waiting.values())
        report = self._ingest(NamedSource(WEB, files, complete=False))
        failed = {failure.source: failure.reason for failure in report.failed}
        for label, (_, visit, asked) in self._waiting.items():
            if label in failed:
                self.failed(asked, failed[label])
            elif visit is not None:
                self._memory.keep(canonical_url(asked), visit)
        self._reports.append(replace(report, failed=()))
        self._waiting.clear()
        self._bytes = 0

    def _put(
        self, name: str, url: str, suffix: str, content: bytes, given: Given, visit: Visit | None, asked: str
    ) -> None:
        if name in self._names:
            # Two addresses led to one page.
            self.unchanged()
            return
        self._names.add(name)
        label = label_of(url, suffix)
        file = SourceFile(name, label, url, partial(bytes, content), replace(given, url=url))
        self._waiting[label] = (file, visit, asked)
        self._bytes += len(content)
        if len(self._waiting) >= MOST_PAGES or self._bytes >= MOST_BYTES:
            self.flush()
