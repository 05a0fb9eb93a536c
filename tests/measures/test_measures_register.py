from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from registers import ANNOUNCED, HEAD, PLANNED, RULE, RULE_FILE, catalog, entry, loaded, told

from assistant.errors import BadInputError, NotFoundError
from assistant.measures.register import Register
from assistant.measures.types import MeasureStatus
from assistant.wire import to_wire

TODAY = date(2026, 11, 22)
BEFORE_PAUSE = date(2025, 11, 1)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return loaded(tmp_path, RULE_FILE)


def only(register: Register, known_on: date, about: date | None = None) -> MeasureStatus:
    (status,) = register.as_of(known_on, about)
    return status


def test_before_any_article_told_of_it_a_measure_is_left_out(register: Register) -> None:
    assert register.as_of(date(2025, 10, 8)) == ()


def test_before_its_first_day_a_measure_is_left_out_even_when_known_later(register: Register) -> None:
    assert register.as_of(TODAY, date(2025, 10, 8)) == ()


def test_known_from_is_the_day_of_the_earliest_evidence(register: Register) -> None:
    assert only(register, BEFORE_PAUSE).known_from == "2025-10-09"


def test_before_the_suspension_was_told_the_rule_is_announced(register: Register) -> None:
    status = only(register, BEFORE_PAUSE)
    assert (status.status, status.since, status.until) == ("announced", "2025-10-09", "2025-11-30")


def test_a_rule_that_is_announced_says_when_it_is_due(register: Register) -> None:
    due = only(register, BEFORE_PAUSE).next
    assert due is not None and (due.status, due.since) == ("in_force", "2025-12-01")


def test_nothing_of_what_was_told_later_shows(register: Register) -> None:
    told_then = str(to_wire(only(register, BEFORE_PAUSE)))
    assert "suspended" not in told_then and "2026-11-10" not in told_then


def test_as_planned_before_the_suspension_was_told_the_rule_would_be_in_force(register: Register) -> None:
    assert only(register, BEFORE_PAUSE, date(2025, 12, 5)).status == "in_force"


def test_a_suspension_sets_aside_what_was_planned_for_later(register: Register) -> None:
    status = only(register, TODAY, date(2025, 12, 5))
    assert (status.status, status.since, status.until) == ("suspended", "2025-11-07", "2026-11-10")


def test_the_last_day_of_a_suspension_counts_as_suspended(register: Register) -> None:
    assert only(register, TODAY, date(2026, 11, 10)).status == "suspended"


def test_past_its_last_known_day_the_status_is_unknown(register: Register) -> None:
    status = only(register, TODAY)
    assert (status.status, status.last_status, status.unknown_after) == ("unknown", "suspended", "2026-11-10")


def test_what_is_unknown_cites_the_evidence_of_the_last_known_day(register: Register) -> None:
    assert [one.article for one in only(register, TODAY).evidence] == ["pause"]


def test_plans_that_were_set_aside_are_not_drawn(register: Register) -> None:
    drawn = [(one.status, one.from_, one.until) for one in only(register, TODAY).timeline]
    assert drawn == [
        ("announced", "2025-10-09", "2025-11-06"),
        ("suspended", "2025-11-07", "2026-11-10"),
        ("unknown", "2026-11-11", None),
    ]


def test_evidence_of_a_known_entry_that_came_later_is_not_shown(tmp_path: Path) -> None:
    more = ANNOUNCED + "          - article: later\n            quote: It is so.\n"
    register = loaded(tmp_path, HEAD + more, catalog(RULE, told("later", "2025-12-01")))
    status = only(register, BEFORE_PAUSE)
    assert [one.article for one in (*status.evidence, *status.history[0].evidence)] == ["rule", "rule"]


def test_an_article_dated_by_month_is_known_from_the_last_day_of_it(tmp_path: Path) -> None:
    register = loaded(tmp_path, HEAD + entry("in_force", "2025-10-09", "month"), catalog(told("month", "2025-10")))
    assert (register.as_of(date(2025, 10, 30)), only(register, date(2025, 10, 31)).known_from) == ((), "2025-10")


def test_an_undated_article_is_known_from_the_day_it_was_retrieved(tmp_path: Path) -> None:
    register = loaded(tmp_path, HEAD + entry("in_force", "2025-10-09", "none"), catalog(told("none", None)))
    assert (register.as_of(date(2026, 11, 21)), only(register, TODAY).known_from) == ((), "2026-11-22")


def test_a_known_from_given_by_hand_counts_when_it_is_later(tmp_path: Path) -> None:
    by_hand = ANNOUNCED.replace("        evidence:", '        known_from: "2025-10-20"\n        evidence:')
    register = loaded(tmp_path, HEAD + by_hand)
    assert (register.as_of(date(2025, 10, 19)), only(register, BEFORE_PAUSE).known_from) == ((), "2025-10-20")


def test_a_renewal_counts_since_from_the_first_of_them(tmp_path: Path) -> None:
    text = HEAD + entry("in_force", "2025-05-12", "a") + entry("in_force", "2025-08-11", "b", until="2025-11-10")
    status = only(loaded(tmp_path, text, catalog(told("a", "2025-05-12"), told("b", "2025-08-12"))), BEFORE_PAUSE)
    assert (status.since, status.until) == ("2025-05-12", "2025-11-10")


