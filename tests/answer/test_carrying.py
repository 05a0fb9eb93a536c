from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest

from assistant.answer.follow_up.carrying import LIKELY, as_read
from assistant.answer.rewrite import Turn, standalone
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names

ANALYZER = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
BEFORE = Turn(
    "Which companies hold a general licence?", "Which companies hold a general licence?", ("JL Mag holds one.",)
)


class Keeping:
    """A carrier that keeps some words."""

    def __init__(self, words: Collection[str], probability: float = LIKELY + 0.1) -> None:
        self.words = words
        self.probability = probability
        self.asked: list[tuple[str, str]] = []

    def carried(self, question: str, said: str) -> Sequence[float]:
        self.asked.append((question, said))
        return [self.probability if word.strip("?.,") in self.words else 0.0 for word in said.split()]


def understood(question: str, carrier: Keeping, *history: Turn) -> str:
    return standalone(question, history or (BEFORE,), ANALYZER, carrier).text


def test_what_no_rule_carries_over_is_set_before_the_question() -> None:
    told = understood("Are there other buyers?", Keeping({"companies", "hold"}))
    assert told == "On companies hold: are there other buyers?"


def test_the_words_of_an_answer_can_be_carried_over() -> None:
    assert understood("When was the firm founded?", Keeping({"JL", "Mag"})) == "On JL Mag: when was the firm founded?"


def test_words_with_little_between_them_stay_together() -> None:
    turn = Turn("", "How did the price of terbium in the Netherlands change?", ("It rose.",))
    told = understood("Are there other buyers?", Keeping({"terbium", "Netherlands"}), turn)
    assert told == "On terbium in the Netherlands: are there other buyers?"


def test_a_word_is_carried_over_once() -> None:
    turns = (BEFORE, Turn("", "How long does a general licence hold?", ("A year.",)))
    told = understood("Are there other buyers?", Keeping({"licence", "year", "companies"}), *turns)
    assert told == "On licence, year and companies: are there other buyers?"


def test_what_is_unlikely_is_left() -> None:
    assert understood("Any exceptions?", Keeping({"licence"}, LIKELY)) == "Any exceptions?"


def test_a_rule_that_carries_over_the_same_words_has_its_way() -> None:
    carrier = Keeping({"general", "licence"})
    asked = understood("How long is it valid?", carrier)
    assert asked == "How long is a general licence valid?" and carrier.asked


def test_a_rule_that_carries_over_other_words_gives_way() -> None:
    assert understood("How long is it valid?", Keeping({"JL", "Mag"})) == "On JL Mag: how long is it valid?"


@pytest.mark.parametrize("asked", ["Until when?", "Since when?", "thanks", "And Japan?"])
def test_where_the_form_tells_all_nothing_is_asked_of_the_carrier(asked: str) -> None:
    carrier = Keeping({"companies"})
    turn = Turn("", "Which licences does India require?", ())
    assert understood(asked, carrier, turn) == standalone(asked, [turn], ANALYZER).text
    assert not carrier.asked


def test_a_question_with_all_it_needs_stays_word_for_word() -> None:
    question = "What is the price of dysprosium in Europe?"
    assert understood(question, Keeping(())) == question


def test_the_newest_is_read_first_and_only_two_answers() -> None:
    assert as_read(["C?", "B?", "A?"], ["c", "", "a"]) == "C? | c | B? | A?"


def test_a_bar_in_what_was_said_parts_nothing() -> None:
    assert as_read(["A | B?"], ["a"]) == "A / B? | a"


def test_a_name_is_carried_over_whole() -> None:
    turn = Turn("", "Who bought Serra Verde?", ("USA Rare Earth did.",))
    assert (
        understood("Are there other buyers?", Keeping({"Rare"}), turn) == "On USA Rare Earth: are there other buyers?"
    )


def test_a_pronoun_is_replaced_where_half_of_the_words_agree_and_other_words_are_not() -> None:
    half = Keeping({"general", "licence", "JL", "Mag"})
    assert understood("How long is it valid?", half) == "How long is a general licence valid?"
    named = understood("Are there other buyers?", Keeping({"general", "licence", "JL", "Mag"}))
    assert named == "On general licence and JL Mag: are there other buyers?"


def test_a_pronoun_keeps_what_the_rules_find_where_the_carrier_finds_nothing() -> None:
    assert understood("How long is it valid?", Keeping(())) == "How long is a general licence valid?"
    assert understood("Are there other buyers?", Keeping(())) == "Are there other buyers?"


def test_what_a_longer_run_says_is_not_said_before_it() -> None:
    turns = (Turn("", "What did terbium in Japan cost?"), Turn("", "Who sells terbium?"))
    told = understood("Are there other buyers?", Keeping({"terbium", "Japan"}), *turns)
    assert told == "On terbium in Japan: are there other buyers?"


def test_words_with_much_between_them_are_parted() -> None:
    turn = Turn("", "Who hires clerks?", ("Terbium as it is to be with Japan.",))
    told = understood("Are there other buyers?", Keeping({"Terbium", "Japan"}), turn)
    assert told == "On Terbium and Japan: are there other buyers?"
