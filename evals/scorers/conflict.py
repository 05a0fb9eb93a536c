"""Conflict: values on which sources disagree are shown together; what only looks like it is not.

Expected are 46, 50 and 60 tonnes; one shown conflict has 46 and 50, another 60: 2/3, since only
values shown as one conflict count together. Two answered look-alikes, one with a conflict: 1/2.
"""

from __future__ import annotations

from assistant.types import Conflict
from evals.cases import LOOK_ALIKE, ExpectedConflict
from evals.observation import Observation, Score
from evals.wording import says


def conflict_recall(seen: Observation) -> Score:
    """The share of expected values shown, each expected conflict against the shown one with most of it."""
    expected = seen.case.conflict
    if not expected:
        return Score.unscored("the case expects no conflict")
    total = sum(len(conflict.values) for conflict in expected)
    return Score.share(total, tuple(value for conflict in expected for value in _unshown(seen, conflict)))


def conflict_precision(seen: Observation) -> Score:
    """Over look-alikes that are answered: 1 when no conflict is shown, else 0."""
    if LOOK_ALIKE not in seen.case.tags:
        return Score.unscored(f"the case is not tagged {LOOK_ALIKE}")
    if seen.declined:
        return Score.unscored("declined, so nothing is shown")
    return Score.clean(tuple(f"shown as a conflict: {conflict.about}" for conflict in seen.answer.conflicts))


def _unshown(seen: Observation, expected: ExpectedConflict) -> tuple[str, ...]:
    left = [_left_out(expected, shown) for shown in seen.answer.conflicts]
    return min(left, key=len, default=expected.values)


def _left_out(expected: ExpectedConflict, shown: Conflict) -> tuple[str, ...]:
    return tuple(
        wording for wording in expected.values if not any(says(value.value, wording) for value in shown.values)
    )
