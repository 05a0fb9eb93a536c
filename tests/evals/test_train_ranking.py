from __future__ import annotations

import numpy as np
import pytest

from evals.train.examples import Asked, Candidate
from evals.train.ranking import choices, rank_of_answer, top_f1

POOL = (
    Candidate("t", "Japan took 232 tonnes.", "july"),
    Candidate("t", "No reason was given.", "july"),
    Candidate("t", "A total of 232 tonnes went east.", "review"),
    Candidate("t", "India took 418 tonnes.", "india"),
    Candidate("t", "Peru bought paper.", "peru"),
)
NEARNESS = np.array([[0.9, 0.2, 0.8, 0.7, 0.1]], dtype=np.float32)


def scores(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_own_article_competes_with_the_nearest_strangers_that_tell_another_fact() -> None:
    (one,) = choices([Asked("Japan?", (0,), "july")], POOL, NEARNESS, strangers=1)
    assert (one.places, one.right().tolist()) == ((0, 1, 3), [True, False, False])


def test_question_without_answer_is_no_choice() -> None:
    assert choices([Asked("Peru?", (), "july")], POOL, NEARNESS, strangers=1) == []


@pytest.mark.parametrize(("values", "rank"), [((3.0, 2.0, 1.0), 1), ((1.0, 2.0, 3.0), 3), ((2.0, 2.0, 1.0), 2)])
def test_rank_counts_a_tie_against_the_answer(values: tuple[float, ...], rank: int) -> None:
    assert rank_of_answer(scores(*values), np.array([True, False, False])) == rank


@pytest.mark.parametrize(
    ("values", "f1"), [((3.0, 2.0, 1.0, 0.0), 1.0), ((3.0, 0.0, 1.0, 2.0), 0.5), ((0.0, 0.0, 1.0, 2.0), 0.0)]
)
def test_top_f1(values: tuple[float, ...], f1: float) -> None:
    assert top_f1(scores(*values), np.array([True, True, False, False]), 2) == f1
