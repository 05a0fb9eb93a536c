from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from evals.train import weights
from evals.train.examples import Group
from evals.train.fit import Schedule, fit
from evals.train.network import CrossEncoder, PairTokenizer, score

GROUP = Group.of_texts("Who sells?", ("China sells.", "Rain fell.", "A dog ran."), True)


def small_network(seed: int = 3) -> CrossEncoder:
    torch.manual_seed(seed)
    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    return CrossEncoder(BertModel(config, add_pooling_layer=False))


@pytest.fixture(scope="module")
def tokenizer() -> PairTokenizer:
    return PairTokenizer()


def test_training_raises_the_answer_over_the_others(tokenizer: PairTokenizer) -> None:
    network = small_network()
    fit(network, tokenizer, [GROUP] * 400, Schedule(rate=3e-3, seed=1), lambda step, loss: None)
    logits = score(network, tokenizer, GROUP.pairs)
    assert logits[0] > max(logits[1:]) + 1


def test_training_leaves_the_embeddings_alone(tokenizer: PairTokenizer) -> None:
    network = small_network()
    before = network.base.embeddings.word_embeddings.weight.clone()
    fit(network, tokenizer, [GROUP] * 8, Schedule(rate=1e-2, seed=1), lambda step, loss: None)
    assert torch.equal(network.base.embeddings.word_embeddings.weight, before)


def test_scores_come_in_the_order_of_the_pairs(tokenizer: PairTokenizer) -> None:
    network = small_network()
    pairs = [("q", "a much longer text than the other one is"), ("q", "short")]
    together = score(network, tokenizer, pairs)
    alone = [float(score(network, tokenizer, [pair])[0]) for pair in pairs]
    assert together == pytest.approx(alone, abs=0.01)


@pytest.mark.parametrize(("step", "factor"), [(0, 1 / 6), (5, 1.0), (6, 1.0), (53, 0.5), (99, 1 / 94)])
def test_rate_rises_then_falls_to_nothing(step: int, factor: float) -> None:
    assert Schedule(rate=1.0, seed=1).factor(step, 100) == pytest.approx(factor)


def test_saved_weights_come_back_within_half_a_step_of_int8(tmp_path: Path) -> None:
    network = small_network(seed=3)
    weights.save(network, tmp_path / "w.safetensors", {"data": "sha"})
    other = small_network(seed=4)
    weights.load(other, tmp_path / "w.safetensors")
    name = "base.encoder.layer.0.output.dense.weight"
    saved, loaded = network.state_dict()[name], other.state_dict()[name]
    step = saved.abs().amax(dim=1, keepdim=True) / 127
    assert bool(((saved - loaded).abs() <= step / 2 + 1e-7).all())


def test_file_holds_no_embeddings_for_they_come_with_the_package(tmp_path: Path) -> None:
    network = small_network()
    network.base.embeddings.word_embeddings.weight.data[:] = 1e6
    weights.save(network, tmp_path / "w.safetensors", {})
    assert (tmp_path / "w.safetensors").stat().st_size < 20_000


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    network = small_network()
    del network.base.encoder.layer[0]
    weights.save(network, tmp_path / "w.safetensors", {})
    with pytest.raises(ValueError, match="does not fit"):
        weights.load(small_network(), tmp_path / "w.safetensors")


def test_equal_weights_give_equal_bytes(tmp_path: Path) -> None:
    made_from = {str(number): "sha" for number in range(9)}
    assert weights.save(small_network(), tmp_path / "a", made_from) == weights.save(
        small_network(), tmp_path / "b", dict(reversed(made_from.items()))
    )


def test_sha256_is_that_of_the_written_file(tmp_path: Path) -> None:
    sha256 = weights.save(small_network(), tmp_path / "w.safetensors", {})
    assert sha256 == weights.sha256_of(tmp_path / "w.safetensors")
