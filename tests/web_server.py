"""A web server on this machine that behaves as badly as a test asks it to."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Visitor"], None]


class Visitor(BaseHTTPRequestHandler):
    """One request, with short ways to answer it."""

    server: WebServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        answer = self.server.pages.get(self.path)
        try:
            if answer is None:
                self.send(404, b"")
            else:
                answer(self)
        except (BrokenPipeError, ConnectionResetError):
            # The client hung up, as it should.
            self.server.hung_up.set()

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.head(status, Content_Length=str(len(body)), **headers)
        self.wfile.write(body)

    def head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class WebServer(ThreadingHTTPServer):
    """Pages by path, and what was asked for."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Visitor)
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.hung_up = threading.Event()
        self.host = f"127.0.0.1:{self.server_port}"
        self.address = f"{'https' if tls else 'http'}://{self.host}"
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def page(self, path: str, body: bytes | str, kind: str = "text/html", status: int = 200, **headers: str) -> str:
        """Serve a page, and return its address."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda visitor: visitor.send(status, content, Content_Type=kind, **headers)
        return self.address + path

    def validated(self, path: str, body: str, etag: str, kind: str = "text/html") -> str:
        """Serve a page that answers 304 to whoever has it already."""

        def answer(visitor: Visitor) -> None:
            if visitor.headers.get("If-None-Match") == etag:
                visitor.head(304, ETag=etag)
            else:
                visitor.send(200, body.encode(), Content_Type=kind, ETag=etag)

        self.pages[path] = answer
        return self.address + path

    def moved(self, path: str, target: str, status: int = 302) -> str:
        self.pages[path] = lambda visitor: visitor.send(status, b"", Location=target)
        return self.address + path

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = WebServer(tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
