"""The stages of training: public questions, questions over the shipped corpus, graded sentences of its answers."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import torch

from evals.metrics import area_under_curve
from evals.train.alterations import Stock
from evals.train.contrasts import Contraster
from evals.train.encoder import Encoder
from evals.train.examples import Asked, Group, Miner, Source, mixed
from evals.train.fit import Schedule, fit, longest_text
from evals.train.network import CrossEncoder, PairTokenizer, score
from evals.train.questions import Domain, Split
from evals.train.ranking import Choice, Scores, choices, rank_of_answer

# Groups a source gives at most, before they are mixed and cut to the number that a run has time for.
PUBLIC_SHARES: Mapping[str, int] = {
    "ares_nq.zip": 600,
    "ares_hotpotqa.zip": 900,
    "ares_wow.zip": 800,
    "squad_pairs.json": 9000,
    "squad_dev-v2.0.json": 6100,
    "squad_train_part.json": 4300,
    "selqa_ass_dev.json": 800,
    "selqa_ass_test.json": 1600,
    "qed-dev.jsonlines": 1100,
}
PUBLIC_SCHEDULE = Schedule(rate=8e-5, seed=11)
DOMAIN_SCHEDULE = Schedule(rate=4e-5, seed=12)
GRADED_SCHEDULE = Schedule(rate=4e-5, seed=13)
GRADED_EPOCHS = 2
PUBLIC_GROUPS = 30_000
PUBLIC_CONTRASTS, CONTRASTS = 6_000, 5_000
LONGEST_TEXT = 320
REPLAYED = 2_200
# Of the questions that can be altered, those that are: they may not outnumber what is really asked.
ALTERED_SHARE = 0.2
# Negatives that an altered question keeps beside the sentence that no longer answers it.
TEXTS_OF_ALTERED = 4
# A near miss brings its own tempting sentence: few others are needed beside it.
NEAR_MISS_MINER = Miner(size=4, same_document=2)
STEPS_BETWEEN_LOOKS = 150
STRANGERS_WHILE_TRAINING = 8
MOST_WATCHED = 250
Told = Callable[[str], None]


def public_groups(sources: Sequence[Source], encoder: Encoder, shares: Mapping[str, int], seed: int) -> list[Group]:
    """Groups of all public sources, mixed; each source gives at most its share, and contrasts of its questions."""
    rng = np.random.default_rng(seed)
    groups: list[Group] = []
    contrasts: list[Group] = []
    for source in sources:
        chosen = sorted(int(place) for place in rng.permutation(len(source.questions))[: shares[source.name]])
        part = replace(source, questions=tuple(source.questions[place] for place in chosen))
        groups += Miner().groups(part, nearness(part.questions, [one.text for one in part.pool], encoder), rng)
        contrasts += Contraster().contrasts(part, rng)
    groups += mixed(contrasts, min(PUBLIC_CONTRASTS, len(contrasts)), rng)
    short = [group for group in groups if longest_text(group) <= LONGEST_TEXT]
    return mixed(short, len(short), rng)


def nearness(questions: Sequence[Asked], texts: Sequence[str], encoder: Encoder) -> Scores:
    """The cosine of each question with each text, shape (questions, texts)."""
    return np.asarray(encoder([asked.question for asked in questions]) @ encoder(texts).T)


def train_on_public(
    network: CrossEncoder, tokenizer: PairTokenizer, groups: Sequence[Group], schedule: Schedule, told: Told
) -> None:
    """The first stage: every group once, no early stopping."""
    fit(network, tokenizer, groups, schedule, _Log("public", told))


def domain_groups(
    source: Source, near_misses: Source, public: Sequence[Group], encoder: Encoder, seed: int
) -> list[Group]:
    """Each question with negatives, the unanswerable ones twice, the others altered too, near misses, contrasts.

    Public groups among them stand against forgetting.
    """
    rng = np.random.default_rng(seed)
    cosines = nearness(source.questions, [one.text for one in source.pool], encoder)
    groups = mixed(public, min(REPLAYED, len(public)), rng)
    asked = list(Miner().groups(source, cosines, rng))
    stock = Stock.of([one.question for one in source.questions])
    groups += asked + [group for group in asked if not group.answered] + list(_altered(asked, stock, rng))
    near = nearness(near_misses.questions, [one.text for one in near_misses.pool], encoder)
    groups += NEAR_MISS_MINER.groups(near_misses, near, rng)
    both = Source(source.name, source.pool, (*source.questions, *near_misses.questions))
    contrasts = list(Contraster().contrasts(both, rng))
    groups += mixed(contrasts, min(CONTRASTS, len(contrasts)), rng)
    return mixed(groups, len(groups), rng)


def _altered(groups: Sequence[Group], stock: Stock, rng: np.random.Generator) -> Iterator[Group]:
    for group in groups:
        if rng.random() >= ALTERED_SHARE:
            continue
        question = stock.altered(*group.pairs[0], rng) if group.answered else None
        if question is not None:
            yield Group.of_texts(question, (text for _, text in group.pairs[:TEXTS_OF_ALTERED]), answered=False)


def train_on_domain(
    network: CrossEncoder,
    tokenizer: PairTokenizer,
    groups: Sequence[Group],
    schedule: Schedule,
    domain: Domain,
    near_misses: Domain,
    encoder: Encoder,
    told: Told,
) -> None:
    """The second stage: leaves the network as it was when it judged the early-stopping questions best.

    That is by the reciprocal rank of the answer, and how well near misses are told from answers.
    """
    watched = competing(domain, "stop", encoder, STRANGERS_WHILE_TRAINING)
    watched = watched[:: max(1, len(watched) // MOST_WATCHED)]
    watch = _Watch(
        network,
        lambda: (
            _reciprocal_rank(network, tokenizer, domain, watched),
            told_apart(network, tokenizer, near_misses, "stop"),
        ),
        told,
    )
    watch.look("0")
    fit(network, tokenizer, groups, schedule, watch)
    watch.look("the last")
    network.load_state_dict(watch.best_state)


def train_on_graded(
    network: CrossEncoder,
    tokenizer: PairTokenizer,
    groups: Sequence[Group],
    schedule: Schedule,
    told: Told,
    epochs: int = GRADED_EPOCHS,
) -> None:
    """The third stage: every group ``epochs`` times, no early stopping."""
    again = mixed(groups, epochs * len(groups), np.random.default_rng(schedule.seed))
    fit(network, tokenizer, again, schedule, _Log("graded", told))


def competing(domain: Domain, split: Split, encoder: Encoder, strangers: int) -> list[Choice]:
    """The answerable questions of one part with the candidates that compete for each."""
    questions = domain.part(split)
    cosines = nearness(questions, [one.sentence for one in domain.pool], encoder)
    return choices(questions, domain.pool, cosines, strangers)


def logits(network: CrossEncoder, tokenizer: PairTokenizer, domain: Domain, asked: Sequence[Choice]) -> list[Scores]:
    """The logit of each candidate of each choice."""
    pairs = [(one.asked.question, domain.pool[place].text) for one in asked for place in one.places]
    cuts = np.cumsum([len(one.places) for one in asked])[:-1]
    return list(np.split(score(network, tokenizer, pairs), cuts))


def near_pairs(near_misses: Domain, asked: Sequence[Asked]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Questions with a sentence that answers, and with one that only seems to."""
    right = [(one.question, near_misses.pool[one.answers[0]].text) for one in asked if one.answers]
    wrong = [(one.question, near_misses.pool[one.tempting[0]].text) for one in asked if one.tempting]
    return right, wrong


