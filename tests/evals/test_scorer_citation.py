from __future__ import annotations

from collections.abc import Callable

from assistant.types import Answer, Citation
from evals.observation import Observation
from evals.scorers.citation import citation_precision, citation_recall, citation_support

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]
MakeCitation = Callable[..., Citation]
CASE = {"expect": [{"any": ["46 tonnes"]}, {"any": ["Japan"]}]}
SENTENCE = ("Japan took 46 tonnes.", (1, 2))


def test_precision_and_support_of_the_worked_example(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation
) -> None:
    # quote 1 carries "46 tonnes", quote 2 nothing: 1 of 2 citations, and 1 of 2 points
    seen = observe(CASE, answer([SENTENCE], [citation(1, "46 t left"), citation(2, "Markets rose")]))
    assert citation_precision(seen).value == 0.5
    assert citation_support(seen).value == 0.5
    assert citation_support(seen).missed == ("no quote carries: Japan",)


def test_quote_for_each_point_makes_both_whole(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    seen = observe(CASE, answer([SENTENCE], [citation(1, "46 t left"), citation(2, "bound for Japan")]))
    assert (citation_precision(seen).value, citation_support(seen).value) == (1.0, 1.0)


def test_quote_with_another_figure_is_not_precise(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    seen = observe(CASE, answer([("It was 46 tonnes.", (1,))], [citation(1, "1,646 tonnes left")]))
    assert citation_precision(seen).value == 0.0


def test_quote_for_a_point_of_another_sentence_is_not_precise(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation
) -> None:
    seen = observe(CASE, answer([("It was 46 tonnes.", (1,))], [citation(1, "bound for Japan")]))
    assert citation_precision(seen).value == 0.0


def test_sentence_without_a_point_is_left_out_of_precision(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation
) -> None:
    said = [("It was 46 tonnes.", (1,)), ("Markets rose.", (2,))]
    seen = observe(CASE, answer(said, [citation(1, "46 tonnes"), citation(2, "Markets rose")]))
    assert citation_precision(seen).value == 1.0  # 1 of 1; citation 2 is not judged


def test_no_point_said_is_unscored(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    seen = observe(CASE, answer([("Markets rose.", (1,))], [citation(1, "Markets rose")]))
    assert (citation_precision(seen).value, citation_support(seen).value) == (None, None)


def test_recall_is_cited_claims_over_claims(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    # the second claim has no citation and the third cites a number that is not there: 1/3
    said = [("One.", (1,)), ("Two.", ()), ("Three.", (9,))]
    score = citation_recall(observe(CASE, answer(said, [citation(1, "one")])))
    assert score.value == 1 / 3
    assert score.missed == ("no citation: Two.", "no citation: Three.")


def test_recall_of_a_declined_answer_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert citation_recall(observe(CASE, answer([("Not said.", ())], status="declined"))).value is None
