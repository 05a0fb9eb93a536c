from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.errors import MissingDependencyError
from evals.command import run
from evals.runner import EvalService

Build = Callable[[str], EvalService]
Eval = Callable[..., tuple[int, str]]


@pytest.fixture
def evaluate(samples: Path, fake_service: Callable[..., Any], tmp_path: Path) -> Eval:
    """Runs the command on the samples; gives its exit code and what it printed."""

    def call(
        name: str = "wide", gate: str = "", build: Build | None = None, folder: Path = samples, **paths: Path
    ) -> tuple[int, str]:
        gates = tmp_path / "gates.yaml"
        gates.write_text(f"every_set: {{metrics: {{{gate}}}}}", encoding="utf-8")
        stream = io.StringIO()
        code = run(
            name,
            build or (lambda today: fake_service()),
            paths.get("baseline"),
            paths.get("json"),
            paths.get("html"),
            Console(file=stream, width=200),
            cases=folder,
            gates=gates,
        )
        return code, stream.getvalue()

    return call


def test_every_gate_holding_is_zero(evaluate: Eval) -> None:
    assert evaluate(gate="mrr: {at_least: 0.75, figure: value}")[0] == 0


def test_one_gate_short_is_one(evaluate: Eval) -> None:
    assert evaluate(gate="mrr: {at_least: 0.76, figure: value}")[0] == 1


def test_failed_case_is_one(evaluate: Eval, fake_service: Callable[..., Any]) -> None:
    code, text = evaluate(build=lambda today: fake_service(failing="First?"))
    assert code == 1
    assert "failed: one: LookupError" in text


def test_service_is_built_for_the_day_of_the_set(evaluate: Eval, fake_service: Callable[..., Any]) -> None:
    days: list[str] = []

    def build(today: str) -> EvalService:
        days.append(today)
        service: EvalService = fake_service()
        return service

    evaluate(build=build)
    assert days == ["2025-11-22"]


def test_unknown_set_is_two(evaluate: Eval) -> None:
    code, text = evaluate("nope")
    assert code == 2
    assert "no eval set 'nope'; there are: tiny, wide" in text


def test_bad_case_file_is_two(evaluate: Eval, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("set: bad\ntoday: 2025-11-22\ncases: [{id: a}]", encoding="utf-8")
    code, text = evaluate("bad", folder=tmp_path)
    assert code == 2
    assert "bad.yaml: case 'a', key 'question'" in text


def test_bad_gate_file_is_two(evaluate: Eval) -> None:
    assert evaluate(gate="accuracy: {at_least: 1, figure: value}")[0] == 2


def test_no_data_is_two(evaluate: Eval, fake_service: Callable[..., Any]) -> None:
    code, text = evaluate(build=lambda today: fake_service(corpus_digest=""))
    assert code == 2
    assert "assistant ingest" in text


def test_service_that_cannot_be_built_is_two(evaluate: Eval) -> None:
    def build(today: str) -> EvalService:
        raise MissingDependencyError("no model at 'x'")

    code, text = evaluate(build=build)
    assert code == 2
    assert "no model at 'x'" in text


@pytest.mark.parametrize("content", [None, "not json", "{}"])
def test_bad_baseline_is_two_and_nothing_is_run(evaluate: Eval, tmp_path: Path, content: str | None) -> None:
    baseline = tmp_path / "baseline.json"
    if content is not None:
        baseline.write_text(content, encoding="utf-8")
    code, text = evaluate(build=lambda today: pytest.fail("was run"), baseline=baseline)
    assert code == 2
    assert "baseline.json" in text


def test_baseline_of_another_set_is_two_and_nothing_is_run(evaluate: Eval, tmp_path: Path) -> None:
    evaluate("tiny", json=tmp_path / "tiny.json")
    code, text = evaluate("wide", build=lambda today: pytest.fail("was run"), baseline=tmp_path / "tiny.json")
    assert code == 2
    assert "ran set 'tiny', this run set 'wide'" in text


def test_file_that_cannot_be_written_is_two(evaluate: Eval, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert evaluate(json=tmp_path / "file" / "result.json")[0] == 2


def test_two_runs_write_identical_files(evaluate: Eval, tmp_path: Path) -> None:
    for name in "ab":
        evaluate(json=tmp_path / f"{name}.json", html=tmp_path / f"{name}.html")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_result_file_has_its_keys_and_nothing_unrepeatable(evaluate: Eval, tmp_path: Path) -> None:
    evaluate(json=tmp_path / "new" / "r.json")
    written = json.loads((tmp_path / "new" / "r.json").read_text(encoding="utf-8"))
    assert list(written) == [
        "format", "set", "commit", "dirty", "settings_fingerprint", "corpus_digest", "today", "seed",
        "metrics", "by_tag", "reliability", "gates", "cases",
    ]  # fmt: skip
    assert "timings" not in json.dumps(written)


def test_own_result_is_a_baseline_without_changes(evaluate: Eval, tmp_path: Path) -> None:
    evaluate(json=tmp_path / "r.json")
    code, text = evaluate(baseline=tmp_path / "r.json", html=tmp_path / "r.html")
    assert code == 0
    assert "no case changed" in text
    assert "Against the baseline" in (tmp_path / "r.html").read_text(encoding="utf-8")
