"""Sets a run beside an earlier one of the same cases."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import BadInputError
from evals.cases import CaseSet
from evals.metrics import Difference, mean, paired_difference
from evals.result import Result, Row
from evals.scorers import SCORERS


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One metric before and after over the cases compared; ``difference`` is None when a run scored none."""

    metric: str
    before: float | None
    after: float | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What became different about one case: ``what`` is a metric, "status" or "failure"."""

    case: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side; ``metrics`` leave out ``rewritten`` cases and those ``failed`` in a run."""

    baseline_commit: str | None
    metrics: tuple[MetricChange, ...]
    cases: tuple[CaseChange, ...]
    compared: int
    rewritten: tuple[str, ...]
    failed: tuple[str, ...]


def refuse_unlike(baseline: Result, case_set: CaseSet) -> None:
    """BadInputError, saying which, when the baseline ran another set, another day or other cases."""
    _refuse_other("set", baseline.set, case_set.set)
    _refuse_other("day", baseline.today, case_set.today)
    _refuse_other_cases({row.id for row in baseline.cases}, {case.id for case in case_set.cases})


def compare(baseline: Result, result: Result) -> Comparison:
    """The paired differences of every metric and the cases that changed; refuses like ``refuse_unlike``."""
    _refuse_other("set", baseline.set, result.set)
    _refuse_other("day", baseline.today, result.today)
    before = {row.id: row for row in baseline.cases}
    _refuse_other_cases(set(before), {row.id for row in result.cases})
    pairs = [(before[row.id], row) for row in result.cases]
    rewritten = tuple(new.id for old, new in pairs if old.definition != new.definition)
    failed = tuple(new.id for old, new in pairs if old.failure or new.failure)
    alike = [pair for pair in pairs if pair[1].id not in {*rewritten, *failed}]
    return Comparison(
        baseline_commit=baseline.commit,
        metrics=tuple(_metric_change(metric, alike, result.seed) for metric in SCORERS),
        cases=tuple(change for old, new in pairs for change in _case_changes(old, new)),
        compared=len(alike),
        rewritten=rewritten,
        failed=failed,
    )


def _refuse_other(what: str, old: str, new: str) -> None:
    if old != new:
        raise BadInputError(f"the baseline ran {what} {old!r}, this run {what} {new!r}; compare like runs")


def _refuse_other_cases(old: set[str], new: set[str]) -> None:
    differing = [
        f"{where}: {', '.join(sorted(ids))}"
        for where, ids in (("only in the baseline", old - new), ("only in this run", new - old))
        if ids
    ]
    if differing:
        raise BadInputError(f"the case lists differ ({'; '.join(differing)}); run the baseline anew")


def _metric_change(metric: str, pairs: list[tuple[Row, Row]], seed: int) -> MetricChange:
    before = [_value(old, metric) for old, _ in pairs]
    after = [_value(new, metric) for _, new in pairs]
    return MetricChange(
        metric,
        mean([value for value in before if value is not None]),
        mean([value for value in after if value is not None]),
        paired_difference(before, after, seed),
    )


def _value(row: Row, metric: str) -> float | None:
    score = row.scores.get(metric)
    return score.value if score else None


def _case_changes(old: Row, new: Row) -> list[CaseChange]:
    told = [("failure", old.failure or "none", new.failure or "none")]
    if not (old.failure or new.failure):
        told.append(("status", str(old.status), str(new.status)))
        told += [(metric, _shown(_value(old, metric)), _shown(_value(new, metric))) for metric in SCORERS]
    return [CaseChange(new.id, what, before, after) for what, before, after in told if before != after]


def _shown(value: float | None) -> str:
    return "unscored" if value is None else f"{value:.3f}"
