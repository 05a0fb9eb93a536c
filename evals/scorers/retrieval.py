"""Retrieval: whether search finds the articles a case names. Hits are passages; an article may have several.

Sources A and B, hits from articles X, A, A, X, X, B: recall@5 is 1/2, recall@10 is 2/2, MRR is 1/2.
"""

from __future__ import annotations

from assistant.types import Article
from evals.metrics import recall_at_k, reciprocal_rank
from evals.observation import Observation, Score

DEPTH = 10
NO_SOURCES = "the case names no sources"


def names(article: Article) -> frozenset[str]:
    """What a case may call the article by: its id or its URL, a closing slash aside."""
    return frozenset({article.id, (article.url or article.id).rstrip("/")})


def wanted(seen: Observation) -> tuple[str, ...]:
    """The sources of the case, written the way ``names`` writes them."""
    return tuple(source.rstrip("/") for source in seen.case.sources)


def recall_at_5(seen: Observation) -> Score:
    """The share of the sources that stand among the first 5 hits."""
    return _recall(seen, 5)


def recall_at_10(seen: Observation) -> Score:
    """The share of the sources that stand among the first 10 hits."""
    return _recall(seen, DEPTH)


def mrr(seen: Observation) -> Score:
    """1 / rank of the first hit from a source, among the first 10; 0 when there is none."""
    value = reciprocal_rank([names(hit.article) for hit in seen.hits[:DEPTH]], wanted(seen))
    return Score.unscored(NO_SOURCES) if value is None else Score(value)


def _recall(seen: Observation, k: int) -> Score:
    found = [names(hit.article) for hit in seen.hits[:k]]
    value = recall_at_k(found, wanted(seen), k)
    if value is None:
        return Score.unscored(NO_SOURCES)
    return Score(value, tuple(source for source in wanted(seen) if not any(source in hit for hit in found)))