def told_apart(network: CrossEncoder, tokenizer: PairTokenizer, near_misses: Domain, split: Split) -> float:
    """Area under the curve of the logits of sentences that answer against those that only seem to."""
    right, wrong = near_pairs(near_misses, near_misses.part(split))
    scored = score(network, tokenizer, [*right, *wrong])
    return area_under_curve(scored[: len(right)].tolist(), scored[len(right) :].tolist()) or 0.0


def _reciprocal_rank(network: CrossEncoder, tokenizer: PairTokenizer, domain: Domain, asked: Sequence[Choice]) -> float:
    scored = zip(asked, logits(network, tokenizer, domain, asked), strict=True)
    return fmean(1 / rank_of_answer(scores, one.right()) for one, scores in scored)


@dataclass(slots=True)
class _Log:
    """Tells the mean loss now and then."""

    stage: str
    told: Told
    total: float = 0.0
    steps: int = 0

    def __call__(self, step: int, loss: float) -> None:
        self.total, self.steps = self.total + loss, self.steps + 1
        if self.steps == STEPS_BETWEEN_LOOKS:
            self.told(f"{self.stage} step {step + 1}: mean loss {self.total / self.steps:.3f}")
            self.total, self.steps = 0.0, 0


class _Watch:
    """Looks at the early-stopping questions now and then and keeps the weights of the highest sum of measures seen."""

    def __init__(self, network: CrossEncoder, measure: Callable[[], tuple[float, float]], told: Told) -> None:
        self._network, self._measure, self._told = network, measure, told
        self._log = _Log("domain", told)
        self._best = -1.0
        self.best_state: dict[str, torch.Tensor] = {}

    def __call__(self, step: int, loss: float) -> None:
        self._log(step, loss)
        if (step + 1) % STEPS_BETWEEN_LOOKS == 0:
            self.look(str(step + 1))

    def look(self, step: str) -> None:
        """Measures, and keeps the weights if they are the best so far."""
        rank, apart = self._measure()
        self._told(f"domain step {step}: early-stopping questions, reciprocal rank {rank:.3f}, near misses {apart:.3f}")
        if rank + apart > self._best:
            self._best, self.best_state = rank + apart, copy.deepcopy(self._network.state_dict())
