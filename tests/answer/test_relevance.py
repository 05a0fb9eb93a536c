from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import astuple, fields
from datetime import date
from typing import Any

import pytest
from support import make_article, make_hit

from assistant.answer.relevance import HALF_LIFE_DAYS, WEIGHTS, Question, Signals, Weights
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence
from assistant.terms import Names, TermAnalyzer
from assistant.types import Period

ELEMENTS = {"dysprosium", "terbium", "samarium", "gallium", "graphite", "cobalt"}
ANALYZER = TermAnalyzer(Names({"Dy": "dysprosium"}, {"elements": frozenset(ELEMENTS), "places": frozenset({"china"})}))


def signals(
    question: str,
    *sentences: str,
    focus: str | None = None,
    period: Period | None = None,
    newest: date | None = None,
    **article: Any,
) -> Signals:
    """The signals of the first of the sentences, each term as rare as any."""
    evidence = Evidence(make_hit(make_article(text=" ".join(sentences), **article), *sentences), 0.5,
                        tuple(0.25 for _ in sentences))  # fmt: skip
    rarity = dict.fromkeys(ANALYZER.content_terms(question), 1.0)
    return Question(Standalone(question, focus or question), ANALYZER, rarity, period, newest).signals(evidence)[0]


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


def test_coverage_is_the_same_whatever_order_a_set_has() -> None:
    """Sets of words are in another order in each process, and floating-point sums with them."""
    program = """
from support import make_article, make_hit
from assistant.answer.relevance import Question
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence
from assistant.terms import TermAnalyzer
words = [f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(60)]
asked, told = " ".join(words), " ".join(words[::2])
question = Question(Standalone(asked, asked), TermAnalyzer(), {word: 1 / (3 + at) for at, word in enumerate(words)})
hit = make_hit(make_article(text=told), told)
print(repr(question.signals(Evidence(hit, 0.5, (0.5,)))[0].coverage))
"""
    seeds = [{"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)} for seed in "0357"]
    told = {subprocess.check_output([sys.executable, "-c", program], env=os.environ | seed) for seed in seeds}
    assert len(told) == 1 and 0 < float(told.pop()) < 1


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


def test_all_rare_earths_are_another_thing_than_gallium_but_not_than_dysprosium() -> None:
    rare_earths = "Exports of rare earths fell."
    assert signals("What became of gallium exports?", rare_earths).substituted == 1.0
    assert signals("What became of dysprosium exports?", rare_earths).substituted == 0.0
    assert signals("What became of samarium and cobalt exports?", rare_earths).substituted == 0.0
    assert signals("What became of gallium and graphite exports?", f"{rare_earths} Gallium rose.").substituted == 0.0


@pytest.mark.parametrize(
    ("question", "text", "title", "beside"),
    [
        ("What did the IEA say about gallium?", "China refines rare earths.", "Mining", True),
        ("What did the IEA say about gallium?", "It said so. Gallium was next.", "Mining", False),
        ("What did the IEA say about gallium?", "It said so.", "Gallium", False),
        ("What did the IEA say about gallium or graphite?", "Graphite rose.", "Mining", False),
        ("What did the IEA say about gallium and rare earths?", "China refines rare earths.", "Mining", False),
        ("What did the IEA say about samarium and cobalt?", "China refines rare earths.", "Mining", False),
        ("What did the IEA say?", "China refines rare earths.", "Mining", False),
    ],
)
def test_a_passage_that_never_names_the_metal_asked_about_is_beside_it(
    question: str, text: str, title: str, beside: bool
) -> None:
    asked = Question(Standalone(question, question), ANALYZER, {})
    assert asked.is_beside(make_hit(make_article(text=text, title=title))) is beside


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
        ("It fell in 2025.", "2025-06-20", 0.0),
        ("It fell between April and July 2025.", "2025-08-20", 0.0),
        ("It fell in 2024.", "2025-05-20", -1.0),
    ],
)
def test_a_sentence_that_tells_of_the_time_asked_about_fits(
    sentence: str, published_on: str | None, fit: float
) -> None:
    assert signals("What fell in May 2025?", sentence, published_on=published_on).date_fit == fit


def test_a_time_that_only_the_question_before_named_may_be_left() -> None:
    question = "What fell in May 2025: terbium"
    assert signals(question, "It fell in April 2025.", focus="terbium").date_fit == 0.0
    assert signals(question, "It fell in May 2025.", focus="terbium").date_fit == 1.0


STRETCH = Period("2025-04", "2025-06")


@pytest.mark.parametrize(
    ("sentence", "published_on", "fit"),
    [
        ("It fell between April and June 2025.", "2025-08-20", 1.0),
        ("It fell in the second quarter of 2025.", "2025-08-20", 1.0),
        ("It fell on 1 April 2025.", "2025-08-20", 0.75),
        ("It fell in June 2025.", "2025-08-20", 0.75),
        ("It fell in April and May 2025.", "2025-08-20", 0.75),
        ("It fell.", "2025-06-30", 0.5),
        ("It fell.", "2025-07-01", 0.0),
        ("It fell.", None, 0.0),
        ("It was told on 29 August 2025 that it fell.", "2025-08-29", 0.0),
        ("It was told on 30 August 2025 that it fell.", "2025-08-30", -1.0),
        ("It fell in March 2025.", "2025-05-20", -1.0),
        ("It fell in 2025.", "2025-05-20", -1.0),
        ("It fell between March and July 2025.", "2025-05-20", -1.0),
        ("It fell between May and July 2025.", "2025-08-20", -1.0),
    ],
)
def test_a_sentence_that_tells_of_the_stretch_asked_about_fits(
    sentence: str, published_on: str | None, fit: float
) -> None:
    asked = "What fell between April and June 2025?"
    assert signals(asked, sentence, published_on=published_on, period=STRETCH).date_fit == fit


