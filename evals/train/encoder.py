"""How near questions and candidates are to the packaged MiniLM alone: what hard negatives and baselines rest on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedder import PACKAGED_MODEL
from assistant.index.packaged_embedder import DIMENSIONS, open_embedder
from assistant.types import Passage, Span

THREADS = 2


class Encoder:
    """Unit vectors of texts by the packaged MiniLM, each text by itself."""

    def __init__(self) -> None:
        self._embedder = open_embedder(PACKAGED_MODEL, THREADS)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, shape (texts, dimensions)."""
        alone = [Passage(str(at), "", 0, len(text), text, (Span(0, len(text)),)) for at, text in enumerate(texts)]
        vectors = [encoded.passage for encoded in self._embedder.encode_passages(alone)]
        return np.asarray(vectors, dtype=np.float32).reshape(-1, DIMENSIONS)
