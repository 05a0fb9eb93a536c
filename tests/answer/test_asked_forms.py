from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.asked_forms import asks_what_came_about
from assistant.answer.demands import Demands
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Span

ANALYZER = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def told(sentence: str) -> Quote:
    article = replace(make_article(sentence, sentence), title="", published_on="2025-11-19")
    return Quote(make_hit(article, sentence), Span(0, len(sentence)), 0.0, NO_SIGNALS, sentence)


def declined(question: str, *sentences: str) -> bool:
    return Demands(question, ANALYZER).unmet_by_all([told(sentence) for sentence in sentences])


@pytest.mark.parametrize(
    ("question", "without", "with_it"),
    [
        (
            "How many cars did the plant fail to build?",
            "The plant stopped for about a week in May 2025.",
            "The plant could not build 4,000 cars.",
        ),
        (
            "How many tonnes are left of the stock?",
            "The stock feeds F-35 jets, the EurAsian Times wrote.",
            "The stock has 40 tonnes left.",
        ),
        ("How many tonnes are left?", "The EurAsian Times names those left.", "There are 40 tonnes left."),
        ("How many kilos went abroad?", "Announcement No. 18 covers what went abroad.", "No kilos went abroad."),
        ("What quantity of magnets was allowed?", "Four permits were given.", "Permits for 5 tonnes were given."),
        ("How much mud was raised?", "A ship raised mud from the seabed.", "A ship raised 50 tonnes of mud."),
        ("What was the mining quota of 2023?", "In 2023 China did 62% of mining.", "The quota was 255,000 tonnes."),
        ("What fine does the law set?", "The law forbids it to seize ore.", "The law sets a fine of CNY 50,000."),
        (
            "When will the refinery start production?",
            "The refinery venture was agreed on 19 November 2025.",
            "The refinery starts production in 2028.",
        ),
        (
            "When is the plant supposed to open?",
            "The plant was announced in August 2025.",
            "The plant opens within 18 months.",
        ),
        (
            "What did Subaru say about the listing?",
            "Subaru went onto a watch list on 24 February 2026.",
            "Subaru called the listing unfair.",
        ),
        ("What's the fine for smuggling?", "Smugglers were caught.", "The fine for smuggling is CNY 50,000."),
        ("Which customs code have magnets?", "Magnets with holmium have code 1C909.", "Magnets have code 8505.11."),
        ("What is the control code of holmium?", "Holmium is 20250409.", "Holmium has code 1C909."),
        (
            "How many projects did the Commission pick?",
            "No single country should provide more than 65%.",
            "The Commission picked no projects.",
        ),
        ("What is the customs code of magnets?", "All magnets share one customs code.", "Magnets have code 8505.11."),
    ],
)
def test_what_has_not_the_form_asked_for_cannot_be_the_answer(question: str, without: str, with_it: str) -> None:
    assert declined(question, without, without)
    assert not declined(question, without, with_it)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many magnets did Japan buy in December 2025?", "Japan bought 280 tonnes of Chinese magnets."),
        ("How many pounds does one jet carry?", "Each jet carries 22 kg, or 50 lb."),
        ("How many kinds of antimony product are covered?", "Six kinds of antimony product are covered."),
        ("How many companies got quotas?", "Just two state-owned groups got quotas."),
        ("How many rare earth mining sites are there in Kachin?", "More than 370 sites were counted in Kachin."),
        ("How many rare earths are controlled?", "That brings the number of rare earths controlled to twelve."),
        ("How much more do buyers in Europe pay?", "Buyers in Europe pay up to four times the Chinese price."),
        ("By what percentage did October beat September?", "October brought 9% more than September."),
        ("By what percentage did oxide get more expensive?", "Oxide cost $270/kg, a rise of 4,400%."),
        ("What do sellers want for a kilo of oxide?", "Sellers want more than $1,100 a kilogram."),
        ("How many tonnes did the deal promise?", "No volumes were set in the deal."),
        ("How much time passed before the first licences?", "The first licences came around seven weeks later."),
        ("What did Vance say about price floors?", "Vance told ministers that floors would hold."),
        ("When will the rules be published?", "No date has been set for the rules."),
        ("When were comments due?", "Comments were due by 19 March 2025."),
        ("How many a month later?", "In September 2025 there were 46 production stoppages."),
        ("How many control codes are there?", "There are two control codes."),
        ("What is the 50% rule?", "The affiliates rule extends to what listed parties own."),
    ],
)
def test_what_has_the_form_in_other_words_may_be_the_answer(question: str, sentence: str) -> None:
    assert not declined(question, sentence)


