"""The routes of the public contract. They translate; the service does the work."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from assistant.api import models
from assistant.api.access import caller_of
from assistant.api.description import events_of, problems_of
from assistant.api.guards import MAX_UPLOAD_BYTES
from assistant.api.schemas import AskBody, FeedbackBody, PastedArticle, Rename
from assistant.api.stream import event_stream, wants_stream
from assistant.build import Assistant
from assistant.dates import last_day, parse_date
from assistant.errors import BadInputError, NotFoundError, SourceError
from assistant.index.conversations import Conversation
from assistant.index.jobs import Job, JobBook
from assistant.ingest.sources import Given, upload_source
from assistant.ingest.web_address import WebAddress
from assistant.measures.coverage import Item, is_covered
from assistant.measures.register import Register
from assistant.types import Answer, Article, Filters, IngestReport
from assistant.wire import hit_to_wire, to_wire

if TYPE_CHECKING:
    from assistant.ingest.intake import Intake

PAGE_LIMIT = 200

router = APIRouter()
operators = APIRouter(tags=["operators"])


def _assistant(request: Request) -> Assistant:
    """The assistant as its caller sees it: other keys' conversations are not there."""
    assistant: Assistant = request.app.state.assistant
    return assistant.on_behalf_of(caller_of(request).owner)


Here = Annotated[Assistant, Depends(_assistant)]
Limit = Annotated[int, Query(ge=1, le=PAGE_LIMIT, description="most items of a page")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]

Search = Annotated[str, Query(max_length=200, description="words to look for")]


