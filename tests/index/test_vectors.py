from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support import vector_of

from assistant.index.catalog import IndexedPassage
from assistant.index.vectors import ChromaVectors, ExactVectors, exact_search

TEXTS = {"a": "Prices rose", "b": "Prices fell", "c": "Exports stopped"}


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[ChromaVectors]:
    ChromaVectors.build(
        tmp_path,
        [IndexedPassage(id_, id_, "2025-06-01", "P", "news", "secret title", text, vector_of(text))
         for id_, text in TEXTS.items()],
    )  # fmt: skip
    opened = ChromaVectors(tmp_path)
    yield opened
    opened.close()


def test_the_nearest_come_first_with_their_cosine(vectors: ChromaVectors) -> None:
    found = vectors.search(vector_of("Prices rose"), 2)
    assert [neighbour.id for neighbour in found] == ["a", "b"]
    assert found[0].similarity == pytest.approx(1.0, abs=1e-4)
    assert found[1].similarity == pytest.approx(float(vector_of("Prices rose") @ vector_of("Prices fell")), abs=1e-4)


def test_more_than_there_are_gives_all(vectors: ChromaVectors) -> None:
    assert {neighbour.id for neighbour in vectors.search(vector_of("Prices"), 50)} == {"a", "b", "c"}


def test_ids_and_count(vectors: ChromaVectors) -> None:
    assert (vectors.ids(), vectors.count()) == (frozenset("abc"), 3)


def test_the_folder_holds_no_text(vectors: ChromaVectors, tmp_path: Path) -> None:
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"secret title" not in files
    assert b"Exports stopped" not in files


def test_an_empty_collection_finds_nothing(tmp_path: Path) -> None:
    ChromaVectors.build(tmp_path, [])
    empty = ChromaVectors(tmp_path)
    assert (empty.search(vector_of("x"), 5), empty.ids()) == ((), frozenset())
    empty.close()


def test_exact_search_agrees_with_the_index(vectors: ChromaVectors) -> None:
    query = vector_of("Prices fell")
    exact = exact_search(query, list(TEXTS), np.stack([vector_of(text) for text in TEXTS.values()]), 3)
    found = vectors.search(query, 3)
    assert [neighbour.id for neighbour in exact] == [neighbour.id for neighbour in found]
    assert [one.similarity for one in exact] == pytest.approx([one.similarity for one in found], abs=1e-4)


def test_exact_search_keeps_the_order_of_equals_and_the_limit() -> None:
    axis = np.asarray([1.0, 0.0], np.float32)
    found = exact_search(axis, ["a", "b", "c"], np.stack([axis] * 3), 2)
    assert [neighbour.id for neighbour in found] == ["a", "b"]


def test_exact_search_of_nothing_finds_nothing() -> None:
    assert exact_search(vector_of("x"), [], np.empty((0, 128), np.float32), 5) == ()


def test_vectors_in_memory_are_searched_among_those_allowed() -> None:
    made = np.random.default_rng(2).normal(size=(9, 4)).astype(np.float32)
    vectors, ids = ExactVectors("abcdefghi", made), "bdehi"
    among = vectors.among(frozenset(ids), made[0], 3)
    assert among == exact_search(made[0], ids, made[["abcdefghi".index(one) for one in ids]], 3)
    assert [len(vectors.among(frozenset(few), made[0], 3)) for few in ("", "z", "ab")] == [0, 0, 2]


def test_vectors_in_memory_are_searched_exactly() -> None:
    generator = np.random.default_rng(1)
    rows = generator.normal(size=(50, 8)).astype(np.float32)
    ids = [f"p{n:02}" for n in range(50)]
    exact = ExactVectors(ids, rows)
    best = sorted(range(50), key=lambda row: -float(rows[row] @ rows[7]))[:5]
    assert [neighbour.id for neighbour in exact.search(rows[7], 5)] == [ids[row] for row in best]
    assert exact.count() == len(exact.search(rows[7], 500)) == 50


def test_equals_stand_in_the_order_of_their_ids() -> None:
    rows = np.ones((4, 2), dtype=np.float32)
    assert [found.id for found in exact_search(rows[0], ["a", "b", "c", "d"], rows, 2)] == ["a", "b"]
