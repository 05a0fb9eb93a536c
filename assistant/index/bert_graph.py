"""The BERT encoder (Devlin et al. 2019, arXiv:1810.04805) as an OpenVINO graph, made from its weights by name.

The graph is built rather than converted: neither torch nor an exported file is needed, so nothing has to be kept
beside the weights that could be out of date or damaged.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import Model

Weights = Mapping[str, NDArray[Any]]
Tokens = NDArray[np.int32]
EMBEDDINGS = "embeddings."


@dataclass(frozen=True, slots=True)
class BertShape:
    """What of a BERT its weights do not tell: encoder layers, attention heads, and the norm's epsilon."""

    layers: int
    heads: int
    epsilon: float


_DTYPES = {"F32": np.float32, "I64": np.int64, "I8": np.int8}
MINILM = BertShape(layers=6, heads=12, epsilon=1e-12)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tensor stands in a file, and what it is."""

    kind: Any
    shape: Sequence[int]
    start: int


class MappedWeights(Mapping[str, NDArray[Any]]):
    """The tensors of a file, mapped: only what is read comes into memory.

    Args:
        opened: the file; it may be closed, and its name deleted, afterwards.
        places: of the tensors, by name.
    """

    def __init__(self, opened: IO[bytes], places: Mapping[str, _Place]) -> None:
        # Copy on write: the graph takes only what could be written to, and the file never changes.
        self._map = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY)
        self._tensors = {name: np.ndarray(one.shape, one.kind, self._map, one.start) for name, one in places.items()}

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def release(self) -> None:
        """Give the memory back; what is read again comes from the file again."""
        if hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)


def mapped_weights(file: Path) -> MappedWeights:
    """The tensors of a safetensors file, which the library would copy out.

    The format is a length of 8 bytes, a header in JSON, and the bytes of the tensors.
    """
    with file.open("rb") as opened:
        start = 8 + int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(start - 8))
        header.pop("__metadata__", None)
        places = {
            name: _Place(_DTYPES[told["dtype"]], told["shape"], start + told["data_offsets"][0])
            for name, told in header.items()
        }
        return MappedWeights(opened, places)


@lru_cache(maxsize=1)
def packaged_weights(file: Path) -> MappedWeights:
    """The packaged model's weights, mapped once: what several encoders share counts once."""
    return mapped_weights(file)


def put_on_disk(weights: Iterable[tuple[str, NDArray[Any]]]) -> MappedWeights:
    """Weights, each with its name, in a temporary file that nobody else sees, mapped.

    A compiled graph keeps hold of the weights it was made from, though it reads only its own packed copies: on the
    disk they take no memory meanwhile.

    Raises:
        OSError: the disk has no room for them.
    """
    with TemporaryFile() as opened:
        places = {}
        for name, weight in weights:
            places[name] = _Place(weight.dtype, weight.shape, opened.tell())
            opened.write(np.ascontiguousarray(weight).tobytes())
        opened.flush()
        return MappedWeights(opened, places)


class TokenEmbeddings:
    """What the encoder starts from: each token's word, place and segment, summed.

    Looked up beside the graph: of the mapped words, half of the model, only those that occur come into memory, where
    a compiled graph would hold them all.
    """

    def __init__(self, weights: Weights) -> None:
        self._words, self._places, self._segments = (
            weights[f"{EMBEDDINGS}{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )

    def __call__(self, ids: Tokens, segments: Tokens) -> NDArray[np.float32]:
        """Token and segment ids, (texts, tokens) each, as vectors: (texts, tokens, d)."""
        vectors: NDArray[np.float32] = np.take(self._words, ids, axis=0)
        vectors += self._places[: ids.shape[1]]
        vectors += self._segments[segments] if segments.any() else self._segments[0]
        return vectors


def build_graph(weights: Weights, shape: BertShape) -> Model:
    """The encoder with two inputs and one output.

    Inputs: token embeddings, (texts, tokens, d) of float32; attention mask, (texts, tokens) of int32 (1 read, 0
    padding). Output: the last hidden states, (texts, tokens, d) of float32. The weights are named as Hugging Face
    names them and must stay in memory until the graph is compiled.

    Raises:
        KeyError: a weight is not there.
    """
    from openvino import Model, Type
    from openvino import opset13 as op

    layers = _Layers(weights, shape)
    embedded = op.parameter([-1, -1, layers.width], Type.f32, name="token_embeddings")
    mask = op.parameter([-1, -1], Type.i32, name="attention_mask")
    states = layers.normed(embedded, f"{EMBEDDINGS}LayerNorm")
    # A padding token is out of reach of every other: its attention is lowered beyond what softmax can tell from none.
    padding = (_constant(1.0) - op.convert(mask, "f32")) * _constant(-1e9)
    padding = op.unsqueeze(padding, _constant([1, 2], np.int64))
    for layer in range(shape.layers):
        states = layers.encoded(states, padding, f"encoder.layer.{layer}.")
    return Model([states], [embedded, mask], "bert")


class _Layers:
    """The steps of the encoder; the weights come by name."""

    def __init__(self, weights: Weights, shape: BertShape) -> None:
        from openvino import opset13

        self._op = opset13
        self._weights = weights
        self._shape = shape

    @property
    def width(self) -> int:
        """Numbers of a state, d."""
        return int(self._weights[f"{EMBEDDINGS}LayerNorm.weight"].shape[0])

    def encoded(self, states: Any, padding: Any, layer: str) -> Any:
        """One layer: attention, then two linear maps with GELU between; each added to what came in, and normed."""
        op = self._op
        query, key, value = (
            self._heads(self._linear(states, f"{layer}attention.self.{name}")) for name in ("query", "key", "value")
        )
        read = op.scaled_dot_product_attention(query, key, value, padding)
        joined = op.reshape(
            op.transpose(read, _constant([0, 2, 1, 3], np.int64)), _constant([0, 0, -1], np.int64), True
        )
        states = self.normed(
            states + self._linear(joined, f"{layer}attention.output.dense"), f"{layer}attention.output.LayerNorm"
        )
        inner = op.gelu(self._linear(states, f"{layer}intermediate.dense"), "erf")
        return self.normed(states + self._linear(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _heads(self, states: Any) -> Any:
        """(texts, tokens, d) -> (texts, heads, tokens, d / heads)."""
        parted = self._op.reshape(states, _constant([0, 0, self._shape.heads, -1], np.int64), True)
        return self._op.transpose(parted, _constant([0, 2, 1, 3], np.int64))

    def _linear(self, states: Any, name: str) -> Any:
        product = self._op.matmul(states, self._weight(f"{name}.weight"), False, True)
        return product + self._weight(f"{name}.bias")

    def normed(self, states: Any, name: str) -> Any:
        centred = self._op.mvn(states, _constant([-1], np.int64), True, self._shape.epsilon, "inside_sqrt")
        return centred * self._weight(f"{name}.weight") + self._weight(f"{name}.bias")

    def _weight(self, name: str) -> Any:
        return self._op.constant(self._weights[name], shared_memory=True)


def _constant(value: Any, kind: Any = np.float32) -> Any:
    from openvino import opset13 as op

    return op.constant(np.asarray(value, kind))
