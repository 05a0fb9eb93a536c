"""Refusal: declining is the positive class. ``partial`` counts as answered.

Four cases, two of them unanswerable; declined are one unanswerable and one answerable:
precision 1/2 (over the two declined), recall 1/2 (over the two unanswerable).
"""

from __future__ import annotations

from evals.observation import Observation, Score


def refusal_precision(seen: Observation) -> Score:
    """Over declined cases: 1 when declining was right."""
    if not seen.declined:
        return Score.unscored("answered")
    return Score.clean(("declined what the corpus does say",) if seen.case.answerable else ())


def refusal_recall(seen: Observation) -> Score:
    """Over unanswerable cases: 1 when the answer declined."""
    if seen.case.answerable:
        return Score.unscored("the case is answerable")
    return Score.clean(() if seen.declined else ("answered what the corpus does not say",))
