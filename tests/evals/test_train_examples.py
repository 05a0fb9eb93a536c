from __future__ import annotations

import numpy as np
import pytest

from assistant.answer.judgement import candidate_text
from evals.train.examples import Asked, Candidate, Group, Miner, Source, mixed, same_fact


def candidate(sentence: str, document: str) -> Candidate:
    return Candidate(sentence, sentence, document)


POOL = (
    candidate("Magnets left for Japan: 232 tonnes.", "july"),
    candidate("The ministry gave no reason.", "july"),
    candidate("Japan took 232 tonnes of magnets, a later page repeats.", "review"),
    candidate("Magnets left for India: 418 tonnes.", "india"),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China exported 5,952 tonnes in December 2025.", "Exports were 5,952 tonnes, Reuters reported."),
        ("MOFCOM gave no reply when asked.", "When asked, MOFCOM gave no reply on Friday."),
    ],
)
def test_same_figure_or_same_words_tell_the_same_fact(one: str, other: str) -> None:
    assert same_fact(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China exported 5,952 tonnes in December 2025.", "Sales were 6,150 units in December 2025."),
        ("Announcement No. 61 covers goods.", "Announcement No. 61 began late."),
        ("Erbium has code 1C910.", "Holmium, code 1C909, is first."),
        ("The list grew on 24 February 2026.", "Tokyo protested on 24 February 2026."),
    ],
)
def test_dates_and_labels_make_no_same_fact(one: str, other: str) -> None:
    assert not same_fact(one, other)


@pytest.mark.parametrize(
    ("title", "date", "text"),
    [
        ("Quotas", "2025-08", "Quotas (2025-08): They grew."),
        ("Quotas", None, "Quotas: They grew."),
        ("", None, "They grew."),
    ],
)
def test_title_and_date_come_first_where_they_are_known(title: str, date: str | None, text: str) -> None:
    assert candidate_text(title, date, "They grew.") == text


def groups_of(asked: Asked) -> list[Group]:
    nearness = np.array([[0.9, 0.1, 0.8, 0.7]], dtype=np.float32)
    return list(Miner().groups(Source("s", POOL, (asked,)), nearness, np.random.default_rng(1)))


def test_group_holds_the_answer_first_and_no_repetition_of_its_fact() -> None:
    asked = Asked("How much did Japan get?", (0,), "july")
    assert groups_of(asked) == [Group.of_texts(asked.question, (POOL[0].text, POOL[1].text, POOL[3].text), True)]


def test_group_of_an_unanswerable_question_is_led_by_its_temptation() -> None:
    (group,) = groups_of(Asked("How much did Peru get?", (), "july", tempting=(0,)))
    assert (group.pairs[0][1], group.answered) == (POOL[0].text, False)


def test_sentence_with_the_short_answer_is_no_negative() -> None:
    (group,) = groups_of(Asked("Who got 232 tonnes?", (0,), "july", short_answer="418"))
    assert [text for _, text in group.pairs] == [POOL[0].text, POOL[1].text]


def test_mixed_gives_every_group_once_before_any_twice() -> None:
    groups = [Group.of_texts(str(number), ["It is so."], True) for number in range(3)]
    found = mixed(groups, 4, np.random.default_rng(1))
    assert (len(found), set(found[:3])) == (4, set(groups))
