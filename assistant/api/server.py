"""Running the application with uvicorn on a loopback address."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.errors import BadInputError


def run(assistant: Assistant, say: Callable[[str], None]) -> None:
    """Serve until stopped.

    Raises:
        BadInputError: the address is not of this machine alone, or is taken.
    """
    settings = assistant.settings
    _require_loopback(settings.host)
    listener = _listener(settings.host, settings.port)
    # The first question should not wait for the model.
    assistant.embedder.encode_query("warm up")
    assistant.store.snapshot()
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"Rare Earth Brief is open at http://{shown}:{settings.port} (Ctrl-C stops it)")
    config = uvicorn.Config(create_app(assistant), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _require_loopback(host: str) -> None:
    if host == "localhost":
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise BadInputError(
        f"host {host!r} is reachable from other machines, and there are no access keys yet; use 127.0.0.1 behind a "
        "proxy that asks who is there"
    )


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise BadInputError(
            f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port"
        ) from error
    return listener
