from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from support import Builder
from test_news_like import write_ares

from assistant.build import Assistant
from assistant.errors import BadInputError
from evals import distractors
from evals.benchmark import COULD_NOT_RUN, DONE
from evals.cases import load_set
from evals.distractors import FILES, PUBLISHER, among_strangers, main, read_strangers

LAST_DAY = date(2026, 1, 15)
PADDING = " It was a quiet day in the valley and nobody said much about it." * 5


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "ares"
    folder.mkdir()
    for name in FILES:
        rows = [(f"Story {n} of {name}.{PADDING}", "x?", "", "No") for n in range(2)]
        write_ares(folder / name, *rows, ("Too short.", "x?", "", "No"), rows[0])
    return folder


@pytest.fixture
def own_set(monkeypatch: pytest.MonkeyPatch, samples: Path) -> None:
    monkeypatch.setattr(distractors, "load_set", lambda name: load_set(name, samples))


def run(assistant: Assistant, *arguments: str | Path) -> tuple[int, str]:
    out = Console(file=io.StringIO(), width=200, record=True)
    code = main([str(one) for one in arguments], out, lambda name, today: assistant)
    return code, out.export_text()


def test_each_file_gives_in_turn_and_none_twice(data: Path) -> None:
    told = [text.title.split(".")[0] for text in read_strangers(data, 8, LAST_DAY).texts]
    first = [f"Story 0 of {name.removesuffix('.zip')}" for name in FILES]
    assert told == [
        *first,
        f"Story 1 of {FILES[0].removesuffix('.zip')}",
        f"Story 1 of {FILES[1].removesuffix('.zip')}",
    ]


def test_strangers_are_dated_up_to_the_day_of_the_set(data: Path) -> None:
    days = [text.published_on or "" for text in read_strangers(data, 12, LAST_DAY).texts]
    assert all("2024-01-01" <= day <= "2026-01-15" for day in days) and len(set(days)) > 6


def test_the_same_strangers_come_each_time(data: Path) -> None:
    assert read_strangers(data, 5, LAST_DAY) == read_strangers(data, 5, LAST_DAY)


def test_more_strangers_than_there_are_are_refused(data: Path) -> None:
    with pytest.raises(BadInputError, match="holds 12 documents, 13 were asked for"):
        read_strangers(data, 13, LAST_DAY)


def test_strangers_come_beside_the_shipped_corpus_and_stay(data: Path, assistant: Assistant) -> None:
    strangers = read_strangers(data, 4, LAST_DAY)
    shipped = assistant.catalog.counts()[0]
    for _ in range(2):
        among = among_strangers(assistant, strangers)
        told = [article.publisher for article in among.catalog.articles()]
        among.close()
        assert (told.count(PUBLISHER), len(told)) == (4, shipped + 4)
    assert assistant.catalog.counts()[0] == shipped


@pytest.mark.usefixtures("own_set")
def test_the_sample_runs_over_both_corpora(data: Path, assistant: Assistant, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    code, shown = run(assistant, "--data", data, "--set", "wide", "--distractors", "4", "--json", target)
    told: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    assert code == DONE and "stanford-futuredata/ARES, Apache-2.0" in shown
    assert set(told["sha256"]) == set(FILES) and told["distractors"] == 4
    assert told["alone"]["corpus_digest"] != told["among"]["corpus_digest"]
    lines = {line["name"]: line for line in told["figures"]}
    recall = lines["refusal_recall"]
    assert recall["plain"] == told["alone"]["metrics"]["refusal_recall"]
    assert recall["figure"] == told["among"]["metrics"]["refusal_recall"]


def test_without_data_it_says_what_to_get(tmp_path: Path, build_assistant: Builder) -> None:
    code, shown = run(build_assistant(), "--data", tmp_path)
    assert code == COULD_NOT_RUN and FILES[0] in shown


@pytest.mark.usefixtures("own_set")
def test_a_set_that_is_not_there_is_told(data: Path, build_assistant: Builder) -> None:
    code, shown = run(build_assistant(), "--data", data, "--set", "none")
    assert code == COULD_NOT_RUN and "no eval set 'none'" in shown
