"""What the programs on public data share: reading, figures with intervals, a table, and how they end."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from assistant.errors import AssistantError, BadInputError
from assistant.index.embedder import SentenceTransformerEmbedder
from assistant.settings import load_settings
from evals.figures import DECIMALS
from evals.metrics import (
    Difference,
    Interval,
    area_difference,
    area_interval,
    area_under_curve,
    bootstrap_interval,
    mean,
    paired_difference,
)
from evals.result import Figure
from evals.runner import SEED

DONE, COULD_NOT_RUN = 0, 2
WIDTH = 120
Answerable = Mapping[bool, Sequence[float]]
Row = TypeVar("Row", bound=BaseModel)


class Line(BaseModel):
    """One figure: the product's, that of a plain way on the same cases, and the difference of the two."""

    model_config = ConfigDict(frozen=True)
    name: str
    figure: Figure
    plain: Figure | None = None
    gain: Figure | None = None


def read_bytes(path: Path, origin: str) -> bytes:
    """The file's content. Raises BadInputError naming where to get it."""
    if not path.is_file():
        raise BadInputError(f"{path} is not there; get it from {origin} and name its folder with --data")
    return path.read_bytes()


def read_rows(path: Path, row: type[Row], origin: str) -> tuple[tuple[Row, ...], str]:
    """The rows of a JSONL file, and its SHA-256. Raises BadInputError when it is not there, or a line is no row."""
    content = read_bytes(path, origin)
    rows = []
    # Not splitlines(): a text may hold other characters that end a line.
    lines = [line for line in content.decode("utf-8", "replace").split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        try:
            rows.append(row.model_validate_json(line))
        except ValidationError as error:
            raise BadInputError(
                f"{path}, line {number}, is not of the expected shape: {error.errors()[0]['msg']}; "
                "use the file as published"
            ) from None
    return tuple(rows), hashlib.sha256(content).hexdigest()


def figure_of(scores: Sequence[float]) -> Figure:
    """The mean of the scores."""
    return _figure(mean(scores), bootstrap_interval(scores, SEED), len(scores))


def gain_of(before: Sequence[float], after: Sequence[float]) -> Figure:
    """The mean of ``after`` less that of ``before``, both scores of a case drawn together."""
    return _gain(paired_difference(before, after, SEED))


def compared(name: str, scores: Sequence[float], plain: Sequence[float]) -> Line:
    """A line of means."""
    return Line(name=name, figure=figure_of(scores), plain=figure_of(plain), gain=gain_of(plain, scores))


def compared_figures(name: str, figure: Figure, plain: Figure, difference: Difference | None) -> Line:
    """A line of figures that were worked out elsewhere."""
    return Line(name=name, figure=figure, plain=plain, gain=_gain(difference))


def compared_areas(name: str, scores: Answerable, plain: Answerable) -> Line:
    """A line of areas under the curve: the chance that what is answerable scores above what is not."""
    return Line(
        name=name, figure=area_of(scores), plain=area_of(plain),
        gain=_gain(area_difference((plain[True], plain[False]), (scores[True], scores[False]), SEED)),
    )  # fmt: skip


def area_of(scores: Answerable) -> Figure:
    """The area under the curve of answerable against not; ``n`` counts both."""
    yes, no = scores[True], scores[False]
    return _figure(area_under_curve(yes, no), area_interval(yes, no, SEED), len(yes) + len(no))


def _gain(difference: Difference | None) -> Figure:
    if difference is None:
        return _figure(None, None, 0)
    low, high = difference.low, difference.high
    interval = None if low is None or high is None else Interval(low, high)
    return _figure(difference.value, interval, difference.n)


def _figure(value: float | None, interval: Interval | None, n: int) -> Figure:
    low, high = (interval.low, interval.high) if interval else (None, None)
    value, low, high = (None if one is None else round(one, DECIMALS) for one in (value, low, high))
    return Figure(value=value, low=low, high=high, n=n, unscored=0, failed=0)


def table_of(title: str, lines: Iterable[Line], headings: tuple[str, str, str] = ("product", "plain", "gain")) -> Table:
    """The lines as a table."""
    table = Table("figure", title=title, title_justify="left")
    for heading in (*headings, "n"):
        table.add_column(heading, justify="right")
    for line in lines:
        table.add_row(line.name, told(line.figure), told(line.plain), told(line.gain, "+.3f"), str(line.figure.n))
    return table


def told(figure: Figure | None, form: str = ".3f") -> str:
    """Value and interval in words; a dash for none."""
    if figure is None or figure.value is None:
        return "–"
    ends = "" if figure.low is None else f" [{figure.low:{form}}, {figure.high:{form}}]"
    return f"{figure.value:{form}}{ends}"


def data_parser(module: str, description: str, files: str) -> argparse.ArgumentParser:
    """The arguments that every program on public data takes."""
    parser = argparse.ArgumentParser(prog=f"python -m evals.{module}", description=description)
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {files}")
    parser.add_argument("--json", type=Path, help="write the figures and every case here")
    return parser


def positive(given: str) -> int:
    """A number of things, 1 or more."""
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} cannot be measured; give 1 or more")
    return number


def write_json(report: object, path: Path | None) -> None:
    """Writes the report where a path was given; equal reports give equal bytes."""
    if path:
        path.write_bytes(to_json(report, indent=1) + b"\n")


def ended(program: Callable[[], None], console: Console) -> int:
    """Runs a program: 0 when it is done, 2 when the data, the model or a file to write could not be used."""
    try:
        program()
    except (AssistantError, OSError) as error:
        console.print(f"the benchmark could not be run: {error}", style="red", markup=False, soft_wrap=True)
        return COULD_NOT_RUN
    return DONE


def product_embedder() -> SentenceTransformerEmbedder:
    """The embedder of the settings in force."""
    settings = load_settings()
    return SentenceTransformerEmbedder(settings.embedding_model, settings.threads)
