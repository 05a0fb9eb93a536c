"""Running the application with uvicorn."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Callable

import uvicorn

from assistant.api.app import create_app
from assistant.api.exposure import exposure
from assistant.build import Assistant
from assistant.errors import MissingDependencyError
from assistant.index.keys import KeyBook
from assistant.listening import in_address, listen

# mallopt(3)
_M_ARENA_MAX = -8
HEAPS = 2


def open_socket(assistant: Assistant) -> socket.socket:
    """The socket to serve on, bound and not listening yet.

    Raises:
        BadInputError: the address is taken, or none of this machine.
        MissingDependencyError: others reach it, and there is no key that they could use.
    """
    settings = assistant.settings
    bound = listen(settings.host, settings.port)
    if exposure(settings, bound.getsockname()[0]).public and not KeyBook(assistant.catalog).all():
        bound.close()
        raise MissingDependencyError(
            f"others can reach this server (host {settings.host!r}, names {list(settings.allowed_hosts)}), and there "
            "is no key yet; make one with: assistant keys add NAME"
        )
    return bound


def run(assistant: Assistant, bound: socket.socket, say: Callable[[str], None]) -> None:
    """Serve on a socket until stopped."""
    settings = assistant.settings
    _share_memory_between_threads()
    # The first question should not wait for the model.
    assistant.warm(for_talks=True)
    assistant.store.snapshot()
    # Who reads the line connects at once.
    bound.listen()
    say(f"Rare Earth Brief is open at http://{in_address(settings.host)}:{settings.port} (Ctrl-C stops it)")
    server(assistant, bound.getsockname()[0]).run(sockets=[bound])


def _share_memory_between_threads() -> None:
    """Keep glibc from giving each thread a heap of its own, which holds on to what the thread once used."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_M_ARENA_MAX, HEAPS)


def server(assistant: Assistant, bound_to: str) -> uvicorn.Server:
    """The server of an assistant for a socket bound to the address ``bound_to``."""
    app = create_app(assistant, bound_to)
    # What a proxy's headers tell of the peer can be forged, and nothing here depends on the peer.
    # Its own lines go where ours go.
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, proxy_headers=False)
    return uvicorn.Server(config)
