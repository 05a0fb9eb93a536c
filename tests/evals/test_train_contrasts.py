from __future__ import annotations

import numpy as np

from evals.train.contrasts import NEAR, Contraster
from evals.train.examples import Asked, Candidate, Group, Source


def pool(*sentences: str, document: str = "july") -> tuple[Candidate, ...]:
    return tuple(Candidate(f"July: {sentence}", sentence, document) for sentence in sentences)


POOL = (
    *pool("Magnets left for Japan: 232 tonnes.", "The ministry gave no reason.", "Ships were late."),
    *pool("Prices rose.", document="prices"),
)
TONNES = Asked("How much did Japan get?", (0,), "july")
REASON = Asked("Did the ministry explain itself?", (1,), "july")
PRICES = Asked("Did prices move?", (3,), "prices")
SHIPS = Asked("How many ships carried it?", (), "july", tempting=(0,))
BUYERS = Asked("Which firms bought it?", (), "july", tempting=(0,))


def contrasts(*questions: Asked, **given: int) -> list[Group]:
    source = Source("s", POOL, questions)
    return list(Contraster(**given).contrasts(source, np.random.default_rng(1)))


def test_a_sentence_is_held_against_what_it_only_seems_to_answer_and_what_others_near_by_answer() -> None:
    (first, *_) = contrasts(TONNES, SHIPS, BUYERS, REASON)
    assert (first.pairs[0], first.answered) == ((TONNES.question, POOL[0].text), True)
    others = SHIPS.question, BUYERS.question, REASON.question
    assert set(first.pairs[1:]) == {(question, POOL[0].text) for question in others}


def test_near_misses_never_fill_a_contrast_alone() -> None:
    (first, *_) = contrasts(TONNES, SHIPS, BUYERS, REASON, size=3, tempted=1)
    assert len(first.pairs) == 3
    assert (REASON.question, POOL[0].text) in first.pairs


def test_a_sentence_that_answers_nothing_is_held_against_what_it_seems_to_answer() -> None:
    assert contrasts(SHIPS) == [Group.of_questions(POOL[0].text, [SHIPS.question], False)]


def test_no_contrast_is_drawn_from_another_document_a_far_sentence_or_the_same_fact() -> None:
    far = Source(
        "s", pool("A.", *["Filler."] * NEAR, "B."), (Asked("a?", (0,), "july"), Asked("b?", (NEAR + 1,), "july"))
    )
    again = Source(
        "s", pool("232 tonnes left for Japan.", "Japan got 232 tonnes."), (TONNES, Asked("b?", (1,), "july"))
    )
    rng = np.random.default_rng(1)
    assert [list(Contraster().contrasts(source, rng)) for source in (far, again)] == [[], []]
    assert contrasts(TONNES, PRICES) == []


def test_a_question_that_the_sentence_answers_too_is_no_contrast() -> None:
    assert contrasts(Asked("a?", (0, 1), "july"), Asked("b?", (1,), "july")) == [
        Group.of_questions(POOL[0].text, ["a?", "b?"], True)
    ]
