"""The retriever: dense and full-text search, fused, filtered, loaded from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.index.catalog import StoredPassage, passes
from assistant.index.embedder import Embedder, Vectors
from assistant.index.store import Snapshot, Store
from assistant.index.vectors import FILTERS_KEPT, ExactVectors, exact_search
from assistant.periods import falls_in, find_moments, lies_in, may_tell_of
from assistant.retrieve.fuse import reciprocal_rank_fusion
from assistant.terms import TermAnalyzer
from assistant.types import Filters, FoundBy, Hit, Period, Place

EXACT_SEARCH_LIMIT = 5_000
WIDENING = 4
ALWAYS_KEPT = 4
# A term that so few passages hold is what the question is about, however well others fit the rest of it.
MOST_RARE, RARE_SHARE = 8, 0.02
RARE_TERMS = 2
RARE_KEPT = 2


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
    that the catalog no longer holds; ``ranking`` is where every passage found stands,
    the evidence and those after it.
    """

    evidence: tuple[Evidence, ...]
    rarity: Mapping[str, float]
    dropped: int
    ranking: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rankings:
    dense: tuple[str, ...]
    full_text: tuple[str, ...]
    rare: tuple[str, ...]
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
        # Most questions are asked as of the same day; the generation tells when the ids are others.
        self._allowed = lru_cache(maxsize=FILTERS_KEPT)(lambda _generation, filters: store.catalog.allowed(filters))

    def search(self, question: str, filters: Filters, limit: int) -> tuple[Hit, ...]:
        """At most ``limit`` hits, best first. Any text is a query, never an error."""
        return tuple(evidence.hit for evidence in self.gather(question, filters, limit).evidence[:limit])

    def generation(self) -> int | None:
        """The generation of the corpus that is searched; None while the search indexes are behind it."""
        generation = self._store.catalog.generation()
        return generation if self._store.snapshot().generation == generation else None

    def holds(self, term: str) -> bool:
        """Whether any passage, or any title, has the term, whatever filters say."""
        return self._store.search(lambda snapshot: snapshot.fulltext.holds(term))

    def at(self, article_id: str, start: int, filters: Filters) -> Hit | None:
        """The passage that holds a place of an article; None when there is none that the filters let through."""
        passage_id = self._store.catalog.passage_at(article_id, start)
        found = self._store.catalog.load([passage_id])[passage_id] if passage_id else None
        return Hit(found.passage, found.article, 0.0, ()) if found and passes(found.article, filters) else None

    def gather(
        self,
        question: str,
        filters: Filters,
        limit: int,
        period: Period | None = None,
        also: Sequence[str] = (),
    ) -> Findings:
        """At most ``limit`` hits with the similarities that the answer is chosen by.

        Args:
            period: passages that tell of it are raised; the ``ALWAYS_KEPT`` that the searches hold for best stay,
                on top of ``limit`` when they were overtaken. So do those with a term that hardly any passage has.
            also: ids of passages that are eligible whatever the searches find, on top of ``limit``.
        """
        query = self._embedder.encode_query(question)
        allowed = self._allowed(self._store.catalog.generation(), filters)
        candidates = max(self._candidates, limit)
        rankings = self._store.search(lambda snapshot: self._rank(snapshot, question, query, allowed, candidates))
        fused = reciprocal_rank_fusion({"dense": rankings.dense, "full_text": rankings.full_text})
        # An article may have come in between the filter and the search; it has to pass the filter too.
        places = self._store.catalog.places([*(id_ for id_, _ in fused), *also], filters)
        present = [(passage_id, score) for passage_id, score in fused if passage_id in places]
        best = dict(present[: min(limit, ALWAYS_KEPT)])
        if period is not None:
            present = _raised(present, places, self._store.catalog.passage_texts(list(places)), period)
        chosen = dict(present[:limit])
        rare = {id_: score for id_, score in present if id_ in rankings.rare}
        for more in (best, rare, dict.fromkeys((id_ for id_ in also if id_ in places), 0.0)):
            chosen |= {id_: score for id_, score in more.items() if id_ not in chosen}
        stored = self._store.catalog.load(list(chosen))
        evidence = tuple(
            _evidence(stored[id_], score, rankings.found_by(id_), query)
            for id_, score in chosen.items()
            if id_ in stored
        )
        ranking = tuple(places[passage_id] for passage_id, _ in present)
        return Findings(evidence, rankings.rarity, len(fused) - len(present), ranking)

    def _rank(
        self, snapshot: Snapshot, question: str, query: Vectors, allowed: frozenset[str] | None, limit: int
    ) -> _Rankings:
        terms = self._analyzer.content_terms(question)
        return _Rankings(
            self._dense(snapshot, query, allowed, limit),
            _widened(lambda size: snapshot.fulltext.search(question, size), allowed, limit),
            self._rare(snapshot, question, terms, allowed),
            snapshot.fulltext.rarity(terms),
        )

    def _rare(
        self, snapshot: Snapshot, question: str, terms: Sequence[str], allowed: frozenset[str] | None
    ) -> tuple[str, ...]:
        """The best passages that hold a term hardly any other passage has."""
        rare = snapshot.fulltext.rare(terms, MOST_RARE, RARE_SHARE)[:RARE_TERMS]
        found = [snapshot.fulltext.search(question, MOST_RARE, term) for term in rare]
        kept = [[id_ for id_ in one if allowed is None or id_ in allowed][:RARE_KEPT] for one in found]
        return tuple(dict.fromkeys(id_ for one in kept for id_ in one))

    def _dense(self, snapshot: Snapshot, query: Vectors, allowed: frozenset[str] | None, limit: int) -> tuple[str, ...]:
        if allowed is not None and isinstance(snapshot.vectors, ExactVectors):
            return tuple(neighbour.id for neighbour in snapshot.vectors.among(allowed, query, limit))
        if allowed is not None and len(allowed) <= EXACT_SEARCH_LIMIT:
            ids = sorted(allowed)
            vectors = self._store.catalog.vectors(ids) if ids else np.empty((0, query.shape[0]), np.float32)
            return tuple(neighbour.id for neighbour in exact_search(query, ids, vectors, limit))
        return _widened(
            lambda size: [neighbour.id for neighbour in snapshot.vectors.search(query, size)], allowed, limit
        )


