"""Follow-up: the points of questions that need the ones before them.

Two such cases, one with 2 of 2 points said and one with 1 of 2: (1 + 1/2) / 2 = 0.75.
"""

from __future__ import annotations

from evals.observation import Observation, Score
from evals.scorers.answer import answer_points


def follow_up_points(seen: Observation) -> Score:
    """The share of expected points said, over cases with ``history``."""
    return answer_points(seen) if seen.case.history else Score.unscored("the case has no history")
