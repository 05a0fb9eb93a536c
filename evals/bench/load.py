"""The real server under load: clients that each ask the next question as soon as they have an answer."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import psutil

from evals.bench.turns import ContenderFailedError, Memory, cpu_of, environment, memory_of

START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
DONE = "done"


@dataclass(frozen=True, slots=True)
class Load:
    """What so many clients met: answers a second, seconds of an answer, processor seconds of the server an answer.

    ``errors`` counts what was no answer, by HTTP status or the name of the fault.
    """

    clients: int
    answers: int
    per_second: float
    p50: float
    p95: float
    cpu_seconds: float
    errors: dict[str, int]


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs: where, and its process."""

    address: str
    process: psutil.Process

    def memory(self) -> Memory:
        """What it holds now."""
        return memory_of(self.process.pid)


@contextmanager
def serving(data: Path, threads: int, log: Path, *, scorer: bool) -> Iterator[Serving]:
    """A server over a data folder, ready for questions.

    Raises:
        ContenderFailedError: it did not get ready.
    """
    port = _free_port()
    settings = {"ASSISTANT_DATA": str(data), "ASSISTANT_THREADS": str(threads)} if scorer else {}
    command = ["assistant", "serve", "--port", str(port)]
    if not scorer:
        command = ["evals.bench.server", str(data), str(port), str(threads)]
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *command], env=environment(threads) | settings, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, child, log)
        yield Serving(address, psutil.Process(child.pid))
    finally:
        child.kill()
        child.wait()


def under_load(server: Serving, clients: int, questions: Sequence[str], seconds: float) -> Load:
    """Ask as ``clients`` clients for ``seconds`` seconds, or until no question is left; each is asked once."""
    cpu = cpu_of(server.process)
    started = time.perf_counter()
    spent, errors = asyncio.run(_asked(server.address, clients, questions, seconds))
    elapsed = time.perf_counter() - started
    answers = len(spent)
    p50, p95 = np.percentile(spent, [50, 95]) if spent else (float("nan"), float("nan"))
    cpu = (cpu_of(server.process) - cpu) / max(answers, 1)
    return Load(clients, answers, answers / elapsed, float(p50), float(p95), cpu, dict(errors))


async def _asked(
    address: str, clients: int, questions: Sequence[str], seconds: float
) -> tuple[list[float], Counter[str]]:
    waiting = iter(questions)
    end = time.perf_counter() + seconds
    spent: list[float] = []
    errors: Counter[str] = Counter()

    async def client(http: httpx.AsyncClient) -> None:
        # Every client asks at least once, however many there are.
        for question in waiting:
            began = time.perf_counter()
            outcome = await _outcome(http, question)
            if outcome == DONE:
                spent.append(time.perf_counter() - began)
            else:
                errors[outcome] += 1
            if time.perf_counter() > end:
                return

    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=ANSWER_SECONDS, limits=limits, trust_env=False) as http:
        await asyncio.gather(*(client(http) for _ in range(clients)))
    return spent, errors


async def _outcome(http: httpx.AsyncClient, question: str) -> str:
    try:
        response = await http.post("/v1/answers", json={"question": question})
    except httpx.HTTPError as error:
        return type(error).__name__
    return DONE if response.is_success else str(response.status_code)


def _wait(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and child.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise ContenderFailedError(f"the server did not get ready; its last words:\n{log.read_text()[-2_000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
