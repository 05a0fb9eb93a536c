"""How long a second ingest of an unchanged folder takes against the first: ``python -m evals.reingest``."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from assistant.build import build_assistant
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.sources import source_of
from assistant.settings import Settings
from evals.synthetic_folder import write_folder

LEAST_RATIO = 100.0


def main() -> None:
    """Print seconds and ratio; exit 0 when the ratio reaches ``LEAST_RATIO``, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, again, one_more = timings(Path(folder), arguments.articles)
    ratio = first / again
    print(f"{arguments.articles} articles: first {first:.2f} s, unchanged {again:.3f} s, ratio {ratio:.0f}")
    print(f"one article more: {one_more:.2f} s")
    raise SystemExit(0 if ratio >= LEAST_RATIO else 1)


def timings(folder: Path, articles: int) -> tuple[float, float, float]:
    """Seconds of a first ingest, of one with nothing changed, and of one with one new file."""
    write_folder(folder / "in", articles)
    assistant = build_assistant(Settings(data=folder / "data"))

    def ingest() -> float:
        started = time.perf_counter()
        assistant.ingestor.ingest(source_of(str(folder / "in"), known_suffixes()))
        return time.perf_counter() - started

    try:
        first, again = ingest(), ingest()
        write_folder(folder / "in", articles + 1)
        return first, again, ingest()
    finally:
        assistant.close()


if __name__ == "__main__":
    main()
