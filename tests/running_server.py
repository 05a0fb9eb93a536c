"""A really running server over an assistant, for clients that want an address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import uvicorn
from fastapi import FastAPI

from assistant.api.app import create_app
from assistant.build import Assistant

STARTS_WITHIN_SECONDS = 30


def running(assistant: Assistant) -> AbstractContextManager[str]:
    """The address of a server over ``assistant``, without a slash at its end; it stops afterwards."""
    return serving_app(create_app(assistant))


@contextmanager
def serving_app(app: FastAPI) -> Iterator[str]:
    """The same for any application."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listener, started(server, listener) as address:
        yield address


@contextmanager
def started(server: uvicorn.Server, listener: socket.socket) -> Iterator[str]:
    """A server that runs on a socket, reached over the loopback address; it stops afterwards."""
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
