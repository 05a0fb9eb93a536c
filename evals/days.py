"""Reads dates of partial precision. Kept apart from the product, so that evals do not share its mistakes."""

from __future__ import annotations

import calendar
import datetime
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def last_day(date: str) -> datetime.date:
    """The last day that "2025", "2025-06" or "2025-06-12" can mean; ValueError for anything else."""
    parts = _DATE.fullmatch(date)
    if parts is None:
        raise ValueError(f"not an ISO 8601 date: {date!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month = int(parts[1]), int(parts[2] or 12)
    if not 1 <= month <= 12:
        raise ValueError(f"no such month: {date!r}")
    return datetime.date(year, month, int(parts[3] or calendar.monthrange(year, month)[1]))
