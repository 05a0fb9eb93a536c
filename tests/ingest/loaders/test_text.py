from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.text import TextLoader

PAGES = Path(__file__).parents[2] / "data" / "pages"
TODAY = date(2026, 11, 30)
STORY = "The ministry issued licences for dysprosium to four exporters on Monday.\n"


def load(content: bytes) -> RawArticle:
    return TextLoader().load(RawSource("page.txt", content), TODAY)


def test_a_copied_page_becomes_a_dated_article() -> None:
    article = load((PAGES / "german_page.txt").read_bytes())
    assert article.title == "Magnetwerk in Sachsen soll wieder öffnen"
    assert (article.publisher, article.author) == ("Sächsischer Industriebote", "Friederike Lauter")
    assert (article.published_on, article.published_inferred, article.language) == ("2026-05-12", False, "de")


def test_dropped_lines_are_counted() -> None:
    assert load(f"Home\nMarkets\n{STORY}".encode()).dropped_lines == 2


def test_a_story_without_a_title_is_called_by_its_first_words() -> None:
    assert load(STORY.encode()).title == STORY.strip()


def test_a_page_without_a_story_is_refused_with_the_next_step() -> None:
    with pytest.raises(SourceError, match=r"'page\.txt', only lines of navigation; copy the whole story"):
        load(b"Home\nMarkets\nContact us\n")


def test_markup_in_copied_text_stays_text() -> None:
    line = "The ministry said <script>alert(1)</script> that exporters need licences."
    assert line in load(f"{STORY}{line}\n".encode()).text
