from __future__ import annotations

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from support import WordHashEmbedder, vector_of

from assistant.langchain import AssistantEmbeddings


@pytest.fixture
def embeddings() -> Embeddings:
    return AssistantEmbeddings(WordHashEmbedder())


def test_documents_and_query_are_lists_of_floats(embeddings: Embeddings) -> None:
    (vector,) = embeddings.embed_documents(["Prices rose 😀"])
    assert vector == pytest.approx(vector_of("Prices rose 😀").tolist())
    assert embeddings.embed_query("Prices rose 😀") == pytest.approx(vector)
    assert {type(value) for value in (*vector, *embeddings.embed_query("x"))} == {float}


def test_no_documents_no_vectors(embeddings: Embeddings) -> None:
    assert embeddings.embed_documents([]) == []


def test_they_serve_in_another_persons_store(embeddings: Embeddings) -> None:
    store = InMemoryVectorStore(embeddings)
    store.add_texts(["Prices rose.", "Exports fell."])
    assert [found.page_content for found in store.similarity_search("Exports fell", k=1)] == ["Exports fell."]
