"""What lay in memory before an index was made does not end up in its files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# glibc fills what it hands out with the complement of this byte, so that unfilled memory can be told in a file.
ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.malloc.perturb=90", "MALLOC_PERTURB_": "90"}
UNFILLED = bytes([90 ^ 0xFF]) * 64
SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from assistant.index import vectors
from assistant.index.catalog import IndexedPassage

folder, count, blanked = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "blanked"
if not blanked:
    vectors.blank_unfilled = lambda folder: None
rows = np.random.default_rng(1).standard_normal((count, 64)).astype(np.float32)
passages = [IndexedPassage(f"p{n}", "a", "2025-01-01", "P", "news", "T", "", row) for n, row in enumerate(rows)]
vectors.ChromaVectors.build(folder, passages[: count - 3])
opened = vectors.ChromaVectors(folder)
assert len(opened.ids()) == count - 3
opened.close()
vectors.ChromaVectors.build(folder, passages[count - 3 :])
opened = vectors.ChromaVectors(folder)
assert opened.search(rows[-1], 1)[0].id == f"p{count - 1}"
opened.close()
"""


def unfilled_files(folder: Path, count: int, how: str) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, str(folder), str(count), how]
    subprocess.run(command, check=True, env=os.environ | ENVIRONMENT, timeout=120)
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and UNFILLED in path.read_bytes())


@pytest.mark.parametrize("count", [10, 1100])
def test_no_memory_that_was_never_filled_is_kept(tmp_path: Path, count: int) -> None:
    assert unfilled_files(tmp_path / "blanked", count, "blanked") == []


def test_without_that_it_would_be(tmp_path: Path) -> None:
    """Once this fails, Chroma fills its files itself, or lays them out differently: see what ``unfilled`` is for."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only glibc can mark memory")
    assert unfilled_files(tmp_path / "raw", 10, "raw") == ["data_level0.bin", "length.bin"]
