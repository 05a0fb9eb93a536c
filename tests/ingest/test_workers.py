from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest

from assistant.errors import SourceError
from assistant.ingest import workers
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.workers import Readers, ReadingFailedError
from evals.fuzz.samples import SAMPLES

TODAY = date(2026, 11, 30)
GOOD = RawSource("good.pdf", SAMPLES["pdf"]())
# Loaded by the reading process in place of the real module: what a hostile file would make a loader do.
FAULTS = {
    "hang": "while True: pass",
    "die": "import os; os.abort()",
    "memory": "x = b'x' * (2 * 1024 ** 3)",
    "unexpected": "raise KeyError('inside')",
    "print": "print('{}' * 10_000, flush=True)",
}


@pytest.fixture
def faulty(tmp_path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """A reading process whose PDF loader does what the file's name says."""
    cases = "\n".join(f"    if name == {name!r}:\n        {code}" for name, code in FAULTS.items())
    (tmp_path / "faulty_reader.py").write_text(
        "import sys\nfrom assistant.ingest import reader_process\n"
        "real = reader_process.read_article\n"
        f"def read(source, today):\n    name = source.name.partition('.')[0]\n{cases}\n"
        "    return real(source, today)\n"
        "reader_process.read_article = read\nreader_process.main(int(sys.argv[1]))\n"
    )
    begin = subprocess.Popen

    def popen(command, **options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN202
        options["env"]["PYTHONPATH"] += os.pathsep + str(tmp_path)
        return begin([*command[:3], "faulty_reader", command[-1]], **options)

    monkeypatch.setattr(workers.subprocess, "Popen", popen)


def test_files_come_back_in_order_articles_and_errors_alike() -> None:
    sources = [RawSource(f"{n}.pdf" if n % 3 else f"{n}.exe", GOOD.content if n % 3 else b"x") for n in range(12)]
    with Readers(2) as readers:
        outcomes = list(readers.read_all(sources, TODAY))
    assert [isinstance(outcome, RawArticle) for outcome in outcomes] == [bool(n % 3) for n in range(12)]
    assert [str(outcome)[:19] for outcome in outcomes[::3]] == [f"cannot read '{n}.exe'"[:19] for n in range(0, 12, 3)]


def test_few_sources_are_drawn_ahead_of_the_caller() -> None:
    drawn = []
    with Readers(1) as readers:
        for _ in readers.read_all((drawn.append(n) or GOOD for n in range(50)), TODAY):  # type: ignore[func-returns-value]
            break
    assert len(drawn) == workers.AHEAD + 1


@pytest.mark.parametrize(
    ("name", "mishap"), [("hang", "timeout"), ("die", "died"), ("memory", "memory"), ("unexpected", "unexpected")]
)
def test_a_file_that_its_reader_does_not_survive_costs_only_itself(faulty: None, name: str, mishap: str) -> None:
    with Readers(1, seconds=3) as readers:
        lost, after = readers.read_all([RawSource(f"{name}.pdf", GOOD.content), GOOD], TODAY)
    assert isinstance(lost, ReadingFailedError) and lost.mishap == mishap and f"'{name}.pdf'" in str(lost)
    assert isinstance(after, RawArticle)


def test_what_a_library_prints_is_no_reply(faulty: None) -> None:
    with Readers(1) as readers:
        assert isinstance(readers.read(RawSource("print.pdf", GOOD.content), TODAY), RawArticle)


def test_a_small_text_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.subprocess, "Popen", None)
    with Readers(1) as readers:
        assert isinstance(readers.read(RawSource("a.md", b"The ministry said so."), TODAY), RawArticle)


def test_a_file_over_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_FILE_BYTES", 10)
    with Readers(1) as readers:
        outcome = readers.read(RawSource("a.txt", b"eleven more"), TODAY)
    assert isinstance(outcome, SourceError) and "11 bytes, at most 10" in str(outcome)


def test_a_reading_process_loads_no_model_library() -> None:
    code = "import sys, assistant.ingest.reader_process; print({'torch', 'chromadb', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process under /proc")
def test_a_killed_parent_leaves_no_reader_even_amid_a_file(faulty: None, tmp_path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    theirs, ours = os.pipe()
    code = (
        "import os, subprocess, sys; theirs, ours = os.pipe()\n"
        "child = subprocess.Popen([sys.executable, '-m', 'faulty_reader', str(theirs)], stdin=subprocess.PIPE,"
        " stdout=subprocess.DEVNULL, pass_fds=(theirs,))\n"
        "from assistant.ingest.reader_process import *\n"
        "write_frame(child.stdin, REQUESTS.dump_json(Request('hang.pdf', date(2026, 11, 30), 30)))\n"
        f"write_frame(child.stdin, b'x'); os.write({ours}, str(child.pid).encode()); child.wait()"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(tmp_path)])}
    parent = _popen([sys.executable, "-c", code], env=env, pass_fds=(ours,))
    child = int(os.read(theirs, 20))
    time.sleep(2)
    assert _alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 3
    while _alive(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _alive(child)
    os.close(theirs)
    os.close(ours)


_popen = subprocess.Popen


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as told:
            return told.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
