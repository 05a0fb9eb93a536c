"""Citation: whether quotes carry what they are cited for, and whether claims are cited at all.

A sentence says points P and Q and cites quotes 1 (carries P) and 2 (carries neither): precision is
1/2, since one of two citations carries a point; support is 1/2, since P has its quote and Q has none.
"""

from __future__ import annotations

from assistant.types import Sentence
from evals.cases import Point
from evals.observation import Observation, Score
from evals.wording import says_any

NO_POINT = "no sentence says an expected point"


def citation_precision(seen: Observation) -> Score:
    """Of the citations on sentences that say a point, the share whose quote carries such a point."""
    cited = [
        (citation, points)
        for sentence in seen.claims
        if (points := _points_of(seen, sentence))
        for citation in seen.cited(sentence)
    ]
    if not cited:
        return Score.unscored(f"{NO_POINT} with a citation")
    missed = tuple(
        f"[{citation.n}] carries none of: {'; '.join(point.wordings[0] for point in points)}"
        for citation, points in cited
        if not any(says_any(citation.quote, point.wordings) for point in points)
    )
    return Score.share(len(cited), missed)


def citation_support(seen: Observation) -> Score:
    """Of the points that sentences say, the share that a quote cited in the same sentence carries."""
    said = [(sentence, point) for sentence in seen.claims for point in _points_of(seen, sentence)]
    if not said:
        return Score.unscored(NO_POINT)
    missed = tuple(
        f"no quote carries: {point.wordings[0]}"
        for sentence, point in said
        if not any(says_any(citation.quote, point.wordings) for citation in seen.cited(sentence))
    )
    return Score.share(len(said), missed)


def citation_recall(seen: Observation) -> Score:
    """The share of claiming sentences with at least one citation that the answer really carries."""
    if not seen.claims:
        return Score.unscored("the answer claims nothing")
    bare = tuple(f"no citation: {claim.text}" for claim in seen.claims if not seen.cited(claim))
    return Score.share(len(seen.claims), bare)


def _points_of(seen: Observation, sentence: Sentence) -> list[Point]:
    return [point for point in seen.case.expect if says_any(sentence.text, point.wordings)]
