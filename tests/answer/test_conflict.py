from __future__ import annotations

from dataclasses import fields

import pytest
from disputes import ANALYZER, evidence, found, shown

from assistant.answer.extractive import ExtractiveAnswerer
from assistant.answer.judgement import ByWeights
from assistant.answer.relevance import Signals, Weights
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Findings

ONLY_COVERAGE = Weights(tuple(4.0 * (field.name == "coverage") for field in fields(Signals)), -2.0)
SALES = "How many tonnes of magnets did China export to Germany in July 2025?"
ANNOUNCED = "When was the China framework on minerals signed?"


def test_different_values_for_one_thing_are_all_shown() -> None:
    assert shown(
        SALES,
        "China exported 1,115 tonnes of magnets to Germany in July 2025.",
        "In July 2025 China exported 1,216 tonnes of magnets to Germany.",
    ) == [["1,115 tonnes", "1,216 tonnes"]]


def test_the_best_supported_value_leads_with_a_quote_of_each_article() -> None:
    (one,) = found(
        SALES,
        "China exported 1,115 tonnes of magnets to Germany in July 2025.",
        "In July 2025 China exported 1,216 tonnes of magnets to Germany.",
        "China exported magnets to Germany in July 2025, in all 1,216 tonnes.",
    )
    assert [(value.value, value.independent, len(value.quotes)) for value in one.values] == [
        ("1,216 tonnes", 2, 2), ("1,115 tonnes", 1, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        "China exported 1,114.8 tonnes of magnets to Germany in July 2025.",
        "China exported about 1,120 tonnes of magnets to Germany in July 2025.",
        "China exported 1,115,000 kg of magnets to Germany in July 2025.",
    ],
)
def test_rounding_and_units_are_no_conflict(other: str) -> None:
    assert shown(SALES, "China exported 1,115 tonnes of magnets to Germany in July 2025.", other) == []


@pytest.mark.parametrize(
    "other",
    [
        "China exported 900 tonnes of magnets to Germany in June 2025.",
        "China exported 900 tonnes of magnets to Japan in July 2025.",
        "China exported 900 tonnes of dysprosium magnets to Germany in July 2025.",
        "China exported 900 tonnes of metal to Germany in July 2025.",
        "China exported magnets to Germany in July 2025, 900 tonnes more than before.",
        "China exported 900 tonnes of magnets to Germany in the first half of July 2025.",
        "China exported 900 tonnes of military magnets to Germany in July 2025.",
        "China exported magnets to Germany in July 2025 for $900 million.",
        "The quota of China for July 2025 lets 900 tonnes of magnets be exported to Germany.",
    ],
)
def test_another_thing_or_time_is_no_conflict(other: str) -> None:
    assert shown(SALES, "China exported 1,115 tonnes of magnets to Germany in July 2025.", other) == []


def test_changes_against_different_times_are_no_conflict() -> None:
    question = "What share of magnets did China export in May 2025?"
    told = (
        "China's magnets export in May 2025 was 74% below May 2024.",
        "China's magnets export fell 52.9% in May 2025.",
    )
    assert shown(question, *told) == []


def test_copies_of_one_text_do_not_disagree_with_themselves() -> None:
    both = [
        {"text": f"China exported {tonnes} tonnes of magnets to Germany in July 2025.", "origin": "Reuters"}
        for tonnes in ("1,115", "1,216")
    ]
    assert shown(SALES, *both) == []


def test_two_wordings_that_name_one_agency_are_one_source() -> None:
    assert shown(
        SALES,
        "China exported 1,115 tonnes of magnets to Germany in July 2025, Reuters reported.",
        "China exported 1,216 tonnes of magnets to Germany in July 2025, according to Reuters.",
    ) == []  # fmt: skip


def test_a_sentence_that_sets_accounts_against_each_other_is_enough() -> None:
    (one,) = found(
        SALES,
        "Mint has China exporting 1,115 tonnes of magnets to Germany in July 2025, whereas Dawn gives 1,216 tonnes.",
    )
    assert sorted(value.value for value in one.values) == ["1,115 tonnes", "1,216 tonnes"]
    assert {quote.article.id for value in one.values for quote in value.quotes} == {"a0"}


