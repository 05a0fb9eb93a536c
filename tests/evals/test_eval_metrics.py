from __future__ import annotations

import pytest

from evals.metrics import (
    Difference,
    area_difference,
    area_interval,
    area_under_curve,
    bootstrap_interval,
    mean,
    paired_difference,
    recall_at_k,
    reciprocal_rank,
)

FOUND = [{"x"}, {"a", "https://a"}, {"a"}, {"b"}]


def test_mean() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5  # 1.5 / 3


def test_mean_of_nothing_is_none() -> None:
    assert mean([]) is None


@pytest.mark.parametrize(("k", "recall"), [(1, 0.0), (2, 0.5), (3, 0.5), (4, 1.0)])
def test_recall_counts_each_source_once(k: int, recall: float) -> None:
    assert recall_at_k(FOUND, ["https://a", "b"], k) == recall  # of 2 wanted: none, a, a, both


def test_with_more_wanted_than_places_full_places_are_all() -> None:
    assert recall_at_k([["a"], ["b"], ["x"]], ["a", "b", "c"], 2) == 1.0


def test_recall_without_sources_is_none() -> None:
    assert recall_at_k(FOUND, [], 5) is None


def test_reciprocal_rank_of_first_wanted() -> None:
    assert reciprocal_rank(FOUND, ["a", "b"]) == 0.5  # rank 2
    assert reciprocal_rank(FOUND, ["b"]) == 0.25  # rank 4
    assert reciprocal_rank(FOUND, ["c"]) == 0.0
    assert reciprocal_rank(FOUND, []) is None


def test_interval_is_as_wide_as_the_standard_error_says() -> None:
    values = [1.0] * 15 + [0.0] * 5
    first = bootstrap_interval(values, seed=1)
    assert first is not None
    # mean 0.75, standard error sqrt(.75 * .25 / 20) = 0.097: about 0.75 +- 0.19
    assert 0.5 <= first.low <= 0.6
    assert 0.9 <= first.high <= 0.95


def test_interval_repeats_with_its_seed_only() -> None:
    values = [number / 97 for number in range(50)]
    assert bootstrap_interval(values, seed=1) == bootstrap_interval(values, seed=1)
    assert bootstrap_interval(values, seed=1) != bootstrap_interval(values, seed=2)


def test_interval_narrows_with_more_cases() -> None:
    few, many = bootstrap_interval([1.0, 0.0] * 5, 1), bootstrap_interval([1.0, 0.0] * 50, 1)
    assert few and many
    assert many.high - many.low < few.high - few.low


def test_one_case_has_no_interval() -> None:
    assert bootstrap_interval([1.0], seed=1) is None


def test_paired_difference_of_a_constant_gain_has_no_width() -> None:
    # 0.1 more on every case, however the cases differ among themselves
    difference = paired_difference([0.0, 0.5, 0.9], [0.1, 0.6, 1.0], seed=1)
    assert difference is not None
    assert (round(difference.value, 9), difference.n) == (0.1, 3)
    assert difference.low == pytest.approx(0.1)
    assert difference.high == pytest.approx(0.1)


def test_case_scored_in_one_run_counts_in_that_run_only() -> None:
    # before: (1 + 1) / 2 = 1; after: (0 + 1) / 2 = 0.5; the last pair was scored in neither
    difference = paired_difference([1.0, 1.0, None, None], [0.0, None, 1.0, None], seed=1)
    assert difference is not None
    assert (difference.value, difference.n) == (-0.5, 3)


def test_paired_difference_needs_a_score_in_both_runs() -> None:
    assert paired_difference([None], [1.0], seed=1) is None
    assert paired_difference([], [], seed=1) is None


def test_paired_difference_of_one_case_has_no_interval() -> None:
    assert paired_difference([0.0], [1.0], seed=1) == Difference(1.0, None, None, 1)


def test_area_under_curve_counts_ties_half() -> None:
    assert area_under_curve([2.0, 1.0], [1.0, 0.0]) == 0.875  # 3 of 4 pairs won, one tied


def test_area_of_one_kind_alone_is_none() -> None:
    assert area_under_curve([1.0], []) is None


def test_area_interval_holds_the_area_and_needs_two_of_each() -> None:
    found = area_interval([0.9, 0.4, 0.8], [0.5, 0.1], 1)
    assert found is not None and found.low < 5 / 6 < found.high
    assert area_interval([0.9], [0.5, 0.1], 1) is None


def test_areas_of_the_same_cases_are_drawn_together() -> None:
    same = ([0.9, 0.4, 0.8], [0.5, 0.1])
    assert area_difference(same, same, 1) == Difference(0.0, 0.0, 0.0, 5)


def test_area_difference_is_after_less_before() -> None:
    found = area_difference(([0.0, 0.2], [0.1, 0.3]), ([0.9, 0.8], [0.1, 0.3]), 1)
    assert found is not None and found.value == 0.75  # 1 less 1/4
    assert area_difference(([], [0.1]), ([], [0.1]), 1) is None
