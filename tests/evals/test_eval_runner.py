from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Ask, Filters
from evals.cases import Case, load_set
from evals.gates import SetGates
from evals.result import Result, Row
from evals.revision import Revision
from evals.runner import EvalService, run_case, run_set
from evals.scorers import SCORERS

MakeService = Callable[..., Any]
REVISION = Revision("c" * 40, False)


def measure(samples: Path, service: EvalService, name: str = "wide") -> Result:
    return run_set(load_set(name, samples), service, SetGates(), REVISION)


def test_two_runs_give_identical_bytes(samples: Path, fake_service: MakeService) -> None:
    first, second = (measure(samples, fake_service()).model_dump_json() for _ in range(2))
    assert first == second


def test_other_answers_give_other_bytes(samples: Path, fake_service: MakeService) -> None:
    first, second = (measure(samples, fake_service(salt=salt)).model_dump_json() for salt in "ab")
    assert first != second


def test_result_says_what_was_run(samples: Path, fake_service: MakeService) -> None:
    result = measure(samples, fake_service())
    assert (result.set, result.today, result.commit, result.dirty) == ("wide", "2025-11-22", "c" * 40, False)
    assert (result.settings_fingerprint, result.corpus_digest) == ("settings-1", "corpus-1")
    assert [row.id for row in result.cases] == ["one", "two", "three", "four"]


def test_case_that_raises_is_recorded_and_the_run_goes_on(samples: Path, fake_service: MakeService) -> None:
    result = measure(samples, fake_service(failing="Second?"))
    failed = result.cases[1]
    assert (failed.failure, failed.status, failed.scores) == ("LookupError: no answer to Second?", None, {})
    assert result.cases[2].scores.keys() == SCORERS.keys()
    assert {figure.failed for figure in result.metrics.values()} == {1}
    assert result.metrics["mrr"].n == 1  # of the two cases with sources one failed
    assert [gate.holds for gate in result.gates] == [False]


def test_history_is_asked_first_in_one_fresh_conversation(samples: Path, fake_service: MakeService) -> None:
    service = fake_service()
    run_case(load_set("tiny", samples).cases[1], service)
    filters = Filters(as_of="2025-06")
    assert service.asked == [
        Ask("How large is the quota?", None, filters),
        Ask("And when does it end?", "conversation-1", filters),
    ]


def test_every_earlier_question_goes_into_the_same_conversation(fake_service: MakeService) -> None:
    service = fake_service()
    run_case(Case(id="a", question="Q3?", history=("Q1?", "Q2?"), answerable=False), service)
    assert [ask.conversation_id for ask in service.asked] == [None, "conversation-1", "conversation-1"]


def test_cases_share_no_conversation(samples: Path, fake_service: MakeService) -> None:
    service = fake_service()
    measure(samples, service)
    assert [ask.conversation_id for ask in service.asked] == [None] * 4


def test_follow_up_is_searched_by_its_standalone_question(samples: Path, fake_service: MakeService) -> None:
    service = fake_service()
    run_case(load_set("tiny", samples).cases[1], service)
    assert service.searched == [("standalone: And when does it end?", Filters(as_of="2025-06"), 10)]


def test_first_question_is_searched_as_written(samples: Path, fake_service: MakeService) -> None:
    service = fake_service()
    run_case(load_set("tiny", samples).cases[0], service)
    assert service.searched == [("How large is the quota?", Filters(), 10)]


def test_history_without_a_conversation_is_a_failure(
    samples: Path, fake_service: MakeService, answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = fake_service()
    monkeypatch.setattr(service, "ask", lambda ask: answer())
    row = run_case(load_set("tiny", samples).cases[1], service)
    assert row.failure is not None
    assert row.failure.startswith("RuntimeError: the answer to 'How large is the quota?' names no")


def test_row_shows_found_articles_with_ranks(samples: Path, fake_service: MakeService) -> None:
    row = run_case(load_set("wide", samples).cases[0], fake_service())
    assert [(hit.rank, hit.article_id, hit.wanted) for hit in row.found] == [
        (1, "article-two", False),
        (2, "article-one", True),
    ]
    assert row.scores["mrr"].value == 0.5


def test_progress_is_told_of_every_case(samples: Path, fake_service: MakeService) -> None:
    told: list[Row] = []
    run_set(load_set("wide", samples), fake_service(), SetGates(), REVISION, on_case=told.append)
    assert [row.id for row in told] == ["one", "two", "three", "four"]


def test_interrupt_stops_the_run(samples: Path, fake_service: MakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(ask: Ask) -> None:
        raise KeyboardInterrupt

    service = fake_service()
    monkeypatch.setattr(service, "ask", interrupted)
    with pytest.raises(KeyboardInterrupt):
        measure(samples, service)
