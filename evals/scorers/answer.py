"""Answer: which of the expected points the answer says.

Three points, of which the sentences say two: 2/3. A declined answer says none: 0/3.
"""

from __future__ import annotations

from evals.cases import Point
from evals.observation import Observation, Score
from evals.wording import says_any


def answer_points(seen: Observation) -> Score:
    """The share of the expected points of which one wording stands whole in one claiming sentence."""
    points = seen.case.expect
    if not points:
        return Score.unscored("the case expects no points")
    return Score.share(len(points), tuple(point.wordings[0] for point in points if not _said(seen, point)))


def _said(seen: Observation, point: Point) -> bool:
    return any(says_any(sentence.text, point.wordings) for sentence in seen.claims)
