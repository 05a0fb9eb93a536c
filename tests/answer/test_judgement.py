from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError
from support import make_article, make_hit

from assistant.answer.demands import Demands
from assistant.answer.judgement import (
    KEPT,
    SCORED,
    Branch,
    ByWeights,
    JudgementWeights,
    Leaf,
    LearnedJudge,
    Order,
    Trees,
    features,
    load_judgement,
    showable,
)
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS, Signals, Weights
from assistant.terms import TermAnalyzer
from assistant.types import Span

ORDER = Order(signals={"coverage": 1.0}, scorer=0.0, slope=1.0, intercept=0.0)
WITH_SCORER = ORDER.model_copy(update={"scorer": 10.0})
NO_TREES = Trees(start=0.0, trees=())
PLAIN = TermAnalyzer()


class Likes:
    """Scores 1 for candidates that hold a word, else 0, and remembers what it read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        self.read += candidates
        return np.array([self.word in candidate for candidate in candidates], dtype=np.float32)


def quote(text: str, published_on: str | None = "2025-05-01", **signals: float) -> Quote:
    article = replace(make_article(text, text), title="Title", published_on=published_on)
    return Quote(make_hit(article, text), Span(0, len(text)), 0.0, replace(NO_SIGNALS, **signals), text)


def judge(scorer: Likes, trees: Trees = NO_TREES) -> LearnedJudge:
    return LearnedJudge(JudgementWeights(first=ORDER, second=WITH_SCORER, answerable=trees), scorer, PLAIN)


def test_the_scorer_can_overrule_the_signals() -> None:
    ordered = judge(Likes("right")).ordered("q", [quote("wrong", coverage=0.9), quote("right", coverage=0.1)])
    assert [one.sentence for one in ordered] == ["right", "wrong"]


def test_relevance_is_the_logistic_of_the_score() -> None:
    (one,) = judge(Likes("right")).ordered("q", [quote("right", coverage=0.5)])
    assert one.relevance == pytest.approx(1 / (1 + math.exp(-10.5)))


def test_candidates_read_title_date_and_sentence() -> None:
    scorer = Likes("x")
    judge(scorer).ordered("q", [quote("told"), quote("undated", published_on=None)])
    assert scorer.read == ["Title (2025-05-01): told", "Title: undated"]


def test_only_the_best_by_signals_are_read() -> None:
    scorer = Likes("x")
    judge(scorer).ordered("q", [quote(f"s{n}", coverage=n / 100) for n in range(SCORED + 5)])
    assert len(scorer.read) == SCORED
    assert not any(one.endswith(" s0") for one in scorer.read)


def test_some_places_are_kept_for_sentences_that_bring_what_is_wanted() -> None:
    scorer = Likes("x")
    others = [quote(f"s{n}", coverage=0.5 + n / 100, kind_fit=-1.0) for n in range(SCORED)]
    bringing = [quote(f"right{n}", coverage=n / 100, kind_fit=1.0) for n in range(KEPT + 1)]
    ordered = judge(scorer).ordered("q", [*others, *bringing])
    assert sum("right" in one for one in scorer.read) == KEPT
    assert len(scorer.read) == SCORED
    assert len(ordered) == len(others) + len(bringing)


def test_the_places_kept_are_for_those_that_name_who_is_asked_for() -> None:
    scorer = Likes("x")
    others = [quote(f"Some were got {n}.", coverage=0.5 + n / 100, kind_fit=1.0) for n in range(SCORED + KEPT)]
    named = [quote(f"Some went to Korvex {n}.", coverage=n / 100, kind_fit=-1.0) for n in range(KEPT)]
    judge(scorer).ordered("Who got it?", [*others, *named])
    assert sum("Korvex" in one for one in scorer.read) == KEPT
    assert len(scorer.read) == SCORED


def test_what_was_not_read_stays_behind() -> None:
    quotes = [quote("right" if n == 0 else f"s{n}", coverage=n / 100) for n in range(SCORED + 1)]
    ordered = judge(Likes("right")).ordered("q", quotes)
    assert ordered[-1].sentence == "right"
    assert ordered[-1].relevance <= ordered[-2].relevance


def test_nothing_found_gives_no_order_and_no_confidence() -> None:
    one = judge(Likes("x"))
    assert one.ordered("q", []) == ()
    assert one.confidence("q", []) == 0.0


def test_trees_follow_the_limits() -> None:
    tree = Branch(feature="best_coverage", limit=0.5, low=Leaf(add=-2.0), high=Leaf(add=2.0))
    trees = Trees(start=0.0, trees=(tree,))
    sure, unsure = (
        judge(Likes("x"), trees).confidence("q", judge(Likes("x")).ordered("q", [quote("s", coverage=covered)]))
        for covered in (0.6, 0.5)
    )
    assert (sure, unsure) == (pytest.approx(1 / (1 + math.exp(-2))), pytest.approx(1 / (1 + math.exp(2))))


def test_features_do_not_grow_with_what_was_found() -> None:
    few = judge(Likes("x")).ordered("q", [quote("best", coverage=1.0), *(quote(f"s{n}") for n in range(SCORED - 1))])
    many = judge(Likes("x")).ordered("q", [quote("best", coverage=1.0), *(quote(f"s{n}") for n in range(100))])
    demands = Demands("q", PLAIN)
    assert features(few, demands) == features(many, demands)


def test_shipped_weights_name_only_signals_and_features_there_are() -> None:
    weights = load_judgement()
    names = {field.name for field in fields(Signals)}
    assert set(weights.first.signals) <= names
    assert set(weights.second.signals) <= names
    ordered = LearnedJudge(weights, Likes("x"), PLAIN).ordered("q", [quote("s", coverage=0.5)])
    assert 0.0 < LearnedJudge(weights, Likes("x"), PLAIN).confidence("q", ordered) < 1.0


def test_shipped_trees_know_more_from_less() -> None:
    judge_of = LearnedJudge(load_judgement(), Likes("x"), PLAIN)
    answers = quote("s", similarity=0.9, passage_similarity=0.9, coverage=1.0, context_coverage=1.0, kind_fit=1.0)
    strays = quote("s", similarity=0.1, passage_similarity=0.1, key_missing=1.0, kind_fit=-1.0, substituted=1.0)
    sure, unsure = (judge_of.confidence("q", judge_of.ordered("q", [one])) for one in (answers, strays))
    assert sure > unsure


def test_weights_with_unknown_parts_are_refused() -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"signals": {}, "scorer": 0, "slope": 1, "intercept": 0, "more": 1})


def test_without_learning_the_best_sentence_is_the_confidence() -> None:
    weights = Weights(tuple(4.0 * (field.name == "coverage") for field in fields(Signals)), -2.0)
    by_weights = ByWeights(weights)
    ordered = by_weights.ordered("q", [quote("less", coverage=0.0), quote("more", coverage=1.0)])
    assert [one.sentence for one in ordered] == ["more", "less"]
    assert by_weights.confidence("q", ordered) == pytest.approx(1 / (1 + math.exp(-2)))


def test_what_is_far_behind_the_best_could_not_be_shown() -> None:
    best, near, far = (quote("s").judged(relevance, 0.0, 0.0) for relevance in (0.9, 0.5, 0.4))
    assert list(showable([best, near, far], 0.25)) == [best, near]
    assert list(showable([far.judged(0.1, 0.0, 0.0)], 0.25)) != []
    assert list(showable([], 0.25)) == []
