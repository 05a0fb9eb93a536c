from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.extractive import Draft
from assistant.answer.parts import merged, parts_of
from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Span


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def whole(text: str) -> Standalone:
    return Standalone(text, text)


def test_a_figure_of_two_places_is_two_questions(analyzer: TermAnalyzer) -> None:
    parts = parts_of(whole("How many tonnes of magnets went to Japan and India in July 2025?"), analyzer)
    assert [part.text for part in parts] == [
        "How many tonnes of magnets went to Japan in July 2025?",
        "How many tonnes of magnets went to India in July 2025?",
    ]


def test_questions_in_a_row_stand_alone(analyzer: TermAnalyzer) -> None:
    parts = parts_of(whole("Which elements are covered? When did the controls start?"), analyzer)
    assert parts == (whole("Which elements are covered?"), whole("When did the controls start?"))


def test_a_clause_that_points_back_keeps_the_whole_question(analyzer: TermAnalyzer) -> None:
    text = "When did the controls start and who announced them?"
    assert parts_of(whole(text), analyzer)[1] == Standalone(text, "who announced them?")


@pytest.mark.parametrize(
    "later", ["how did China answer", "what measure followed", "which one got the most public money", "who makes one"]
)
def test_a_clause_on_what_came_of_the_first_keeps_the_whole_question(later: str, analyzer: TermAnalyzer) -> None:
    text = f"When did Nexperia stop its shipments and {later}?"
    assert parts_of(whole(text), analyzer)[1] == Standalone(text, f"{later}?")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("What is a general licence, and who has received one?", "who has received a general licence?"),
        ("What is a price floor and how does one work?", "how does a price floor work?"),
        ("What is an end-user certificate? When is one needed?", "When is an end-user certificate needed?"),
    ],
)
def test_one_of_a_later_question_is_named(text: str, last: str, analyzer: TermAnalyzer) -> None:
    assert parts_of(whole(text), analyzer)[1] == whole(last)


def test_whether_it_holds_is_asked_beside_what_it_is(analyzer: TermAnalyzer) -> None:
    text = "What is the 0.1% rule, and does it apply today?"
    assert parts_of(whole(text), analyzer) == (whole("What is the 0.1% rule"), Standalone(text, "does it apply today?"))


def test_two_circumstances_of_one_thing_are_two_questions(analyzer: TermAnalyzer) -> None:
    parts = parts_of(whole("When will the 10X plant open, and where?"), analyzer)
    assert parts == (whole("When will the 10X plant open?"), whole("Where will the 10X plant open?"))


@pytest.mark.parametrize(
    "text",
    [
        "How much did the US and Japan pledge under their pact?",
        "How much trade is there between China and Japan?",
        "What did the US and China agree in Busan?",
        "How many tonnes did Japan and India buy together?",
        "When were the October controls suspended and until when?",
        "Which elements are covered?",
    ],
)
def test_one_question_stays_whole(text: str, analyzer: TermAnalyzer) -> None:
    assert parts_of(whole(text), analyzer) == ()


def test_a_follow_up_stays_whole(analyzer: TermAnalyzer) -> None:
    follow_up = Standalone("Which elements are covered? When did the controls start?", "When did the controls start?")
    assert parts_of(follow_up, analyzer) == ()


def draft(*names: str, confidence: float = 0.5) -> Draft:
    quotes = tuple(_quote(name) for name in names)
    return Draft(quotes, confidence, (), (), quotes)


def _quote(name: str) -> Quote:
    hit = make_hit(make_article(name, f"Sentence of {name}."), f"Sentence of {name}.")
    return replace(Quote.of_register(hit, Span(0, 5)), relevance=0.5)


def test_every_part_gets_its_best_before_any_gets_its_second() -> None:
    parts = {whole("one?"): draft("a", "b", "c"), whole("two?"): draft("d", "e")}
    assert [quote.article.id for quote in merged(draft("a"), parts, 3).quotes] == ["a", "d", "b"]


def test_a_part_that_nothing_answers_is_missing() -> None:
    parts = {whole("one?"): draft("a"), whole("Who signed it?"): draft()}
    assert merged(draft(), parts, 5).missing == ("Who signed it",)


def test_the_whole_stands_when_no_part_is_answered() -> None:
    given = draft("a")
    assert merged(given, {whole("one?"): draft(), whole("two?"): draft()}, 5) is given


def test_a_whole_question_has_nothing_missing() -> None:
    assert merged(draft("a"), {}, 5).missing == ()


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between Announcement 61 and 62?",
        "How do announcements 61 and 62 differ?",
        "compare Announcement No. 61 with Announcement No. 62",
    ],
)
def test_a_difference_is_told_by_what_either_rule_covers(question: str) -> None:
    parts = parts_of(Standalone(question, question), TermAnalyzer())
    assert [part.text for part in parts] == [
        "What does MOFCOM Announcement No. 61 cover?", "What does MOFCOM Announcement No. 62 cover?"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        ("How do announcements 61 and 62 of 2025 differ?", ["61 of 2025", "62 of 2025"]),
        ("Compare Announcement 18 of 2025 with Announcement 1 of 2026", ["18 of 2025", "1 of 2026"]),
        ("Compare Announcement 46 of 2024 with Announcement 72", ["46 of 2024", "72"]),
    ],
)
def test_a_rule_keeps_its_own_year(question: str, rules: list[str]) -> None:
    parts = parts_of(Standalone(question, question), TermAnalyzer())
    assert [part.text for part in parts] == [f"What does MOFCOM Announcement No. {rule} cover?" for rule in rules]


def test_two_rules_whose_difference_nobody_asks_for_are_one_question() -> None:
    question = "Are announcements 61 and 62 in force?"
    assert parts_of(Standalone(question, question), TermAnalyzer()) == ()
