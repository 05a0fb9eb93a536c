"""Learns the order of sentences, and writes it into ``assistant/answer/judgement_weights.json``.

    python -m evals.train.answer_weights --data FOLDER [--out FILE]

FOLDER holds the ClapNQ files (ClapNQ dev, primeqa/clapnq, Apache-2.0). What teaches are the questions over those
articles of the corpus that the scorer has not seen: of the others it knows more than it will of yours. The table, out
of fold, shows ``core`` and ClapNQ too; ``final`` takes no part. Another order wants other weights for declining: run
``evals.train.refusal_weights`` afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from assistant.answer.judgement import (
    SCORED,
    SHIPPED_WEIGHTS,
    JudgementWeights,
    LearnedJudge,
    Order,
    load_judgement,
    named,
)
from assistant.answer.quotes import Quote
from assistant.errors import AssistantError
from assistant.index.sentence_scorer import SentenceScorer
from assistant.terms import TermAnalyzer
from evals.train.gathered import Gathered, core_questions, corpus_questions, passage_questions

FOLDS = 5
SHRINKAGE = 1e-3
DONE, COULD_NOT_RUN = 0, 2
Matrix = NDArray[np.float64]
# Ordering looks at no terms.
PLAIN = TermAnalyzer()


def learn_order(matrices: Sequence[Matrix], right: Sequence[NDArray[np.bool_]]) -> Matrix:
    """Weights that put a right sentence first: softmax over the sentences of each question, ridge.

    As ListNet's top-one loss (Cao et al. 2007, doi:10.1145/1273496.1273513).
    """
    scale = np.concatenate(matrices).std(axis=0) + 1e-6
    rows, truth = np.concatenate(matrices) / scale, np.concatenate(right).astype(float)
    sizes = np.array([len(matrix) for matrix in matrices])
    starts, of = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = rows @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        everything, told = np.add.reduceat(powers, starts), np.add.reduceat(powers * truth, starts) + 1e-30
        slope = (powers / everything[of] - powers * truth / told[of]) / len(sizes)
        value = float(np.mean(np.log(everything) - np.log(told)) + SHRINKAGE * weights @ weights)
        return value, rows.T @ slope + 2 * SHRINKAGE * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def learn(data: Sequence[Gathered], scorer: SentenceScorer) -> JudgementWeights:
    """The order, from the questions over the corpus; when to decline stays as it was."""
    asked = [one for one in data if one.origin == "corpus"]
    useful = [one for one in asked if any(one.right)]
    names = list(named(useful[0].quotes[0].signals))
    first = learn_order([_signals(one) for one in useful], [np.array(one.right) for one in useful])
    weights = _first_only(names, first)
    judged = [(one, _judged(one, weights, scorer)) for one in asked]
    pairs = [(quotes, _right(one, quotes)) for one, quotes in judged]
    answered = [(quotes, right) for quotes, right in pairs if right.any()]
    second = learn_order([_with_logit(quotes) for quotes, _ in answered], [right for _, right in answered])
    slope, intercept = probability_of(
        [_with_logit(quotes) @ second for quotes, _ in pairs], [right for _, right in pairs]
    )
    order = Order(signals=_by_name(names, second[:-1]), scorer=float(second[-1]), slope=slope, intercept=intercept)
    return weights.model_copy(update={"second": order})


def probability_of(scores: Sequence[Matrix], right: Sequence[NDArray[np.bool_]]) -> tuple[float, float]:
    """Slope and intercept of the logistic function from the scores of each question to whether a sentence is right."""
    # Wrong sentences are many; balanced, the relevance of a sentence does not hang on how many were read.
    model = LogisticRegression(C=1e3, class_weight="balanced").fit(
        np.concatenate(scores)[:, None], np.concatenate(right)
    )
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _first_only(names: Sequence[str], first: Matrix) -> JudgementWeights:
    order = Order(signals=_by_name(names, first), scorer=0.0, slope=1.0, intercept=0.0)
    return load_judgement().model_copy(update={"first": order, "second": order})


def _by_name(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _judged(one: Gathered, weights: JudgementWeights, scorer: SentenceScorer) -> tuple[Quote, ...]:
    return LearnedJudge(weights, scorer, PLAIN).ordered(one.question, one.quotes)


def _right(one: Gathered, quotes: Sequence[Quote]) -> NDArray[np.bool_]:
    places = {quote.place for quote, right in zip(one.quotes, one.right, strict=True) if right}
    return np.array([quote.place in places for quote in quotes[:SCORED]])


def _signals(one: Gathered) -> Matrix:
    return np.array([list(named(quote.signals).values()) for quote in one.quotes])


def _with_logit(quotes: Sequence[Quote]) -> Matrix:
    return np.array([[*named(quote.signals).values(), quote.logit] for quote in quotes[:SCORED]])


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What a fold's weights said of questions that took no part in them."""

    one: Gathered
    ranks: Mapping[str, int | None]


