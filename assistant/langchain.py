"""For other people's LangChain chains: our embedding model as their ``Embeddings``."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from assistant.index.embedder import Embedder
from assistant.types import Passage, Span


class AssistantEmbeddings(Embeddings):
    """A thin adapter: vectors are lists of floats of unit length; sentence vectors have no place in it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; a text longer than the model reads is cut."""
        passages = [Passage("", "", 0, len(text), text, (Span(0, len(text)),)) for text in texts]
        return [vectors.passage.tolist() for vectors in self._embedder.encode_passages(passages)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return [float(value) for value in self._embedder.encode_query(text)]
