from __future__ import annotations

from evals.figures import figures, figures_by_tag
from evals.result import Row, ScoreRow
from evals.scorers import SCORERS


def row(case_id: str, value: float | None, *tags: str, failure: str | None = None) -> Row:
    scores = {metric: ScoreRow(value=None, missed=(), why="not eligible") for metric in SCORERS}
    scores["mrr"] = ScoreRow(value=value, missed=(), why=None)
    return Row(
        id=case_id, definition="d", question="q", history=(), as_of=None, answerable=True, tags=tags,
        scores={} if failure else scores, failure=failure,
    )  # fmt: skip


ROWS = [
    row("a", 1.0, "x"),
    row("b", 0.5, "x"),
    row("c", None, "y"),
    row("d", None, "z", failure="ValueError: no"),
]


def test_mean_is_taken_over_scored_cases_only() -> None:
    figure = figures(ROWS, seed=1)["mrr"]
    # (1 + 0.5) / 2; c is not eligible and d failed, and neither counts as zero
    assert (figure.value, figure.n, figure.unscored, figure.failed) == (0.75, 2, 1, 1)
    assert (figure.low, figure.high) == (0.5, 1.0)


def test_counts_of_every_figure_add_up_to_the_cases() -> None:
    assert {one.n + one.unscored + one.failed for one in figures(ROWS, seed=1).values()} == {4}


def test_nothing_scored_is_none_not_zero() -> None:
    figure = figures(ROWS, seed=1)["answer_points"]
    assert (figure.value, figure.low, figure.n) == (None, None, 0)


def test_tag_has_the_figures_of_its_cases() -> None:
    by_tag = figures_by_tag(ROWS, seed=1)
    assert list(by_tag) == ["x", "y", "z"]
    assert by_tag["x"].keys() == {"mrr"}
    assert by_tag["x"]["mrr"].value == 0.75
    assert by_tag["y"] == {}


def test_failed_case_shows_in_its_tag() -> None:
    assert figures_by_tag(ROWS, seed=1)["z"]["mrr"].failed == 1
