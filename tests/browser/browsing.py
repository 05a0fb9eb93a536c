"""What the browser tests share: a watch over a page, and the API behind it."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Watch:
    """What a page did that it should not have done."""

    origin: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def observe(self, page: Page) -> None:
        """Listens to a page from now on."""
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def outside_requests(self) -> list[str]:
        """Addresses asked for that are not the server under test."""
        return [url for url in self.requests if not url.startswith((self.origin, "data:"))]


@dataclass(frozen=True)
class Api:
    """The HTTP API of the server under test, for preparing and for comparing."""

    origin: str

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON that a request gives back, None for an empty one; raises ``urllib.error.HTTPError`` when refused."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.origin + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            content = response.read()
            return json.loads(content) if content else None
