"""Learns when to decline, and writes it into ``assistant/answer/judgement_weights.json`` beside the order.

    python -m evals.train.refusal_weights --data FOLDER [--out FILE]

FOLDER holds the ClapNQ files (ClapNQ dev, primeqa/clapnq, Apache-2.0). The questions over the shipped corpus, their
near misses and the eval set ``core`` take part; ``final`` and what is held out do not. The table is out of fold, but
for its last rows: the held-out questions, judged by what is written. As in the product, what names or brings nothing of
what is asked is declined whatever the trees say.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from assistant.answer.demands import Demands
from assistant.answer.extractive import STRANGER_CONFIDENCE
from assistant.answer.judgement import (
    LEAST_RELEVANCE,
    SHIPPED_WEIGHTS,
    JudgementWeights,
    LearnedJudge,
    Scorer,
    Trees,
    features,
    load_judgement,
    showable,
)
from assistant.errors import AssistantError
from assistant.index.sentence_scorer import SentenceScorer
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from evals.shares import Share
from evals.train.gathered import (
    Gathered,
    all_corpus_questions,
    core_questions,
    graded_questions,
    near_misses,
    passage_questions,
    plain_questions,
    pooled_questions,
)
from evals.train.graded import GRADED, read_graded
from evals.train.questions import HELD_NEAR_MISSES, HELD_PLAIN_QUESTIONS, NEAR_MISSES, PLAIN_QUESTIONS

FOLDS = 5
SEED = 3
DRAWS = 1_000
# Of what was written to learn from, more than a third has no answer; in ``core`` and ``final`` a fifth.
UNANSWERABLE_SHARE = 0.2
# The near misses are many and harder than what people ask: of full weight they would teach to decline the rest.
NEAR_MISS_WEIGHT = 0.2
THRESHOLDS = (0.4, 0.5, 0.6, 0.7)
OF_THE_SCORER = ("score", "second_score", "mean_score_of_3", "score_above_mean", "logit", "most_logit")
DONE, COULD_NOT_RUN = 0, 2


@dataclass(frozen=True)
class Known:
    """One question with what is known of it.

    Attributes:
        features: by name; those of the scorer are NaN where it was trained on the question.
        unmet: no sentence found can be the answer, so it is declined whatever the trees say.
    """

    one: Gathered
    features: Mapping[str, float]
    unmet: bool = False

    @cached_property
    def row(self) -> list[float]:
        """The features in the order of their names."""
        return [self.features[name] for name in sorted(self.features)]


class _Unread:
    """A scorer that has read nothing."""

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """Nothing but zeros."""
        return np.zeros(len(candidates), dtype=np.float32)


def known(data: Sequence[Gathered], weights: JudgementWeights, scorer: Scorer, analyzer: TermAnalyzer) -> list[Known]:
    """What the product would know of each question; one that the scorer has seen is ordered by the signals alone."""
    by_signals = weights.model_copy(update={"second": weights.first})
    judges = {True: LearnedJudge(by_signals, _Unread(), analyzer), False: LearnedJudge(weights, scorer, analyzer)}
    found = []
    for one in data:
        if one.quotes:
            demands = Demands(one.question, analyzer)
            ordered = judges[one.seen].ordered(one.question, one.quotes)
            told = features(ordered, demands)
            told |= dict.fromkeys(OF_THE_SCORER, float("nan")) if one.seen else {}
            found.append(Known(one, told, demands.unmet_by_all(showable(ordered, LEAST_RELEVANCE))))
    return found


def learn_trees(data: Sequence[Known]) -> Trees:
    """Small boosted trees; questions without an answer weigh ``UNANSWERABLE_SHARE`` of all together."""
    names = sorted(data[0].features)
    model = HistGradientBoostingClassifier(
        max_iter=160,
        learning_rate=0.06,
        max_leaf_nodes=10,
        max_features=0.5,
        min_samples_leaf=20,
        l2_regularization=3.0,
        random_state=SEED,
    )
    truth = np.array([one.one.answerable for one in data])
    weight = np.array([NEAR_MISS_WEIGHT if one.one.origin == "near miss" else 1.0 for one in data])
    odds = UNANSWERABLE_SHARE / (1 - UNANSWERABLE_SHARE)
    balance = odds * weight[truth].sum() / max(1.0, weight[~truth].sum())
    model.fit(np.array([one.row for one in data]), truth, sample_weight=np.where(truth, weight, weight * balance))
    trees = [_tree(predictors[0].nodes, 0, names) for predictors in model._predictors]
    return Trees.model_validate({"start": float(model._baseline_prediction.item()), "trees": trees})


def _tree(nodes: Any, place: int, names: Sequence[str]) -> dict[str, Any]:
    node = nodes[place]
    if node["is_leaf"]:
        return {"add": round(float(node["value"]), 5)}
    return {
        "feature": names[int(node["feature_idx"])],
        "limit": round(float(node["num_threshold"]), 5),
        "low": _tree(nodes, int(node["left"]), names),
        "high": _tree(nodes, int(node["right"]), names),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the probability that it has an answer."""

    one: Gathered
    confidence: float


