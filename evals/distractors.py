"""Refusal among strangers: an eval set over the shipped corpus, and over the same with many articles of other matters.

    python -m evals.distractors --data FOLDER [--set NAME] [--distractors N] [--json FILE]

FOLDER holds ``ares_*.zip`` of ARES (stanford-futuredata/ARES, Apache-2.0; Saad-Falcon et al. 2024, arXiv:2311.09476);
their documents (from NQ, HotpotQA, MultiRC, ReCoRD, Wizard of Wikipedia and FEVER, under licences of their own) become
articles of the publisher "distractor". They are kept in a folder of their own inside the data folder, so that a later
run does not embed them again; none of them are shipped.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict
from rich.console import Console

from assistant.build import Assistant, build_assistant, discard_index
from assistant.errors import BadInputError, IndexMismatchError
from evals.assembly import fresh_assistant
from evals.benchmark import (
    WIDTH,
    Answerable,
    Line,
    compared_areas,
    compared_figures,
    data_parser,
    ended,
    positive,
    read_bytes,
    table_of,
    write_json,
)
from evals.cases import CaseSet, load_set
from evals.compare import CaseChange, compare
from evals.gates import SetGates
from evals.indexed_corpus import Text, index
from evals.memory_corpus import TITLE_LENGTH
from evals.result import Result, Row
from evals.revision import read_revision
from evals.runner import SEED, run_set
from evals.train.public_data import ares_rows

ORIGIN = "documents of ARES, stanford-futuredata/ARES, Apache-2.0; the texts inside under licences of their own"
FILES = tuple(f"ares_{name}.zip" for name in ("record", "multirc", "hotpotqa", "nq", "wow", "fever"))
PUBLISHER = SOURCE = "distractor"
DISTRACTORS = 2_000
SHORTEST_TEXT = 300
FIRST_DAY = date(2024, 1, 1)
METRICS = ("refusal_precision", "refusal_recall", "answer_points", "recall_at_5", "mrr")


@dataclass(frozen=True, slots=True)
class Strangers:
    """Articles of other matters, and the SHA-256 of each file that they come from."""

    texts: tuple[Text, ...]
    sha256: dict[str, str]


class Report(BaseModel):
    """Everything that one run found; in ``figures`` the plain way is the shipped corpus alone."""

    model_config = ConfigDict(frozen=True)
    origin: str
    sha256: dict[str, str]
    seed: int
    distractors: int
    quoting_distractors: int
    figures: tuple[Line, ...]
    changed: tuple[CaseChange, ...]
    alone: Result
    among: Result


def read_strangers(folder: Path, count: int, last_day: date) -> Strangers:
    """``count`` documents, from each file in turn, dated by chance between ``FIRST_DAY`` and ``last_day``.

    Raises:
        BadInputError: a file is missing or is no ARES file, or there are too few documents.
    """
    contents = {name: read_bytes(folder / name, ORIGIN) for name in FILES}
    documents = list(islice(_in_turn([_documents(folder / name, raw) for name, raw in contents.items()]), count))
    if len(documents) < count:
        raise BadInputError(f"{folder} holds {len(documents)} documents, {count} were asked for; ask for fewer")
    days = np.random.default_rng(SEED).integers(0, (last_day - FIRST_DAY).days + 1, size=count)
    texts = tuple(
        Text(
            id=f"distractor-{hashlib.sha256(text.encode()).hexdigest()[:16]}",
            text=text,
            publisher=PUBLISHER,
            title=text.partition("\n")[0][:TITLE_LENGTH],
            published_on=(FIRST_DAY + timedelta(days=int(day))).isoformat(),
        )
        for text, day in zip(documents, days, strict=True)
    )
    return Strangers(texts, {name: hashlib.sha256(raw).hexdigest() for name, raw in contents.items()})


def _documents(path: Path, raw: bytes) -> list[str]:
    try:
        told = dict.fromkeys(row["document"].strip() for row in ares_rows(raw))
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise BadInputError(f"{path} cannot be read as an ARES file: {error}; use it as published") from error
    return [text for text in told if len(text) >= SHORTEST_TEXT]


def _in_turn(sources: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first of each source, the second of each, and so on; none twice."""
    longest = max(map(len, sources), default=0)
    return iter(dict.fromkeys(source[place] for place in range(longest) for source in sources if place < len(source)))


