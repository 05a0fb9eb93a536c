from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.sentences import split_sentences

UNICODE = st.text(
    alphabet=st.one_of(st.sampled_from(" \n.!?。！？”\"'AaéZ镓😀𝄞\u200b-1"), st.characters(exclude_categories=["Cs"]))
)


def sentences(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in split_sentences(text, language)]


@given(UNICODE)
def test_spans_are_in_order_without_overlap_and_hold_every_letter(text: str) -> None:
    spans = split_sentences(text, "en")
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@given(UNICODE)
def test_no_span_begins_or_ends_with_white_space(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in sentences(text))


@given(UNICODE, UNICODE)
def test_no_span_crosses_a_paragraph(one: str, other: str) -> None:
    text = f"{one}\n\n{other}"
    assert not any("\n\n" in sentence for sentence in sentences(text))


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    assert sentences("😀😀 rose. 𝄞 fell.") == ["😀😀 rose.", "𝄞 fell."]


def test_chinese_sentences_need_no_spaces() -> None:
    assert sentences("镓价格上涨。锗价格也上涨。", "zh") == ["镓价格上涨。", "锗价格也上涨。"]


@pytest.mark.parametrize(
    "text",
    [
        "Announcement No. 18 of 2025 took effect.",
        "It holds approx. 40 tonnes.",
        "The U.S. said so.",
        "The price was 3.5 dollars.",
    ],
)
def test_an_abbreviation_or_a_number_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_address_in_capitals_ends_no_sentence_but_a_missing_space_does() -> None:
    assert sentences("So MINING.COM wrote. It fell.") == ["So MINING.COM wrote.", "It fell."]
    assert sentences("So said the WTO.India agreed.") == ["So said the WTO.", "India agreed."]


def test_a_closing_quotation_mark_ends_a_sentence() -> None:
    assert sentences('He said "it fell." Prices rose.') == ['He said "it fell."', "Prices rose."]


@pytest.mark.parametrize("language", ["zz", "", "en-GB", "not a language"])
def test_an_unknown_language_is_split_all_the_same(language: str) -> None:
    assert sentences("It rose. It fell.", language) == ["It rose.", "It fell."]


@pytest.mark.parametrize("text", ["", " \n\n ", "\u2028"])
def test_no_words_no_sentences(text: str) -> None:
    assert split_sentences(text, "en") == ()


def test_hostile_abbreviations_take_no_quadratic_time() -> None:
    short, long = (_seconds("No. " * repeats) for repeats in (2_500, 20_000))
    assert long < 30 * short


def _seconds(text: str) -> float:
    started = time.perf_counter()
    split_sentences(text, "en")
    return time.perf_counter() - started
