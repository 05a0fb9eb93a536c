"""The BERT encoder (Devlin et al. 2019, arXiv:1810.04805) as an OpenVINO graph, made from its weights by name.

The graph is built rather than converted: neither torch nor an exported file is needed, so nothing has to be kept
beside the weights that could be out of date or damaged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import Model

Weights = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class BertShape:
    """What of a BERT its weights do not tell: encoder layers, attention heads, and the norm's epsilon."""

    layers: int
    heads: int
    epsilon: float


_DTYPES = {"F32": np.float32, "I64": np.int64, "I8": np.int8}
MINILM = BertShape(layers=6, heads=12, epsilon=1e-12)


def map_weights(file: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file, mapped: what two encoders share is in memory once.

    The library copies them out; its format is a length of 8 bytes, a header in JSON, and the bytes of the tensors.
    """
    with file.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(size))
    header.pop("__metadata__", None)
    return {name: _mapped(file, 8 + size, told) for name, told in header.items()}


def _mapped(file: Path, start: int, told: dict[str, Any]) -> NDArray[Any]:
    """One tensor, mapped by itself, so that it leaves memory when the compiled graph has no more use for it."""
    first, _ = told["data_offsets"]
    # Copy on write: the graph takes only what could be written to, and the file never changes.
    return np.memmap(file, _DTYPES[told["dtype"]], "c", start + first, tuple(told["shape"]))


def build_graph(weights: Weights, shape: BertShape) -> Model:
    """The encoder with three inputs and one output.

    Inputs, each (texts, tokens) of int32: token ids, attention mask (1 read, 0 padding), segment ids. Output: the last
    hidden states, (texts, tokens, d) of float32. The weights are named as Hugging Face names them and must stay in
    memory until the graph is compiled.

    Raises:
        KeyError: a weight is not there.
    """
    from openvino import Model, Type
    from openvino import opset13 as op

    names = ("input_ids", "attention_mask", "token_type_ids")
    ids, mask, segments = (op.parameter([-1, -1], Type.i32, name=name) for name in names)
    layers = _Layers(weights, shape)
    states = layers.embedded(ids, segments)
    # A padding token is out of reach of every other: its attention is lowered beyond what softmax can tell from none.
    padding = (_constant(1.0) - op.convert(mask, "f32")) * _constant(-1e9)
    padding = op.unsqueeze(padding, _constant([1, 2], np.int64))
    for layer in range(shape.layers):
        states = layers.encoded(states, padding, f"encoder.layer.{layer}.")
    return Model([states], [ids, mask, segments], "bert")


class _Layers:
    """The steps of the encoder; the weights come by name."""

    def __init__(self, weights: Weights, shape: BertShape) -> None:
        from openvino import opset13

        self._op = opset13
        self._weights = weights
        self._shape = shape

    def embedded(self, ids: Any, segments: Any) -> Any:
        op = self._op
        axis = _constant(0, np.int64)
        length = op.gather(op.shape_of(ids), _constant(1, np.int64), axis)
        places = op.range(_constant(0, np.int64), length, _constant(1, np.int64), "i64")
        total = (
            op.gather(self._weight("embeddings.word_embeddings.weight"), ids, axis)
            + op.gather(self._weight("embeddings.position_embeddings.weight"), places, axis)
            + op.gather(self._weight("embeddings.token_type_embeddings.weight"), segments, axis)
        )
        return self._normed(total, "embeddings.LayerNorm")

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
        states = self._normed(
            states + self._linear(joined, f"{layer}attention.output.dense"), f"{layer}attention.output.LayerNorm"
        )
        inner = op.gelu(self._linear(states, f"{layer}intermediate.dense"), "erf")
        return self._normed(states + self._linear(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _heads(self, states: Any) -> Any:
        """(texts, tokens, d) -> (texts, heads, tokens, d / heads)."""
        parted = self._op.reshape(states, _constant([0, 0, self._shape.heads, -1], np.int64), True)
        return self._op.transpose(parted, _constant([0, 2, 1, 3], np.int64))

    def _linear(self, states: Any, name: str) -> Any:
        product = self._op.matmul(states, self._weight(f"{name}.weight"), False, True)
        return product + self._weight(f"{name}.bias")

    def _normed(self, states: Any, name: str) -> Any:
        centred = self._op.mvn(states, _constant([-1], np.int64), True, self._shape.epsilon, "inside_sqrt")
        return centred * self._weight(f"{name}.weight") + self._weight(f"{name}.bias")

    def _weight(self, name: str) -> Any:
        return self._op.constant(self._weights[name], shared_memory=True)


def _constant(value: Any, kind: Any = np.float32) -> Any:
    from openvino import opset13 as op

    return op.constant(np.asarray(value, kind))
