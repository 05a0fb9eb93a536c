from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.extractive import Draft
from assistant.answer.follow_up.mentions import Mention, mentions
from assistant.answer.offers import SURE, candidates, is_answered, names_known
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.measures.types import Covers, Measure
from assistant.terms import Names, TermAnalyzer
from assistant.types import Span

ANALYZER = TermAnalyzer(
    Names(
        {"Japanese": "japan", "Dy": "dysprosium", "US": "usa", "EU": "eu", "UK": "uk"},
        {
            "elements": frozenset({"dysprosium", "terbium", "gallium", "yttrium", "holmium"}),
            "places": frozenset({"japan", "germany", "india", "usa", "eu", "uk"}),
        },
    )
)


def measure(name: str, instrument: str | None = None) -> Measure:
    return Measure(name.lower(), name, (), "", instrument, "", Covers(), ())


def offered(
    question: str, *said: str, measures: Sequence[Measure] = (), shown: frozenset[str] = frozenset()
) -> list[str]:
    return list(candidates(question, said, measures, shown, ANALYZER))


@pytest.mark.parametrize(
    ("one", "offer"),
    [
        (measure("Salt rule"), "What is the status of the Salt rule?"),
        (measure("Salt rule", "MOFCOM Announcement No. 61"), "What is the status of MOFCOM Announcement No. 61?"),
        (measure("Project Vault"), "What is the status of Project Vault?"),
    ],
)
def test_the_status_of_a_measure_that_is_named_is_offered(one: Measure, offer: str) -> None:
    assert offered("Who wrote it?", measures=[one]) == [offer]


def test_what_a_measure_covers_is_offered_once_its_standing_is_shown() -> None:
    assert offered("Who wrote it?", measures=[measure("Salt rule")], shown=frozenset({"salt rule"})) == [
        "What does the Salt rule cover?"
    ]


def test_at_most_two_measures_are_offered() -> None:
    assert len(offered("Who wrote it?", measures=[measure(name) for name in ("One", "Two", "Three")])) == 2


def test_the_question_is_offered_with_another_element_that_the_answer_names() -> None:
    assert offered("What does dysprosium cost?", "Dysprosium and terbium cost more.") == ["What does terbium cost?"]


def test_the_question_is_offered_with_another_place_that_the_answer_names() -> None:
    assert offered("Who buys in Japan?", "Firms in Germany buy less.") == ["Who buys in Germany?"]


@pytest.mark.parametrize(
    ("question", "said", "offer"),
    [
        ("How much did Japan lend?", "US lenders and the EU gave more.", "How much did the EU lend?"),
        ("What does the EU buy?", "Japan buys less.", "What does Japan buy?"),
        ("What does the EU buy?", "The UK buys less.", "What does the UK buy?"),
        ("Japan rules?", "The EU has rules.", "EU rules?"),
        ("What does the Japan ban cover?", "India has a ban.", "What does the India ban cover?"),
        ("What is the Dy price?", "Terbium rose.", "What is the Terbium price?"),
    ],
)
def test_a_place_is_put_in_with_the_article_it_takes(question: str, said: str, offer: str) -> None:
    assert offer in offered(question, said)


@pytest.mark.parametrize("said", ["Dysprosium rose.", "Dy rose.", "Prices rose.", ""])
def test_nothing_is_offered_where_the_answer_names_no_other(said: str) -> None:
    assert offered("What does dysprosium cost?", said) == []


def test_a_thing_is_offered_once_by_whatever_name() -> None:
    assert offered("What does terbium cost?", "Dy rose.", "Dysprosium rose too.") == ["What does Dy cost?"]


def test_a_word_for_what_comes_from_a_place_is_not_put_in_its_place() -> None:
    assert offered("Who buys in Germany?", "Japanese firms buy less.") == []


def test_china_is_in_every_answer_and_not_put_in_the_place_of_another() -> None:
    assert offered("Who buys in Japan?", "Firms in China buy less.") == []


def test_a_question_on_two_elements_is_not_offered_with_another() -> None:
    assert offered("Do dysprosium and terbium cost more?", "Gallium costs more.") == []


def test_at_most_three_other_things_are_offered() -> None:
    said = "For terbium, gallium, yttrium and holmium makers paid more."
    assert offered("What does dysprosium cost?", said) == [
        "What does terbium cost?", "What does gallium cost?", "What does yttrium cost?"
    ]  # fmt: skip


def test_measures_and_other_things_take_turns() -> None:
    found = offered(
        "What does dysprosium cost?",
        "For terbium, gallium and yttrium makers paid more.",
        measures=[measure("Salt rule"), measure("Sand rule")],
    )
    assert found == [
        "What is the status of the Salt rule?", "What does terbium cost?", "What is the status of the Sand rule?",
        "What does gallium cost?", "What does yttrium cost?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["What is the status of the Salt rule?", "What is the Salt rule's status in law?", "What is the Salt rule?"],
)
def test_the_question_that_was_asked_is_not_offered(question: str) -> None:
    assert offered(question, measures=[measure("Salt rule")]) == []


# What may be offered


def draft(best: float = SURE, **signals: float) -> Draft:
    hit = make_hit(make_article())
    return Draft((Quote(hit, Span(0, 12), best, replace(NO_SIGNALS, **signals)),), best, ())


@pytest.mark.parametrize(("best", "answered"), [(SURE, True), (SURE - 0.01, False), (1.0, True)])
def test_a_question_is_answered_when_the_best_sentence_is_sure(best: float, answered: bool) -> None:
    assert is_answered(draft(best)) is answered


def test_a_draft_without_quotes_answers_nothing() -> None:
    assert not is_answered(Draft((), 0.9, ()))


@pytest.mark.parametrize("signal", ["substituted", "key_missing"])
def test_a_sentence_that_lacks_what_was_asked_about_answers_nothing(signal: str) -> None:
    assert not is_answered(draft(0.9, **{signal: 0.5}))


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("How much dysprosium does Kolvir Metals ship?", True),
        ("How much dysprosium does Sturma Metals ship?", False),
        ("How much dysprosium did Kolvir Metals ship in 2031?", False),
        ("How much sturma does it ship?", True),
    ],
)
def test_a_question_on_a_name_that_stands_nowhere_need_not_be_tried(question: str, known: bool) -> None:
    text = "Kolvir Metals shipped dysprosium."
    assert names_known(question, ANALYZER.content_terms(text).__contains__, ANALYZER) is known


def test_passages_are_read_no_further_than_there_are_questions_to_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(text: str, analyzer: TermAnalyzer) -> tuple[Mention, ...]:
        read.append(text)
        return mentions(text, analyzer)

    monkeypatch.setattr("assistant.answer.offers.mentions", reading)
    question, first, rest = "What of dysprosium?", "Terbium, gallium, yttrium and holmium rose.", "They fell in India."
    assert len(offered(question, first, rest)) == 3
    assert read == [question, first]
