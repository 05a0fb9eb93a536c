"""What the register tells, over registers made up for the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer.asked import needs_a_licence
from assistant.answer.register_answers import (
    MAX_QUOTES_OF_LIST,
    MAX_STANDING_QUOTES,
    RegisterAnswers,
    RegisterTold,
    day_asked,
)
from assistant.answer.register_changes import MAX_CHANGES
from assistant.answer.register_matches import FOUND_DEPTH
from assistant.answer.register_standings import MAX_STANDINGS
from assistant.measures.register import Register
from assistant.measures.types import Covers, Evidence, HistoryEntry, Measure, MeasureState
from assistant.terms import Names, TermAnalyzer
from assistant.types import Period, Place, RegisterChange, RegisterStanding

ELEMENTS = frozenset({"dysprosium", "terbium", "gallium"})
PLACES = frozenset({"china", "japan"})
ANALYZER = TermAnalyzer(Names({"Dy": "dysprosium"}, {"elements": ELEMENTS, "places": PLACES}))
TODAY = date(2026, 1, 15)
YEAR = Period("2025-01", "2025-12")


def shown_by(article: str, quote: str = "It is so.", known_from: str = "2025-01-01", start: int = 0) -> Evidence:
    return Evidence(article, quote, False, start, start + len(quote), known_from)


def entry(status: MeasureState, from_: str, until: str | None = None, **given: Any) -> HistoryEntry:
    """An entry that one article tells of from the day it begins, unless it says otherwise."""
    known_from = given.get("known_from", from_)
    evidence = given.get("evidence", (shown_by(f"{status}-{from_}", known_from=known_from),))
    return HistoryEntry(status, from_, until, given.get("at_latest", False), known_from, given.get("scope"), evidence)


def measure(name: str, *history: HistoryEntry, **covers: Any) -> Measure:
    measure_id = name.lower().replace(" ", "-")
    return Measure(measure_id, name, (), "", None, "", Covers(**covers), history)


def told(
    question: str,
    *measures: Measure,
    period: Period | None = None,
    as_of: date = TODAY,
    found: Sequence[Place] = (),
) -> RegisterTold:
    register = Register(measures, None)
    return RegisterAnswers(lambda: register, ANALYZER).tell(question, period, as_of, found)


def standings(found: RegisterTold) -> list[tuple[str, str]]:
    return [(one.standing.measure, one.standing.status) for one in found.standings]


def changes(found: RegisterTold) -> list[tuple[str, str, str]]:
    return [(one.change.on, one.change.measure, one.change.after) for one in found.changes]


def place(article: str, start: int = 0, end: int = 100) -> Place:
    return Place(f"{article}-{start}", article, start, end, None)


PAUSED = measure(
    "Salt rule", entry("in_force", "2025-04-04"), entry("suspended", "2025-11-07", "2026-11-10", scope=None)
)
DUTY = measure("Sand duty", entry("in_force", "2025-06-01"))


# Standings


def test_a_named_measure_is_told_as_it_stands() -> None:
    found = told("Is the salt rule in force?", PAUSED, DUTY)
    assert [one.standing for one in found.standings] == [
        RegisterStanding(
            measure="salt-rule", name="Salt rule", on="2026-01-15", status="suspended", since="2025-11-07",
            until="2026-11-10", last_status=None, unknown_after=None, scope=None, citations=(),
        )
    ]  # fmt: skip


def test_a_standing_that_is_asked_for_comes_first() -> None:
    assert told("Is the salt rule in force?", PAUSED).first


def test_nothing_known_later_is_told() -> None:
    assert standings(told("Is the salt rule in force?", PAUSED, as_of=date(2025, 11, 6))) == [("salt-rule", "in_force")]


def test_a_measure_not_yet_known_is_not_told() -> None:
    assert told("Is the salt rule in force?", PAUSED, as_of=date(2025, 4, 3)).standings == ()


def test_the_day_asked_about_is_the_last_of_the_period() -> None:
    found = told("Was the salt rule in force in October 2025?", PAUSED, period=Period("2025-10", "2025-10"))
    assert [(one.standing.on, one.standing.status) for one in found.standings] == [("2025-10-31", "in_force")]


@pytest.mark.parametrize(
    ("period", "day"),
    [
        (None, TODAY),
        (Period("2025-05", None), TODAY),
        (Period("2025-05", "2025-06"), date(2025, 6, 30)),
        (Period(None, "2027"), date(2027, 12, 31)),
    ],
)
def test_the_day_asked_is_the_end_of_the_period_or_the_day_of_asking(period: Period | None, day: date) -> None:
    assert day_asked(period, TODAY) == day


def test_past_its_last_known_day_the_standing_is_unknown() -> None:
    (one,) = told("Is the salt rule in force?", PAUSED, as_of=date(2026, 11, 11)).standings
    standing = one.standing
    assert (standing.status, standing.last_status, standing.unknown_after) == ("unknown", "suspended", "2026-11-10")


@pytest.mark.parametrize(
    ("question", "order"),
    [
        # What is set aside is what a reader must know first; what is asked about comes before that.
        ("Is the salt rule in force?", ["clause 2: lake", None, "clause 1: rock"]),
        ("Is the salt rule in force for rock?", ["clause 1: rock", "clause 2: lake", None]),
        ("Is the salt rule in force for a lake?", ["clause 2: lake", None, "clause 1: rock"]),
    ],
)
def test_of_one_rule_the_scope_asked_about_comes_first_and_then_what_is_set_aside(
    question: str, order: list[str | None]
) -> None:
    rule = measure(
        "Salt rule",
        entry("in_force", "2025-04-04"),
        entry("in_force", "2025-04-04", scope="clause 1: rock"),
        entry("suspended", "2025-11-07", scope="clause 2: lake"),
    )
    assert [one.standing.scope for one in told(question, rule).standings] == order


def test_a_rule_that_is_announced_is_told_with_what_is_due() -> None:
    rule = measure(
        "Salt rule", entry("announced", "2025-10-09"), entry("in_force", "2026-12-01", known_from="2025-10-09")
    )
    found = told("When does the salt rule come into force?", rule).standings
    assert [(one.standing.on, one.standing.status) for one in found] == [
        ("2026-01-15", "announced"), ("2026-12-01", "in_force")
    ]  # fmt: skip


def test_what_is_due_after_a_rule_in_force_is_not_told() -> None:
    rule = measure(
        "Salt rule", entry("in_force", "2025-10-09"), entry("repealed", "2026-12-01", known_from="2025-10-09")
    )
    assert standings(told("Is the salt rule in force?", rule)) == [("salt-rule", "in_force")]


def test_never_more_standings_than_the_most() -> None:
    rules = [measure(f"Salt rule {letter}", entry("in_force", "2025-04-04")) for letter in "abcdefgh"]
    question = f"Are {', '.join(rule.name for rule in rules)} in force?"
    assert len(told(question, *rules).standings) == MAX_STANDINGS


def test_a_measure_is_told_once() -> None:
    rule = measure("Dysprosium rule", entry("in_force", "2025-04-04"), elements=("dysprosium",), destinations=("all",))
    assert standings(told("Is the dysprosium rule in force?", rule)) == [("dysprosium-rule", "in_force")]


def test_the_rule_that_names_the_element_is_told_beside_the_one_asked_about() -> None:
    base = measure("Base licence", entry("in_force", "2025-04-04"), elements=("terbium",), destinations=("all",))
    found = told("Does the salt rule suspend the licence for terbium?", PAUSED, base)
    assert standings(found) == [("salt-rule", "suspended"), ("base-licence", "in_force")]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Do I need a licence for terbium on a green vessel?", "base-licence"),
        ("Is terbium on a green vessel still banned?", "green-vessel-ban"),
    ],
)
def test_the_rule_that_names_the_element_leads_where_a_licence_is_asked_for(question: str, first: str) -> None:
    base = measure("Base licence", entry("in_force", "2025-04-04"), elements=("terbium",), destinations=("all",))
    ban = measure("Green vessel ban", entry("suspended", "2025-11-07"), elements=("terbium",), destinations=("all",))
    assert standings(told(question, base, ban))[0][0] == first


def test_a_rule_that_names_the_element_is_not_told_where_no_rule_is_meant() -> None:
    base = measure("Base licence", entry("in_force", "2025-04-04"), elements=("terbium",), destinations=("all",))
    assert told("Is terbium on a green vessel with wooden masts still afloat?", base).standings == ()


def test_a_rule_of_all_rare_earths_is_no_base_rule_of_one() -> None:
    wide = measure("Wide quota", entry("in_force", "2025-04-04"), elements=("rare earths",), destinations=("all",))
    assert standings(told("Is the salt rule for terbium suspended?", PAUSED, wide)) == [("salt-rule", "suspended")]


# Measures that are not named


LICENCE = measure("Vessel registration duty", entry("in_force", "2025-04-04"))


def test_a_measure_is_meant_by_the_words_it_shares_with_the_question() -> None:
    found = told("Is registration of a vessel still needed?", LICENCE, DUTY)
    assert standings(found) == [("vessel-registration-duty", "in_force")]


def test_a_measure_that_shares_too_little_is_not_meant() -> None:
    question = "Is a vessel with wooden masts and torn sails still needed?"
    assert told(question, LICENCE, DUTY) == RegisterTold(first=True, before_all=True)


def test_a_measure_whose_evidence_the_search_found_early_needs_fewer_words() -> None:
    question = "Is a vessel painted green still needed?"
    evidence = place("in_force-2025-04-04")
    assert told(question, LICENCE, DUTY).standings == ()
    assert standings(told(question, LICENCE, DUTY, found=[evidence])) == [("vessel-registration-duty", "in_force")]


def test_evidence_found_late_does_not_count() -> None:
    found = [*(place(f"other-{n}") for n in range(FOUND_DEPTH)), place("in_force-2025-04-04")]
    assert told("Is a vessel painted green still needed?", LICENCE, DUTY, found=found).standings == ()


def test_evidence_found_late_takes_nothing_away() -> None:
    found = [*(place(f"other-{n}") for n in range(2 * FOUND_DEPTH)), place("in_force-2025-04-04")]
    question = "Is registration of a vessel still needed?"
    assert told(question, LICENCE, DUTY, found=found) == told(question, LICENCE, DUTY)


@pytest.mark.parametrize(("start", "end", "holds"), [(0, 1, True), (0, 100, True), (1, 100, False)])
def test_a_passage_counts_as_evidence_when_it_holds_the_place(start: int, end: int, holds: bool) -> None:
    found = [place("in_force-2025-04-04", start, end)]
    assert bool(told("Is a vessel painted green still needed?", LICENCE, DUTY, found=found).standings) is holds


def test_a_named_measure_keeps_those_that_only_share_words_out() -> None:
    rules = [PAUSED, measure("Salt rule for lakes and ponds", entry("in_force", "2025-04-04"))]
    assert standings(told("Is the salt rule in force?", *rules)) == [("salt-rule", "suspended")]


def test_of_measures_not_named_only_those_near_the_best_are_meant() -> None:
    names = ("Vessel registration duty", "Vessel inspection", "Registration of firms")
    rules = [measure(name, entry("in_force", "2025-04-04")) for name in names]
    assert standings(told("Is registration of a vessel still on?", *rules)) == [
        ("vessel-registration-duty", "in_force")
    ]


def test_a_question_for_all_rules_of_a_kind_takes_in_those_that_share_less() -> None:
    rules = [LICENCE, DUTY]
    assert told("Is a permit required for a vessel?", *rules).standings == ()
    found = told("Which rules are required for a vessel?", *rules)
    assert standings(found) == [("vessel-registration-duty", "in_force")]


def test_an_event_that_only_says_when_is_not_what_is_asked_about() -> None:
    names = Names({}, {}, {"busan meeting": "2025-10-30"})
    meeting = measure("Busan meeting", entry("in_force", "2025-04-04"))
    register = Register([PAUSED, meeting], None)
    answers = RegisterAnswers(lambda: register, TermAnalyzer(names))
    found = answers.tell("Was the salt rule in force at the Busan meeting?", None, TODAY, ())
    assert standings(found) == [("salt-rule", "suspended")]
    found = answers.tell("Is the Busan meeting in force?", None, TODAY, ())
    assert standings(found) == [("busan-meeting", "in_force")]


# Beside another question


@pytest.mark.parametrize("question", ["Who wrote the salt rule?", "Which firms does the salt rule name?"])
def test_a_measure_that_does_not_simply_hold_is_told_beside_any_answer(question: str) -> None:
    found = told(question, PAUSED)
    assert (found.first, standings(found)) == (False, [("salt-rule", "suspended")])


def test_a_measure_that_holds_needs_no_telling() -> None:
    assert told("Who wrote the sand duty?", DUTY) == RegisterTold()


def test_a_measure_that_is_not_named_is_not_told_beside_another_answer() -> None:
    assert told("Who sails a vessel for registration?", PAUSED, LICENCE) == RegisterTold()


def test_an_empty_register_tells_nothing() -> None:
    assert told("Who wrote it?") == RegisterTold()
    assert told("Is the rule in force?") == RegisterTold(first=True, before_all=True)


def test_it_comes_before_all_else_where_its_standing_is_expressly_asked_or_a_licence_for_what_it_covers() -> None:
    rule = measure(
        "Terbium licence rule", entry("in_force", "2025-04-04"), elements=("terbium",), destinations=("all",)
    )
    asked = ("Is the terbium licence rule still in force?", "Does the terbium licence rule apply to sand?")
    assert [(found.before_all, found.certain) for found in (told(one, rule) for one in asked)] == [
        (True, True), (False, True)
    ]  # fmt: skip
    assert told("Is a licence needed for terbium under the terbium licence rule?", rule).before_all


def test_what_is_needed_for_a_licence_is_no_question_of_whether_one_is() -> None:
    assert not needs_a_licence("Which papers do I need for a licence?")
    assert needs_a_licence("Do I need a licence?") and needs_a_licence("Is a permit required?")


def test_what_is_needed_for_a_licence_is_not_the_licence_rule() -> None:
    of_salt = measure("Terbium licence rule", entry("in_force", "2025-04-04"), elements=("terbium",))
    assert told("Which papers do I need for a terbium licence?", of_salt) == RegisterTold()
    assert told("Do I need a terbium licence?", of_salt).standings


# Changes


def test_what_changed_is_told_oldest_first() -> None:
    found = told("What changed in the salt rule and the sand duty?", PAUSED, DUTY, period=YEAR)
    assert (found.first, found.standings) == (True, ())
    assert changes(found) == [
        ("2025-04-04", "salt-rule", "in_force"),
        ("2025-06-01", "sand-duty", "in_force"),
        ("2025-11-07", "salt-rule", "suspended"),
    ]


def test_what_the_search_found_first_does_not_change_the_order() -> None:
    found = told("What changed in the salt rule?", PAUSED, period=YEAR, found=[place("suspended-2025-11-07")])
    assert [one.change.on for one in found.changes] == ["2025-04-04", "2025-11-07"]


def test_a_change_tells_what_held_before() -> None:
    found = told("What changed in the salt rule?", PAUSED, period=Period("2025-11", "2025-12"))
    assert [one.change for one in found.changes] == [
        RegisterChange(
            on="2025-11-07", at_latest=False, measure="salt-rule", name="Salt rule", scope=None, before="in_force",
            after="suspended", citations=(),
        )
    ]  # fmt: skip


def test_a_change_says_that_its_day_is_the_latest_possible_and_names_its_scope() -> None:
    rule = measure("Salt rule", entry("in_force", "2025-04-04", at_latest=True, scope="clause 2"))
    (one,) = told("What changed in the salt rule?", rule, period=YEAR).changes
    assert (one.change.at_latest, one.change.scope, one.change.before) == (True, "clause 2", None)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period("2025-04-04", "2025-11-07"), ["2025-04-04", "2025-11-07"]),
        (Period("2025-04-05", "2025-11-06"), []),
        (Period("2025-11", None), ["2025-11-07"]),
        (Period("2026-06", "2026-12"), []),
    ],
)
def test_only_changes_of_the_period_are_told(period: Period, days: list[str]) -> None:
    found = told("What changed in the salt rule?", PAUSED, period=period)
    assert [one.change.on for one in found.changes] == days


def test_a_change_planned_for_after_the_day_of_asking_has_not_come_about() -> None:
    rule = measure(
        "Salt rule", entry("announced", "2025-10-09"), entry("in_force", "2026-02-01", known_from="2025-10-09")
    )
    found = told("What changed in the salt rule?", rule, period=Period("2025-10", "2026-12"))
    assert [one.change.after for one in found.changes] == ["announced"]


def test_that_nothing_is_known_any_more_is_no_change() -> None:
    found = told(
        "What changed in the salt rule?", PAUSED, period=Period("2026-01", "2026-12"), as_of=date(2026, 12, 31)
    )
    assert found.changes == ()


def test_a_change_that_was_not_known_yet_is_not_told() -> None:
    rule = measure("Salt rule", entry("in_force", "2025-04-04", known_from="2025-08-01"))
    found = told("What changed in the salt rule?", rule, period=Period("2025-04", "2025-07"), as_of=date(2025, 7, 31))
    assert found.changes == ()


def test_changes_of_measures_that_are_not_named_are_told_when_they_share_enough() -> None:
    found = told("What changed for vessel registration?", LICENCE, DUTY, period=YEAR)
    assert changes(found) == [("2025-04-04", "vessel-registration-duty", "in_force")]


@pytest.mark.parametrize("question", ["What is new?", "What has changed since April 2025?", "Which measures changed?"])
def test_a_question_without_a_subject_asks_for_every_change(question: str) -> None:
    assert changes(told(question, LICENCE, DUTY, period=YEAR)) == [
        ("2025-04-04", "vessel-registration-duty", "in_force"),
        ("2025-06-01", "sand-duty", "in_force"),
    ]


@pytest.mark.parametrize("name", ["Sand duty", "Control policy"])
def test_a_measure_that_is_named_is_the_subject(name: str) -> None:
    named = measure(name, entry("in_force", "2025-06-01"))
    found = told(f"What is new in the {name}?", PAUSED, named, period=YEAR)
    assert changes(found) == [("2025-06-01", named.id, "in_force")]


def test_a_change_that_shares_too_little_is_told_only_when_the_search_found_it() -> None:
    question = "What changed for green painted vessel owners with wooden masts?"
    evidence = place("in_force-2025-04-04")
    assert told(question, LICENCE, DUTY, period=YEAR).changes == ()
    assert len(told(question, LICENCE, DUTY, period=YEAR, found=[evidence]).changes) == 1


def test_never_more_changes_than_the_most() -> None:
    history = [entry("in_force", f"2025-{month:02d}-{day:02d}") for month in (3, 5) for day in range(1, 11)]
    found = told("What changed in the salt rule?", measure("Salt rule", *history), period=YEAR)
    assert len(found.changes) == MAX_CHANGES


def test_a_stretch_of_time_without_a_question_for_changes_asks_none() -> None:
    assert told("Who wrote the sand duty?", DUTY, period=YEAR).changes == ()


# Evidence


def test_evidence_that_names_the_days_leads() -> None:
    vague, dated = shown_by("a", "It is suspended."), shown_by("b", "Suspended from 7 November 2025 on.")
    full = shown_by("c", "Suspended from 7 November 2025 until 10 November 2026.")
    rule = measure("Salt rule", entry("suspended", "2025-11-07", "2026-11-10", evidence=(vague, dated, full)))
    (one,) = told("Is the salt rule suspended?", rule).standings
    assert [evidence.article for evidence in one.evidence] == ["c", "b", "a"]


def test_evidence_of_a_change_that_names_its_day_leads() -> None:
    vague, dated = shown_by("a", "It is suspended."), shown_by("b", "Suspended on 7 November 2025.")
    rule = measure("Salt rule", entry("suspended", "2025-11-07", evidence=(vague, dated)))
    (one,) = told("What changed in the salt rule?", rule, period=YEAR).changes
    assert [evidence.article for evidence in one.evidence] == ["b", "a"]


def test_evidence_that_is_missing_is_never_handed_on() -> None:
    missing, present = Evidence("gone", "It is so."), shown_by("a")
    rule = measure("Salt rule", entry("in_force", "2025-04-04", evidence=(missing, present)))
    (one,) = told("Is the salt rule in force?", rule).standings
    assert one.evidence == (present,)


def test_evidence_that_appeared_after_the_day_asked_as_of_is_not_handed_on() -> None:
    early, late = shown_by("early", known_from="2025-04-04"), shown_by("late", known_from="2026-01-16")
    rule = measure("Salt rule", entry("in_force", "2025-04-04", evidence=(late, early)))
    (one,) = told("Is the salt rule in force?", rule).standings
    assert one.evidence == (early,)


# Where goods go

PLACES = frozenset({"poland", "japan", "usa"})
TRADED = TermAnalyzer(Names({"US": "usa"}, {"elements": ELEMENTS | {"antimony", "graphite"}, "places": PLACES}))
FOR_ALL = measure("Metal licences", entry("in_force", "2024-09-15"), elements=("antimony",), destinations=("all",))
FOR_THE_US = measure("Metal ban", entry("in_force", "2024-12-03"), elements=("antimony",), destinations=("US",))


def anywhere(question: str, *measures: Measure) -> str:
    register = Register(measures, None)
    return RegisterAnswers(lambda: register, TRADED).tell(question, None, TODAY, ()).anywhere


def test_a_rule_for_every_place_needs_no_destination_to_be_named() -> None:
    assert anywhere("Do I need a licence to ship antimony to Poland?", FOR_ALL) == (
        "Do I need a licence to ship antimony?"
    )


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("Do I need a licence to ship antimony to the US?", (FOR_ALL, FOR_THE_US)),
        ("Do I need a licence to ship antimony to Poland?", (FOR_THE_US,)),
        ("Do I need a licence to ship graphite to Poland?", (FOR_ALL,)),
        ("How much antimony went to Poland?", (FOR_ALL,)),
    ],
)
def test_a_destination_stays_where_the_rule_may_turn_on_it(question: str, measures: tuple[Measure, ...]) -> None:
    assert not anywhere(question, *measures)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is antimony still banned?", {"metal-licences", "metal-ban"}),
        ("Is antimony to Poland still banned?", {"metal-licences"}),
        ("Is the metal ban on antimony to Poland still in force?", {"metal-ban", "metal-licences"}),
    ],
)
def test_a_rule_on_other_places_is_left_out_where_it_cannot_hold(question: str, told: set[str]) -> None:
    register = Register([FOR_ALL, FOR_THE_US], None)
    found = RegisterAnswers(lambda: register, TRADED).tell(question, None, TODAY, ())
    assert {measure for measure, _ in standings(found)} == told


def test_goods_that_may_be_sent_at_all_are_told_of_by_the_rule_on_them() -> None:
    register = Register([FOR_ALL], None)
    found = RegisterAnswers(lambda: register, TRADED).tell("Can antimony be exported to Poland?", None, TODAY, ())
    assert (standings(found), found.before_all) == ([("metal-licences", "in_force")], True)


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (("for all", "to japan"), ["metal-licences", "army-ban"]),
        # What is on the goods and on the place says more than what is on the place alone.
        (("for all", "to japan", "metal to japan"), ["metal-licences", "antimony-ban"]),
        # Nothing says that these goods are among those that may not go there.
        (("to japan",), []),
    ],
)
def test_a_rule_on_the_place_that_names_no_goods_comes_after_the_one_on_the_goods(
    measures: tuple[str, ...], told: list[str]
) -> None:
    known = {
        "for all": FOR_ALL,
        "to japan": measure("Army ban", entry("in_force", "2025-01-01"), destinations=("JP",)),
        "metal to japan": measure(
            "Antimony ban", entry("in_force", "2025-01-01"), elements=("antimony",), destinations=("JP",)
        ),
    }
    register = Register([known[name] for name in measures], None)
    found = RegisterAnswers(lambda: register, TRADED).tell("May we sell antimony to Japan?", None, TODAY, ())
    assert [one for one, _ in standings(found)] == told


def test_how_a_licence_is_got_does_not_turn_on_the_place() -> None:
    question = "Who must apply for a licence for antimony going to Poland?"
    assert anywhere(question, FOR_ALL) == "Who must apply for a licence for antimony?"


def test_an_element_is_found_whose_term_is_not_its_name() -> None:
    register = Register([FOR_ALL], None)
    found = RegisterAnswers(lambda: register, TRADED).tell("Is antimony still banned?", None, TODAY, ())
    assert standings(found) == [("metal-licences", "in_force")]


def test_a_rule_on_the_form_asked_about_comes_before_one_on_its_element() -> None:
    element = measure(
        "Graphite licences", entry("in_force", "2023-12-01"), elements=("graphite",), destinations=("all",)
    )
    form = measure(
        "Graphite anode licences", entry("in_force", "2025-11-08"), forms=("graphite anodes",), destinations=("all",)
    )
    register = Register([element, form], None)
    tell = RegisterAnswers(lambda: register, TRADED).tell
    found = (place("in_force-2025-11-08"),)
    anodes = tell("Is the licence rule on graphite anode material still in force?", None, TODAY, found)
    assert standings(anodes)[0] == ("graphite-anode-licences", "in_force")
    assert standings(tell("Is a licence for graphite still needed?", None, TODAY, ()))[0][0] == "graphite-licences"


# The register of the day


def test_a_register_that_changed_is_asked_anew() -> None:
    current = [Register([LICENCE], None)]
    answers = RegisterAnswers(lambda: current[0], ANALYZER)
    question = "Is a duty on sand still required?"
    assert answers.tell(question, None, TODAY, ()).standings == ()
    current[0] = Register([LICENCE, DUTY], None)
    assert standings(answers.tell(question, None, TODAY, ())) == [("sand-duty", "in_force")]


def test_the_measures_that_a_text_names_come_in_order_of_mention() -> None:
    register = Register([PAUSED, DUTY], None)
    answers = RegisterAnswers(lambda: register, ANALYZER)
    assert answers.named("First the sand duty, then the salt rule.") == (DUTY, PAUSED)


# Which goods

OLDER = measure("cn older", entry("in_force", "2024-01-01"), elements=("gallium",), destinations=("all",))
NEWER = measure("cn newer", entry("in_force", "2025-04-04"), elements=("dysprosium",), destinations=("all",))
HALTED = measure(
    "cn halted",
    entry("in_force", "2025-10-09"),
    entry("suspended", "2025-11-07", "2026-11-10"),
    elements=("terbium",),
    destinations=("all",),
)
TO_ONE = measure("cn to one", entry("in_force", "2025-05-01"), elements=("gallium",), destinations=("US",))
ANY_EARTH = measure("cn any", entry("in_force", "2025-05-01"), elements=("rare earths",), destinations=("all",))
ABROAD = measure("us rule", entry("in_force", "2025-05-01"), elements=("dysprosium",), destinations=("all",))
RULES = (OLDER, NEWER, HALTED, TO_ONE, ANY_EARTH, ABROAD)


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("Which minerals need an export licence?", ["cn-newer", "cn-older", "cn-halted"]),
        ("Which rare earths are controlled?", ["cn-newer", "cn-halted"]),
        ("what elements does the ministry restrict", ["cn-newer", "cn-older", "cn-halted"]),
    ],
)
def test_which_goods_are_controlled_is_told_by_the_rules_that_name_them(question: str, measures: list[str]) -> None:
    found = told(question, *RULES)
    assert [one for one, _ in standings(found)] == measures
    assert found.certain and found.before_all


@pytest.mark.parametrize(
    "question",
    [
        "Which minerals were added to the controls?",
        "Which companies hold a licence?",
        "Which metals are dearest?",
        "What rare earth licences did Korvex get?",
    ],
)
def test_another_question_on_goods_is_not_answered_by_all_rules(question: str) -> None:
    assert not told(question, *RULES).certain


def test_what_was_controlled_at_a_time_is_not_what_is() -> None:
    assert not told("Which minerals were under licence in 2025?", *RULES, period=YEAR).certain
    assert not told("Which minerals are under licence?", *RULES, period=YEAR).certain
    assert told("Which minerals are under licence?", *RULES).certain


@pytest.mark.parametrize(
    ("question", "month", "measures"),
    [
        ("Which rare earths were added in October 2025?", "2025-10", ["cn-halted"]),
        ("What did China control in January 2024?", "2024-01", ["cn-older"]),
        ("What did China control for Japan in January 2024?", "2024-01", None),
        ("What did China control?", None, None),
    ],
)
def test_what_was_added_at_a_time_is_told_by_the_rules_that_began_then(
    question: str, month: str | None, measures: list[str] | None
) -> None:
    found = told(question, *RULES, period=Period(month, month) if month else None)
    assert ([one for one, _ in standings(found)] if found.certain else None) == measures


def test_chinas_rule_is_no_rule_of_the_us() -> None:
    american = replace(measure("Pause of China in sand", entry("in_force", "2025-06-01")), id="us-pause")
    chinese = replace(measure("Pause of China in salt", entry("in_force", "2025-06-01")), id="cn-pause")
    assert standings(told("Is the pause of China still a rule?", american, chinese)) == [("cn-pause", "in_force")]
    assert len(standings(told("Is the pause of China and the US still a rule?", american, chinese))) == len(
        (american, chinese)
    )


def test_which_goods_another_country_controls_is_not_told_by_chinese_rules() -> None:
    assert not told("Which minerals does Japan control?", *RULES).certain
    assert told("Which minerals does China control?", *RULES).certain


def test_a_list_of_rules_may_show_more_of_them() -> None:
    assert told("Which minerals are controlled?", *RULES).most_quotes == MAX_QUOTES_OF_LIST
    assert told("Is the salt rule in force?", PAUSED).most_quotes == MAX_STANDING_QUOTES


def test_a_rule_in_force_comes_before_a_suspended_one_on_the_same_form() -> None:
    forms = {"elements": ("terbium",), "forms": ("terbium magnets",), "destinations": ("all",)}
    halted = measure(
        "Later rule on terbium magnets", entry("in_force", "2025-10-09"), entry("suspended", "2025-11-07"), **forms
    )
    base = measure("First rule on terbium magnets", entry("in_force", "2025-04-04"), **forms)
    found = told("Do we need a licence for terbium magnets?", halted, base)
    assert standings(found) == [("first-rule-on-terbium-magnets", "in_force"), (halted.id, "suspended")]


@pytest.mark.parametrize(
    ("question", "first"), [("Is the salt rule still in force?", "kept"), ("When did the salt rule start?", "begun")]
)
def test_that_a_rule_goes_on_is_shown_by_what_says_so(question: str, first: str) -> None:
    begun = shown_by("begun", "The salt rule began on 4 April 2025.")
    kept = shown_by("kept", "The salt rule of 4 April 2025 remained in force.")
    rule = measure("Salt rule", entry("in_force", "2025-04-04", evidence=(begun, kept)))
    assert told(question, rule).standings[0].evidence[0].article == first


# Who got it, and on which form


LICENCES = measure(
    "General licences",
    entry(
        "in_force",
        "2025-12-02",
        evidence=(shown_by("term", "They last one year."), shown_by("first", "The first went to Korvex and Lode.")),
    ),
)


@pytest.mark.parametrize(
    "question",
    ["Which firms have received general licences?", "Who holds general licences?", "who got general licences"],
)
def test_who_got_what_a_measure_gives_is_shown_by_what_tells_of_it(question: str) -> None:
    found = told(question, LICENCES, DUTY, as_of=date(2026, 1, 15))
    assert [[one.article for one in each.evidence] for each in found.standings] == [["first"]]
    assert (found.first, found.certain, found.before_all) == (True, True, True)


def test_who_got_something_of_which_no_sentence_tells_is_not_told_by_the_register() -> None:
    silent = measure("General licences", entry("in_force", "2025-12-02"))
    assert not told("Which firms have received general licences?", silent).first


def test_a_licence_is_shown_by_the_sentence_on_the_form_asked_about() -> None:
    sentences = (
        shown_by("list", "Dysprosium and terbium need a licence."),
        shown_by("form", "Dysprosium magnets need a licence."),
    )
    rule = measure(
        "Salt rule",
        entry("in_force", "2025-04-04", evidence=sentences),
        elements=("dysprosium", "terbium"),
        forms=("magnets",),
        destinations=("all",),
    )
    of_magnets = told("Do I need a licence for dysprosium magnets?", rule)
    assert [one.article for one in of_magnets.standings[0].evidence] == ["form", "list"]
    of_metal = told("Do I need a licence for dysprosium?", rule)
    assert [one.article for one in of_metal.standings[0].evidence] == ["list", "form"]


# What it does

CONTENT = measure(
    "Salt rule",
    entry(
        "announced",
        "2025-10-09",
        evidence=(
            shown_by("start", "The salt rule starts in December."),
            shown_by("value", "A duty of the rule depends on value."),
            shown_by("does", "The salt rule puts salt under licence."),
        ),
    ),
    entry("suspended", "2025-11-07", "2026-11-10", evidence=(shown_by("stop", "China suspended the salt rule."),)),
)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What does the salt rule do?", ["does"]),
        ("What is the salt rule?", ["does"]),
        ("Explain the value duty of the salt rule", ["value"]),
        ("Is the salt rule in force?", []),
        ("What does the salt rule cost?", []),
    ],
)
def test_what_a_rule_does_is_shown_by_a_sentence_that_says_it(question: str, shown: list[str]) -> None:
    assert [one.article for one in told(question, CONTENT).content] == shown


def test_where_the_rule_stands_is_told_beside_what_it_does() -> None:
    found = told("What does the salt rule do?", CONTENT)
    assert standings(found) == [("salt-rule", "suspended")]
    assert (found.first, found.certain, found.before_all) == (True, True, True)


def test_what_a_rule_does_is_not_told_before_anybody_knew_it() -> None:
    late = shown_by("late", "It bars salt.", known_from="2025-12-01")
    later = replace(CONTENT, history=(replace(CONTENT.history[0], evidence=(late,)),))
    assert told("What does the salt rule do?", later, as_of=date(2025, 11, 30)).content == ()
    assert told("What does the salt rule do?", later, as_of=date(2025, 12, 1)).content == (late,)


def test_that_a_rule_was_set_aside_is_not_what_it_does() -> None:
    silent = replace(CONTENT, history=(entry("announced", "2025-10-09"), CONTENT.history[1]))
    assert told("What does the salt rule do?", silent).content == ()


def test_of_two_sentences_that_say_what_a_rule_does_one_that_begins_with_it_is_shown() -> None:
    beside, itself = shown_by("beside", "There, it bars salt."), shown_by("itself", "Announcement No. 5 bars salt.")
    both = measure("Salt rule", entry("announced", "2025-10-09", evidence=(beside, itself)))
    assert told("What does the salt rule do?", both).content == (itself,)
