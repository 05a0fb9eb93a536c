"""Must not: what an answer may not claim, in its sentences or as a value of a conflict.

Four cases name such strings and one answer says one of them: 3/4, however many it says.
"""

from __future__ import annotations

from collections.abc import Iterable

from evals.observation import Observation, Score
from evals.wording import says


def violations(forbidden: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The forbidden wordings that stand in at least one of the texts."""
    shown = tuple(texts)
    return tuple(wording for wording in forbidden if any(says(text, wording) for text in shown))


def must_not_clean(seen: Observation) -> Score:
    """1 when no forbidden wording is claimed, else 0."""
    if not seen.case.must_not:
        return Score.unscored("the case forbids nothing")
    values = (value.value for conflict in seen.answer.conflicts for value in conflict.values)
    return Score.clean(violations(seen.case.must_not, [*(claim.text for claim in seen.claims), *values]))
