from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals.cases import load_set
from evals.compare import compare
from evals.gates import Gate, SetGates
from evals.report import print_report, render_html
from evals.result import Result
from evals.revision import Revision
from evals.runner import run_set

HOSTILE = "<script>alert(1)</script><img src=https://evil.example/x>"
GATES = SetGates(metrics={"mrr": Gate(at_least=1.0, figure="value")})


@pytest.fixture
def measured(samples: Path, fake_service: Callable[..., Any]) -> Callable[..., Result]:
    def run(**options: str) -> Result:
        return run_set(load_set("wide", samples), fake_service(**options), GATES, Revision(None, None))

    return run


def hostile(result: Result) -> Result:
    first = result.cases[0]
    poisoned = first.model_copy(
        update={
            "question": HOSTILE,
            "failure": HOSTILE,
            "tags": (HOSTILE,),
            "history": (HOSTILE,),
            "sentences": tuple(one.model_copy(update={"text": HOSTILE}) for one in first.sentences),
            "citations": tuple(
                one.model_copy(update={"quote": HOSTILE, "article_id": HOSTILE}) for one in first.citations
            ),
        }
    )
    return result.model_copy(update={"cases": (poisoned, *result.cases[1:]), "corpus_digest": HOSTILE})


def printed(result: Result) -> str:
    stream = io.StringIO()
    print_report(Console(file=stream, width=120), result, None)
    return stream.getvalue()


def test_html_escapes_hostile_text(measured: Callable[..., Result]) -> None:
    html = render_html(hostile(measured()), None)
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8  # one for each poisoned field
    assert "<script" not in html
    assert "<img" not in html


def test_html_asks_for_nothing_outside_itself(measured: Callable[..., Result]) -> None:
    html = render_html(measured(), None)
    assert re.findall(r"<(?:script|link|img|iframe|a)\b|\b(?:src|href)=|url\(|@import", html) == []


def test_html_allows_its_own_style_and_nothing_else(measured: Callable[..., Result]) -> None:
    html = render_html(measured(), None)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html
    assert " style=" not in html
    assert "prefers-color-scheme: dark" in style.group(1)


def test_html_shows_answers_quotes_and_what_was_missed(measured: Callable[..., Result]) -> None:
    result = measured()
    html = render_html(result, None)
    assert result.cases[0].sentences[0].text in html
    assert result.cases[0].citations[0].quote in html
    assert {miss for row in result.cases for miss in row.scores["answer_points"].missed}
    for miss in {miss for row in result.cases for miss in row.scores["answer_points"].missed}:
        assert f'<span class="bad">{miss}</span>' in html or f"; {miss}" in html or f"{miss}; " in html


def test_html_puts_failed_cases_in_sight_and_first(measured: Callable[..., Result]) -> None:
    html = render_html(measured(failing="Fourth?"), None)
    assert "1 of 4 cases failed and count in no figure: four." in html
    assert re.findall(r"<summary><code>(\w+)</code>", html)[0] == "four"
    assert "LookupError: no answer to Fourth?" in html


def test_html_says_which_gates_fall_short(measured: Callable[..., Result]) -> None:
    assert "1 of 2 gates fall short: mrr" in render_html(measured(), None)


def test_html_compares_with_a_baseline(measured: Callable[..., Result]) -> None:
    before, after = measured(salt="f"), measured(salt="h")
    comparison = compare(before, after)
    assert comparison.cases
    html = render_html(after, comparison)
    assert "Against the baseline" in html
    for change in comparison.cases:
        assert f"<td>{change.case}</td><td>{change.what}</td>" in html


def test_html_is_the_same_for_the_same_result(measured: Callable[..., Result]) -> None:
    assert render_html(measured(), None) == render_html(measured(), None)


def test_table_shows_value_interval_and_counts(measured: Callable[..., Result]) -> None:
    # two cases have sources: found at rank 2 and rank 1, (1/2 + 1) / 2 = 0.75
    line = next(one for one in printed(measured()).splitlines() if re.match(r"│ mrr .*to", one))
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "mrr", "0.750", "0.500 to 1.000", "2", "2", "0",
    ]  # fmt: skip


def test_table_shows_a_dash_for_what_was_not_scored(measured: Callable[..., Result]) -> None:
    line = next(one for one in printed(measured()).splitlines() if "conflict_recall" in one)
    assert [cell.strip() for cell in line.strip("│").split("│")][1:] == ["–", "–", "0", "4", "0"]


def test_terminal_names_failed_cases_and_prints_markup_as_text(measured: Callable[..., Result]) -> None:
    result = measured(failing="First?")
    failed = result.cases[0].model_copy(update={"failure": "ValueError: [bold]x[/bold]"})
    shown = printed(result.model_copy(update={"cases": (failed, *result.cases[1:])}))
    assert "failed: one: ValueError: [bold]x[/bold]" in shown


def test_html_draws_the_reliability_of_every_bin(measured: Callable[..., Result]) -> None:
    # four answers, each with confidence 0.9
    html = render_html(measured(), None)
    assert '<svg class="diagram"' in html
    assert html.count('<rect class="share"') == 1 and 'cx="90.0"' in html
    assert "Over 4 answers the expected calibration error is" in html
    assert html.count("<td>0.9 to 1.0</td>") == 1


def test_html_of_a_run_without_confidence_draws_none(measured: Callable[..., Result]) -> None:
    assert "Reliability" not in render_html(measured().model_copy(update={"reliability": None}), None)


def test_terminal_shows_reliability(measured: Callable[..., Result]) -> None:
    result = measured()
    assert result.reliability is not None
    shown = printed(result)
    assert f"expected calibration error {result.reliability.expected_calibration_error:.3f}" in shown
    line = next(one for one in shown.splitlines() if "0.9 to 1.0" in one)
    assert [cell.strip() for cell in line.strip("│").split("│")][-1] == "4"
