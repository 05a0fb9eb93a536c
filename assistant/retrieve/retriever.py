"""The retriever: dense and full-text search, fused, filtered, loaded from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.index.catalog import passes
from assistant.index.embedder import Embedder, Vectors
from assistant.index.store import Snapshot, Store
from assistant.index.vectors import exact_search
from assistant.retrieve.fuse import reciprocal_rank_fusion
from assistant.terms import TermAnalyzer
from assistant.types import Filters, FoundBy, Hit

EXACT_SEARCH_LIMIT = 5_000
WIDENING = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit with its cosine to the question, and the cosine of each of its sentences."""

    hit: Hit
    similarity: float
    sentence_similarities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the answer is drafted from, best first.

    ``rarity`` gives the inverse document frequency of the question's terms; ``dropped`` counts hits
    that the catalog no longer holds.
    """

    evidence: tuple[Evidence, ...]
    rarity: Mapping[str, float]
    dropped: int


@dataclass(frozen=True, slots=True)
class _Rankings:
    dense: tuple[str, ...]
    full_text: tuple[str, ...]
    rarity: Mapping[str, float]

    def found_by(self, passage_id: str) -> tuple[FoundBy, ...]:
        both: tuple[tuple[FoundBy, tuple[str, ...]], ...] = (("dense", self.dense), ("full_text", self.full_text))
        return tuple(name for name, ranking in both if passage_id in ranking)


class Retriever:
    """Searches one store.

    Args:
        store: the data folder.
        embedder: the model that the store is bound to.
        analyzer: how the question becomes terms.
        candidates: hits taken from each search before fusion.
    """

    def __init__(self, store: Store, embedder: Embedder, analyzer: TermAnalyzer, candidates: int) -> None:
        self._store = store
        self._embedder = embedder
        self._analyzer = analyzer
        self._candidates = candidates

    def search(self, question: str, filters: Filters, limit: int) -> tuple[Hit, ...]:
        """At most ``limit`` hits, best first. Any text is a query, never an error."""
        return tuple(evidence.hit for evidence in self.gather(question, filters, limit).evidence)

    def gather(self, question: str, filters: Filters, limit: int) -> Findings:
        """At most ``limit`` hits with the similarities that the answer is chosen by."""
        query = self._embedder.encode_query(question)
        allowed = self._store.catalog.allowed(filters)
        candidates = max(self._candidates, limit)
        rankings = self._store.search(lambda snapshot: self._rank(snapshot, question, query, allowed, candidates))
        fused = reciprocal_rank_fusion({"dense": rankings.dense, "full_text": rankings.full_text})
        stored = self._store.catalog.load([passage_id for passage_id, _ in fused])
        # An article may have come in between the filter and the search; it has to pass the filter too.
        stored = {id_: found for id_, found in stored.items() if passes(found.article, filters)}
        present = [(passage_id, score) for passage_id, score in fused if passage_id in stored]
        evidence = []
        for passage_id, score in present[:limit]:
            found = stored[passage_id]
            hit = Hit(found.passage, found.article, score, rankings.found_by(passage_id))
            similarities = tuple(float(value) for value in found.sentence_vectors @ query)
            evidence.append(Evidence(hit, float(found.vector @ query), similarities))
        return Findings(tuple(evidence), rankings.rarity, len(fused) - len(present))

    def _rank(
        self, snapshot: Snapshot, question: str, query: Vectors, allowed: frozenset[str] | None, limit: int
    ) -> _Rankings:
        terms = self._analyzer.content_terms(question)
        return _Rankings(
            self._dense(snapshot, query, allowed, limit),
            _widened(lambda size: snapshot.fulltext.search(question, size), allowed, limit),
            snapshot.fulltext.rarity(terms),
        )

    def _dense(self, snapshot: Snapshot, query: Vectors, allowed: frozenset[str] | None, limit: int) -> tuple[str, ...]:
        if allowed is not None and len(allowed) <= EXACT_SEARCH_LIMIT:
            ids = sorted(allowed)
            vectors = self._store.catalog.vectors(ids) if ids else np.empty((0, query.shape[0]), np.float32)
            return tuple(neighbour.id for neighbour in exact_search(query, ids, vectors, limit))
        return _widened(
            lambda size: [neighbour.id for neighbour in snapshot.vectors.search(query, size)], allowed, limit
        )


def _widened(search: Callable[[int], Sequence[str]], allowed: frozenset[str] | None, limit: int) -> tuple[str, ...]:
    """The first ``limit`` allowed results, asking for more until there are enough or no more come."""
    size = limit
    while True:
        found = search(size)
        kept = found if allowed is None else [passage_id for passage_id in found if passage_id in allowed]
        if len(kept) >= limit or len(found) < size:
            return tuple(kept[:limit])
        size *= WIDENING
