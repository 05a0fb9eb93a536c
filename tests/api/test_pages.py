"""Pages and their files: named by what they hold, kept by browsers, loaded side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.languages import LANGUAGES
from assistant.api.pages import add_pages, imported
from assistant.shipped import ui_folder

TODAY = date(2026, 11, 22)
PATHS = ["/", "/articles", "/articles/x", "/measures", "/briefing", "/feedback", "/evals"]


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    add_pages(app, ui_folder(), lambda: TODAY)
    with TestClient(app) as client:
        yield client


def write_page(folder: Path, script: str) -> TestClient:
    """A server of pages that all load ``js/main.js``, which holds ``script``."""
    (folder / "js").mkdir(exist_ok=True)
    (folder / "js" / "main.js").write_text(script)
    for name in ("pages", "strings"):
        (folder / name).mkdir(exist_ok=True)
    for name in ("index", "articles", "article", "measures", "briefing", "feedback", "evals"):
        page = '<head><script type="module" src="/ui/js/main.js"></script></head>'
        (folder / "pages" / f"{name}.html").write_text(page)
    for language in LANGUAGES:
        (folder / "strings" / f"{language}.json").write_text("{}")
    app = FastAPI()
    add_pages(app, folder, lambda: TODAY)
    return TestClient(app)


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_a_page_names_is_there_and_kept(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.headers["cache-control"] == "no-cache"
    files = set(re.findall(r'"(/ui/[^"#]+)', page.text))
    assert len(files) > 5
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_changed_file_has_another_name(tmp_path: Path) -> None:
    def named() -> str:
        found = re.search(r'src="([^"]+)"', write_page(tmp_path, script).get("/").text)
        assert found
        return found[1]

    script = "1;"
    before = named()
    assert named() == before
    script = "2;"
    assert named() != before


def test_imports_are_followed_and_those_that_wait_are_not(tmp_path: Path) -> None:
    (tmp_path / "js" / "deep").mkdir(parents=True)
    (tmp_path / "js" / "a.js").write_text('import "./deep/b.js";\nexport { c } from "./deep/c.js";\n')
    (tmp_path / "js" / "deep" / "b.js").write_text('import "../main.js";\n')
    (tmp_path / "js" / "deep" / "c.js").write_text('export const c = "./none.js";\n')
    client = write_page(tmp_path, 'import { a,\n b } from "./a.js";\n// import "./no.js"\nvoid import("./later.js");\n')
    assert imported(tmp_path, "js/main.js") == ["js/a.js", "js/deep/b.js", "js/deep/c.js"]
    assert client.get("/ui/js/a.js").status_code == 200


def test_the_chat_page_names_the_modules_that_it_loads_at_once(client: TestClient) -> None:
    named = set(re.findall(r'rel="modulepreload" href="/ui/[0-9a-f]+/([^"]+)"', client.get("/").text))
    assert {"js/dom.js", "js/render/answer.js", "js/storage.js"} <= named
    assert "js/control-choices.js" not in named


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_every_other_and_tells_the_day(client: TestClient, path: str) -> None:
    page = client.get(path).text
    others = {"/", "/articles", "/measures", "/briefing", "/evals", "/feedback"} - {path}
    assert others <= set(re.findall(r'<a [^>]*href="([^"]+)"', page))
    assert f'data-today="{TODAY.isoformat()}"' in page
