from __future__ import annotations

import pytest
from disputes import shown

from assistant.answer.attribution import claimed

WASTE = "Will black mass count as hazardous waste in Germany from 2026 or not?"
IS_WASTE = "Black mass is to be classed as hazardous waste in Germany from 2026, Reuters reported on 3 December 2025."
LIGHT = "Is terbium a light or a heavy rare earth?"
HEAVY_PAGE = "Tremond counts rare earths up to samarium as light and those from terbium on as heavy."
UP = "Did the value of magnets from China go up or down in June 2025?"
FELL = "The value of magnets from China fell by 47% in June 2025, Mint reported."
ROSE = "The value of magnets from China rose to 170 million yuan in June 2025, Dawn reported."
DISAGREE = "The two reports of July 2025 disagree on the value of magnets from China in June 2025."


def test_a_report_of_the_reverse_is_shown_beside_what_it_reverses() -> None:
    other = (
        "A copy in Dawn reports the reverse, namely that black mass stops being hazardous waste in Germany from 2026."
    )
    assert shown(WASTE, IS_WASTE, other) == [
        [
            "Black mass is to be classed as hazardous waste in Germany from 2026",
            "black mass stops being hazardous waste in Germany from 2026",
        ]
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Black mass stops being hazardous waste in Germany from 2026.",  # nobody says that accounts differ
        "Dawn reports the reverse, namely that black mass stops being hazardous waste in Japan from 2026.",
        "Dawn reports the reverse, namely that black mass stops being hazardous waste in Germany from 2026 by 2030-05.",
        "Dawn reports the reverse for steel in Germany from 2026.",
        "Dawn says the opposite and corrected it: black mass stops being hazardous waste in Germany from 2026.",
        "Dawn reports the reverse in Germany from 2026, namely that batteries are sold.",
        "On the opposite side of the road black mass is stored in Germany as hazardous waste from 2026.",
    ],
)
def test_what_only_looks_like_the_reverse_is_no_dispute(other: str) -> None:
    told = IS_WASTE if "2030" not in other else IS_WASTE.replace("2026,", "2026 by 2029-05,")
    assert shown(WASTE, told, other) == []


def test_a_thing_taken_for_another_is_in_dispute() -> None:
    question = "Is the 35,000 yuan a tonne for magnets a price or a levy?"
    told = "The rebels fixed a price of 35,000 yuan a tonne for magnets and take a tax of 20%."
    other = "Another page treats the 35,000 yuan a tonne for magnets as the tax and not as a price."
    assert shown(question, told, other) == [[told.rstrip("."), other.rstrip(".")]]


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        (
            "Are the export controls of China a ban?",
            "The export controls of China do not ban any exports, the ministry stressed.",
            "The export controls of China are a restriction and not a ban, MOFCOM said.",
        ),
        (
            "Can China export dysprosium?",
            "China can export dysprosium under a licence.",
            "China can export dysprosium as a metal and not as a magnet.",
        ),
    ],
)
def test_what_is_one_thing_and_not_another_contradicts_nobody(question: str, told: str, other: str) -> None:
    assert shown(question, told, other) == []


def test_one_source_contradicts_itself_only_where_another_of_its_pages_does() -> None:
    question = "Is the 35,000 yuan a tonne for magnets a price or a levy?"
    told = {"text": "The rebels fixed a price of 35,000 yuan a tonne for magnets.", "origin": "Dawn"}
    other = "{} treats the 35,000 yuan a tonne for magnets as the tax and not as a price."
    who = ("Another page", "A rewritten copy", "The rebel army")
    page, copy, army = ({"text": other.format(one), "origin": "Dawn"} for one in who)
    assert [len(shown(question, told, one)) for one in (page, copy, army)] == [1, 1, 0]


def test_of_two_things_each_is_shown_where_a_sentence_takes_the_other_instead() -> None:
    other = "A split shown by AoMen files terbium as a light rare earth instead."
    assert shown(LIGHT, HEAVY_PAGE, other) == [[other.rstrip("."), HEAVY_PAGE.rstrip(".")]]


@pytest.mark.parametrize(
    "other",
    [
        "A split shown by AoMen files terbium as a light rare earth.",
        "A split shown by AoMen files dysprosium as a light rare earth instead.",
        "A split shown by AoMen files terbium as a heavy rare earth instead.",
    ],
)
def test_without_a_word_of_it_or_of_another_thing_there_is_no_dispute(other: str) -> None:
    assert shown(LIGHT, "Tremond counts terbium as a heavy rare earth.", other) == []


def test_directions_conflict_where_reports_are_said_to_disagree() -> None:
    assert shown(UP, FELL, ROSE, DISAGREE) == [
        [
            "The value of magnets from China fell by 47% in June 2025",
            "The value of magnets from China rose to 170 million yuan in June 2025",
        ]
    ]


@pytest.mark.parametrize(
    "told",
    [
        (FELL, ROSE),
        (FELL, ROSE.replace("June", "May"), DISAGREE),
        (FELL, ROSE.replace("value", "tonnage"), DISAGREE),
        (FELL, ROSE.replace("Dawn", "Mint"), DISAGREE),
        (FELL, ROSE.replace("from China", "from China to Japan"), DISAGREE),
        (FELL, FELL.replace("Mint", "Dawn"), DISAGREE),
        (FELL, ROSE.replace("rose", "was revised and rose"), DISAGREE),
        (FELL, ROSE, "The two reports of July 2025 disagree on the quota of dysprosium."),
    ],
)
def test_directions_of_other_things_and_updates_are_no_dispute(told: tuple[str, ...]) -> None:
    assert shown(UP, *told) == []


