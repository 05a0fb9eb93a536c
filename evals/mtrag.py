"""Follow-ups of other people's conversations: does the rewritten question find what the bare one does not?

The data is MTRAG-UN (https://github.com/IBM/mt-rag-benchmark, Apache-2.0), read from a folder that the caller
names; it is no part of this project. The contexts of all rows make one pool; for each row with contexts and an
earlier user turn, the pool is searched for the row's own contexts, once with the last user turn as it was typed and
once with what ``rewrite.standalone`` makes of it.

    python -m evals.mtrag --data FOLDER [--json FILE] [--limit N]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console
from rich.table import Table

from assistant.answer.rewrite import Turn, standalone
from assistant.errors import BadInputError
from assistant.index.embedder import Embedder
from assistant.index.store import Store
from assistant.ingest.sentences import split_sentences
from assistant.retrieve.retriever import Retriever
from assistant.settings import load_settings
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Filters
from evals.benchmark import (
    data_parser,
    ended,
    figure_of,
    gain_of,
    positive,
    product_embedder,
    read_rows,
    told,
    write_json,
)
from evals.figures import DECIMALS
from evals.indexed_corpus import Text, index
from evals.metrics import recall_at_k, reciprocal_rank
from evals.result import Figure
from evals.runner import SEED

FILE_NAME = "mtrag_un.jsonl"
ORIGIN = "MTRAG-UN, IBM/mt-rag-benchmark on GitHub, Apache-2.0"
RECALL_DEPTH, SEARCH_DEPTH = 5, 10
Effect = Literal["better", "worse", "same"]


class Context(BaseModel):
    """A passage of the benchmark's documents."""

    document_id: str
    text: str


class Message(BaseModel):
    """What the user or the agent said."""

    speaker: Literal["user", "agent"]
    text: str


class Conversation(BaseModel):
    """One row: messages up to the last user turn, and the contexts that answer it."""

    task_id: str
    contexts: tuple[Context, ...]
    input: tuple[Message, ...]
    multi_turn: tuple[str, ...] = Field(alias="Multi-Turn")

    @property
    def question(self) -> str:
        """The last user turn."""
        return self.input[-1].text

    @property
    def usable(self) -> bool:
        """Whether there is something to find, and a user turn before the last."""
        return bool(self.contexts) and sum(message.speaker == "user" for message in self.input) > 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RowResult(_Frozen):
    """How a row's own contexts were found with the turn as typed (``raw``) and as rewritten."""

    id: str
    kind: str
    question: str
    rewritten: str
    raw_recall: float
    rewritten_recall: float
    raw_rank: float
    rewritten_rank: float

    @property
    def changed(self) -> bool:
        """Whether the question was rewritten at all."""
        return self.question != self.rewritten

    @property
    def effect(self) -> Effect:
        """By the reciprocal rank of the first own context."""
        if self.raw_rank == self.rewritten_rank:
            return "same"
        return "better" if self.rewritten_rank > self.raw_rank else "worse"


class Group(_Frozen):
    """The figures over some of the rows; ``effects`` counts only the rows that were rewritten."""

    n: int
    rewritten: int
    recall_raw: Figure
    recall_rewritten: Figure
    recall_gain: Figure
    mrr_raw: Figure
    mrr_rewritten: Figure
    mrr_gain: Figure
    effects: dict[Effect, int]


