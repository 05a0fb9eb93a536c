"""Title, publisher, author and date of pages copied from a browser, each exact or absent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.clean import clean_lines
from assistant.ingest.page_facts import PageFacts, read_page_facts
from assistant.ingest.published import Published

PAGES = sorted((Path(__file__).parents[1] / "data" / "pages").glob("*.txt"))
TODAY = date(2026, 11, 30)
STORY = """The ministry issued licences for dysprosium to four exporters on Monday.
Exporters said that the licences cover shipments of dysprosium until the end of the year.
The ministry did not say how many applications for licences it has refused.
"""


def facts_of(text: str, today: date = TODAY) -> PageFacts:
    story = clean_lines(text)
    return read_page_facts(text, story.text, story.first, today)


def published_on(facts: PageFacts) -> str | None:
    return facts.published.on if facts.published else None


@pytest.mark.parametrize("key", ["title", "publisher", "author", "published_on", "inferred"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_its_facts(path: Path, key: str) -> None:
    expected: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    facts = facts_of(path.read_text(encoding="utf-8"))
    dated = {"published_on": published_on(facts), "inferred": facts.published is not None and facts.published.inferred}
    told = {"title": facts.title, "publisher": facts.publisher, "author": facts.author} | dated
    assert told[key] == expected[key]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published March 4, 2026", "2026-03-04"),
        ("4 March 2026", "2026-03-04"),
        ("2026-03-04", "2026-03-04"),
        ("发布时间：2026年3月4日", "2026-03-04"),
        ("2026年3月", "2026-03"),
        ("Posted in March 2026", "2026-03"),
        ("04/03/2026", None),
        ("04.03.2026", None),
        ("Published March 40, 2026", None),
        ("© 2026", None),
    ],
)
def test_a_date_above_the_story_is_read_only_when_one_reading_is_left(line: str, day: str | None) -> None:
    facts = facts_of(f"Licences for dysprosium issued\n{line}\n{STORY}")
    assert facts.published == (Published(day, "byline") if day else None)


def test_the_date_of_a_change_is_only_inferred_to_be_that_of_publication() -> None:
    facts = facts_of(f"Licences for dysprosium issued\nUpdated: 4 Mar 2026, 14:02\n{STORY}")
    assert facts.published == Published("2026-03-04", "modified")


def test_a_date_after_today_is_not_believed() -> None:
    page = f"Licences for dysprosium issued\nPublished March 4, 2026\n{STORY}"
    assert facts_of(page, today=date(2026, 3, 3)).published is None


def test_a_labelled_date_wins_over_the_day_a_browser_shows() -> None:
    page = f"Monday, 9 March 2026\nLicences for dysprosium issued\nPublished 4 March 2026\n{STORY}"
    assert published_on(facts_of(page)) == "2026-03-04"


def test_a_page_without_a_date_gets_the_latest_month_its_story_tells() -> None:
    facts = facts_of(f"Licences for dysprosium issued\n{STORY}The licences of May 14, 2025 and April 2025 ran out.\n")
    assert facts.published == Published("2025-05", "story")


def test_a_month_after_today_is_not_inferred() -> None:
    facts = facts_of(f"{STORY}The licences run until December 2027.\n")
    assert facts.published is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2026 Metal Post. All rights reserved.", "Metal Post"),
        ("Copyright © 2019-2026 Metal Post", "Metal Post"),
        ("© Metal Post 2026", "Metal Post"),
        ("© 2026. All rights reserved.", None),
        ("Metal Post", None),
    ],
)
def test_the_publisher_is_who_claims_the_copyright(line: str, name: str | None) -> None:
    assert facts_of(f"{STORY}{line}\n").publisher == name


def test_a_site_name_is_cut_from_the_title() -> None:
    assert facts_of(f"Licences for dysprosium issued | Metal Post\n{STORY}").title == "Licences for dysprosium issued"


@pytest.mark.parametrize(
    "line", ["By Dysprosium Licences", "Home » Licences for dysprosium", "Newsletter on dysprosium"]
)
def test_a_byline_a_trail_and_furniture_are_no_title(line: str) -> None:
    assert facts_of(f"{line}\n{STORY}").title is None
