"""The FastAPI application, made from an assistant by a function: no globals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from assistant.api import article_list, briefings, come_back, eval_results, exports, openai, problems, routes
from assistant.api.access import AccessGuard
from assistant.api.description import DescribedAPI
from assistant.api.exposure import LOOPBACK, exposure
from assistant.api.guards import BodyLimit, OriginGuard, SecurityHeaders
from assistant.api.openai_errors import OpenAIErrors
from assistant.api.pages import add_pages
from assistant.api.question_limit import QuestionLimit
from assistant.api.requests import RequestLog
from assistant.build import Assistant
from assistant.index.jobs import JobBook
from assistant.index.keys import KeyBook
from assistant.index.saved import SavedBook
from assistant.jobs import JobRunner
from assistant.metrics import Metrics
from assistant.shipped import ui_folder

COMPRESSED_FROM_BYTES = 500
THREADS_FOR_THE_REST = 40
DESCRIPTION = (
    "Short answers on rare earth controls in which every sentence cites an exact passage of a dated article, "
    "or an honest decline. Offsets are Unicode code points; dates are ISO 8601 and keep their precision."
)
_DOCS_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Answer API</title>
<link rel="icon" href="/ui/img/favicon.svg">
<link rel="stylesheet" href="/docs-assets/swagger-ui.css">
<script src="/docs-assets/swagger-ui-bundle.js" defer></script>
<script src="/ui/js/docs.js" defer></script>
</head>
<body><main id="swagger-ui"></main></body>
</html>
"""


def create_app(assistant: Assistant, bound_to: str = LOOPBACK) -> FastAPI:
    """The page, the API and its docs over one assistant.

    Args:
        assistant: answers.
        bound_to: the IP address that the server's socket is bound to.
    """
    exposed = exposure(assistant.settings, bound_to)
    app = DescribedAPI(
        title="Rare earth briefing assistant",
        description=DESCRIPTION,
        version=version("assistant"),
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.assistant = assistant
    app.state.jobs = JobRunner(JobBook(assistant.catalog), lambda: assistant.intake)
    app.state.saved = SavedBook(assistant.catalog)
    app.state.metrics = Metrics(assistant.catalog.counts)
    assistant.observers.add(app.state.metrics)
    app.include_router(routes.router, prefix="/v1")
    app.include_router(article_list.router, prefix="/v1")
    app.include_router(openai.router, prefix="/v1")
    app.include_router(exports.router, prefix="/v1")
    app.include_router(briefings.router, prefix="/v1")
    app.include_router(eval_results.router, prefix="/v1")
    app.include_router(come_back.router, prefix="/v1")
    app.include_router(routes.operators)
    add_pages(app, ui_folder(), assistant.settings.day)
    _add_docs(app)
    problems.install(app)
    # The last one added is the first one passed.
    app.add_middleware(QuestionLimit, most=assistant.settings.questions_at_once)
    app.add_middleware(BodyLimit)
    app.add_middleware(AccessGuard, exposure=exposed, keys=KeyBook(assistant.catalog))
    app.add_middleware(OriginGuard, exposure=exposed)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(OpenAIErrors)
    # Event streams and files that are compressed already pass as they are.
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM_BYTES)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    # Questions that wait for a language model hold a thread each; pages and lists must find one all the same.
    most: int = app.state.assistant.settings.questions_at_once
    current_default_thread_limiter().total_tokens = most + THREADS_FOR_THE_REST
    yield
    await run_in_threadpool(app.state.jobs.close)
    await run_in_threadpool(app.state.assistant.observers.flush)


def _add_docs(app: FastAPI) -> None:
    app.add_api_route("/docs", _docs, include_in_schema=False, response_class=HTMLResponse)
    app.mount("/docs-assets", StaticFiles(packages=[("fastapi_swagger", "resources")]))


def _docs() -> Response:
    return HTMLResponse(_DOCS_PAGE)
