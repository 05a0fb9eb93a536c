"""Measures the sentence scorer on the held-out articles, and on ClapNQ where its files are given.

    python -m evals.train.measure --weights FILE [--data FOLDER]

FOLDER holds clapnq_answerable.jsonl and clapnq_unanswerable.jsonl (ClapNQ dev, primeqa/clapnq, Apache-2.0).
Each figure is given for the cosine of the packaged MiniLM, for the scorer, and for their sum.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline

from assistant.answer.judgement import candidate_text
from assistant.errors import AssistantError
from assistant.shipped import corpus_folder
from evals.clapnq import Question, read_questions
from evals.metrics import area_under_curve, paired_difference
from evals.train import weights
from evals.train.encoder import Encoder
from evals.train.network import CrossEncoder, PairTokenizer, from_packaged, score
from evals.train.questions import HELD_NEAR_MISSES, NEAR_MISSES, QUESTIONS, Domain, read_domain
from evals.train.ranking import Scores, rank_of_answer, top_f1
from evals.train.stages import competing, logits, near_pairs

STRANGERS = 30
QUOTED = 3
COSINE_WEIGHT = 8.0
SEED = 7
DONE, COULD_NOT_RUN = 0, 2
Ways = Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in three ways, and how much the scorer and the sum gain over the cosine, with 95 % intervals."""

    name: str
    n: int
    values: Mapping[str, float]
    gains: Mapping[str, str]


def ways(cosines: Scores, scored: Scores) -> Ways:
    """The three ways to order candidates."""
    return {"cosine": cosines, "scorer": scored, "sum": scored + np.float32(COSINE_WEIGHT) * cosines}


def held_out(network: CrossEncoder, tokenizer: PairTokenizer, domain: Domain, encoder: Encoder) -> list[Line]:
    """Where the answering sentence comes among its article's sentences and the nearest of others."""
    asked = competing(domain, "held", encoder, STRANGERS)
    scored = logits(network, tokenizer, domain, asked)
    ranks: dict[str, list[int]] = {}
    for one, found in zip(asked, scored, strict=True):
        for way, values in ways(one.cosines, found).items():
            ranks.setdefault(way, []).append(rank_of_answer(values, one.right()))
    return [
        _line("held out: answer first", {way: [float(rank == 1) for rank in found] for way, found in ranks.items()}),
        _line("held out: in the top 3", {way: [float(rank <= 3) for rank in found] for way, found in ranks.items()}),
        _line("held out: reciprocal rank", {way: [1 / rank for rank in found] for way, found in ranks.items()}),
    ]


def near_misses(network: CrossEncoder, tokenizer: PairTokenizer, encoder: Encoder, held: Domain) -> Line:
    """How well sentences that answer are told from those that only seem to, over questions never learned from."""
    right, wrong = near_pairs(held, held.questions)
    questions, texts = zip(*right, *wrong, strict=True)
    cosines = np.asarray((encoder(questions) * encoder(texts)).sum(axis=1))
    areas = {
        way: area_under_curve(values[: len(right)].tolist(), values[len(right) :].tolist()) or float("nan")
        for way, values in ways(cosines, score(network, tokenizer, [*right, *wrong])).items()
    }
    return Line("held-out near misses: told apart, AUC", len(questions), areas, {})


def by_words_alone(learned: Domain, held: Domain) -> float:
    """The same by the words of the question alone, learned from other near misses: the way of asking tells a part."""
    words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    judge = make_pipeline(words, LogisticRegression(C=10, max_iter=2_000))
    judge.fit([one.question for one in learned.questions], [bool(one.answers) for one in learned.questions])
    found = judge.predict_proba([one.question for one in held.questions])[:, 1]
    return float(roc_auc_score([bool(one.answers) for one in held.questions], found))


def clapnq(network: CrossEncoder, tokenizer: PairTokenizer, encoder: Encoder, rows: Sequence[Question]) -> list[Line]:
    """F1 of the best three sentences, and answerable against unanswerable by the best one."""
    f1: dict[str, list[float]] = {}
    best: dict[tuple[str, bool], list[float]] = {}
    for row in rows:
        cosines = np.asarray(encoder([row.question]) @ encoder(row.sentences).T)[0]
        pairs = [(row.question, candidate_text(row.title, None, sentence)) for sentence in row.sentences]
        right = np.array([sentence in row.gold for sentence in row.sentences])
        for way, values in ways(cosines, score(network, tokenizer, pairs)).items():
            best.setdefault((way, row.answerable), []).append(float(values.max()))
            if row.gold:
                f1.setdefault(way, []).append(top_f1(values, right, QUOTED))
    areas = {
        way: area_under_curve(best.get((way, True), ()), best.get((way, False), ())) or float("nan")
        for way in ("cosine", "scorer", "sum")
    }
    answerable = Line("ClapNQ: answerable, AUC", len(rows), areas, {})
    return [_line("ClapNQ: F1 of the top 3", f1), answerable]


def _line(name: str, values: Mapping[str, Sequence[float]]) -> Line:
    gains = {way: _gain(values["cosine"], found) for way, found in values.items() if way != "cosine"}
    return Line(name, len(values["cosine"]), {way: fmean(found) for way, found in values.items()}, gains)


def _gain(before: Sequence[float], after: Sequence[float]) -> str:
    found = paired_difference(list(before), list(after), SEED)
    return f"{found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]" if found and found.low is not None else ""


def show(lines: Sequence[Line]) -> None:
    """The figures as a table."""
    table = Table("figure", "n", "cosine", "scorer", "sum", "scorer − cosine", "sum − cosine")
    for line in lines:
        values = [f"{line.values[way]:.3f}" for way in ("cosine", "scorer", "sum")]
        table.add_row(line.name, str(line.n), *values, line.gains.get("scorer", ""), line.gains.get("sum", ""))
    Console(width=140).print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.measure", description=__doc__.split("\n")[0])
    parser.add_argument("--weights", type=Path, required=True, help="file that sentence_scorer wrote")
    parser.add_argument("--data", type=Path, help="folder with the ClapNQ files")
    given = parser.parse_args(arguments)
    try:
        domain, learned, held = (
            read_domain(corpus_folder(), files) for files in (QUESTIONS, [NEAR_MISSES], [HELD_NEAR_MISSES])
        )
        rows, _ = read_questions(given.data) if given.data else ((), {})
    except AssistantError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    network, tokenizer, encoder = from_packaged(), PairTokenizer(), Encoder()
    weights.load(network, given.weights)
    lines = [*held_out(network, tokenizer, domain, encoder), near_misses(network, tokenizer, encoder, held)]
    show([*lines, *(clapnq(network, tokenizer, encoder, rows) if rows else [])])
    print(f"held-out near misses by the words of the question alone, AUC: {by_words_alone(learned, held):.3f}")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