def judged(one: Known, trees: Trees) -> Judged:
    """A question judged by the trees, or as strange where no sentence found can be the answer."""
    confidence = trees.probability(one.features)
    return Judged(one.one, min(confidence, STRANGER_CONFIDENCE) if one.unmet else confidence)


def out_of_fold(data: Sequence[Known], told: Callable[[str], None]) -> Iterator[Judged]:
    """Each question judged by trees learned from the other folds; questions of one article share a fold."""
    for fold in range(FOLDS):
        trees = learn_trees([one for one in data if one.one.fold(FOLDS) != fold])
        told(f"fold {fold + 1} of {FOLDS}")
        mine = [one for one in data if one.one.fold(FOLDS) == fold and not one.one.seen]
        yield from (judged(one, trees) for one in mine)


def table_of(found: Sequence[Judged], held: Mapping[str, Sequence[Judged]]) -> Table:
    """How well the confidence tells the answerable questions, by origin, with 95 % intervals."""
    table = Table("origin", "n", "AUC", "threshold", "refusal precision", "refusal recall", "wrongly declined")
    parts = {origin: [one for one in found if one.one.origin == origin] for origin in _origins(found)}
    for name, part in (parts | {f"held out: {name}": list(part) for name, part in held.items()}).items():
        low, high = _interval(part)
        area = f"{_area(part):.3f} ({low:.3f} to {high:.3f})"
        for threshold in THRESHOLDS:
            table.add_row(name, str(len(part)), area, f"{threshold:.2f}", *_refusal(part, threshold))
    return table


def _origins(found: Sequence[Judged]) -> list[str]:
    return list(dict.fromkeys(one.one.origin for one in found))


def _area(part: Sequence[Judged]) -> float:
    return float(roc_auc_score([one.one.answerable for one in part], [one.confidence for one in part]))


def _interval(part: Sequence[Judged]) -> tuple[float, float]:
    """A percentile bootstrap over the articles, not the questions: those of one article are no strangers."""
    groups: dict[str, list[Judged]] = {}
    for one in part:
        groups.setdefault(one.one.group, []).append(one)
    every, rng, areas = list(groups.values()), np.random.default_rng(SEED), []
    for _ in range(DRAWS):
        drawn = [one for place in rng.integers(len(every), size=len(every)) for one in every[place]]
        if len({one.one.answerable for one in drawn}) == len((True, False)):
            areas.append(_area(drawn))
    low, high = np.percentile(areas, [2.5, 97.5])
    return float(low), float(high)


def _refusal(part: Sequence[Judged], threshold: float) -> list[str]:
    declined = [one for one in part if one.confidence < threshold]
    precision = Share.of([not one.one.answerable for one in declined])
    recall = Share.of([one.confidence < threshold for one in part if not one.one.answerable])
    wrongly = Share.of([one.confidence < threshold for one in part if one.one.answerable])
    return [precision.told(), recall.told(), wrongly.told()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.refusal_weights", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the ClapNQ files")
    parser.add_argument("--out", type=Path, default=SHIPPED_WEIGHTS, help="weights file to write")
    given = parser.parse_args(arguments)
    console = Console(stderr=True)
    weights, scorer = load_judgement(), SentenceScorer(2)
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    try:
        gathered = [
            *all_corpus_questions(),
            *plain_questions(PLAIN_QUESTIONS),
            *near_misses(NEAR_MISSES),
            *passage_questions(given.data),
            *pooled_questions(given.data),
            *core_questions(),
        ]
        told = {one.question for one in gathered}
        graded = (one for one in read_graded(GRADED) if one.teaches_order and one.ask not in told)
        gathered += graded_questions(graded, only_graded=False)
        held_out = {
            "near misses": list(near_misses(HELD_NEAR_MISSES)),
            "plain": list(plain_questions(HELD_PLAIN_QUESTIONS)),
        }
    except AssistantError as error:
        console.print(str(error))
        return COULD_NOT_RUN
    data = known(gathered, weights, scorer, analyzer)
    found = list(out_of_fold(data, console.print))
    trees = learn_trees(data)
    held = {
        name: [judged(one, trees) for one in known(part, weights, scorer, analyzer)] for name, part in held_out.items()
    }
    Console(width=160).print(table_of(found, held))
    written = weights.model_copy(update={"answerable": trees})
    given.out.write_text(json.dumps(written.model_dump(), indent=1) + "\n", encoding="utf-8")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
