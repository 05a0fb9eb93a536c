"""How sentences are ordered and whether to answer at all: learned weights over signals, and the sentence scorer.

``evals.train.answer_weights`` learns the order, ``evals.train.refusal_weights`` when to decline; both write
``judgement_weights.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer.demands import Demands
from assistant.answer.logistic import logistic
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote
from assistant.answer.relevance import SIGNAL_NAMES, WEIGHTS, Signals, Weights, signal_values
from assistant.errors import BadInputError
from assistant.terms import TermAnalyzer

SHIPPED_WEIGHTS = Path(__file__).with_name("judgement_weights.json")
SCORED = 8
KEPT = 2
CANDIDATES = 60
LEAST_RELEVANCE = 0.25
RELATIVE_FLOOR = 0.5
TOP = 5


class Scorer(Protocol):
    """Reads a question and candidates together."""

    def score(self, question: str, candidates: Sequence[str]) -> NDArray[np.float32]:
        """The logit of each candidate, written "title (date): sentence"."""
        ...


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Order(_Frozen):
    """A linear score over ``Signals``, by name, and what makes a probability of it.

    Attributes:
        signals: weight of each signal; a signal without one counts nothing.
        scorer: weight of the sentence scorer's logit.
        slope, intercept: of the logistic function from the score to the probability that a sentence answers, were
            right and wrong sentences equally many.
    """

    signals: dict[str, float]
    scorer: float
    slope: float
    intercept: float


class Leaf(_Frozen):
    """The end of a branch: what it adds to the log-odds."""

    add: float


class Branch(_Frozen):
    """A question about one feature: ``low`` when it is at most ``limit``, else ``high``."""

    feature: str
    limit: float
    low: Branch | Leaf
    high: Branch | Leaf


class Trees(_Frozen):
    """Gradient-boosted trees (Friedman 2001, doi:10.1214/aos/1013203451): log-odds are ``start`` plus one leaf each."""

    start: float
    trees: tuple[Branch | Leaf, ...]

    def probability(self, features: Mapping[str, float]) -> float:
        """From 0 to 1."""
        return logistic(self.start + sum(_leaf(tree, features) for tree in self.trees))


class JudgementWeights(_Frozen):
    """Everything learned: ``first`` chooses the candidates, ``second`` orders them with the scorer's help."""

    first: Order
    second: Order
    answerable: Trees


def load_judgement(path: Path = SHIPPED_WEIGHTS) -> JudgementWeights:
    """The weights of a file, the shipped ones by default.

    Raises:
        BadInputError: the file is not there, or not of that shape.
    """
    try:
        return JudgementWeights.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInputError(f"judgement weights {str(path)!r} cannot be read: {error}; reinstall the package") from None


