from __future__ import annotations

import numpy as np

from evals.train.graded_order import Listed, learn, scored_by, table_of

NAMES = ["similarity", "coverage"]


def lists(count: int) -> list[Listed]:
    """Questions whose best sentence has the highest logit, whatever its signals."""
    rng = np.random.default_rng(4)
    made = []
    for _ in range(count):
        rows = rng.normal(size=(5, 3))
        made.append(Listed(rows, rows[:, 2] == rows[:, 2].max(), rows[:, 2] > 0))
    return made


def test_what_tells_the_best_sentence_is_learned() -> None:
    order = learn(lists(60), NAMES)
    assert order.scorer > 3 * max(abs(weight) for weight in order.signals.values())
    assert order.slope > 0


def test_the_table_tells_how_often_the_best_comes_first() -> None:
    data = lists(20)
    order = learn(data, NAMES)
    table = table_of(data, {"learned": scored_by(order, NAMES), "worst": lambda one: -one.rows[:, 2]})
    (learned, worst) = table.columns[2].cells
    assert (learned, worst) == ("1.000 [1.000, 1.000]", "0.000 [0.000, 0.000]")


def test_a_question_that_nothing_answers_does_not_move_the_scale() -> None:
    nothing = Listed(np.ones((2, 3)), np.array([False, False]), np.array([True, False]))
    assert learn([*lists(40), nothing], NAMES) == learn(lists(40), NAMES)
    assert table_of([nothing, *lists(3)], {"any": lambda one: one.rows[:, 0]}).columns[1]._cells == ["3"]
