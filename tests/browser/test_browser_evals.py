"""The page of the eval report: one result, two side by side, a case's answer, and none at all."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from canned import HOSTILE
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser


def case(identity: str, value: float | None, **changes: Any) -> dict[str, Any]:
    """A case scored under one metric; what is not whole missed something."""
    return {
        "id": identity, "definition": identity, "question": f"What of {identity}?", "history": [], "as_of": None,
        "answerable": True, "tags": [], "status": "answered", "confidence": 0.9, "failure": None, "conflicts": [],
        "found": [], "sentences": [{"text": f"This of {identity}.", "citations": [1]}],
        "citations": [{"n": 1, "article_id": "canned", "quote": HOSTILE}],
        "scores": {"mrr": {"value": value, "missed": [HOSTILE] if value == 0 else [], "why": None}},
    } | changes  # fmt: skip


RESULTS = {
    "new": [case("first", 1.0), case("second", 0.0), case("third", 1.0)],
    "old": [case("first", 0.5), case("second", 0.0), case("third", 1.0, definition="another")],
}


def run(name: str, **changes: Any) -> dict[str, Any]:
    """What is told of a result in the list and by itself."""
    figure = {"value": 0.667, "low": 0.1, "high": 1.0, "n": 3, "unscored": 0, "failed": 0}
    gate = {"metric": "mrr", "figure": "value", "at_least": 0.9, "at_most": None, "min_n": 0, "got": 0.667, "n": 3}
    told = {"set": "core", "commit": "0123456789", "dirty": False, "today": "2026-11-22"}
    return told | {"name": name, "metrics": {"mrr": figure}, "gates": [gate | {"holds": False}], "n": 3} | changes


def serve_results(page: Page, *items: dict[str, Any]) -> None:
    """Puts these results in the place of the server's own."""
    body = {"items": items, "next": None, "unreadable": [], "left_out": 0, "how_to_make_one": "assistant eval --json F"}
    page.route("**/v1/evals", lambda route: route.fulfill(json=body))
    page.route("**/v1/evals/*", whole)


def whole(route: Route) -> None:
    """One result with its cases, by the name at the end of the address."""
    name = route.request.url.rpartition("/")[2]
    route.fulfill(json=run(name) | {"cases": RESULTS[name]})


def test_the_last_result_is_shown_and_a_case_opens_to_its_answer(page: Page) -> None:
    serve_results(page, run("new"), run("old"))
    page.goto("/evals")
    expect(page.locator("#count")).to_have_text("3 cases, 1 gate of 1 not reached")
    expect(page.get_by_role("row", name="mean reciprocal rank 0.667 0.100 to 1.000 3")).to_be_visible()
    expect(page.locator(".case")).to_have_count(1)
    page.locator(".case summary").click()
    opened = page.locator("[data-case=second]")
    expect(opened).to_contain_text("This of second. [1]")
    expect(opened.locator("q")).to_contain_text(HOSTILE)
    expect(opened.get_by_role("link", name="canned")).to_have_attribute("href", "/articles/canned")
    assert page.evaluate("window.ran") is None
    page.get_by_text("All", exact=True).click()
    expect(page.locator(".case")).to_have_count(3)
    violations = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in ("serious", "critical")] == []


def test_two_results_of_a_set_are_compared_over_the_cases_that_are_the_same(page: Page) -> None:
    serve_results(page, run("new"), run("old"), run("other", set="final"))
    page.goto("/evals?run=new&against=old")
    expect(page.get_by_role("row", name="mean reciprocal rank 0.667 0.100 to 1.000 3 0.250 +0.250 2")).to_be_visible()
    expect(page.get_by_text("2 of 3 cases that are the same")).to_be_visible()
    expect(page.locator("#against option")).to_have_count(2)
    expect(page.locator(".case")).to_have_count(1)
    page.locator("[data-case=first] summary").click()
    expect(page.locator("[data-case=first] h3")).to_have_text(["Before", "Now"])
    page.get_by_label("Compared with").select_option("")
    expect(page).to_have_url("/evals?run=new")


@pytest.mark.screen(viewport={"width": 390, "height": 844})
def test_without_results_the_page_says_how_to_make_one(page: Page) -> None:
    serve_results(page)
    page.goto("/evals")
    expect(page.locator("#report")).to_contain_text("assistant eval --json F")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
