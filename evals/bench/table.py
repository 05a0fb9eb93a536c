"""The table of a run: figures side by side, their ratio, the aim, and how each grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.table import Table

from evals.bench.figures import Answering, Contest, Contestant, Ingested, Report, growth


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the program's figure, the other's, their ratio, and what the ratio or the figure should be."""

    figure: str
    product: str
    other: str = ""
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The line as text; an aim that is missed says so."""
        told = {None: "", True: " ✓", False: " missed"}[self.met]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        return self.figure, self.product, self.other, ratio, f"{self.aim}{told}"


def table_of(report: Report) -> Table:
    """The whole run."""
    table = Table("figure", title=_title(report), title_justify="left")
    for heading in ("product", "LangChain", "ratio", "aim"):
        table.add_column(heading, justify="right")
    for contest in report.contests:
        table.add_section()
        told = "" if contest.embedding else ", vectors drawn at random"
        table.add_row(f"[bold]{contest.articles:,} articles, {contest.product.ingest.words:,} words{told}[/]")
        for row in rows_of(contest):
            table.add_row(*row.cells())
    if len(report.contests) > 1:
        table.add_section()
        table.add_row("[bold]growth: exponent over the number of articles[/]")
        for figure, exponent in growths(report.contests):
            table.add_row(figure, "–" if exponent is None else f"{exponent:.2f}")
    return table


def rows_of(contest: Contest) -> Iterator[Row]:
    """Every line of one contest."""
    if contest.embedding:
        yield from _ingest_rows(contest, contest.embedding)
    yield from _search_rows(contest)
    for answering in contest.answering:
        yield from _answer_rows(contest, answering)


def growths(contests: Sequence[Contest]) -> Iterator[tuple[str, float | None]]:
    """How the program's figures grow with the number of articles."""
    figures: dict[str, Callable[[Contest], float | None]] = {
        "ingest, seconds": lambda one: one.product.ingest.cost.seconds if one.embedding else None,
        "ingest, processor seconds": lambda one: one.product.ingest.cost.cpu_seconds if one.embedding else None,
        "disk": lambda one: one.product.disk_megabytes,
        "retrieval p50": lambda one: one.product.search.p50 if one.product.search else None,
        "answer p50, with scorer": lambda one: _answer_p50(one, True),
        "answer p50, without": lambda one: _answer_p50(one, False),
        "memory when searching": lambda one: memory_of(one.product),
        "peak memory of ingest": lambda one: one.product.peak_megabytes,
    }
    for name, figure in figures.items():
        points = [(one.product.ingest.articles, value) for one in contests if (value := figure(one)) is not None]
        yield name, growth(points)


def _ingest_rows(contest: Contest, alone: Ingested) -> Iterator[Row]:
    ours = contest.product
    versus = partial(_versus, contest)
    yield versus("load, s", lambda one: one.load.seconds, "{:.2f}")
    yield versus(
        _with_cut("ingest, words/s", contest), lambda one: one.ingest.words_per_second, "{:,.0f}", at_least=4.5
    )
    yield versus("ingest, words/processor s", lambda one: one.ingest.words_per_cpu_second, "{:,.0f}")
    share = ours.ingest.words_per_second / alone.words_per_second
    told = f"{alone.words_per_second:,.0f} words/s"
    yield Row("ingest / embedding alone", f"{share:.0%}", told, None, "≥ 75 %", share >= 0.75)
    share = ours.ingest.words_per_cpu_second / alone.words_per_cpu_second
    yield Row("the same in processor s", f"{share:.0%}", f"{alone.words_per_cpu_second:,.0f} words/s")
    yield versus("peak memory of ingest, MB", lambda one: one.peak_megabytes, "{:,.0f}")
    yield versus("disk, kB an article", _disk, "{:,.0f}")


