"""The BERT encoder on torch, for machines on which OpenVINO does not run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.index.bert_graph import Weights
from assistant.index.bert_runtime import Result, States, padded

if TYPE_CHECKING:
    from tokenizers import Encoding


class TorchEncoder:
    """An encoder of ``layers`` layers, in bfloat16 where the processor computes in it.

    Args:
        weights: of a BERT, named as Hugging Face names them.
        folder: of the model whose configuration it shares.
        threads: threads of one pass.
    """

    def __init__(self, weights: Weights, folder: Path, layers: int, threads: int) -> None:
        import torch
        from transformers import BertConfig, BertModel

        torch.set_num_threads(threads)
        config = BertConfig.from_pretrained(folder, num_hidden_layers=layers)
        base: Any = BertModel(config, add_pooling_layer=False)
        known = base.state_dict()
        base.load_state_dict({name: torch.from_numpy(weights[name]) for name in known})
        fast = torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self._base = base.eval().to(torch.bfloat16 if fast else torch.float32)

    def each(self, texts: Sequence[Encoding], size: int, pool: Callable[[int, States], Result]) -> Iterator[Result]:
        """What ``pool`` makes of the states of each text, in the order of ``texts``."""
        for first in range(0, len(texts), size):
            batch = texts[first : first + size]
            for row, states in enumerate(self._states(batch)):
                yield pool(first + row, states[: len(batch[row].ids)])

    def _states(self, texts: Sequence[Encoding]) -> States:
        import torch

        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = {name: torch.from_numpy(row).long() for name, row in zip(names, padded(texts), strict=True)}
        with torch.inference_mode():
            return np.asarray(self._base(**inputs).last_hidden_state.float().numpy(), dtype=np.float32)
