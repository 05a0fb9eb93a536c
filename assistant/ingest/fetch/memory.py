"""What is remembered of addresses fetched before, so that asking again costs a 304, and of when sources ran."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from assistant.index.catalog import Catalog
from assistant.ingest.fetch.fetcher import Validators
from assistant.ingest.sources import Given

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS fetched (url TEXT PRIMARY KEY, name TEXT NOT NULL, read_as TEXT NOT NULL, "
    "given TEXT NOT NULL, etag TEXT, last_modified TEXT, lastmod TEXT, entries INTEGER)",
    # With its article goes what was remembered of its address, in the same transaction.
    "CREATE TRIGGER IF NOT EXISTS fetched_goes AFTER DELETE ON articles BEGIN "
    "DELETE FROM fetched WHERE entries IS NULL AND name = OLD.name; END",
    "CREATE TABLE IF NOT EXISTS source_runs (name TEXT PRIMARY KEY, ran_at TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One earlier fetch.

    Attributes:
        name: name of the article's file inside the web source; empty for a feed or sitemap.
        read_as: hash of all that, besides its bytes, decides what the page becomes.
        given: what a person or a feed said of the page.
        lastmod: what the sitemap said of the page then.
        entries: number of pages that a feed or sitemap listed, all of which came in; None for a page.
    """

    name: str
    read_as: str
    given: Given
    validators: Validators
    lastmod: str | None = None
    entries: int | None = None


class FetchMemory:
    """Keeps visits and runs in the catalog's database."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        for statement in _SCHEMA:
            catalog.rows(statement)

    def visit(self, url: str) -> Visit | None:
        """The last successful visit to an address."""
        rows = self._catalog.rows(
            "SELECT name, read_as, given, etag, last_modified, lastmod, entries FROM fetched WHERE url = ?", url
        )
        if not rows:
            return None
        name, read_as, given, etag, last_modified, lastmod, entries = rows[0]
        return Visit(name, read_as, Given(**json.loads(given)), Validators(etag, last_modified), lastmod, entries)

    def keep(self, url: str, visit: Visit) -> None:
        """Remember a visit in place of an earlier one."""
        self._catalog.rows(
            "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            url, visit.name, visit.read_as, json.dumps(asdict(visit.given)), visit.validators.etag,
            visit.validators.last_modified, visit.lastmod, visit.entries,
        )  # fmt: skip

    def last_run(self, name: str) -> datetime | None:
        """When a scheduled source ran last, in UTC."""
        rows = self._catalog.rows("SELECT ran_at FROM source_runs WHERE name = ?", name)
        return datetime.fromisoformat(rows[0]["ran_at"]) if rows else None

    def ran(self, name: str) -> None:
        """Note that a scheduled source has run now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._catalog.rows("INSERT OR REPLACE INTO source_runs VALUES (?, ?)", name, now)
