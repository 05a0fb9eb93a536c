"""Saved web pages: what they state of themselves, and their story (by trafilatura, freed of page furniture)."""

from __future__ import annotations

from datetime import date
from itertools import dropwhile, takewhile

from lxml.html import HtmlElement

from assistant.errors import SourceError
from assistant.ingest.clean import without_furniture
from assistant.ingest.languages import settled_language
from assistant.ingest.lines import ends_sentence, normalised, same_text, word_count
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.decode import decode
from assistant.ingest.loaders.html_metadata import PageMetadata, published_by_address, read_metadata
from assistant.ingest.loaders.html_tree import drop_furniture, parse_page, visible_lines
from assistant.ingest.origin import origin_of
from assistant.ingest.page_facts import read_page_facts
from assistant.ingest.published import stated_date

MOST_DATELINE_WORDS = 10
LEAST_OPENING_WORDS = 8


class HtmlLoader:
    """Reads ``.html``, ``.htm`` and ``.xhtml``."""

    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The page's main text and the metadata it states. Raises SourceError when there is no main text."""
        return clean_html(decode(source.name, source.content), None, today, source.name)


def clean_html(markup: str, url: str | None, today: date, name: str = "page") -> RawArticle:
    """The story of a page and what the page states of itself.

    Args:
        markup: the page, decoded.
        url: where it was fetched from, when that is known; an address the page states wins over it.
        today: nothing appeared later.
        name: what to call the page in an error.

    Raises:
        SourceError: the page holds no main text.
    """
    tree = parse_page(markup)
    told = read_metadata(tree, url, today) if tree is not None else None
    lines = visible_lines(tree) if tree is not None else []
    found = _main_text(tree) or normalised(told.body or "").split("\n") if tree is not None and told else []
    story = list(dropwhile(lambda line: _is_dateline(line, today), without_furniture(found)))
    if not story or told is None:
        raise SourceError(f"no article text found in {name!r}; save the page once it has loaded whole")
    return _article(story, told, lines, today)


def _article(story: list[str], told: PageMetadata, lines: list[str], today: date) -> RawArticle:
    text = "\n\n".join(story)
    first, others = _around(story, lines)
    facts = read_page_facts("\n".join(lines), text, first, today, told.language)
    published = told.published or facts.stated or published_by_address(told.url, today)
    published = published or told.modified or facts.modified
    title = told.title or facts.title or story[0][:120]
    author = told.author or facts.author
    return RawArticle(
        text=text,
        title=title,
        url=told.url,
        publisher=told.publisher or facts.publisher,
        author=author,
        published_on=published.on if published else None,
        published_from=published.source if published else None,
        published_inferred=published is not None and published.inferred,
        language=settled_language(told.language, text),
        origin=origin_of(title, author, text, lines),
        dropped_lines=len(others),
    )


def _main_text(tree: HtmlElement) -> list[str]:
    """The paragraphs of the story, in order; changes the tree."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    drop_furniture(tree)
    page = bare_extraction(tree, include_comments=False, include_tables=False)
    text = normalised(page.text or "") if isinstance(page, Document) else ""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _is_dateline(line: str, today: date) -> bool:
    """Whether a line only prints a date."""
    return word_count(line) <= MOST_DATELINE_WORDS and not ends_sentence(line) and bool(stated_date(line, None, today))


def _around(story: list[str], lines: list[str]) -> tuple[int, list[str]]:
    """How many lines stand above the story, and the lines that are none of it."""
    told = f" {' '.join(map(same_text, story))} "
    outside = [not (same := same_text(line)) or f" {same} " not in told for line in lines]
    inside = (number for number, out in enumerate(outside) if not out)
    first = next((number for number in inside if word_count(lines[number]) >= LEAST_OPENING_WORDS), None)
    if first is None:
        first = sum(1 for _ in takewhile(bool, outside))
    return first, [line for line, out in zip(lines, outside, strict=True) if out]
