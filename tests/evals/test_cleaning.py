"""Cleaning holds its figures on the tuned half of the messy pages; the measure itself tells right from wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInputError
from evals.cleaning import PAGES, main, read_pages, rows_of, score_all
from evals.kept_text import Story, score_kept

FLOORS = {
    "sentences, precision": 0.97,
    "sentences, recall": 0.98,
    "characters, precision": 0.98,
    "characters, recall": 0.98,
    "furniture left out": 0.97,
    "title right": 0.96,
    "publisher right": 0.93,
    "author right": 0.96,
    "published_on right": 0.9,
    "published_from right": 0.9,
    "origin right": 0.93,
    "language right": 0.96,
}
STORY = Story(
    kept=("Yttrium is scarce in every port. Nobody knows why the ships are late.",),
    rows=(("Oxide", "Terbium", "61"),),
    either=("Key points",),
    dropped=("Sign up",),
    language="en",
)


def test_cleaning_of_the_tuned_pages_stays_above_its_floors() -> None:
    reached = {row.measure: row.figure.value for row in rows_of(score_all(PAGES, ["product"])) if row.half == "tuned"}
    assert reached.keys() == FLOORS.keys()
    assert {name: value for name, value in reached.items() if value is None or value < FLOORS[name]} == {}


def test_there_are_forty_pages_and_fifteen_of_them_were_never_tuned_on() -> None:
    pages = read_pages(PAGES)
    assert len(pages) >= 40
    assert sum(page.held_out for page in pages) == 15
    assert {page.page for page in pages} | {"expected.yaml"} == {path.name for path in PAGES.iterdir()}


def test_a_whole_story_with_its_rows_scores_full_marks() -> None:
    score = score_kept(f"Key points\n{STORY.kept[0]}\nOxide: Terbium; 2025: 61.", STORY)
    assert (score.sentence_precision, score.sentence_recall, score.phrases_dropped) == (1, 1, 1)


def test_what_is_lost_lowers_recall_and_what_is_extra_lowers_precision() -> None:
    score = score_kept("Yttrium is scarce in every port.\nSign up for our letter now.", STORY)
    assert score.sentence_precision == 1 / 2
    assert score.sentence_recall == 1 / 3
    assert score.phrases_dropped == 0
    assert score.extra == ("sign up for our letter now.",)


def test_a_row_apart_from_its_header_is_no_row() -> None:
    assert score_kept("Oxide\nTerbium 61", STORY).sentence_recall == 0


def test_a_folder_without_expectations_cannot_be_measured(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="name the folder with --pages"):
        read_pages(tmp_path)
    assert main(["--pages", str(tmp_path)]) == 2
