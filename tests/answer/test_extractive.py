from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from support import make_article, make_hit, vector_of

from assistant.answer.extractive import (
    FLOOR_BESIDE_LEADING,
    MAX_QUOTE_LENGTH,
    MORE_BY_DATE,
    PLAIN,
    Draft,
    ExtractiveAnswerer,
    Plan,
    day_told,
)
from assistant.answer.quotes import Quote
from assistant.answer.relevance import Signals, Weights
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence, Findings
from assistant.terms import TermAnalyzer
from assistant.types import Article, Hit, Period, Span

ANALYZER = TermAnalyzer()
# Relevance is the share of the question's terms in the sentence: 4 of 4 is 0.88, none is 0.12.
COVERAGE_ONLY = Weights(tuple(4.0 * (field.name == "coverage") for field in fields(Signals)), -2.0)
QUESTION = "china magnets exports tonnes"


def evidence(article: Article, *sentences: str) -> Evidence:
    hit: Hit = make_hit(article, *sentences)
    query = vector_of(QUESTION)
    return Evidence(hit, 0.0, tuple(float(vector_of(span.of(article.text)) @ query) for span in hit.passage.sentences))


def texts(*found: Evidence, floor: float = 0.3, most: int = 5, question: str = QUESTION) -> list[str]:
    answerer = ExtractiveAnswerer(ANALYZER, floor, most, COVERAGE_ONLY)
    rarity = dict.fromkeys(ANALYZER.content_terms(question), 1.0)
    return [quote.text for quote in answerer.draft(Standalone(question, question), Findings(found, rarity, 0)).quotes]


def each(*sentences: str) -> list[Evidence]:
    return [evidence(make_article(f"a{n}", sentence), sentence) for n, sentence in enumerate(sentences)]


def test_the_most_relevant_sentence_comes_first() -> None:
    assert texts(*each("Magnets of China.", "China magnets exports tonnes.")) == [
        "China magnets exports tonnes.", "Magnets of China."
    ]  # fmt: skip


def test_below_the_floor_nothing_is_said() -> None:
    assert texts(*each("China magnets."), floor=0.51) == []
    assert texts(*each("China magnets."), floor=0.49) == ["China magnets."]


def test_a_sentence_far_behind_the_best_is_left_out() -> None:
    assert texts(*each("China magnets exports tonnes.", "China rests."), floor=0.1) == ["China magnets exports tonnes."]


def test_no_evidence_no_quotes() -> None:
    assert texts() == []


def test_never_more_sentences_than_the_most() -> None:
    many = each(*(f"China magnets exports {n} tonnes." for n in range(9)))
    assert len(texts(*many)) == 5
    assert len(texts(*many, most=2)) == 2


def test_near_repeats_are_said_once() -> None:
    assert (
        len(texts(*each("China magnets exports rose by 5 tonnes.", "The exports of China magnets rose 5 tonnes."))) == 1
    )


def test_the_same_words_with_other_figures_are_both_said() -> None:
    both = ["China magnets exports rose by 5 tonnes.", "China magnets exports rose by 7 tonnes."]
    assert texts(*each(*both)) == both


def test_a_figure_of_several_digits_is_one_figure() -> None:
    both = ["China magnets exports: 1,238 tonnes.", "China magnets exports: 1,239 tonnes."]
    assert texts(*each(*both)) == both


@pytest.mark.parametrize("opening", ["It", "They", "This", "The move", "Such"])
def test_a_sentence_that_points_back_brings_the_one_before(opening: str) -> None:
    sentences = ("Terbium is rare.", f"{opening} feeds china magnets exports tonnes.")
    article = make_article(text=" ".join(sentences))
    assert texts(evidence(article, *sentences)) == [article.text]


def test_a_point_of_a_list_reaches_back_to_the_point_before() -> None:
    sentences = ("Terbium is rare.", "It feeds china magnets exports tonnes.")
    text = "\n\n".join(sentences)
    assert texts(evidence(make_article(text=text), *sentences)) == [text]


def test_a_sentence_does_not_reach_back_too_far() -> None:
    sentences = (f"Terbium {'very ' * (MAX_QUOTE_LENGTH // 5)}rare.", "It feeds china magnets exports tonnes.")
    assert texts(evidence(make_article(text=" ".join(sentences)), *sentences)) == [sentences[1]]


def test_overlapping_quotes_are_said_once() -> None:
    sentences = ("China magnets exports tonnes.", "It feeds china magnets exports tonnes 5.")
    assert len(texts(evidence(make_article(text=" ".join(sentences)), *sentences))) == 1


def test_a_quote_is_an_exact_stretch_beyond_the_basic_plane() -> None:
    sentences = ("😀 𝄞 rest.", "China magnets exports 镓 tonnes.")
    article = make_article(text=" ".join(sentences))
    answerer = ExtractiveAnswerer(ANALYZER, 0.3, 5, COVERAGE_ONLY)
    rarity = dict.fromkeys(ANALYZER.content_terms(QUESTION), 1.0)
    (quote,) = answerer.draft(
        Standalone(QUESTION, QUESTION), Findings((evidence(article, *sentences),), rarity, 0)
    ).quotes
    assert article.text[quote.span.start : quote.span.end] == quote.text == sentences[1]


def test_a_sentence_of_another_time_is_left_out_once_one_of_the_time_asked_leads() -> None:
    both = ["China magnets exports in May 2025: 5 tonnes.", "China magnets exports in April 2025: 7 tonnes."]
    assert texts(*each(*both), question="china magnets exports tonnes in May 2025?") == both[:1]
    assert texts(*each(*both)) == both
