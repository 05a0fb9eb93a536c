"""The real process, spoken to by a real client over both transports."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult

pytestmark = pytest.mark.model

QUESTION = "Is Announcement 61 still in force?"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, shipped_data: Path) -> dict[str, str]:
    """The environment of every process here."""
    data = shutil.copytree(shipped_data, tmp_path_factory.mktemp("mcp") / "data")
    return {
        "ASSISTANT_DATA": str(data),
        "ASSISTANT_TODAY": "2026-11-22",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "assistant", "mcp", *arguments]


async def ask(client: Client) -> dict[str, Any]:
    result = await client.call_tool("ask", {"question": QUESTION})
    assert isinstance(result, CallToolResult)
    assert not result.is_error and result.structured_content is not None
    return result.structured_content


def check(answer: dict[str, Any]) -> None:
    assert answer["status"] == "answered"
    assert all(sentence["citations"] for sentence in answer["sentences"])
    assert "Announcement" in answer["citations"][0]["quote"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_standard_streams(environment: dict[str, str], mode: Literal["auto", "legacy"]) -> None:
    program, *arguments = command()
    parameters = StdioServerParameters(command=program, args=arguments, env=environment)

    async def run() -> dict[str, Any]:
        async with Client(stdio_client(parameters), mode=mode) as client:
            return await ask(client)

    check(anyio.run(run))


def test_standard_output_carries_the_protocol_alone(environment: dict[str, str]) -> None:
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call"}
    lines = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        call | {"params": {"name": "ask", "arguments": {"question": QUESTION}}},
        call | {"id": 3, "params": {"name": "ask", "arguments": {"question": QUESTION, "as_of": "1/2/2025"}}},
    ]
    process = subprocess.Popen(
        command(), env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(3)]
        rest, _ = process.communicate(timeout=60)
    assert {answer["id"] for answer in answers} == {1, 2, 3}
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    assert (rest, process.returncode) == (b"", 0)


@contextmanager
def served(environment: dict[str, str], *arguments: str) -> Iterator[str]:
    process = subprocess.Popen(
        command("--http", "--port", "0", *arguments), env=os.environ | environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if address := re.search(r"http://\S+/mcp", line):
                yield address[0]
                return
        pytest.fail("the server ended before it was open")
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def address(environment: dict[str, str]) -> Iterator[str]:
    with served(environment) as opened:
        yield opened


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_streamable_http(address: str, mode: Literal["auto", "legacy"]) -> None:
    async def run() -> dict[str, Any]:
        async with Client(address, mode=mode) as client:
            return await ask(client)

    check(anyio.run(run))


def status(address: str, **headers: str) -> int:
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    body = json.dumps(INITIALIZE).encode()
    request = urllib.request.Request(address, body, accepted | headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return int(error.code)


def test_only_its_own_names_and_pages_are_answered(address: str) -> None:
    own = address.removeprefix("http://").removesuffix("/mcp")
    port = own.partition(":")[2]
    assert status(address) == 200
    assert status(address, Host=f"localhost:{port}") == 200
    assert status(address, Origin=f"http://{own}") == 200
    strange = ["evil.example", f"evil.example:{port}", f"{own}@evil.example", f"127.0.0.1:{port}.evil.example",
               f"[::1]evil:{port}", "127.0.0.1", f"127.0.0.1:{int(port) + 1}"]  # fmt: skip
    assert {host: status(address, Host=host) for host in strange} == dict.fromkeys(strange, 421)
    origins = ["http://evil.example", "null", f"http://{own}.evil.example", f"http://{own}@evil.example",
               f"https://{own}"]  # fmt: skip
    assert {origin: status(address, Origin=origin) for origin in origins} == dict.fromkeys(origins, 403)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.9", "example.org"])
def test_other_machines_are_not_served(environment: dict[str, str], host: str) -> None:
    done = subprocess.run(
        command("--http", "--host", host), env=os.environ | environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2
    assert "reachable from other machines" in done.stderr
    assert done.stdout == ""
