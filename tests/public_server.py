"""A really running server on a socket of the test's choice."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.api.server import server
from assistant.build import Assistant


@contextmanager
def served(assistant: Assistant, address: str) -> Iterator[str]:
    """The assistant on a socket bound to ``address``, reached over the loopback address."""
    with socket.create_server((address, 0)) as bound:
        running = server(assistant, bound.getsockname()[0])
        thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not running.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join(20)
