"""ExpertQA: does the support score tell claims that their evidence supports from those that it does not?

``python -m evals.expertqa --data FOLDER [--json FILE] [--fit FILE] [--seeds N]`` reads ``expertqa_claims.jsonl`` of
FOLDER: claims, their evidence, and experts' labels. The data are chaitanyamalaviya/ExpertQA, validation part (MIT;
Malaviya et al. 2024, "ExpertQA: Expert-Curated Questions and Attributed Answers", arXiv:2309.07852); none of them are
shipped.

Measured is the area under the curve of Complete against Incomplete; Partial is told apart. "Out of fold" means: each
claim is scored by a model that saw neither it nor a claim that shares a source with it, its signals and penalty
chosen by folds within what it did see. Folds are drawn several ways; the table shows the draw of median area.
``--fit`` writes weights made from all the rows.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from assistant.answer.support import FARTHEST, SIGNALS, SupportModel, SupportSignals, SupportWeights, load_weights
from assistant.errors import BadInputError
from assistant.index.embedder import Embedder
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from evals.benchmark import (
    COULD_NOT_RUN,
    DONE,
    Line,
    area_of,
    compared_areas,
    data_parser,
    ended,
    positive,
    product_embedder,
    read_rows,
    table_of,
    write_json,
)
from evals.figures import DECIMALS
from evals.metrics import area_under_curve
from evals.result import Figure

__all__ = ["COULD_NOT_RUN", "DONE", "FILE", "main"]

FILE = "expertqa_claims.jsonl"
ORIGIN = "chaitanyamalaviya/ExpertQA"
LICENCE = "MIT"
MADE_BY = "python -m evals.expertqa --data FOLDER --fit assistant/answer/support_weights.json"
# Where verdicts part, chosen on the part "developed" of tests/data/support_pairs.yaml: every reworded
# sentence lies above the first, every sentence held against another one's quote below the second.
SUPPORTED, PARTIAL = 0.62, 0.45
FOLDS = 5
LEAST_OF_A_LABEL = 2 * FOLDS
PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0)
SUBSETS = (
    SIGNALS,
    ("bare", "similarity", "evidence_length"),
    ("bare", "similarity", "word_pairs"),
    ("bare", "similarity"),
)
BINS = 5
_ADDRESS = re.compile(r"(https?://\S+)\s*")
_MARKER = re.compile(r"\s*\[\d+\]")

Matrix = NDArray[np.float64]


class Claim(BaseModel):
    """One row; each evidence is an address, mostly followed by the text that stood there."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    claim: str
    evidence: tuple[str, ...]
    support: str

    @property
    def text(self) -> str:
        """The claim without its citation markers."""
        return _MARKER.sub("", self.claim).strip()

    @property
    def texts(self) -> tuple[str, ...]:
        """What the evidence says, without addresses."""
        return tuple(text for one in self.evidence if (text := _ADDRESS.sub("", one, count=1).strip()))

    @property
    def sources(self) -> frozenset[str]:
        """The addresses and texts of the evidence."""
        return frozenset(self.texts) | {found[1] for one in self.evidence if (found := _ADDRESS.match(one))}


class Calibration(BaseModel):
    """Claims of like support: how many, the mean support, the share that people call complete."""

    model_config = ConfigDict(frozen=True)
    n: int
    support: float
    complete: float


class Report(BaseModel):
    """What the program measured."""

    model_config = ConfigDict(frozen=True)
    origin: str
    licence: str
    sha256: str
    rows: int
    labels: Mapping[str, int]
    lines: tuple[Line, ...]
    shipped: Figure
    shipped_saw_these_rows: bool
    area_by_seed: tuple[float, ...]
    brier: float
    brier_of_base_rate: float
    calibration: tuple[Calibration, ...]
    mean_support: Mapping[str, float]


class Fitted:
    """A logistic model over some of the signals; what is unknown counts as the mean."""

    def __init__(self, rows: Matrix, complete: Matrix, chosen: Sequence[str], penalty: float) -> None:
        self._columns = [SIGNALS.index(name) for name in chosen]
        self.center = np.nanmean(rows, axis=0)
        self.scale = np.maximum(np.nanstd(rows, axis=0), 1e-9)
        self._model = LogisticRegression(C=penalty, max_iter=1_000).fit(self._standard(rows), complete)

    def support(self, rows: Matrix) -> Matrix:
        """Probability of Complete for each row."""
        return np.asarray(self._model.predict_proba(self._standard(rows))[:, 1], dtype=np.float64)

    def weights(self, sha256: str) -> SupportWeights:
        """The model as the product reads it."""
        coefficients = np.zeros(len(SIGNALS))
        coefficients[self._columns] = self._model.coef_[0]
        return SupportWeights(
            signals=SIGNALS, center=_rounded(self.center), scale=_rounded(self.scale), weights=_rounded(coefficients),
            bias=round(float(self._model.intercept_[0]), DECIMALS), supported=SUPPORTED, partial=PARTIAL,
            made_by=MADE_BY, fitted_on=sha256,
        )  # fmt: skip

    def _standard(self, rows: Matrix) -> Matrix:
        standard: Matrix = np.nan_to_num((rows - self.center) / self.scale, nan=0.0).clip(-FARTHEST, FARTHEST)
        return standard[:, self._columns]


