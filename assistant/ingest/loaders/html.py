"""Saved web pages, by trafilatura."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from trafilatura import bare_extraction
from trafilatura.settings import Document

from assistant.errors import SourceError
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.front_matter import is_sane_date


class HtmlLoader:
    """Reads ``.html``, ``.htm`` and ``.xhtml``."""

    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The page's main text and the metadata it states. Raises SourceError when there is no main text."""
        page = bare_extraction(
            decode(source.name, source.content),
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": today.isoformat()},
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
            published_on=page.date if page.date and is_sane_date(page.date) else None,
            language=page.language or None,
        )


def _web_address(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