def test_a_question_that_asks_for_neither_finds_no_dispute_in_words() -> None:
    assert shown("Why did the value of magnets from China fall in June 2025?", FELL, ROSE, DISAGREE) == []


@pytest.mark.parametrize(
    ("sentence", "stretch"),
    [
        ("WION, with Reuters and Bloomberg, reported on 18 July 2025 that exports rose.", "exports rose"),
        ("A copy, dated 3 May 2025, reports the reverse, namely that it is so.", "it is so"),
        ("The rebels fixed a price, in the version that Mint printed.", "The rebels fixed a price"),
        ("China makes 90% of magnets, Reuters reported on 3 May 2025.", "China makes 90% of magnets"),
        ("It is so.", "It is so"),
    ],
)
def test_what_is_claimed_stands_without_who_reported_it(sentence: str, stretch: str) -> None:
    assert claimed(sentence) == stretch
    assert stretch in sentence


def test_a_long_claim_ends_at_a_clause_or_a_word() -> None:
    assert claimed("The first clause is here, the second goes on for long.", 40) == "The first clause is here"
    assert claimed("One clause that goes on for longer than it may.", 20) == "One clause that"


def test_where_accounts_differ_on_whether_one_that_affirms_stands_beside_one_that_denies() -> None:
    question = "Did China call the June 2026 measures retaliation?"
    differ = "Accounts of June 2026 differ on whether China called the measures retaliation."
    yes = "China called the June 2026 measures retaliation for US steps, Reuters wrote."
    no = "China did not call the June 2026 measures retaliation, according to Dawn."
    assert len(shown(question, yes, no, differ)[0]) == 2
    assert shown(question, yes, no) == []


def test_a_thing_taken_for_another_is_in_dispute_whatever_is_asked_when_both_tell_it_in_like_words() -> None:
    question = "What do the 35,000 yuan a tonne for magnets stand for?"
    other = "Another page treats the 35,000 yuan a tonne for magnets as the tax and not as a price."
    told = "The rebels fixed a price of 35,000 yuan a tonne for magnets."
    assert len(shown(question, told, other)[0]) == 2
    assert shown(question, "A tonne of magnets for drones stands in a depot that soldiers guard.", other) == []


def test_like_words_are_asked_of_both_where_nobody_asks_whether() -> None:
    question = "What do the 35,000 yuan a tonne for magnets stand for?"
    other = "Another page treats the 35,000 yuan a tonne for magnets as the tax and not as a price."
    beside = (
        "A stand at the fair sold magnets for 35,000 yuan a tonne to buyers of drones, pumps, boots, radios, lamps, "
        "engines, toys, speakers and furniture, whose makers had come by night train from nine provinces."
    )
    assert shown(question, beside, other) == []


def test_headlines_that_are_therefore_at_odds_with_an_account_are_shown_beside_it() -> None:
    told = "The ban on magnets in Myanmar is not new, Reuters reported."
    other = "Headlines that call the ban on magnets in Myanmar new are therefore at odds with it, Dawn wrote."
    assert len(shown("Is the ban on magnets in Myanmar new?", told, other)[0]) == 2


def test_a_denial_is_shown_beside_what_is_denied() -> None:
    so, denied = (
        "Dysprosium for Japan was under an embargo",
        "Officials denied that any embargo on dysprosium for Japan was on",
    )
    question = "Was there an embargo on dysprosium for Japan?"
    assert shown(question, f"{so}.", f"{denied}.") == [[so, denied]]
    assert shown(question, f"{denied}.") == []
    assert shown(question, f"{so}.", f"{denied.replace('Japan', 'Germany')}.") == []
    assert shown(question, f"{so}.", f"{denied} in 2019.".replace("was on", "began in 2021")) == [
        [so, f"{denied} in 2019".replace("was on", "began in 2021")]
    ]
    assert shown("Who put an embargo on dysprosium for Japan?", f"{so}.", f"{denied}.") == []


def test_two_alternatives_may_be_told_as_ones() -> None:
    other = "A split shown by AoMen files terbium as a light rare earth instead."
    assert shown("Is terbium a light one or a heavy one?", HEAVY_PAGE, other) == [
        [other.rstrip("."), HEAVY_PAGE.rstrip(".")]
    ]


def test_the_reverse_of_something_else_is_no_dispute_on_whether_it_is_so() -> None:
    title = "Black mass to count as hazardous waste in Germany"
    pits = "waste pits on the coast of Germany were shut, filled and planted in 2026"
    other = f"Dawn reports the reverse, namely that {pits}."
    told = ({"text": text, "title": title} for text in (IS_WASTE, other))
    assert shown(WASTE, *told) == []


def test_sentences_that_share_only_names_with_the_question_are_in_no_dispute() -> None:
    told = "Batteries are to be sold in Germany from 2026, Reuters reported on 3 December 2025."
    other = "Dawn reports the reverse, namely that batteries stop being sold in Germany from 2026."
    titled = ({"text": text, "title": "Hazardous waste and black mass"} for text in (told, other))
    assert shown("Will black mass in Germany be hazardous waste?", *titled) == []
