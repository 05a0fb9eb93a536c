"""Asks every case at several days and looks for anything that was not known on that day.

``python -m evals.as_of_sweep [--set core --set final] [--day 2025-06-15 …] [--every N]`` prints a table and
exits 1 when it finds a violation. It judges by the articles' own dates and by the register file, not by the
code that filters them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml
from rich.console import Console
from rich.table import Table

from assistant.shipped import corpus_folder
from assistant.types import Answer, Article, Ask, Filters
from evals.assembly import fresh_assistant
from evals.cases import load_set
from evals.days import last_day

DAYS = ("2025-04-30", "2025-08-31", "2025-11-15", "2026-02-28", "2026-06-30")
SETS = ("core", "final")


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in the answer to a case, asked as of a day, that was known only later."""

    case: str
    day: str
    what: str


def violations(
    case: str, answer: Answer, known_from: Mapping[str, date], decided: Mapping[str, date]
) -> Iterator[Violation]:
    """What an answer shows though it was not known on its ``as_of``.

    Args:
        known_from: article id -> day from which it was known.
        decided: measure id -> day from which its first entry was known.
    """
    limit = last_day(answer.as_of)
    for citation in answer.citations:
        if known_from[citation.article_id] > limit:
            yield Violation(case, answer.as_of, f"cites {citation.article_id}")
    shown = [*(told.measure for told in answer.standings), *(told.measure for told in answer.changes)]
    for measure in shown:
        if decided[measure] > limit:
            yield Violation(case, answer.as_of, f"shows the measure {measure}")
    newest = [value.newest_on for conflict in answer.conflicts for value in conflict.values]
    for iso in (*newest, answer.newest_evidence_on, answer.corpus_current_to):
        if iso is not None and last_day(iso) > limit:
            yield Violation(case, answer.as_of, f"names {iso} as a day of its evidence")


def known_days(articles: Sequence[Article]) -> dict[str, date]:
    """The day from which each article counts as known: published, or for an undated one retrieved."""
    return {article.id: last_day(article.published_on or article.retrieved_on) for article in articles}


def decided_days(register: str, known_from: Mapping[str, date]) -> dict[str, date]:
    """The day from which each measure of a register file was known: that of its earliest evidence."""
    return {
        measure["id"]: min(
            known_from[evidence["article"]]
            for entry in measure["history"]
            for evidence in entry["evidence"]
            if evidence["article"] in known_from
        )
        for measure in yaml.safe_load(register)["measures"]
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the sweep; 0 when nothing was violated, else 1."""
    parser = argparse.ArgumentParser(prog="python -m evals.as_of_sweep", description="Asks all cases at several days.")
    parser.add_argument("--set", dest="sets", action="append", choices=SETS, help="default: all")
    parser.add_argument("--day", dest="days", action="append", help=f"ISO days; default: {', '.join(DAYS)}")
    parser.add_argument("--every", type=int, default=1, help="only every Nth case")
    options = parser.parse_args(arguments)
    found, asked = _sweep(options.sets or SETS, options.days or DAYS, options.every)
    _print(found, asked)
    return 1 if found else 0


def _sweep(sets: Sequence[str], days: Sequence[str], every: int) -> tuple[list[Violation], dict[str, int]]:
    assistant = fresh_assistant(sets[0], max(load_set(name).today for name in sets))
    known_from = known_days(assistant.catalog.articles())
    decided = decided_days((corpus_folder() / "measures.yaml").read_text(encoding="utf-8"), known_from)
    found: list[Violation] = []
    asked = dict.fromkeys(days, 0)
    for case in [case for name in sets for case in load_set(name).cases][::every]:
        for day in days:
            answer = assistant.service.ask(Ask(case.question, filters=Filters(as_of=day), remember=False))
            found += violations(case.id, answer, known_from, decided)
            asked[day] += 1
    assistant.close()
    return found, asked


def _print(found: Sequence[Violation], asked: Mapping[str, int]) -> None:
    table = Table("as of", "answers", "violations", title="Nothing known only later")
    for day, count in asked.items():
        table.add_row(day, str(count), str(sum(violation.day == day for violation in found)))
    console = Console()
    console.print(table)
    for violation in found:
        console.print(f"{violation.case} as of {violation.day}: {violation.what}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
