"""Briefings over HTTP: as an object, and as files to keep."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
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
Publishers = Annotated[list[str] | None, Query()]


@router.get("/briefings", responses={200: {"model": Briefing}, **problems_of(413, 422, 503)})
def read_briefing(here: Here, topic: Topic, as_of: str | None = None, publisher: Publishers = None) -> Response:
    """A page on a topic: what it is, where it stands, figures, who says what, what is new, what is open.

    Every statement is a quote with its citation; a topic that no sentence names is declined.
    """
    return JSONResponse(to_wire(_written(here, topic, as_of, publisher)))


@router.get("/briefings/export", responses={200: files_of(Briefing)[200], **problems_of(413, 422, 503)})
def export_briefing(
    here: Here,
    topic: Topic,
    as_of: str | None = None,
    publisher: Publishers = None,
    as_format: AsFormat = Format.MARKDOWN,
) -> Response:
    """The same as a file, with footnotes, corpus digest, fingerprint and the hash of each quote."""
    briefing = _written(here, topic, as_of, publisher)
    if as_format is Format.JSON:
        return JSONResponse(to_wire(briefing), headers=download(f"Briefing {briefing.topic}", as_format))
    return file_of(briefing_document(briefing), as_format)


def _written(here: Here, topic: str, as_of: str | None, publishers: list[str] | None) -> Briefing:
    return here.briefings.write(topic, Filters(as_of, publishers=tuple(publishers or ())))