def test_without_contrast_several_values_in_a_sentence_are_unclear() -> None:
    assert shown(
        SALES,
        "China exported magnets to Germany in July 2025: 1,115 tonnes and 1,216 tonnes.",
        "China exported 900 tonnes of magnets to Germany in July 2025.",
    ) == []  # fmt: skip


def test_more_values_than_sources_ever_give_for_one_thing_are_no_conflict() -> None:
    told = [f"China exported {n}00 tonnes of magnets to Germany in July 2025." for n in range(2, 7)]
    assert shown(SALES, *told) == []
    assert len(shown(SALES, *told[:4])[0]) == 4


def test_dates_of_one_event_conflict() -> None:
    assert shown(
        ANNOUNCED,
        "The China framework on minerals was signed on 27 October 2025.",
        "The China framework on minerals was signed on 28 October 2025.",
    ) == [["27 October 2025", "28 October 2025"]]


def test_days_that_one_sentence_tells_side_by_side_do_not_conflict() -> None:
    first = "The China framework on minerals was signed on 24 February 2026"
    other = "A China framework on minerals was signed on 29 June 2026."
    assert shown(ANNOUNCED, f"{first}.", other) != []
    assert shown(ANNOUNCED, f"{first}, and one more on 29 June 2026.", other) == []


@pytest.mark.parametrize(
    "other",
    [
        "The China framework on minerals was signed in October 2025.",
        "The China framework on minerals was announced on 20 October 2025.",
        "The China framework on minerals, signed, holds until 28 October 2026.",
        "The China framework on minerals was signed, Reuters reported on 28 October 2025.",
        "Under the statement of 4 February 2026 the China framework on minerals was signed.",
    ],
)
def test_another_date_than_that_of_the_event_is_no_conflict(other: str) -> None:
    assert shown(ANNOUNCED, "The China framework on minerals was signed on 27 October 2025.", other) == []


@pytest.mark.parametrize(
    "told",
    [
        "Rebels captured the mines that supply China with magnets of Myanmar in October 2024.",
        "Exports of magnets from Myanmar to China resumed in 2025.",
        "Myanmar had magnets and exports of them to China in 2023.",
    ],
)
def test_a_date_of_another_event_is_no_value(told: str) -> None:
    question = "When did exports of magnets from Myanmar to China stop?"
    assert shown(question, "Exports of magnets from Myanmar to China stopped in May 2026.", told) == []


def test_a_date_told_without_its_verb_is_that_of_the_event_when_the_sentence_says_so() -> None:
    assert shown(
        ANNOUNCED,
        "The China framework on minerals was signed on 27 October 2025.",
        "Mint names a China framework on minerals, with 28 October 2025 as its date.",
    ) == [["27 October 2025", "28 October 2025"]]


def test_a_verb_that_is_an_adjective_dates_nothing() -> None:
    assert shown(
        ANNOUNCED,
        "The China framework on minerals was signed on 27 October 2025.",
        "Mint dates the China framework on processed minerals to 28 October 2025.",
    ) == [["27 October 2025", "28 October 2025"]]


@pytest.mark.parametrize(
    "earlier",
    ["Before the truce China made a share of 90% of magnets.", "China previously made a share of 90% of magnets."],
)
def test_what_was_before_is_no_value(earlier: str) -> None:
    assert (
        shown(
            "What share of magnets does China make under the truce?",
            "Under the truce China makes a share of 60% of magnets.",
            earlier,
        )
        == []
    )


def test_a_question_that_names_no_kind_of_value_shows_only_disputes_that_a_sentence_tells_of() -> None:
    question = "China magnet vault?"
    told = ["China holds $2 billion in the magnet vault.", "China holds $1 billion in the magnet vault."]
    both = "China holds $2 billion in the magnet vault, whereas Dawn gives $1 billion."
    assert (shown(question, *told), len(shown(question, both))) == ([], 1)


def test_another_product_than_the_one_asked_about_is_no_conflict() -> None:
    assert (
        shown(
            "How many tonnes of magnets did China export in August 2025?",
            "China exported 6,146 tonnes of magnets in August 2025.",
            "China exported 5,792 tonnes in August 2025.",
        )
        == []
    )


def test_counts_of_different_things_in_one_sentence_are_no_conflict() -> None:
    question = "How many applications did China receive?"
    assert shown(question, "An earlier count of China has 19 approvals for 141 applications, Mint reported.") == []


