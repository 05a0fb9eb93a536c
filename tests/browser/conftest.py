"""A real server and a real Chromium; no page may log an error, break the policy, or ask another origin."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Api, Watch
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from evals.chromium import chromium_path, launch

READY_WITHIN_SECONDS = 300
REPORT_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker that only these tests use."""
    config.addinivalue_line("markers", "screen: options of the browser context that this test runs in")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not _is_ready(url):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The server at {url} did not become ready.\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.25)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory, shipped_data: Path) -> Iterator[str]:
    """The address of a server with a data folder of its own, or of the one that ASSISTANT_BROWSER_URL names."""
    if running := os.environ.get("ASSISTANT_BROWSER_URL"):
        yield running.rstrip("/")
        return
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(shipped_data, folder / "data")
    url = f"http://127.0.0.1:{(port := _free_port())}"
    environment = os.environ | {"ASSISTANT_DATA": str(folder / "data"), "ASSISTANT_TODAY": "2026-11-22"}
    log = folder / "server.log"
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: the loop of Playwright's sync API must not outlive it into asyncio tests."""
    # The default of five seconds is too short for a machine that does other work besides.
    expect.set_options(timeout=20_000)
    if not chromium_path().exists():
        pytest.skip(f"there is no Chromium at {chromium_path()}; name one in ASSISTANT_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def watch(live_server: str) -> Watch:
    """What the page of this test did wrong; a test that provokes an error clears ``errors``."""
    return Watch(live_server)


@pytest.fixture
def context(browser: Browser, live_server: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh profile, 1440 by 900; a ``screen`` marker overrides options of the context."""
    marker = request.node.get_closest_marker("screen")
    options: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
    opened = browser.new_context(base_url=live_server, **(options | (marker.kwargs if marker else {})))
    opened.add_init_script(REPORT_VIOLATIONS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page at no address yet; at the end it must have broken no rule."""
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    watch.observe(opened)
    yield opened
    violations = opened.evaluate("window.policyViolations ?? []")
    assert (watch.errors, violations, watch.outside_requests) == ([], [], [])


@pytest.fixture(scope="session")
def api(live_server: str) -> Api:
    """The API of the running server."""
    return Api(live_server)
