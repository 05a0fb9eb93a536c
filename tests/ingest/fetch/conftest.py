from __future__ import annotations

from collections.abc import Iterator

import pytest
from web_server import WebServer, serving


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server
