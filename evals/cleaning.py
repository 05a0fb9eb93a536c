"""How well pages are cleaned: `python -m evals.cleaning` prints one table over pages with a person's expectations.

Text is scored by precision and recall of sentences and of characters; title, publisher, author, date, where the date
stands, origin and language are right or wrong. Pages marked ``held_out`` were never used to tune the product.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from assistant.errors import BadInputError
from evals.benchmark import WIDTH, ended, figure_of, told, write_json
from evals.kept_text import KeptText, Story, folded, score_kept
from evals.page_cleaners import CLEANERS, Cleaner
from evals.result import Figure

PAGES = Path(__file__).parents[1] / "tests" / "data" / "pages" / "messy"
TODAY = date(2026, 11, 28)
HALVES = {"tuned": False, "held out": True}
FACTS = ("title", "publisher", "author", "published_on", "published_from", "origin", "language")


class ExpectedPage(BaseModel):
    """What a person expects of one page; see :class:`evals.kept_text.Story` for the lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    page: str
    held_out: bool
    title: str
    publisher: str
    author: str | None
    url: str | None
    published_on: str | None
    published_from: str | None
    origin: str
    language: str
    kept: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    either: tuple[str, ...]
    dropped: tuple[str, ...]

    def story(self) -> Story:
        """The part of it that is about text; the title may stand in the text or not."""
        return Story(self.kept, self.rows, (*self.either, self.title), self.dropped, self.language)


@dataclass(frozen=True, slots=True)
class PageScore:
    """One way's result on one page; ``facts`` tells which were right."""

    page: str
    held_out: bool
    kept: KeptText
    facts: dict[str, bool]
    told: dict[str, str | None]
    milliseconds: float


class Row(BaseModel):
    """One figure of one way on one half of the pages."""

    half: str
    way: str
    measure: str
    figure: Figure


def read_pages(folder: Path) -> tuple[ExpectedPage, ...]:
    """The expectations beside the pages. Raises BadInputError when they are not there or not of that shape."""
    path = folder / "expected.yaml"
    if not path.is_file():
        raise BadInputError(f"{path} is not there; run from a checkout of the project, or name the folder with --pages")
    try:
        return TypeAdapter(tuple[ExpectedPage, ...]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise BadInputError(f"{path}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}; correct it") from error


def score_page(expected: ExpectedPage, content: bytes, cleaner: Cleaner) -> PageScore:
    """Cleans one page and holds the result against what is expected."""
    started = time.perf_counter()
    cleaned = cleaner(expected.page, content, TODAY)
    elapsed = (time.perf_counter() - started) * 1000
    return PageScore(
        page=expected.page,
        held_out=expected.held_out,
        kept=score_kept(cleaned.text, expected.story()),
        facts={fact: _same(getattr(cleaned, fact), getattr(expected, fact)) for fact in FACTS},
        told={fact: getattr(cleaned, fact) for fact in FACTS},
        milliseconds=round(elapsed, 1),
    )


def score_all(folder: Path, ways: Iterable[str]) -> dict[str, list[PageScore]]:
    """Each way's scores, in the order of the pages."""
    pages = read_pages(folder)
    contents = [(folder / expected.page).read_bytes() for expected in pages]
    return {
        way: [score_page(expected, content, CLEANERS[way]) for expected, content in zip(pages, contents, strict=True)]
        for way in ways
    }


def rows_of(scores: dict[str, list[PageScore]]) -> list[Row]:
    """Means over pages, with intervals, for each half and way."""
    return [
        Row(half=half, way=way, measure=measure, figure=figure_of(values))
        for half, held_out in HALVES.items()
        for way, pages in scores.items()
        for measure, values in _measures([page for page in pages if page.held_out == held_out]).items()
    ]


def _measures(pages: Sequence[PageScore]) -> dict[str, list[float]]:
    kept: dict[str, Callable[[KeptText], float | None]] = {
        "sentences, precision": lambda score: score.sentence_precision,
        "sentences, recall": lambda score: score.sentence_recall,
        "characters, precision": lambda score: score.character_precision,
        "characters, recall": lambda score: score.character_recall,
        "furniture left out": lambda score: score.phrases_dropped,
    }
    texts = {name: [value for page in pages if (value := read(page.kept)) is not None] for name, read in kept.items()}
    facts = {f"{fact} right": [float(page.facts[fact]) for page in pages] for fact in FACTS}
    return texts | facts


def _same(found: str | None, expected: str | None) -> bool:
    return folded(found or "") == folded(expected or "")


def _table(rows: Sequence[Row], half: str, ways: Sequence[str]) -> Table:
    table = Table("measure", *ways, "n", title=f"{half} pages, mean over pages [95 % interval]", title_justify="left")
    mine = [row for row in rows if row.half == half]
    for measure in dict.fromkeys(row.measure for row in mine):
        figures = {row.way: row.figure for row in mine if row.measure == measure}
        table.add_row(measure, *(told(figures[way]) for way in ways), str(max(one.n for one in figures.values())))
    return table


def _show_faults(console: Console, pages: Iterable[PageScore]) -> None:
    """What went wrong on each tuned page; the held-out pages stay unseen."""
    for page in pages:
        wrong = {fact: page.told[fact] for fact, right in page.facts.items() if not right}
        if not page.held_out and (wrong or page.kept.lost or page.kept.extra):
            console.print(page.page, wrong, "lost:", page.kept.lost, "extra:", page.kept.extra, markup=False)


def main(given: Sequence[str] | None = None) -> int:
    """Runs the program; 0 when it is done, 2 when the pages could not be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.cleaning", description=__doc__)
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder of pages with their expected.yaml")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--faults", action="store_true", help="tell what went wrong on each tuned page")
    options = parser.parse_args(given)
    console = Console(width=WIDTH)

    def program() -> None:
        scores = score_all(options.pages, CLEANERS)
        rows = rows_of(scores)
        for half in HALVES:
            console.print(_table(rows, half, list(CLEANERS)))
        times = sorted(page.milliseconds for page in scores["product"])
        console.print(f"product, ms a page: median {times[len(times) // 2]}, slowest {times[-1]}")
        if options.faults:
            _show_faults(console, scores["product"])
        write_json(rows, options.json)

    return ended(program, console)


if __name__ == "__main__":
    sys.exit(main())
