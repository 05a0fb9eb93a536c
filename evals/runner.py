"""Runs the cases of a set against a service, one by one and independent of each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assistant.types import Answer, Ask, Filters, Hit
from evals.cases import Case, CaseSet
from evals.figures import DECIMALS, figures, figures_by_tag
from evals.gates import SetGates, judge
from evals.observation import Observation, Score
from evals.reliability import reliability
from evals.result import CitationRow, ConflictRow, FoundRow, Result, Row, ScoreRow, SentenceRow
from evals.revision import Revision
from evals.scorers import SCORERS
from evals.scorers.retrieval import DEPTH, names, wanted

SEED = 20_251
LONGEST_FAILURE = 500


class EvalService(Protocol):
    """What evals need of the product: an answer, a search, and what both were made with."""

    @property
    def fingerprint(self) -> str:
        """The digest of the settings in force."""
        ...

    @property
    def corpus_digest(self) -> str:
        """The digest of all indexed articles; empty when there is none."""
        ...

    def ask(self, ask: Ask, /) -> Answer:
        """The answer to one question."""
        ...

    def search(self, question: str, filters: Filters, k: int) -> tuple[Hit, ...]:
        """The ``k`` best passages, best first."""
        ...


def run_set(
    case_set: CaseSet,
    service: EvalService,
    gates: SetGates,
    revision: Revision,
    *,
    seed: int = SEED,
    on_case: Callable[[Row], None] = lambda row: None,
) -> Result:
    """Runs every case and sums up; ``on_case`` is told of each row as it is done."""
    rows = []
    for case in case_set.cases:
        rows.append(run_case(case, service))
        on_case(rows[-1])
    metrics = figures(rows, seed)
    return Result(
        set=case_set.set,
        commit=revision.commit,
        dirty=revision.dirty,
        settings_fingerprint=service.fingerprint,
        corpus_digest=service.corpus_digest,
        today=case_set.today,
        seed=seed,
        metrics=metrics,
        by_tag=figures_by_tag(rows, seed),
        reliability=reliability(rows),
        gates=judge(gates, metrics, tuple(rows)),
        cases=tuple(rows),
    )


def run_case(case: Case, service: EvalService) -> Row:
    """Asks, searches and scores one case; whatever raises becomes the row's ``failure``."""
    try:
        seen = observe(case, service)
        scores = {metric: _score_row(scorer(seen)) for metric, scorer in SCORERS.items()}
    except Exception as error:  # one case of many: recorded, counted, limited by a gate
        return _asked(case).model_copy(update={"failure": _described(error)})
    return _asked(case).model_copy(update={**_shown(seen), "scores": scores})


def observe(case: Case, service: EvalService) -> Observation:
    """Asks the history in a fresh conversation, then the question, and searches for what it came to mean."""
    filters = Filters(as_of=case.as_of)
    conversation = _told(case, service, filters)
    answer = service.ask(Ask(case.question, conversation, filters))
    question = answer.standalone_question if case.history else case.question
    return Observation(case, answer, service.search(question, filters, DEPTH))


def _told(case: Case, service: EvalService, filters: Filters) -> str | None:
    conversation = None
    for question in case.history:
        conversation = service.ask(Ask(question, conversation, filters)).conversation_id
        if conversation is None:
            raise RuntimeError(f"the answer to {question!r} names no conversation, so none can go on")
    return conversation


def _asked(case: Case) -> Row:
    return Row(
        id=case.id,
        definition=case.definition,
        question=case.question,
        history=case.history,
        as_of=case.as_of,
        answerable=case.answerable,
        tags=case.tags,
    )


def _shown(seen: Observation) -> dict[str, object]:
    answer, sources = seen.answer, set(wanted(seen))
    return {
        "status": answer.status,
        "confidence": answer.confidence,
        "sentences": tuple(SentenceRow(text=one.text, citations=one.citations) for one in answer.sentences),
        "citations": tuple(
            CitationRow(n=one.n, article_id=one.article_id, quote=one.quote) for one in answer.citations
        ),
        "conflicts": tuple(
            ConflictRow(about=one.about, values=tuple(value.value for value in one.values)) for one in answer.conflicts
        ),
        "found": tuple(
            FoundRow(rank=rank, article_id=hit.article.id, wanted=bool(names(hit.article) & sources))
            for rank, hit in enumerate(seen.hits[:DEPTH], start=1)
        ),
    }


def _score_row(score: Score) -> ScoreRow:
    value = None if score.value is None else round(score.value, DECIMALS)
    return ScoreRow(value=value, missed=score.missed, why=score.why)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_FAILURE]
