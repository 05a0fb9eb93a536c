from __future__ import annotations

import math
from typing import Any

import pytest

from assistant.measures.topic import HISTORY_WEIGHT, Match, MeasureTopics
from assistant.measures.types import Covers, Evidence, HistoryEntry, Measure
from assistant.terms import Names, TermAnalyzer

ANALYZER = TermAnalyzer(
    Names(
        {"Chinese": "china"},
        {
            "elements": frozenset({"dysprosium", "terbium", "gallium"}),
            "places": frozenset({"japan", "india"}),
        },
    )
)


def measure(measure_id: str, name: str, *quotes: str, scope: str | None = None, **given: Any) -> Measure:
    """A measure that is known by its name alone, but for what is given, and by the quotes of its history."""
    evidence = tuple(Evidence("a", quote) for quote in quotes)
    history = (HistoryEntry("in_force", "2025-04-04", None, False, "2025-04-04", scope, evidence),)
    values: dict[str, Any] = dict(aliases=(), issuer="", instrument=None, summary="", covers=Covers())
    return Measure(id=measure_id, name=name, history=history, **(values | given))


def shares(question: str, *measures: Measure) -> dict[str, float]:
    return {match.measure.id: match.share for match in MeasureTopics(measures, ANALYZER).match(question)}


QUOTA = measure("quota", "Smelting quota", "The ceiling was told to refiners.")
TARIFF = measure("tariff", "Border tariff")


def test_a_measure_known_by_every_word_has_all_of_them() -> None:
    assert shares("the smelting quota?", QUOTA, TARIFF) == {"quota": pytest.approx(1.0)}


def test_a_word_that_no_measure_has_counts_as_the_rarest() -> None:
    assert shares("the quota of 12 vessels?", QUOTA, TARIFF) == {"quota": pytest.approx(1 / 3)}


def test_a_word_of_the_history_counts_less_than_one_of_the_name() -> None:
    assert shares("quota ceiling", QUOTA, TARIFF) == {"quota": pytest.approx((1 + HISTORY_WEIGHT) / 2)}


def test_a_word_of_name_and_history_counts_once() -> None:
    both = measure("both", "Smelting quota", "The quota was told.")
    assert shares("quota", both, TARIFF) == {"both": pytest.approx(1.0)}


def test_a_word_that_fewer_measures_have_weighs_more() -> None:
    other = measure("other", "Mining quota")
    rare, common = math.log(1 + 2 / 1), math.log(1 + 2 / 2)
    found = shares("smelting quota", QUOTA, other)
    assert found == {"quota": pytest.approx(1.0), "other": pytest.approx(common / (rare + common))}


def test_the_best_match_comes_first_and_equals_stay_in_order() -> None:
    others = [measure("b", "Quota for miners"), measure("a", "Quota for makers")]
    found = MeasureTopics([*others, QUOTA], ANALYZER).match("smelting quota")
    assert [match.measure.id for match in found] == ["quota", "b", "a"]


def test_a_measure_that_shares_no_word_is_left_out() -> None:
    assert MeasureTopics([TARIFF], ANALYZER).match("smelting quota") == ()


def test_a_match_names_its_measure() -> None:
    (found,) = MeasureTopics([QUOTA, TARIFF], ANALYZER).match("quota")
    assert found == Match(QUOTA, 1.0)


def test_dates_say_when_not_what() -> None:
    dated = measure("dated", "Quota of 2025", "Told on 4 April 2025.")
    assert shares("quota in April 2025", dated, TARIFF) == {"dated": pytest.approx(1.0)}
    assert shares("tariff of 4 April 2025", dated, TARIFF) == {"tariff": pytest.approx(1.0)}


@pytest.mark.parametrize(
    "known",
    [
        {"aliases": ("vessel rule",)},
        {"issuer": "vessel office"},
        {"instrument": "Vessel Order No. 7"},
        {"summary": "A rule on vessels."},
        {"covers": Covers(forms=("vessels",))},
        {"covers": Covers(notes="Vessels are exempt.")},
    ],
)
def test_a_measure_is_known_by_everything_that_describes_it(known: dict[str, Any]) -> None:
    assert shares("vessel", measure("one", "One", **known)) == {"one": pytest.approx(1.0)}


def test_a_measure_is_known_by_its_scopes_as_by_its_history() -> None:
    assert shares("vessel", measure("one", "One", scope="vessels only")) == {"one": pytest.approx(HISTORY_WEIGHT)}


def test_a_measure_of_another_element_is_not_meant() -> None:
    rules = [
        measure("gallium", "Gallium licence", covers=Covers(elements=("gallium",))),
        measure("dysprosium", "Dysprosium licence", covers=Covers(elements=("dysprosium",))),
    ]
    assert list(shares("the licence for gallium", *rules)) == ["gallium"]


def test_a_measure_of_all_rare_earths_is_one_of_each_element() -> None:
    everything = measure("all", "Rare earth licence", covers=Covers(elements=("rare earths",)))
    assert set(shares("the licence for terbium", everything)) == {"all"}
    assert shares("the licence for gallium", everything) == {}


def test_a_measure_of_another_place_is_not_meant() -> None:
    rules = [measure("japan", "Licence for Japan"), measure("india", "Licence for India")]
    assert list(shares("the licence for Japan", *rules)) == ["japan"]


def test_a_place_that_its_history_names_is_known() -> None:
    assert set(shares("the licence for Japan", measure("one", "Licence", "It holds for Japan."))) == {"one"}


def test_a_question_on_china_is_not_about_a_measure_of_others() -> None:
    own, foreign = measure("own", "Licence", issuer="China"), measure("foreign", "Licence", "China complained.")
    assert list(shares("the Chinese licence", own, foreign)) == ["own"]


def test_china_beside_another_place_tells_nothing() -> None:
    foreign = measure("foreign", "Licence of Japan", issuer="Japan")
    assert set(shares("the licence of Japan for China", foreign)) == {"foreign"}


def test_no_words_and_no_measures_match_nothing() -> None:
    assert (shares("what is it?", QUOTA), shares("the quota?")) == ({}, {})