def out_of_fold(data: Sequence[Gathered], scorer: SentenceScorer, told: Callable[[str], None]) -> Iterator[OutOfFold]:
    """Each question judged by weights learned from the other folds; questions of one article share a fold."""
    for fold in range(FOLDS):
        weights = learn([one for one in data if one.fold(FOLDS) != fold], scorer)
        told(f"fold {fold + 1} of {FOLDS}")
        for one in data:
            if one.fold(FOLDS) == fold and one.quotes:
                yield _outcome(one, weights, scorer)


def _outcome(one: Gathered, weights: JudgementWeights, scorer: SentenceScorer) -> OutOfFold:
    ordered = _judged(one, weights, scorer)
    without = sorted(ordered, key=lambda q: -sum(weights.first.signals[k] * v for k, v in named(q.signals).items()))
    cosine = sorted(ordered, key=lambda quote: -quote.signals.similarity)
    places = {quote.place for quote, right in zip(one.quotes, one.right, strict=True) if right}
    ways = {"late-pooled cosine": cosine, "learned signals": without, "signals and scorer": ordered}
    ranks = {
        way: next((rank for rank, quote in enumerate(quotes, 1) if quote.place in places), None)
        for way, quotes in ways.items()
    }
    return OutOfFold(one, ranks)


def show(found: Sequence[OutOfFold], console: Console) -> None:
    """The order's figures for each way, by origin."""
    table = Table("origin", "n", "way", "first", "top 3", "top 5", "reciprocal rank")
    for origin in dict.fromkeys(one.one.origin for one in found):
        part = [one for one in found if one.one.origin == origin]
        answerable = [one for one in part if one.one.answerable]
        for way in part[0].ranks:
            ranks = [one.ranks[way] for one in answerable]
            table.add_row(origin, str(len(ranks)), way, *_shares(ranks))
    console.print(table)


def _shares(ranks: Sequence[int | None]) -> list[str]:
    within = [sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in (1, 3, 5)]
    return [f"{value:.3f}" for value in (*within, sum(1 / rank for rank in ranks if rank) / len(ranks))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.answer_weights", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the ClapNQ files")
    parser.add_argument("--out", type=Path, default=SHIPPED_WEIGHTS, help="weights file to write")
    given = parser.parse_args(arguments)
    console = Console(stderr=True)
    try:
        data = [*(one for one in corpus_questions() if not one.seen), *passage_questions(given.data), *core_questions()]
    except AssistantError as error:
        console.print(str(error))
        return COULD_NOT_RUN
    scorer = Remembered(SentenceScorer(1))
    show(list(out_of_fold(data, scorer, console.print)), Console(width=120))  # type: ignore[arg-type]
    weights = learn(data, scorer)  # type: ignore[arg-type]
    given.out.write_text(json.dumps(weights.model_dump(), indent=1) + "\n", encoding="utf-8")
    return DONE


class Remembered:
    """A scorer that reads no pair twice."""

    def __init__(self, scorer: SentenceScorer) -> None:
        self._scorer = scorer
        self._known: dict[tuple[str, str], float] = {}

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """The logit of each candidate."""
        fresh = [one for one in candidates if (question, one) not in self._known]
        logits = self._scorer.score(question, fresh)
        self._known |= {(question, one): float(logit) for one, logit in zip(fresh, logits, strict=True)}
        return np.array([self._known[question, one] for one in candidates], dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main())
