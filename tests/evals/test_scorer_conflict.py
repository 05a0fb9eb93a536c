from __future__ import annotations

from collections.abc import Callable

from assistant.types import Answer, Conflict
from evals.observation import Observation
from evals.scorers.conflict import conflict_precision, conflict_recall

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]
MakeConflict = Callable[..., Conflict]
CASE = {"conflict": [{"values": ["46 tonnes", "50 tonnes", "60 tonnes"]}]}
LOOK_ALIKE = {"tags": ["look-alike"], "must_not": ["x"]}


def test_recall_of_the_worked_example(observe: Observe, answer: MakeAnswer, conflict: MakeConflict) -> None:
    # the first conflict has 2 of 3, the second 1 of 3: the better one counts, 2/3
    shown = answer(conflicts=[conflict("quota", ["46 t", "50 t"]), conflict("other", ["60 t"])])
    score = conflict_recall(observe(CASE, shown))
    assert (score.value, score.missed) == (2 / 3, ("60 tonnes",))


def test_value_said_in_a_sentence_only_is_not_shown(observe: Observe, answer: MakeAnswer) -> None:
    assert conflict_recall(observe(CASE, answer([("46 tonnes or 50 tonnes.", ())]))).value == 0.0


def test_other_value_does_not_count(observe: Observe, answer: MakeAnswer, conflict: MakeConflict) -> None:
    shown = answer(conflicts=[conflict("quota", ["1,646 tonnes", "50 tonnes"])])
    assert conflict_recall(observe(CASE, shown)).value == 1 / 3


def test_two_expected_conflicts_are_pooled(observe: Observe, answer: MakeAnswer, conflict: MakeConflict) -> None:
    # 2 of 2 and 0 of 2: 2/4
    case = {"conflict": [{"values": ["46 t", "50 t"]}, {"values": ["Japan", "Korea"]}]}
    shown = answer(conflicts=[conflict("quota", ["46 t", "50 t"])])
    assert conflict_recall(observe(case, shown)).value == 0.5


def test_case_without_conflict_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert conflict_recall(observe({}, answer())).value is None


def test_look_alike_shown_as_a_conflict_is_not_precise(
    observe: Observe, answer: MakeAnswer, conflict: MakeConflict
) -> None:
    clean, shown = answer(), answer(conflicts=[conflict("quota", ["46 t", "50 t"])])
    assert conflict_precision(observe(LOOK_ALIKE, clean)).value == 1.0
    assert conflict_precision(observe(LOOK_ALIKE, shown)).value == 0.0


def test_declined_look_alike_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert conflict_precision(observe(LOOK_ALIKE, answer(status="declined"))).value is None


def test_case_that_is_no_look_alike_is_unscored(observe: Observe, answer: MakeAnswer, conflict: MakeConflict) -> None:
    shown = answer(conflicts=[conflict("quota", ["46 t", "50 t"])])
    assert conflict_precision(observe(CASE, shown)).value is None
