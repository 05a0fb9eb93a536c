"""Dense search: exact in memory for a small corpus, else in an embedded Chroma collection, which holds no text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from assistant.index.catalog import IndexedPassage
from assistant.index.embedder import Vectors
from assistant.index.unfilled import blank_unfilled

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Rows = NDArray[np.intp]

COLLECTION = "passages"
ADD_BATCH = 1000
# Exact search over 38,654 vectors took 5 ms on two cores; importing Chroma alone takes close to a second.
EXACT_UP_TO = 50_000
FILTERS_KEPT = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage id and its cosine with the question."""

    id: str
    similarity: float


class VectorSearch(Protocol):
    """What finds the passages nearest to a question."""

    def search(self, query: Vectors, limit: int) -> tuple[Neighbour, ...]:
        """The passages nearest to ``query`` (d,), best first, at most ``limit``."""
        ...

    def count(self) -> int:
        """Number of vectors."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class ChromaVectors:
    """One snapshot of the vector index, opened from its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client = _client(folder)
        self._collection: Collection = self._client.get_collection(COLLECTION)
        self._count = self._collection.count()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[IndexedPassage]) -> None:
        """Add ``passages`` to the collection in ``folder``; an empty folder gets a new one."""
        client = _client(folder)
        try:
            collection = client.get_or_create_collection(COLLECTION, configuration={"hnsw": {"space": "cosine"}})
            batch: list[IndexedPassage] = []
            for passage in passages:
                batch.append(passage)
                if len(batch) == ADD_BATCH:
                    _add(collection, batch)
                    batch = []
            if batch:
                _add(collection, batch)
        finally:
            # Chroma keeps one client a path for the whole process; a later one must start afresh.
            client.close()
            blank_unfilled(folder)

    def search(self, query: Vectors, limit: int) -> tuple[Neighbour, ...]:
        """The passages nearest to ``query`` (d,), best first, at most ``limit``."""
        limit = min(limit, self._count)
        if limit == 0:
            return ()
        found = self._collection.query(query_embeddings=[query.tolist()], n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return tuple(
            Neighbour(id_, 1.0 - float(distance)) for id_, distance in zip(found["ids"][0], distances[0], strict=True)
        )

    def count(self) -> int:
        """Number of vectors."""
        return self._count

    def ids(self) -> frozenset[str]:
        """Every passage id in the collection."""
        return frozenset(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()
        blank_unfilled(self._folder)


class ExactVectors:
    """Every vector in memory, searched exactly: faster than the index up to ``EXACT_UP_TO``, and needs no Chroma.

    Args:
        ids: of the passages.
        vectors: one an id, (n, d), of unit length.
    """

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids = ids
        self._vectors = vectors
        # Most questions are asked as of the same day: what they may see is one and the same set.
        # A bound method would keep the vectors alive through its own cache.
        self._rows_of = lru_cache(maxsize=FILTERS_KEPT)(partial(_rows_among, ids))

    def search(self, query: Vectors, limit: int) -> tuple[Neighbour, ...]:
        """The passages nearest to ``query`` (d,), best first, at most ``limit``."""
        return exact_search(query, self._ids, self._vectors, limit)

    def among(self, allowed: frozenset[str], query: Vectors, limit: int) -> tuple[Neighbour, ...]:
        """As ``search``, of the passages that are ``allowed``."""
        return exact_search(query, self._ids, self._vectors, limit, self._rows_of(allowed))

    def count(self) -> int:
        """Number of vectors."""
        return len(self._ids)

    def close(self) -> None:
        """Nothing is held open."""


def _rows_among(ids: Sequence[str], allowed: frozenset[str]) -> Rows:
    return np.flatnonzero([id_ in allowed for id_ in ids])


def exact_search(
    query: Vectors, ids: Sequence[str], vectors: Vectors, limit: int, rows: Rows | None = None
) -> tuple[Neighbour, ...]:
    """The nearest of ``vectors`` (n, d), one an id, by cosine; equals stand in the order of ``ids``.

    ``rows`` are those that may be found, all by default.
    """
    if not ids:
        return ()
    # The matrix library would wake its own threads for this: they spin for more time than the product takes.
    # To compute all costs less than to copy those that may be found.
    similarities = np.einsum("ij,j->i", vectors, query)
    if rows is None:
        rows = np.arange(len(ids))
    if limit < len(rows):
        # Sorting all costs more than the product itself.
        least = np.partition(similarities[rows], -limit)[-limit]
        rows = rows[similarities[rows] >= least]
    best = rows[np.argsort(-similarities[rows], kind="stable")][:limit]
    return tuple(Neighbour(ids[row], float(similarities[row])) for row in best)


def _client(folder: Path) -> Client:
    # Chroma costs most of a second to import; only what searches or builds pays for it.
    import chromadb
    from chromadb.config import Settings

    # The factory is typed by the interface, which lacks close(); what it makes is a Client.
    return cast("Client", chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False)))


def _add(collection: Collection, batch: Sequence[IndexedPassage]) -> None:
    collection.add(
        ids=[passage.id for passage in batch],
        embeddings=np.stack([passage.vector for passage in batch]),
        metadatas=[
            {
                "article_id": passage.article_id,
                "day": date.fromisoformat(passage.day).toordinal(),
                "publisher": passage.publisher,
                "kind": passage.kind,
            }
            for passage in batch
        ],
    )
