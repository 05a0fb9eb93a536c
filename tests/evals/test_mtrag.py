from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from support import WordHashEmbedder

from assistant.terms import TermAnalyzer
from evals.mtrag import FILE_NAME, Parts, Report, main, read, rewritten

SAMPLE = Path(__file__).parent / "mtrag_sample"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run() -> Run:
    """The program with a model of nothing but words: its exit code and what it printed."""

    def _run(*arguments: str | Path) -> tuple[int, str]:
        console = Console(record=True, width=200, file=io.StringIO())
        code = main(map(str, arguments), console, lambda: Parts(WordHashEmbedder(), TermAnalyzer(), 10))
        return code, console.export_text()

    return _run


@pytest.fixture
def report(run: Run, tmp_path: Path) -> Report:
    assert run("--data", SAMPLE, "--json", tmp_path / "report.json")[0] == 0
    return Report.model_validate_json((tmp_path / "report.json").read_text(encoding="utf-8"))


def test_rows_without_an_earlier_turn_are_only_part_of_the_pool(report: Report) -> None:
    assert (report.rows, report.contexts, [case.id for case in report.cases]) == (4, 4, ["a", "b", "c"])


def test_the_data_is_named_and_pinned(report: Report) -> None:
    assert report.sha256 == hashlib.sha256((SAMPLE / FILE_NAME).read_bytes()).hexdigest()
    assert "IBM/mt-rag-benchmark" in report.origin and "Apache-2.0" in report.origin


def test_each_row_shows_what_its_question_became(report: Report) -> None:
    assert [case.rewritten for case in report.cases] == [
        "When was the water tower built?",
        "Who runs the Havel ferry?",
        "When does the Saturday market open?",
    ]


def test_a_rewrite_that_finds_its_context_sooner_is_better(report: Report) -> None:
    assert [case.effect for case in report.cases] == ["better", "better", "same"]
    assert report.groups["all"].effects == {"better": 2, "worse": 0, "same": 0}
    assert report.groups["all"].rewritten == 2


def test_figures_are_means_with_n(report: Report) -> None:
    figure = report.groups["all"].mrr_raw
    assert (figure.value, figure.n) == (
        pytest.approx(sum(case.raw_rank for case in report.cases) / 3, abs=1e-6),
        3,
    )
    assert report.groups["all"].mrr_rewritten.value == 1.0
    assert report.groups["all"].recall_rewritten.value == 1.0


def test_groups_go_by_type_and_half(report: Report) -> None:
    counts = {name: group.n for name, group in report.groups.items()}
    assert counts == {
        "all": 3,
        "first half": 1,
        "second half": 2,
        "type Follow-up": 2,
        "type N/A": 1,
        "rewritten": 2,
    }


def test_the_same_data_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    written = []
    for name in ("one.json", "two.json"):
        run("--data", SAMPLE, "--json", tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_limit_shortens_the_rows_but_not_the_pool(run: Run, tmp_path: Path) -> None:
    run("--data", SAMPLE, "--limit", "1", "--json", tmp_path / "report.json")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (len(told["cases"]), told["contexts"]) == (1, 4)


def test_the_reply_before_is_what_a_pronoun_can_stand_for() -> None:
    row = read(SAMPLE)[0][0]
    turns = [row.input[0].model_copy(update={"text": "Who built the tower?"}), row.input[1], row.input[2]]
    turns[1] = turns[1].model_copy(update={"text": "The tower was built by Anna Weber."})
    turns[2] = turns[2].model_copy(update={"text": "When was she born?"})
    assert rewritten(row.model_copy(update={"input": tuple(turns)}), TermAnalyzer()) == "When was Anna Weber born?"


def test_without_the_data_it_says_what_to_get(run: Run, tmp_path: Path) -> None:
    code, told = run("--data", tmp_path)
    assert code == 2
    assert "mtrag_un.jsonl is not there" in told.replace("\n", "") and "IBM/mt-rag-benchmark" in told


@pytest.mark.parametrize("content", ["{}", "not json", ""])
def test_other_data_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    assert run("--data", tmp_path)[0] == 2


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    shutil.copy(SAMPLE / FILE_NAME, tmp_path / FILE_NAME)
    assert run("--data", tmp_path, "--json", tmp_path / "no" / "report.json")[0] == 2
