"""What ``assistant eval`` does: loads, runs, reports, and says with its exit code whether every gate held."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from assistant.errors import AssistantError, BadInputError
from evals.cases import CASES, CaseSet, load_set
from evals.compare import compare, refuse_unlike
from evals.gates import GATES, SetGates, load_gates
from evals.report import print_report, write_html
from evals.result import Result, read_result, write_result
from evals.revision import read_revision
from evals.runner import EvalService, run_set

HELD, FELL_SHORT, COULD_NOT_RUN = 0, 1, 2


def run(
    set_name: str,
    build: Callable[[str], EvalService],
    baseline: Path | None,
    json_path: Path | None,
    html_path: Path | None,
    console: Console,
    *,
    cases: Traversable = CASES,
    gates: Traversable = GATES,
) -> int:
    """Runs a set against ``build(today)`` and writes what was asked for.

    Returns 0 when every gate holds, 1 when one falls short, 2 when the set, the baseline, the
    corpus or a file to write could not be used; the console then says why.
    """
    try:
        case_set = load_set(set_name, cases)
        limits = load_gates(gates).of(set_name)
        earlier = _load_baseline(baseline, case_set)
        result = _measure(case_set, build, limits, console)
        comparison = compare(earlier, result) if earlier else None
        print_report(console, result, comparison)
        if json_path:
            write_result(result, json_path)
        if html_path:
            write_html(result, comparison, html_path)
    except (AssistantError, OSError) as error:
        console.print(Text(f"the eval could not be done: {error}", style="red"))
        return COULD_NOT_RUN
    return HELD if all(gate.holds for gate in result.gates) else FELL_SHORT


def show_comparison(before: Path, after: Path, html_path: Path | None, console: Console) -> int:
    """Prints one result file beside an earlier one. Returns 0, or 2 when they cannot be compared."""
    try:
        earlier, later = read_result(before), read_result(after)
        comparison = compare(earlier, later)
        print_report(console, later, comparison)
        if html_path:
            write_html(later, comparison, html_path)
    except (AssistantError, OSError) as error:
        console.print(Text(f"the runs could not be compared: {error}", style="red"))
        return COULD_NOT_RUN
    return HELD


def _load_baseline(path: Path | None, case_set: CaseSet) -> Result | None:
    """The baseline, refused before the run when it cannot be compared."""
    if path is None:
        return None
    baseline = read_result(path)
    refuse_unlike(baseline, case_set)
    return baseline


def _measure(case_set: CaseSet, build: Callable[[str], EvalService], gates: SetGates, console: Console) -> Result:
    service = build(case_set.today)
    if not service.corpus_digest:
        raise BadInputError("the corpus digest is '': nothing is indexed; run `assistant ingest` first")
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(case_set.set, total=len(case_set.cases))
        return run_set(case_set, service, gates, read_revision(), on_case=lambda row: progress.advance(task))
