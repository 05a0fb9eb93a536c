"""The doors for programs that speak OpenAI's chat API. Citations go along as annotations and as footnotes."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from assistant.api.chat_schemas import (
    Annotation,
    ChatBody,
    ChatCompletion,
    ChatMessage,
    CompletionChoice,
    CompletionMessage,
    ErrorBody,
    Model,
    ModelList,
    TokenUsage,
    UrlCitation,
)
from assistant.api.description import events_of
from assistant.api.footnoted import FootnotedText, sentences_said
from assistant.api.openai_errors import error_body
from assistant.api.problems import status_of
from assistant.api.routes import Here
from assistant.errors import AssistantError, BadInputError, NotFoundError
from assistant.service import ChatService, DoneEvent, Event, SentenceEvent
from assistant.types import Answer, Ask, Exchange, Filters
from assistant.wire import to_wire

MOST_TURNS = 40

router = APIRouter(tags=["openai"])
_log = logging.getLogger("assistant.api")


def errors_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of the errors that a route may answer with, in OpenAI's shape."""
    return {status: {"description": "error", "model": ErrorBody} for status in statuses}


@router.get("/models", responses={200: {"model": ModelList}})
def list_models(here: Here) -> Response:
    """The engines that answer: `extractive`, and the language model where one is configured."""
    return JSONResponse(to_wire(ModelList(tuple(Model(name) for name in here.service.engines))))


@router.get("/models/{model:path}", responses={200: {"model": Model}, **errors_of(404)})
def read_model(model: str, here: Here) -> Response:
    """One engine."""
    return JSONResponse(to_wire(Model(_known(model, here.service))))


@router.post(
    "/chat/completions",
    responses={200: {"model": ChatCompletion, "content": events_of()}, **errors_of(404, 413, 422)},
)
def create_completion(body: ChatBody, request: Request, here: Here) -> Response:
    """Ask in OpenAI's words. Nothing is kept: the messages before the question are what it may lean on.

    With `stream`, chunks as OpenAI sends them; the last one with a choice carries the annotations and `assistant`.
    """
    ask = replace(_ask_of(body), engine=_known(body.model, here.service))
    completing = _Completing(body.model, FootnotedText(str(request.base_url)))
    if body.stream:
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        chunks = completing.chunks(here.service.events(ask), with_usage)
        return EventSourceResponse(_encoded(chunks), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return JSONResponse(to_wire(completing.whole(here.service.ask(ask))))


def _known(model: str, service: ChatService) -> str:
    if model not in service.engines:
        raise NotFoundError(f"model {model!r} is not here; use {' or '.join(map(repr, service.engines))}")
    return model


def _ask_of(body: ChatBody) -> Ask:
    """The last message as the question, the turns before it as its history."""
    turns = [message for message in body.messages if message.role in ("user", "assistant")][-MOST_TURNS:]
    if not turns or turns[-1].role != "user" or turns[-1] is not body.messages[-1]:
        raise BadInputError("the last message is not the user's; put the question last")
    filters = Filters(body.as_of, body.since, body.until, tuple(body.publishers))
    return Ask(_question(turns[-1]), filters=filters, remember=False, history=_history(turns[:-1]))


def _question(message: ChatMessage) -> str:
    parts = message.content if isinstance(message.content, list) else []
    other = next((part.type for part in parts if part.type != "text"), None)
    if other is not None:
        raise BadInputError(f"the question has a part of type {other[:40]!r}; only parts of type 'text' can be read")
    return message.words()


def _history(turns: list[ChatMessage]) -> tuple[Exchange, ...]:
    exchanges: list[Exchange] = []
    for turn in turns:
        if turn.role == "user":
            exchanges.append(Exchange(turn.words()))
        elif exchanges:
            said = (*exchanges[-1].sentences, *sentences_said(turn.words()))
            exchanges[-1] = replace(exchanges[-1], sentences=said)
    return tuple(exchanges)


@dataclass(frozen=True, slots=True)
class _Completing:
    """One answer on its way into OpenAI's objects."""

    model: str
    text: FootnotedText

    def whole(self, answer: Answer) -> ChatCompletion:
        for sentence in answer.sentences:
            self.text.add_sentence(sentence)
        self.text.add_rest(answer)
        message = CompletionMessage(self.text.text, self._annotations(answer))
        return ChatCompletion(
            id=f"chatcmpl-{answer.id}",
            created=int(time.time()),
            model=self.model,
            choices=(CompletionChoice(message),),
            usage=_usage(answer),
            system_fingerprint=answer.fingerprint,
            assistant=answer,
        )

    def chunks(self, events: Iterator[Event], with_usage: bool) -> Iterator[dict[str, Any]]:
        """The chunks of a stream; the answer's id is known at its end, so the stream has one of its own."""
        head = {"id": f"chatcmpl-{time.time_ns():x}", "object": "chat.completion.chunk", "created": int(time.time()),
                "model": self.model}  # fmt: skip
        yield head | _delta(role="assistant", content="")
        for event in events:
            if isinstance(event, SentenceEvent):
                yield head | _delta(content=self.text.add_sentence(event.sentence))
            elif isinstance(event, DoneEvent):
                yield from (head | chunk for chunk in self._ending(event.answer, with_usage))

    def _ending(self, answer: Answer, with_usage: bool) -> Iterator[dict[str, Any]]:
        if answer.status == "declined":
            # The sentence that declines is no event of its own.
            yield _delta(content="".join(map(self.text.add_sentence, answer.sentences)))
        yield _delta(content=self.text.add_rest(answer), annotations=to_wire(self._annotations(answer)))
        told = {"assistant": to_wire(answer), "system_fingerprint": answer.fingerprint}
        yield _delta("stop") | told
        if with_usage:
            yield {"choices": [], "usage": to_wire(_usage(answer))}

    def _annotations(self, answer: Answer) -> tuple[Annotation, ...]:
        citations = {citation.n: citation for citation in answer.citations}
        return tuple(
            Annotation(
                UrlCitation(
                    start_index=mark.start,
                    end_index=mark.end,
                    url=self.text.link(citations[mark.n]),
                    title=citations[mark.n].title,
                    n=mark.n,
                    article_id=citations[mark.n].article_id,
                    quote=citations[mark.n].quote,
                    publisher=citations[mark.n].publisher,
                    published_on=citations[mark.n].published_on,
                )
            )
            for mark in self.text.marks
        )


def _usage(answer: Answer) -> TokenUsage | None:
    if answer.usage is None:
        return TokenUsage(0, 0, 0)
    used, made = answer.usage.input_tokens, answer.usage.output_tokens
    return None if used is None or made is None else TokenUsage(used, made, used + made)


def _delta(finish_reason: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}]}


def _encoded(chunks: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """The chunks as server-sent events; a stream that fails half-way ends with an error that clients raise."""
    try:
        for chunk in chunks:
            yield _event(chunk)
    except AssistantError as error:
        yield _event(error_body(status_of(error), str(error)))
    except Exception as error:
        # The response has begun, so no handler can turn this into a status any more.
        _log.error("unexpected error while streaming a completion", exc_info=error)
        yield _event(error_body(500, "the server failed at this answer; its log says why"))
    else:
        yield format_sse_event(data_str="[DONE]")


def _event(data: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False))
