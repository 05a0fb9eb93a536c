"""Pages, feeds and sitemaps into the index: what is new or changed, and nothing twice."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.errors import SourceError
from assistant.index.catalog import Catalog, KnownSource
from assistant.index.schema import RemovedNames
from assistant.ingest.article import canonical_url
from assistant.ingest.fetch.feeds import read_feed
from assistant.ingest.fetch.fetcher import Fetcher, GoneError, Page
from assistant.ingest.fetch.listings import Entry, ListingKind, is_sitemap_index, listing_kind
from assistant.ingest.fetch.memory import FetchMemory, Visit
from assistant.ingest.fetch.sitemaps import read_sitemap, unpacked
from assistant.ingest.loaders import LOADER_VERSION
from assistant.ingest.pipeline import Ingestor, Progress
from assistant.ingest.sources import WEB, Given
from assistant.ingest.web_address import WebAddress, wanted
from assistant.ingest.web_batch import PageBatch
from assistant.types import IngestReport

LEAST_SUMMARY = 200
MOST_SITEMAPS = 50


@dataclass(slots=True)
class _Run:
    """One run: what the catalog knew before, where pages go, and how far it is."""

    known: Mapping[str, KnownSource]
    removed: RemovedNames
    batch: PageBatch
    restore: bool
    progress: Progress
    total: int
    done: int = 0

    def step(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


class WebReader:
    """Brings pages in.

    Args:
        fetcher: reads addresses.
        memory: what was fetched before.
        catalog, ingestor: where the pages go.
        today: the clock.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        memory: FetchMemory,
        catalog: Catalog,
        ingestor: Ingestor,
        today: Callable[[], date],
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._catalog = catalog
        self._ingestor = ingestor
        self._today = today

    def read(
        self, addresses: Sequence[WebAddress], progress: Progress | None = None, *, restore: bool = False
    ) -> IngestReport:
        """Bring in what stands at ``addresses``; what cannot be had is reported, the rest goes on.

        A page that is gone from its feed stays: feeds roll. Nothing is held locked while fetching.

        Raises:
            BusyError: another process is writing.
        """
        started = time.monotonic()
        run = self._start(progress or _silent, restore, len(addresses))
        try:
            for address in addresses:
                self._read_address(run, address)
                run.step()
        finally:
            # Stopped half-way, what was fetched is still worth keeping.
            run.batch.flush()
        return replace(run.batch.report(), seconds=round(time.monotonic() - started, 3))

    def is_removed(self, url: str) -> bool:
        """Whether a person has removed the article of this page."""
        return canonical_url(url) in self._catalog.removed_names(WEB)

    def _start(self, progress: Progress, restore: bool, total: int) -> _Run:
        batch = PageBatch(partial(self._ingestor.ingest, restore=restore), self._memory)
        removed = RemovedNames() if restore else self._catalog.removed_names(WEB)
        return _Run(self._catalog.known_sources(WEB), removed, batch, restore, progress, total)

    def _read_address(self, run: _Run, address: WebAddress) -> None:
        if canonical_url(address.url) in run.removed:
            run.batch.kept_out()
            return
        visit = self._memory.visit(canonical_url(address.url))
        # What a feed said of a page still holds when the page is named alone.
        given = visit.given if visit is not None and address.given == Given() else address.given
        is_listing = visit is not None and visit.entries is not None
        read_as = self._listing_mark(address) if is_listing else _page_mark(given)
        try:
            found = self._fetched(run, address.url, read_as)
            if isinstance(found, Visit):
                _count_unchanged(run, found)
                return
            page = replace(found, content=unpacked(found.content, self._fetcher.limits.max_bytes))
            kind = _kind_of(address, page)
            if kind is None:
                run.batch.add(address.url, found, given, _page_mark(given), None)
            else:
                self._read_listing(run, address, page, kind)
        except SourceError as error:
            run.batch.failed(address.url, str(error))

    def _read_listing(self, run: _Run, address: WebAddress, page: Page, kind: ListingKind) -> None:
        failed_before = len(run.batch.report().failed)
        entries = self._entries(run, address, page, kind)
        run.total += len(entries)
        for entry in entries:
            self._read_entry(run, address, entry)
            run.step()
        run.batch.flush()
        if len(run.batch.report().failed) == failed_before and not is_sitemap_index(page.content):
            visit = Visit("", self._listing_mark(address), Given(), page.validators, entries=len(entries))
            self._memory.keep(canonical_url(address.url), visit)

    def _read_entry(self, run: _Run, address: WebAddress, entry: Entry) -> None:
        name = canonical_url(entry.url)
        given = _given(address.given, entry)
        read_as = _page_mark(given)
        if name in run.removed:
            run.batch.kept_out()
            return
        try:
            found = self._fetched(run, entry.url, read_as, entry.lastmod)
            if isinstance(found, Visit):
                _count_unchanged(run, found)
            else:
                run.batch.add(entry.url, found, given, read_as, entry.lastmod)
        except SourceError as error:
            use_summary = len(entry.summary) >= LEAST_SUMMARY and name not in run.known
            if use_summary and not isinstance(error, GoneError):
                run.batch.add_text(entry.url, entry.summary, given)
                error = SourceError(f"only its summary in the feed was taken: {error}")
            run.batch.failed(entry.url, str(error))

    def _fetched(self, run: _Run, url: str, read_as: str, lastmod: str | None = None) -> Page | Visit:
        """The page, or the last visit when nothing has changed since."""
        visit = self._memory.visit(canonical_url(url))
        here = visit is not None and (visit.entries is not None or visit.name in run.known)
        if visit is None or not here or visit.read_as != read_as or run.restore:
            page = self._fetcher.fetch(url)
        elif lastmod is not None and lastmod == visit.lastmod:
            return visit
        else:
            page = self._fetcher.fetch(url, visit.validators)
        if page is None:
            assert visit is not None, "only a page visited before can be unchanged"
            return visit
        return page

    def _entries(self, run: _Run, address: WebAddress, page: Page, kind: ListingKind) -> list[Entry]:
        """The listed pages that are asked for, at most as many as the limits allow, newest first."""
        if kind == "feed":
            listed = list(read_feed(page.url, page.content, self._today().isoformat()))
        else:
            listed = sorted(self._sitemap(run, page), key=lambda entry: entry.lastmod or "", reverse=True)
        entries = {entry.url: entry for entry in listed if wanted(entry.url, address.include, address.exclude)}
        most = self._fetcher.limits.entries
        if len(entries) > most:
            run.batch.failed(
                address.url,
                f"lists {len(entries)} pages, the newest {most} are read; choose with include and exclude in "
                "sources.toml, or raise ASSISTANT_FETCH_ENTRIES",
            )
        return list(entries.values())[:most]

    def _sitemap(self, run: _Run, page: Page) -> Iterator[Entry]:
        """The pages of a sitemap, or of the sitemaps that an index lists."""
        entries = read_sitemap(page.content)
        yield from (entry for entry in entries if not entry.is_index)
        indexed = sorted((entry for entry in entries if entry.is_index), key=_lastmod, reverse=True)
        if len(indexed) > MOST_SITEMAPS:
            run.batch.failed(page.url, f"lists {len(indexed)} sitemaps, the newest {MOST_SITEMAPS} are read")
        for entry in indexed[:MOST_SITEMAPS]:
            try:
                part = self._fetcher.fetch(entry.url)
                assert part is not None
                content = unpacked(part.content, self._fetcher.limits.max_bytes)
                yield from (found for found in read_sitemap(content) if not found.is_index)
            except SourceError as error:
                run.batch.failed(entry.url, str(error))

    def _listing_mark(self, address: WebAddress) -> str:
        limit = self._fetcher.limits.entries
        return _hash(f"{LOADER_VERSION} {address.given} {address.include} {address.exclude} {limit}")


def _kind_of(address: WebAddress, page: Page) -> ListingKind | None:
    """What a page lists, as far as that is asked for. Raises SourceError when it is not what it must be."""
    kind = listing_kind(page.content)
    if address.kind in ("feed", "sitemap") and kind != address.kind:
        raise SourceError(f"it is no {address.kind}, but {kind or 'a page'}; correct its kind or its address")
    return None if address.kind == "url" else kind


def _given(given: Given, entry: Entry) -> Given:
    """What a feed says of a page, under what a person says of the whole feed."""
    return replace(
        given,
        title=given.title or entry.title,
        published_on=given.published_on or entry.published_on,
        author=given.author or entry.author,
    )


def _count_unchanged(run: _Run, visit: Visit) -> None:
    if visit.entries is not None:
        run.batch.unchanged(visit.entries)
    else:
        run.batch.unchanged(1, (run.known[visit.name].article_id,))


def _page_mark(given: Given) -> str:
    return _hash(f"{LOADER_VERSION} {given}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _lastmod(entry: Entry) -> str:
    return entry.lastmod or ""


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""