@pytest.mark.parametrize(
    ("question", "of_another", "of_it"),
    [
        (
            "What was the price of gadolinium oxide in May 2025?",
            "Dysprosium oxide was at $700 a kilogram in May 2025.",
            "Gadolinium oxide was at $30 a kilogram in May 2025.",
        ),
        (
            "How many tonnes of magnets did Italy buy?",
            "China exported 5,238 tonnes of magnets.",
            "Italian firms bought 40 tonnes of magnets.",
        ),
    ],
)
def test_a_value_of_another_element_or_place_is_no_answer(question: str, of_another: str, of_it: str) -> None:
    assert declined(question, of_another, of_another)
    assert not declined(question, of_another, of_it)


def test_the_register_may_have_the_form() -> None:
    demands = Demands("When is the pause on the rules due to end?", ANALYZER)
    found, leading = told("The pause on the rules was agreed in Busan."), told("The pause runs until 10 November 2026.")
    assert demands.unmet_by_all([found])
    assert not demands.unmet_by_all([found], [leading])


def test_things_that_are_counted_go_by_many_names() -> None:
    question = "How many firms got permits?"
    assert not declined(question, "Permits went to 19 suppliers.")
    assert declined(question, "Permits went to suppliers on 19 May 2025.")


def test_a_day_before_its_own_report_is_not_to_come() -> None:
    question = "When will the mine open?"
    assert declined(question, "The mine was to open in October 2025.")
    assert not declined(question, "The mine is to open in December 2025.")


@pytest.mark.parametrize(
    "question",
    [
        "Did Xi come to Washington in September?",
        "And has the loan been paid?",
        "What did they agree on?",
        "How many tonnes did China export in August?",
        "What happened on 10 November?",
        "Which companies were listed in October?",
        "what came of the talks in October?",
    ],
)
def test_what_came_about_is_asked_for(question: str) -> None:
    assert asks_what_came_about(question)


@pytest.mark.parametrize(
    "question",
    [
        "Will Xi come to Washington in September?",
        "What is planned for September?",
        "Which day will the rule that was suspended return?",
        "How long is the truce that had been agreed to last?",
        "Is the rule in force in November?",
        "What did Trump announce for 24 September 2026?",
        "What did the act ask for by 2026?",
    ],
)
def test_what_may_be_told_beforehand_is_no_outcome(question: str) -> None:
    assert not asks_what_came_about(question)


@pytest.mark.parametrize(
    ("question", "without", "with_it"),
    [
        (
            "Why did India stop the IREL deal?",
            "In June 2025 rawmaterials.net reported that India had told IREL to suspend the deal.",
            "India told IREL to suspend the deal because its own magnet makers lacked ore.",
        ),
        (
            "What made Ford stop its plant?",
            "Ford stopped its plant for a week.",
            "A shortage made Ford stop its plant.",
        ),
        (
            "Why were buyers stocking up?",
            "Buyers were stocking up in August 2024.",
            "Stocks rose as buyers were stocking up before the controls.",
        ),
    ],
)
def test_a_reason_is_no_restatement(question: str, without: str, with_it: str) -> None:
    assert declined(question, without)
    assert not declined(question, without, with_it)


@pytest.mark.parametrize(
    "question",
    [
        "How come India stopped the IREL deal though it needed the money?",  # two facts are to be squared
        "Why did India not go on with the IREL deal?",
    ],
)
def test_no_word_of_a_reason_is_needed_where_facts_or_a_denial_may_answer(question: str) -> None:
    assert not declined(question, "In June 2025 India told IREL to suspend the deal.")


def test_words_are_somebodys_own() -> None:
    question = "What did Subaru say to its watch-listing?"
    assert declined(question, "Subaru went onto a Chinese watch list, Reuters reported on 24 February 2026.")
    assert not declined(question, "Subaru told Reuters that it would look into the watch-listing.")
    assert not declined(question, "It was unexpected, according to Subaru.")


def test_a_government_speaks_under_many_names() -> None:
    assert not declined("What did Washington say on licences?", "The White House said that licences would be granted.")
