"""Plain text, most often copied from a browser with its menus and footers."""

from __future__ import annotations

from datetime import date

from assistant.errors import SourceError
from assistant.ingest.clean import clean_lines
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
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
        return RawArticle(
            text=cleaned.text,
            title=facts.title or cleaned.text.partition("\n")[0][:120],
            publisher=facts.publisher,
            author=facts.author,
            published_on=facts.published_on,
            published_inferred=facts.inferred,
            language=cleaned.language,
            origin=facts.origin,
            dropped_lines=len(cleaned.dropped),
        )
