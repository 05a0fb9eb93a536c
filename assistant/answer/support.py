"""The support score: how likely a reader finds that the cited passages carry a sentence.

A logistic model over four signals, fitted on human judgements of ExpertQA (Malaviya et al. 2024, "ExpertQA:
Expert-Curated Questions and Attributed Answers", arXiv:2309.07852). It tells talk of something else apart; that
one fact was altered it cannot see: ``assistant.answer.facts`` does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer.facts import FactChecker
from assistant.answer.logistic import logistic
from assistant.errors import BadInputError
from assistant.ingest.sentences import split_sentences
from assistant.terms import TermAnalyzer
from assistant.types import Citation

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

SHIPPED_WEIGHTS = Path(__file__).with_name("support_weights.json")
WINDOW = 3
# In standard deviations. A quote of one sentence is far shorter than what the model was fitted on: beyond what it has
# seen, more of a signal tells no more.
FARTHEST = 2.0
_LEAST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class SupportSignals:
    """What is known of a sentence and its evidence.

    Attributes:
        bare: 1 when the evidence has no text, only an address; the other signals are then unknown (NaN).
        similarity: the highest cosine of the sentence and a text, a sentence or ``WINDOW`` sentences of the evidence.
        word_pairs: share of the sentence's pairs of neighbouring terms that stand side by side in the evidence.
        evidence_length: natural logarithm of the evidence's characters, plus 1.
    """

    bare: float
    similarity: float
    word_pairs: float
    evidence_length: float


SIGNALS = tuple(field.name for field in fields(SupportSignals))


class SupportWeights(BaseModel):
    """A logistic model over ``SupportSignals``, in their order, and where its verdicts part.

    Attributes:
        center: the mean of each signal, also taken for what is unknown.
        scale: its standard deviation.
        supported: support from here on is ``supported``; below, down to ``partial``, it is ``partial``.
        made_by: the command that remakes the weights.
        fitted_on: SHA-256 of the rows they were fitted on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    signals: tuple[str, ...]
    center: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    supported: float
    partial: float
    made_by: str
    fitted_on: str

    def support(self, signals: SupportSignals) -> float:
        """Probability, 0 to 1, that a person calls the support complete."""
        total = self.bias
        for value, center, scale, weight in zip(astuple(signals), self.center, self.scale, self.weights, strict=True):
            total += 0.0 if math.isnan(value) else weight * max(-FARTHEST, min(FARTHEST, (value - center) / scale))
        return logistic(total)


def load_weights(path: Path = SHIPPED_WEIGHTS) -> SupportWeights:
    """The weights of a file.

    Raises:
        BadInputError: the file is not there, not of that shape, or made for other signals.
    """
    try:
        weights = SupportWeights.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInputError(f"support weights {str(path)!r} cannot be read: {error}; reinstall the package") from None
    lengths = {len(weights.center), len(weights.scale), len(weights.weights)}
    if weights.signals != SIGNALS or lengths != {len(SIGNALS)}:
        raise BadInputError(f"support weights {str(path)!r} are for {weights.signals}, not {SIGNALS}; make them anew")
    return weights


class SupportModel:
    """What ``assistant.answer.verify.check`` needs to accept a sentence in other words than its quotes.

    Args:
        encode: texts -> unit vectors, shape (number of texts, d).
        analyzer: says which wordings mean the same.
        weights: see ``load_weights``.
    """

    def __init__(self, encode: Encode, analyzer: TermAnalyzer, weights: SupportWeights) -> None:
        self._encode = encode
        self._analyzer = analyzer
        self.weights = weights
        self.facts = FactChecker(analyzer)

    def support(self, sentence: str, cited: Sequence[Citation]) -> float:
        """Probability, 0 to 1, that the quotes carry the sentence; says nothing of single facts."""
        return self.weights.support(self.signals(sentence, [citation.quote for citation in cited]))

    def signals(self, sentence: str, texts: Sequence[str]) -> SupportSignals:
        """The signals of a sentence and the texts of its evidence."""
        texts = [" ".join(text.split()) for text in texts if text.strip()]
        if not texts:
            return SupportSignals(1.0, math.nan, math.nan, math.nan)
        pieces = list(dict.fromkeys(piece for text in texts for piece in _pieces(text)))
        vectors = self._encode([sentence, *pieces])
        return SupportSignals(
            bare=0.0,
            similarity=float((vectors[1:] @ vectors[0]).max()),
            word_pairs=self._word_pairs(sentence, texts),
            evidence_length=math.log(sum(map(len, texts)) + 1),
        )

    def _word_pairs(self, sentence: str, texts: Sequence[str]) -> float:
        told = set(pairwise(self._analyzer.terms(sentence)))
        held = {pair for text in texts for pair in pairwise(self._analyzer.terms(text))}
        return len(told & held) / len(told) if told else 0.0


def _pieces(text: str) -> Iterator[str]:
    """The text, its sentences, and every run of ``WINDOW`` of them."""
    yield text
    sentences = [piece for span in split_sentences(text, "en") if len(piece := span.of(text)) >= _LEAST_LENGTH]
    yield from sentences
    for first in range(len(sentences) - WINDOW + 1):
        yield " ".join(sentences[first : first + WINDOW])
