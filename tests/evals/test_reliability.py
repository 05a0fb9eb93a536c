from __future__ import annotations

import pytest

from evals.reliability import reliability
from evals.result import Reliability, ReliabilityBin, Row


def row(confidence: float | None, *, answerable: bool = True, failure: str | None = None) -> Row:
    return Row(
        id="a", definition="d", question="q", history=(), as_of=None, answerable=answerable, tags=(),
        confidence=confidence, failure=failure,
    )  # fmt: skip


def told(*rows: Row) -> Reliability:
    found = reliability(rows)
    assert found is not None
    return found


def test_bins_hold_mean_confidence_and_share() -> None:
    bins = told(row(0.62), row(0.68, answerable=False), row(0.1, answerable=False)).bins
    assert bins[6] == ReliabilityBin(low=0.6, high=0.7, n=2, confidence=0.65, answerable=0.5)
    assert bins[1] == ReliabilityBin(low=0.1, high=0.2, n=1, confidence=0.1, answerable=0.0)
    assert [one.n for one in bins] == [0, 1, 0, 0, 0, 0, 2, 0, 0, 0]


def test_an_empty_bin_has_no_share() -> None:
    assert told(row(0.9)).bins[0] == ReliabilityBin(low=0.0, high=0.1, n=0, confidence=None, answerable=None)


@pytest.mark.parametrize(("confidence", "place"), [(0.0, 0), (0.1, 1), (0.3, 3), (0.7, 7), (0.9999, 9), (1.0, 9)])
def test_a_bin_holds_its_lower_end_and_the_last_its_upper_too(confidence: float, place: int) -> None:
    assert [one.n for one in told(row(confidence)).bins].index(1) == place


def test_calibration_error_weighs_each_bin_by_its_cases() -> None:
    # bin 0.6: mean 0.65, share 0.5, 2 cases; bin 0.1: mean 0.1, share 0, 1 case: (2 * 0.15 + 0.1) / 3
    rows = (row(0.62), row(0.68, answerable=False), row(0.1, answerable=False))
    assert told(*rows).expected_calibration_error == pytest.approx(0.4 / 3, abs=1e-6)


def test_brier_is_the_mean_squared_distance() -> None:
    assert told(row(0.8), row(0.4, answerable=False)).brier == pytest.approx((0.04 + 0.16) / 2)


def test_only_rows_that_told_a_confidence_count() -> None:
    assert told(row(0.8), row(None), row(0.2, failure="ValueError")).n == 1
    assert reliability([row(None)]) is None
