"""Dense search in an embedded Chroma collection of ids, vectors and filter fields. It holds no text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from assistant.index.catalog import IndexedPassage
from assistant.index.embedder import Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
ADD_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage id and its cosine with the question."""

    id: str
    similarity: float


class ChromaVectors:
    """One snapshot of the vector index, opened from its folder."""

    def __init__(self, folder: Path) -> None:
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


def exact_search(query: Vectors, ids: Sequence[str], vectors: Vectors, limit: int) -> tuple[Neighbour, ...]:
    """The nearest of ``vectors`` (n, d), one an id, by cosine: for selections too small for the index."""
    if not ids:
        return ()
    similarities = vectors @ query
    best = np.argsort(-similarities, kind="stable")[:limit]
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
