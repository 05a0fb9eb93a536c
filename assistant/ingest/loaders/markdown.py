"""Markdown, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import frontmatter
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import SourceError
from assistant.ingest.lines import normalised
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.front_matter import read_front_matter


class MarkdownLoader:
    """Reads ``.md`` and ``.markdown``; marks, links' targets and raw HTML do not come through."""

    suffixes = frozenset({".md", ".markdown"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The article. Raises SourceError when the front matter or the text is not in order."""
        try:
            post = frontmatter.loads(normalised(decode(source.name, source.content)))
        except yaml.YAMLError as error:
            raise SourceError(f"{source.name!r}: the front matter is not YAML: {_brief(error)}; correct it") from error
        told = read_front_matter(source.name, dict(post.metadata))
        tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(post.content)
        blocks = list(_blocks(tokens))
        text = "\n\n".join(block for block, heading in blocks if not heading)
        if not text.strip():
            raise SourceError(f"no article text found in {source.name!r}; write it below the front matter")
        heading = next((block for block, is_heading in blocks if is_heading), None)
        return RawArticle(
            text=text,
            title=told.title or heading or source.name,
            id=told.id,
            url=told.url,
            publisher=told.publisher,
            author=told.author,
            published_on=told.published_on,
            published_inferred=told.published_inferred,
            retrieved_on=told.retrieved_on,
            language=told.language,
            kind=told.kind,
            source_kind=told.source_kind,
            origin=told.origin,
            reliability=told.reliability,
            topics=told.topics,
            elements=told.elements,
        )


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, bool]]:
    """Each block's plain text, and whether it is a heading."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            text = " ".join(_plain(token).split())
            if text:
                yield text, before is not None and before.type == "heading_open"


def _plain(token: Token) -> str:
    words = {"softbreak": " ", "hardbreak": " "}
    return "".join(words.get(child.type, child.content if child.type in ("text", "code_inline") else "")
                   for child in token.children or [])  # fmt: skip


def _brief(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())[:200]
