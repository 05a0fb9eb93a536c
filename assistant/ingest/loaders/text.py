"""Plain text, most often copied from a browser with its menus and footers."""

from __future__ import annotations

from datetime import date

from assistant.errors import SourceError
from assistant.ingest.clean import clean_lines
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.origin import origin_of
from assistant.ingest.page_facts import read_page_facts


class TextLoader:
    """Reads ``.txt`` and ``.text``."""

    suffixes = frozenset({".txt", ".text"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The story of the page. Raises SourceError when there is none, or the bytes are no text."""
        text = decode(source.name, source.content)
        cleaned = clean_lines(text)
        if not cleaned.text:
            raise SourceError(
                f"no article text found in {source.name!r}, only lines of navigation; copy the whole story"
            )
        facts = read_page_facts(text, cleaned.text, cleaned.first, today)
        title = facts.title or cleaned.text.partition("\n")[0][:120]
        published = facts.published
        return RawArticle(
            text=cleaned.text,
            title=title,
            publisher=facts.publisher,
            author=facts.author,
            published_on=published.on if published else None,
            published_from=published.source if published else None,
            published_inferred=published is not None and published.inferred,
            language=cleaned.language,
            origin=origin_of(title, facts.author, text, cleaned.dropped),
            dropped_lines=len(cleaned.dropped),
        )
