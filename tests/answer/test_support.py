from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from support import WordHashEmbedder, make_citation

from assistant.answer.support import (
    FARTHEST,
    SHIPPED_WEIGHTS,
    SIGNALS,
    SupportModel,
    SupportSignals,
    SupportWeights,
    load_weights,
)
from assistant.errors import BadInputError
from assistant.terms import TermAnalyzer

WEIGHTS = SupportWeights(
    signals=SIGNALS, center=(0.0, 0.5, 0.5, 6.0), scale=(1.0, 0.5, 1.0, 1.0), weights=(0.0, 2.0, 1.0, 0.0), bias=-1.0,
    supported=0.6, partial=0.4, made_by="hand", fitted_on="",
)  # fmt: skip


@pytest.fixture
def model() -> SupportModel:
    return SupportModel(WordHashEmbedder().encode_texts, TermAnalyzer(), WEIGHTS)


def test_support_is_the_logistic_of_the_weighted_signals() -> None:
    # -1 + 2 * (1 - 0.5) / 0.5 + 1 * (0.5 - 0.5) = 1
    assert WEIGHTS.support(SupportSignals(0.0, 1.0, 0.5, 9.0)) == pytest.approx(1 / (1 + math.exp(-1)))


def test_beyond_what_the_model_was_fitted_on_more_of_a_signal_tells_no_more() -> None:
    edge = SupportSignals(0.0, 0.5, 0.5 + FARTHEST, 6.0)
    assert WEIGHTS.support(edge) == WEIGHTS.support(SupportSignals(0.0, 0.5, 99.0, 6.0))


def test_what_is_unknown_counts_as_the_mean() -> None:
    unknown = SupportSignals(0.0, math.nan, math.nan, math.nan)
    assert WEIGHTS.support(unknown) == WEIGHTS.support(SupportSignals(0.0, 0.5, 0.5, 6.0))


def test_the_nearest_sentence_of_the_evidence_counts(model: SupportModel) -> None:
    found = model.signals(
        "Prices rose fast.", ["It rained all day. Prices rose fast. Nothing else is known of that day."]
    )
    assert found.similarity == pytest.approx(1.0)


def test_word_pairs_are_the_share_that_stands_side_by_side(model: SupportModel) -> None:
    # Pairs of the sentence: (price, rose), (rose, fast); the evidence has the first.
    assert model.signals("Prices rose fast.", ["Fast prices rose."]).word_pairs == 0.5


def test_the_length_is_that_of_all_evidence(model: SupportModel) -> None:
    assert model.signals("x", ["abcd", "efg"]).evidence_length == pytest.approx(math.log(8))


def test_evidence_without_text_is_bare(model: SupportModel) -> None:
    found = model.signals("Prices rose.", ["", " "])
    assert found.bare == 1.0
    assert np.isnan([found.similarity, found.word_pairs, found.evidence_length]).all()


def test_nearer_evidence_gives_more_support(model: SupportModel) -> None:
    near = model.support("Prices rose in May.", [make_citation(quote="In May prices rose.")])
    far = model.support("Prices rose in May.", [make_citation(quote="A ship sank off the coast.")])
    assert near > far


def test_the_shipped_weights_can_be_read_and_part_the_verdicts() -> None:
    weights = load_weights(SHIPPED_WEIGHTS)
    assert 0.0 < weights.partial < weights.supported < 1.0
    assert weights.weights[SIGNALS.index("similarity")] > 0


@pytest.mark.parametrize(
    "change", [{"signals": ["similarity"]}, {"weights": [1.0]}, {"bias": "x"}, {"unknown": 1}], ids=lambda one: str(one)
)
def test_weights_of_another_shape_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(WEIGHTS.model_dump() | change), encoding="utf-8")
    with pytest.raises(BadInputError, match="support weights"):
        load_weights(path)


def test_weights_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="reinstall the package"):
        load_weights(tmp_path / "none.json")
