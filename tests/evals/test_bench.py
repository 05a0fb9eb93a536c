from __future__ import annotations

import itertools
import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from assistant.ingest.loaders import read_article
from assistant.ingest.loaders.base import RawSource
from assistant.likeness import likeness
from evals.bench import turns
from evals.bench.__main__ import main
from evals.bench.articles import Newsroom, facts_of, questions, shipped_newsroom, write_articles
from evals.bench.contenders import body_of
from evals.bench.figures import Contest, Contestant, Ingested, growth, slices_of, spent_of
from evals.bench.table import growths, rows_of
from evals.bench.turns import ContenderFailedError, Cost, Memory, Turns


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return shipped_newsroom()


# Articles and questions


def test_an_article_is_always_the_same_and_can_be_read(newsroom: Newsroom, tmp_path: Path) -> None:
    few, more = write_articles(tmp_path / "few", 2, newsroom), write_articles(tmp_path / "more", 3, shipped_newsroom())
    assert [file.read_bytes() for file in few] == [file.read_bytes() for file in more[:2]]
    read = read_article(RawSource(few[0].name, few[0].read_bytes()), date(2026, 1, 1))
    assert 1_400 < len(read.text.split()) < 1_900
    assert read.text == body_of(few[0])


def test_articles_are_not_alike_and_bring_new_words(newsroom: Newsroom) -> None:
    told = [newsroom.article(number).split("---\n")[2] for number in range(12)]
    assert max(likeness(one, other) for one, other in itertools.combinations(told, 2)) < 0.02
    words = [word for text in told for word in text.lower().split()]
    assert len(set(words)) > len(set(words[: len(words) // 2])) * 1.2


def test_words_follow_zipfs_law(newsroom: Newsroom) -> None:
    words = [word for number in range(10) for word in newsroom.article(number).lower().split()]
    counts = [count for _, count in Counter(words).most_common(1_000)]
    slope = growth([(rank, float(count)) for rank, count in enumerate(counts, 1)])
    assert slope is not None
    assert -1.3 < slope < -0.6


def test_every_fact_stands_in_its_article(newsroom: Newsroom) -> None:
    assert all(fact.sentence() in newsroom.article(7) for fact in facts_of(7))


@pytest.mark.parametrize("articles", [2, 500])
def test_questions_are_distinct_however_few_articles_there_are(articles: int) -> None:
    asked = questions(400, articles)
    assert len(set(asked)) == 400
    assert asked[:50] == questions(50, articles)


# Turns

CONTENDER = """
import os, sys, time
from pathlib import Path
from evals.bench import contenders, worker

class Counting:
    def __init__(self, data, threads): self.beats = data
    def load(self): print("a library's greeting")
    def ingest(self, slices, note):
        for files in slices:
            end = time.process_time() + 0.2
            while time.process_time() < end: pass
            note(contenders.PAUSE, len(files))
        return 7
    def search(self, question):
        if question == "die": os._exit(3)
        return len(question)

worker.CONTENDERS = {"counting": Counting}
worker.main(*sys.argv[1:])
"""


@pytest.fixture
def counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Turns:
    (tmp_path / "counting_worker.py").write_text(CONTENDER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    begin = turns.subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        return begin([*command[:2], "counting_worker", *command[3:]], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(turns.subprocess, "Popen", popen)
    return Turns("counting", tmp_path, 1, tmp_path / "log")


def test_a_contender_stands_still_between_its_turns(counting: Turns) -> None:
    with counting:
        assert counting.load().seconds > 0
        counting.begin([[Path("a")], [Path("b")]])
        first, ended = counting.turn()
        assert ended is None
        assert first.cpu_seconds > 0.1
        held = counting._cpu()
        time.sleep(0.5)
        assert counting._cpu() == pytest.approx(held, abs=0.03)
        assert counting.turn()[1] is None
        assert counting.turn()[1] == 7
        assert counting.memory().resident > 1


def test_more_files_are_ordered_than_a_pipe_holds_the_names_of(counting: Turns) -> None:
    with counting:
        counting.load()
        # Its reader stands still: written into the pipe, these names would block for ever.
        begun = Thread(target=counting.begin, args=([[Path("x" * 100)] * 5_000],), daemon=True)
        begun.start()
        begun.join(20)
        assert not begun.is_alive()
        assert counting.turn()[1] is None
        assert counting.turn()[1] == 7


def test_questions_are_timed_one_by_one(counting: Turns) -> None:
    with counting:
        told = counting.order({"do": "search", "questions": ["one", "three"]})
        assert told["outcomes"] == [3, 5]
        assert len(told["milliseconds"]) == 2


def test_a_contender_that_dies_is_told_with_its_last_words(counting: Turns) -> None:
    with counting:
        counting.load()
        with pytest.raises(ContenderFailedError, match="a library's greeting"):
            counting.order({"do": "search", "questions": ["die"]})


# Figures


def contestant(words_per_second: float, articles: int = 100, *, complete: bool = True) -> Contestant:
    ingest = Ingested(
        articles=articles, words=1_000 * articles, passages=10, complete=complete,
        cost=Cost(1_000 * articles / words_per_second, 2_000 * articles / words_per_second),
    )  # fmt: skip
    return Contestant(
        load=Cost(4.0, 4.0), ingest=ingest, peak_megabytes=100.0, disk_megabytes=1.0 * articles,
        opened=Cost(1.0, 1.0), cold_question=Cost(1.0, 1.0), search=spent_of([5.0, 10.0, 15.0], 30.0),
        search_memory=Memory(100.0, 80.0),
    )  # fmt: skip


def contest(ours: Contestant, peer: Contestant | None) -> Contest:
    return Contest(
        articles=ours.ingest.articles, product=ours, embedding=contestant(1_000).ingest, langchain=peer, answering=()
    )


def test_ratios_and_aims() -> None:
    rows = {row.figure: row for row in rows_of(contest(contestant(900), contestant(300)))}
    assert rows["ingest, words/s"].ratio == pytest.approx(3.0)
    assert rows["ingest, words/s"].cells()[-1] == "≥ 4.50 × missed"
    assert rows["ingest / embedding alone"].product == "90%"
    assert rows["ingest / embedding alone"].met is True
    assert rows["retrieval p50, ms"].met is False
    assert rows["cold question / LangChain's load"].ratio == pytest.approx(0.25)


def test_a_pipeline_that_was_cut_short_is_named() -> None:
    rows = {row.figure: row for row in rows_of(contest(contestant(900), contestant(300, 40, complete=False)))}
    assert "ingest, words/s (LangChain cut at 40)" in rows
    assert rows["disk, kB an article"].ratio == pytest.approx(1.0)


def test_without_a_peer_there_is_no_ratio() -> None:
    assert all(row.ratio is None for row in rows_of(contest(contestant(900), None)))


def test_growth_is_the_exponent() -> None:
    assert growth([(1, 3.0), (10, 300.0), (100, 30_000.0)]) == pytest.approx(2.0)
    assert growth([(10, 3.0), (10, 4.0)]) is None
    grown = dict(growths([contest(contestant(900, count), None) for count in (10, 1_000)]))
    assert grown["ingest, seconds"] == pytest.approx(1.0)
    assert grown["retrieval p50"] == pytest.approx(0.0)
    assert grown["answer p50, with scorer"] is None


def test_slices_leave_nothing_out() -> None:
    assert slices_of(10, 3) == [(0, 3), (3, 7), (7, 10)]
    assert slices_of(2, 5) == [(0, 1), (1, 2)]


# All of it, small


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped and continued by signals")
def test_a_small_run_measures_everything(tmp_path: Path) -> None:
    pytest.importorskip("langchain_chroma")
    file = tmp_path / "bench.json"
    console = Console(width=140, record=True)
    arguments = "--articles 3 --turns 1 --questions 3 --clients 1 2 --load-seconds 0.2 --threads 1".split()
    assert main([*arguments, "--json", str(file)], console) == 0
    (told,) = json.loads(file.read_text())["contests"]
    for name in ("product", "langchain"):
        one = told[name]
        assert one["ingest"]["words"] == told["embedding"]["words"] > 4_000
        assert one["ingest"]["cost"]["cpu_seconds"] > 0
        assert 0 < one["search"]["p50"] <= one["search"]["p95"]
        assert one["disk_megabytes"] > 0
    assert told["product"]["ingest"]["passages"] == told["embedding"]["passages"]
    for answering in told["answering"]:
        assert sum(answering["statuses"].values()) == 3
        assert [load["clients"] for load in answering["loads"]] == [1, 2]
        assert all(load["answers"] and not load["errors"] for load in answering["loads"])
    assert "ingest / embedding alone" in console.export_text()


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped and continued by signals")
def test_with_drawn_vectors_only_what_questions_cost_is_told(tmp_path: Path) -> None:
    file, console = tmp_path / "bench.json", Console(width=140, record=True)
    arguments = "--articles 3 --turns 1 --questions 2 --clients --threads 1 --draw-vectors".split()
    assert main([*arguments, "--json", str(file)], console) == 0
    (told,) = json.loads(file.read_text())["contests"]
    assert (told["embedding"], told["langchain"]) == (None, None)
    assert told["product"]["ingest"]["articles"] == 3
    assert sum(told["answering"][0]["statuses"].values()) == 2
    assert "vectors drawn at random" in console.export_text(clear=False)
    assert "ingest, words/s" not in console.export_text()


def test_a_contender_that_fails_ends_the_run_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns.sys, "executable", "/bin/false")
    console = Console(width=140, record=True)
    assert main(["--articles", "1"], console) == 2
    assert "the process of 'product' ended" in console.export_text()
