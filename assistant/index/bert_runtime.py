"""Runs a BERT encoder on OpenVINO: one graph, in streams that compute side by side.

Precision is what the processor offers, never what happens to be faster, so that figures repeat.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.index.bert_graph import BertShape, TokenEmbeddings, Tokens, Weights, build_graph

if TYPE_CHECKING:
    from openvino import Core
    from tokenizers import Encoding, Tokenizer

Result = TypeVar("Result")
States = NDArray[np.float32]
# Code is compiled, and kept, for every length that occurs.
LENGTH_STEP = 8


class RuntimeUnavailableError(Exception):
    """OpenVINO does not run on this machine; says why. The callers then take torch."""


class Encoder(Protocol):
    """Texts in, the states of their tokens out."""

    def each(self, texts: Sequence[Encoding], size: int, pool: Callable[[int, States], Result]) -> Iterator[Result]:
        """What ``pool`` makes of each text's place and states, (tokens, d), in the order of ``texts``."""
        ...


class BertRuntime:
    """A compiled encoder; several threads may use it at once.

    Args:
        weights: of a BERT, named as Hugging Face names them.
        shape: what the weights do not tell.
        threads: of all streams together.
        streams: passes computed at once, further callers wait; as many as there are threads by default, so that
            threads never wait for each other. With one stream all threads share a pass, which ends sooner.

    Raises:
        RuntimeUnavailableError: OpenVINO cannot be imported, or cannot compile for this processor.
    """

    def __init__(self, weights: Weights, shape: BertShape, threads: int, streams: int | None = None) -> None:
        streams = streams or threads
        core = _core()
        precision = _precision(core)
        options = {
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": str(streams),
            "INFERENCE_NUM_THREADS": str(threads),
            # A pinned thread waits for its own core even where another is idle.
            "ENABLE_CPU_PINNING": "NO",
        }
        try:
            compiled = core.compile_model(build_graph(weights, shape), "CPU", options)
        except RuntimeError as error:
            raise RuntimeUnavailableError(f"it cannot compile the model: {error}") from error
        self.name = f"OpenVINO, {precision}, {threads} threads"
        self._executor = ThreadPoolExecutor(streams, "bert")
        self._embedded = TokenEmbeddings(weights)
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(streams):
            self._idle.put(compiled.create_infer_request())
        # The first pass packs the weights: after it nothing reads the given ones again.
        self._infer(np.zeros((3, 1, LENGTH_STEP), dtype=np.int32))

    def states(self, texts: Sequence[Encoding]) -> States:
        """The last hidden states, (texts, tokens of the longest or more, d); rows past a text's end mean nothing."""
        return self._infer(padded(texts))

    def _infer(self, inputs: Tokens) -> States:
        ids, mask, segments = inputs
        embedded = self._embedded(ids, segments)
        request = self._idle.get()
        try:
            # What infer returns lives in the request, which another thread is about to use.
            return np.array(request.infer([embedded, mask])[0], dtype=np.float32)
        finally:
            self._idle.put(request)

    def each(self, texts: Sequence[Encoding], size: int, pool: Callable[[int, States], Result]) -> Iterator[Result]:
        """What ``pool`` makes of each text, in the order of ``texts``; texts of like length share a pass.

        Args:
            size: most texts a pass.
            pool: given a text's place in ``texts`` and its states, (tokens, d).
        """
        if len(texts) <= size:
            # A question's few sentences need not queue behind an ingest.
            return iter(in_order([self._run(texts, range(len(texts)), pool)]))
        return self.begin(texts, size, pool)()

    def begin(
        self, texts: Sequence[Encoding], size: int, pool: Callable[[int, States], Result]
    ) -> Callable[[], Iterator[Result]]:
        """As ``each``, but only begun: what is returned waits for the results."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place].ids))
        batches = [order[first : first + size] for first in range(0, len(order), size)]
        running = self._executor.map(lambda places: self._run(texts, places, pool), batches)
        return lambda: iter(in_order(running))

    def _run(
        self, texts: Sequence[Encoding], places: Sequence[int], pool: Callable[[int, States], Result]
    ) -> list[tuple[int, Result]]:
        states = self.states([texts[place] for place in places])
        return [(place, pool(place, rows[: len(texts[place].ids)])) for place, rows in zip(places, states, strict=True)]


def in_order(batches: Iterable[Iterable[tuple[int, Result]]]) -> list[Result]:
    """Results that come with their places, ordered by them."""
    found = sorted((pair for batch in batches for pair in batch), key=lambda pair: pair[0])
    return [result for _, result in found]


def padded(texts: Sequence[Encoding]) -> Tokens:
    """Token ids, attention mask and segment ids of texts: (3, texts, tokens of the longest, rounded up)."""
    longest = max(len(text.ids) for text in texts)
    inputs = np.zeros((3, len(texts), -(-longest // LENGTH_STEP) * LENGTH_STEP), dtype=np.int32)
    for row, text in enumerate(texts):
        read = len(text.ids)
        inputs[0, row, :read], inputs[1, row, :read], inputs[2, row, :read] = text.ids, 1, text.type_ids
    return inputs


def load_tokenizer(folder: Path, most_tokens: int) -> Tokenizer:
    """The tokenizer of a model's folder; it cuts at ``most_tokens``, the longer of two texts first, and never pads."""
    # One call tokenizes a few texts: threads of its own would cost more than they save, and warn after a fork.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(most_tokens, strategy="longest_first")
    return tokenizer


def _core() -> Core:
    try:
        from openvino import Core

        core = Core()
        # Asking for the list of devices would load the plugins of all of them.
        core.get_property("CPU", "FULL_DEVICE_NAME")
    except (ImportError, RuntimeError, OSError) as error:
        raise RuntimeUnavailableError(f"it cannot be loaded, or not for this processor: {error}") from error
    return core


def multiplies_in_bf16() -> bool:
    """Whether the processor does (AMX or AVX-512 BF16). Raises RuntimeUnavailableError."""
    return _precision(_core()) == "bf16"


def _precision(core: Core) -> str:
    return "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