class Judge(Protocol):
    """Orders the sentences of the evidence and says how likely they answer.

    Attributes:
        least_relevance: of a sentence that may stand in an answer beside better ones.
    """

    @property
    def least_relevance(self) -> float: ...

    def ordered(self, question: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes, best first, each with its relevance: the probability that it answers."""
        ...

    def confidence(self, question: str, ordered: Sequence[Quote]) -> float:
        """The probability that the corpus holds an answer, by what was found; 0 when nothing was."""
        ...


@dataclass(frozen=True, slots=True)
class ByWeights:
    """A judge of signals alone: as confident as its best sentence is relevant."""

    weights: Weights = WEIGHTS
    least_relevance: float = 1.0

    def ordered(self, question: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes by the relevance that the weights give."""
        judged = [quote.judged(self.weights.relevance(quote.signals), 0.0, 0.0) for quote in quotes]
        return tuple(sorted(judged, key=lambda quote: -quote.relevance))

    def confidence(self, question: str, ordered: Sequence[Quote]) -> float:
        """The relevance of the best."""
        return ordered[0].relevance if ordered else 0.0


@dataclass(frozen=True, slots=True)
class LearnedJudge:
    """The product's judge.

    Attributes:
        weights: what was learned.
        scorer: reads the best ``SCORED`` sentences once more.
        analyzer: how text becomes terms.
    """

    weights: JudgementWeights
    scorer: Scorer
    analyzer: TermAnalyzer
    least_relevance: float = LEAST_RELEVANCE

    def ordered(self, question: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes, best first, each with its relevance: the probability that it answers."""
        by_signals = sorted(quotes, key=lambda quote: -self._score(self.weights.first, quote))
        demands = Demands(question, self.analyzer)
        candidates, rest = _worth_reading(by_signals, Preferences(question, demands))
        logits = self.scorer.score(question, [as_candidate(quote) for quote in candidates])
        judged = [self._judged(quote, float(logit)) for quote, logit in zip(candidates, logits, strict=True)]
        judged.sort(key=lambda quote: -quote.relevance)
        # What the scorer has not read stays behind what it has.
        least = judged[-1] if judged else None
        return (*judged, *(self._behind(quote, least) for quote in rest if least is not None))

    def confidence(self, question: str, ordered: Sequence[Quote]) -> float:
        """The probability that the corpus holds an answer, by what was found; 0 when nothing was."""
        if not ordered:
            return 0.0
        return self.weights.answerable.probability(features(ordered, Demands(question, self.analyzer)))

    def _judged(self, quote: Quote, logit: float) -> Quote:
        second = self.weights.second
        score = self._score(second, quote) + second.scorer * logit
        return quote.judged(logistic(second.slope * score + second.intercept), score, logit)

    def _behind(self, quote: Quote, least: Quote) -> Quote:
        relevance = min(least.relevance, self._judged(quote, least.logit).relevance)
        return quote.judged(relevance, least.score, least.logit)

    @staticmethod
    def _score(order: Order, quote: Quote) -> float:
        return sum(order.signals.get(name, 0.0) * value for name, value in named(quote.signals).items())


def _worth_reading(by_signals: Sequence[Quote], asked: Preferences) -> tuple[list[Quote], list[Quote]]:
    """The sentences that the scorer reads, and the rest: some places are kept for those that bring what is wanted."""
    others = by_signals[SCORED - KEPT : CANDIDATES]
    bringing = [*islice(filter(asked.is_worth_reading, others), KEPT)]
    bringing = bringing or [quote for quote in by_signals[SCORED - KEPT :] if quote.signals.kind_fit > 0][:KEPT]
    read = [*by_signals[: SCORED - len(bringing)], *bringing]
    places = {id(quote) for quote in read}
    return read, [quote for quote in by_signals if id(quote) not in places]


def showable(ordered: Sequence[Quote], least: float) -> Sequence[Quote]:
    """The quotes, best first, that an answer could show; the best in any case."""
    least = max(least, RELATIVE_FLOOR * ordered[0].relevance) if ordered else least
    return [quote for quote in ordered[:TOP] if quote.relevance >= least] or ordered[:1]


def named(signals: Signals) -> dict[str, float]:
    """Signals by name."""
    return dict(zip(SIGNAL_NAMES, signal_values(signals), strict=True))


def features(ordered: Sequence[Quote], demands: Demands) -> dict[str, float]:
    """What is known of the answerability of a question, from its demands and the ordered sentences of its evidence.

    Shares, cosines and scores only: nothing that grows with the corpus.
    """
    read = ordered[:SCORED]
    scores = [quote.score for quote in read]
    best, top = read[0].signals, [quote.signals for quote in read[:TOP]]
    everything = [quote.signals for quote in ordered]
    told = {
        "score": scores[0],
        "second_score": scores[1] if len(scores) > 1 else scores[0] - 3.0,
        "mean_score_of_3": sum(scores[:3]) / len(scores[:3]),
        "score_above_mean": scores[0] - sum(scores) / len(scores),
        "most_similarity": max(one.similarity for one in everything),
        "most_passage_similarity": max(one.passage_similarity for one in everything),
        "most_coverage": max(one.coverage for one in everything),
        "most_context_coverage": max(one.context_coverage for one in everything),
        "logit": read[0].logit,
        "most_logit": max(quote.logit for quote in read),
        "least_rarest_missing": min(one.rarest_missing for one in top),
        "least_key_missing": min(one.key_missing for one in top),
        "kind_lacking": float(best.kind_fit < 0),
        "best_unmet": demands.unmet(read[0]),
    }
    of_best = ("similarity", "coverage", "context_coverage", "key_missing", "key_missing_everywhere", "date_fit",
               "kind_fit", "substituted", "rarest_missing", "denial")  # fmt: skip
    return told | demands.asked() | {f"best_{name}": getattr(best, name) for name in of_best}


def _leaf(tree: Branch | Leaf, features: Mapping[str, float]) -> float:
    while isinstance(tree, Branch):
        tree = tree.low if features[tree.feature] <= tree.limit else tree.high
    return tree.add


def candidate_text(title: str, date: str | None, sentence: str) -> str:
    """A sentence as the scorer reads it: "title (date): sentence"."""
    return f"{title} ({date}): {sentence}" if date else f"{title}: {sentence}" if title else sentence


def as_candidate(quote: Quote) -> str:
    """A quote's sentence as the scorer reads it."""
    article = quote.article
    return candidate_text(article.title, article.published_on, " ".join(quote.sentence.split()))
