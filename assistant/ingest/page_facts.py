"""Title, publisher, author and date of a page copied from a browser, as the page itself gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.dates import find_dates, first_day
from assistant.ingest.clean import byline, is_furniture
from assistant.ingest.lines import Line, content_terms, read_page
from assistant.ingest.published import Published, stated_date

MOST_TITLE_WORDS = 30
_LABEL = re.compile(
    r"\b(?:last )?(?:updated|published|posted|modified|first published|publication date|release date|date|released|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|"
    r"pubblicato)\b(?: on| at| le| el| am)?\s*:?|"
    r"(?:发布|更新|发表)(?:时间|日期)?\s*[:：]?",
    re.IGNORECASE,
)
_CHINESE_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?")
_CHANGED = re.compile(r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado)\b|更新", re.IGNORECASE)
_APPEARED = re.compile(r"\b(?:published|posted|released|veröffentlicht|publié|publicado)\b|发布|发表", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?,?\s*)?(?P<name>[^.|©]{2,60}?)"
    r"(?:,?\s+(?:19|20)\d\d)?\s*(?:[.|,]\s*all rights reserved|\. |\.$|\||$)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"^(?:all rights reserved|by|the authors?|(?:19|20)\d\d)$", re.IGNORECASE)
_PERSON = re.compile(r"^[A-ZÀ-Þ][\w’'.-]+(?: (?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|bin|al)){1,3}$")
_AUTHORS = re.compile(r"^(?:written by|authors?|autor(?:en|in)?)\s*:?$", re.IGNORECASE)
_SITE_IN_TITLE = re.compile(r"\s+[|»–—]\s+[^|»–—]{2,40}$")
_BREADCRUMB = re.compile(r"[»›>/]")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; None where it says nothing.

    ``stated`` is the date of publication that a line prints, ``modified`` the date of a change, ``told`` the latest
    month that the story tells of.
    """

    title: str | None
    publisher: str | None
    author: str | None
    stated: Published | None
    modified: Published | None
    told: Published | None

    @property
    def published(self) -> Published | None:
        """The best of the three."""
        return self.stated or self.modified or self.told


def read_page_facts(text: str, story: str, first: int | None, today: date, declared: str | None = None) -> PageFacts:
    """The facts of a page.

    Args:
        text: the page as it was copied.
        story: what the boilerplate filter kept of it.
        first: number of the first kept line.
        today: no page appeared later.
        declared: the language the page says it is in.
    """
    page = read_page(text)
    language = declared or page.language
    head = page.lines[:first] if first is not None else page.lines
    title = _title(head, story, language)

    def day_of(line: Line) -> str | None:
        return stated_date(line.text, language, today)

    dated = _dated_line(page.lines, head, title, lambda line: day_of(line) is not None and not _is_change(line))
    changed = next((line for line in page.lines if _is_change(line) and day_of(line)), None)
    return PageFacts(
        title=_SITE_IN_TITLE.sub("", title.text) if title else None,
        publisher=_publisher(page.lines),
        author=_author(head, dated or changed),
        stated=_published(day_of(dated) if dated else None, "byline"),
        modified=_published(day_of(changed) if changed else None, "modified"),
        told=_published(_told_month(story, today), "story"),
    )


def _published(on: str | None, source: str) -> Published | None:
    return Published(on, source) if on else None


def _is_change(line: Line) -> bool:
    """Whether a line prints when the page was last changed, and not when it appeared."""
    return line.words < 20 and bool(_CHANGED.search(line.text)) and not _APPEARED.search(line.text)


def _title(head: Sequence[Line], story: str, language: str | None) -> Line | None:
    """The head's line that shares most with the story, the nearest to it among equals."""
    told = set(content_terms(story, language))
    scores = [
        (len(told & set(terms)) / len(set(terms)) * min(len(set(terms)), 6), line.number, line)
        for line in head
        if (terms := content_terms(line.text, language)) and _can_be_title(line)
    ]
    best = max(scores, key=lambda score: score[:2], default=None)
    return best[2] if best is not None and best[0] >= 1 else None


def _can_be_title(line: Line) -> bool:
    text = line.text
    return (
        not line.bullet
        and not line.glued
        and 3 <= line.words <= MOST_TITLE_WORDS
        and not _BREADCRUMB.search(text)
        and not _LABEL.match(text)
        and not text.islower()
        and not byline(line)
        and not is_furniture(line)
    )


def _dated_line(
    lines: Sequence[Line], head: Sequence[Line], title: Line | None, holds_date: Callable[[Line], bool]
) -> Line | None:
    """The line that prints the page's date: a labelled one, else a bare one between title and story."""
    labelled = [line for line in lines if line.words < 20 and _LABEL.search(line.text) and holds_date(line)]
    if labelled:
        return next((line for line in labelled if line in head), labelled[0])
    below_title = [line for line in head if title is None or line.number > title.number]
    bare = [line for line in below_title if line.words < 12 and holds_date(line)]
    return next((line for line in bare if not _WEEKDAY.match(line.text) or title is not None), None)


def _told_month(story: str, today: date) -> str | None:
    """The latest month that the story tells of, never a day: when it appeared is only inferred from it."""
    text = _CHINESE_DATE.sub(lambda match: f" {match['year']}-{int(match['month']):02d} ", story)
    months = [mention.iso[:7] for mention in find_dates(text) if len(mention.iso) >= 7]
    return max((month for month in months if first_day(month) <= today), default=None)


def _publisher(lines: Sequence[Line]) -> str | None:
    """The name that the page's copyright lines claim most often."""
    names = Counter(
        match["name"].strip(" ,-–")
        for line in lines
        if line.words < 25 and (match := _COPYRIGHT.search(line.text)) and not _NOT_A_NAME.match(match["name"].strip())
    )
    return names.most_common(1)[0][0] if names else None


def _author(head: Sequence[Line], dated: Line | None) -> str | None:
    """The byline above the story, or the name beside the date."""
    for line in reversed(head):
        if name := byline(line):
            return name
    for label, line in pairwise(head):
        if _AUTHORS.match(label.text) and _PERSON.match(line.text):
            return line.text
    beside = [line for line in head if dated is not None and abs(line.number - dated.number) == 1]
    return next((line.text for line in beside if line.repeats > 1 and _PERSON.match(line.text)), None)