def signals_of(claims: Sequence[Claim], model: SupportModel) -> tuple[SupportSignals, ...]:
    """The signals of each claim and its evidence."""
    return tuple(model.signals(claim.text, claim.texts) for claim in claims)


def plain_cosines(claims: Sequence[Claim], embedder: Embedder) -> tuple[float, ...]:
    """The cosine of each claim with its evidence as given, addresses and all: the highest of several."""
    found = []
    for claim in claims:
        vectors = embedder.encode_texts([claim.text, *(claim.evidence or ("",))])
        found.append(float((vectors[1:] @ vectors[0]).max()))
    return tuple(found)


def groups_of(claims: Sequence[Claim]) -> list[int]:
    """A number for each claim, the same for claims that share a source, directly or by way of others."""
    groups = list(range(len(claims)))
    first_with: dict[str, int] = {}
    for place, claim in enumerate(claims):
        for source in claim.sources:
            mine, theirs = groups[place], groups[first_with.setdefault(source, place)]
            groups = [theirs if group == mine else group for group in groups]
    return groups


def out_of_fold(rows: Matrix, complete: Matrix, groups: Sequence[int], seed: int) -> Matrix:
    """The support of each row by a model that saw none of its group, signals and penalty chosen without it too."""
    support = np.zeros(len(rows))
    numbers = np.asarray(groups)
    for seen, unseen in _folds(rows, complete, numbers, seed):
        chosen, penalty = _choice(rows[seen], complete[seen], numbers[seen], seed)
        support[unseen] = Fitted(rows[seen], complete[seen], chosen, penalty).support(rows[unseen])
    return support


def fit(rows: Matrix, complete: Matrix, groups: Sequence[int], seed: int = 0) -> Fitted:
    """A model of all rows, signals and penalty chosen by folds."""
    return Fitted(rows, complete, *_choice(rows, complete, np.asarray(groups), seed))


def _choice(rows: Matrix, complete: Matrix, groups: NDArray[np.int64], seed: int) -> tuple[Sequence[str], float]:
    """The signals and penalty of the highest area over folds of these rows; the first of equals."""
    folds = list(_folds(rows, complete, groups, seed))

    def area(chosen: Sequence[str], penalty: float) -> float:
        support = np.zeros(len(rows))
        for seen, unseen in folds:
            support[unseen] = Fitted(rows[seen], complete[seen], chosen, penalty).support(rows[unseen])
        return _area(support, complete)

    options = [(chosen, penalty) for chosen in SUBSETS for penalty in PENALTIES]
    return max(options, key=lambda option: area(*option))


