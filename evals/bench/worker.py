"""A contender's process: takes orders as lines of JSON on standard input and tells what became of them.

Run as ``python -m evals.bench.worker NAME DATA THREADS``; see ``turns`` for the other side.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from evals.bench.contenders import CONTENDERS, Contender

Order = Mapping[str, Any]


def main(name: str, data: str, threads: str) -> None:
    """Take orders until there are no more."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not look like a reply
    contender = CONTENDERS[name](Path(data), int(threads))
    for line in sys.stdin:
        order = json.loads(line)
        _tell(replies, {"done": _DEEDS[order["do"]](contender, order, replies)})


def _load(contender: Contender, order: Order, replies: TextIO) -> None:
    contender.load()


def _ingest(contender: Contender, order: Order, replies: TextIO) -> int:
    named = json.loads(Path(order["slices"]).read_text(encoding="utf-8"))
    slices = [[Path(file) for file in files] for files in named]

    def note(event: str, files: int) -> None:
        _tell(replies, {event: files})
        # The other side stops this process and all its children, and lets them go on when their turn comes.
        sys.stdin.readline()

    return contender.ingest(slices, note)


def _search(contender: Contender, order: Order, replies: TextIO) -> dict[str, Any]:
    return _asked(contender.search, order["questions"])


def _answer(contender: Contender, order: Order, replies: TextIO) -> dict[str, Any]:
    return _asked(partial(contender.answer, scorer=order["scorer"]), order["questions"])


_DEEDS: Mapping[str, Callable[[Contender, Order, TextIO], Any]] = {
    "load": _load,
    "ingest": _ingest,
    "search": _search,
    "answer": _answer,
}


def _asked(work: Callable[[str], object], questions: Sequence[str]) -> dict[str, Any]:
    """Milliseconds and outcome of each question, and processor milliseconds of all together."""
    outcomes, milliseconds, cpu = [], [], time.process_time()
    for question in questions:
        started = time.perf_counter()
        outcomes.append(work(question))
        milliseconds.append((time.perf_counter() - started) * 1000)
    return {
        "milliseconds": milliseconds, "cpu_milliseconds": (time.process_time() - cpu) * 1000, "outcomes": outcomes,
    }  # fmt: skip


def _tell(replies: TextIO, told: Mapping[str, Any]) -> None:
    replies.write(json.dumps(told) + "\n")
    replies.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
