"""Coming back: a saved question, and what is new since the last visit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api
from canned import HOSTILE
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

QUESTION = "How many tonnes of magnets did China export in May 2025?"
VISIT = "rare-earth-brief.visit"


def visited_before(page: Page) -> None:
    """Makes this browser one that was here on 1 November 2026."""
    kept = json.dumps(json.dumps({"before": None, "on": "2026-11-01"}))
    page.add_init_script(f"localStorage.getItem('{VISIT}') ?? localStorage.setItem('{VISIT}', {kept})")


def serve_changes(page: Page, **told: Any) -> None:
    """Puts these changes in the place of the server's own."""
    nothing = {"articles": [], "articles_left_out": 0, "measures": [], "saved": [], "saved_left_out": 0}
    body = {"since": "2026-11-01", "until": "2026-11-22"} | nothing | told
    page.route("**/v1/changes?*", lambda route: route.fulfill(json=body))


def test_a_question_is_saved_shown_on_the_start_page_and_forgotten(page: Page, api: Api) -> None:
    page.goto("/")
    expect(page.locator(".come-back")).to_be_hidden()
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save question").click()
    expect(page.locator(".action-said")).to_contain_text("Saved.")
    assert [item["question"] for item in api.call("GET", "/v1/saved")["items"]] == [QUESTION]
    page.goto("/")
    expect(page.locator(".come-back").get_by_role("link", name=QUESTION)).to_be_visible()
    page.get_by_role("button", name=f"Forget “{QUESTION}”").click()
    expect(page.locator(".come-back")).to_be_hidden()
    assert api.call("GET", "/v1/saved")["items"] == []


def test_what_is_new_since_the_last_visit_is_told_as_text(page: Page) -> None:
    visited_before(page)
    article = {"article_id": "a/b", "title": HOSTILE, "publisher": "Caixin", "what": "corrected", "on": "2026-11-20"}
    measure = {"measure_id": "rule", "name": "The rule", "status": "in_force", "since": "2026-11-10"}
    serve_changes(page, articles=[article] * 9, articles_left_out=2, measures=[measure])
    page.goto("/")
    told = page.locator(".come-back")
    expect(told.get_by_role("heading")).to_have_text("Since your last visit, 1 November 2026")
    expect(told.get_by_role("link").first).to_have_attribute("href", "/measures?as_of=2026-11-10&measure=rule")
    expect(told.get_by_role("link", name=HOSTILE).first).to_have_attribute("href", "/articles/a%2Fb")
    expect(told).to_contain_text("4 more")
    assert page.evaluate("window.ran") is None
    violations = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in ("serious", "critical")] == []
    page.reload()
    expect(told.get_by_role("heading")).to_have_text("Since your last visit, 1 November 2026")


def test_a_saved_question_that_is_answered_otherwise_is_marked_until_it_is_seen(page: Page) -> None:
    visited_before(page)
    filters = {"as_of": None, "since": None, "until": None, "publishers": []}
    saved = {"id": "x", "question": QUESTION, "filters": filters, "quotes_sha256": "0", "saved_at": "2026-11-01"}
    serve_changes(page, saved=[{"saved": saved, "status": "answered", "quotes_sha256": "1"}])
    listed = {"items": [saved], "next": None}
    posted: list[Any] = []
    page.route("**/v1/saved", lambda route: (posted.append(route.request.post_data_json), route.fulfill(json=listed)))
    page.goto("/")
    expect(page.locator(".come-back-changed")).to_have_text("answered otherwise now")
    serve_changes(page)
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.locator(".come-back-changed")).to_have_count(0)
    assert [body["question"] for body in posted if body] == [QUESTION]
