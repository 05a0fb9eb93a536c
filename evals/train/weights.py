"""The weights file: what training changed, as int8 rows with a scale each; the rest comes with the packaged MiniLM."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from safetensors.numpy import load_file
from safetensors.torch import save_file

from assistant.index.trained_network import SCALE, dequantised
from evals.train.network import CrossEncoder

LARGEST = 127
UNCHANGED = "base.embeddings."


def save(network: CrossEncoder, file: Path, made_from: dict[str, str]) -> str:
    """Writes the weights with what they were made from; the SHA-256 of the file."""
    tensors: dict[str, torch.Tensor] = {}
    for name, weight in network.state_dict().items():
        if name.startswith(UNCHANGED):
            continue
        if weight.dim() < 2:
            tensors[name] = weight.float().contiguous()
        else:
            scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / LARGEST
            tensors[name] = torch.round(weight / scale).to(torch.int8).contiguous()
            tensors[name + SCALE] = scale.float().contiguous()
    # One key only: safetensors writes several in an order that changes from run to run.
    save_file(tensors, str(file), metadata={"made_from": json.dumps(made_from, sort_keys=True)})
    return sha256_of(file)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(network: CrossEncoder, file: Path) -> None:
    """Sets the weights of a network that holds the packaged embeddings."""
    state = {name: torch.from_numpy(weight) for name, weight in dequantised(load_file(file))}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(UNCHANGED) for name in missing):
        raise ValueError(f"{file} does not fit the network: missing {missing}, unexpected {unexpected}")
