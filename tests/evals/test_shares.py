from __future__ import annotations

import pytest

from evals.shares import Share


def test_a_share_is_a_count_of_all() -> None:
    assert (Share.of([True, False, False, True]).value, Share.of([]).value) == (0.5, None)


def test_the_interval_has_width_at_none_and_at_all() -> None:
    none, every = Share(0, 100).interval, Share(100, 100).interval
    assert none == (0.0, pytest.approx(0.037, abs=0.0005))
    assert every == (pytest.approx(0.963, abs=0.0005), 1.0)


def test_the_interval_of_a_half() -> None:
    assert Share(50, 100).interval == (pytest.approx(0.4038, abs=0.0005), pytest.approx(0.5962, abs=0.0005))


def test_nothing_measured_is_told_as_such() -> None:
    assert (Share(0, 0).interval, Share(0, 0).told()) == (None, "none of none")
    assert Share(0, 0).row() == {"count": 0, "n": 0, "value": None, "low": None, "high": None}
