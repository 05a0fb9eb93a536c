from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.types import Answer, Article, Citation
from evals.observation import Observation
from evals.scorers.as_of import as_of_clean, as_of_points

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]
MakeCitation = Callable[..., Citation]
CASE = {"as_of": "2025-06", "expect": [{"any": ["46 tonnes"]}, {"any": ["Japan"]}]}


@pytest.mark.parametrize(
    ("published_on", "value"),
    [("2025-06-30", 1.0), ("2025-07-01", 0.0), ("2025-06", 1.0), ("2025", 0.0), ("2024", 1.0)],
)
def test_partial_dates_mean_their_last_day(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation, published_on: str, value: float
) -> None:
    seen = observe(CASE, answer(citations=[citation(1, "q", "2025-01-01"), citation(2, "q", published_on)]))
    assert as_of_clean(seen).value == value


def test_later_article_is_named(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    seen = observe(CASE, answer(citations=[citation(1, "q", "2025-07-01")]))
    assert as_of_clean(seen).missed == ("[1] article-1: 2025-07-01",)


def test_nearest_passages_of_a_declined_answer_count(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation
) -> None:
    declined = answer(citations=[citation(1, "q", "2025-07-01")], status="declined")
    assert as_of_clean(observe(CASE, declined)).value == 0.0


@pytest.mark.parametrize(("retrieved_on", "value"), [("2025-06-01", 1.0), ("2025-07-01", 0.0)])
def test_undated_article_counts_as_its_day_of_retrieval(
    observe: Observe,
    answer: MakeAnswer,
    citation: MakeCitation,
    article: Callable[..., Article],
    retrieved_on: str,
    value: float,
) -> None:
    undated = answer(citations=[citation(1, "q", None)])
    seen = observe(CASE, undated, [article("article-1", retrieved_on=retrieved_on)])
    assert as_of_clean(seen).value == value


def test_undated_article_of_unknown_retrieval_counts_as_later(
    observe: Observe, answer: MakeAnswer, citation: MakeCitation
) -> None:
    score = as_of_clean(observe(CASE, answer(citations=[citation(1, "q", None)])))
    assert (score.value, score.missed) == (0.0, ("[1] article-1: undated",))


def test_points_on_as_of_cases(observe: Observe, answer: MakeAnswer) -> None:
    assert as_of_points(observe(CASE, answer([("It was 46 t.", ())]))).value == 0.5  # 1 of 2


def test_case_without_as_of_is_unscored(observe: Observe, answer: MakeAnswer, citation: MakeCitation) -> None:
    seen = observe({"expect": [{"any": ["x"]}]}, answer([("x", (1,))], [citation(1, "x", "2030-01-01")]))
    assert (as_of_clean(seen).value, as_of_points(seen).value) == (None, None)


def test_answer_that_cites_nothing_is_unscored(observe: Observe, answer: MakeAnswer) -> None:
    assert as_of_clean(observe(CASE, answer())).value is None
