"""Saved web pages, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from assistant.dates import find_dates, first_day
from assistant.errors import SourceError
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.front_matter import is_sane_date

# Given a nearer limit, htmldate cuts a later day down to the first of its month instead of leaving it out.
LAST_DAY = "2999-12-31"
# Year first with any mark between, or day first with dots; no other order in figures has one reading.
_DAY_IN_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)"
    r"|(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)"
)


class HtmlLoader:
    """Reads ``.html``, ``.htm`` and ``.xhtml``."""

    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The page's main text and the metadata it states. Raises SourceError when there is no main text."""
        from trafilatura import bare_extraction
        from trafilatura.settings import Document

        markup = decode(source.name, source.content)
        page = bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": LAST_DAY},
        )
        if not isinstance(page, Document) or not (page.text or "").strip():
            raise SourceError(f"no article text found in {source.name!r}; save the page once it has loaded whole")
        paragraphs = [line.strip() for line in normalised(page.text or "").split("\n") if line.strip()]
        return RawArticle(
            text="\n\n".join(paragraphs),
            title=page.title or paragraphs[0][:120],
            url=_web_address(page.url),
            publisher=page.sitename or page.hostname or None,
            author=page.author or None,
            published_on=_stated_date(page.date, markup, today),
            language=page.language or None,
        )


def _stated_date(found: str | None, markup: str, today: date) -> str | None:
    """The date htmldate found, as far as the page states it: it fills in a missing day, and reads 10/11/2026."""
    if not found or not is_sane_date(found) or first_day(found) > today:
        return None
    stated = {mention.iso for mention in find_dates(markup)} | set(_days_in_figures(markup))
    return next((day for day in (found, found[:7]) if day in stated), None)


def _days_in_figures(markup: str) -> Iterator[str]:
    for match in _DAY_IN_FIGURES.finditer(markup):
        year, month, day = match.groups()[:3] if match["year"] else match.groups()[:2:-1]
        yield f"{year}-{int(month):02d}-{int(day):02d}"


def _web_address(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