def _evidence(found: StoredPassage, score: float, found_by: tuple[FoundBy, ...], query: Vectors) -> Evidence:
    similarities = tuple(float(value) for value in found.sentence_vectors @ query)
    return Evidence(Hit(found.passage, found.article, score, found_by), float(found.vector @ query), similarities)


def _raised(
    fused: Sequence[tuple[str, float]], places: Mapping[str, Place], texts: Mapping[str, str], period: Period
) -> list[tuple[str, float]]:
    """The fused ranking, fused once more with that of the passages in it that tell of the period."""
    telling = [id_ for id_, _ in fused if _tells_of(places[id_], texts.get(id_, ""), period)]
    again = reciprocal_rank_fusion({"all": [id_ for id_, _ in fused], "telling": telling})
    return [(id_, score) for id_, score in again]


def _tells_of(place: Place, text: str, period: Period) -> bool:
    """Whether a passage names a time within the period, or names none and was published in it."""
    published = place.published_on is not None and falls_in(place.published_on, period)
    # Reading the times of a passage costs far more than a look at its years, which most passages need no more than.
    may_lie = may_tell_of(text, period)
    if not published and not may_lie:
        return False
    told = find_moments(text)
    if may_lie and any(lies_in(moment, period) for moment in told):
        return True
    return not told and published


def _widened(search: Callable[[int], Sequence[str]], allowed: frozenset[str] | None, limit: int) -> tuple[str, ...]:
    """The first ``limit`` allowed results, asking for more until there are enough or no more come."""
    size = limit
    while True:
        found = search(size)
        kept = found if allowed is None else [passage_id for passage_id in found if passage_id in allowed]
        if len(kept) >= limit or len(found) < size:
            return tuple(kept[:limit])
        size *= WIDENING
