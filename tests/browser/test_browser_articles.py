"""The list of articles in a real browser: filters, addresses, adding, removing, and what goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api, Watch
from canned import HOSTILE, article
from playwright.sync_api import Locator, Page, Route, expect

from assistant.api.guards import MAX_UPLOAD_BYTES

pytestmark = pytest.mark.browser
PHONE = pytest.mark.screen(viewport={"width": 390, "height": 844}, has_touch=True)
HOSTILE_TITLES = (HOSTILE, "\u202egnp.exe \u2066bidi", "Z" * 10_000, "<script>window.ran = 1</script>", "word " * 2_000)


def serve_list(page: Page, *titles: str, **changes: Any) -> None:
    """The list holds these titles."""
    rows = [article(id=f"t{n}", title=title, cited=2, last_cited_at=None) | changes for n, title in enumerate(titles)]
    body = {"items": rows, "next": None, "total": len(rows)}
    page.route("**/v1/articles?**", lambda route: route.fulfill(json=body))


def open_adding(page: Page, source: str) -> Locator:
    """The dialog, at one of its sources."""
    page.goto("/articles")
    page.get_by_role("button", name="Add articles").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=source).check()
    return dialog


def serve_link(page: Page, *jobs: dict[str, Any]) -> None:
    """Sending a link starts a job, which is told in these states one after the other."""
    states = [{"id": "j1", "source": "https://e.org", "done": 0, "total": 1, "report": None, "error": None} | job
              for job in jobs]  # fmt: skip

    def answer_post(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=202, json=states.pop(0))
        else:
            route.fallback()

    page.route("**/v1/articles", answer_post)
    page.route("**/v1/jobs/j1", lambda route: route.fulfill(json=states.pop(0) if len(states) > 1 else states[0]))


def report(**changes: Any) -> dict[str, Any]:
    """An ingest report of nothing, but for ``changes``."""
    counts = dict.fromkeys(("added", "updated", "unchanged", "removed", "kept_out", "passages"), 0)
    return counts | {"failed": [], "article_ids": [], "seconds": 0.1} | changes


def test_filters_stand_in_the_address_and_a_link_shows_the_same(page: Page) -> None:
    page.goto("/articles")
    page.locator(".article-row").first.wait_for()
    page.get_by_label("Search").fill("dysprosium")
    page.get_by_label("Publisher").select_option("XHMAG")
    page.get_by_label("Order").select_option("published_on")
    page.wait_for_url("**/articles?q=dysprosium&publisher=XHMAG&sort=published_on")
    expect(page.locator("#count")).to_contain_text("match")
    told = page.locator("#count").text_content()
    first = page.locator(".article-row a").first.text_content()
    page.reload()
    expect(page.locator("#count")).to_have_text(told or "")
    assert page.locator(".article-row a").first.text_content() == first
    assert page.get_by_label("Publisher").input_value() == "XHMAG"
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_url("**/articles?sort=published_on")


def test_show_more_brings_the_rest_and_moves_the_focus_to_it(page: Page) -> None:
    page.goto("/articles")
    page.locator(".article-row").nth(49).wait_for()
    page.get_by_role("button", name="Show more").click()
    page.locator(".article-row").nth(50).wait_for()
    expect(page.locator(".article-row a").nth(50)).to_be_focused()


def test_removing_says_what_it_does_and_asks_first(page: Page, api: Api) -> None:
    head = {"publisher": "Removal Daily", "published_on": "2026-07-01"}
    api.call("POST", "/v1/articles", head | {"title": "Gone soon", "text": "A vanishing kiln was sold on Monday."})
    page.goto("/articles?publisher=Removal+Daily")
    page.get_by_role("button", name="Remove “Gone soon”").click()
    dialog = page.get_by_role("dialog")
    for words in ("quotes in past answers are blanked", "does not bring it back", "Backups", "cannot be undone"):
        expect(dialog).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.locator(".article-row")).to_have_count(1)
    page.get_by_role("button", name="Remove “Gone soon”").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Remove for good").click()
    expect(page.locator("#count")).to_contain_text("Removed “Gone soon”")
    assert api.call("GET", "/v1/articles?publisher=Removal%20Daily")["items"] == []


@pytest.mark.parametrize("width", [390, 1440])
def test_hostile_titles_are_text_and_break_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    serve_list(page, *HOSTILE_TITLES, publisher="P" * 5_000)
    page.goto("/articles")
    expect(page.locator(".article-row")).to_have_count(len(HOSTILE_TITLES))
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    tallest = page.evaluate("Math.max(...[...document.querySelectorAll('.article-row')].map((r) => r.offsetHeight))")
    assert tallest < 500


def test_an_empty_list_and_one_without_a_match_say_what_to_do(page: Page) -> None:
    serve_list(page)
    page.goto("/articles")
    expect(page.locator("#articles")).to_contain_text("Nothing is indexed yet")
    page.goto("/articles?q=zzz")
    expect(page.locator("#articles")).to_contain_text("No article fits every filter")


def test_a_server_that_is_gone_is_told_and_can_be_tried_again(page: Page, watch: Watch) -> None:
    page.route("**/v1/articles?**", lambda route: route.abort())
    page.goto("/articles")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/v1/articles?**")
    page.get_by_role("button", name="Try again").click()
    page.locator(".article-row").first.wait_for()
    expect(page.get_by_role("alert")).to_be_hidden()
    watch.errors.clear()


def test_several_files_each_tell_what_became_of_them(page: Page, watch: Watch) -> None:
    dialog = open_adding(page, "Files")
    good = {
        "name": "kiln.txt",
        "mimeType": "text/plain",
        "buffer": b"A scandium kiln in Upload Bay closed in May 2026.",
    }
    bad = {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x00"}
    dialog.locator("#add-files").set_input_files([good, bad])  # type: ignore[list-item]
    expect(dialog.locator(".adding-item", has_text="kiln.txt")).to_contain_text("1 added")
    expect(dialog.locator(".is-failed", has_text="virus.exe")).to_contain_text(".exe")
    dialog.get_by_role("button", name="Retry virus.exe").click()
    expect(dialog.get_by_role("status")).to_have_text("1 done, 1 failed, 0 stopped")
    dialog.get_by_role("link", name="Read kiln.txt").click()
    expect(page.locator(".source-text")).to_contain_text("Upload Bay")
    watch.errors.clear()


def test_a_dropped_file_is_added(page: Page) -> None:
    open_adding(page, "Files")
    page.evaluate(
        """() => {
             const data = new DataTransfer();
             data.items.add(new File(["A dropped lutetium note of 3 May 2026 said nothing."], "drop.txt"));
             const options = { bubbles: true, cancelable: true, dataTransfer: data };
             document.querySelector(".drop-zone").dispatchEvent(new DragEvent("drop", options));
           }"""
    )
    expect(page.locator(".adding-item")).to_contain_text("1 added")


def test_a_file_over_the_limit_is_refused_before_it_is_sent(page: Page, watch: Watch) -> None:
    dialog = open_adding(page, "Files")
    page.evaluate(
        """(size) => {
             const data = new DataTransfer();
             data.items.add(new File([new Uint8Array(size)], "huge.txt"));
             const options = { bubbles: true, cancelable: true, dataTransfer: data };
             document.querySelector(".drop-zone").dispatchEvent(new DragEvent("drop", options));
           }""",
        MAX_UPLOAD_BYTES + 1,
    )
    expect(dialog.locator(".is-failed")).to_contain_text(f"the limit is {MAX_UPLOAD_BYTES // 1024 // 1024} MiB")
    assert not [url for url in watch.requests if url.endswith("/v1/articles")]


def test_a_link_is_followed_until_its_job_is_done(page: Page) -> None:
    done = report(added=3, passages=9, article_ids=["x", "y", "z"], failed=[{"source": HOSTILE, "reason": "no text"}])
    running = {"status": "running", "done": 1, "total": 4}
    serve_link(page, {"status": "queued"}, running, {"status": "done", "report": done})
    dialog = open_adding(page, "Links")
    dialog.get_by_label("Links, one a line").fill("https://e.org/feed\nfile:///etc/passwd")
    dialog.get_by_role("button", name="Add links").click()
    expect(dialog.get_by_role("alert")).to_contain_text("file:///etc/passwd")
    expect(dialog.locator(".adding-item progress")).to_have_attribute("value", "1")
    item = dialog.locator(".adding-item")
    expect(item).to_contain_text("3 added, 9 passages · 1 failed")
    expect(item).to_contain_text(f"{HOSTILE}: no text")
    assert page.evaluate("window.ran") is None


def test_a_job_that_failed_says_why(page: Page) -> None:
    serve_link(page, {"status": "queued"}, {"status": "failed", "error": "robots.txt forbids it"})
    dialog = open_adding(page, "Links")
    dialog.get_by_label("Links, one a line").fill("https://e.org/a")
    dialog.get_by_role("button", name="Add links").click()
    expect(dialog.locator(".is-failed")).to_contain_text("robots.txt forbids it")


def test_a_job_can_be_stopped(page: Page) -> None:
    serve_link(page, {"status": "queued"}, {"status": "running"})
    dialog = open_adding(page, "Links")
    dialog.get_by_label("Links, one a line").fill("https://e.org/a")
    dialog.get_by_role("button", name="Add links").click()
    expect(dialog.locator(".adding-item")).to_contain_text("Fetching")
    dialog.get_by_role("button", name="Cancel https://e.org/a").click()
    expect(dialog.locator(".is-stopped")).to_contain_text("Stopped")
    expect(dialog.get_by_role("button", name="Retry https://e.org/a")).to_be_visible()


@pytest.mark.parametrize(("status", "words"), [(404, "cannot fetch links"), (422, "not available yet")])
def test_a_server_that_cannot_fetch_says_so_in_words(page: Page, watch: Watch, status: int, words: str) -> None:
    body = json.dumps({"title": "No", "status": status, "detail": "fetching pages is not available yet"})
    page.route("**/v1/articles", lambda route: route.fulfill(status=status, body=body))
    dialog = open_adding(page, "Links")
    dialog.get_by_label("Links, one a line").fill("https://e.org/a")
    dialog.get_by_role("button", name="Add links").click()
    expect(dialog.locator(".is-failed")).to_contain_text(words)
    watch.errors.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    serve_list(page, "One", "Two")
    page.goto("/articles?q=o")
    page.locator(".article-row").first.wait_for()
    found = list(Axe().run(page).response["violations"])
    for source in ("Files", "Links", "Pasted text"):
        open_adding(page, source)
        found += Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
