"""Whether a stated probability comes true: cases in bins of confidence, against the share that are answerable."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from evals.figures import DECIMALS
from evals.result import Reliability, ReliabilityBin, Row

BINS = 10
Judged = Sequence[tuple[float, bool]]


def reliability(rows: Sequence[Row]) -> Reliability | None:
    """The reliability diagram of the rows with a confidence; None when there are none.

    The expected calibration error is the distance of mean confidence and share in each bin, weighted by its cases
    (Naeini et al. 2015); the Brier score is the mean squared distance of confidence and outcome (Brier 1950).
    """
    judged = [(row.confidence, row.answerable) for row in rows if row.failure is None and row.confidence is not None]
    if not judged:
        return None
    bins = tuple(_bin(number, judged) for number in range(BINS))
    distance = sum(one.n * abs(one.gap) for one in bins if one.gap is not None)
    return Reliability(
        n=len(judged),
        expected_calibration_error=round(distance / len(judged), DECIMALS),
        brier=round(fmean((confidence - answerable) ** 2 for confidence, answerable in judged), DECIMALS),
        bins=bins,
    )


def _bin(number: int, judged: Judged) -> ReliabilityBin:
    inside = [one for one in judged if min(int(one[0] * BINS), BINS - 1) == number]
    return ReliabilityBin(
        low=number / BINS,
        high=(number + 1) / BINS,
        n=len(inside),
        confidence=round(fmean(confidence for confidence, _ in inside), DECIMALS) if inside else None,
        answerable=round(fmean(answerable for _, answerable in inside), DECIMALS) if inside else None,
    )