def among_strangers(alone: Assistant, strangers: Strangers) -> Assistant:
    """The shipped corpus together with the strangers, with the settings of ``alone``, in a folder beside its own."""
    folder = alone.settings.data.with_name(f"{alone.settings.data.name}-distractors-{len(strangers.texts)}")
    settings = alone.settings.model_copy(update={"data": folder})
    try:
        assistant = build_assistant(settings, alone.embedder)
    except IndexMismatchError:
        discard_index(settings)
        assistant = build_assistant(settings, alone.embedder)
    assistant.ingest_shipped()
    index(strangers.texts, assistant.store, assistant.embedder, SOURCE)
    return assistant


def measure(case_set: CaseSet, alone: Assistant, strangers: Strangers) -> Report:
    """Runs the set over both corpora."""
    revision = read_revision()
    before = run_set(case_set, alone.service, SetGates(), revision)
    among = among_strangers(alone, strangers)
    try:
        after = run_set(case_set, among.service, SetGates(), revision)
    finally:
        among.close()
    ids = {text.id for text in strangers.texts}
    return Report(
        origin=ORIGIN,
        sha256=strangers.sha256,
        seed=SEED,
        distractors=len(ids),
        quoting_distractors=sum(any(one.article_id in ids for one in row.citations) for row in _answered(after)),
        figures=lines(before, after),
        changed=tuple(one for one in compare(before, after).cases if one.what == "status"),
        alone=before,
        among=after,
    )


def _answered(result: Result) -> list[Row]:
    return [row for row in result.cases if row.status not in (None, "declined")]


def lines(before: Result, after: Result) -> tuple[Line, ...]:
    """The figures among strangers beside those without them."""
    changes = {change.metric: change.difference for change in compare(before, after).metrics}
    return (
        *(compared_figures(name, after.metrics[name], before.metrics[name], changes[name]) for name in METRICS),
        compared_areas("confidence: AUC", _confidence(after), _confidence(before)),
    )


def _confidence(result: Result) -> Answerable:
    told = [(row.answerable, row.confidence) for row in result.cases if row.confidence is not None]
    return {kind: [value for answerable, value in told if answerable is kind] for kind in (True, False)}


def main(
    arguments: Sequence[str] | None = None,
    console: Console | None = None,
    open_alone: Callable[[str, str], Assistant] = fresh_assistant,
) -> int:
    """Runs the benchmark. Returns 0, or 2 when the data, the set or the model could not be used."""
    parser = data_parser("distractors", ORIGIN, ", ".join(FILES))
    parser.add_argument("--set", default="core", help="the eval set (default: core)")
    parser.add_argument("--distractors", type=positive, default=DISTRACTORS, help=f"default: {DISTRACTORS}")
    given, out = parser.parse_args(arguments), console or Console(width=WIDTH)

    def run() -> None:
        case_set = load_set(given.set)
        strangers = read_strangers(given.data, given.distractors, date.fromisoformat(case_set.today))
        alone = open_alone(given.set, case_set.today)
        try:
            report = measure(case_set, alone, strangers)
        finally:
            alone.close()
        _show(report, out)
        write_json(report, given.json)

    return ended(run, out)


def _show(report: Report, out: Console) -> None:
    for name, digest in report.sha256.items():
        out.print(f"{name}, SHA-256 {digest}", soft_wrap=True)
    out.print(f"{ORIGIN}; seed {report.seed}", soft_wrap=True)
    title = f"Set {report.alone.set}, {len(report.alone.cases)} cases, {report.distractors} distractors"
    out.print(table_of(title, report.figures, ("among distractors", "shipped corpus", "change")))
    out.print(f"answers that quote a distractor: {report.quoting_distractors} of {len(_answered(report.among))}")
    for one in report.changed:
        out.print(f"{one.case}: {one.before} → {one.after}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
