"""What one run measured, as it is written to JSON, and what follows from it: ratios and growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.bench.load import Load
from evals.bench.turns import Cost, Memory


class Record(BaseModel):
    """Frozen, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ingested(Record):
    """An ingest: what was read, what it cost, and whether the time was up before all was read."""

    articles: int
    words: int
    passages: int | None
    cost: Cost
    complete: bool

    @property
    def words_per_second(self) -> float:
        """Words a second of wall clock."""
        return self.words / self.cost.seconds

    @property
    def words_per_cpu_second(self) -> float:
        """Words a second of one processor."""
        return self.words / self.cost.cpu_seconds


class Spent(Record):
    """Milliseconds of a number of questions, and processor milliseconds of one on average."""

    n: int
    cpu: float
    p50: float
    p95: float
    p99: float


class Contestant(Record):
    """One pipeline at one number of articles; None is not measured."""

    load: Cost
    ingest: Ingested
    peak_megabytes: float
    disk_megabytes: float | None = None
    opened: Cost | None = None
    cold_question: Cost | None = None
    search: Spent | None = None
    search_memory: Memory | None = None


class Answering(Record):
    """The program's whole answers: milliseconds, statuses, the server's memory and what it bore."""

    scorer: bool
    spent: Spent
    statuses: dict[str, int]
    loads: tuple[Load, ...] = ()
    memory: Memory | None = None


class Contest(Record):
    """All that was measured at one number of articles; ``langchain`` is None where it took no part.

    ``embedding`` is None where vectors were drawn instead of computed: the ingest then tells nothing.
    """

    articles: int
    product: Contestant
    embedding: Ingested | None
    langchain: Contestant | None
    answering: tuple[Answering, ...]


class Report(Record):
    """A whole run."""

    processor: str
    processors: int
    threads: int
    load_average: tuple[float, float]
    versions: dict[str, str]
    runtime: str
    contests: tuple[Contest, ...]


def spent_of(milliseconds: Sequence[float], cpu_milliseconds: float) -> Spent:
    """The percentiles of some timings; ``cpu_milliseconds`` is of all together."""
    p50, p95, p99 = (float(value) for value in np.percentile(milliseconds, [50, 95, 99]))
    return Spent(n=len(milliseconds), cpu=cpu_milliseconds / len(milliseconds), p50=p50, p95=p95, p99=p99)


def growth(points: Sequence[tuple[float, float]]) -> float | None:
    """The exponent b of a least-squares fit y = a·x^b: a line through the logarithms; None below 2 points."""
    known = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in known}) < 2:
        return None
    slope, _ = np.polyfit([x for x, _ in known], [y for _, y in known], 1)
    return float(slope)


def slices_of(count: int, turns: int) -> list[tuple[int, int]]:
    """``count`` things in at most ``turns`` runs of about equal length: (first, after last) of each."""
    ends = sorted({round(count * turn / turns) for turn in range(turns + 1)})
    return list(pairwise(ends))