@router.post(
    "/answers",
    tags=["answers"],
    responses={
        200: {"model": Answer, "content": events_of("evidence", "sentence", "done", "error")},
        **problems_of(404, 413, 422, 503, 507),
    },
)
def create_answer(body: AskBody, here: Here, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
    """Ask a question. With `Accept: text/event-stream`: events `evidence`, `sentence`, `done`, `error`."""
    if wants_stream(accept):
        return event_stream(here.service.events(body.to_ask()))
    return JSONResponse(to_wire(here.service.ask(body.to_ask())))


@router.get("/answers/{answer_id}", tags=["answers"], responses={200: {"model": Answer}, **problems_of(404)})
def read_answer(answer_id: str, here: Here) -> Response:
    """An answer as it was given; `stale` when one of its quotes is no longer in its article."""
    return JSONResponse(here.service.answer(answer_id))


@router.get("/search", tags=["search"], responses={200: {"model": models.Hits}, **problems_of(413, 422, 503)})
def search(
    here: Here,
    q: Annotated[str, Query(description="1 to 4,000 characters", examples=["dysprosium licence"])],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
    publisher: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Passages for a question, best first, and which search found each."""
    filters = Filters(as_of, since, until, tuple(publisher or ()))
    hits = here.service.search(q, filters, k)
    return JSONResponse({"items": [hit_to_wire(hit) for hit in hits], "next": None})


@router.get("/articles/{article_id}", tags=["articles"], responses={200: {"model": Article}, **problems_of(404)})
def read_article(article_id: str, here: Here) -> Response:
    """One article with its text; offsets of citations count its Unicode code points."""
    return JSONResponse(to_wire(_existing(here, article_id)))


@router.get(
    "/articles/{article_id}/passages",
    tags=["articles"],
    responses={200: {"model": models.Passages}, **problems_of(404)},
)
def read_passages(article_id: str, here: Here) -> Response:
    """The passages that an article is searched by, in its order."""
    text = _existing(here, article_id).text
    items = [
        {"id": identity, "article_id": article_id, "start": span.start, "end": span.end, "text": span.of(text)}
        for identity, span in here.catalog.passage_spans(article_id)
    ]
    return JSONResponse({"items": items, "next": None})


@router.get(
    "/articles/{article_id}/versions",
    tags=["articles"],
    responses={200: {"model": models.Versions}, **problems_of(404)},
)
def read_versions(article_id: str, here: Here) -> Response:
    """What an article said before it was corrected, oldest first."""
    _existing(here, article_id)
    return JSONResponse({"items": to_wire(here.catalog.versions(article_id)), "next": None})


@router.post(
    "/articles",
    tags=["articles"],
    status_code=201,
    responses={201: {"model": IngestReport}, 202: {"model": Job}, **problems_of(413, 422, 503, 507)},
    openapi_extra={
        "requestBody": {
            "content": {
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
                },
                "application/json": {"schema": PastedArticle.model_json_schema()},
            }
        }
    },
)
async def add_article(request: Request, here: Here) -> Response:
    """Add an article: a `file` (multipart), or its `text` (JSON): 201 with the report.

    A `url` (JSON) of a page, feed or sitemap: 202 with a job, to be followed at `/v1/jobs/{id}`.
    """
    sent = await _sent(request)
    if isinstance(sent, WebAddress):
        job = await run_in_threadpool(request.app.state.jobs.submit, sent)
        return JSONResponse(to_wire(job), 202, {"Location": f"/v1/jobs/{job.id}"})
    source = upload_source(*sent)
    report = await run_in_threadpool(here.ingestor.ingest, source, restore=True)
    if report.failed:
        raise SourceError(report.failed[0].reason)
    return JSONResponse(to_wire(report), 201)


@router.delete("/articles/{article_id}", tags=["articles"], status_code=204, responses=problems_of(404, 503, 507))
def remove_article(article_id: str, here: Here) -> Response:
    """Remove an article; the next ingest of its source does not bring it back."""
    _existing(here, article_id)
    here.ingestor.remove(article_id)
    return Response(status_code=204)


@router.get("/jobs", tags=["articles"], responses={200: {"model": models.Jobs}, **problems_of(422)})
def list_jobs(request: Request, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Addresses being brought in, and those that were, newest first."""
    found = _jobs(request).page(limit + 1, cursor)
    last = found[limit - 1] if len(found) > limit else None
    items = [to_wire(job) for job in found[:limit]]
    return JSONResponse({"items": items, "next": f"{last.created_at} {last.id}" if last else None})


@router.get("/jobs/{job_id}", tags=["articles"], responses={200: {"model": Job}, **problems_of(404)})
def read_job(job_id: str, request: Request) -> Response:
    """How far a job is: `done` of `total` pages; its `report` once it is done."""
    return JSONResponse(to_wire(_jobs(request).get(job_id)))


@router.get(
    "/conversations",
    tags=["conversations"],
    responses={200: {"model": models.ConversationList}, **problems_of(422)},
)
def list_conversations(here: Here, limit: Limit = 50, cursor: Cursor = None, q: Search = "") -> Response:
    """Conversations, last changed first; with `q`, those whose title or questions hold each of its words."""
    found = here.conversations.page(limit + 1, cursor, q)
    more = len(found) > limit
    items = [to_wire(conversation) for conversation in found[:limit]]
    last = found[limit - 1] if more else None
    return JSONResponse({"items": items, "next": f"{last.updated_at} {last.id}" if last else None})


@router.get(
    "/conversations/{conversation_id}",
    tags=["conversations"],
    responses={200: {"model": models.WholeConversation}, **problems_of(404)},
)
def read_conversation(conversation_id: str, here: Here) -> Response:
    """One conversation with its answers, oldest first."""
    conversation = here.conversations.get(conversation_id)
    answers = here.service.conversation_answers(conversation_id)
    return JSONResponse(to_wire(conversation) | {"answers": answers})


@router.patch(
    "/conversations/{conversation_id}",
    tags=["conversations"],
    responses={200: {"model": Conversation}, **problems_of(404, 422, 507)},
)
def rename_conversation(conversation_id: str, body: Rename, here: Here) -> Response:
    """Give a conversation another title."""
    return JSONResponse(to_wire(here.conversations.rename(conversation_id, body.title)))


@router.delete(
    "/conversations/{conversation_id}",
    tags=["conversations"],
    status_code=204,
    responses=problems_of(404, 507),
)
def delete_conversation(conversation_id: str, here: Here) -> Response:
    """Delete a conversation and its answers."""
    here.conversations.delete(conversation_id)
    return Response(status_code=204)


@router.get("/measures", tags=["measures"], responses={200: {"model": models.Measures}, **problems_of(422)})
def list_measures(here: Here, as_of: str | None = None) -> Response:
    """The register: where each measure stood on a day, as known then.

    `newer_articles` are those that name the measure and appeared after the register was last reviewed.
    """
    register = here.register.current()
    day = _day(here, as_of, "as_of")
    newer = _newer(here, register, day)
    items = [to_wire(status) | {"newer_articles": list(newer.get(status.id, ()))} for status in register.as_of(day)]
    return JSONResponse({"items": items, "next": None, "as_of": day.isoformat(), "reviewed_to": register.reviewed_to})


@router.get(
    "/measures/{measure_id}",
    tags=["measures"],
    responses={200: {"model": models.MeasureToday}, **problems_of(404, 422)},
)
def read_measure(measure_id: str, here: Here, as_of: str | None = None) -> Response:
    """One measure with its history, as known on a day."""
    register = here.register.current()
    day = _day(here, as_of, "as_of")
    newer = _newer(here, register, day).get(measure_id, ())
    return JSONResponse(to_wire(register.status(measure_id, day)) | {"newer_articles": list(newer)})


@router.get("/coverage", tags=["measures"], responses={200: {"model": models.Coverage}, **problems_of(422)})
def coverage(
    here: Here,
    element: Annotated[str | None, Query(max_length=60, examples=["dysprosium"])] = None,
    form: Annotated[str | None, Query(max_length=60, examples=["magnet"])] = None,
    code: Annotated[str | None, Query(max_length=30, examples=["1C902"])] = None,
    destination: Annotated[str | None, Query(max_length=60, examples=["US"])] = None,
    day: str | None = None,
) -> Response:
    """The measures that name an item, each with its status on a day. Not legal advice; read the original."""
    item = Item(element, form, code, destination)
    return JSONResponse(to_wire(is_covered(here.register.current(), item, _day(here, day, "day"))))


@router.post(
    "/answers/{answer_id}/feedback",
    tags=["feedback"],
    status_code=201,
    responses={201: {"model": models.Feedback}, **problems_of(404, 422, 507)},
)
def give_feedback(answer_id: str, body: FeedbackBody, here: Here) -> Response:
    """Say whether an answer helped; saying it again replaces what was said before."""
    return JSONResponse(to_wire(here.feedback.give(answer_id, body.rating, body.comment)), 201)


@router.get("/feedback", tags=["feedback"], responses={200: {"model": models.FeedbackList}, **problems_of(422)})
def list_feedback(
    here: Here, limit: Limit = 50, cursor: Cursor = None, rating: Literal["up", "down"] | None = None
) -> Response:
    """What was said of answers, newest first, beside the question; `counts` are of all."""
    found = here.feedback.listed(limit + 1, cursor, rating)
    more = len(found) > limit
    last = found[limit - 1] if more else None
    items = [to_wire(feedback) for feedback in found[:limit]]
    following = f"{last.created_at} {last.answer_id}" if last else None
    return JSONResponse({"items": items, "next": following, "counts": here.feedback.counts()})


@operators.get("/healthz")
def healthz() -> models.Health:
    """The process answers."""
    return models.Health(status="ok")


@operators.get("/readyz", responses={200: {"model": models.Readiness}, 503: {"model": models.Readiness}})
def readyz(here: Here) -> Response:
    """Questions can be answered: the search indexes have caught up with the catalog."""
    ready = here.store.is_built()
    articles, passages = here.catalog.counts()
    body = {"status": "ready" if ready else "indexing", "articles": articles, "passages": passages}
    return JSONResponse(body, 200 if ready else 503)


@operators.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
    """Figures of this process for Prometheus."""
    content, media_type = request.app.state.metrics.scrape(accept)
    return Response(content, headers={"Content-Type": media_type})


def _day(here: Assistant, text: str | None, name: str) -> date:
    return last_day(parse_date(text, name)) if text else here.settings.day()


def _newer(here: Assistant, register: Register, day: date) -> dict[str, tuple[str, ...]]:
    """Articles that the register's reviewers have not seen yet, by the measure they name."""
    if register.reviewed_to is None:
        return {}
    reviewed = last_day(register.reviewed_to).isoformat()
    return register.newer(here.catalog.dated_between(reviewed, day.isoformat()))


def _jobs(request: Request) -> JobBook:
    book: JobBook = request.app.state.jobs.book
    return book


def _existing(here: Assistant, article_id: str) -> Article:
    article = here.catalog.article(article_id)
    if article is None:
        raise NotFoundError(f"no article {article_id!r}; list them with GET /v1/articles")
    return article


async def _sent(request: Request) -> tuple[str, bytes, Given] | WebAddress:
    """Name, bytes and metadata of what was sent to be added, or the address to fetch."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_part_size=MAX_UPLOAD_BYTES) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise BadInputError("the form has no file; send one in the field 'file'")
            return _label(file.filename), await file.read(), Given()
    if kind == "application/json":
        return _pasted(await request.body(), _assistant(request).intake)
    raise BadInputError(f"cannot read {kind or 'a body of no type'}; send multipart/form-data or application/json")


def _pasted(body: bytes, intake: Intake) -> tuple[str, bytes, Given] | WebAddress:
    try:
        pasted = PastedArticle.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the body"
        raise BadInputError(f"{name}: {first['msg']}; send an object with 'text' or 'url'") from error
    published_on = parse_date(pasted.published_on, "published_on") if pasted.published_on else None
    given = Given(pasted.title, pasted.publisher, published_on)
    if pasted.url is not None and pasted.text is not None:
        raise BadInputError("there are both 'text' and 'url'; send the one that holds the article")
    if pasted.url is not None:
        return replace(intake.web_address(pasted.url.strip()), given=given)
    if not (pasted.text or "").strip():
        raise BadInputError("there is no text; send the article's text in 'text', its address in 'url', or a file")
    content = (pasted.text or "").encode("utf-8", "replace")
    return f"pasted-{hashlib.sha256(content).hexdigest()[:12]}.txt", content, given


def _label(filename: str) -> str:
    """An upload's name as a label: its last part, printable, at most 200 characters."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[-200:] or "upload"
