"""Answer: which of the expected points the answer says.

Three points, of which the sentences say two: 2/3. A declined answer says none: 0/3. Whether a reader who stops
after the first sentence has read one of them: 1 or 0.
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


def direct_answer(seen: Observation) -> Score:
    """1 where the first claiming sentence says one of the expected points, else 0; a declined answer is unscored."""
    points = seen.case.expect
    if not points:
        return Score.unscored("the case expects no points")
    if not seen.claims:
        return Score.unscored("nothing is claimed")
    is_direct = any(says_any(seen.claims[0].text, point.wordings) for point in points)
    return Score.share(1, () if is_direct else (points[0].wordings[0],))
