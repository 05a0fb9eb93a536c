"""What the boilerplate filter keeps of pages copied from a browser, page by page and cue by cue."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ingest.clean import CleanText, byline, clean_lines, is_furniture, is_prose
from assistant.ingest.lines import read_page

PAGES = sorted((Path(__file__).parents[1] / "data" / "pages").glob("*.txt"))
STORY = (
    "The ministry issued licences for dysprosium to four exporters on Monday.",
    "Exporters said that the licences cover shipments of dysprosium until the end of the year.",
    "The ministry did not say how many applications for licences it has refused.",
    "Traders expect the price of dysprosium outside China to fall once shipments arrive.",
)


@cache
def cleaned(path: Path) -> CleanText:
    return clean_lines(path.read_text(encoding="utf-8"))


def expected(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    return told


def page(*lines: str) -> str:
    return "\n".join(lines)


def kept(*lines: str) -> list[str]:
    return clean_lines(page(*lines)).text.split("\n\n")


def test_there_are_pages() -> None:
    assert len(PAGES) >= 14


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_sentence_of_the_story_is_kept_in_order(path: Path) -> None:
    paragraphs = cleaned(path).text.split("\n\n")
    assert [text for text in paragraphs if text in expected(path)["kept"]] == expected(path)["kept"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_but_the_story_is_kept(path: Path) -> None:
    assert [text for text in cleaned(path).text.split("\n\n") if text not in expected(path)["kept"]] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_furniture_is_dropped_and_reported(path: Path) -> None:
    report = cleaned(path)
    for phrase in expected(path)["dropped"]:
        assert phrase not in report.text
        assert any(phrase in line for line in report.dropped), phrase


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_is_either_kept_or_reported_as_dropped(path: Path) -> None:
    report = cleaned(path)
    lines = read_page(path.read_text(encoding="utf-8")).lines
    assert len(report.text.split("\n\n")) + len(report.dropped) == len(lines)


def test_a_pull_quote_is_kept_once_where_the_story_says_it() -> None:
    quote = "“The licences for dysprosium come too late for us this year.”"
    paragraph = "“The licences for dysprosium come too late for us this year,” one of the exporters said."
    assert kept(STORY[0], quote, paragraph, STORY[1]) == [STORY[0], paragraph, STORY[1]]


def test_a_short_sentence_that_no_longer_line_holds_is_no_pull_quote() -> None:
    assert kept(*STORY[:2], "The ministry issued licences for terbium too.", STORY[2])[2] == (
        "The ministry issued licences for terbium too."
    )


def test_a_line_that_stands_twice_is_kept_once() -> None:
    assert kept(*STORY, STORY[0]) == list(STORY)


def test_a_sentence_on_another_subject_is_kept_inside_the_story() -> None:
    aside = "Rain delayed the morning train by an hour."
    assert kept(STORY[0], STORY[1], aside, STORY[2], STORY[3])[2] == aside


def test_a_sentence_on_another_subject_after_an_advertisement_is_dropped() -> None:
    aside = "Rain delayed the morning train by an hour."
    assert kept(STORY[0], STORY[1], "Advertisement", aside, STORY[2], STORY[3]) == list(STORY)


def test_a_share_bar_that_comes_again_does_not_end_the_story() -> None:
    assert kept(*STORY[:3], "Share", STORY[3], "Share", "A story that comes after the end of the page.") == list(STORY)


def test_the_story_ends_at_a_related_box_below_it() -> None:
    assert kept(*STORY, "Related stories", "Licences for dysprosium are dear, the ministry said.") == list(STORY)


def test_an_end_mark_above_most_of_the_story_does_not_end_it() -> None:
    assert kept(STORY[0], STORY[1], "Related:", STORY[2], STORY[3], STORY[3].replace("fall", "rise")) == [
        *STORY,
        STORY[3].replace("fall", "rise"),
    ]


def test_what_a_page_tells_of_its_own_writer_ends_the_story() -> None:
    bio = "Ada Quill is a chemist and has followed the licences for dysprosium since 2010."
    assert kept("By Ada Quill", *STORY, bio, "She lives near the ministry with two cats.") == list(STORY)


def test_a_person_the_byline_does_not_name_is_part_of_the_story() -> None:
    line = "Ada Quill is a chemist who applied for licences for dysprosium in May."
    assert kept("By Otto Nib", *STORY[:2], line, *STORY[2:])[2] == line


def test_a_sentence_that_breaks_off_is_left_out() -> None:
    assert kept(*STORY, "The ministry said that more licences would follow. It did not say wh…")[-1] == (
        "The ministry said that more licences would follow."
    )


def test_a_syndication_credit_is_cut_out() -> None:
    text = f"The post Licences at last appeared first on Metal Blog. {STORY[0]}"
    assert kept(text, *STORY[1:]) == list(STORY)


def test_a_page_of_menus_alone_gives_no_text() -> None:
    report = clean_lines(page("Home", "Markets", "Contact us", "© 2026 Metal Blog. All rights reserved."))
    assert (report.text, report.first, len(report.dropped)) == ("", None, 4)


def test_an_empty_page_gives_no_text() -> None:
    assert clean_lines(" \n\n") == CleanText("", (), None, None)


def test_the_first_kept_line_is_counted_without_blank_lines() -> None:
    assert clean_lines(page("Home", "", "Markets", "", *STORY)).first == 2


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (STORY[0], True),
        ("Ten ways to spend a rainy day with the family", False),
        ("By Ada Quill and the staff of this paper.", False),
        ("We use cookies to make this site better for you.", False),
        ("Sold out.", False),
    ],
)
def test_prose_is_told_from_furniture(text: str, prose: bool) -> None:
    assert is_prose(read_page(text).lines[0]) is prose


def test_a_long_paragraph_may_say_a_phrase_of_page_furniture() -> None:
    long = read_page(
        " ".join([*STORY, "The ministry asks exporters to sign up for an account before they apply."])
    ).lines
    assert not is_furniture(long[0])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("Written by Ada Quill | 4 May 2026", "Ada Quill"),
        ("Von Jörg Müller", "Jörg Müller"),
        ("By the end of the year the ministry will have issued more", None),
        ("Markets", None),
    ],
)
def test_a_byline_names_its_writer(text: str, name: str | None) -> None:
    assert byline(read_page(text).lines[0]) == name
