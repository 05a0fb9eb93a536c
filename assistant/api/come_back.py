"""Saved questions, and what has changed since a day, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.answer.engines import EXTRACTIVE
from assistant.api import models
from assistant.api.access import caller_of
from assistant.api.atom import MEDIA_TYPE, atom_feed
from assistant.api.description import problems_of
from assistant.api.routes import Here
from assistant.api.schemas import SaveBody
from assistant.build import Assistant
from assistant.changes import (
    MOST_ARTICLES,
    MOST_ASKED_AGAIN,
    Changes,
    changed_answers,
    changed_articles,
    changed_measures,
    quotes_sha256,
)
from assistant.dates import first_day, parse_date
from assistant.index.saved import SavedBook, SavedQuestion
from assistant.types import Answer, Ask, Filters
from assistant.wire import to_wire

DAYS_BACK = 30

router = APIRouter(tags=["come back"])


def _saved(request: Request) -> SavedBook:
    book: SavedBook = request.app.state.saved
    return book.of(caller_of(request).owner)


Saved = Annotated[SavedBook, Depends(_saved)]
Since = Annotated[
    str | None, Query(max_length=40, description=f"a day, which counts too; default {DAYS_BACK} days ago")
]


@router.post(
    "/saved",
    status_code=201,
    responses={201: {"model": SavedQuestion}, **problems_of(413, 422, 503, 507)},
)
def save_question(body: SaveBody, here: Here, saved: Saved) -> Response:
    """Save a question. Saved again, it is the same one, compared from now on with the answer of now."""
    filters = Filters(body.as_of, body.since, body.until, tuple(body.publishers))
    told = quotes_sha256(_answer(here, body.question, filters))
    return JSONResponse(to_wire(saved.save(body.question, filters, told)), 201)


@router.get("/saved", responses={200: {"model": models.SavedQuestions}})
def list_saved(saved: Saved) -> Response:
    """Saved questions, last saved first; of their answers only a hash of the quotes is kept."""
    return JSONResponse({"items": to_wire(saved.all()), "next": None})


@router.delete("/saved/{saved_id}", status_code=204, responses=problems_of(404, 507))
def delete_saved(saved_id: str, saved: Saved) -> Response:
    """Forget a saved question."""
    saved.delete(saved_id)
    return Response(status_code=204)


@router.get("/changes", responses={200: {"model": Changes}, **problems_of(422, 503)})
def changes(here: Here, saved: Saved, since: Since = None) -> Response:
    """Articles that came in or were corrected, new entries of the register, saved questions answered otherwise now."""
    return JSONResponse(to_wire(_changes(here, saved, since)))


@router.get(
    "/changes.atom",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}, **problems_of(422, 503)},
)
def changes_feed(request: Request, here: Here, saved: Saved, since: Since = None) -> Response:
    """The same as an Atom feed."""
    feed = atom_feed(_changes(here, saved, since), str(request.base_url).rstrip("/"))
    return Response(feed, media_type=MEDIA_TYPE)


def _changes(here: Assistant, saved: SavedBook, since: str | None) -> Changes:
    today = here.settings.day()
    day = first_day(parse_date(since, "since")) if since else today - timedelta(days=DAYS_BACK)
    articles = changed_articles(here.catalog, day, today)
    kept = saved.all()
    asked = kept[:MOST_ASKED_AGAIN]
    return Changes(
        since=day.isoformat(),
        until=today.isoformat(),
        articles=articles[:MOST_ARTICLES],
        articles_left_out=max(0, len(articles) - MOST_ARTICLES),
        measures=changed_measures(here.register.current(), day, today),
        saved=tuple(changed_answers(asked, lambda one: _answer(here, one.question, one.filters))),
        saved_left_out=len(kept) - len(asked),
    )


def _answer(here: Assistant, question: str, filters: Filters) -> Answer:
    """The answer in the sources' own sentences, which costs no language model and is the same for the same corpus."""
    return here.service.ask(Ask(question, filters=filters, engine=EXTRACTIVE, remember=False, as_written=True))
