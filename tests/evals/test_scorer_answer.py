from __future__ import annotations

from collections.abc import Callable

from assistant.types import Answer
from evals.observation import Observation
from evals.scorers.answer import answer_points, direct_answer

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]
CASE = {"expect": [{"any": ["1,238 tonnes", "1238 t"]}, {"any": ["7 November 2025"]}, {"any": ["Japan"]}]}


def test_points_said_over_points_expected(observe: Observe, answer: MakeAnswer) -> None:
    # the quota and the day are said, Japan is not: 2/3
    seen = observe(CASE, answer([("It was 1238 tons.", ()), ("It ends on November 7, 2025.", ())]))
    assert answer_points(seen).value == 2 / 3
    assert answer_points(seen).missed == ("Japan",)


def test_wrong_figure_loses_the_point(observe: Observe, answer: MakeAnswer) -> None:
    seen = observe(CASE, answer([("It was 11,238 tons.", ()), ("It ends on November 7, 2025.", ())]))
    assert answer_points(seen).value == 1 / 3


def test_wording_spread_over_two_sentences_does_not_count(observe: Observe, answer: MakeAnswer) -> None:
    seen = observe({"expect": [{"any": ["46 tonnes"]}]}, answer([("It was 46", ()), ("tonnes.", ())]))
    assert answer_points(seen).value == 0.0


def test_declining_sentence_that_echoes_the_question_says_no_point(observe: Observe, answer: MakeAnswer) -> None:
    declining = answer([("The corpus does not say whether Japan joined.", ())], status="declined")
    assert answer_points(observe({"expect": [{"any": ["Japan"]}]}, declining)).value == 0.0


def test_partial_answer_is_scored(observe: Observe, answer: MakeAnswer) -> None:
    seen = observe({"expect": [{"any": ["Japan"]}]}, answer([("Japan.", ())], status="partial"))
    assert answer_points(seen).value == 1.0


def test_case_without_points_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert answer_points(observe({"answerable": False}, answer([("Japan.", ())]))).value is None


def test_the_first_sentence_is_direct_when_it_says_a_point(observe: Observe, answer: MakeAnswer) -> None:
    said, beside = ("It was 1238 tons.", ()), ("Prices rose.", ())
    assert direct_answer(observe(CASE, answer([said, beside]))).value == 1.0
    assert direct_answer(observe(CASE, answer([beside, said]))).value == 0.0
    assert direct_answer(observe(CASE, answer([beside, said]))).missed == ("1,238 tonnes",)


def test_only_an_answer_to_a_case_with_points_can_be_direct(observe: Observe, answer: MakeAnswer) -> None:
    declining = answer([("The corpus does not say.", ())], status="declined")
    assert direct_answer(observe(CASE, declining)).value is None
    assert direct_answer(observe({"answerable": False}, answer([("Japan.", ())]))).value is None
