"""A run against one loader: inputs until the time is up, and what became of each."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.workers import Readers, ReadingFailedError
from evals.fuzz.mutations import broken_files

_BATCH = 100
_TODAY = date(2026, 11, 30)


@dataclass(slots=True)
class Tally:
    """What became of a loader's inputs. ``failures`` counts crashes by their message, ``slowest`` is in seconds."""

    tried: int = 0
    articles: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    crashes: Counter[str] = field(default_factory=Counter)
    hangs: int = 0
    out_of_memory: int = 0
    slowest: float = 0.0
    peak_bytes: int = 0

    def line(self, suffix: str) -> str:
        """The counts on one line."""
        refused = ", ".join(f"{kind} {count}" for kind, count in self.refusals.most_common(6))
        return (
            f"{suffix}: tried {self.tried}, articles {self.articles}, refused {self.refusals.total()} ({refused}), "
            f"crashes {self.crashes.total()}, hangs {self.hangs}, out of memory {self.out_of_memory}, "
            f"slowest {self.slowest:.2f} s, peak {self.peak_bytes / 2**20:.0f} MiB"
        )


def fuzz(suffix: str, seconds: float, first_seed: int, keep: Path | None) -> Tally:
    """Read broken files of one format for a while. Inputs that crash or hang the reader are kept in ``keep``."""
    tally = Tally()
    end = time.monotonic() + seconds
    with Readers(in_process=False) as readers:
        batch = first_seed
        while time.monotonic() < end:

            @seed(batch)
            @settings(
                max_examples=_BATCH,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(broken_files(suffix))
            def read(content: bytes) -> None:
                if time.monotonic() < end:
                    _read(readers, RawSource(f"fuzzed.{suffix}", content), tally, keep)

            read()
            batch += 1
        tally.peak_bytes = readers.peak_bytes
    return tally


def _read(readers: Readers, source: RawSource, tally: Tally, keep: Path | None) -> None:
    begun = time.monotonic()
    outcome = readers.read(source, _TODAY)
    tally.slowest = max(tally.slowest, time.monotonic() - begun)
    tally.tried += 1
    if isinstance(outcome, RawArticle):
        tally.articles += 1
    elif isinstance(outcome, ReadingFailedError):
        tally.hangs += outcome.mishap == "timeout"
        tally.out_of_memory += outcome.mishap == "memory"
        if outcome.mishap in ("died", "unexpected"):
            tally.crashes[kind_of(outcome)] += 1
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{outcome.mishap}-{tally.tried}-{source.name}").write_bytes(source.content)
    else:
        tally.refusals[kind_of(outcome)] += 1


def kind_of(error: SourceError) -> str:
    """A message without its names, numbers and next step."""
    text = re.sub(r"'[^']*'|\"[^\"]*\"", "X", str(error)).partition(";")[0]
    return re.sub(r"\d+", "N", text)[:70]
