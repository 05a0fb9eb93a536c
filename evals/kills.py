"""Kills ``assistant ingest`` at random moments and looks at what is left: ``python -m evals.kills --times 30``."""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.build import build_assistant
from assistant.doctor import examine
from assistant.settings import Settings
from evals.synthetic_folder import write_folder

LONGEST_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left: articles in the catalog, and what the doctor found wrong once the folder was open again."""

    after_seconds: float
    articles: int
    faults: tuple[str, ...]


def main() -> None:
    """Print one line a kill; exit 0 when the doctor found nothing wrong after any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--articles", type=int, default=200)
    arguments = parser.parse_args()
    chance, bad = random.Random(1), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(folder / "in", arguments.articles)
        for number in range(arguments.times):
            killed = kill_once(folder, chance.uniform(0.0, LONGEST_SECONDS), fresh=number % 5 == 0)
            bad += bool(killed.faults)
            print(f"{killed.after_seconds:5.2f} s: {killed.articles} articles, {'; '.join(killed.faults) or 'sound'}")
    print(f"{arguments.times} kills, {bad} with faults")
    raise SystemExit(1 if bad else 0)


def kill_once(folder: Path, seconds: float, *, fresh: bool) -> Killed:
    """Start an ingest of ``folder``/in, kill it after ``seconds``, open its data folder and examine it."""
    data = folder / "data"
    if fresh and data.exists():
        data.rename(folder / f"data-{time.monotonic_ns()}")
    command = [sys.executable, "-m", "assistant", "ingest", str(folder / "in")]
    environment = os.environ | {"ASSISTANT_DATA": str(data)}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
    return Killed(seconds, *_left(data))


def _left(data: Path) -> tuple[int, tuple[str, ...]]:
    if not (data / "catalog.sqlite3").exists():
        return 0, ()
    settings = Settings(data=data)
    assistant = build_assistant(settings)
    try:
        # The next open finishes search indexes that a kill left behind the catalog.
        assistant.store.snapshot()
        count, _ = assistant.catalog.counts()
    finally:
        assistant.close()
    return count, tuple(f"{finding.check}: {finding.detail}" for finding in examine(settings) if not finding.ok)


if __name__ == "__main__":
    main()
