from __future__ import annotations

from collections.abc import Callable

from assistant.types import Answer
from evals.observation import Observation
from evals.scorers.follow_up import follow_up_points

CASE = {"expect": [{"any": ["46 tonnes"]}, {"any": ["Japan"]}]}


def test_points_on_cases_with_history(observe: Callable[..., Observation], answer: Callable[..., Answer]) -> None:
    one, both = answer([("It was 46 t.", ())]), answer([("Japan took 46 t.", ())])
    history = {"history": ["Who bought?"]}
    assert follow_up_points(observe(CASE | history, one)).value == 0.5  # 1 of 2
    assert follow_up_points(observe(CASE | history, both)).value == 1.0  # 2 of 2


def test_case_without_history_is_unscored(observe: Callable[..., Observation], answer: Callable[..., Answer]) -> None:
    assert follow_up_points(observe(CASE, answer([("It was 46 t.", ())]))).value is None
