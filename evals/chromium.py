"""How the pages are opened in a real Chromium, by the browser tests and by programs that look at them."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

# Debian's shell has no window of its own to draw, which takes a third of the time; the whole browser does as well.
_INSTALLED = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> Path:
    """The program: what ASSISTANT_CHROMIUM names, else the first that is installed, else where it should be."""
    if named := os.environ.get("ASSISTANT_CHROMIUM"):
        return Path(named)
    return next((path for path in _INSTALLED if path.exists()), _INSTALLED[0])


def launch(playwright: Playwright) -> Browser:
    """A browser without window.

    Raises:
        playwright.sync_api.Error: there is no such program, or it does not start.
    """
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*_ARGUMENTS])
