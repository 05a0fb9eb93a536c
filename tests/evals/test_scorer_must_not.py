from __future__ import annotations

from collections.abc import Callable

from assistant.types import Answer, Citation, Conflict
from evals.observation import Observation
from evals.scorers.must_not import must_not_clean

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]
CASE = {"must_not": ["1,646 tonnes", "still in force"]}


def test_clean_answer_scores_one(observe: Observe, answer: MakeAnswer) -> None:
    assert must_not_clean(observe(CASE, answer([("It was 646 tonnes.", ())]))).value == 1.0


def test_any_violation_scores_zero_and_is_named(observe: Observe, answer: MakeAnswer) -> None:
    score = must_not_clean(observe(CASE, answer([("It was 1646 t.", ())])))
    assert (score.value, score.missed) == (0.0, ("1,646 tonnes",))


def test_value_of_a_conflict_is_a_claim(
    observe: Observe, answer: MakeAnswer, conflict: Callable[..., Conflict]
) -> None:
    shown = answer(conflicts=[conflict("quota", ["46 tonnes", "1,646 tonnes"])])
    assert must_not_clean(observe(CASE, shown)).value == 0.0


def test_quote_and_declining_sentence_are_no_claims(
    observe: Observe, answer: MakeAnswer, citation: Callable[..., Citation]
) -> None:
    declining = answer(
        [("The corpus does not say whether it is still in force.", ())],
        [citation(1, "still in force")],
        status="declined",
    )
    assert must_not_clean(observe(CASE, declining)).value == 1.0


def test_case_that_forbids_nothing_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert must_not_clean(observe({}, answer())).value is None