def _search_rows(contest: Contest) -> Iterator[Row]:
    versus = partial(_versus, contest)
    yield versus("retrieval p50, ms", lambda one: one.search.p50 if one.search else None, "{:.1f}", at_most=0.6)
    yield versus("retrieval p95, ms", lambda one: one.search.p95 if one.search else None, "{:.1f}")
    yield versus("retrieval p99, ms", lambda one: one.search.p99 if one.search else None, "{:.1f}")
    yield versus("retrieval, processor ms", lambda one: one.search.cpu if one.search else None, "{:.1f}")
    yield versus("memory when searching, MB", memory_of, "{:,.0f}")
    yield versus("cold question, s", lambda one: one.cold_question.seconds if one.cold_question else None, "{:.2f}")
    cold, peer = contest.product.cold_question, contest.langchain
    if cold and peer:
        ratio = cold.seconds / peer.load.seconds
        told = f"{peer.load.seconds:.2f}"
        yield Row("cold question / LangChain's load", f"{cold.seconds:.2f}", told, ratio, "≤ 0.20 ×", ratio <= 0.2)


def _answer_rows(contest: Contest, answering: Answering) -> Iterator[Row]:
    how = "with scorer" if answering.scorer else "without"
    most = (60, 120) if answering.scorer else (20, 45)
    statuses = ", ".join(f"{count} {status}" for status, count in sorted(answering.statuses.items()))
    aims = dict(zip(("p50", "p95"), most, strict=True))
    for name in ("p50", "p95", "p99"):
        value = getattr(answering.spent, name)
        aim = aims.get(name)
        yield Row(f"answer {how}, {name}, ms", f"{value:.1f}", statuses if name == "p50" else "", None,
                  f"≤ {aim}" if aim else "", value <= aim if aim else None)  # fmt: skip
    yield Row(f"answer {how}, processor ms", f"{answering.spent.cpu:.1f}")
    for load in answering.loads:
        errors = ", ".join(f"{count} × {name}" for name, count in load.errors.items()) or "no error"
        least = (15 if answering.scorer else 50) if load.clients == 32 else None
        told = f"p50 {load.p50:.2f} s, p95 {load.p95:.2f} s, {load.cpu_seconds * 1000:.0f} processor ms, {errors}"
        met = None if least is None else load.per_second >= least and load.p95 <= 3 and not load.errors
        yield Row(f"{load.clients} clients {how}, answers/s", f"{load.per_second:.1f}", told, None,
                  f"≥ {least}, p95 ≤ 3 s" if least else "", met)  # fmt: skip
    if answering.memory:
        memory = answering.memory
        yield Row(f"server {how}, MB", f"{memory.resident:,.0f}", f"{memory.proportional:,.0f} proportional")


def _versus(
    contest: Contest,
    figure: str,
    value: Callable[[Contestant], float | None],
    form: str,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Row:
    ours = value(contest.product)
    theirs = value(contest.langchain) if contest.langchain else None
    if ours is None or theirs is None:
        return Row(figure, "–" if ours is None else form.format(ours))
    ratio = ours / theirs
    aim = f"≥ {at_least:.2f} ×" if at_least else f"≤ {at_most:.2f} ×" if at_most else ""
    met = ratio >= at_least if at_least else ratio <= at_most if at_most else None
    return Row(figure, form.format(ours), form.format(theirs), ratio, aim, met)


def _with_cut(figure: str, contest: Contest) -> str:
    cut = [
        f"{name} cut at {one.ingest.articles}"
        for name, one in (("product", contest.product), ("LangChain", contest.langchain))
        if one is not None and not one.ingest.complete
    ]
    return f"{figure} ({', '.join(cut)})" if cut else figure


def memory_of(contestant: Contestant) -> float | None:
    """Megabytes of a process that has been searched, shared pages divided among their users."""
    return contestant.search_memory.proportional if contestant.search_memory else None


def _disk(contestant: Contestant) -> float | None:
    # One that was cut short has fewer articles.
    megabytes = contestant.disk_megabytes
    return None if megabytes is None else megabytes * 1_000 / contestant.ingest.articles


def _answer_p50(contest: Contest, scorer: bool) -> float | None:
    return next((one.spent.p50 for one in contest.answering if one.scorer == scorer), None)


def _title(report: Report) -> str:
    loads = " to ".join(f"{load:.1f}" for load in report.load_average)
    return (
        f"{report.processor}, {report.processors} processors, {report.threads} threads each, load average {loads}; "
        f"{report.runtime}"
    )
