from __future__ import annotations

import textwrap

import pytest

from assistant.ingest.lines import (
    content_terms,
    ends_sentence,
    is_truncated,
    normalised,
    read_page,
    same_text,
    without_link_words,
    word_count,
)

WRAPPED = textwrap.fill("The ministry of commerce issued general licences for magnets to a few exporters. " * 6, 72)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("cafe\u0301", "café"),
        ("ten\u00a0tonnes", "ten tonnes"),
        ("rare\u200bearth\ufeff\u202e", "rareearth"),
        ("a\x00b\x1bc\td", "abc\td"),
    ],
)
def test_text_is_normalised(given: str, text: str) -> None:
    assert normalised(given) == text


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It rose.", True),
        ("“It rose.”", True),
        ("It rose.[3]", True),
        ("出口须经许可。", True),
        ("It rose…", False),
        ("It rose", False),
        ("A study by.", False),
    ],
)
def test_the_end_of_a_sentence(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends


@pytest.mark.parametrize(
    ("text", "truncated"),
    [("It won’t dwi…", True), ("It rose [+812 chars]", False), ("It rose... [+812 chars]", True), ("It rose.", False),
     ("The price of Read more", True), ("It rose. Read more", False)],
)  # fmt: skip
def test_text_that_breaks_off(text: str, truncated: bool) -> None:
    assert is_truncated(text) is truncated


def test_a_link_at_the_end_is_cut() -> None:
    assert without_link_words("It rose. (Continue reading »") == "It rose."


def test_words_of_scripts_without_spaces_are_estimated() -> None:
    assert (word_count("rare-earth ores"), word_count("稀土出口管制办法公布了")) == (2, 6)


def test_same_text_ignores_case_and_marks() -> None:
    assert same_text("“Prices ROSE!”") == same_text("prices rose.")


def test_terms_leave_out_function_words() -> None:
    assert content_terms("The exporters would export magnets", "en") == ("export", "export", "magnet")


def test_terms_of_chinese_are_pairs_of_characters() -> None:
    assert content_terms("稀土矿", "zh") == ("稀土", "土矿")


def test_lines_are_numbered_without_blank_ones() -> None:
    lines = read_page("one\n\n\ntwo").lines
    assert [(line.number, line.text, line.after_blank) for line in lines] == [(0, "one", True), (1, "two", True)]


@pytest.mark.parametrize("marker", ["• ", "- ", "  • ", "* ", "– "])
def test_a_bullet_is_taken_off(marker: str) -> None:
    line = read_page(f"{marker}Used in wind turbines").lines[0]
    assert (line.bullet, line.text) == (True, "Used in wind turbines")


def test_glued_headings_are_noticed() -> None:
    assert [line.glued for line in read_page("What changedWho asksWhat next\nWhat changed").lines] == [True, False]


def test_repeats_are_counted() -> None:
    assert [line.repeats for line in read_page("Share\nStory\nSHARE").lines] == [2, 1, 2]


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    assert [line.text for line in read_page(f"{WRAPPED}\n\nEnd.").lines] == [WRAPPED.replace("\n", " "), "End."]


def test_lines_of_free_length_stay_apart() -> None:
    assert (
        len(read_page("One short line.\nAnother line that is somewhat longer.\nA third.\nA fourth.\nA fifth.").lines)
        == 5
    )