# What is cited beside a sentence


@pytest.mark.parametrize(
    "other",
    [
        "China exported about 1,200 tonnes of magnets to Germany in July 2025.",
        "China exported over 1,216 tonnes of magnets to Germany in July 2025.",
        "For Germany in July 2025 the total was 1,216 tonnes of magnets, whereas Dawn gives 1,115 for China.",
    ],
)
def test_a_quote_without_the_exact_value_or_the_whole_matter_is_not_cited_beside_another(other: str) -> None:
    (one,) = found(
        SALES,
        "China exported 1,216 tonnes of magnets to Germany in July 2025.",
        "China exported 900 tonnes of magnets to Germany in July 2025.",
        other,
    )
    first = next(value for value in one.values if "1,216" in value.value)
    assert [quote.article.id for quote in first.quotes] == ["a0"]


def test_a_sentence_of_several_values_is_carried_by_itself_alone() -> None:
    (one,) = found(
        SALES,
        "Mint has China exporting 1,115 tonnes of magnets to Germany in July 2025, whereas Dawn gives 1,216 tonnes.",
        "China exported 1,115 tonnes of magnets to Germany in July 2025, unlike the 1,216 tonnes that Dawn gives.",
    )
    assert [len(value.quotes) for value in one.values] == [1, 1]


def test_a_coarse_date_supports_neither_of_two_days() -> None:
    (one,) = found(
        ANNOUNCED,
        "The China framework on minerals was signed in October 2025.",
        "The China framework on minerals was signed on 27 October 2025.",
        "The China framework on minerals was signed on 28 October 2025.",
    )
    assert [len(value.quotes) for value in one.values] == [1, 1]


def test_a_last_day_is_asked_for_and_a_first_day_is_none() -> None:
    question = "What is the final day of the China pause?"
    told = ("The China pause runs until 9 November 2026.", "The China pause ends on 10 November 2026.",
            "The China pause runs from 10 November 2025.")  # fmt: skip
    assert shown(question, *told) == [["until 9 November 2026", "10 November 2026"]]


def test_a_note_of_ours_counts_for_no_source() -> None:
    note = {"text": "China exported 1,216 tonnes of magnets to Germany in July 2025.", "kind": "note"}
    (one,) = found(SALES, "China exported 1,115 tonnes of magnets to Germany in July 2025.", note)
    assert [(value.value, value.independent) for value in one.values] == [("1,115 tonnes", 1), ("1,216 tonnes", 0)]


def test_a_question_for_no_value_finds_no_conflict() -> None:
    assert shown("Is China exporting magnets?", "China exports 5 tonnes of magnets.", "China exports 9 tonnes.") == []


def test_what_is_in_dispute_is_told_in_words_without_markup() -> None:
    (one,) = found(
        "What is the <b>share</b> of *magnets* from China?", "The share of magnets from China is 90%.",
        "The share of magnets from China is 80%.",
    )  # fmt: skip
    assert one.about == "share of magnets from China"


def test_every_value_stands_among_the_sentences_of_the_draft() -> None:
    told = evidence(
        "China exported 1,115 tonnes of magnets to Germany in July 2025.",
        "In July 2025 China exported 1,216 tonnes of magnets to Germany.",
    )
    answerer = ExtractiveAnswerer(ANALYZER, 0.3, 1, ByWeights(ONLY_COVERAGE))
    rarity = dict.fromkeys(ANALYZER.content_terms(SALES), 1.0)
    draft = answerer.draft(Standalone(SALES, SALES), Findings(tuple(told), rarity, 0))
    assert [quote.article.id for quote in draft.quotes] == ["a0", "a1"]


def test_accounts_set_against_each_other_need_not_repeat_what_they_count() -> None:
    told = "Accounts of the makers that China licensed differ, since Mint counted three makers and Dawn four."
    ((one, other),) = shown("How many makers did China license?", told)
    assert {one, other} == {"three", "four"}


def test_parts_of_a_year_told_in_words_conflict() -> None:
    assert shown(
        "When is the China proposal on magnets due?",
        "The China proposal on magnets is due in early 2026.",
        "The China proposal on magnets is due in the second quarter of 2026.",
    ) == [["second quarter of 2026", "early 2026"]]


