from __future__ import annotations

from typing import Any

import pytest
from support import make_citation

from assistant.answer.untold import Untold, untold
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def of(question: str, quote: str, analyzer: TermAnalyzer, as_of: str = "2026-11-22", **cited: Any) -> Untold:
    return untold(question, [make_citation(quote=quote, **cited)], analyzer, as_of)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "How many tonnes of magnets did China export in May 2025?",
            "China sent out 1,238 tonnes of magnets in May 2025.",
        ),
        ("What does the Pentagon pay MP Materials?", "The Defense Department pays MP Materials $400 million."),
        ("Are Dy exports under licence?", "Dysprosium may leave only with a licence."),
        ("Which firms are on the list?", "Twenty firms are."),
        ("When did the talks start?", "They met on 3 May 2025."),
        ("How many tonnes left in H1 2025?", "From January to June 2025, 24,827 tonnes left."),
        # Money in words of its own, and a denial, want no figure.
        ("How many crore rupees did New Delhi approve?", "India approved Rs 7,280 crore."),
        ("How many tonnes did the London deal promise?", "The London deal named no volumes."),
    ],
)
def test_nothing_is_untold_of_a_question_that_is_answered(question: str, quote: str, analyzer: TermAnalyzer) -> None:
    assert of(question, quote, analyzer) == Untold()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many kg of magnets does a Eurofighter Typhoon carry?", ("Eurofighter Typhoon",)),
        ("What did Ford's plants and Toyota get?", ("Ford", "Toyota")),
        ("How much gallium and antimony left?", ("gallium", "antimony")),
    ],
)
def test_a_name_that_no_citation_holds_is_told_as_the_question_words_it(
    question: str, names: tuple[str, ...], analyzer: TermAnalyzer
) -> None:
    assert of(question, "An F-35 carries 23 kg of magnets.", analyzer).names == names


def test_a_title_and_a_publisher_name_too(analyzer: TermAnalyzer) -> None:
    cited = {"title": "Lynas", "publisher": "Reuters"}
    assert of("What does Lynas mine, per Reuters?", "It mines ore.", analyzer, **cited) == Untold()


@pytest.mark.parametrize(
    ("quote", "published_on", "times"),
    [
        ("Exports in March 2025 were 300 kg.", "2025-06", ("2025-04",)),
        # The report's own day does not make its figure one of that month.
        ("Exports in March 2025 were 300 kg.", "2025-04-09", ("2025-04",)),
        ("Exports were 300 kg.", "2025-04-09", ()),
        ("Exports were 300 kg.", "2025-06", ()),
        ("Exports from January to April 2025 were 300 kg.", "2025-06", ()),
    ],
)
def test_another_month_than_asked_about_is_told(
    quote: str, published_on: str, times: tuple[str, ...], analyzer: TermAnalyzer
) -> None:
    assert of("How many kg left in April 2025?", quote, analyzer, published_on=published_on).times == times


def test_the_day_an_answer_is_given_for_is_no_time_asked_about(analyzer: TermAnalyzer) -> None:
    question, quote = "As of 1 November 2025, what are exports?", "Exports in September 2025 were 300 kg."
    assert of(question, quote, analyzer, as_of="2025-11-01").times == ()
    assert of(question, quote, analyzer, as_of="2026-01-01").times == ("2025-11-01",)


def test_a_kind_of_value_that_no_citation_gives_is_told(analyzer: TermAnalyzer) -> None:
    question = "What were exports worth in US dollars?"
    assert of(question, "US buyers got 656 tonnes.", analyzer).kinds == ("money",)
    assert of(question, "US buyers got goods of $3 million.", analyzer).kinds == ()
