"""Briefings over HTTP: as an object, and as files to keep."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse

from assistant.api.description import problems_of
from assistant.api.exports import AsFormat, Format, download, file_of, files_of
from assistant.api.routes import Here
from assistant.briefing.types import Briefing
from assistant.export.briefing import briefing_document
from assistant.types import Filters
from assistant.wire import to_wire

router = APIRouter(tags=["briefings"])

Topic = Annotated[
    str, Query(description="1 to 200 characters; a measure, element, company, place", examples=["samarium"])
]


def _filters(
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
    publisher: Annotated[list[str] | None, Query()] = None,
) -> Filters:
    return Filters(as_of, since, until, tuple(publisher or ()))


Within = Annotated[Filters, Depends(_filters)]


@router.get("/briefings", responses={200: {"model": Briefing}, **problems_of(413, 422, 503)})
def read_briefing(here: Here, topic: Topic, within: Within) -> Response:
    """A page on a topic: what it is, where it stands, figures, who says what, what is new, what is open.

    Every statement is a quote with its citation; a topic that no sentence names is declined.
    """
    return JSONResponse(to_wire(here.briefings.write(topic, within)))


@router.get("/briefings/export", responses={200: files_of(Briefing)[200], **problems_of(413, 422, 503)})
def export_briefing(
    here: Here,
    topic: Topic,
    within: Within,
    as_format: AsFormat = Format.MARKDOWN,
) -> Response:
    """The same as a file, with footnotes, corpus digest, fingerprint and the hash of each quote."""
    briefing = here.briefings.write(topic, within)
    if as_format is Format.JSON:
        return JSONResponse(to_wire(briefing), headers=download(f"Briefing {briefing.topic}", as_format))
    return file_of(briefing_document(briefing), as_format)
