from __future__ import annotations

import pytest

from assistant.errors import BadInputError
from evals.cases import parse
from evals.compare import CaseChange, compare, refuse_unlike
from evals.result import Result, Row, ScoreRow

CASE_SET = parse(
    "set: s\ntoday: 2025-11-22\ncases:\n  - {id: a, question: q, answerable: false}\n"
    "  - {id: b, question: q, answerable: false}\n",
    "s.yaml",
)


def row(case_id: str, mrr: float | None, definition: str = "d", failure: str | None = None) -> Row:
    return Row(
        id=case_id, definition=definition, question="q", history=(), as_of=None, answerable=True, tags=(),
        status="answered", failure=failure,
        scores={} if failure else {"mrr": ScoreRow(value=mrr, missed=(), why=None)},
    )  # fmt: skip


def result(*rows: Row, set_name: str = "s", today: str = "2025-11-22") -> Result:
    return Result(
        set=set_name, commit="c" * 40, dirty=False, settings_fingerprint="f", corpus_digest="d", today=today,
        seed=1, metrics={}, by_tag={}, gates=(), cases=rows,
    )  # fmt: skip


def test_paired_difference_of_each_metric() -> None:
    comparison = compare(result(row("a", 0.5), row("b", 0.5)), result(row("a", 1.0), row("b", 0.5)))
    change = next(one for one in comparison.metrics if one.metric == "mrr")
    assert (change.before, change.after) == (0.5, 0.75)  # (1 + 0.5) / 2
    assert change.difference is not None
    assert (change.difference.value, change.difference.n) == (0.25, 2)
    assert (change.difference.low, change.difference.high) == (0.0, 0.5)


def test_changed_case_is_listed() -> None:
    comparison = compare(result(row("a", 0.5), row("b", None)), result(row("a", 1.0), row("b", None)))
    assert comparison.cases == (CaseChange("a", "mrr", "0.500", "1.000"),)


def test_cases_are_paired_by_id_not_by_place() -> None:
    comparison = compare(result(row("a", 0.0), row("b", 1.0)), result(row("b", 1.0), row("a", 0.0)))
    assert comparison.cases == ()


def test_rewritten_case_is_left_out_and_named() -> None:
    comparison = compare(result(row("a", 0.0), row("b", 1.0)), result(row("a", 1.0, definition="e"), row("b", 1.0)))
    change = next(one for one in comparison.metrics if one.metric == "mrr")
    assert (comparison.rewritten, comparison.compared, change.before) == (("a",), 1, 1.0)


def test_failed_case_is_left_out_and_named() -> None:
    comparison = compare(
        result(row("a", 1.0), row("b", 1.0)), result(row("a", None, failure="ValueError: no"), row("b", 1.0))
    )
    assert (comparison.failed, comparison.compared) == (("a",), 1)
    assert comparison.cases == (CaseChange("a", "failure", "none", "ValueError: no"),)


@pytest.mark.parametrize(
    ("baseline", "expected"),
    [
        (result(row("a", 1.0), row("b", 1.0), set_name="t"), "ran set 't', this run set 's'"),
        (result(row("a", 1.0), row("b", 1.0), today="2025-11-21"), "ran day '2025-11-21'"),
        (result(row("a", 1.0), row("c", 1.0)), "only in the baseline: c; only in this run: b"),
        (result(row("a", 1.0)), "only in this run: b"),
    ],
)
def test_unlike_runs_are_refused_saying_which(baseline: Result, expected: str) -> None:
    with pytest.raises(BadInputError) as before_the_run:
        refuse_unlike(baseline, CASE_SET)
    with pytest.raises(BadInputError) as after_the_run:
        compare(baseline, result(row("a", 1.0), row("b", 1.0)))
    assert expected in str(before_the_run.value)
    assert expected in str(after_the_run.value)


def test_like_run_is_accepted() -> None:
    refuse_unlike(result(row("b", 1.0), row("a", 1.0)), CASE_SET)
