"""From rows to figures: the mean of each metric with its interval, over all cases and for each tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.metrics import bootstrap_interval, mean
from evals.result import Figure, Row
from evals.scorers import SCORERS

DECIMALS = 6


def figures(rows: Sequence[Row], seed: int) -> dict[str, Figure]:
    """Every metric over the rows; scored, unscored and failed add up to the number of rows."""
    return {metric: _figure(rows, metric, seed) for metric in SCORERS}


def figures_by_tag(rows: Sequence[Row], seed: int) -> dict[str, dict[str, Figure]]:
    """For each tag its own figures, leaving out those without a scored or failed case."""
    tags = sorted({tag for row in rows for tag in row.tags})
    return {tag: _telling(figures([row for row in rows if tag in row.tags], seed).items()) for tag in tags}


def _telling(named: Iterable[tuple[str, Figure]]) -> dict[str, Figure]:
    return {metric: figure for metric, figure in named if figure.n or figure.failed}


def _figure(rows: Sequence[Row], metric: str, seed: int) -> Figure:
    given = [row.scores[metric].value for row in rows if row.failure is None]
    scored = [value for value in given if value is not None]
    interval = bootstrap_interval(scored, seed)
    return Figure(
        value=_rounded(mean(scored)),
        low=_rounded(interval.low if interval else None),
        high=_rounded(interval.high if interval else None),
        n=len(scored),
        unscored=len(given) - len(scored),
        failed=len(rows) - len(given),
    )


def _rounded(value: float | None) -> float | None:
    """Six decimals, so that the last bit of a sum cannot make equal runs differ between machines."""
    return None if value is None else round(value, DECIMALS)
