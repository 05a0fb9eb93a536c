from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import MissingDependencyError
from assistant.index import trained_network as module
from assistant.index.bert_graph import MappedWeights, mapped_weights, put_on_disk
from assistant.index.sentence_scorer import WEIGHTS, SentenceScorer
from assistant.index.trained_network import dequantised

QUESTION = "When does the graphite permit duty start?"
ANSWER = "Permits for graphite: The permit requirement for graphite applies from 1 December 2023."
OTHER = "Permits for graphite: The plant in Narva has a capacity of 2,000 tonnes a year."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match=r"gone\.safetensors is missing"):
        SentenceScorer(1, tmp_path / "gone.safetensors")


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "w.safetensors").write_bytes(b"other")
    with pytest.raises(MissingDependencyError, match="has SHA-256"):
        SentenceScorer(1, tmp_path / "w.safetensors")


def test_nothing_to_score_loads_nothing() -> None:
    scorer = SentenceScorer(1)
    assert scorer.score(QUESTION, []).shape == (0,)
    assert not scorer._network.is_loaded


def test_weights_on_the_disk_are_the_same_again_after_their_release() -> None:
    made = dict(dequantised(mapped_weights(WEIGHTS)))
    stored = put_on_disk(made.items())
    for _ in range(2):
        assert list(stored) == list(made)
        assert all(np.array_equal(stored[name], weight) for name, weight in made.items())
        stored.release()


def test_the_rows_of_a_weight_are_scaled_one_by_one() -> None:
    tensors = {"w": np.array([[1, -2], [3, 4]], np.int8), "w.scale": np.array([[0.5], [2.0]], np.float32),
               "b": np.array([7.0], np.float32)}  # fmt: skip
    found = dict(dequantised(tensors))
    assert {name: weight.tolist() for name, weight in found.items()} == {"w": [[0.5, -1.0], [6.0, 8.0]], "b": [7.0]}


@pytest.mark.model
def test_a_full_disk_leaves_the_weights_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk = SentenceScorer(1)
    expected = on_disk.score(QUESTION, [ANSWER, OTHER])

    def full(weights: object) -> MappedWeights:
        raise OSError("no space left on device")

    monkeypatch.setattr(module, "put_on_disk", full)
    assert np.array_equal(SentenceScorer(1).score(QUESTION, [ANSWER, OTHER]), expected)


@pytest.mark.model
def test_the_answer_scores_above_a_stray_sentence() -> None:
    answer, other = SentenceScorer(1).score(QUESTION, [ANSWER, OTHER])
    assert answer > other


@pytest.mark.model
def test_a_score_does_not_hang_on_its_batch() -> None:
    scorer = SentenceScorer(1)
    alone, together = scorer.score(QUESTION, [OTHER])[0], scorer.score(QUESTION, [ANSWER, OTHER])[1]
    assert alone == pytest.approx(together, abs=0.1)


@pytest.mark.model
def test_torch_gives_the_same_scores_where_openvino_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = [ANSWER, OTHER, "x " * 300, "Short.", "A plain sentence on dysprosium."]
    fast = SentenceScorer(2).score(QUESTION, candidates)
    monkeypatch.setitem(sys.modules, "openvino", None)
    np.testing.assert_allclose(SentenceScorer(1).score(QUESTION, candidates), fast, atol=0.1)
