"""Makes the pictures in ``docs/screenshots``: ``python tests/browser/take_screenshots.py http://127.0.0.1:8000``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {390: 844, 820: 1100, 1440: 900}
SCHEMES: tuple[Any, ...] = ("light", "dark")
SUSPENDED = "Until when is Announcement 61 suspended?"
DISPUTED = "How many control announcements did China publish on 9 October 2025?"
UNKNOWN = "What will dysprosium cost in 2031?"


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the answer is whole."""
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn:last-child .colophon").wait_for()


def welcome(page: Page) -> None:
    """An empty chat."""


def answered(page: Page) -> None:
    """An answer from its beginning."""
    ask(page, SUSPENDED)


def source(page: Page) -> None:
    """A quote in its article."""
    ask(page, SUSPENDED)
    page.locator(".sentence .chip").first.click()
    page.locator("#source-pane mark").wait_for()


def disputed(page: Page) -> None:
    """Sources that disagree."""
    ask(page, DISPUTED)
    page.locator(".conflicts").evaluate("node => node.scrollIntoView({ block: 'center' })")


def declined(page: Page) -> None:
    """No answer, and what would help."""
    ask(page, UNKNOWN)


def limits(page: Page) -> None:
    """The choice of publishers."""
    page.get_by_role("button", name="Publishers: All publishers").click()
    page.locator(".choice-list .choice-row").first.wait_for()


def menu(page: Page) -> None:
    """What can be done with an answer."""
    ask(page, SUSPENDED)
    page.get_by_role("button", name="Save or share").click()


STATES: dict[str, Callable[[Page], None]] = {
    "welcome": welcome, "answer": answered, "source": source, "disputed": disputed, "declined": declined,
    "limits": limits, "menu": menu,
}  # fmt: skip


def take(browser: Browser, address: str, width: int, scheme: Any) -> None:
    """Every state at one width, in light or dark."""
    for name, prepare in STATES.items():
        viewport: Any = {"width": width, "height": SIZES[width]}
        page = browser.new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
        # Nobody's own conversations belong in a picture.
        page.route("**/v1/conversations?**", lambda route: route.fulfill(json={"items": [], "next": None}))
        page.goto(address)
        page.locator(".welcome").wait_for()
        prepare(page)
        page.wait_for_timeout(400)
        page.screenshot(path=TARGET / f"{name}-{width}-{scheme}.png")
        page.close()


def main(address: str) -> None:
    """Take them all."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("ASSISTANT_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for width in SIZES:
            for scheme in SCHEMES:
                take(browser, address, width, scheme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