def test_a_month_told_beside_its_year_is_not_the_year_that_was_asked_about() -> None:
    question = "How many tonnes of magnets did China export in 2025?"
    whole = "China exported 62,580 tonnes of magnets in 2025."
    assert shown(question, whole, "An earlier high of magnets that China exported in 2025 was 6,146 tonnes.") != []
    assert shown(question, whole, "The high of China's magnets export in 2025 was the 6,146 tonnes of August.") == []


def test_months_are_not_the_year_that_was_asked_about() -> None:
    assert (
        shown(
            "How many tonnes of magnets did China export in 2025?",
            "China exported 5,773 tonnes of magnets in September 2025.",
            "China exported 5,999 tonnes of magnets in September 2025.",
        )
        == []
    )


def test_what_an_amount_changed_from_is_no_value() -> None:
    assert (
        shown(
            SALES,
            "China exported 1,115 tonnes of magnets to Germany in July 2025.",
            "China exported magnets to Germany in July 2025, against 900 tonnes before.",
        )
        == []
    )


# One measure, one time and one scope in other words


def test_words_for_one_measure_are_one_measure() -> None:
    assert shown(
        "How many tonnes of terbium did Germany produce in 2024?",
        "Germany's terbium output in 2024 was 390 tonnes.",
        "Germany's terbium production in 2024 was 300 tonnes.",
    ) == [["390 tonnes", "300 tonnes"]]


@pytest.mark.parametrize(
    "other",
    [
        "Germany's terbium quota in 2024 was 300 tonnes.",
        "Germany's refined terbium output in 2024 was 300 tonnes.",
        "Germany's terbium output in 2023 was 300 tonnes.",
        "Germany's planned terbium output for 2024 was 300 tonnes.",
        "Germany's monthly terbium output in 2024 was 300 tonnes.",
        "Germany's terbium exports in 2024 were 300 tonnes.",
        "Germany's terbium output in 2024 was worth $300 million.",
    ],
)
def test_another_measure_in_like_words_is_no_conflict(other: str) -> None:
    question = "How many tonnes of terbium did Germany produce in 2024?"
    assert shown(question, "Germany's terbium output in 2024 was 390 tonnes.", other) == []


def test_a_country_is_no_rival_of_the_world() -> None:
    question = "How many tonnes of ore did the world mine in 2024?"
    told = "World ore output in 2024 was 390,000 tonnes, whereas Dawn gives 300,000 tonnes for world ore output."
    assert shown(question, told, "China mined 270,000 tonnes of ore in 2024.") == [["390,000 tonnes", "300,000 tonnes"]]


def test_how_it_is_counted_need_not_be_said_where_accounts_are_set_against_each_other() -> None:
    question = "How much terbium is there in a single magnet in Germany?"
    assert shown(
        question,
        "The terbium in one magnet of Germany weighs 11 to 20 kg.",
        "The often quoted 920 lb of terbium in a magnet of Germany is unsupported.",
    ) == [["11 to 20 kg", "920 lb"]]


def test_a_slice_is_a_share() -> None:
    assert shown(
        "What slice of magnets does China make?", "China makes 90% of magnets.", "China makes 80% of magnets."
    ) == [["90%", "80%"]]


def test_a_total_and_its_parts_are_no_conflict() -> None:
    parts = "China paid $7,200 for magnets and $80 for magnets, which is short of what Star gives."
    total = "China paid $7,280 for magnets, whereas Star gives less."
    question = "How much did China pay for magnets?"
    assert (shown(question, parts, total), len(shown(question, parts))) == ([], 1)


@pytest.mark.parametrize(
    ("question", "told", "values"),
    [
        (
            "How many makers in China hold licences?",
            "In China {} makers hold licences.",
            ["two", "three", "five"],
        ),
        ("What share of magnets does China make?", "China makes {} of magnets.", ["30%", "60%", "90%"]),
        (
            "How much did China pay for magnets?",
            "China paid {} for magnets, whereas Dawn gives another sum.",
            ["$7,200", "$80", "$7,280"],
        ),
    ],
)
def test_values_of_which_one_is_the_sum_of_the_others_conflict_where_no_article_gives_the_parts(
    question: str, told: str, values: list[str]
) -> None:
    (found_values,) = shown(question, *(told.format(value) for value in values))
    assert sorted(found_values) == sorted(values)


