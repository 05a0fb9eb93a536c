from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import make_citation

from evals.fact_checker import Absent, FactChecker, ordinary_words

QUOTE = (
    "China's commerce ministry (MOFCOM) approved 1,238 tonnes of dysprosium oxide for Japan on 7 November 2025, about "
    "12% more than in the third quarter, under code 1C902 of Announcement No. 18."
)


def absent(sentence: str, quote: str = QUOTE, **citation: str | None) -> list[tuple[str, str]]:
    checker = FactChecker(ordinary_words(["the exports and licences rose; approval"]))
    return [(one.kind, one.text) for one in checker.absent(sentence, [make_citation(1, quote, **citation)])]


@pytest.mark.parametrize(
    "sentence",
    [
        QUOTE,
        "MOFCOM approved 1238 t for Japan on November 7, 2025.",
        "On 7 Nov 2025 China's Ministry of Commerce approved 1,238 metric tons of Dy oxide.",
        "Approval came in November 2025, 12 percent more than in Q3.",
        "Exports to Japanese buyers were approved on 2025-11-07.",
        "Announcement 18 has the code 1C902 [1].",
    ],
)
def test_the_same_facts_in_other_words_are_there(sentence: str) -> None:
    assert absent(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("MOFCOM approved 1,328 tonnes.", "number", "1,328 tonnes"),
        ("MOFCOM approved 1,238 kilograms.", "number", "1,238 kilograms"),
        ("MOFCOM approved 12 tonnes.", "number", "12 tonnes"),
        ("MOFCOM approved 1.2 thousand tonnes.", "number", "1.2 thousand tonnes"),
        ("MOFCOM approved seven deliveries.", "number", "seven"),
        ("MOFCOM approved two dozen deliveries.", "number", "two dozen"),
        ("MOFCOM approved half of it.", "number", "half"),
        ("MOFCOM approved it for the second time.", "number", "second"),
        ("MOFCOM approved $12 of it.", "number", "$12"),
        ("It was approved on 8 November 2025.", "date", "8 November 2025"),
        ("It was approved on 7 November 2024.", "date", "7 November 2024"),
        ("It was approved on 7 october 2025.", "date", "7 october 2025"),
        ("It was approved in 2026.", "date", "2026"),
        ("It was approved in October.", "date", "October"),
        ("It was approved in Q4.", "date", "Q4"),
        ("It was approved on Friday.", "date", "Friday"),
        ("It was approved last month.", "date", "last month"),
        ("MOFCOM approved it for Vietnam.", "name", "Vietnam"),
        ("Lynas approved it.", "name", "Lynas"),
        ("MOFCOM approved terbium oxide.", "name", "terbium"),
        ("Terbium oxide was approved.", "name", "Terbium"),
        ("It has the code 1C903.", "name", "1C903"),
        ("MOFCOM approved it, see www.example.com.", "name", "www.example.com"),
        ("MOFCOM approved it for vietnam.", "name", "vietnam"),
        ("MOFCOM 批准 it.", "name", "批准"),
    ],
)
def test_an_invented_fact_is_found(sentence: str, kind: str, words: str) -> None:
    assert absent(sentence) == [(kind, words)]


def test_a_day_is_not_carried_by_its_month() -> None:
    assert absent("It was approved on 7 November 2025.", "It was approved in November 2025.") == [
        ("date", "7 November 2025")
    ]


def test_a_year_is_carried_over_a_list_of_days() -> None:
    quote = "The rules of 8 April and 9 October 2025 stay, and so do 46 and 50 tonnes."
    assert absent("The rule of 8 April 2025 stays, and so do 46 tonnes.", quote) == []


def test_every_quote_of_a_sentence_counts() -> None:
    cited = [make_citation(1, "Japan got 232 tonnes."), make_citation(2, "India got 418 tonnes.")]
    assert FactChecker().absent("Japan got 232 tonnes and India 418 tonnes.", cited) == ()


def test_a_sentence_that_cites_nothing_holds_nothing() -> None:
    assert FactChecker().absent("Japan got it in 2025.", []) == (Absent("date", "2025"), Absent("name", "Japan"))


@pytest.mark.parametrize(
    "sentence",
    [
        "According to Caixin, MOFCOM approved it.",
        "Caixin Global reported on 9 November 2025 that MOFCOM approved it.",
        "On 9 November 2025, Caixin wrote that MOFCOM approved it.",
    ],
)
def test_an_attribution_is_taken_from_the_citation(sentence: str) -> None:
    assert absent(sentence, publisher="Caixin Global (Caixin)", published_on="2025-11-09") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("MOFCOM approved it for Caixin.", [("name", "Caixin")]),
        ("MOFCOM approved it on 9 November 2025.", [("date", "9 November 2025")]),
        ("Caixin reported that MOFCOM approved it on 9 November 2025.", [("date", "9 November 2025")]),
        ("According to Reuters, MOFCOM approved it.", [("name", "Reuters")]),
    ],
)
def test_beside_an_attribution_publisher_and_day_of_publication_carry_nothing(
    sentence: str, found: list[tuple[str, str]]
) -> None:
    assert absent(sentence, publisher="Caixin", published_on="2025-11-09") == found


def test_an_ordinary_word_is_no_name_only_where_it_opens_a_sentence() -> None:
    assert absent("Exports rose. Licences too.") == []
    assert absent("The Exports rose.") == [("name", "Exports")]
    assert absent("Exports Limited rose.") == [("name", "Exports"), ("name", "Limited")]


def test_parts_of_web_addresses_are_no_ordinary_words() -> None:
    assert ordinary_words(["See lynas.com or https://x.example/lynas/news. Prices rose."]) == {"or", "rose"}


WORDS = st.sampled_from(
    "7 61 1,238 30.6% $1.2bn tonnes to and - May 2025 November of the Q3 second half Japan MOFCOM U.S. 1C902.a No. 镓 "
    "lynas.com last month dozen one 90-day".split(" ")
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60))
def test_every_text_holds_its_own_facts(text: str) -> None:
    assert FactChecker().absent(text, [make_citation(1, text)]) == ()
