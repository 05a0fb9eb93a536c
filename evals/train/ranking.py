"""How well a scoring puts the answering sentence first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.train.examples import Asked, Candidate, same_fact

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with the candidates that compete for it, and the rank places of those that answer."""

    asked: Asked
    places: tuple[int, ...]
    cosines: Scores

    def right(self) -> NDArray[np.bool_]:
        """Which candidates answer."""
        return np.isin(np.asarray(self.places), np.asarray(self.asked.answers))


def choices(questions: Sequence[Asked], pool: Sequence[Candidate], nearness: Scores, strangers: int) -> list[Choice]:
    """For each answerable question: all sentences of its article and the nearest ``strangers`` of other articles.

    A stranger that tells the same fact as an answer is left out, for it would be right too.
    """
    return [
        _choice(asked, pool, row, strangers) for asked, row in zip(questions, nearness, strict=True) if asked.answers
    ]


def _choice(asked: Asked, pool: Sequence[Candidate], row: Scores, strangers: int) -> Choice:
    own = [place for place, one in enumerate(pool) if one.document == asked.document]
    told = [pool[place].sentence for place in asked.answers]
    others: list[int] = []
    for place in (int(place) for place in np.argsort(-row, kind="stable")):
        if len(others) == strangers:
            break
        one = pool[place]
        if one.document != asked.document and not any(same_fact(sentence, one.sentence) for sentence in told):
            others.append(place)
    places = (*own, *others)
    return Choice(asked, places, row[list(places)])


def rank_of_answer(scores: Scores, right: NDArray[np.bool_]) -> int:
    """The rank, from 1, of the best candidate that answers; of equal scores the wrong one counts as better."""
    best = scores[right].max()
    return 1 + int((scores[~right] >= best).sum())


def top_f1(scores: Scores, right: NDArray[np.bool_], count: int) -> float:
    """F1 of the ``count`` best candidates against those that answer."""
    chosen = np.argsort(-scores, kind="stable")[:count]
    hits = int(right[chosen].sum())
    return 2 * hits / (len(chosen) + int(right.sum())) if hits else 0.0
