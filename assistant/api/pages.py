"""The pages and their files, served so that a second visit asks for nothing but the page itself.

A page is a template within one frame, filled with the words of the reader's language. It names its files under a
folder that carries the hash of them all: they may be kept for ever, and a new release has new names. Modules that a
page's scripts import are named in its head, so that they load side by side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.api.languages import COOKIE, Wordbook, chosen_language, language_of, read_wordbooks

_PAGES = {
    "/": "index.html",
    "/articles": "articles.html",
    "/articles/{article_id}": "article.html",
    "/measures": "measures.html",
    "/briefing": "briefing.html",
    "/feedback": "feedback.html",
    "/evals": "evals.html",
}
_NAMES_OF_LANGUAGES = (("en", "English"), ("zh", "中文"))
_SCRIPT = re.compile(r'<script type="module" src="/ui/(?P<path>[^"]+)"')
_BLOCKING = re.compile(_SCRIPT.pattern + ' blocking="render"')
# Imports that are made at once; those of `import(…)` wait until they are asked for.
_IMPORT = re.compile(r'^(?:import|export)\b(?:[^;"]*?\bfrom)?\s*"(?P<path>\.[^"]+)";', re.MULTILINE)
_DIGEST_LENGTH = 12
# Stands in a page until it is sent: the day is not known before.
_TODAY = "{TODAY}"
_YEAR = 365 * 24 * 60 * 60


class _KeptFiles(StaticFiles):
    """Files whose address changes with them."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def add_pages(app: FastAPI, folder: Path, today: Callable[[], date]) -> None:
    """Serve the pages of ``folder``, their files under ``/ui/RELEASE``, and these by plain names under ``/ui``.

    Args:
        app: gets the routes.
        folder: holds ``pages``, ``strings``, and the files that pages name.
        today: the server's clock, which the pages are told.
    """
    release = f"/ui/{_digest(folder)}"
    wordbooks = read_wordbooks(folder / "strings")
    templates = Environment(
        loader=FileSystemLoader(folder / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for path, name in _PAGES.items():
        filled = {language: _filled(templates, name, folder, release, words) for language, words in wordbooks.items()}
        app.add_api_route(path, _page(filled, today), include_in_schema=False, response_class=HTMLResponse)
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


def _filled(templates: Environment, name: str, folder: Path, release: str, words: Wordbook) -> str:
    """The page in one language, all but the day."""
    text = templates.get_template(name).render(
        language=words.language, languages=_NAMES_OF_LANGUAGES, say=words.say, today=_TODAY
    )
    entries = _SCRIPT.findall(text)
    modules = dict.fromkeys(path for entry in entries for path in imported(folder, entry) if path not in entries)
    urgent = {path for entry in _BLOCKING.findall(text) for path in imported(folder, entry)}
    links = "".join(_preload(path, path in urgent) for path in modules)
    return text.replace("</head>", f"{links}</head>", 1).replace('"/ui/', f'"{release}/')


def _preload(path: str, urgent: bool) -> str:
    """What only scripts need waits for what paints the page."""
    priority = "" if urgent else ' fetchpriority="low"'
    return f'  <link rel="modulepreload" href="/ui/{path}"{priority}>\n'


def _page(filled: dict[str, str], today: Callable[[], date]) -> Any:
    def page(request: Request) -> Response:
        text = filled[language_of(request)].replace(_TODAY, today().isoformat(), 1)
        response = HTMLResponse(text, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"})
        if chosen := chosen_language(request):
            response.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="lax", httponly=True)
        return response

    return page


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGEST_LENGTH]
