"""Several ingest runs told as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import reduce
from typing import Any

from assistant.types import IngestReport

EMPTY = IngestReport(0, 0, 0, 0, 0, 0, (), (), 0, (), 0.0)


def merged(reports: Iterable[IngestReport]) -> IngestReport:
    """The sum of every count, and every list one after the other."""
    return reduce(_added, reports, EMPTY)


def _added(one: IngestReport, other: IngestReport) -> IngestReport:
    sums: dict[str, Any] = {
        field.name: getattr(one, field.name) + getattr(other, field.name) for field in fields(IngestReport)
    }
    return IngestReport(**(sums | {"seconds": round(sums["seconds"], 3)}))
