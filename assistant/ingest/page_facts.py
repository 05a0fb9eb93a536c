"""Title, publisher, author and date of a page copied from a browser, as the page itself gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dates import find_dates, first_day
from assistant.ingest.clean import byline, is_furniture
from assistant.ingest.lines import Line, content_terms, read_page

MOST_TITLE_WORDS = 30
_LABEL = re.compile(
    r"\b(?:last )?(?:updated|published|posted|modified|first published|publication date|release date|date|released|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|"
    r"pubblicato)\b(?: on| at| le| el| am)?\s*:?|"
    r"(?:发布|更新|发表)(?:时间|日期)?\s*[:：]?",
    re.IGNORECASE,
)
_CHINESE_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?")
# Dotted dates put the day first wherever they are usual, which is not in English.
_DOTTED_DATE = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d)")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?,?\s*)?(?P<name>[^.|©]{2,60}?)"
    r"(?:,?\s+(?:19|20)\d\d)?\s*(?:[.|,]\s*all rights reserved|\. |\.$|\||$)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"^(?:all rights reserved|by|the authors?|(?:19|20)\d\d)$", re.IGNORECASE)
_PERSON = re.compile(r"^[A-ZÀ-Þ][\w’'.-]+(?: (?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|bin|al)){1,3}$")
_AGENCY = re.compile(
    r"\((?P<name>Reuters|AP|AFP|Bloomberg|Xinhua|Kyodo|Yonhap|dpa|TASS|Jiji|ANI|PTI)\)\s*[-–—]"
    r"|\b(?:source|quelle)\s*:\s*(?P<source>Reuters|AP|AFP|Bloomberg|Xinhua|Kyodo|Yonhap|dpa|TASS)\b",
)
_SITE_IN_TITLE = re.compile(r"\s+[|»–—]\s+[^|»–—]{2,40}$")
_BREADCRUMB = re.compile(r"[»›>/]")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; None where it says nothing. ``inferred``: the date comes from the story's words."""

    title: str | None
    publisher: str | None
    author: str | None
    published_on: str | None
    inferred: bool
    origin: str | None


def read_page_facts(text: str, story: str, first: int | None, today: date) -> PageFacts:
    """The facts of a page.

    Args:
        text: the page as it was copied.
        story: what the boilerplate filter kept of it.
        first: number of the first kept line.
        today: no page appeared later.
    """
    page = read_page(text)
    language = page.language
    head = page.lines[:first] if first is not None else page.lines
    title = _title(head, story, language)
    dated = _dated_line(page.lines, head, title, lambda line: _date_in(line.text, language, today) is not None)
    inferred = None if dated else _told_month(story, today)
    return PageFacts(
        title=_SITE_IN_TITLE.sub("", title.text) if title else None,
        publisher=_publisher(page.lines),
        author=_author(head, dated),
        published_on=_date_in(dated.text, language, today) if dated else inferred,
        inferred=inferred is not None,
        origin=_agency(text),
    )


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


def _date_in(text: str, language: str | None, today: date) -> str | None:
    """The day or month that a line prints, not later than today; a year alone is a copyright, not a date."""
    dotted = None if language in (None, "en") else _DOTTED_DATE.search(text)
    if match := _CHINESE_DATE.search(text) or dotted:
        parts = (match["year"], match["month"], match["day"])
        text = "-".join(f"{int(part):02d}" for part in parts if part)
    for mention in find_dates(text):
        if len(mention.iso) > 4 and first_day(mention.iso) <= today:
            return mention.iso
    return None


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
    beside = [line for line in head if dated is not None and abs(line.number - dated.number) == 1]
    return next((line.text for line in beside if line.repeats > 1 and _PERSON.match(line.text)), None)


def _agency(text: str) -> str | None:
    match = _AGENCY.search(text)
    return (match["name"] or match["source"]) if match else None
