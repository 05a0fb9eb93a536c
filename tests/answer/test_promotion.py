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
    preferences = Preferences(question, Demands(question, analyzer))
    return promoted(question, preferences, "", judged(*sentences))[0].sentence


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
        ("When was BYD listed?", "BYD was listed before 22 June 2026.", "BYD was listed on 8 June 2026."),
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


def test_a_sentence_on_accounts_leads_where_it_has_the_value_or_accounts_are_asked_for(analyzer: TermAnalyzer) -> None:
    differ = "Accounts of the sum disagree, as another gives $3 billion."
    assert first("How much money is it?", analyzer, (differ, 0.9), ("The sum is $2 billion.", 0.85)) == differ
    disagree = "Accounts of the rule disagree."
    told = "The rule has two accounts."
    assert first("Do the accounts of the rule agree?", analyzer, (disagree, 0.9), (told, 0.85)) == disagree


def test_of_what_is_told_without_a_part_only_what_is_on_the_subject_leads(analyzer: TermAnalyzer) -> None:
    rose, stayed = "Yttrium in Europe rose to $270.", "Yttrium stayed at $7."
    assert first("How much have yttrium prices risen?", analyzer, (rose, 0.9), (stayed, 0.89)) == rose
