"""Makes the pictures in ``docs/screenshots``.

``python tests/browser/take_screenshots.py http://127.0.0.1:8000 [STATE …]`` takes those of every state, or of these.
Needs Chromium, and pngquant for small files. The server is only asked, never changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canned import stream
from playwright.sync_api import Browser, Page, Route, sync_playwright

from evals.chromium import launch

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {390: 844, 820: 1100, 1440: 900}
SCHEMES: tuple[Any, ...] = ("light", "dark")
QUALITY = "70-95"
SUSPENDED = "Until when is Announcement 61 suspended?"
DISPUTED = "How many control announcements did China publish on 9 October 2025?"
UNTOLD = "How many kg of samarium magnets does a Eurofighter Typhoon carry?"
UNKNOWN = "What will dysprosium cost in 2031?"
KEPT = [SUSPENDED, DISPUTED, "What is a general licence, and who has received one?", "How far has yttrium risen?"]
LEFT_OUT = {
    "text": "The suspension will be extended by another year.",
    "reason": "the cited passage does not carry this sentence",
}
SAID = [("down", SUSPENDED, "Out of date: who tells of November 2026?", "answered"),
        ("up", DISPUTED, "Well sourced; Clear", "answered"),
        ("down", UNKNOWN, "", "declined")]  # fmt: skip


@dataclass(frozen=True)
class State:
    """What a picture shows: an address, and what is done there before it is taken."""

    path: str
    prepare: Callable[[Page], None]
    locale: str = "en-GB"


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the answer is whole."""
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    page.locator(".turn:last-child .colophon").wait_for()


def nothing(page: Page) -> None:
    """The page as it opens."""
    page.locator(".welcome").wait_for()


def answered(page: Page) -> None:
    """An answer from its beginning."""
    ask(page, SUSPENDED)


def source(page: Page) -> None:
    """A quote in its article; on a phone over the answer."""
    ask(page, SUSPENDED)
    page.locator(".sentence .chip").first.click()
    page.locator("#source-pane mark").wait_for()


def disputed(page: Page) -> None:
    """Sources that disagree."""
    ask(page, DISPUTED)
    page.locator(".conflicts").evaluate("node => node.scrollIntoView({ block: 'center' })")


def untold(page: Page) -> None:
    """An answer that says what of the question no sentence quoted names."""
    ask(page, UNTOLD)


def declined(page: Page) -> None:
    """No answer, and what would help."""
    ask(page, UNKNOWN)


def removed(page: Page) -> None:
    """Sentences of a language model that its quotes did not carry."""
    told = page.request.post("/v1/answers", data={"question": SUSPENDED}).json()
    told |= {"removed": [LEFT_OUT], "sentences": told["sentences"][:2], "citations": told["citations"][:2]}
    told |= {"status": "partial", "engine": "ollama:llama3.2", "notices": told["notices"][:1]}
    body = stream(("done", told))
    page.route("**/v1/answers", lambda route: route.fulfill(content_type="text/event-stream", body=body))
    ask(page, SUSPENDED)
    page.locator(".left-out summary").last.click()
    page.mouse.move(0, 0)
    page.locator(".left-out").last.evaluate("node => node.scrollIntoView({ block: 'center' })")


def gone(page: Page) -> None:
    """The server does not answer any more; what was there stays."""
    ask(page, SUSPENDED)
    for path in ("**/v1/**", "**/readyz"):
        page.route(path, lambda route: route.abort())
    page.locator("#question").fill("And Announcement 62?")
    page.locator("#question").press("Enter")
    page.locator(".turn-problem").wait_for()
    page.locator("#readiness button").wait_for()


def limits(page: Page) -> None:
    """The choice of publishers."""
    page.locator("#control-publishers").click()
    page.locator(".choice-list .choice-row").first.wait_for()


def menu(page: Page) -> None:
    """What can be done with an answer."""
    ask(page, SUSPENDED)
    page.get_by_role("button", name="Save or share").click()


def conversations(page: Page) -> None:
    """The list of conversations; where it is a drawer, open."""
    times = [f"2026-11-{21 - n}T09:12:00Z" for n in range(len(KEPT))]
    items = [
        {"id": at, "title": title, "created_at": at, "updated_at": at} for title, at in zip(KEPT, times, strict=True)
    ]
    page.unroute("**/v1/conversations?**")
    page.route("**/v1/conversations?**", lambda route: route.fulfill(json={"items": items, "next": None}))
    page.reload()
    page.locator(".conversation").first.wait_for(state="attached")
    if page.locator("#open-drawer").is_visible():
        page.locator("#open-drawer").click()
    page.locator(".conversation").first.hover()
    page.locator(".conversation-tool").first.click()


