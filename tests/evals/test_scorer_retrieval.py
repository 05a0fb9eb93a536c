from __future__ import annotations

from collections.abc import Callable

from assistant.types import Article
from evals.observation import Observation
from evals.scorers.retrieval import mrr, recall_at_5, recall_at_10

Observe = Callable[..., Observation]
MakeArticle = Callable[..., Article]


def test_recall_and_mrr_of_the_worked_example(observe: Observe, article: MakeArticle) -> None:
    # hits X A A X X B: A at rank 2 and B at rank 6, so 1 of 2, 2 of 2, and 1/2
    seen = observe({"sources": ["A", "B"]}, hits=[article(one) for one in "XAAXXB"])
    assert (recall_at_5(seen).value, recall_at_10(seen).value, mrr(seen).value) == (0.5, 1.0, 0.5)
    assert recall_at_5(seen).missed == ("B",)


def test_later_rank_lowers_mrr(observe: Observe, article: MakeArticle) -> None:
    seen = observe({"sources": ["A"]}, hits=[article(one) for one in "XXXA"])
    assert mrr(seen).value == 0.25  # rank 4


def test_source_may_be_a_url(observe: Observe, article: MakeArticle) -> None:
    seen = observe({"sources": ["https://e.org/a/"]}, hits=[article("A", "https://e.org/a")])
    assert (recall_at_5(seen).value, mrr(seen).value) == (1.0, 1.0)


def test_nothing_found_is_zero(observe: Observe, article: MakeArticle) -> None:
    seen = observe({"sources": ["A"]}, hits=[article("X")])
    assert (recall_at_5(seen).value, mrr(seen).value) == (0.0, 0.0)


def test_hit_below_rank_ten_does_not_count(observe: Observe, article: MakeArticle) -> None:
    seen = observe({"sources": ["A"]}, hits=[article(one) for one in "XXXXXXXXXXA"])
    assert (recall_at_10(seen).value, mrr(seen).value) == (0.0, 0.0)


def test_case_without_sources_is_unscored(observe: Observe, article: MakeArticle) -> None:
    seen = observe({"expect": [{"any": ["x"]}]}, hits=[article("A")])
    assert (recall_at_5(seen).value, recall_at_10(seen).value, mrr(seen).value) == (None, None, None)
