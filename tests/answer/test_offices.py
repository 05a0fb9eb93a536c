from __future__ import annotations

import pytest

from assistant.answer.offices import asks_for_holder, office_held, tells_of_holder


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who is the head of Lynas?", True),
        ("Who's the current CEO of MP Materials?", True),
        ("who heads Serra Verde", True),
        ("Who leads the market in rare earth magnets?", False),
        ("Who is the US president meeting in Busan?", False),
        ("Who runs Neo Performance Materials?", True),
        ("Who owns Iluka?", True),
        ("Who is Japan's economy minister?", True),
        ("Who signed the framework?", False),
        ("Which minister signed the framework?", False),
        ("What did the head of Lynas say?", False),
    ],
)
def test_a_question_for_the_holder_of_an_office(question: str, asks: bool) -> None:
    assert asks_for_holder(question) == asks


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("Who runs it?", "Ford's chief executive Jim Farley spoke of a stop.", True),
        ("Who owns it?", "The venture is owned by Maaden.", True),
        ("Who runs it?", "The venture is owned by Maaden.", False),
        ("Who owns it?", "USA Rare Earth has agreed to take over Serra Verde.", True),
        ("Who runs it?", "Lynas dates its statement to 27 August 2025.", False),
        ("Who runs it?", "Jim Litinsky runs the company.", True),
        ("Who runs it?", "The price floor runs for ten years.", False),
        ("Who runs it?", "The stake is compared with the holdings of the MP Materials chief executive.", False),
        ("Who runs it?", "Jim Litinsky, the chief executive, owns shares.", True),
        ("Who runs it?", "The council is chaired by Ann Smith.", True),
        ("Who runs it?", "The Alliance opened with 26 investments of leading firms.", False),
    ],
)
def test_a_sentence_that_tells_who_holds_what_is_asked_about(question: str, sentence: str, tells: bool) -> None:
    assert tells_of_holder(question, sentence) == tells


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who is the EU trade commissioner?", "EU trade commissioner"),
        ("Who's the current CEO of Lynas?", "CEO"),
        ("Who was then head of the agency?", "then head"),
        ("Who owns Lynas?", ""),
        ("Who is the US president meeting in Busan?", ""),
        ("Which commissioner went to Beijing?", ""),
    ],
)
def test_the_office_asked_about_is_told_in_the_words_of_the_question(question: str, office: str) -> None:
    assert office_held(question) == office