def test_parts_and_total_conflict_where_a_sentence_says_that_accounts_differ() -> None:
    told = "Accounts of the makers that China licensed differ, since Mint has two makers, Star three and Dawn five."
    assert len(shown("How many makers did China license?", told)) == 1


def test_a_quarrel_of_countries_is_no_dispute_of_accounts() -> None:
    question = "China tariff on magnets?"
    told = "In a dispute with Japan over magnets China set a tariff of 30%, after one of 20%."
    assert shown(question, told) == []


# Times


def test_a_target_year_may_be_told_with_or_without_by() -> None:
    question = "By what year is Germany to make 6,500 tonnes of terbium?"
    by_, in_ = (f"Germany is to make 6,500 tonnes of terbium {when}." for when in ("by 2027", "in 2026"))
    assert shown(question, by_, in_) == [["by 2027", "2026"]]


@pytest.mark.parametrize(
    "other",
    [
        "Germany, before 2026 a buyer, is to make terbium of 6,500 tonnes.",
        "Argus in February 2026 gives another date for the 6,500 tonnes of terbium of Germany.",
        "Argus, carried by Mint in February 2026, reported that Germany is to make 6,500 tonnes of terbium.",
        "Germany is to make 6,500 tonnes of terbium by the end of 2027.",
    ],
)
def test_a_time_that_dates_something_else_is_no_target(other: str) -> None:
    question = "By what year is Germany to make 6,500 tonnes of terbium?"
    assert shown(question, "Germany is to make 6,500 tonnes of terbium by 2027.", other) == []


def test_a_last_day_is_told_by_a_sentence_that_says_accounts_differ() -> None:
    question = "What is the final day of the China pause? Two of our clients have asked."
    told = "The last day of the suspension by China is given differently, as 9 November 2026 or 10 November 2026."
    assert shown(question, told) == [["9 November 2026", "10 November 2026"]]


def test_a_proposal_is_dated_by_its_noun_and_by_its_verb() -> None:
    assert shown(
        "When is Germany going to table its proposal on magnets?",
        "The proposal of Germany on magnets is due in the second quarter of 2026.",
        "Early 2026 is the time of the proposal on magnets of Germany.",
    ) == [["second quarter of 2026", "Early 2026"]]


def test_who_dates_an_announcement_differently_disputes_its_day() -> None:
    assert shown(
        "On which day did China announce its measure on magnets for Japan?",
        "The announcement of China on magnets for Japan, a measure dated 6 January 2026, is short.",
        "Mint dates the Chinese announcement on Japan to 7 January 2026, one day after the date in other sources.",
    ) == [["6 January 2026", "7 January 2026"]]


def test_the_day_of_a_text_is_not_the_day_on_which_somebody_got_another() -> None:
    question = "On what day did Germany get the report on the China proclamation?"
    told = ("Mint dates the China proclamation in the report of Germany to 20 January 2026.",
            "Dawn dates the China proclamation in the report of Germany to 14 January 2026.")  # fmt: skip
    got = "Germany received the report on the China proclamation on {} October 2025."
    assert shown(question, *told) == []
    assert shown(question, got.format(24), got.format(25)) == [["24 October 2025", "25 October 2025"]]


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("one day after the date in other sources", [["6 January 2026", "7 January 2026"]]),
        ("whereas Dawn tells of a visit", []),
    ],
)
def test_a_sentence_may_tell_less_only_where_it_says_openly_that_accounts_differ(
    ending: str, expected: list[list[str]]
) -> None:
    question = "On which day did China announce its new dual-use measure on magnets for Japan?"
    full = "China announced its new dual-use measure on magnets for Japan on 6 January 2026."
    assert (
        shown(question, full, f"Mint dates the Chinese announcement on Japan to 7 January 2026, {ending}.") == expected
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was China's ore quota in 2024 in tonnes?", "China's ore quota in 2024 was 270 tonnes."),
        ("How many tonnes of ore did China mine in 2024?", "China mined 270 tonnes of ore in 2024."),
    ],
)
def test_a_dispute_over_the_world_or_over_another_measure_is_none_over_a_country(question: str, told: str) -> None:
    world = "World ore output in 2024 was 300 tonnes, which does not fit the 390 tonnes of Dawn."
    output = "Chinese ore output in 2024 was 300 tonnes, which does not fit the 390 tonnes of Dawn."
    assert shown(question, told, world) == []
    assert len(shown(question, told, output)) == int("quota" not in question)


