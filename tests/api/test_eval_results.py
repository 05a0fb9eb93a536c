"""Eval results over HTTP: what there is, what is none, and that a name is never a path."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from support import Builder

from assistant.api import eval_results
from assistant.api.app import create_app

FIGURE = {"value": 0.5, "low": 0.25, "high": 0.75, "n": 2, "unscored": 0, "failed": 0}
RESULT: dict[str, Any] = {
    "format": "assistant-evals/1",
    "set": "tiny",
    "commit": "0123456789",
    "dirty": False,
    "settings_fingerprint": "settings",
    "corpus_digest": "corpus",
    "today": "2026-01-15",
    "seed": 1,
    "metrics": {"mrr": FIGURE},
    "by_tag": {},
    "gates": [],
    "cases": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    return folder


@pytest.fixture
def client(folder: Path, build_assistant: Builder) -> Iterator[TestClient]:
    with TestClient(create_app(build_assistant(eval_results=folder)), base_url="http://127.0.0.1:8000") as client:
        yield client


def write(path: Path, age: int = 0, **changes: Any) -> None:
    """A result file that was written ``age`` seconds before the others."""
    path.write_text(json.dumps(RESULT | changes))
    os.utime(path, (1_800_000_000 - age,) * 2)


def test_results_are_listed_with_their_figures_last_written_first(client: TestClient, folder: Path) -> None:
    write(folder / "old.json", age=60)
    write(folder / "new.json", dirty=True)
    new, old = client.get("/v1/evals").json()["items"]
    assert (new["name"], old["name"]) == ("new", "old")
    assert (new["set"], new["dirty"], new["today"], new["n"]) == ("tiny", True, "2026-01-15", 0)
    assert new["metrics"]["mrr"] == FIGURE
    assert "cases" not in new


def test_a_file_that_holds_no_result_is_told_and_left_out(client: TestClient, folder: Path) -> None:
    write(folder / "good.json")
    write(folder / "odd.json", format="other/1")
    (folder / "text.json").write_text("no JSON")
    body = client.get("/v1/evals").json()
    assert [item["name"] for item in body["items"]] == ["good"]
    assert sorted(body["unreadable"]) == ["odd", "text"]
    refused = client.get("/v1/evals/odd")
    assert refused.status_code == 422
    assert str(folder) not in refused.text


def test_older_files_are_counted(client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eval_results, "MOST_LISTED", 1)
    write(folder / "old.json", age=60)
    write(folder / "new.json")
    body = client.get("/v1/evals").json()
    assert ([item["name"] for item in body["items"]], body["left_out"]) == (["new"], 1)


def test_without_a_folder_the_list_is_empty_and_says_how_to_make_one(client: TestClient, folder: Path) -> None:
    folder.rmdir()
    body = client.get("/v1/evals").json()
    assert body["items"] == []
    assert body["how_to_make_one"].startswith("assistant eval --set core --json ")


def test_one_result_is_told_whole(client: TestClient, folder: Path) -> None:
    write(folder / "new.json")
    assert client.get("/v1/evals/new").json() == RESULT | {"reliability": None}


@pytest.mark.parametrize("name", ["nope", "..%2Fsecret", "%2e%2e%2fsecret", "../secret", "new.json", "%00", "*"])
def test_a_name_is_never_a_path(client: TestClient, folder: Path, name: str) -> None:
    write(folder / "new.json")
    write(folder.parent / "secret.json")
    assert client.get(f"/v1/evals/{name}").status_code == 404
