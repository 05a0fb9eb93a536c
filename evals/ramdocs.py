"""RAMDocs: what an answer shows when its documents conflict, mislead or speak of namesakes.

``python -m evals.ramdocs --data FOLDER [--json FILE] [--limit N]`` reads ``ramdocs.jsonl`` of FOLDER. The data are
HanNight/RAMDocs (MIT; Wang et al. 2025, "Retrieval-Augmented Generation with Conflicting Evidence",
arXiv:2504.13079); none of them are shipped. Every row is a corpus of its own, each document by a publisher
of its own, read with the product's chunker, embedder and answerer.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from assistant.answer.extractive import Draft, ExtractiveAnswerer
from assistant.answer.rewrite import Standalone
from assistant.build import build_answerer, build_scorer
from assistant.index.embedder import Embedder
from assistant.settings import load_settings
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from evals import benchmark
from evals.benchmark import data_parser, ended, figure_of, positive, product_embedder, told, write_json
from evals.memory_corpus import Document, findings_in_memory
from evals.runner import SEED
from evals.wording import says

FILE = "ramdocs.jsonl"
ORIGIN = "HanNight/RAMDocs"
LICENCE = "MIT"
KINDS = ("right", "declined", "nothing found", "a gold value missing", "a wrong value shown")


class RamDocument(BaseModel):
    """One text of a row; what kind it is takes no part in the answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    text: str


class RamRow(BaseModel):
    """One question, its documents, every true answer and every planted one."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    question: str
    documents: tuple[RamDocument, ...]
    gold_answers: tuple[str, ...]
    wrong_answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row came to.

    Attributes:
        kind: one of ``KINDS``.
        strict: 1 when every gold answer is shown and no wrong one stands anywhere, else 0.
        values: for each value shown in a conflict, 1 when it is a gold answer, else 0.
        false_conflict: for a row with one gold answer, 1 when a conflict is shown, else 0; None for others.
        conflicts: the values of each conflict shown.
        sentences: the sentences shown.
    """

    question: str
    kind: str
    strict: float
    values: tuple[float, ...]
    false_conflict: float | None
    conflicts: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]


def read_rows(folder: Path, limit: int | None = None) -> tuple[tuple[RamRow, ...], str]:
    """The rows of the folder's file, and the SHA-256 of the whole file.

    Raises:
        BadInputError: there is no such file, or a line is no row.
    """
    rows, digest = benchmark.read_rows(folder / FILE, RamRow, f"{ORIGIN} ({LICENCE})")
    return rows[:limit], digest


def judge(row: RamRow, draft: Draft) -> Outcome:
    """What a draft shows of a row's gold and wrong answers."""
    sentences = tuple(" ".join(quote.text.split()) for quote in draft.quotes)
    conflicts = tuple(tuple(value.value for value in one.values) for one in draft.disagreements)
    shown = [*sentences, *(value for values in conflicts for value in values)]
    missing = [gold for gold in row.gold_answers if not any(says(sentence, gold) for sentence in sentences)]
    wrong = [answer for answer in row.wrong_answers if any(says(text, answer) for text in shown)]
    return Outcome(
        question=row.question,
        kind=_kind(row, sentences, missing, wrong),
        strict=float(not missing and not wrong),
        values=tuple(float(_is_gold(value, row)) for values in conflicts for value in values),
        false_conflict=float(bool(conflicts)) if len(row.gold_answers) == 1 else None,
        conflicts=conflicts,
        sentences=sentences,
    )


def run(
    rows: Sequence[RamRow],
    answerer: ExtractiveAnswerer,
    analyzer: TermAnalyzer,
    embedder: Embedder,
    passages: int,
) -> Iterator[Outcome]:
    """The outcome of each row, in order."""
    for row in rows:
        documents = [Document(f"document-{number}", doc.text) for number, doc in enumerate(row.documents, 1)]
        findings = findings_in_memory(row.question, documents, embedder, analyzer, passages)
        yield judge(row, answerer.draft(Standalone(row.question, row.question), findings))


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Every figure with its n and 95 % interval, and how many rows came to each kind."""
    kinds = Counter(outcome.kind for outcome in outcomes)
    return {
        "strict_exact_match": figure_of([outcome.strict for outcome in outcomes]),
        "conflict_value_precision": figure_of([value for outcome in outcomes for value in outcome.values]),
        "false_conflicts": figure_of([one.false_conflict for one in outcomes if one.false_conflict is not None]),
        "kinds": {kind: kinds[kind] for kind in KINDS},
    }


def _kind(row: RamRow, sentences: Sequence[str], missing: Sequence[str], wrong: Sequence[str]) -> str:
    if not sentences:
        return "declined"
    if wrong:
        return "a wrong value shown"
    if len(missing) == len(row.gold_answers):
        return "nothing found"
    return "a gold value missing" if missing else "right"


def _is_gold(value: str, row: RamRow) -> bool:
    """A value may be worded shorter ("3,559") or longer than the gold answer ("3,559 people")."""
    return any(says(value, gold) or says(gold, value) for gold in row.gold_answers)


def _parts(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """The figures over all rows, and over each half by order: the first is there to tune on."""
    middle = (len(outcomes) + 1) // 2
    return {
        "all": report(outcomes),
        "first half": report(outcomes[:middle]),
        "second half": report(outcomes[middle:]),
    }


def main(
    arguments: Sequence[str] | None = None, console: Console | None = None, embedder: Embedder | None = None
) -> int:
    """Runs the benchmark. Returns 0, or 2 when the data or the model could not be used."""
    parser = data_parser("ramdocs", f"{ORIGIN} ({LICENCE})", FILE)
    parser.add_argument("--limit", type=positive, help="only the first rows")
    given = parser.parse_args(arguments)

    def run_all() -> None:
        rows, digest = read_rows(given.data, given.limit)
        outcomes = _outcomes(rows, embedder or product_embedder())
        parts = _parts(outcomes)
        _print(console or Console(), f"{ORIGIN} ({LICENCE}), {len(rows)} rows, SHA-256 {digest}", parts)
        told = {"origin": ORIGIN, "licence": LICENCE, "sha256": digest, "rows": len(rows), "seed": SEED}
        write_json(told | {"parts": parts, "cases": outcomes}, given.json)

    return ended(run_all, console or Console(stderr=True))


def _outcomes(rows: Sequence[RamRow], embedder: Embedder) -> tuple[Outcome, ...]:
    settings = load_settings()
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    answerer = build_answerer(settings, analyzer, build_scorer(settings, embedder.name))
    return tuple(run(rows, answerer, analyzer, embedder, settings.passages))


def _print(console: Console, heading: str, parts: Mapping[str, dict[str, Any]]) -> None:
    console.print(heading, soft_wrap=True)
    table = Table("figure", *parts)
    for name in ("strict_exact_match", "conflict_value_precision", "false_conflicts"):
        table.add_row(name, *(f"{told(part[name])} (n {part[name].n})" for part in parts.values()))
    for kind in KINDS:
        table.add_row(kind, *(str(part["kinds"][kind]) for part in parts.values()))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
