"""Gradient steps over groups, with a softmax loss inside each group and a binary one over all pairs.

The softmax loss is ListNet's top-one cross entropy (Cao et al. 2007, doi:10.1145/1273496.1273513).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch

from evals.train.examples import Group
from evals.train.network import CrossEncoder, PairTokenizer, fastest_precision

GROUPS_A_STEP = 8
BUCKET_STEPS = 20
HEAD_RATE_FACTOR = 10
WEIGHT_DECAY = 0.01
WARM_UP = 0.06
LARGEST_GRADIENT = 1.0
Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: the rate rises over the first steps, then falls to zero on a straight line."""

    rate: float
    seed: int

    def factor(self, step: int, steps: int) -> float:
        """The share of the top rate at a step."""
        rising = max(1, int(WARM_UP * steps))
        return (step + 1) / rising if step < rising else (steps - step) / max(1, steps - rising)


def fit(
    network: CrossEncoder,
    tokenizer: PairTokenizer,
    groups: Sequence[Group],
    schedule: Schedule,
    after_step: Callable[[int, float], None],
) -> None:
    """Trains in place, each group once."""
    torch.manual_seed(schedule.seed)
    batches = _batches(groups, np.random.default_rng(schedule.seed))
    descend(network, batches, lambda batch: _loss(network, tokenizer, batch), schedule, after_step)


def descend(
    network: CrossEncoder,
    batches: Sequence[Batch],
    loss_of: Callable[[Batch], torch.Tensor],
    schedule: Schedule,
    after_step: Callable[[int, float], None],
) -> None:
    """One gradient step a batch. The word embeddings stay as they are: most words are never met in training."""
    network.base.embeddings.requires_grad_(False)
    base = [weight for weight in network.base.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": base, "lr": schedule.rate},
            {"params": network.head.parameters(), "lr": schedule.rate * HEAD_RATE_FACTOR},
        ],
        weight_decay=WEIGHT_DECAY,
    )
    warming = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: schedule.factor(step, len(batches)))
    for step, batch in enumerate(batches):
        network.train()
        loss = loss_of(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(base, LARGEST_GRADIENT)
        optimizer.step()
        warming.step()
        optimizer.zero_grad()
        after_step(step, float(loss.detach()))


def longest_text(group: Group) -> int:
    """The length in characters of the longest text of a group."""
    return max(len(text) for _, text in group.pairs)


def _batches(groups: Sequence[Group], rng: np.random.Generator) -> list[list[Group]]:
    """Groups of like length together, within stretches of ``BUCKET_STEPS`` steps: less padding, still mixed."""
    batches = []
    stretch = GROUPS_A_STEP * BUCKET_STEPS
    for first in range(0, len(groups), stretch):
        part = sorted(groups[first : first + stretch], key=longest_text)
        cut = [part[at : at + GROUPS_A_STEP] for at in range(0, len(part), GROUPS_A_STEP)]
        batches += [cut[place] for place in rng.permutation(len(cut))]
    return batches


def _loss(network: CrossEncoder, tokenizer: PairTokenizer, batch: Sequence[Group]) -> torch.Tensor:
    pairs = [pair for group in batch for pair in group.pairs]
    with fastest_precision():
        logits = network(tokenizer(pairs)).float()
    parts = torch.split(logits, [len(group.pairs) for group in batch])
    truth = torch.tensor([truth for group in batch for truth in group.truths()])
    binary = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth)
    listwise = [
        -(torch.tensor(group.gains()) * torch.log_softmax(part, dim=0)).sum()
        for part, group in zip(parts, batch, strict=True)
        if group.answered
    ]
    return binary + torch.stack(listwise).mean() if listwise else binary
