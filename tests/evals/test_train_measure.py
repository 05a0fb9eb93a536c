from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals import clapnq
from evals.train import measure, sentence_scorer, stages
from evals.train.encoder import Encoder
from evals.train.examples import Asked, Candidate, Source
from evals.train.network import CrossEncoder, PairTokenizer, from_packaged
from evals.train.public_data import PublicData
from evals.train.questions import Domain
from evals.train.sentence_scorer import Recipe
from evals.train.stages import PUBLIC_SHARES, domain_groups, told_apart

ROW = {
    "id": "1",
    "input": "Who sells?",
    "passages": [
        {"title": "Trade", "text": "China sells . Rain fell .", "sentences": ["China sells .", "Rain fell ."]}
    ],
    "output": [{"selected_sentences": ["China sells .&"]}],
}
HELD, STOPPING, TRAINING = (
    "2025-02-04-reuters-five-metals",
    "2024-08-15-reuters-antimony-controls",
    "2023-10-20-forexlive-graphite-export-permits",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    empty = ROW | {"output": [{"selected_sentences": []}]}
    (tmp_path / clapnq.ANSWERABLE).write_text(json.dumps(ROW))
    (tmp_path / clapnq.UNANSWERABLE).write_text(json.dumps(empty))
    return tmp_path


def test_sum_weighs_the_cosine() -> None:
    found = measure.ways(np.array([0.5], np.float32), np.array([1.0], np.float32))
    assert found["sum"] == pytest.approx([1.0 + 0.5 * measure.COSINE_WEIGHT])


def test_training_without_data_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = sentence_scorer.main(["--data", str(tmp_path), "--out", str(tmp_path / "w")])
    assert (code, "ares_nq.zip" in capsys.readouterr().err) == (2, True)


def test_measuring_without_data_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = measure.main(["--weights", str(tmp_path / "w"), "--data", str(tmp_path)])
    assert (code, "clapnq_answerable.jsonl" in capsys.readouterr().err) == (2, True)


def tiny_recipe() -> Recipe:
    facts = {
        TRAINING: ("Where did iron go?", "Iron went to Peru in spring."),
        STOPPING: ("When did copper mines close?", "Copper mines closed last winter."),
        HELD: ("What do zinc smelters burn?", "Zinc smelters burn cheap coal."),
    }
    pool = [
        Candidate(sentence, sentence, article)
        for article, (_, fact) in facts.items()
        for sentence in (fact, "Nobody gave a reason.")
    ]
    questions = [Asked(ask, (2 * place,), article) for place, (article, (ask, _)) in enumerate(facts.items())]
    sources = tuple(Source(name, tuple(pool), (questions[0],)) for name in PUBLIC_SHARES)
    near_misses = Domain(tuple(pool), (Asked("Where did copper go?", (), TRAINING, tempting=(0,)),))
    return Recipe(PublicData(sources, {}), Domain(tuple(pool), tuple(questions)), near_misses, most_groups=2)


@pytest.mark.model
def test_a_near_miss_is_learned_from_beside_its_tempting_sentence() -> None:
    recipe = tiny_recipe()
    sources = recipe.domain.training_source(), recipe.near_misses.training_source()
    drawn = domain_groups(*sources, [], Encoder(), seed=1)
    asked, told = "Where did copper go?", "Iron went to Peru in spring."
    assert [one.answered for one in drawn if one.pairs[0] == (asked, told)] == [False]
    contrasts = [one.pairs for one in drawn if len({question for question, _ in one.pairs}) > 1]
    assert contrasts == [(("Where did iron go?", told), (asked, told))]


@pytest.mark.parametrize(("logits", "area"), [([2.0, 1.0], 1.0), ([1.0, 2.0], 0.0), ([1.0, 1.0], 0.5)])
def test_near_misses_are_told_apart_by_the_logit_of_the_sentence_that_tempts(
    monkeypatch: pytest.MonkeyPatch, logits: list[float], area: float
) -> None:
    monkeypatch.setattr(stages, "score", lambda network, tokenizer, pairs: np.array(logits[: len(pairs)]))
    recipe = tiny_recipe()
    both = (*recipe.domain.part("train"), *recipe.near_misses.questions)
    apart = [
        told_apart(from_packaged(), PairTokenizer(), Domain(recipe.domain.pool, questions), "train")
        for questions in (both, recipe.near_misses.questions)
    ]
    assert apart == [area, 0.0]


@pytest.fixture(scope="module")
def trained() -> tuple[CrossEncoder, list[str]]:
    """The network of the tiny recipe with its own seed, and what was told of the training."""
    told: list[str] = []
    return sentence_scorer.train(tiny_recipe(), told.append), told


@pytest.mark.model
def test_tiny_recipe_runs_through_both_stages_and_is_measured(trained: tuple[CrossEncoder, list[str]]) -> None:
    network, told = trained
    lines = measure.held_out(network, PairTokenizer(), tiny_recipe().domain, Encoder())
    assert (told[0], [line.n for line in lines]) == ("2 public groups, 2 groups over the corpus", [1, 1, 1])


@pytest.mark.model
def test_another_seed_gives_another_network(trained: tuple[CrossEncoder, list[str]]) -> None:
    own = tiny_recipe().seed
    again, other = (sentence_scorer.train(replace(tiny_recipe(), seed=seed), print) for seed in (own, own + 1))
    assert (again.head.weight == trained[0].head.weight).all()
    assert not (other.head.weight == trained[0].head.weight).all()


@pytest.mark.model
def test_clapnq_figures_count_rows_with_gold_apart(folder: Path) -> None:
    lines = measure.clapnq(from_packaged(), PairTokenizer(), Encoder(), clapnq.read_questions(folder)[0])
    assert [(line.name, line.n) for line in lines] == [("ClapNQ: F1 of the top 3", 1), ("ClapNQ: answerable, AUC", 2)]


@pytest.mark.model
def test_held_out_near_misses_are_told_apart_in_three_ways() -> None:
    recipe = tiny_recipe()
    held = Domain(recipe.domain.pool, (*recipe.domain.questions, *recipe.near_misses.questions))
    line = measure.near_misses(from_packaged(), PairTokenizer(), Encoder(), held)
    # "Iron" is in the sentence that "Where did copper go?" is held against.
    assert (line.n, line.values["cosine"], set(line.values)) == (4, 1.0, {"cosine", "scorer", "sum"})


def test_what_the_way_of_asking_gives_away_is_told() -> None:
    questions = [(f"{word} {thing}?", word == "When") for thing in ("tin", "ore", "salt") for word in ("When", "Why")]
    asked = tuple(Asked(question, (0,) if answered else (), TRAINING) for question, answered in questions)
    told, untold = Domain((), asked), Domain((), tuple(replace(one, question="tin?") for one in asked))
    assert [measure.by_words_alone(told, held) for held in (told, untold)] == [1.0, 0.5]
