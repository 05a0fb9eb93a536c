"""Makes the README's screenshot: ``python tests/browser/take_screenshot.py http://127.0.0.1:8000``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
QUESTION = "Which announcements did China suspend in November 2025, and until when?"
TARGET = Path(__file__).parent / "screenshots" / "answer.png"


def main(address: str) -> None:
    """Ask, open the first citation, and keep the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.locator("textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator('button[aria-label^="Citation 1"]').first.click()
        page.locator("mark").first.wait_for()
        page.wait_for_timeout(400)
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
