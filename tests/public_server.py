"""A really running server on a socket of the test's choice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from running_server import started

from assistant.api.server import server
from assistant.build import Assistant


@contextmanager
def served(assistant: Assistant, address: str) -> Iterator[str]:
    """The assistant on a socket bound to ``address``, reached over the loopback address."""
    with (
        socket.create_server((address, 0)) as bound,
        started(server(assistant, bound.getsockname()[0]), bound) as url,
    ):
        yield url
