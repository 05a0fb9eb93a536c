"""The pages and their files, served so that a second visit asks for nothing but the page itself.

A page names its files under a folder that carries the hash of them all: they may be kept for ever, and a new release
has new names. Modules that a page's scripts import are named in its head, so that they load side by side.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

_PAGES = {
    "/": "index.html",
    "/articles": "articles.html",
    "/articles/{article_id}": "article.html",
    "/measures": "measures.html",
    "/briefing": "briefing.html",
    "/feedback": "feedback.html",
    "/evals": "evals.html",
}
_SCRIPT = re.compile(r'<script type="module" src="/ui/(?P<path>[^"]+)"')
# Imports that are made at once; those of `import(…)` wait until they are asked for.
_IMPORT = re.compile(r'^(?:import|export)\b(?:[^;"]*?\bfrom)?\s*"(?P<path>\.[^"]+)";', re.MULTILINE)
_DIGEST_LENGTH = 12


class _KeptFiles(StaticFiles):
    """Files whose address changes with them."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def add_pages(app: FastAPI, folder: Path) -> None:
    """Serve the pages of ``folder``, their files under ``/ui/RELEASE``, and these by plain names under ``/ui``."""
    release = f"/ui/{_digest(folder)}"
    for path, name in _PAGES.items():
        app.add_api_route(path, _page(folder, name, release), include_in_schema=False, response_class=HTMLResponse)
    app.mount(release, _KeptFiles(directory=folder))
    app.mount("/ui", StaticFiles(directory=folder))


def imported(folder: Path, module: str) -> list[str]:
    """The modules that ``module`` imports at once, directly or not, in the order in which they are met.

    Paths are relative to ``folder``; comments are not code, so imports must begin a line.
    """
    found: dict[str, None] = {}
    waiting = [module]
    while waiting:
        here = waiting.pop(0)
        for match in _IMPORT.finditer((folder / here).read_text(encoding="utf-8")):
            path = (folder / here).parent.joinpath(match["path"]).resolve().relative_to(folder.resolve()).as_posix()
            if path != module and path not in found:
                found[path] = None
                waiting.append(path)
    return list(found)


def _page(folder: Path, name: str, release: str) -> Any:
    text = (folder / name).read_text(encoding="utf-8")
    modules = dict.fromkeys(path for entry in _SCRIPT.findall(text) for path in imported(folder, entry))
    links = "".join(f'  <link rel="modulepreload" href="/ui/{path}">\n' for path in modules)
    told = text.replace("</head>", f"{links}</head>", 1).replace('"/ui/', f'"{release}/')

    def page() -> Response:
        return HTMLResponse(told, headers={"Cache-Control": "no-cache"})

    return page


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGEST_LENGTH]
