"""Running the application with uvicorn on a loopback address."""

from __future__ import annotations

from collections.abc import Callable

import uvicorn

from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.errors import BadInputError
from assistant.listening import in_address, is_loopback, listen


def run(assistant: Assistant, say: Callable[[str], None]) -> None:
    """Serve until stopped.

    Raises:
        BadInputError: the address is not of this machine alone, or is taken.
    """
    settings = assistant.settings
    _require_loopback(settings.host)
    listener = listen(settings.host, settings.port)
    # The first question should not wait for the model.
    assistant.embedder.encode_query("warm up")
    assistant.store.snapshot()
    say(f"Rare Earth Brief is open at http://{in_address(settings.host)}:{settings.port} (Ctrl-C stops it)")
    config = uvicorn.Config(create_app(assistant), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _require_loopback(host: str) -> None:
    if not is_loopback(host):
        raise BadInputError(
            f"host {host!r} is reachable from other machines, and there are no access keys yet; use 127.0.0.1 behind "
            "a proxy that asks who is there"
        )
