"""Answers and conversations as files to keep or to hand on."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from assistant.api import models
from assistant.api.description import problems_of
from assistant.api.routes import Here
from assistant.build import Assistant
from assistant.export.document import Document, GivenAnswer, document, record
from assistant.wire import to_wire

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_NAME_LENGTH = 60

router = APIRouter()


class Format(StrEnum):
    """What an answer or a conversation can be exported as."""

    MARKDOWN = "md"
    WORD = "docx"
    PAGE = "html"
    JSON = "json"


_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def files_of(record_type: type) -> dict[int | str, dict[str, Any]]:
    """The documentation of an export: a file in the format asked for."""
    text = {"schema": {"type": "string"}}
    content = {"text/markdown": text, "text/html": text, _WORD_TYPE: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"model": record_type, "content": content}, **problems_of(404, 422)}


AsFormat = Annotated[Format, Query(alias="format", description="html is one read-only file that needs nothing else")]


@router.get("/answers/{answer_id}/export", tags=["answers"], responses=files_of(models.AnswerRecord))
def export_answer(answer_id: str, here: Here, as_format: AsFormat = Format.MARKDOWN) -> Response:
    """An answer with footnotes, corpus digest, fingerprint and the hash of each quote."""
    given = GivenAnswer(here.service.answer(answer_id), here.conversations.given_at(answer_id))
    title = str(given.answer["question"])
    if as_format is Format.JSON:
        return JSONResponse(record(given, here.service.still_stands), headers=download(title, as_format))
    return file_of(document(title, [given], here.service.still_stands), as_format)


@router.get(
    "/conversations/{conversation_id}/export",
    tags=["conversations"],
    responses=files_of(models.ConversationRecord),
)
def export_conversation(conversation_id: str, here: Here, as_format: AsFormat = Format.PAGE) -> Response:
    """A whole conversation, oldest answer first; as for one answer."""
    conversation = here.conversations.get(conversation_id)
    given = _given(here, conversation_id)
    if as_format is Format.JSON:
        told = to_wire(conversation) | {"answers": [record(one, here.service.still_stands) for one in given]}
        return JSONResponse(told, headers=download(conversation.title, as_format))
    return file_of(document(conversation.title, given, here.service.still_stands), as_format)


def _given(here: Assistant, conversation_id: str) -> list[GivenAnswer]:
    answers = here.service.conversation_answers(conversation_id)
    return [GivenAnswer(answer, here.conversations.given_at(answer["id"])) for answer in answers]


def file_of(told: Document, as_format: Format) -> Response:
    """A document as a file, in any format but JSON."""
    media_type, write = _WRITERS[as_format]
    return Response(write(told), media_type=media_type, headers=download(told.title, as_format))


def _markdown(told: Document) -> str:
    from assistant.export.markdown import to_markdown

    return to_markdown(told)


def _word(told: Document) -> bytes:
    from assistant.export.word import to_docx

    return to_docx(told)


def _page(told: Document) -> str:
    from assistant.export.page import to_html

    return to_html(told)


_WRITERS: dict[Format, tuple[str, Callable[[Document], str | bytes]]] = {
    Format.MARKDOWN: ("text/markdown; charset=utf-8", _markdown),
    Format.WORD: (_WORD_TYPE, _word),
    Format.PAGE: ("text/html; charset=utf-8", _page),
}


def download(title: str, as_format: Format) -> dict[str, str]:
    """Headers that make a browser keep the file, never open it as a page of this server."""
    words = _NOT_IN_NAMES.sub("-", title).strip("-").lower()[:_NAME_LENGTH].rstrip("-")
    name = f"{words or 'brief'}.{as_format.value}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