@pytest.mark.parametrize(
    ("sentence", "fit"), [("It fell in July 2025.", 0.75), ("It fell in 2026.", 0.75), ("It fell in May 2025.", -1.0)]
)
def test_an_open_stretch_has_no_weeks_after_it(sentence: str, fit: float) -> None:
    period = Period("2025-06", None)
    assert signals("What fell since June 2025?", sentence, period=period).date_fit == fit


def test_a_stretch_counts_though_the_question_names_no_date() -> None:
    assert signals("What fell last quarter?", "It fell in May 2025.", period=STRETCH).date_fit == 0.75


def test_where_the_newest_is_asked_for_an_older_time_is_no_other_time() -> None:
    newest = date(2025, 6, 30)
    found = signals("What is the latest?", "It fell in March 2025.", period=STRETCH, newest=newest)
    assert found.date_fit == 0.0


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


@pytest.mark.parametrize(
    "sentence",
    [
        "Magnets were not sold.",
        "Magnets remain in place, unchanged.",
        "It is wrong that magnets fell.",
        "Unlike ore, magnets fell.",
    ],
)
def test_a_sentence_that_denies_what_is_asked_counts_by_what_it_covers(sentence: str) -> None:
    assert signals("magnets and yttrium?", sentence).denial == 0.5


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("magnets?", "Magnets rose."),
        ("Why were magnets not sold?", "Magnets were not sold."),
        ("yttrium?", "Magnets were not sold."),
        ("magnets?", "Magnets of note rose."),
    ],
)
def test_without_a_denial_of_what_is_asked_there_is_none(question: str, sentence: str) -> None:
    assert signals(question, sentence).denial == 0.0


NEWEST = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("sentence", "published_on", "age"),
    [
        ("It fell on 30 June 2025.", "2025-08-01", 0),
        ("It fell in June 2025.", "2025-08-01", 0),
        ("It fell on 16 May 2025.", "2025-06-30", 45),
        ("It fell on 1 April 2025, it rose on 16 May 2025.", "2025-06-30", 45),
        ("It fell in 2024.", "2025-06-29", 1),
        ("It fell.", "2025-06-29", 1),
        ("It fell.", "2025-05", 30),
        ("It will fall in December 2025.", "2025-05-01", 60),
    ],
)
def test_the_newest_counts_most_where_it_is_asked_for(sentence: str, published_on: str, age: int) -> None:
    found = signals("the latest?", sentence, published_on=published_on, newest=NEWEST)
    assert found.recency == pytest.approx(0.5 ** (age / HALF_LIFE_DAYS))


def test_an_undated_article_is_as_new_as_the_day_it_was_retrieved() -> None:
    found = signals("the latest?", "It fell.", published_on=None, retrieved_on="2025-05-16", newest=NEWEST)
    assert found.recency == 0.5


def test_where_the_newest_is_not_asked_for_no_sentence_is_new() -> None:
    assert signals("what fell?", "It fell on 30 June 2025.").recency == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("How many tonnes were sold in 2025?", "In June 2025 they sold 7 tonnes.", 0.75),
        ("How many tonnes were sold in 2025?", "From January to June 2025 they sold 7 tonnes.", 0.0),
        ("How many tonnes were sold in 2025?", "In 2025 they sold 70 tonnes, 7 of them in June 2025.", 1.0),
        ("How many tonnes were sold in June 2025?", "On 3 June 2025 they sold 7 tonnes.", 1.0),
        ("What fell in 2025?", "Prices fell in June 2025.", 1.0),
    ],
)
def test_the_quantity_of_a_year_is_not_that_of_a_part_of_it(question: str, sentence: str, fit: float) -> None:
    assert signals(question, sentence).date_fit == fit


def test_an_article_of_a_year_that_was_only_inferred_is_no_news() -> None:
    printed = signals("the latest?", "It fell.", published_on="2025", newest=date(2025, 12, 31))
    inferred = signals(
        "the latest?", "It fell.", published_on="2025", published_inferred=True, newest=date(2025, 12, 31)
    )
    assert printed.recency == 1.0
    assert inferred.recency == pytest.approx(0.5 ** (364 / HALF_LIFE_DAYS))


def test_the_day_of_a_report_is_not_the_time_of_what_it_tells() -> None:
    sentence = "Sales fell in March 2025, Korvex reported in May 2025."
    assert signals("How far did sales fall in May 2025?", sentence).date_fit < 1.0
    assert signals("How far did sales fall in March 2025?", sentence).date_fit == 1.0


def test_of_a_compound_the_part_that_names_something_counts() -> None:
    assert signals("What of Korvex-made magnets?", "Korvex magnets fell.").key_missing == 0.0
