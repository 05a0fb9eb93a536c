from __future__ import annotations

from pathlib import Path

import pytest
import torch

from assistant.errors import BadInputError
from assistant.shipped import corpus_folder
from evals.train import sentence_scorer, weights
from evals.train.examples import Candidate, Group
from evals.train.graded import (
    GRADED,
    HELD_GRADED,
    GradedQuestion,
    Unknown,
    graded_groups,
    key_of,
    read_graded,
)
from evals.train.network import from_packaged
from evals.train.questions import Domain, read_domain, split_of
from evals.train.sentence_scorer import train_on

TRAINING = next(name for name in map(str, range(99)) if split_of(name) == "train")
HELD = next(name for name in map(str, range(99)) if split_of(name) == "held")
FACTS = ("Iron went to Peru.", "Nobody gave a reason.", "Copper went to Chile.")
DOMAIN = Domain(
    (
        Candidate(f"Ores: {FACTS[0]}", FACTS[0], TRAINING),
        Candidate(f"Ores: {FACTS[1]}", FACTS[1], TRAINING),
        Candidate(f"Held: {FACTS[2]}", FACTS[2], HELD),
    ),
    (),
)


def graded(grades: dict[tuple[str, str], int], teaches_order: bool = False) -> GradedQuestion:
    """A question with the grades of sentences, which is kept for the order or not."""
    told = " ".join(f"{key_of(*place)}:{grade}" for place, grade in grades.items())
    asked = (GradedQuestion(ask=f"Where did iron go, {place}?", grades=told) for place in range(99))
    return next(one for one in asked if one.teaches_order is teaches_order)


BOTH = {(TRAINING, FACTS[0]): 3, (TRAINING, FACTS[1]): 0}


def test_a_question_is_learned_from_with_the_grades_of_its_sentences() -> None:
    question = graded(BOTH)
    groups, unknown = graded_groups([question], DOMAIN)
    assert groups == [Group.graded(question.ask, [f"Ores: {FACTS[0]}", f"Ores: {FACTS[1]}"], (3, 0))]
    assert unknown == Unknown(0)


def test_questions_for_the_order_are_not_learned_from() -> None:
    assert graded_groups([graded(BOTH, teaches_order=True)], DOMAIN)[0] == []


def test_sentences_of_held_out_articles_are_not_learned_from() -> None:
    groups, _ = graded_groups([graded({**BOTH, (HELD, FACTS[2]): 3})], DOMAIN)
    assert [text for _, text in groups[0].pairs] == [f"Ores: {FACTS[0]}", f"Ores: {FACTS[1]}"]


def test_a_question_with_one_sentence_left_teaches_nothing() -> None:
    assert graded_groups([graded({(TRAINING, FACTS[0]): 3, (HELD, FACTS[2]): 1})], DOMAIN)[0] == []


def test_sentences_that_the_corpus_lost_are_counted() -> None:
    assert graded_groups([graded({**BOTH, (TRAINING, "Gone."): 2})], DOMAIN)[1] == Unknown(1)


@pytest.mark.parametrize(
    ("grades", "answered", "gains", "truths"),
    [
        ((3, 0, 1), True, (1 / 1.03, 0.0, 0.03 / 1.03), (1.0, 0.0, 0.1)),
        ((2, 2), True, (0.5, 0.5), (0.5, 0.5)),
        ((1, 0), False, (), (0.1, 0.0)),
    ],
)
def test_what_a_grade_counts(
    grades: tuple[int, ...], answered: bool, gains: tuple[float, ...], truths: tuple[float, ...]
) -> None:
    group = Group.graded("Q?", map(str, range(len(grades))), grades)
    assert (group.answered, group.gains(), group.truths()) == (answered, pytest.approx(gains), truths)


def test_without_grades_the_first_answers_alone() -> None:
    right, wrong = (Group.of_texts("Q?", ["a", "b"], answered) for answered in (True, False))
    assert (right.gains(), right.truths(), wrong.gains(), wrong.truths()) == ((1.0, 0.0), (1.0, 0.0), (), (0.0, 0.0))


@pytest.mark.parametrize("line", ['{"ask": "Q?"}', '{"ask": "Q?", "grades": "12345678:4"}', "nothing"])
def test_a_line_of_another_form_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "g.jsonl").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="line 1, is not of the expected shape"):
        read_graded(tmp_path / "g.jsonl")


def test_every_graded_sentence_is_one_of_the_corpus_and_no_question_is_on_both_sides() -> None:
    domain = read_domain(corpus_folder())
    keys = {key_of(one.document, one.sentence) for one in domain.pool}
    learned, held = (read_graded(file) for file in (GRADED, HELD_GRADED))
    assert len(keys) == len(domain.pool)
    assert all(keys >= set(one.by_key) for one in (*learned, *held))
    assert {one.ask for one in learned}.isdisjoint(one.ask for one in held)


@pytest.mark.parametrize("given", [["--out", "w"], ["--out", "w", "--only-graded"]])
def test_what_is_missing_on_the_command_line_is_said(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sentence_scorer.main(given)
    assert "--start FILE" in capsys.readouterr().err


@pytest.mark.model
def test_earlier_weights_are_trained_on_over_graded_sentences(tmp_path: Path) -> None:
    torch.manual_seed(1)
    start = from_packaged()
    weights.save(start, tmp_path / "w", {})
    told: list[str] = []
    network = train_on(tmp_path / "w", graded_groups([graded(BOTH)], DOMAIN)[0], 0, told.append)
    assert told[0] == "1 graded questions"
    assert not torch.equal(network.head.weight, start.head.weight)
