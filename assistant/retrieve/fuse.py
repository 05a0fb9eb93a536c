"""Reciprocal rank fusion: one ranking out of several, from ranks alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=str)

RANK_CONSTANT = 20


def reciprocal_rank_fusion(rankings: Mapping[str, Sequence[Key]]) -> list[tuple[Key, float]]:
    """Ids with their fused scores, best first; equal scores are ordered by id.

    An id scores the sum of 1 / (``RANK_CONSTANT`` + rank) over the rankings that hold it, ranks from 1
    (Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet", SIGIR).
    """
    scores: defaultdict[Key, float] = defaultdict(float)
    for ranking in rankings.values():
        for rank, id_ in enumerate(ranking, 1):
            scores[id_] += 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
