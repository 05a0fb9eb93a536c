"""Work that goes on after its request was answered: kept in the catalog, so that it can be asked about."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

from assistant.errors import NotFoundError
from assistant.index.catalog import Catalog

JobStatus = Literal["queued", "running", "done", "failed"]

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, status TEXT NOT NULL, source TEXT NOT NULL, "
    "done INTEGER NOT NULL, total INTEGER NOT NULL, report TEXT, error TEXT, created_at TEXT NOT NULL, "
    "finished_at TEXT)"
)


@dataclass(frozen=True, slots=True)
class Job:
    """One address being brought in.

    Attributes:
        done, total: pages read so far, and known of so far; a feed's pages are known once it is read.
        report: the ingest report once done, in the contract's fields.
        error: why it failed, in words.
        created_at, finished_at: UTC, ISO 8601.
    """

    id: str
    status: JobStatus
    source: str
    done: int
    total: int
    report: dict[str, Any] | None
    error: str | None
    created_at: str
    finished_at: str | None


_COLUMNS = ", ".join(field.name for field in fields(Job))


class JobBook:
    """The jobs of one data folder."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        catalog.rows(_SCHEMA)

    def create(self, source: str) -> Job:
        """A new job, queued."""
        job = Job(uuid.uuid4().hex, "queued", source, 0, 1, None, None, _now(), None)
        query = f"INSERT INTO jobs ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self._catalog.rows(query, *(getattr(job, field.name) for field in fields(Job)))
        return job

    def get(self, job_id: str) -> Job:
        """A job. Raises NotFoundError."""
        rows = self._catalog.rows(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", job_id)
        if not rows:
            raise NotFoundError(f"no job {job_id!r}; list them with GET /v1/jobs")
        return _job(rows[0])

    def page(self, limit: int, before: str | None) -> tuple[Job, ...]:
        """Jobs, newest first; ``before`` is the cursor ``created_at id`` of the last seen."""
        rows = self._catalog.rows(
            f"SELECT {_COLUMNS} FROM jobs WHERE ? IS NULL OR created_at || ' ' || id < ? "
            "ORDER BY created_at DESC, id DESC LIMIT ?",
            before, before, limit,
        )  # fmt: skip
        return tuple(_job(row) for row in rows)

    def progress(self, job_id: str, done: int, total: int) -> None:
        """Note how far a running job is."""
        query = "UPDATE jobs SET status = 'running', done = ?, total = ? WHERE id = ?"
        self._catalog.rows(query, done, total, job_id)

    def finish(self, job_id: str, report: dict[str, Any] | None, error: str | None) -> None:
        """Close a job: failed when there is an error."""
        self._catalog.rows(
            "UPDATE jobs SET status = ?, report = ?, error = ?, finished_at = ? WHERE id = ?",
            "failed" if error else "done", json.dumps(report) if report else None, error, _now(), job_id,
        )  # fmt: skip

    def fail_unfinished(self, error: str) -> None:
        """Close every job that a stopped server left open."""
        self._catalog.rows(
            "UPDATE jobs SET status = 'failed', error = ?, finished_at = ? WHERE finished_at IS NULL", error, _now()
        )


def _job(row: Any) -> Job:
    values = {field.name: row[field.name] for field in fields(Job)}
    return Job(**(values | {"report": json.loads(values["report"]) if values["report"] else None}))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