class Report(_Frozen):
    """Everything that one run found; equal inputs give equal bytes."""

    origin: str
    sha256: str
    model: str
    seed: int
    rows: int
    contexts: int
    groups: dict[str, Group]
    cases: tuple[RowResult, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The product's parts that the benchmark runs with."""

    embedder: Embedder
    analyzer: TermAnalyzer
    candidates: int


def read(folder: Path) -> tuple[tuple[Conversation, ...], str]:
    """The rows of the file in ``folder``, and its SHA-256. Raises BadInputError when it cannot be read."""
    return read_rows(folder / FILE_NAME, Conversation, ORIGIN)


def measure(rows: Sequence[Conversation], sha256: str, parts: Parts, folder: Path, limit: int | None = None) -> Report:
    """Index the contexts of all rows in the empty ``folder`` and search them for the first ``limit`` usable rows.

    Raises:
        BadInputError: no row has contexts and an earlier turn.
    """
    usable = [row for row in rows if row.usable][:limit]
    if not usable:
        raise BadInputError("no row has contexts and an earlier user turn, so there is nothing to measure")
    pool = {context.document_id: context.text for row in rows for context in row.contexts}
    store = Store(folder, parts.embedder.name, parts.analyzer)
    try:
        texts = (Text(document_id, text, "MTRAG") for document_id, text in pool.items())
        index(texts, store, parts.embedder, "mtrag")
        retriever = Retriever(store, parts.embedder, parts.analyzer, parts.candidates)
        results = tuple(_measured(row, retriever, parts.analyzer) for row in usable)
    finally:
        store.close()
    return Report(
        origin=ORIGIN,
        sha256=sha256,
        model=parts.embedder.name,
        seed=SEED,
        rows=len(rows),
        contexts=len(pool),
        groups=_groups(results),
        cases=results,
    )


def rewritten(row: Conversation, analyzer: TermAnalyzer) -> str:
    """The last user turn as the product understands it, every turn before it rewritten likewise."""
    turns: list[Turn] = []
    for exchange in _exchanges(row):
        turns.append(_turn(exchange, turns, analyzer))
    return standalone(row.question, turns, analyzer).text


def _turn(exchange: tuple[str, str], before: Sequence[Turn], analyzer: TermAnalyzer) -> Turn:
    question, reply = exchange
    sentences = tuple(span.of(reply) for span in split_sentences(reply, "en"))
    return Turn(question, standalone(question, before, analyzer).text, sentences)


def _exchanges(row: Conversation) -> Iterator[tuple[str, str]]:
    """Each earlier user turn with the agent's reply; empty when none came."""
    earlier = row.input[:-1]
    for place, message in enumerate(earlier):
        if message.speaker == "user":
            reply = earlier[place + 1] if place + 1 < len(earlier) else None
            yield message.text, reply.text if reply and reply.speaker == "agent" else ""


def _measured(row: Conversation, retriever: Retriever, analyzer: TermAnalyzer) -> RowResult:
    own = {context.document_id for context in row.contexts}
    understood = rewritten(row, analyzer)
    raw_recall, raw_rank = _searched(row.question, own, retriever)
    recall, rank = _searched(understood, own, retriever)
    return RowResult(
        id=row.task_id,
        kind=" ".join(row.multi_turn),
        question=row.question,
        rewritten=understood,
        raw_recall=raw_recall,
        rewritten_recall=recall,
        raw_rank=raw_rank,
        rewritten_rank=rank,
    )


def _searched(question: str, own: set[str], retriever: Retriever) -> tuple[float, float]:
    """Recall and reciprocal rank of the own contexts; a hit is a passage, so a context may take several places."""
    found = [(hit.article.id,) for hit in retriever.search(question, Filters(), SEARCH_DEPTH)]
    recall, rank = recall_at_k(found, own, RECALL_DEPTH), reciprocal_rank(found, own)
    return round(recall or 0.0, DECIMALS), round(rank or 0.0, DECIMALS)


def _groups(results: Sequence[RowResult]) -> dict[str, Group]:
    half = len(results) // 2
    chosen: dict[str, Callable[[RowResult], bool]] = {
        f"type {kind}": lambda row, kind=kind: row.kind == kind  # type: ignore[misc]
        for kind in sorted({row.kind for row in results})
    }
    groups = {
        "all": _group(results),
        "first half": _group(results[:half]),
        "second half": _group(results[half:]),
    }
    groups |= {name: _group([row for row in results if fits(row)]) for name, fits in chosen.items()}
    return groups | {"rewritten": _group([row for row in results if row.changed])}


def _group(results: Sequence[RowResult]) -> Group:
    changed = [row for row in results if row.changed]
    raw_recall, recall = [row.raw_recall for row in results], [row.rewritten_recall for row in results]
    raw_rank, rank = [row.raw_rank for row in results], [row.rewritten_rank for row in results]
    effects: tuple[Effect, ...] = ("better", "worse", "same")
    return Group(
        n=len(results),
        rewritten=len(changed),
        recall_raw=figure_of(raw_recall),
        recall_rewritten=figure_of(recall),
        recall_gain=gain_of(raw_recall, recall),
        mrr_raw=figure_of(raw_rank),
        mrr_rewritten=figure_of(rank),
        mrr_gain=gain_of(raw_rank, rank),
        effects={effect: sum(row.effect == effect for row in changed) for effect in effects},
    )


def show(report: Report, console: Console) -> None:
    """Print the figures of each group as a table."""
    table = Table(title=f"{report.origin}, {report.rows} rows, {report.contexts} contexts, {report.sha256[:12]}")
    for heading in ("rows", "n", "rewritten", "recall@5 raw", "rewritten", "MRR raw", "rewritten", "gain"):
        table.add_column(heading, justify="left" if heading == "rows" else "right")
    table.add_column("better / worse / same", justify="right")
    for name, group in report.groups.items():
        figures = (
            group.recall_raw,
            group.recall_rewritten,
            group.mrr_raw,
            group.mrr_rewritten,
            group.mrr_gain,
        )
        effects = " / ".join(str(count) for count in group.effects.values())
        table.add_row(name, str(group.n), str(group.rewritten), *map(told, figures), effects)
    console.print(table)


def main(arguments: Iterable[str], console: Console, parts: Callable[[], Parts]) -> int:
    """Run the program; 0 when it measured, 2 when the data or a file to write could not be used."""
    parser = data_parser("mtrag", f"Follow-ups of {ORIGIN}", FILE_NAME)
    parser.add_argument("--limit", type=positive, help="only the first N rows; the pool stays whole")
    options = parser.parse_args(list(arguments))

    def run() -> None:
        rows, sha256 = read(options.data)
        with tempfile.TemporaryDirectory() as folder:
            report = measure(rows, sha256, parts(), Path(folder), options.limit)
        show(report, console)
        write_json(report, options.json)

    return ended(run, console)


def product_parts() -> Parts:
    """The embedder, analyzer and candidates of the settings in force."""
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    return Parts(product_embedder(), analyzer, load_settings().candidates)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Console(), product_parts))
