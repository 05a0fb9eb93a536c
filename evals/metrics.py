"""Pure arithmetic over scores. Nothing here knows a case or an answer; nothing scored gives None, not 0."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """The lower and upper end of a percentile bootstrap interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """After minus before, over ``n`` cases scored in at least one run."""

    value: float
    low: float | None
    high: float | None
    n: int


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return fmean(values) if values else None


def recall_at_k(found: Sequence[Collection[str]], wanted: Collection[str], k: int) -> float | None:
    """The share of ``wanted`` among the first ``k`` of ``found``, each given by the names it answers to.

    Capped: with more than ``k`` wanted, ``k`` of them are all (Thakur et al. 2021, "BEIR", NeurIPS).
    """
    if not wanted:
        return None
    names = {name for hit in found[:k] for name in hit}
    return min(1.0, len(names.intersection(wanted)) / min(k, len(set(wanted))))


def reciprocal_rank(found: Sequence[Collection[str]], wanted: Collection[str]) -> float | None:
    """1 / rank of the first of ``found`` that is wanted, ranks from 1; 0 when none is."""
    if not wanted:
        return None
    ranks = (rank for rank, hit in enumerate(found, start=1) if set(hit).intersection(wanted))
    return 1 / first if (first := next(ranks, None)) else 0.0


def bootstrap_interval(values: Sequence[float], seed: int) -> Interval | None:
    """Percentile bootstrap of the mean over cases (Efron 1979), 95 %; None for fewer than two cases."""
    if len(values) < 2:
        return None
    scores = np.asarray(values, dtype=np.float64)
    return _percentiles(scores[_resampled(len(scores), seed)].mean(axis=1))


def paired_difference(before: Sequence[float | None], after: Sequence[float | None], seed: int) -> Difference | None:
    """The mean of ``after`` less that of ``before``; the bootstrap draws both scores of a case together.

    A case may be unscored (None) in one run: it then counts in the other's mean only. Draws in which
    a run has no scored case are left out. None when a run has no scored case at all.
    """
    pairs = [pair for pair in zip(before, after, strict=True) if pair != (None, None)]
    old = np.asarray([np.nan if one is None else one for one, _ in pairs], dtype=np.float64)
    new = np.asarray([np.nan if two is None else two for _, two in pairs], dtype=np.float64)
    old_mean = mean([one for one, _ in pairs if one is not None])
    new_mean = mean([two for _, two in pairs if two is not None])
    if old_mean is None or new_mean is None:
        return None
    if len(pairs) < 2:
        return Difference(new_mean - old_mean, None, None, len(pairs))
    draws = _resampled(len(pairs), seed)
    differences = _means(new[draws]) - _means(old[draws])
    interval = _percentiles(differences[~np.isnan(differences)])
    return Difference(new_mean - old_mean, interval.low, interval.high, len(pairs))


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Chance that a positive scores above a negative, ties half (Mann and Whitney 1947); None without either."""
    return float(_wins(positive, negative).mean()) if len(positive) and len(negative) else None


def area_interval(positive: Sequence[float], negative: Sequence[float], seed: int) -> Interval | None:
    """Percentile bootstrap of the area, 95 %, positives and negatives drawn apart; None for fewer than two of each."""
    if min(len(positive), len(negative)) < 2:
        return None
    return _percentiles(_drawn_means(_wins(positive, negative), seed))


def area_difference(
    before: tuple[Sequence[float], Sequence[float]], after: tuple[Sequence[float], Sequence[float]], seed: int
) -> Difference | None:
    """The area of ``after`` less that of ``before``, each (positives, negatives) of the same cases, drawn together."""
    if not all(before):
        return None
    gained = _wins(*after) - _wins(*before)
    value, n = float(gained.mean()), sum(gained.shape)
    if min(gained.shape) < 2:
        return Difference(value, None, None, n)
    interval = _percentiles(_drawn_means(gained, seed))
    return Difference(value, interval.low, interval.high, n)


def _wins(positive: Sequence[float], negative: Sequence[float]) -> NDArray[np.float64]:
    """For each pair 1 when the positive scores higher, 1/2 for a tie, else 0."""
    high, low = np.asarray(positive, dtype=np.float64)[:, None], np.asarray(negative, dtype=np.float64)[None, :]
    return np.asarray((np.sign(high - low) + 1) / 2, dtype=np.float64)


def _drawn_means(pairs: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Means over the pairs, rows and columns drawn apart."""
    rng = np.random.default_rng(seed)
    rows, columns = (rng.multinomial(size, np.full(size, 1 / size), size=RESAMPLES) for size in pairs.shape)
    return np.asarray(((rows @ pairs) * columns).sum(axis=1) / pairs.size, dtype=np.float64)


def _resampled(n: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, n, size=(RESAMPLES, n))


def _means(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each row over what is scored in it; NaN for a row without any."""
    scored = ~np.isnan(drawn)
    counts = scored.sum(axis=1)
    sums = np.where(scored, drawn, 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _percentiles(means: NDArray[np.float64]) -> Interval:
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail])
    return Interval(float(low), float(high))
