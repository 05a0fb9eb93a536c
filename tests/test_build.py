from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from support import Builder, write_article

from assistant import build
from assistant.build import discard_index
from assistant.index.store import Store
from assistant.ingest.sources import source_of
from assistant.settings import Settings
from assistant.types import Ask


def test_an_empty_folder_needs_the_shipped_corpus_once(build_assistant: Builder) -> None:
    assistant = build_assistant()
    assert assistant.needs_shipped()
    assert assistant.ingest_shipped().added == 10
    assert not assistant.needs_shipped()
    assert not build_assistant().needs_shipped()


def test_a_folder_with_a_persons_own_articles_does_not(build_assistant: Builder, tmp_path: Path) -> None:
    assistant = build_assistant()
    assistant.ingestor.ingest(source_of(str(write_article(tmp_path, "mine", "Prices rose.")), [".md"]))
    assert not assistant.needs_shipped()


def test_an_upgraded_corpus_is_needed(build_assistant: Builder, corpus: Path) -> None:
    assistant = build_assistant()
    assistant.ingest_shipped()
    write_article(corpus / "articles", "new", "Prices rose.")
    assert assistant.needs_shipped()
    assert (assistant.ingest_shipped().added, assistant.needs_shipped()) == (1, False)


def test_a_first_ingest_that_was_cut_off_is_needed_again(
    build_assistant: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Store, "_build_current", _interrupted)
        assistant.ingest_shipped()
    assert assistant.needs_shipped()


def test_a_removed_shipped_article_stays_away(build_assistant: Builder) -> None:
    assistant = build_assistant()
    assistant.ingest_shipped()
    assistant.ingestor.remove("suspension")
    assert assistant.ingest_shipped().kept_out == 1
    assert assistant.catalog.article("suspension") is None


def test_discarding_leaves_nothing_of_the_index(build_assistant: Builder, settings: Settings) -> None:
    assistant = build_assistant()
    assistant.ingest_shipped()
    assistant.close()
    discard_index(settings)
    assert [path.name for path in settings.data.iterdir()] == ["write.lock"]


def test_new_names_reach_articles_that_are_already_indexed(build_assistant: Builder, corpus: Path) -> None:
    build_assistant().ingest_shipped()
    (corpus / "aliases.yaml").write_text("words:\n  rotterdamharbour: [rotterdam]\n")
    found = build_assistant().store.snapshot().fulltext.search("Rotterdam", 5)
    assert len(found) == 1


def test_new_names_change_the_fingerprint(build_assistant: Builder, corpus: Path) -> None:
    before = build_assistant().service.fingerprint
    (corpus / "aliases.yaml").write_text("words:\n  cost: [price]\n")
    assert build_assistant().service.fingerprint != before


def test_the_passages_setting_reaches_the_answer(build_assistant: Builder) -> None:
    assistant = build_assistant(max_sentences=1)
    assistant.ingest_shipped()
    answer = assistant.service.ask(Ask("How many tonnes of rare earth magnets did China export in May 2025?"))
    assert len(answer.sentences) == 1


def _interrupted(store: Store) -> None:
    raise KeyboardInterrupt


ASK = '''
import sys
from pathlib import Path
from assistant import build, cli
corpus = Path(sys.argv[1])
build.corpus_folder = lambda: corpus
sys.argv = ["assistant", "ask", "How many tonnes of magnets did China export?", "--json"]
try:
    cli.main()
except SystemExit:
    pass
heavy = """torch transformers sentence_transformers chromadb trafilatura langchain_core fastapi mcp structlog
    prometheus_client opentelemetry httpx lxml markdown_it filelock""".split()
print([name for name in heavy if name in sys.modules], file=sys.stderr)
'''


@pytest.mark.model
def test_asking_imports_neither_torch_nor_chroma(
    settings: Settings, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "corpus_folder", lambda: corpus)
    indexed = build.build_assistant(settings)
    indexed.ingest_shipped()
    indexed.close()
    environment = os.environ | {
        "ASSISTANT_DATA": str(settings.data),
        "PYTHONPATH": str(Path(build.__file__).parents[1]),
    }
    command = [sys.executable, "-c", ASK, str(corpus)]
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert asked.stdout, asked.stderr
    assert json.loads(asked.stdout)["status"] == "answered"
    assert asked.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("for_talks", "loaded"), [(False, {"scorer"}), (True, {"scorer", "carrier"})])
def test_only_who_holds_talks_loads_what_follow_ups_need(
    build_assistant: Builder, for_talks: bool, loaded: set[str]
) -> None:
    done: list[str] = []
    networks = {name: cast(Any, SimpleNamespace(load=partial(done.append, name))) for name in ("scorer", "carrier")}
    before = set(threading.enumerate())
    replace(build_assistant(), **networks).warm(for_talks=for_talks)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert set(done) == loaded
