"""Networks trained here: the lower half of the packaged MiniLM, trained further, with one linear output.

``evals/train`` makes their weights, and ``DATA_CARD.md`` there tells from what. The word embeddings are not in the
weights files: they come with the packaged model.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from tokenizers import Encoding

# Half of the packaged model: twice as fast, and the lower layers are the ones that carry over (Sajjad et al. 2023,
# "On the effect of dropping layers of pre-trained transformer models", doi:10.1016/j.csl.2022.101429).
LAYERS = 3
# Few enough that a question's candidates spread over the threads.
BATCH_SIZE = 4
SCALE = ".scale"
Logits = NDArray[np.float32]


class TrainedNetwork:
    """A loaded network: on OpenVINO, or on torch where that does not run.

    Args:
        file: the weights.
        threads: that compute one question.
        most_tokens: of two texts together; the longer one is cut.
    """

    def __init__(self, file: Path, threads: int, most_tokens: int) -> None:
        packaged = model_path(PACKAGED_MODEL)
        weights = _floats_of(file)
        self._head, self._bias = (np.array(weights[f"head.{name}"]) for name in ("weight", "bias"))
        base = {name.removeprefix("base."): weight for name, weight in weights.items() if name.startswith("base.")}
        self._tokenizer = load_tokenizer(packaged, most_tokens)
        self._encoder = _encoder(base | _embeddings(packaged), packaged, threads)
        if isinstance(weights, MappedWeights):
            weights.release()

    def of_pairs(self, pairs: Sequence[tuple[str, str]]) -> Logits:
        """One logit a pair of texts, from the mean state of their tokens: shape (pairs,)."""
        read = self._tokenizer.encode_batch(list(pairs))
        pooled = np.stack(list(self._encoder.each(read, BATCH_SIZE, lambda _, states: states.mean(axis=0))))
        return np.asarray((pooled @ self._head.T + self._bias)[:, 0], dtype=np.float32)

    def of_tokens(self, one: str, other: str) -> tuple[Encoding, Logits]:
        """Two texts as they were read, and one logit a token of them: shape (tokens,)."""
        read = self._tokenizer.encode(one, other)
        (states,) = self._encoder.each([read], 1, lambda _, states: states)
        return read, np.asarray((states @ self._head.T + self._bias)[:, 0], dtype=np.float32)


class OnDemand:
    """A network whose file is checked at once, and which is loaded when it is first needed.

    Args:
        weights: the file.
        sha256: of the file; None trusts it.
        threads, most_tokens: of the network.
        digests: tell the file's; by default it is read.

    Raises:
        MissingDependencyError: the file is not there, or is not the one this program was made with.
    """

    def __init__(
        self, weights: Path, sha256: str | None, threads: int, most_tokens: int, digests: FileDigests | None
    ) -> None:
        self.name = f"{weights.stem}@{_checked(weights, sha256, digests or FileDigests())[:12]}"
        self._load = partial(TrainedNetwork, weights, threads, most_tokens)
        self._lock = threading.Lock()
        self._loaded: TrainedNetwork | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether it was needed yet."""
        return self._loaded is not None

    def __call__(self) -> TrainedNetwork:
        """The network."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def _checked(weights: Path, sha256: str | None, digests: FileDigests) -> str:
    if not weights.is_file():
        raise MissingDependencyError(f"{weights} is missing; reinstall this program")
    found = digests.sha256(weights)
    if sha256 is not None and found != sha256:
        raise MissingDependencyError(f"{weights} has SHA-256 {found}, expected {sha256}; reinstall this program")
    return found


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
