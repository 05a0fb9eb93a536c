"""Markers and sentences out of what a model writes, whatever it writes and however it comes in chunks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import make_article, make_hit

from assistant.answer.cite import MAX_QUOTES_A_SENTENCE, resolve
from assistant.answer.markers import parse_markers
from assistant.answer.quotes import Quote
from assistant.answer.sentence_stream import MAX_SENTENCE_LENGTH, SentenceStream

PIECES = [
    "China exported 1,238 t", ".", " ", "\n", "[1]", "[", "]", "【2】", "[3-5", "U.S", "No", "61", "```", "<think>",
    "</think>", "<b>", "(", ")", "http://x.org/a", "!", "?", "。", "“", "”", "[Reuters]", "[^1]", "中", "x", "-",
]  # fmt: skip


def sentences(*chunks: str) -> list[str]:
    stream = SentenceStream()
    return [*(sentence for chunk in chunks for sentence in stream.feed(chunk)), *stream.close()]


def parsed(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(marked.text, marked.numbers) for marked in map(parse_markers, sentences(text))]


def quotes(count: int) -> list[Quote]:
    hits = [make_hit(make_article(f"a{n}", f"Sentence {n}.")) for n in range(1, count + 1)]
    return [Quote.of_register(hit, hit.passage.sentences[0]) for hit in hits]


# Chunks


@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200), data=st.data())
def test_chunks_change_nothing(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    chunks = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert sentences(*chunks) == sentences(text)


@example("://")
@example("x://://y [1](://)")
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_nothing_that_a_model_writes_is_more_than_plain_words(text: str) -> None:
    for raw in sentences(text):
        found = parse_markers(raw).text
        assert not any(mark in found for mark in ("[", "]", "【", "】", "](", "```", "<b", "<scr", "://", "www."))
        assert found == " ".join(found.split())
        assert found.isprintable() or not found


def test_a_sentence_is_told_as_soon_as_the_next_begins() -> None:
    stream = SentenceStream()
    told = [list(stream.feed(chunk)) for chunk in ("A rose", ".", " [", "1", "] ", "B")]
    assert told == [[], [], [], [], [], ["A rose. [1]"]]


def test_a_sentence_without_end_is_cut() -> None:
    assert [len(sentence) for sentence in sentences("x" * (MAX_SENTENCE_LENGTH + 5))] == [MAX_SENTENCE_LENGTH, 5]


# Where sentences end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China fell [1]. India rose [2].", [("China fell.", (1,)), ("India rose.", (2,))]),
        ("China fell. [1] India rose. [2]", [("China fell.", (1,)), ("India rose.", (2,))]),
        ("China fell.[1] India rose.[2]", [("China fell.", (1,)), ("India rose.", (2,))]),
        ("[1] China fell. [2] India rose.", [("China fell.", (1,)), ("India rose.", (2,))]),
        ("China fell [1]\nIndia rose [2]", [("China fell", (1,)), ("India rose", (2,))]),
        ("1. China fell [1].\n2. India rose [2].", [("China fell.", (1,)), ("India rose.", (2,))]),
        ("- China fell [1]\n* India rose [2]", [("China fell", (1,)), ("India rose", (2,))]),
        ("The U.S. rose 3.5 % [1]. Announcement No. 61 fell [2].",
         [("The U.S. rose 3.5 %.", (1,)), ("Announcement No. 61 fell.", (2,))]),
        ("He said “it fell.” [1] It rose. [2]", [("He said “it fell.”", (1,)), ("It rose.", (2,))]),
        ("中国下降。[1]印度上升。[2]", [("中国下降。", (1,)), ("印度上升。", (2,))]),
    ],
)  # fmt: skip
def test_each_sentence_has_its_own_markers(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert parsed(text) == expected


# Markers


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)), ("[1][2]", (1, 2)), ("[1, 2]", (1, 2)), ("[1; 2 and 3]", (1, 2, 3)), ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)), ("【1】", (1,)), ("［1］", (1,)), ("［１］", (1,)), ("[^1]", (1,)), ("[1†source]", (1,)),
        ("【4:0†source】", (4,)), ("[2][1][2]", (2, 1)), ("[ 1 ]", (1,)), ("[1](http://e.org)", (1,)),
        ("[[1]](http://e.org)", (1,)),
    ],
)  # fmt: skip
def test_forms_of_a_marker(marker: str, numbers: tuple[int, ...]) -> None:
    marked = parse_markers(f"China fell {marker}.")
    assert (marked.text, marked.numbers) == ("China fell.", numbers)


@pytest.mark.parametrize("bracket", ["[Reuters]", "[sic]", "[source 1]", "[1", "[12345]", "[]"])
def test_a_bracket_that_is_no_marker_is_counted_and_cites_nothing(bracket: str) -> None:
    marked = parse_markers(f"China {bracket} fell.")
    assert marked.numbers == ()
    assert marked.left_out["brackets"] >= 1


@pytest.mark.parametrize("wrong", ["[3-1]", "[1-400]"])
def test_a_range_that_cannot_be_read_is_counted(wrong: str) -> None:
    marked = parse_markers(f"China fell {wrong}.")
    assert (marked.numbers, marked.left_out["ranges"]) == ((), 1)


@pytest.mark.parametrize(
    ("text", "plain", "kind"),
    [
        ("See [here](http://e.org/a?b=c).", "See here.", "links"),
        ("See <https://e.org> now.", "See now.", "links"),
        ("See www.e.org now.", "See now.", "links"),
        ("See javascript:alert(1) now.", "See now.", "links"),
        ("It ![x](http://e.org/x.png)fell.", "It fell.", "images"),
        ("It <b>fell</b>.", "It fell.", "markup"),
        ("It &lt;img src=x onerror=y&gt; fell.", "It fell.", "markup"),
        ("It <scr<b>ipt>fell.", "It fell.", "markup"),
        ("It <!-- hidden --> fell.", "It fell.", "markup"),
    ],
)
def test_links_images_and_markup_are_taken_out_and_counted(text: str, plain: str, kind: str) -> None:
    marked = parse_markers(text)
    assert marked.text == plain
    assert marked.left_out[kind] >= 1


def test_emphasis_and_invisible_characters_leave_only_words() -> None:
    assert parse_markers("**It** `fell`\u202e\u200b __now__.").text == "It fell now."


@pytest.mark.parametrize("text", ["```python\nprint(1). X\n```\nIt fell.", "It fell.\n~~~\ncode. Code"])
def test_code_is_left_out_and_counted(text: str) -> None:
    stream = SentenceStream()
    assert [*stream.feed(text), *stream.close()] == ["It fell."]
    assert stream.hidden == {"code": 1}


def test_reasoning_is_left_out_and_counted() -> None:
    stream = SentenceStream()
    assert [*stream.feed("<think>It rose [1].\nOr?</think>It fell."), *stream.close()] == ["It fell."]
    assert stream.hidden == {"reasoning": 1}


@pytest.mark.parametrize("lead_in", ["The evidence is: ", "Answer: ", "The answer to this question is: "])
def test_a_lead_in_that_claims_nothing_is_no_part_of_the_sentence(lead_in: str) -> None:
    assert parse_markers(f"{lead_in}[1] It fell.").text == "It fell."


# Quotes


def test_markers_become_the_quotes_that_were_offered() -> None:
    offered = quotes(3)
    resolved = resolve("It fell [3][1].", offered)
    assert (resolved.text, resolved.quotes, resolved.left_out) == ("It fell.", (offered[2], offered[0]), {})


@pytest.mark.parametrize("marker", ["[4]", "[0]", "[2025]"])
def test_a_number_that_was_not_offered_cites_nothing_and_is_counted(marker: str) -> None:
    resolved = resolve(f"It fell {marker}.", quotes(3))
    assert (resolved.text, resolved.quotes, resolved.left_out) == ("It fell.", (), {"not_offered": 1})


def test_a_sentence_cites_so_many_quotes_at_most() -> None:
    resolved = resolve("It fell [1-6].", quotes(6))
    assert (len(resolved.quotes), resolved.left_out) == (MAX_QUOTES_A_SENTENCE, {"too_many": 2})