def test_dates_keep_their_precision(tmp_path: Path) -> None:
    register = loaded(tmp_path, HEAD + entry("in_force", "2025", "a", until="2025"), catalog(told("a", "2025-07-01")))
    inside, after = only(register, date(2025, 7, 1)), only(register, TODAY)
    assert (inside.since, inside.until, after.since, after.unknown_after) == ("2025", "2025", "2026", "2025")


def test_a_status_told_to_be_unclear_keeps_what_held_before(tmp_path: Path) -> None:
    text = HEAD + entry("in_force", "2025-04-04", "a") + entry("unknown", "2025-05-12", "b")
    status = only(loaded(tmp_path, text, catalog(told("a", "2025-04-04"), told("b", "2025-05-13"))), TODAY)
    assert (status.status, status.last_status, status.unknown_after) == ("unknown", "in_force", "2025-05-11")


@pytest.fixture
def clauses(tmp_path: Path) -> Register:
    """A rule of which one clause is suspended."""
    text = HEAD + entry("in_force", "2024-12-03", "a") + entry("suspended", "2025-11-09", "b", "2026-11-27", "clause 2")
    return loaded(tmp_path, text, catalog(told("a", "2024-12-03"), told("b", "2025-11-10")))


def test_a_suspended_clause_leaves_the_whole_in_force(clauses: Register) -> None:
    assert (only(clauses, TODAY).status, only(clauses, TODAY).scope) == ("in_force", None)


def test_a_suspended_clause_is_told_beside_the_whole(clauses: Register) -> None:
    scoped = [(one.scope, one.status, one.until) for one in only(clauses, TODAY).scoped]
    assert scoped == [("clause 2", "suspended", "2026-11-27")]


def test_what_befalls_the_whole_befalls_its_scopes(tmp_path: Path) -> None:
    text = HEAD + entry("in_force", "2025-10-09", "a", scope="some") + entry("suspended", "2025-11-07", "b")
    status = only(loaded(tmp_path, text, catalog(told("a", "2025-10-09"), told("b", "2025-11-07"))), TODAY)
    assert (status.status, status.scoped) == ("suspended", ())


def test_without_a_status_of_the_whole_the_first_scope_stands_for_it(tmp_path: Path) -> None:
    text = HEAD + entry("in_force", "2025-10-09", "a", scope="broad") + entry("suspended", "2025-10-09", "a", scope="x")
    status = only(loaded(tmp_path, text, catalog(told("a", "2025-10-09"))), TODAY)
    assert (status.status, status.scope, [one.scope for one in status.scoped]) == ("in_force", "broad", ["x"])


def test_missing_evidence_of_a_suspension_never_leaves_a_rule_in_force(tmp_path: Path) -> None:
    status = only(loaded(tmp_path, RULE_FILE, catalog(RULE)), TODAY)
    assert (status.status, status.last_status, status.evidence) == ("unknown", "announced", ())


def test_missing_evidence_is_counted_and_marked(tmp_path: Path) -> None:
    register = loaded(tmp_path, RULE_FILE, catalog(RULE))
    marked = [one.missing for entry_ in register.measures[0].history for one in entry_.evidence]
    assert (register.missing_evidence, marked) == (1, [False, False, True])


def test_changes_are_listed_by_day(register: Register) -> None:
    changes = register.changes(date(2025, 10, 1), TODAY, TODAY)
    assert [(one.on, one.before, one.after) for one in changes] == [
        ("2025-10-09", None, "announced"),
        ("2025-11-07", "announced", "suspended"),
        ("2026-11-11", "suspended", "unknown"),
    ]


def test_changes_outside_the_period_are_left_out(register: Register) -> None:
    assert [one.on for one in register.changes(date(2025, 11, 7), date(2025, 11, 7), TODAY)] == ["2025-11-07"]


def test_changes_are_those_known_then(register: Register) -> None:
    planned = register.changes(date(2025, 11, 1), date(2025, 12, 31), BEFORE_PAUSE)
    assert [(one.on, one.after) for one in planned] == [("2025-12-01", "in_force")]


def test_changes_of_a_scope_name_it(clauses: Register) -> None:
    (change,) = clauses.changes(date(2025, 11, 1), date(2025, 11, 30), TODAY)
    assert (change.scope, change.before, change.after) == ("clause 2", "in_force", "suspended")


def test_a_period_that_ends_before_it_starts_is_refused(register: Register) -> None:
    with pytest.raises(BadInputError, match="2025-11-01"):
        register.changes(date(2025, 11, 2), date(2025, 11, 1), TODAY)


def test_a_measure_that_is_not_there_is_told(register: Register) -> None:
    with pytest.raises(NotFoundError, match="'nothing'"):
        register.measure("nothing")


def test_a_measure_not_known_then_is_told(register: Register) -> None:
    with pytest.raises(NotFoundError, match="2025-10-08"):
        register.status("rule", date(2025, 10, 8))


def test_public_json_has_the_names_of_the_contract(register: Register) -> None:
    told_ = to_wire(only(register, TODAY))
    assert (told_["history"][2]["from"], told_["last_status"]) == ("2025-11-07", "suspended")


def test_a_planned_entry_alone_is_not_yet_there(tmp_path: Path) -> None:
    assert loaded(tmp_path, HEAD + PLANNED).as_of(BEFORE_PAUSE) == ()
