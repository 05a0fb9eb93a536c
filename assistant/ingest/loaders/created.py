"""The day a file was made: a hint at when its text appeared, never more than that."""

from __future__ import annotations

import re
from datetime import date, datetime

_PDF_DATE = re.compile(r"(?:D:)?(?P<year>(?:19|20)\d\d)(?P<month>\d\d)?(?P<day>\d\d)?")


def inferred_day(created: datetime | None, today: date) -> str | None:
    """The day of creation as an ISO date; None from ``today`` on: a file made today tells of the saving only."""
    return created.date().isoformat() if created is not None and created.date() < today else None


def inferred_from_pdf(created: str, today: date) -> str | None:
    """The creation date of a PDF (ISO 32000-1, 7.9.4) in the precision it has; None when none, or not past."""
    match = _PDF_DATE.match(created.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        made = date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    parts = [part for part in (match["year"], match["month"], match["day"]) if part]
    return "-".join(parts) if made < today else None
