"""Coverage-guided fuzzing of the bytes by atheris (libFuzzer), when it is installed: ``pip install assistant[fuzz]``.

It runs loaders in this process: a crash or hang ends the run and libFuzzer writes the input to a file.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import MissingDependencyError, SourceError
from assistant.ingest.loaders.base import RawSource
from evals.fuzz.samples import SAMPLES

_TODAY = date(2026, 11, 30)
_MEMORY_MIB = 1024
_SECONDS_AN_INPUT = 30


def fuzz_bytes(suffix: str, seconds: float, seed: int, keep: Path | None) -> int:
    """Fuzz one loader until the time is up; does not return: libFuzzer ends the process with its exit code.

    Raises:
        MissingDependencyError: atheris is not installed, or no single loader was named.
    """
    try:
        import atheris
    except ImportError as error:
        raise MissingDependencyError("atheris is not installed; pip install 'assistant[fuzz]'") from error
    if suffix not in SAMPLES:
        raise MissingDependencyError(f"atheris fuzzes one loader at a time, not {suffix!r}; name one")
    with atheris.instrument_imports(include=["assistant", "docx", "openpyxl", "email"]):
        from assistant.ingest.loaders import read_article

    def read(content: bytes) -> None:
        with suppress(SourceError):
            read_article(RawSource(f"fuzzed.{suffix}", content), _TODAY)

    with TemporaryDirectory() as corpus:
        (Path(corpus) / f"sample.{suffix}").write_bytes(SAMPLES[suffix]())
        prefix = [f"-artifact_prefix={keep}/"] if keep else []
        limits = [f"-max_total_time={seconds:.0f}", f"-timeout={_SECONDS_AN_INPUT}", f"-rss_limit_mb={_MEMORY_MIB}"]
        atheris.Setup([sys.argv[0], corpus, *limits, f"-seed={seed + 1}", *prefix], read)
        atheris.Fuzz()
    return 0
