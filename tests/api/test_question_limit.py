from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.api.question_limit import RETRY_SECONDS, QuestionLimit

pytestmark = pytest.mark.anyio
QUESTION = ("POST", "/v1/answers")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class _Slow:
    """An application that answers when told to."""

    def __init__(self) -> None:
        self.release = asyncio.Event()
        self.fails = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.release.wait()
        if self.fails:
            raise RuntimeError("broken")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def asked(limit: QuestionLimit, method: str, path: str) -> tuple[int, dict[str, str]]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": []}
    await limit(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers


async def test_a_question_too_many_is_told_when_to_come_again() -> None:
    slow = _Slow()
    limit = QuestionLimit(slow, most=2)
    waiting = [asyncio.create_task(asked(limit, *QUESTION)) for _ in range(2)]
    await asyncio.sleep(0)
    status, headers = await asked(limit, *QUESTION)
    assert (status, headers["retry-after"]) == (503, str(RETRY_SECONDS))
    assert headers["content-type"].startswith("application/problem+json")
    slow.release.set()
    assert [(await one)[0] for one in waiting] == [200, 200]
    assert (await asked(limit, *QUESTION))[0] == 200


async def test_what_is_no_question_passes() -> None:
    slow = _Slow()
    limit = QuestionLimit(slow, most=1)
    first = asyncio.create_task(asked(limit, *QUESTION))
    other = asyncio.create_task(asked(limit, "GET", "/healthz"))
    await asyncio.sleep(0)
    slow.release.set()
    assert [(await one)[0] for one in (first, other)] == [200, 200]


async def test_a_question_that_fails_leaves_its_place() -> None:
    slow = _Slow()
    slow.fails = True
    slow.release.set()
    limit = QuestionLimit(slow, most=1)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="broken"):
            await asked(limit, *QUESTION)
