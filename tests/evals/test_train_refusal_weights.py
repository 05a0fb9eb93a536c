from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import make_article, make_hit

from assistant.answer.extractive import STRANGER_CONFIDENCE
from assistant.answer.judgement import JudgementWeights, Order, Trees
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.terms import TermAnalyzer
from assistant.types import Span
from evals.train import gathered
from evals.train.gathered import Gathered
from evals.train.questions import HELD_NEAR_MISSES, NEAR_MISSES, split_of
from evals.train.refusal_weights import (
    OF_THE_SCORER,
    UNANSWERABLE_SHARE,
    Judged,
    Known,
    judged,
    known,
    learn_trees,
    out_of_fold,
    table_of,
)


class Ones:
    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        return np.ones(len(candidates), dtype=np.float32)


def asked(place: int, answerable: bool, *, seen: bool = False, quotes: tuple[Quote, ...] = ()) -> Gathered:
    return Gathered("corpus", f"article {place}", f"question {place}", answerable, quotes, (), seen)


def quote() -> Quote:
    text = "Magnets need permits."
    return Quote(make_hit(make_article(text, text), text), Span(0, len(text)), 0.0, NO_SIGNALS, text)


@pytest.mark.parametrize("unanswerable", [60, 300])
def test_the_probability_fits_what_is_asked_not_what_was_written(unanswerable: int) -> None:
    """Where nothing tells the questions apart, the confidence is the share that is answered among people's."""
    data = [Known(asked(n, n >= unanswerable), {"same": 1.0}) for n in range(400)]
    assert learn_trees(data).probability({"same": 1.0}) == pytest.approx(1 - UNANSWERABLE_SHARE, abs=0.01)


def test_trees_learn_what_tells_questions_apart() -> None:
    data = [Known(asked(n, n % 2 == 0), {"right": float(n % 2 == 0), "noise": float(n % 7)}) for n in range(400)]
    trees = learn_trees(data)
    assert trees.probability({"right": 1.0, "noise": 3.0}) > 0.9
    assert trees.probability({"right": 0.0, "noise": 3.0}) < 0.1


def test_of_a_question_it_was_trained_on_the_scorer_tells_nothing() -> None:
    order = Order(signals={"coverage": 1.0}, scorer=1.0, slope=1.0, intercept=0.0)
    weights = JudgementWeights(first=order, second=order, answerable=Trees(start=0.0, trees=()))
    data = [asked(0, True, seen=True, quotes=(quote(),)), asked(1, True, quotes=(quote(),)), asked(2, False)]
    seen, unseen = known(data, weights, Ones(), TermAnalyzer())
    assert {name for name, value in seen.features.items() if math.isnan(value)} == set(OF_THE_SCORER)
    assert unseen.features["logit"] == 1.0
    assert not any(map(math.isnan, unseen.features.values()))


def test_seen_questions_teach_and_are_not_reported() -> None:
    data = [Known(asked(n, n % 2 == 0, seen=n < 100), {"right": float(n % 2 == 0)}) for n in range(400)]
    found = list(out_of_fold(data, lambda _: None))
    assert {one.one.question for one in found} == {f"question {n}" for n in range(100, 400)}
    assert all((one.confidence > 0.5) == one.one.answerable for one in found)


def test_what_no_sentence_can_answer_is_declined_whatever_the_trees_say() -> None:
    trees = Trees(start=3.0, trees=())
    sure, unmet = (judged(Known(asked(0, True), {}, unmet), trees).confidence for unmet in (False, True))
    assert sure > 0.9
    assert unmet == STRANGER_CONFIDENCE


def test_a_question_that_names_what_nothing_found_names_is_unmet() -> None:
    order = Order(signals={"coverage": 1.0}, scorer=1.0, slope=1.0, intercept=0.0)
    weights = JudgementWeights(first=order, second=order, answerable=Trees(start=0.0, trees=()))
    other = replace(asked(0, False, quotes=(quote(),)), question="Does Korvex need permits?")
    same, strange = known([asked(1, True, quotes=(quote(),)), other], weights, Ones(), TermAnalyzer())
    assert (same.unmet, strange.unmet) == (False, True)


def test_the_table_tells_precision_recall_and_cost() -> None:
    found = [Judged(asked(n, n != 0), 0.2 if n in (0, 1) else 0.9) for n in range(12)]
    table = table_of(found, {"near misses": found})
    rows = list(zip(*(list(column.cells) for column in table.columns), strict=True))
    assert {row[0] for row in rows} == {"corpus", "held out: near misses"}
    precision, recall, wrongly = (str(cell) for cell in rows[0][4:])
    assert (precision[:6], recall[:6], wrongly[:7]) == ("1 of 2", "1 of 1", "1 of 11")


@pytest.mark.parametrize(("file", "seen"), [(NEAR_MISSES, [True, False]), (HELD_NEAR_MISSES, [False, False])])
def test_a_near_miss_of_a_training_article_was_seen_by_the_scorer(
    monkeypatch: pytest.MonkeyPatch, file: Path, seen: list[bool]
) -> None:
    articles = "2023-10-20-forexlive-graphite-export-permits", "2025-02-04-reuters-five-metals"
    assert [split_of(article) for article in articles] == ["train", "held"]
    written = [replace(asked(0, False), group=article) for article in articles]
    monkeypatch.setattr(gathered, "_written_questions", lambda origin, files: iter(written))
    assert [one.seen for one in gathered.near_misses(file)] == seen
