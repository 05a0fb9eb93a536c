"""Contenders' processes from outside: orders, turns, and what each turn cost in seconds and processor seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from assistant.errors import AssistantError
from evals.bench.contenders import PAUSE, PREPARED

MEGABYTE = 1_000_000


class ContenderFailedError(AssistantError):
    """A contender's process ended early."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall-clock seconds, and seconds of all processors together (user and system, children included)."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, self.cpu_seconds + other.cpu_seconds)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process and its children: resident, and with shared pages divided among their users."""

    resident: float
    proportional: float


class Turns:
    """One contender's process; it runs only while an order of it is being carried out.

    Args:
        name: of the contender.
        data: its folder.
        threads: that it computes with.
        log: where its standard error goes.
    """

    def __init__(self, name: str, data: Path, threads: int, log: Path) -> None:
        self.name = name
        self._log = log
        self._started = time.perf_counter()
        command = [sys.executable, "-m", "evals.bench.worker", name, str(data), str(threads)]
        with log.open("ab") as errors:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                env=environment(threads), start_new_session=True,
            )  # fmt: skip
        self._process = psutil.Process(self._child.pid)

    def __enter__(self) -> Turns:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End the process and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        with suppress(BrokenPipeError):
            self._child.communicate()

    def load(self) -> Cost:
        """Import, load and open; the cost since the process was started."""
        self.order({"do": "load"})
        return Cost(time.perf_counter() - self._started, self._cpu())

    def order(self, order: Mapping[str, Any]) -> Any:
        """What came of an order that knows no turns."""
        self._send(order)
        return self._hear()["done"]

    def begin(self, slices: Sequence[Sequence[Path]]) -> None:
        """Order an ingest; it starts with the first turn."""
        # By file: the names of many files are more than a pipe holds whose reader is stopped.
        order = self._log.with_suffix(".slices.json")
        order.write_text(json.dumps([[str(file) for file in files] for files in slices]), encoding="utf-8")
        self._stop()
        self._send({"do": "ingest", "slices": str(order)})

    def turn(self) -> tuple[Cost, int | None]:
        """Let it go on to its next pause, or to the end: the cost, and the passages when it has ended."""
        cost, told = self._advance()
        if PREPARED in told:
            cost, told = self._advance()
        if PAUSE in told:
            return cost, None
        return cost, int(told["done"])

    def memory(self) -> Memory:
        """What it holds now."""
        return memory_of(self._child.pid)

    def peak(self) -> float:
        """The most megabytes that the process itself was ever resident with."""
        return peak_of(self._child.pid)

    def _advance(self) -> tuple[Cost, dict[str, Any]]:
        cpu, started = self._cpu(), time.perf_counter()
        os.killpg(self._child.pid, signal.SIGCONT)
        told = self._hear()
        cost = Cost(time.perf_counter() - started, 0.0)
        cpu_after = self._cpu()
        if "done" not in told:
            self._stop()
            self._write("\n")
        return Cost(cost.seconds, cpu_after - cpu), told

    def _stop(self) -> None:
        os.killpg(self._child.pid, signal.SIGSTOP)

    def _send(self, order: Mapping[str, Any]) -> None:
        self._write(json.dumps(order) + "\n")

    def _write(self, line: str) -> None:
        assert self._child.stdin is not None
        # Of a process that has ended, the answer that does not come tells.
        with suppress(BrokenPipeError):
            self._child.stdin.write(line)
            self._child.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            told = self._log.read_text(errors="replace")[-2_000:]
            raise ContenderFailedError(f"the process of {self.name!r} ended; its last words:\n{told}")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _cpu(self) -> float:
        return cpu_of(self._process)


def environment(threads: int) -> dict[str, str]:
    """The environment of everything measured: no network, no settings of the user's, the same number of threads."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return kept | {
        "OMP_NUM_THREADS": str(threads),
        "HF_HUB_OFFLINE": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]),
    }


def cpu_of(process: psutil.Process) -> float:
    """Processor seconds of a process, of its children that ended, and of those that run."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def memory_of(pid: int) -> Memory:
    """What a process and its children hold now."""
    process = psutil.Process(pid)
    held = [one.memory_full_info() for one in (process, *process.children(recursive=True))]
    return Memory(
        sum(info.rss for info in held) / MEGABYTE, sum(getattr(info, "pss", info.uss) for info in held) / MEGABYTE
    )


def peak_of(pid: int) -> float:
    """The most megabytes that a process was ever resident with; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) * 1024 / MEGABYTE
