"""Remakes the weights of the sentence scorer.

    python -m evals.train.sentence_scorer --data FOLDER --out FILE [--start FILE] [--seed N] [--threads N]
    python -m evals.train.sentence_scorer --start FILE --only-graded --out FILE [--epochs N] [--seed N] [--threads N]

FOLDER holds the public question sets that DATA_CARD.md names; they are no part of this project. The questions over the
shipped corpus, and the graded sentences, lie beside this file. With --start the weights of an earlier run are trained
on over the corpus, and the first stage is left out; with --only-graded the second too. Equal inputs, seeds, versions
and threads give equal weights on one machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from assistant.errors import AssistantError
from assistant.shipped import corpus_folder
from evals.train import weights
from evals.train.encoder import Encoder
from evals.train.examples import Group
from evals.train.fit import Schedule
from evals.train.graded import GRADED, graded_groups, read_graded
from evals.train.network import CrossEncoder, PairTokenizer, from_packaged
from evals.train.public_data import PublicData, read_folder
from evals.train.questions import NEAR_MISSES, QUESTIONS, Domain, read_domain
from evals.train.stages import (
    DOMAIN_SCHEDULE,
    GRADED_EPOCHS,
    GRADED_SCHEDULE,
    PUBLIC_GROUPS,
    PUBLIC_SCHEDULE,
    PUBLIC_SHARES,
    Told,
    domain_groups,
    public_groups,
    train_on_domain,
    train_on_graded,
    train_on_public,
)

DONE, COULD_NOT_RUN = 0, 2
SEEDS_APART = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made from.

    ``most_groups`` cuts each stage short, for a trial. ``start`` holds weights that stand in for the first stage.
    ``graded`` are the groups of the third stage.
    ``seed`` moves every draw: which groups, in what order, and the output layer's first weights.
    """

    public: PublicData
    domain: Domain
    near_misses: Domain
    graded: tuple[Group, ...] = ()
    public_groups: int = PUBLIC_GROUPS
    most_groups: int | None = None
    start: Path | None = None
    seed: int = 0


def train(recipe: Recipe, told: Told) -> CrossEncoder:
    """A trained network: the public stage, the stage over the corpus with early stopping, the graded sentences."""
    encoder, tokenizer = Encoder(), PairTokenizer()
    first, second = (_seeded(schedule, recipe.seed) for schedule in (PUBLIC_SCHEDULE, DOMAIN_SCHEDULE))
    public = public_groups(recipe.public.sources, encoder, PUBLIC_SHARES, first.seed)
    public = public[: recipe.public_groups][: recipe.most_groups]
    sources = recipe.domain.training_source(), recipe.near_misses.training_source()
    domain = domain_groups(*sources, public, encoder, second.seed)[: recipe.most_groups]
    told(f"{len(public)} public groups, {len(domain)} groups over the corpus")
    torch.manual_seed(first.seed)
    network = from_packaged()
    if recipe.start is None:
        train_on_public(network, tokenizer, public, first, told)
    else:
        weights.load(network, recipe.start)
    train_on_domain(network, tokenizer, domain, second, recipe.domain, recipe.near_misses, encoder, told)
    train_on_graded(
        network, tokenizer, recipe.graded[: recipe.most_groups], _seeded(GRADED_SCHEDULE, recipe.seed), told
    )
    return network


def train_on(start: Path, graded: Sequence[Group], seed: int, told: Told, epochs: int = GRADED_EPOCHS) -> CrossEncoder:
    """The network of earlier weights after the third stage."""
    told(f"{len(graded)} graded questions")
    network = from_packaged()
    weights.load(network, start)
    train_on_graded(network, PairTokenizer(), graded, _seeded(GRADED_SCHEDULE, seed), told, epochs)
    return network


def _seeded(schedule: Schedule, seed: int) -> Schedule:
    return replace(schedule, seed=schedule.seed + SEEDS_APART * seed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.data is None and not given.only_graded:
        parser.error("give --data FOLDER, or --start FILE --only-graded")
    if given.only_graded and given.start is None:
        parser.error("--only-graded trains on from weights: give --start FILE")
    torch.set_num_threads(given.threads)
    started = time.monotonic()

    def told(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", file=sys.stderr, flush=True)

    try:
        domain = read_domain(corpus_folder())
        graded, unknown = graded_groups(read_graded(GRADED), domain)
        told(f"{unknown.sentences} graded sentences are no longer in the corpus")
        if given.only_graded:
            public = PublicData((), {})
            network = train_on(given.start, graded[: given.groups], given.seed, told, given.epochs)
        else:
            public = read_folder(given.data)
            near_misses = read_domain(corpus_folder(), [NEAR_MISSES])
            recipe = Recipe(
                public, domain, near_misses, tuple(graded), given.public_groups, given.groups, given.start, given.seed
            )
            network = train(recipe, told)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    read = (GRADED,) if given.only_graded else (*QUESTIONS, NEAR_MISSES, GRADED)
    written = {file.name: weights.sha256_of(file) for file in read}
    start = {"start": weights.sha256_of(given.start)} if given.start else {}
    sha256 = weights.save(network, given.out, {**public.sha256, **written, **start, "seed": str(given.seed)})
    print(f"{sha256}  {given.out}")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.train.sentence_scorer", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the files named in DATA_CARD.md")
    parser.add_argument("--out", type=Path, required=True, help="weights file to write")
    parser.add_argument("--start", type=Path, help="weights to train on, in place of the first stage")
    parser.add_argument("--only-graded", action="store_true", help="the third stage alone, from --start")
    parser.add_argument("--epochs", type=int, default=GRADED_EPOCHS, help="of --only-graded (default: 2)")
    parser.add_argument("--seed", type=int, default=0, help="what all draws begin from (default: 0)")
    parser.add_argument("--threads", type=int, default=2, help="threads to train with (default: 2)")
    parser.add_argument("--public-groups", type=int, default=PUBLIC_GROUPS, help="groups of the first stage")
    parser.add_argument("--groups", type=int, help="most groups a stage, for a trial run")
    return parser


if __name__ == "__main__":
    sys.exit(main())
