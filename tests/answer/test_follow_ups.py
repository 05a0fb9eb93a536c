"""Each rule of ``assistant.answer.follow_up`` by questions that need it, and by some that it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer.rewrite import Turn, standalone
from assistant.terms import TermAnalyzer, load_names

ANALYZER = TermAnalyzer(load_names(Path(__file__).parents[2] / "corpus" / "aliases.yaml"))


def understood(asked: str, *earlier: str, said: tuple[str, ...] = ()) -> str:
    """``asked`` in full after the questions ``earlier``, the last of which was answered with ``said``."""
    turns: list[Turn] = []
    for question in earlier:
        last = question == earlier[-1]
        turns.append(Turn(question, standalone(question, turns, ANALYZER).text, said if last else ()))
    return standalone(asked, turns, ANALYZER).text


MAY = "How many tonnes of magnets did China export in May 2025?"


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (MAY, "And a month earlier?", "How many tonnes of magnets did China export in April 2025?"),
        (MAY, "and the month after?", "How many tonnes of magnets did China export in June 2025?"),
        (MAY, "And a year before?", "How many tonnes of magnets did China export in May 2024?"),
        (MAY, "And in the following month?", "How many tonnes of magnets did China export in June 2025?"),
        (MAY, "two months later?", "How many tonnes of magnets did China export in July 2025?"),
        (
            MAY,
            "And eight months later?",
            "Eight months later: how many tonnes of magnets did China export in May 2025?",
        ),
        (MAY, "And before that?", "How many tonnes of magnets did China export before May 2025?"),
        (MAY, "and since then?", "How many tonnes of magnets did China export since May 2025?"),
        (MAY, "How many went to Japan that month?", "How many went to Japan in May 2025?"),
        (MAY, "And in the same month of 2024?", "How many tonnes of magnets did China export in May 2024?"),
        (MAY, "And by the end of the year?", "How many tonnes of magnets did China export by the end of 2025?"),
        (
            "How many tonnes of oxides did Lynas make in December 2025?",
            "And a month later?",
            "How many tonnes of oxides did Lynas make in January 2026?",
        ),
        (
            "How many tonnes did Lynas make in the first half of 2025?",
            "And a year earlier?",
            "How many tonnes did Lynas make in the first half of 2024?",
        ),
        ("What was agreed at the Busan summit?", "And before that?", "What was agreed before the Busan summit?"),
        (
            "Which tariff did Washington levy before the Geneva truce?",
            "And afterwards?",
            "Which tariff did Washington levy after the Geneva truce?",
        ),
        (
            "How many tonnes did Lynas make in 2024?",
            "And a month later?",
            "A month later: how many tonnes did Lynas make in 2024?",
        ),
        (
            "How did exports change between April 2025 and June 2025?",
            "And a month later?",
            "A month later: how did exports change between April 2025 and June 2025?",
        ),
        ("Who mines yttrium?", "And before that?", "Before that: who mines yttrium?"),
    ],
)
def test_a_relative_time_is_told_from_the_only_date_before(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "What did Neo invest in its plant in Estonia?",
            "What about the one in Thailand?",
            "What did Neo invest in its plant in Thailand?",
        ),
        ("Who runs the refinery in Malaysia?", "And the one in Louisiana?", "Who runs the refinery in Louisiana?"),
        (
            "When was the US-Japan framework signed?",
            "And the Malaysian one?",
            "When was the US-Malaysian framework signed?",
        ),
    ],
)
def test_another_one_takes_the_place_of_the_first(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


def test_what_is_new_about_another_one_is_the_thing_itself() -> None:
    old = "What did Neo invest in its magnet plant in Estonia?"
    told = standalone("What about the one in Thailand?", (Turn(old, old),), ANALYZER)
    assert told.focus == "the magnet plant in Thailand"


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "Since when did Nissan stop making the Leaf?",
            "And Honda, until when?",
            "Until when did Honda stop making?",
        ),
        ("Why did Ford halt its Explorer line?", "And Nissan?", "Why did Nissan halt its line?"),
        ("When did Trump meet Xi?", "And Biden?", "When did Trump meet Biden?"),
        ("Did Lynas open the Kalgoorlie plant?", "And Iluka, when?", "When did Iluka open the plant?"),
    ],
)
def test_another_maker_did_not_make_the_first_ones_things(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        ("Who signed the G7 action plan in June 2025?", "where?", "Where was the G7 action plan signed in June 2025?"),
        ("Who signed the G7 action plan in June 2025?", "when?", "When was the G7 action plan signed?"),
        ("Who took over the mines in Kachin?", "why?", "Why: who took over the mines in Kachin?"),
        ("Who captured the mines near Chipwi?", "How?", "How were the mines near Chipwi captured?"),
        ("Who called the plan a racket?", "when?", "When: who called the plan a racket?"),
        ("Who leads the alliance?", "Since when?", "Since when: who leads the alliance?"),
        ("Why did Japan protest?", "how come?", "Why did Japan protest?"),
    ],
)
def test_who_did_it_asked_another_way_is_said_in_the_passive(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "What share of the world's gallium does China refine?",
            "Who buys it?",
            "Who buys the world's gallium?",
        ),
        (
            "What share of the world's gallium does China refine?",
            "Did it rise?",
            "Did the share of the world's gallium that China refines rise?",
        ),
        ("What did the talks of June 2025 achieve?", "Was it enough?", "Were the talks of June 2025 enough?"),
        (
            "How many tonnes of magnets did China export in March 2026?",
            "How does that compare with January?",
            "How do the magnets that China exported in March 2026 compare with January 2026?",
        ),
        (
            "How much will EXIM lend Tanbreez?",
            "Is it more than before?",
            "On Tanbreez: is it more than before?",
        ),
    ],
)
def test_a_pronoun_stands_for_what_can_be_spoken_of_so(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    ("earlier", "asked", "full"),
    [
        (
            ("Who runs the Aramco refinery?", "how many tonnes of ore go into it?"),
            "when was it announced?",
            "When was the Aramco refinery announced?",
        ),
        (("Is gadolinium made outside China?", "who makes it?"), "Is it dear?", "Is gadolinium dear?"),
        (
            ("Which mine did Iluka buy?", "what did they pay?"),
            "when is it due?",
            "When is the mine that Iluka bought due?",
        ),
    ],
)
def test_a_pronoun_keeps_what_it_stood_for(earlier: tuple[str, ...], asked: str, full: str) -> None:
    assert understood(asked, *earlier) == full


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "Is the chip rule suspended now?",
            "When does the suspension end?",
            "When does the suspension of the chip rule end?",
        ),
        ("Does the Thai law ban ore exports?", "When does it take effect?", "When does the Thai law take effect?"),
        ("What did Lutnick say about the October rules?", "And Greer?", "What did Greer say about the October rules?"),
        ("What did Lutnick announce?", "When was that?", "When: what did Lutnick announce?"),
        ("How much did Japan buy?", "And Vietnam, in tonnes?", "In tonnes: how much did Vietnam buy?"),
        ("How much steel is in a frigate?", "And in a tank?", "How much steel is in a tank?"),
        ("How much steel is in a frigate?", "And a tank?", "How much steel is in a tank?"),
        ("Does a buyer need a licence?", "And a carrier?", "A carrier: does a buyer need a licence?"),
        (
            "How many tonnes of alloys did Japan export in 2024?",
            "How much of that to Italy?",
            "How many tonnes of the alloys that Japan exported in 2024 went to Italy?",
        ),
        ("What does Proclamation 11001 say?", "who must act?", "On Proclamation 11001: who must act?"),
        ("Did China export terbium to India?", "What did it cost?", "What did terbium cost?"),
        (
            "What is the term in the Noveon contract?",
            "And in the Vulcan letter of intent?",
            "What is the term in the Vulcan letter of intent?",
        ),
        (
            "Who sells magnets in the Noveon shop?",
            "And in dollar terms?",
            "In dollar terms: who sells magnets in the Noveon shop?",
        ),
        ("Who did Beijing list in June 2026?", "why?", "Why did Beijing list anyone in June 2026?"),
        ("Did China list Subaru?", "what reason did they give?", "Why did China list Subaru?"),
        ("Did China list Subaru?", "On what grounds?", "Why did China list Subaru?"),
        (
            "Why did China ban dual-use exports to the Japanese military?",
            "And when was that announced?",
            "Did China ban dual-use exports to the Japanese military: when was that announced?",
        ),
        ("Did China list Subaru?", "And what was the reason for that?", "Why did China list Subaru?"),
        ("Did China list Subaru?", "how did they justify it", "Why did China list Subaru?"),
        (
            "Did Lynas sign anything with JARE in Japan?",
            "What is the lowest price there?",
            "Did Lynas sign anything with JARE in Japan: what is the lowest price there?",
        ),
        ("Did JARE build a plant in Japan?", "What is the lowest price there?", "What is the lowest price in Japan?"),
        (
            "How many tonnes did China export in October 2025?",
            "How much is that up on the month before?",
            "How much are the tonnes that China exported in October 2025 up on September 2025?",
        ),
    ],
)
def test_a_short_question_goes_on_from_the_old_one(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


def test_licences_are_valid_and_their_holders_are_somewhere() -> None:
    old, said = "Who holds the new licences?", ("JL Mag and Innuovo hold the new licences.",)
    assert understood("How long are they valid?", old, said=said) == "How long are the new licences valid?"
    assert understood("Where are they based?", old, said=said) == "Where are JL Mag and Innuovo based?"


def test_another_teller_takes_the_place_of_the_first() -> None:
    old = "How large was the fall in May 2025 according to Reuters?"
    assert understood("And according to the WSJ?", old) == "How large was the fall in May 2025 according to the WSJ?"
    assert understood("According to Argus?", "What does terbium cost?") == "What does terbium cost according to Argus?"


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "How large is the EXIM loan for Tanbreez?",
            "what's the deadline?",
            "On EXIM and Tanbreez: what is the deadline?",
        ),
        ("How large is the EXIM loan for Tanbreez?", "What is the affiliates rule?", "What is the affiliates rule?"),
        ("How large is the EXIM loan for Tanbreez?", "What's a rare earth?", "What's a rare earth?"),
    ],
)
def test_a_noun_that_belongs_to_something_leans_on_what_was_named(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    "asked",
    [
        "New question: who are the largest miners?",
        "ok, another topic - who are the largest miners?",
        "Something else: is it legal?",
        "Which tariff did Trump threaten in August 2025?",
        "What did Ford's chief executive say of magnets?",
        "How long is a general licence valid?",
    ],
)
def test_a_new_topic_drags_no_old_one_along(asked: str) -> None:
    assert understood(asked, MAY) == asked


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "Is a destroyer built with samarium?",
            "And a fighter jet?",
            "A fighter jet: is a destroyer built with samarium?",
        ),
        ("How long does a review take?", "And an appeal?", "An appeal: how long does a review take?"),
        ("Is a licence required for samarium?", "And a permit?", "A permit: is a licence required for samarium?"),
        ("Is a licence mandatory for samarium?", "And a permit?", "A permit: is a licence mandatory for samarium?"),
        ("How far can a destroyer sail?", "And a frigate?", "A frigate: how far can a destroyer sail?"),
        (
            "How much samarium does a destroyer need?",
            "And a year ago?",
            "A year ago: how much samarium does a destroyer need?",
        ),
        ("Which exporters need a licence?", "And a month ago?", "A month ago: which exporters need a licence?"),
        ("How much steel is in a fighter jet?", "And a tank?", "How much steel is in a tank?"),
    ],
)
def test_another_thing_takes_no_verb_away_and_a_time_is_no_thing(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


@pytest.mark.parametrize(
    ("old", "asked", "told"),
    [
        ("Which licences did MOFCOM issue in December 2025?", "Will they expire in January?", "January 2026"),
        ("What did China suspend in November 2025?", "Is it in force until March?", "March 2026"),
        ("What did China suspend in November 2025?", "Is it in force till March?", "March 2026"),
        ("Which rules took effect in November 2025?", "Will they be lifted by February?", "February 2026"),
        ("Which rules took effect in November 2025?", "Will they be lifted by December?", "December 2025"),
        ("Which rules took effect in November 2025?", "Were they announced in October?", "October 2025"),
        ("How many magnets did China export in December 2025?", "Did they fall from January?", "January 2025"),
        ("What did China suspend in 2025?", "Is it in force until March?", "March 2025"),
    ],
)
def test_a_month_ahead_of_the_old_date_is_of_the_year_after(old: str, asked: str, told: str) -> None:
    assert understood(asked, old).endswith(f"{told}?")


@pytest.mark.parametrize(
    ("old", "asked", "full"),
    [
        (
            "Does China control yttrium?",
            "Does that apply to Japan?",
            "Does China control yttrium: does that apply to Japan?",
        ),
        (
            "Does China control yttrium?",
            "What does that mean for chip makers?",
            "Does China control yttrium: what does that mean for chip makers?",
        ),
        (
            "Does China control yttrium exports?",
            "Does that include scandium?",
            "Does China control yttrium exports: does that include scandium?",
        ),
        ("Does the Thai law ban ore exports?", "Does it apply to Japan?", "Does the Thai law apply to Japan?"),
    ],
)
def test_that_stands_for_all_that_a_yes_no_question_asked(old: str, asked: str, full: str) -> None:
    assert understood(asked, old) == full


def test_another_one_takes_no_place_of_what_is_led_otherwise() -> None:
    old = "Which mine supplies Lynas?"
    assert understood("And the one in Texas?", old) == "The one in Texas: which mine supplies Lynas?"


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        ("How many after that?", f"{MAY[:-1]}: how many after May 2025?"),
        ("What has changed since then?", f"{MAY[:-1]}: what has changed since May 2025?"),
        ("What did Ford's chief executive say before that?", "What did Ford's chief executive say before May 2025?"),
    ],
)
def test_a_time_told_leaves_the_topic_to_a_question_that_has_none(asked: str, full: str) -> None:
    assert understood(asked, MAY) == full


QUOTAS = ("Did China publish its rare earth quotas for 2025?", "How did magnet exports do in May 2025?")


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        ("back to the quotas: who got them?", "Who got the rare earth quotas of China?"),
        ("OK, going back to quotas, who got them?", "Who got the rare earth quotas of China?"),
        ("Let's return to the magnets - and in June?", "How did magnet exports do in June 2025?"),
        ("Back to the quotas: is a licence needed?", "On the rare earth quotas of China: is a licence needed?"),
        ("Back to the quotas: when was Order 785 signed?", "On quotas: when was Order 785 signed?"),
        # No earlier question has a word of it.
        ("Back to antimony: is a licence needed?", "Back to antimony: is a licence needed?"),
    ],
)
def test_a_return_goes_on_from_the_earlier_question(asked: str, full: str) -> None:
    assert understood(asked, *QUOTAS) == full


APPLY = "How does one apply for a Chinese dual-use licence?"


def test_nobody_in_particular_is_nothing_to_go_on_with() -> None:
    assert understood("What does it cost?", APPLY) == "What does a Chinese dual-use licence cost?"


def test_another_it_goes_on_with_the_subject_set_before_the_last_question() -> None:
    asked = understood("What does it cost?", APPLY, "How long does it take?")
    assert asked == "What does a Chinese dual-use licence cost?"


def test_of_two_earlier_questions_on_a_subject_the_last_is_gone_back_to() -> None:
    earlier = ("How many magnets went to Japan in May 2025?", "How many magnets went to India in June 2025?")
    assert understood("back to magnets: and to Vietnam?", *earlier, "Who leads Lynas?") == (
        "How many magnets went to Vietnam in June 2025?"
    )


def test_a_fragment_after_the_reason_goes_on_from_what_was_asked_before_it() -> None:
    assert understood("And in April 2025?", MAY, "What reason did they give?") == MAY.replace("May", "April")


ANNOUNCED = "What did China announce on 9 October 2025?"


def test_what_somebody_announced_is_spoken_of_as_measures() -> None:
    assert understood("Was it suspended?", ANNOUNCED) == (
        "Were the measures that China announced on 9 October 2025 suspended?"
    )
    assert understood("Was it suspended?", "What did China buy in May 2025?") == (
        "What did China buy in May 2025: was it suspended?"
    )


@pytest.mark.parametrize(
    ("asked", "earlier", "full"),
    [
        (
            "And what about the April controls?",
            "Is the affiliates rule suspended?",
            "Are the April controls suspended?",
        ),
        ("And the gallium ban?", "When do the October controls end?", "When does the gallium ban end?"),
        ("And the affiliates rule?", "Does the 0.1% rule apply to Japan?", "Does the affiliates rule apply to Japan?"),
        ("Does that also hold for Announcement 18?", "Is Announcement 61 suspended?", "Is Announcement 18 suspended?"),
        (
            "And is it still in force?",
            "What did China's April 2025 announcement control?",
            "Is China's April 2025 announcement still in force today?",
        ),
        ("What about prices?", "How much yttrium does China export to Japan?", "What is the price of yttrium?"),
        ("And the tariffs?", "Who announced the price floor?", "The tariffs: who announced the price floor?"),
    ],
)
def test_a_rule_takes_the_place_of_the_rule_asked_about(asked: str, earlier: str, full: str) -> None:
    assert understood(asked, earlier) == full


def test_one_is_named_after_the_thing_that_was_asked_about() -> None:
    assert understood("Who has got one?", "What is a general licence?") == "Who has got a general licence?"
    assert understood("How long is it valid?", "What is a general licence?", "Who has got one?") == (
        "How long is a general licence valid?"
    )


def test_an_element_takes_the_place_of_the_pair_that_is_priced_together() -> None:
    assert understood("And dysprosium?", "What is the price of NdPr oxide?") == "What is the price of dysprosium?"


def test_a_rule_asked_about_after_something_else_is_a_subject_of_its_own() -> None:
    asked = understood("What about the affiliates rule?", "What did Trump and Xi agree in Beijing?")
    assert asked == "What is the affiliates rule?"


CONTROLS = "When did China first impose export controls on heavy rare earths?"
FLOOR = "What price floor did MP Materials get from the Pentagon?"
SIGNED = "What did the US and Japan sign on critical minerals?"


@pytest.mark.parametrize(
    ("asked", "earlier", "full"),
    [
        ("Why did it do that?", [CONTROLS], "Why did China impose export controls on heavy rare earths?"),
        ("Which elements did it cover?", [CONTROLS], "Which elements did export controls on heavy rare earths cover?"),
        ("When did they do that?", ["Why did China ban exports to Japan?"], "When did China ban exports to Japan?"),
        (
            "Are they still in force?",
            ["Which elements did the export controls cover?"],
            "Are the export controls still in force today?",
        ),
        ("For how long?", [FLOOR], "For how long did MP Materials get a price floor from the Pentagon?"),
        ("Where is the company based?", [FLOOR], "Where is MP Materials based?"),
        (
            "Since when?",
            ["Which companies got a general licence in May 2026?"],
            "Since when did companies get a general licence?",
        ),
        ("Who pays for it?", ["How much money is Project Vault?"], "Who pays for Project Vault?"),
        ("And Australia?", [SIGNED], "What did the US and Australia sign on critical minerals?"),
        (
            "How much is that worth?",
            [SIGNED],
            "How much is the deal that the US and Japan signed on critical minerals worth?",
        ),
        ("What about the rule for military users?", ["What is the 0.1% rule?"], "What is the rule for military users?"),
        (
            "And what happens after that?",
            ["Until when are the October 2025 controls suspended?"],
            "What happens when the October 2025 controls are no longer suspended?",
        ),
        (
            "Are they still in force?",
            ["Which elements did export controls on heavy rare earths cover?"],
            "Are export controls on heavy rare earths still in force today?",
        ),
        (
            "What happens next?",
            ["Until when are the controls still suspended?"],
            "What happens when the controls are no longer suspended?",
        ),
        (
            "Since when?",
            ["What price floor did MP Materials get in July 2025?"],
            "Since when did MP Materials get a price floor?",
        ),
        ("And Australia?", ["What did the US and Japan produce in 2025?"], "What did Australia produce in 2025?"),
        ("And then?", ["Until when is the ban on hold?"], "What happens when the ban is no longer on hold?"),
    ],
)
def test_what_strangers_asked_next_is_understood(asked: str, earlier: list[str], full: str) -> None:
    assert understood(asked, *earlier) == full


def test_what_is_paid_is_paid_by_the_buyer_that_was_named() -> None:
    said = ("USA Rare Earth has agreed to take over the Brazilian producer Serra Verde.",)
    asked = understood("How much are they paying?", "Who is buying Serra Verde?", said=said)
    assert asked == "How much are USA Rare Earth paying for Serra Verde?"


def test_who_was_asked_about_is_not_who_was_asked_for() -> None:
    said = ("Serra Verde goes to Neo Performance for $2 billion.",)
    asked = understood("How much are they paying?", "Who is buying Serra Verde?", said=said)
    assert asked == "How much are Neo Performance paying for Serra Verde?"


@pytest.mark.parametrize("asked", ["And then?", "and so"])
def test_after_a_question_without_an_end_nothing_comes_then(asked: str) -> None:
    assert understood(asked, "Who makes terbium?") == asked
