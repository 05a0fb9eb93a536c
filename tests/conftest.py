"""Fixtures that every folder of tests may use."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import CORPUS, TODAY, Builder, WordHashEmbedder

from assistant import build
from assistant.build import Assistant
from assistant.ingest.sources import shipped_source
from assistant.settings import Settings

# Read by torch when it is first imported: two cores are shared with everything else.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Whatever a test configures of this process's logs is put back."""
    root, own = logging.getLogger(), logging.getLogger("assistant")
    handlers, levels = root.handlers[:], (root.level, own.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty data folder, today pinned, deaf to the developer's own environment."""
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Settings(data=tmp_path / "data", today=TODAY)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the small corpus, to be changed at will."""
    return shutil.copytree(CORPUS, tmp_path / "corpus")


@pytest.fixture
def build_assistant(settings: Settings, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builder]:
    """Opens the data folder with an embedder that needs no model; the shipped corpus is the small one."""
    monkeypatch.setattr(build, "corpus_folder", lambda: corpus)
    opened: list[Assistant] = []

    def open_(**changes: Any) -> Assistant:
        opened.append(build.build_assistant(settings.model_copy(update=changes), WordHashEmbedder()))
        return opened[-1]

    yield open_
    for assistant in opened:
        assistant.close()


@pytest.fixture
def assistant(build_assistant: Builder, corpus: Path) -> Assistant:
    """An assistant that has the small corpus in it, of its own: a test may change it."""
    opened = build_assistant()
    opened.ingestor.ingest(shipped_source(corpus))
    return opened


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shipped corpus in it, as a server fills it: to be copied, as filling takes its time."""
    data = tmp_path_factory.mktemp("shipped") / "data"
    environment = os.environ | {"ASSISTANT_DATA": str(data), "ASSISTANT_TODAY": "2026-11-22"}
    subprocess.run([sys.executable, "-m", "assistant", "ingest", "--json"], env=environment, check=True)
    return data


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that has the small corpus in it, shared: for tests that only ask."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "corpus_folder", lambda: CORPUS)
        # Its tests put other parts in: what one of them was told must not reach the next.
        settings = Settings(data=tmp_path_factory.mktemp("library"), today=TODAY, kept_answers=0)
        opened = build.build_assistant(settings, WordHashEmbedder())
        opened.ingestor.ingest(shipped_source(CORPUS))
        yield opened
        opened.close()
