"""The packaged MiniLM without torch; sentence-transformers where OpenVINO does not run."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.index.bert_graph import MINILM, packaged_weights
from assistant.index.bert_runtime import BertRuntime, RuntimeUnavailableError, States, load_tokenizer
from assistant.index.embedder import (
    PACKAGED_MODEL,
    Embedder,
    PassageVectors,
    SentenceTransformerEmbedder,
    Vectors,
    in_batches,
    model_path,
    pool,
    unit,
)
from assistant.index.file_digests import FileDigests
from assistant.lagging import lagging
from assistant.types import Passage

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MOST_TOKENS = 256
DIMENSIONS = 384
# Larger batches are no faster, and a question asked meanwhile waits for one of them.
BATCH_SIZE = 8
# Passages sorted by length at a time, and another window of them begun: a kill loses no more than both.
WINDOW = 64
# Queries after which the mapped word vectors leave the process's memory; the system still has the file at hand.
RELEASED_EVERY = 8


def open_embedder(model: str, threads: int, digests: FileDigests | None = None) -> Embedder:
    """The embedder of a model: the packaged one needs no torch, any other runs on sentence-transformers.

    ``digests`` tell that of the weights; by default they are read.

    Raises:
        MissingDependencyError: the model is not on this machine or its weights are not the known ones.
    """
    reference = SentenceTransformerEmbedder(model, threads, digests)
    return PackagedEmbedder(reference, threads) if model == PACKAGED_MODEL else reference


class PackagedEmbedder:
    """The packaged model on OpenVINO, loaded at first use; ``reference`` computes where OpenVINO does not run.

    Both have one name: their vectors agree to a cosine of 0.999, so an index made with one serves the other.
    """

    def __init__(self, reference: SentenceTransformerEmbedder, threads: int) -> None:
        self.name = reference.name
        self._reference = reference
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: Embedder | None = None
        self._trouble = ""

    def runtime(self) -> str:
        """What computes the vectors, in words."""
        return f"{self._embedder().runtime()}{self._trouble}"

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Model tokens of each text, special tokens not counted."""
        return self._embedder().count_tokens(texts)

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``passages``."""
        return self._embedder().encode_passages(passages)

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (d,); what the model cannot read of its end is cut."""
        return self._embedder().encode_query(text)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, shape (number of texts, d); what the model cannot read of a text's end is cut."""
        return self._embedder().encode_texts(texts)

    def _embedder(self) -> Embedder:
        with self._lock:
            if self._loaded is None:
                try:
                    self._loaded = OpenVinoEmbedder(model_path(PACKAGED_MODEL), self.name, self._threads)
                except RuntimeUnavailableError as error:
                    self._trouble = f"; OpenVINO does not run here: {error}"
                    self._loaded = self._reference
            return self._loaded


class OpenVinoEmbedder:
    """MiniLM on OpenVINO.

    A question takes every thread at once, for someone waits for it; passages take one thread each. Each way has its
    own copy of the weights: that of the passages is made at the first of them, which a server that only answers
    never sees.

    Raises:
        RuntimeUnavailableError: OpenVINO does not run here.
    """

    def __init__(self, folder: Path, name: str, threads: int) -> None:
        self.name = name
        self._weights = packaged_weights(folder / "model.safetensors")
        self._threads = threads
        self._runtime = BertRuntime(self._weights, MINILM, threads, streams=1)
        self._weights.release()
        self._queries = itertools.count(1)
        self._folder = folder
        self._tokenizer = load_tokenizer(folder, MOST_TOKENS)

    def runtime(self) -> str:
        """What computes the vectors, in words."""
        return self._runtime.name

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Model tokens of each text, special tokens not counted."""
        return [len(read.ids) for read in self._counter.encode_batch_fast(list(texts), add_special_tokens=False)]

    @cached_property
    def _counter(self) -> Tokenizer:
        """One that never cuts; only ingest needs it."""
        counter = load_tokenizer(self._folder, MOST_TOKENS)
        counter.no_truncation()
        return counter

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``passages``, ``WINDOW`` at a time; the next ones are drawn while some are read."""
        for finish in lagging(map(self._begin, in_batches(passages, WINDOW)), 1):
            yield from finish()

    def _begin(self, window: Sequence[Passage]) -> Callable[[], Iterator[PassageVectors]]:
        texts = self._tokenizer.encode_batch([passage.text for passage in window])
        return self._passages.begin(texts, BATCH_SIZE, _Pooling(texts, window))

    @cached_property
    def _passages(self) -> BertRuntime:
        runtime = BertRuntime(self._weights, MINILM, self._threads)
        self._weights.release()
        return runtime

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (d,); what the model cannot read of its end is cut."""
        if next(self._queries) % RELEASED_EVERY == 0:
            # Each word read brings its neighbours in the file along: in the end all of them, for a few that are asked.
            self._weights.release()
        read = self._tokenizer.encode(text)
        return unit(self._runtime.states([read])[0, : len(read.ids)].mean(axis=0))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, shape (number of texts, d); what the model cannot read of a text's end is cut."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(list(texts))
        return unit(np.stack(list(self._runtime.each(encoded, BATCH_SIZE, lambda _, states: states.mean(axis=0)))))


class _Pooling:
    """From the states of a passage to its vectors."""

    def __init__(self, texts: Sequence[Encoding], passages: Sequence[Passage]) -> None:
        self._texts = texts
        self._passages = passages

    def __call__(self, place: int, states: States) -> PassageVectors:
        offsets = np.array(self._texts[place].offsets, dtype=np.int64)
        return pool(states, offsets, self._passages[place])