def shown(selector: str) -> Callable[[Page], None]:
    """The page once this part of it is there."""
    return lambda page: page.locator(selector).first.wait_for()


def feedback(page: Page) -> None:
    """What readers said."""
    items = [
        {"id": n, "rating": rating, "question": question, "comment": comment, "status": status, "answer_id": str(n),
         "created_at": f"2026-11-{21 - n}T16:40:00Z"}
        for n, (rating, question, comment, status) in enumerate(SAID)
    ]  # fmt: skip
    told = {"items": items, "next": None, "counts": {"up": 1, "down": 2}}
    page.route("**/v1/feedback?**", lambda route: route.fulfill(json=told))
    page.reload()
    page.locator(".feedback-row").first.wait_for()


def briefed_dispute(page: Page) -> None:
    """A briefing where sources disagree."""
    page.locator(".briefing-section .conflict").evaluate("node => node.scrollIntoView({ block: 'center' })")


def adding(page: Page) -> None:
    """The dialog that adds articles."""
    page.goto("/articles")
    page.locator("#add-articles").click()
    page.locator("dialog[open]").wait_for()


def come_back(page: Page) -> None:
    """What is new since the last visit."""
    day = page.locator("html").get_attribute("data-today")
    visit = {"before": "2026-06-01", "on": day}
    page.evaluate("visit => localStorage.setItem('rare-earth-brief.visit', JSON.stringify(visit))", visit)
    page.reload()
    page.locator(".come-back li").first.wait_for()
    page.locator(".come-back").evaluate("node => node.scrollIntoView({ block: 'start' })")


STATES = {
    "welcome": State("/", nothing),
    "answer": State("/", answered),
    "source": State("/", source),
    "disputed": State("/", disputed),
    "untold": State("/", untold),
    "declined": State("/", declined),
    "removed": State("/", removed),
    "gone": State("/", gone),
    "limits": State("/", limits),
    "menu": State("/", menu),
    "conversations": State("/", conversations),
    "briefing": State("/briefing?topic=Announcement+61", shown(".briefing h1")),
    "dispute-in-briefing": State("/briefing?topic=magnet+exports", briefed_dispute),
    "come-back": State("/", come_back),
    "articles": State("/articles", shown(".article-row")),
    "article": State("/articles/2025-11-07-united-daily-october-controls-suspended", shown(".source-text")),
    "adding": State("/articles", adding),
    "measures": State("/measures", shown(".measure")),
    "history": State("/measures?measure=cn-mofcom-2025-61", shown(".history")),
    "evals": State("/evals?run=core", shown("#report table")),
    "feedback": State("/feedback", feedback),
    "welcome-chinese": State("/", nothing, "zh-CN"),
    "answer-chinese": State("/", answered, "zh-CN"),
    "measures-chinese": State("/measures", shown(".measure"), "zh-CN"),
}


def empty(route: Route) -> None:
    """Nobody's own conversations belong in a picture."""
    route.fulfill(json={"items": [], "next": None})


def take(browser: Browser, address: str, name: str, width: int, scheme: Any) -> None:
    """One picture."""
    state = STATES[name]
    size: Any = {"width": width, "height": SIZES[width]}
    context = browser.new_context(
        base_url=address, viewport=size, color_scheme=scheme, reduced_motion="reduce", locale=state.locale
    )
    page = context.new_page()
    page.route("**/v1/conversations?**", empty)
    page.goto(state.path)
    page.wait_for_load_state("networkidle")
    state.prepare(page)
    page.wait_for_timeout(400)
    file = TARGET / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=file)
    context.close()
    shrink(file)


def shrink(file: Path) -> None:
    """Fewer colours, which nobody sees, for a third of the size."""
    command = ["pngquant", "--force", "--skip-if-larger", "--strip", "--quality", QUALITY, "--output", file, file]
    # 98: it would have become larger; 99: not within the quality asked for. The file then stays as it is.
    done = subprocess.run(command, check=False)
    if done.returncode not in (0, 98, 99):
        raise RuntimeError(f"pngquant ended with {done.returncode} at {file}")


def main(address: str, names: Iterable[str]) -> None:
    """Take those named, or all."""
    if shutil.which("pngquant") is None:
        raise SystemExit("pngquant is missing, which makes the pictures small: apt-get install pngquant")
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names:
            for width in SIZES:
                for scheme in SCHEMES:
                    take(browser, address, name, width, scheme)
            print(name, flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or list(STATES))
