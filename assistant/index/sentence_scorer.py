"""The sentence scorer: a small cross-encoder, trained here, that reads question and candidate together.

Half of the packaged MiniLM with one linear output; ``evals/train`` makes the weights, and ``DATA_CARD.md`` there tells
from what. The word embeddings are not in the weights file: they come with the packaged model.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import MissingDependencyError
from assistant.index.bert_graph import (
    EMBEDDINGS,
    MINILM,
    MappedWeights,
    Weights,
    mapped_weights,
    packaged_weights,
    put_on_disk,
)
from assistant.index.bert_runtime import BertRuntime, Encoder, RuntimeUnavailableError, load_tokenizer
from assistant.index.embedder import PACKAGED_MODEL, model_path
from assistant.index.file_digests import FileDigests

WEIGHTS = Path(__file__).with_name("sentence_scorer.safetensors")
WEIGHTS_SHA256 = "68614026a29f00d0444f18f59e791ca21cb159518b749ea5254f3f285bb17041"
# Half of the packaged model: twice as fast, and the lower layers are the ones that carry over (Sajjad et al. 2023,
# "On the effect of dropping layers of pre-trained transformer models", doi:10.1016/j.csl.2022.101429).
LAYERS = 3
MAX_TOKENS = 96
# Few enough that a question's candidates spread over the threads.
BATCH_SIZE = 4
SCALE = ".scale"


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
        self.name = f"{weights.stem}@{_checked(weights, sha256, digests or FileDigests())[:12]}"
        self._weights = weights
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: _Network | None = None

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """The logit of each candidate, shape (candidates,); a candidate reads "title (date): sentence"."""
        if not candidates:
            return np.zeros(0, dtype=np.float32)
        return self._network().logits(question, candidates)

    def load(self) -> None:
        """Make ready for the first question."""
        self._network()

    def _network(self) -> _Network:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Network(self._weights, self._threads)
            return self._loaded


class _Network:
    """The loaded network: on OpenVINO, or on torch where that does not run."""

    def __init__(self, file: Path, threads: int) -> None:
        packaged = model_path(PACKAGED_MODEL)
        weights = _floats_of(file)
        self._head, self._bias = (np.array(weights[f"head.{name}"]) for name in ("weight", "bias"))
        base = {name.removeprefix("base."): weight for name, weight in weights.items() if name.startswith("base.")}
        self._tokenizer = load_tokenizer(packaged, MAX_TOKENS)
        self._encoder = _encoder(base | _embeddings(packaged), packaged, threads)
        if isinstance(weights, MappedWeights):
            weights.release()

    def logits(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        pairs = self._tokenizer.encode_batch([(question, candidate) for candidate in candidates])
        pooled = np.stack(list(self._encoder.each(pairs, BATCH_SIZE, lambda _, states: states.mean(axis=0))))
        return np.asarray((pooled @ self._head.T + self._bias)[:, 0], dtype=np.float32)


def _encoder(weights: Weights, packaged: Path, threads: int) -> Encoder:
    shape = replace(MINILM, layers=LAYERS)
    try:
        return BertRuntime(weights, shape, threads)
    except RuntimeUnavailableError:
        # The doctor says so: the embedder runs on the same.
        from assistant.index.torch_encoder import TorchEncoder

        return TorchEncoder(weights, packaged, LAYERS, threads)


def dequantised(tensors: Weights) -> Iterator[tuple[str, NDArray[Any]]]:
    """Float weights by name from int8 rows, each with its scale beside it under ``name + SCALE``."""
    for name, weight in tensors.items():
        if not name.endswith(SCALE):
            scaled = name + SCALE in tensors
            yield name, weight.astype(np.float32) * tensors[name + SCALE] if scaled else weight


def _floats_of(file: Path) -> Weights:
    """The float weights, on the disk where it has room for four times the file, else in memory."""
    tensors = mapped_weights(file)
    try:
        return put_on_disk(dequantised(tensors))
    except OSError:
        return dict(dequantised(tensors))
    finally:
        tensors.release()


def _embeddings(packaged: Path) -> dict[str, NDArray[Any]]:
    weights = packaged_weights(packaged / "model.safetensors")
    return {name: weight for name, weight in weights.items() if name.startswith(EMBEDDINGS)}


def _checked(weights: Path, sha256: str | None, digests: FileDigests) -> str:
    if not weights.is_file():
        raise MissingDependencyError(f"{weights} is missing; reinstall this program")
    found = digests.sha256(weights)
    if sha256 is not None and found != sha256:
        raise MissingDependencyError(f"{weights} has SHA-256 {found}, expected {sha256}; reinstall this program")
    return found
