from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve.fuse import RANK_CONSTANT, reciprocal_rank_fusion


def test_scores_are_sums_of_reciprocal_ranks() -> None:
    fused = dict(reciprocal_rank_fusion({"dense": ["a", "b"], "full_text": ["b"]}))
    assert fused == {
        "b": pytest.approx(1 / (RANK_CONSTANT + 2) + 1 / (RANK_CONSTANT + 1)),
        "a": pytest.approx(1 / (RANK_CONSTANT + 1)),
    }


def test_what_both_searches_found_comes_first_and_equals_by_id() -> None:
    fused = reciprocal_rank_fusion({"dense": ["z", "b"], "full_text": ["a", "b"]})
    assert [id_ for id_, _ in fused] == ["b", "a", "z"]


def test_nothing_found_nothing_fused() -> None:
    assert reciprocal_rank_fusion({"dense": [], "full_text": []}) == []


@given(st.lists(st.text(max_size=3), unique=True), st.lists(st.text(max_size=3), unique=True))
def test_every_id_stands_once_and_the_order_of_searches_does_not_matter(one: list[str], other: list[str]) -> None:
    fused = reciprocal_rank_fusion({"dense": one, "full_text": other})
    assert sorted(id_ for id_, _ in fused) == sorted({*one, *other})
    assert fused == reciprocal_rank_fusion({"full_text": other, "dense": one})
