"""The sentence scorer: a small cross-encoder, trained here, that reads question and candidate together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.file_digests import FileDigests
from assistant.index.trained_network import OnDemand

WEIGHTS = Path(__file__).with_name("sentence_scorer.safetensors")
WEIGHTS_SHA256 = "30f410d5dafa5a0286ea2a52cae27f41d5b4e1a51dad536d01c5a125c4d38796"
MAX_TOKENS = 96


class SentenceScorer:
    """Logits of "this sentence answers the question"; they order candidates and are no probabilities.

    Args:
        threads: threads that score one question.
        weights: the weights file.
        sha256: of the file; None trusts it.
        digests: tell the file's; by default it is read.

    Raises:
        MissingDependencyError: the file is not there, or is not the one this program was made with.
    """

    def __init__(
        self,
        threads: int,
        weights: Path = WEIGHTS,
        sha256: str | None = WEIGHTS_SHA256,
        digests: FileDigests | None = None,
    ) -> None:
        self._network = OnDemand(weights, sha256, threads, MAX_TOKENS, digests)
        self.name = self._network.name

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """The logit of each candidate, shape (candidates,); a candidate reads "title (date): sentence"."""
        if not candidates:
            return np.zeros(0, dtype=np.float32)
        return self._network().of_pairs([(question, candidate) for candidate in candidates])

    def load(self) -> None:
        """Make ready for the first question."""
        self._network()
