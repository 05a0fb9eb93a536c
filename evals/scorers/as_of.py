"""As of: asked about what was known on a day, nothing published later may be cited.

Three cases with ``as_of`` cite something and one of them cites a later article: 2/3.
"""

from __future__ import annotations

from assistant.types import Citation
from evals.days import last_day
from evals.observation import Observation, Score
from evals.scorers.answer import answer_points

NO_AS_OF = "the case has no as_of"


def as_of_clean(seen: Observation) -> Score:
    """1 when every citation was published by ``as_of``, partial dates meaning their last day, else 0.

    An undated article counts as its day of retrieval, known from the hits; when it is not among them
    nothing shows that it was known, so it counts as later.
    """
    if seen.case.as_of is None:
        return Score.unscored(NO_AS_OF)
    if not seen.answer.citations:
        return Score.unscored("the answer cites nothing")
    limit = last_day(seen.case.as_of)
    dated = [(citation, _day_of(seen, citation)) for citation in seen.answer.citations]
    return Score.clean(
        tuple(
            f"[{citation.n}] {citation.article_id}: {day or 'undated'}"
            for citation, day in dated
            if day is None or last_day(day) > limit
        )
    )


def as_of_points(seen: Observation) -> Score:
    """The share of expected points said, over cases with ``as_of``."""
    return Score.unscored(NO_AS_OF) if seen.case.as_of is None else answer_points(seen)


def _day_of(seen: Observation, citation: Citation) -> str | None:
    retrieved = (hit.article.retrieved_on for hit in seen.hits if hit.article.id == citation.article_id)
    return citation.published_on or next(retrieved, None)
