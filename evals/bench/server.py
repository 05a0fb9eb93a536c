"""The program's server over one data folder, without the trained sentence scorer.

Run as ``python -m evals.bench.server DATA PORT THREADS``; with the scorer it is ``assistant serve`` itself.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from assistant.api.server import open_socket, run
from assistant.build import build_assistant
from assistant.settings import Settings
from evals.bench.contenders import without_scorer


def main(data: str, port: str, threads: str) -> None:
    """Serve until ended."""
    assistant = build_assistant(Settings(data=Path(data), port=int(port), threads=int(threads)))
    run(replace(assistant, service=without_scorer(assistant)), open_socket(assistant), print)


if __name__ == "__main__":
    main(*sys.argv[1:])
