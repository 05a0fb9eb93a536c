"""What comes before sentences that were judged a little better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.demands import Demands
from assistant.answer.preferences import Preferences
from assistant.answer.promotion import promoted
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.answer.rewrite import Standalone
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Span


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def judged(*sentences: tuple[str, float] | tuple[str, float, float]) -> tuple[Quote, ...]:
    """Quotes of articles of their own, each with its relevance and, where it matters, how well its time fits."""
    return tuple(
        Quote(
            make_hit(make_article(sentence, sentence)),
            Span(0, len(sentence)),
            relevance,
            replace(NO_SIGNALS, kind_fit=1.0, date_fit=next(iter(fit), 0.0)),
            sentence,
        )
        for sentence, relevance, *fit in sentences
    )


def first(question: str, analyzer: TermAnalyzer, *sentences: tuple[str, float] | tuple[str, float, float]) -> str:
    asked = Standalone(question, question)
    preferences = Preferences(question, Demands(question, analyzer), analyzer)
    return promoted(asked, preferences, "", judged(*sentences))[0].sentence


PART = "US customers got 656 tonnes of the magnets."
WHOLE = "China exported 5,473 tonnes of magnets."


@pytest.mark.parametrize(("relevance", "leads"), [(0.85, WHOLE), (0.8, PART)])
def test_the_whole_comes_before_a_part_that_is_all_but_as_good(
    relevance: float, leads: str, analyzer: TermAnalyzer
) -> None:
    assert first("chinese magnet exports in tonnes", analyzer, (PART, 0.9), (WHOLE, relevance)) == leads


def test_a_part_that_is_asked_for_stays_first(analyzer: TermAnalyzer) -> None:
    assert first("magnet exports to the US in tonnes", analyzer, (PART, 0.9), (WHOLE, 0.89)) == PART


def test_a_reason_comes_first_where_it_is_asked_for(analyzer: TermAnalyzer) -> None:
    told, reason = "Subaru was listed in February.", "Subaru was listed in response to remarks."
    assert first("Why was Subaru listed?", analyzer, (told, 0.9), (reason, 0.8)) == reason
    assert first("Was Subaru listed?", analyzer, (told, 0.9), (reason, 0.8)) == told


def test_names_come_first_where_they_are_to_be_named(analyzer: TermAnalyzer) -> None:
    counted, named = "Many entities were listed.", "Among those listed is Subaru."
    assert first("name the companies that were listed", analyzer, (counted, 0.9), (named, 0.8)) == named


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("china rare earth quota", "China exported 62,585 tonnes.", "Quotas were handed out in secret."),
        ("IEA share of refining", "China has 90%, Reuters wrote.", "China has 92%, the IEA found."),
        ("When was BYD listed?", "BYD was listed before 22 June 2026.", "BYD was listed on 8 June 2026."),
        (
            "How many tonnes were exported in November 2025?",
            "In December 2025 4,392 tonnes were exported, 20% below November 2025.",
            "In November 2025 5,493 tonnes were exported.",
        ),
        ("What did they agree on in Busan?", "They met in Busan.", "In Busan they agreed on a year."),
        (
            "Which rare earths are in Announcement 18?",
            "Announcement 18 has seven rare earths, all of them medium or heavy, and magnets.",
            "Announcement 18 has terbium, dysprosium, yttrium and four more.",
        ),
        (
            "What is the rule on ore in Vietnam?",
            "Headlines on the rule on ore in Vietnam are at odds with Reuters.",
            "Vietnam bans the export of ore by its rule.",
        ),
        (
            "Who owns a stake in Korvex?",
            "The stake in Korvex is compared by a report with that of BlackRock.",
            "Apple owns a stake in Korvex.",
        ),
        (
            "How much money goes to Serra?",
            "The money for Serra is larger than the $465 million of before.",
            "Money for Serra comes to $565 million.",
        ),
        ("How long is a licence valid?", "A licence is valid for magnets.", "Each licence is valid for one year."),
        ("vietnam rare earth reserves", "USGS lowered the reserves of Vietnam.", "Vietnam's reserves are 3.5 tonnes."),
    ],
)
def test_what_just_meets_the_question_comes_before_what_was_judged_a_little_better(
    question: str, before: str, after: str, analyzer: TermAnalyzer
) -> None:
    assert first(question, analyzer, (before, 0.9), (after, 0.85)) == after
    assert first(question, analyzer, (before, 0.9), (after, 0.3)) == before


@pytest.mark.parametrize(("relevance", "leads"), [(0.37, True), (0.35, False)])
def test_a_reason_may_be_less_relevant_than_a_value(relevance: float, leads: bool, analyzer: TermAnalyzer) -> None:
    told, reason = "Subaru was listed in February.", "Subaru was listed in response to remarks."
    assert (first("Why was Subaru listed?", analyzer, (told, 0.9), (reason, relevance)) == reason) is leads


@pytest.mark.parametrize(("fit", "leads"), [(1.0, True), (0.5, False)])
def test_what_is_less_of_the_time_asked_about_comes_before_neither_a_part_nor_a_mention(
    fit: float, leads: bool, analyzer: TermAnalyzer
) -> None:
    question = "chinese magnet exports in tonnes"
    assert (first(question, analyzer, (PART, 0.9, 1.0), (WHOLE, 0.88, fit)) == WHOLE) is leads
    asked = "How many tonnes were exported in November 2025?"
    passing = "In December 2025 4,392 tonnes were exported, 20% below November 2025."
    other = "In all 5,493 tonnes were exported."
    assert (first(asked, analyzer, (passing, 0.9, 1.0), (other, 0.88, fit)) == other) is leads


def test_a_sentence_on_accounts_leads_where_it_has_the_value_or_accounts_are_asked_for(analyzer: TermAnalyzer) -> None:
    differ = "Accounts of the sum disagree, as another gives $3 billion."
    assert first("How much money is it?", analyzer, (differ, 0.9), ("The sum is $2 billion.", 0.85)) == differ
    disagree = "Accounts of the rule disagree."
    told = "The rule has two accounts."
    assert first("Do the accounts of the rule agree?", analyzer, (disagree, 0.9), (told, 0.85)) == disagree


def test_of_what_is_told_without_a_part_only_what_is_on_the_subject_leads(analyzer: TermAnalyzer) -> None:
    rose, stayed = "Yttrium in Europe rose to $270.", "Yttrium stayed at $7."
    assert first("How much have yttrium prices risen?", analyzer, (rose, 0.9), (stayed, 0.89)) == rose
