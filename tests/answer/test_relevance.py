from __future__ import annotations

from dataclasses import astuple, fields
from typing import Any

import pytest
from support import make_article, make_hit

from assistant.answer.relevance import WEIGHTS, Question, Signals, Weights
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence
from assistant.terms import Names, TermAnalyzer

ANALYZER = TermAnalyzer(
    Names({"Dy": "dysprosium"}, {"elements": frozenset({"dysprosium", "terbium"}), "places": frozenset({"china"})})
)


def signals(question: str, *sentences: str, focus: str | None = None, **article: Any) -> Signals:
    """The signals of the first of the sentences, each term as rare as any."""
    evidence = Evidence(make_hit(make_article(text=" ".join(sentences), **article), *sentences), 0.5,
                        tuple(0.25 for _ in sentences))  # fmt: skip
    rarity = dict.fromkeys(ANALYZER.content_terms(question), 1.0)
    return Question(Standalone(question, focus or question), ANALYZER, rarity).signals(evidence)[0]


def test_there_is_a_weight_for_each_signal() -> None:
    assert len(WEIGHTS.signals) == len(fields(Signals))


def test_relevance_is_a_logistic_probability() -> None:
    none = Signals(*[0.0] * len(fields(Signals)))
    weights = Weights((1.0, *[0.0] * (len(fields(Signals)) - 1)), 0.0)
    assert weights.relevance(none) == 0.5
    assert weights.relevance(Signals(1e9, *astuple(none)[1:])) == pytest.approx(1.0)
    assert weights.relevance(Signals(-1e9, *astuple(none)[1:])) == pytest.approx(0.0)


def test_similarities_pass_through() -> None:
    found = signals("magnets", "Magnets rose.")
    assert (found.similarity, found.passage_similarity) == (0.25, 0.5)


def test_coverage_is_the_share_of_the_questions_terms() -> None:
    found = signals("magnets yttrium oxide prices", "Magnets and oxide rose.", "Yttrium fell.")
    assert (found.coverage, found.context_coverage) == (0.5, 0.75)


def test_the_title_counts_as_context() -> None:
    assert signals("yttrium", "Prices rose.", title="Yttrium").context_coverage == 1.0


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [("MP Materials paid 45 dollars.", 0.0), ("MP Materials paid.", 0.25), ("It paid.", 0.75), ("Nothing.", 1.0)],
)
def test_names_and_numbers_that_are_missing_are_counted(sentence: str, missing: float) -> None:
    question = "What did MP Materials Paid do with 45 dollars?"
    assert signals(question, sentence, title="x").key_missing == missing


def test_another_element_in_its_place_is_a_substitute() -> None:
    assert signals("Who exports dysprosium?", "Terbium is exported.").substituted == 1.0
    assert signals("Who exports dysprosium?", "Dy and terbium are exported.").substituted == 0.0
    assert signals("Who exports dysprosium?", "Magnets are exported.").substituted == 0.0


def test_another_announcement_in_its_place_is_a_substitute() -> None:
    assert signals("What does Announcement 18 cover?", "Announcement 61 covers it.").substituted == 1.0


@pytest.mark.parametrize(
    ("sentence", "published_on", "fit"),
    [
        ("It fell in May 2025.", "2025-06-20", 1.0),
        ("It fell on 3 May 2025.", "2025-06-20", 1.0),
        ("It fell in April 2025.", "2025-05-20", -1.0),
        ("It fell.", "2025-05-20", 0.5),
        ("It fell.", "2025-06-20", 0.0),
        ("It fell.", None, 0.0),
        ("It fell in 2025.", "2025-06-20", -1.0),
    ],
)
def test_a_sentence_that_tells_of_the_time_asked_about_fits(
    sentence: str, published_on: str | None, fit: float
) -> None:
    assert signals("What fell in May 2025?", sentence, published_on=published_on).date_fit == fit


def test_no_time_asked_no_fit() -> None:
    assert signals("What fell?", "It fell in May 2025.").date_fit == 0.0


def test_what_is_new_in_a_follow_up_counts_twice() -> None:
    question = "magnets yttrium oxide: terbium"
    assert signals(question, "Terbium rose.").coverage == 0.25
    assert signals(question, "Terbium rose.", focus="terbium").coverage == 0.625


@pytest.mark.parametrize(("reliability", "value"), [("A", 1.0), ("B", 0.5), ("C", 0.0)])
def test_reliability_is_a_signal(reliability: str, value: float) -> None:
    assert signals("magnets", "Magnets rose.", reliability=reliability).reliability == value


def test_a_question_of_stop_words_divides_by_nothing() -> None:
    found = signals("what is it", "Magnets rose.")
    assert (found.coverage, found.key_missing, found.substituted, found.rarest_missing) == (0.0, 0.0, 0.0, 0.0)
