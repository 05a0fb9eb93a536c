from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.errors import BadInputError
from assistant.shipped import corpus_folder
from evals.train.examples import Asked, Candidate, same_fact
from evals.train.questions import Domain, read_domain, split_of

# Their hashes fall into these parts.
TRAINING, HELD = "2023-10-20-forexlive-graphite-export-permits", "2025-02-04-reuters-five-metals"
STOPPING = "2024-08-15-reuters-antimony-controls"


@pytest.fixture(scope="module")
def shipped() -> Domain:
    return read_domain(corpus_folder())


def test_shipped_questions_quote_sentences_of_their_articles(shipped: Domain) -> None:
    assert len(shipped.questions) >= 400


def test_shipped_questions_stand_once(shipped: Domain) -> None:
    assert len({asked.question for asked in shipped.questions}) == len(shipped.questions)


@pytest.mark.parametrize(("article", "part"), [(TRAINING, "train"), (STOPPING, "stop"), (HELD, "held")])
def test_split_goes_by_the_id_alone(article: str, part: str) -> None:
    assert split_of(article) == part


def test_training_sees_no_sentence_of_a_held_out_article(shipped: Domain) -> None:
    assert {split_of(one.document) for one in shipped.training_source().pool} == {"train"}


def test_training_asks_for_no_fact_that_is_held_out(shipped: Domain) -> None:
    source = shipped.training_source()
    held = {shipped.pool[place].sentence for asked in shipped.part("held") for place in asked.answers}
    told = {source.pool[place].sentence for asked in source.questions for place in asked.answers}
    assert not [one for one in told if any(same_fact(one, other) for other in held)]


def test_training_places_follow_the_smaller_pool() -> None:
    pool = (Candidate("a", "a", HELD), Candidate("b", "b", TRAINING), Candidate("c", "c", TRAINING))
    domain = Domain(pool, (Asked("q", (2,), TRAINING, tempting=(1,)),))
    (asked,) = domain.training_source().questions
    assert (asked.answers, asked.tempting) == ((1,), (0,))


def test_quote_that_is_no_sentence_is_refused(tmp_path: Path) -> None:
    written = [{"article": HELD, "questions": [{"ask": "Why?", "answered_by": ["Nobody wrote this."]}]}]
    (tmp_path / "questions.yaml").write_text(yaml.safe_dump(written))
    with pytest.raises(BadInputError, match=r"'Nobody wrote this\.' is no sentence"):
        read_domain(corpus_folder(), [tmp_path / "questions.yaml"])


def test_unknown_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text(yaml.safe_dump([{"article": HELD, "asks": []}]))
    with pytest.raises(BadInputError, match="asks"):
        read_domain(corpus_folder(), [tmp_path / "questions.yaml"])
