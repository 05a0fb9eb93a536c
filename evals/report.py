"""Shows a result to people: tables for a terminal, and one HTML file that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from evals.compare import CaseChange, Comparison
from evals.metrics import Difference
from evals.result import Figure, GateRow, Result, Row

ABSENT = "–"


def print_report(console: Console, result: Result, comparison: Comparison | None) -> None:
    """Prints every figure with its counts, the gates, the failed cases, and the comparison when given."""
    parts = [
        _provenance(result),
        _figures_table(result),
        *_reliability(result),
        _gates_table(result),
        _failures(result),
    ]
    if comparison:
        parts += [_comparison_table(comparison), _changes(comparison)]
    console.print(Group(*(part for part in parts if part is not None)))


def render_html(result: Result, comparison: Comparison | None) -> str:
    """The report as one HTML page: no script, no outside request, every value escaped."""
    environment = Environment(
        loader=PackageLoader("evals"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number, interval=interval, signed=signed, threshold=threshold)
    style = (files("evals") / "templates" / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html.j2").render(
        result=result,
        comparison=comparison,
        rows=sorted(result.cases, key=_urgency),
        changes=_by_case(comparison),
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def write_html(result: Result, comparison: Comparison | None, path: Path) -> None:
    """Writes the HTML page, making its folder when there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_html(result, comparison), encoding="utf-8", newline="\n")


def number(value: float | None) -> str:
    """Three decimals, or a dash for what was not scored."""
    return ABSENT if value is None else f"{value:.3f}"


def signed(value: float | None) -> str:
    """Three decimals with a sign, or a dash."""
    return ABSENT if value is None else f"{value:+.3f}"


def interval(low: float | None, high: float | None, form: str = ".3f") -> str:
    """Both ends of an interval, or a dash when there is none."""
    return ABSENT if low is None or high is None else f"{low:{form}} to {high:{form}}"


def threshold(gate: GateRow) -> str:
    """What a gate asks, in words."""
    if gate.at_least is None:
        return f"at most {gate.at_most:g}"
    what = "lower end" if gate.figure == "low" else "value"
    cases = f", over {gate.min_n} or more" if gate.min_n else ""
    return f"{what} at least {gate.at_least:g}{cases}"


def _urgency(row: Row) -> int:
    """Failed cases first, then those that missed something, then the rest, each in the order of the file."""
    if row.failure is not None:
        return 0
    return 1 if any(score.missed for score in row.scores.values()) else 2


def _by_case(comparison: Comparison | None) -> dict[str, list[CaseChange]]:
    changes: dict[str, list[CaseChange]] = {}
    for change in comparison.cases if comparison else ():
        changes.setdefault(change.case, []).append(change)
    return changes


def _provenance(result: Result) -> Text:
    dirty = {True: ", changed since", False: "", None: ""}[result.dirty]
    return Text(
        f"set {result.set} on {result.today}, {len(result.cases)} cases; "
        f"commit {_short(result.commit)}{dirty}; settings {_short(result.settings_fingerprint)}; "
        f"corpus {_short(result.corpus_digest)}; seed {result.seed}"
    )


def _short(digest: str | None) -> str:
    return digest[:12] if digest else "unknown"


def _figures_table(result: Result) -> Table:
    table = Table("figure", title="Figures", title_justify="left")
    for heading in ("value", "95 % interval", "n", "unscored", "failed"):
        table.add_column(heading, justify="right")
    for metric, figure in result.metrics.items():
        table.add_row(metric, *_cells(figure))
    return table


def _cells(figure: Figure) -> tuple[str, ...]:
    counts = (figure.n, figure.unscored, figure.failed)
    return number(figure.value), interval(figure.low, figure.high), *map(str, counts)


def _reliability(result: Result) -> tuple[Table | Text, ...]:
    if not (told := result.reliability):
        return ()
    table = Table("confidence", title="Reliability", title_justify="left")
    for heading in ("mean", "answerable", "n"):
        table.add_column(heading, justify="right")
    for one in told.bins:
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", number(one.confidence), number(one.answerable), str(one.n))
    error = f"expected calibration error {number(told.expected_calibration_error)}"
    return table, Text(f"{told.n} answers, {error}, Brier score {number(told.brier)}")


def _gates_table(result: Result) -> Table:
    table = Table("gate", "asks", "reached", "n", "holds", title="Gates", title_justify="left")
    for gate in result.gates:
        reached = f"{gate.got:g}" if gate.figure == "count" else number(gate.got)
        holds = Text("yes", style="green") if gate.holds else Text("no", style="bold red")
        table.add_row(gate.metric, threshold(gate), reached, str(gate.n), holds)
    return table


def _failures(result: Result) -> Text | None:
    lines = [f"failed: {row.id}: {row.failure}" for row in result.cases if row.failure is not None]
    return Text("\n".join(lines), style="red") if lines else None


def _comparison_table(comparison: Comparison) -> Table:
    title = f"Against commit {_short(comparison.baseline_commit)}, {comparison.compared} cases"
    table = Table("figure", title=title, title_justify="left")
    for heading in ("before", "after", "difference", "95 % interval", "n"):
        table.add_column(heading, justify="right")
    for change in comparison.metrics:
        table.add_row(change.metric, number(change.before), number(change.after), *_gain(change.difference))
    return table


def _gain(difference: Difference | None) -> tuple[str, str, str]:
    if difference is None:
        return ABSENT, ABSENT, "0"
    ends = interval(difference.low, difference.high, "+.3f")
    return signed(difference.value), ends, str(difference.n)


def _changes(comparison: Comparison) -> Text:
    left_out = [
        f"left out, {why}: {', '.join(ids)}"
        for why, ids in (("rewritten", comparison.rewritten), ("failed in a run", comparison.failed))
        if ids
    ]
    lines = [f"{one.case}: {one.what} {one.before} → {one.after}" for one in comparison.cases]
    return Text("\n".join([*left_out, *(lines or ["no case changed"])]))
