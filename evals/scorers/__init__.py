"""Every metric by name, in the order reports show them. A scorer sees one case; means are taken elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evals.observation import Observation, Score
from evals.scorers.answer import answer_points, direct_answer
from evals.scorers.as_of import as_of_clean, as_of_points
from evals.scorers.citation import citation_precision, citation_recall, citation_support
from evals.scorers.conflict import conflict_precision, conflict_recall
from evals.scorers.follow_up import follow_up_points
from evals.scorers.injection import injection_clean
from evals.scorers.must_not import must_not_clean
from evals.scorers.refusal import refusal_precision, refusal_recall
from evals.scorers.retrieval import mrr, recall_at_5, recall_at_10

Scorer = Callable[[Observation], Score]

SCORERS: Mapping[str, Scorer] = {
    scorer.__name__: scorer
    for scorer in (
        recall_at_5,
        recall_at_10,
        mrr,
        answer_points,
        direct_answer,
        citation_precision,
        citation_support,
        citation_recall,
        refusal_precision,
        refusal_recall,
        must_not_clean,
        as_of_clean,
        as_of_points,
        conflict_recall,
        conflict_precision,
        follow_up_points,
        injection_clean,
    )
}