def test_who_holds_a_licence_is_counted_where_licences_are_asked_for() -> None:
    told = "Accounts of the licensees in Germany differ, since Mint counted three makers and Dawn named four."
    ((one, other),) = shown("How many makers in Germany hold licences?", told)
    assert {one, other} == {"three", "four"}


@pytest.mark.parametrize(
    "other",
    [
        "The talks of Germany on terbium rest on an act of 1962.",
        "The fact sheet on the talks of Germany on terbium is dated 14 January 2026.",
        "Limits in the talks of Germany on terbium are in COM(2025) 945 of 3 December 2025.",
    ],
)
def test_the_date_of_a_paper_is_no_target(other: str) -> None:
    question = "By which date must the talks of Germany on terbium be over?"
    assert shown(question, "The talks of Germany on terbium may last until 13 July 2026.", other) == []


def test_a_visit_the_other_way_is_told_of_too_little_of_the_question() -> None:
    question = "When had a minister of Germany last visited the Bayan works?"
    here = "No minister of Germany had visited the Bayan works until the visit in May 2026."
    there = {"text": "An envoy named September 2026 for a visit of Xi to Germany.", "title": "The Bayan works"}
    assert shown(question, here, there) == []
    assert len(shown(question, here, here.replace("May", "June"))) == 1


def test_what_one_of_them_holds_is_asked_as_each_of_them_is_told() -> None:
    question = "How much dysprosium is in one fighter?"
    told = "Adamas puts the dysprosium in a fighter at 20 kg."
    other = "Foreign Policy in 2026 repeated a figure for the fighter: 920 lb of dysprosium in each, or about 417 kg."
    assert shown(question, told, other) == [["20 kg", "920 lb of dysprosium in each, or about 417 kg"]]


def test_the_year_of_a_doubt_is_not_the_time_of_the_thing() -> None:
    question = "How much dysprosium is in a fighter?"
    doubted = "In January 2022 the blogger Tim Worstall had disputed that 417 kg of dysprosium are in a fighter."
    assert shown(question, "Adamas puts the dysprosium in a fighter at 20 kg.", doubted) == [["20 kg", "417 kg"]]


def test_countries_are_counted_as_nations() -> None:
    question = "How many countries joined the China framework?"
    joined = "Reuters reported that 54 countries joined the China framework."
    assert shown(question, joined, "Dawn reported that 55 nations joined the China framework.") == [["54", "55"]]


def test_a_lower_figure_that_also_circulates_stands_against_the_one_told() -> None:
    question = "How many kg of dysprosium does a submarine hold?"
    told = "Foreign Policy puts the dysprosium in a submarine at 200 kg."
    assert shown(question, told, "A lower figure of 150 kg of dysprosium for a submarine also circulates.") == [
        ["200 kg", "150 kg"]
    ]


def test_the_private_part_is_in_no_dispute_for_who_asks_for_the_whole() -> None:
    told = (
        "Private money for magnets is $2 billion, Mint says.",
        "Private money for magnets is $3 billion, Dawn says.",
    )
    assert shown("How much private money is there for magnets?", *told) == [["$2 billion", "$3 billion"]]
    assert shown("How much money is there for magnets?", *told) == []


def test_a_rule_of_one_month_is_in_no_dispute_with_that_of_another() -> None:
    question = "Until when were the April controls suspended?"
    told = (
        "The April controls were suspended until 10 November 2026, Mint reported.",
        "The April controls were suspended until 9 November 2026, Dawn reported.",
    )
    assert shown(question, *told) == [["until 10 November 2026", "until 9 November 2026"]]
    assert shown(question, *(one.replace("The April", "The October") for one in told)) == []


def test_what_happened_asks_for_no_value() -> None:
    differ = "Magnets in Germany: Mint gives 5 tonnes of magnets, and Dawn gives 7 tonnes of magnets."
    told = (differ, "Magnets in Germany came to 7 tonnes of magnets, whereas others give 5 tonnes.")
    assert shown("Magnets in Germany?", *told) != []
    assert shown("What happened with magnets in Germany?", *told) == []
