"""Learns how the judge weighs signals and scorer, from graded sentences, and writes it into ``judgement_weights.json``.

    python -m evals.train.graded_order [--out FILE]

It learns from the graded questions that the scorer was not shown, and reports on those held out: how often a sentence
of the best grade comes first, and the normalised discounted cumulative gain of the first five (Jarvelin and Kekalainen
2002, doi:10.1145/582415.582418), with 95 % bootstrap intervals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from assistant.answer.judgement import SHIPPED_WEIGHTS, Order, Scorer, as_candidate, load_judgement, named
from assistant.errors import AssistantError
from assistant.index.sentence_scorer import SentenceScorer
from evals.metrics import bootstrap_interval
from evals.train.answer_weights import learn_order, probability_of
from evals.train.gathered import Gathered, graded_questions
from evals.train.graded import GRADED, HELD_GRADED, read_graded

SEED = 5
DONE, COULD_NOT_RUN = 0, 2
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Listed:
    """The sentences of one question.

    Attributes:
        rows: signals by name in the order of ``named``, and the scorer's logit last; shape (sentences, signals + 1).
        right: which are of the best grade.
        useful: which are of any but the lowest.
    """

    rows: Matrix
    right: NDArray[np.bool_]
    useful: NDArray[np.bool_]


def listed(data: Sequence[Gathered], scorer: Scorer) -> list[Listed]:
    """What the judge would know of each graded sentence."""
    return [_listed(one, scorer) for one in data if len(one.quotes) > 1]


def _listed(one: Gathered, scorer: Scorer) -> Listed:
    logits = scorer.score(one.question, [as_candidate(quote) for quote in one.quotes])
    rows = [[*named(quote.signals).values(), float(logit)] for quote, logit in zip(one.quotes, logits, strict=True)]
    return Listed(np.array(rows), np.array(one.right), np.array(one.useful))


def learn(data: Sequence[Listed], names: Sequence[str]) -> Order:
    """The order that puts a sentence of the best grade first, and the probability that one is of use.

    Both from the questions with a sentence of the best grade: how many others were graded must not move the scale.
    """
    useful = [one for one in data if one.right.any()]
    weights = learn_order([one.rows for one in useful], [one.right for one in useful])
    slope, intercept = probability_of([one.rows @ weights for one in useful], [one.useful for one in useful])
    by_name = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=False)}
    return Order(signals=by_name, scorer=float(weights[-1]), slope=slope, intercept=intercept)


def scored_by(order: Order, names: Sequence[str]) -> Callable[[Listed], Matrix]:
    """What an order gives each sentence."""
    weights = np.array([*(order.signals.get(name, 0.0) for name in names), order.scorer])
    return lambda one: np.asarray(one.rows @ weights)


def table_of(data: Sequence[Listed], ways: dict[str, Callable[[Listed], Matrix]]) -> Table:
    """How well each way orders the sentences of questions that have an answer."""
    answered = [one for one in data if one.right.any()]
    table = Table("held-out graded questions", "n", "best grade first", "gain of the first five")
    for name, way in ways.items():
        first = [bool(one.right[np.argmax(way(one))]) for one in answered]
        gains = [_gain(way(one), one.right) for one in answered]
        table.add_row(name, str(len(answered)), _told(first), _told(gains))
    return table


def _gain(scores: Matrix, right: NDArray[np.bool_]) -> float:
    discounts = 1 / np.log2(np.arange(2, 7))
    told = right[np.argsort(-scores, kind="stable")][:5].astype(float)
    best = np.sort(right.astype(float))[::-1][:5]
    return float((told * discounts[: len(told)]).sum() / (best * discounts[: len(best)]).sum())


def _told(values: Sequence[float]) -> str:
    interval = bootstrap_interval(values, SEED)
    told = f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else ""
    return f"{np.mean(values):.3f}{told}"


def _names(data: Sequence[Gathered]) -> list[str]:
    first: Iterator[Gathered] = (one for one in data if one.quotes)
    return list(named(next(first).quotes[0].signals))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.graded_order", description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=SHIPPED_WEIGHTS, help="weights file to write")
    given = parser.parse_args(arguments)
    try:
        weights, scorer = load_judgement(), SentenceScorer(2)
        unseen = [one for one in read_graded(GRADED) if one.teaches_order]
        data = list(graded_questions(unseen, only_graded=True))
        held = listed(list(graded_questions(read_graded(HELD_GRADED), only_graded=True)), scorer)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    names = _names(data)
    order = learn(listed(data, scorer), names)
    ways = {
        "signals": scored_by(weights.first, names),
        "scorer": lambda one: one.rows[:, -1],
        "order before": scored_by(weights.second, names),
        "order learned": scored_by(order, names),
    }
    Console(width=110).print(table_of(held, ways))
    written = weights.model_copy(update={"second": order})
    given.out.write_text(json.dumps(written.model_dump(), indent=1) + "\n", encoding="utf-8")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
