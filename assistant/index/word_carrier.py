"""The word carrier: a small network, trained here, that tells which words of a talk a follow-up question leans on.

As QuReTeC (Voskarides et al. 2020, arXiv:2005.11723): each word of what was said before is kept or left.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from assistant.index.file_digests import FileDigests
from assistant.index.trained_network import OnDemand

WEIGHTS = Path(__file__).with_name("word_carrier.safetensors")
WEIGHTS_SHA256 = "44a1b475c19e43b32e2614fb748d2f9a5ac3b60d08cc5413b4b9a56117c51bc3"
MAX_TOKENS = 224
# Words as people write them; the first token of each speaks for it.
WORD = re.compile(r"\S+")
_SAID = 1


class WordCarrier:
    """Probabilities of "this word of what was said before belongs to the question too".

    Args:
        threads: that compute one question.
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

    def carried(self, question: str, said: str) -> list[float]:
        """A probability for each word of ``said``; 0 for those past what is read."""
        read, logits = self._network().of_tokens(question, said)
        first: dict[int, int] = {}
        for token, (start, part) in enumerate(zip((one[0] for one in read.offsets), read.sequence_ids, strict=True)):
            if part == _SAID:
                first.setdefault(start, token)
        words = [match.start() for match in WORD.finditer(said)]
        return [float(1 / (1 + np.exp(-logits[first[start]]))) if start in first else 0.0 for start in words]

    def load(self) -> None:
        """Make ready for the first follow-up."""
        self._network()
