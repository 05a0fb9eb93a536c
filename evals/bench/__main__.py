"""Runs the benchmark: ``python -m evals.bench [--articles N …] [--json FILE] [--keep FOLDER]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from assistant.errors import AssistantError
from assistant.index.embedder import PACKAGED_MODEL
from assistant.index.packaged_embedder import open_embedder
from evals.bench.contest import Plan, hold
from evals.bench.figures import Report
from evals.bench.table import table_of
from evals.benchmark import COULD_NOT_RUN, DONE, positive, write_json

ARTICLES = (150, 2_000, 20_000)
LANGCHAIN_UP_TO = 2_000
WIDTH = 130
PACKAGES = ("openvino", "torch", "sentence-transformers", "langchain-huggingface", "langchain-chroma", "chromadb")


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Runs the contests and prints the table. Returns 0, or 2 when one could not be held."""
    given, out = _parser().parse_args(arguments), console or Console(width=WIDTH)
    with tempfile.TemporaryDirectory() as temporary:
        try:
            report = measure(given, given.keep or Path(temporary))
        except AssistantError as error:
            out.print(f"the benchmark could not be run: {error}", style="red", markup=False, soft_wrap=True)
            return COULD_NOT_RUN
    out.print(table_of(report))
    write_json(report, given.json)
    return DONE


def measure(given: argparse.Namespace, folder: Path) -> Report:
    """Every contest that was asked for."""
    plan = Plan(
        folder, given.threads, given.turns, given.seconds, given.embedding_articles, given.questions,
        tuple(given.clients), given.load_seconds, given.draw_vectors,
    )  # fmt: skip
    before = os.getloadavg()[0]
    contests = tuple(
        hold(plan, count, langchain=count <= given.langchain_up_to, say=lambda told, count=count: _say(count, told))  # type: ignore[misc]
        for count in given.articles
    )
    return Report(
        processor=_processor(),
        processors=os.cpu_count() or 1,
        threads=given.threads,
        load_average=(round(before, 1), round(os.getloadavg()[0], 1)),
        versions={name: version(name) for name in PACKAGES},
        runtime=open_embedder(PACKAGED_MODEL, given.threads).runtime(),
        contests=contests,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    add = parser.add_argument
    add("--articles", type=positive, nargs="+", default=ARTICLES, metavar="N", help="numbers of articles")
    add("--langchain-up-to", type=int, default=LANGCHAIN_UP_TO, metavar="N", help="most articles LangChain reads")
    add("--threads", type=positive, default=2, help="each pipeline computes with")
    add("--turns", type=positive, default=10, help="slices of the articles, by turns")
    add("--seconds", type=float, default=3_600.0, help="of ingest that a pipeline has at most")
    add("--embedding-articles", type=positive, default=2_000, metavar="N", help="articles embedded alone at most")
    add("--questions", type=positive, default=100, help="for each pipeline")
    add("--clients", type=positive, nargs="*", default=(1, 8, 32, 128), metavar="N", help="none: no server")
    add("--load-seconds", type=float, default=5.0, help="each number of clients asks for")
    add("--draw-vectors", action="store_true", help="compute none: quick, and only what questions cost is measured")
    add("--json", type=Path, help="write all figures here")
    add("--keep", type=Path, metavar="FOLDER", help="keep articles and data folders here")
    return parser


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def _say(count: int, told: str) -> None:
    print(f"{count}: {told}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
