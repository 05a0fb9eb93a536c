"""How heavy, how quick and how reachable the pages are, in a real Chromium: a table of figures.

``python -m evals.page_quality http://127.0.0.1:8000`` asks a running server, and changes nothing but that it asks one
question. Times are medians over visits of a browser that has nothing cached, or everything; run it on an idle machine.
First paint is the browser's First Contentful Paint, interaction the time from a key to the end of the frame that shows
what it did; accessibility is what axe-core finds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from evals.chromium import launch

PAGES = ("/", "/articles", "/measures", "/briefing?topic=samarium", "/evals", "/feedback")
LANGUAGES = ("en", "zh")
QUESTION = "Until when is Announcement 61 suspended?"
VISITS = 5
TURNS = 200
WORDS = 10_000
VIEWPORT: Any = {"width": 1440, "height": 900}
# What a page took over the network, headers and compression included.
BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((entry) => !entry.name.includes("/v1/") && !entry.name.includes("/readyz"))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""
SERVER = """() => {
  const [{ requestStart, responseEnd }] = performance.getEntriesByType("navigation");
  return responseEnd - requestStart;
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
FRAME = """async (key) => {
  const target = document.activeElement ?? document.body;
  const start = performance.now();
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
}"""
SLOWEST_FRAME = """async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  let slowest = 0;
  for (let step = 0; step <= 30; step += 1) {
    const from = await frame();
    document.scrollingElement.scrollTop = (step / 30) * document.scrollingElement.scrollHeight;
    slowest = Math.max(slowest, (await frame()) - from);
  }
  return slowest;
}"""
CLICK_TO_MARK = """async () => {
  const start = performance.now();
  document.querySelector(".sentence .chip").click();
  while (!document.querySelector("#source-pane mark")) await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
}"""

Row = tuple[str, str]


def _opened(browser: Browser, address: str) -> Page:
    context = browser.new_context(base_url=address, viewport=VIEWPORT, locale="en-GB", reduced_motion="reduce")
    return context.new_page()


def _visit(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def _weights(browser: Browser, address: str) -> Iterator[Row]:
    for path in PAGES:
        first, again, paints, served = [], [], [], []
        for _ in range(VISITS):
            page = _opened(browser, address)
            _visit(page, path)
            first.append(page.evaluate(BYTES))
            paints.append(page.evaluate(PAINT))
            _visit(page, path)
            again.append(page.evaluate(PAINT))
            served.append(page.evaluate(SERVER))
            page.context.close()
        name = path.partition("?")[0]
        yield f"{name}: bytes of a first visit", f"{max(first):,}"
        yield f"{name}: first paint, nothing cached / cached", f"{median(paints):.0f} / {median(again):.0f} ms"
        yield f"{name}: of the latter, the server's answer", f"{median(served):.0f} ms"


def _asked(page: Page) -> dict[str, Any]:
    """The answer to the question, shown on the page."""
    response = page.request.post("/v1/answers", data={"question": QUESTION})
    told: dict[str, Any] = response.json()
    return told


def _interaction(browser: Browser, address: str) -> Iterator[Row]:
    page = _opened(browser, address)
    told = _asked(page)
    _visit(page, f"/?c={told['conversation_id']}")
    page.locator(".turn .colophon").first.wait_for()
    for key, what in (("j", "next citation, with its quote"), ("?", "list of keys")):
        times = []
        for _ in range(VISITS):
            page.evaluate("document.activeElement?.blur()")
            times.append(page.evaluate(FRAME, key))
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        yield f"interaction: {what}", f"{median(times):.0f} ms"
    page.context.close()


def _conversation(browser: Browser, address: str) -> Iterator[Row]:
    page = _opened(browser, address)
    told = _asked(page)
    answers = [told | {"id": f"{told['id']}{n}", "question": f"{n}: {QUESTION}"} for n in range(TURNS)]
    times = {"created_at": "2026-11-22T08:00:00Z", "updated_at": "2026-11-22T08:00:00Z"}
    body = json.dumps({"id": "long", "title": "Long", "answers": answers} | times)
    page.route("**/v1/conversations/long", lambda route: route.fulfill(content_type="application/json", body=body))
    page.goto("/?c=long", wait_until="commit")
    page.wait_for_function(f"() => document.querySelectorAll('.turn .colophon').length === {TURNS}", polling=20)
    built = page.evaluate("performance.now()")
    slowest = page.evaluate(SLOWEST_FRAME)
    heap = page.evaluate("performance.memory.usedJSHeapSize")
    yield f"{TURNS} turns: all built after", f"{built:.0f} ms"
    yield f"{TURNS} turns: slowest frame of a scroll through", f"{slowest:.0f} ms"
    yield f"{TURNS} turns: a key", f"{page.evaluate(FRAME, 'k'):.0f} ms"
    yield f"{TURNS} turns: JavaScript heap", f"{heap / 1e6:.1f} MB"
    page.context.close()


def _article(browser: Browser, address: str) -> Iterator[Row]:
    """A cited article, made long by repeating it after its quote."""
    page = _opened(browser, address)
    told = _asked(page)
    _visit(page, f"/?c={told['conversation_id']}")
    page.locator(".sentence .chip").first.wait_for()
    identity = told["citations"][told["sentences"][0]["citations"][0] - 1]["article_id"]
    article = page.request.get(f"/v1/articles/{identity}").json()
    times = -(-WORDS // len(article["text"].split()))
    long = article | {"text": "\n\n".join([article["text"]] * times)}
    page.route(f"**/v1/articles/{identity}", lambda route: route.fulfill(json=long))
    yield (
        f"article of {len(long['text'].split()):,} words: from click to mark",
        f"{page.evaluate(CLICK_TO_MARK):.0f} ms",
    )
    page.context.close()


def _accessibility(browser: Browser, address: str) -> Iterator[Row]:
    for language in LANGUAGES:
        page = _opened(browser, address)
        for path in PAGES:
            _visit(page, f"{path}{'&' if '?' in path else '?'}lang={language}")
            found = Counter(one["impact"] for one in Axe().run(page).response["violations"])
            told = ", ".join(f"{count} {impact}" for impact, count in found.items()) or "none"
            yield f"{path.partition('?')[0]} ({language}): what axe-core finds", told
        page.context.close()


def figures(browser: Browser, address: str) -> Iterator[Row]:
    """Every figure with its name, as it is measured."""
    for measured in (_weights, _interaction, _conversation, _article, _accessibility):
        yield from measured(browser, address)


def main(arguments: list[str]) -> int:
    """Print the table for the server at an address."""
    parser = argparse.ArgumentParser(prog="python -m evals.page_quality", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("address", help="of a running server, http://127.0.0.1:8000")
    address = parser.parse_args(arguments).address.rstrip("/")
    print("| measured | figure |\n|---|---|")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, figure in figures(browser, address):
            print(f"| {name} | {figure} |", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