def _folds(
    rows: Matrix, complete: Matrix, groups: NDArray[np.int64], seed: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return list(splitter.split(rows, complete, groups))


def _area(support: Matrix, complete: Matrix) -> float:
    return area_under_curve(list(support[complete == 1]), list(support[complete == 0])) or 0.0


def measure(claims: Sequence[Claim], sha256: str, embedder: Embedder, seeds: int, fit_to: Path | None) -> Report:
    """Every figure; writes weights where a path is given.

    Raises:
        BadInputError: fewer than ``LEAST_OF_A_LABEL`` claims of a label: too few for folds within folds.
    """
    shipped = load_weights()
    model = SupportModel(embedder.encode_texts, TermAnalyzer(load_names(corpus_folder() / "aliases.yaml")), shipped)
    signals = signals_of(claims, model)
    cosines = plain_cosines(claims, embedder)
    judged = [place for place, claim in enumerate(claims) if claim.support in ("Complete", "Incomplete")]
    rows = np.asarray([astuple(signals[place]) for place in judged], dtype=np.float64)
    complete = np.asarray([claims[place].support == "Complete" for place in judged], dtype=np.float64)
    if min(complete.sum(), len(complete) - complete.sum()) < LEAST_OF_A_LABEL:
        raise BadInputError(f"{LEAST_OF_A_LABEL} claims each are needed, Complete and Incomplete; give more rows")
    groups = groups_of([claims[place] for place in judged])
    if fit_to:
        _write_weights(fit(rows, complete, groups).weights(sha256), fit_to)
    runs = [out_of_fold(rows, complete, groups, seed) for seed in range(seeds)]
    typical = sorted(runs, key=lambda run: _area(run, complete))[len(runs) // 2]
    plain = _by_label([cosines[place] for place in judged], complete)
    with_text = rows[:, SIGNALS.index("bare")] == 0
    supports = [shipped.support(one) for one in signals]
    return Report(
        origin=ORIGIN, licence=LICENCE, sha256=sha256, rows=len(claims),
        labels={label: sum(claim.support == label for claim in claims) for label in _labels(claims)},
        lines=_lines(typical, plain, complete, with_text, np.asarray([cosines[place] for place in judged])),
        shipped=area_of(_by_label([supports[place] for place in judged], complete)),
        shipped_saw_these_rows=shipped.fitted_on == sha256,
        area_by_seed=tuple(round(_area(run, complete), DECIMALS) for run in runs),
        brier=round(float(np.mean([np.mean((run - complete) ** 2) for run in runs])), DECIMALS),
        brier_of_base_rate=round(float(np.mean((complete.mean() - complete) ** 2)), DECIMALS),
        calibration=_calibration(typical, complete),
        mean_support={label: _mean_support(label, claims, supports) for label in _labels(claims)},
    )  # fmt: skip


def _lines(
    run: Matrix, plain: Mapping[bool, list[float]], complete: Matrix, with_text: NDArray[np.bool_], cosines: Matrix
) -> tuple[Line, ...]:
    texts = complete[with_text]
    return (
        compared_areas("Complete against Incomplete", _by_label(run, complete), plain),
        compared_areas(
            "the same, evidence that has a text", _by_label(run[with_text], texts), _by_label(cosines[with_text], texts)
        ),
    )


def _by_label(scores: Sequence[float] | Matrix, complete: Matrix) -> dict[bool, list[float]]:
    values = np.asarray(scores, dtype=np.float64)
    return {True: [float(one) for one in values[complete == 1]], False: [float(one) for one in values[complete == 0]]}


def _calibration(support: Matrix, complete: Matrix) -> tuple[Calibration, ...]:
    """The claims in ``BINS`` parts of equal size, by support."""
    parts = np.array_split(np.argsort(support, kind="stable"), BINS)
    return tuple(
        Calibration(
            n=len(part), support=round(float(support[part].mean()), 3), complete=round(float(complete[part].mean()), 3)
        )
        for part in parts
        if len(part)
    )


def _mean_support(label: str, claims: Sequence[Claim], supports: Sequence[float]) -> float:
    told = [support for support, claim in zip(supports, claims, strict=True) if claim.support == label]
    return round(float(np.mean(told)), DECIMALS)


def _labels(claims: Sequence[Claim]) -> list[str]:
    return sorted({claim.support for claim in claims})


def _rounded(values: Matrix) -> tuple[float, ...]:
    return tuple(round(float(value), DECIMALS) for value in values)


def _write_weights(weights: SupportWeights, path: Path) -> None:
    path.write_text(weights.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n")


def main(
    arguments: Sequence[str] | None = None, console: Console | None = None, embedder: Embedder | None = None
) -> int:
    """Runs the benchmark. Returns 0, or 2 when the data or the model could not be used."""
    parser = data_parser("expertqa", f"{ORIGIN} ({LICENCE})", FILE)
    parser.add_argument("--fit", type=Path, help="write weights made from all the rows here")
    parser.add_argument("--seeds", type=positive, default=5, help="how many ways to draw the folds (5)")
    given = parser.parse_args(arguments)
    out = console or Console()

    def program() -> None:
        claims, digest = read_rows(given.data / FILE, Claim, f"{ORIGIN} ({LICENCE})")
        report = measure(claims, digest, embedder or product_embedder(), given.seeds, given.fit)
        _print(out, report)
        write_json(report, given.json)

    return ended(program, out)


def _print(console: Console, report: Report) -> None:
    console.print(f"{ORIGIN} ({LICENCE}), {report.rows} rows, SHA-256 {report.sha256}", soft_wrap=True)
    console.print(
        table_of("Area under the curve", report.lines, ("model out of fold", "cosine", "gain")), soft_wrap=True
    )
    saw = "fitted on these very rows" if report.shipped_saw_these_rows else "fitted on other rows"
    shipped = report.shipped
    console.print(f"shipped weights ({saw}): {shipped.value} [{shipped.low}, {shipped.high}], n {shipped.n}")
    areas = report.area_by_seed
    console.print(f"folds drawn {len(areas)} ways: mean {np.mean(areas):.3f}, {min(areas):.3f} to {max(areas):.3f}")
    console.print(f"Brier {report.brier:.4f}; always the base rate {report.brier_of_base_rate:.4f}")
    table = Table("n", "mean support", "share complete", title="Calibration, out of fold")
    for part in report.calibration:
        table.add_row(str(part.n), f"{part.support:.3f}", f"{part.complete:.3f}")
    console.print(table)
    for label, value in report.mean_support.items():
        console.print(f"{label}: n {report.labels[label]}, mean support by the shipped weights {value:.3f}")


if __name__ == "__main__":
    sys.exit(main())
