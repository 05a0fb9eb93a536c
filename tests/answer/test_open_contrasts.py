from __future__ import annotations

from collections.abc import Sequence

import pytest
from disputes import ANALYZER
from support import make_article, make_hit

from assistant.answer.conflict import find_disagreements
from assistant.answer.quotes import Quote
from assistant.answer.relevance import Question
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence

SHIP = "How many pounds of rare earths are in a destroyer?"
MORE = "Foreign Policy puts the rare earths in a destroyer at more than 5,700 lb."
LESS = "A lower figure of 5,200 lb for a destroyer also circulates."


def shown(question: str, *articles: Sequence[str]) -> list[list[str]]:
    """The disagreements among sentences, article by article, the first of which is by far the best answer."""
    standalone = Standalone(question, question)
    asked = Question(standalone, ANALYZER, dict.fromkeys(ANALYZER.content_terms(question), 1.0))
    quotes: list[Quote] = []
    for number, sentences in enumerate(articles):
        article = make_article(f"a{number}", " ".join(sentences), origin=f"Paper {number}", published_on="2026-02")
        hit = make_hit(article, *sentences)
        signals = asked.signals(Evidence(hit, 0.5, (0.5,) * len(sentences)))
        quotes += [
            Quote(hit, span, 0.2 if quotes or place else 0.9, signals[place], sentences[place])
            for place, span in enumerate(hit.passage.sentences)
        ]
    relevant, rest = quotes[:1], quotes[1:]
    found = find_disagreements(standalone, relevant, ANALYZER, rest)
    return [[value.value for value in one.values] for one in found]


def test_another_figure_told_right_after_the_answer_is_shown_beside_it() -> None:
    assert shown(SHIP, [MORE, LESS]) == [["more than 5,700 lb", "5,200 lb"]]


def test_so_is_one_set_against_the_answers_figure_in_another_article() -> None:
    same = "A destroyer holds more than 5,700 lb of rare earths, Dawn wrote."
    assert shown(SHIP, [MORE], [same, LESS]) == [["more than 5,700 lb", "5,200 lb"]]


def test_accounts_that_one_sentence_sets_against_each_other_are_shown() -> None:
    both = "The rare earths in a destroyer lie at 4,100 lb or more than 5,700 lb, depending on the source."
    assert shown(SHIP, [MORE], [both]) == [["more than 5,700 lb", "4,100 lb"]]


@pytest.mark.parametrize(
    "after",
    [
        "A destroyer of 5,200 lb also circulates.",  # nobody says that it is another figure of the same
        "A lower figure of 5,200 lb for a destroyer of Japan also circulates.",
        "Buyers in Europe, by contrast, put a destroyer at 5,200 lb.",
        "A lower figure of 5,200 lb for a destroyer in 2019 also circulates.",
        "A lower figure of 5,200 lb for a destroyer is of different years.",
        "A lower figure of $5,200 for a destroyer also circulates.",
        "A lower figure of more than 5,700 lb for a destroyer also circulates.",
    ],
)
def test_what_is_of_another_thing_contradicts_nobody(after: str) -> None:
    assert shown(SHIP, [MORE, after]) == []


def test_a_contrast_to_another_figure_than_the_answers_is_none_to_the_answer() -> None:
    assert shown(SHIP, [MORE], ["A submarine holds 10,000 lb of rare earths.", LESS]) == []


def test_a_contrast_that_measures_something_else_brings_only_its_own_figures() -> None:
    mining = "Of the reserves under a destroyer 300 lb are private."
    assert shown(SHIP, [MORE], [mining, "Most reports give a destroyer 5,200 lb to more than 5,700 lb."]) == []


def test_a_day_is_shown_with_the_word_that_makes_it_a_bound() -> None:
    question = "By which year does Serra reach 6,500 tonnes?"
    reached = "Serra expects to reach 6,500 tonnes by 2027."
    earlier = "A Dawn item has an earlier date for the same volume and expects 6,500 tonnes of Serra in 2026."
    assert shown(question, [reached, earlier]) == [["by 2027", "2026"]]


def test_of_two_days_beside_a_contrast_nobody_knows_which_is_meant() -> None:
    question = "By which year does Serra reach 6,500 tonnes?"
    reached = "Serra opened in 2019 and expects to reach 6,500 tonnes by 2027."
    earlier = "A Dawn item has an earlier date for the same volume and expects 6,500 tonnes of Serra in 2026."
    assert shown(question, ["Serra expects to reach 6,500 tonnes by 2027."], [reached, earlier]) == []


def test_words_are_set_against_the_sentence_before_where_it_is_asked_whether() -> None:
    before = "Squire reads the ban on 46 firms as limited to government buyers."
    after = "Some reports describe the ban on 46 firms more broadly, for private buyers too."
    words = [before.rstrip("."), after.rstrip(".")]
    between = "The ban came in June."
    assert shown("Does the ban on 46 firms hold for private buyers?", [before, between, after]) == []
    assert shown("Does the ban on 46 firms hold for private buyers?", [before, after]) == [words]
    assert shown("Who reads the ban on 46 firms as one for private buyers?", [before, after]) == []


def test_both_accounts_of_one_sentence_are_shown_where_it_says_that_they_differ() -> None:
    told = "Sources disagree on the first magnets: Caixin named Germany, but one source named only Japan."
    words = [["Caixin named Germany", "one source named only Japan"]]
    assert shown("Did the first magnets reach anyone?", [told]) == words
    assert shown("Who got the first magnets?", [told]) == []


def test_a_part_of_what_is_asked_about_leads_to_no_contrast() -> None:
    assert shown(SHIP, [MORE.replace("the rare earths", "the private rare earths"), LESS]) == []


def test_what_stands_beside_a_contrast_does_not_make_it_one_on_the_same() -> None:
    beside = "A destroyer of Japan holds more than 5,700 lb of rare earths."
    assert shown(SHIP, [MORE], [beside, "A lower figure of 5,200 lb for a destroyer of Japan also circulates."]) == []


def test_that_sums_differ_is_no_dispute_on_whether_something_was_signed() -> None:
    question = "Did China and Japan sign a pact on magnets?"
    before, other = (
        "China and Japan signed a pact on magnets.",
        "Other reports say that China and Japan signed no pact.",
    )
    assert shown(question, [before, other]) != []
    assert shown(question, [before, f"{other[:-1]} of different sums."]) == []
