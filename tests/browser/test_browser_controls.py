"""What a question may use: chosen in the bar, sent, kept for its conversation, and told in the address."""

from __future__ import annotations

import urllib.parse
from typing import Any

import pytest
from browsing import Api
from canned import answer, ask, stream
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

FACETS = {
    "publishers": [{"value": name, "articles": n} for name, n in (("Reuters", 12), ("Caixin", 3), ("新华社", 2))],
    "kinds": [],
    "languages": [],
}
TIMES = {"created_at": "2026-11-22T08:00:00Z", "updated_at": "2026-11-22T08:00:00Z"}


@pytest.fixture
def bodies(page: Page) -> list[Any]:
    """What the page asks, each answered by a canned answer of the conversation ``kept``."""
    sent: list[Any] = []

    def fulfil(route: Route) -> None:
        sent.append(route.request.post_data_json)
        told = stream(("done", answer(conversation_id="kept")))
        route.fulfill(status=200, content_type="text/event-stream", body=told)

    whole = {"id": "kept", "title": "Quota", "answers": [answer(conversation_id="kept")]} | TIMES
    page.route("**/v1/answers", fulfil)
    page.route("**/v1/facets", lambda route: route.fulfill(json=FACETS))
    page.route("**/v1/models", lambda route: route.fulfill(json={"data": [{"id": "extractive"}, {"id": "ollama:x"}]}))
    page.route("**/v1/conversations/kept", lambda route: route.fulfill(json=whole))
    return sent


def query(page: Page) -> dict[str, list[str]]:
    """The parameters in the address."""
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)


def choose(page: Page) -> None:
    """A period, two publishers and an engine, each in its own box."""
    page.get_by_role("button", name="Published: Any date").click()
    page.get_by_label("From").fill("2025-04-01")
    page.get_by_label("To", exact=True).fill("2025-10-31")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Publishers: All publishers").click()
    page.get_by_label("Find a publisher").fill("caix")
    page.get_by_label("Caixin").check()
    page.get_by_label("Find a publisher").fill("")
    page.get_by_label("新华社").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Engine: Default engine").click()
    page.get_by_label("ollama:x").check()
    page.keyboard.press("Escape")


def test_what_is_chosen_is_sent_shown_and_stands_in_the_address(page: Page, bodies: list[Any]) -> None:
    page.goto("/")
    choose(page)
    expect(page.locator("#control-period-shown")).to_have_text("1 Apr 2025 – 31 Oct 2025")
    expect(page.locator("#control-publishers-shown")).to_have_text("Caixin +1")
    expect(page.locator("#control-engine-shown")).to_have_text("ollama:x")
    ask(page, "How large is the quota?")
    limits = {"since": "2025-04-01", "until": "2025-10-31", "publishers": ["Caixin", "新华社"], "engine": "ollama:x"}
    assert bodies == [{"question": "How large is the quota?"} | limits]
    told = {"c": ["kept"], "since": ["2025-04-01"], "until": ["2025-10-31"], "publisher": ["Caixin", "新华社"]}
    assert query(page) == told | {"engine": ["ollama:x"]}


def test_a_conversation_brings_its_limits_back_and_a_new_one_has_none(page: Page, bodies: list[Any]) -> None:
    page.goto("/")
    choose(page)
    ask(page, "How large is the quota?")
    page.get_by_role("link", name="New question").last.click()
    expect(page.locator("#control-publishers-shown")).to_have_text("All publishers")
    assert query(page) == {}
    page.goto("/?c=kept")
    expect(page.locator("#control-publishers-shown")).to_have_text("Caixin +1")
    expect(page.locator("#control-engine-shown")).to_have_text("ollama:x")
    page.wait_for_url("**engine=ollama*")


def test_a_link_sets_every_control_and_waits_to_be_asked(page: Page, bodies: list[Any]) -> None:
    page.goto("/?q=Why%3F&as_of=2025-12-01&since=2025-04&publisher=Caixin&engine=extractive")
    expect(page.get_by_label("Your question")).to_have_value("Why?")
    expect(page.locator("#control-period-shown")).to_have_text("from Apr 2025")
    assert bodies == []
    page.get_by_label("Your question").press("Enter")
    page.locator(".colophon").wait_for()
    limits = {"as_of": "2025-12-01", "since": "2025-04", "publishers": ["Caixin"], "engine": "extractive"}
    assert bodies == [{"question": "Why?"} | limits]


def test_clearing_lets_everything_in_again(page: Page, bodies: list[Any]) -> None:
    page.goto("/?publisher=Caixin&since=2025-04-01")
    page.get_by_role("button", name="Publishers: Caixin").click()
    expect(page.get_by_label("Caixin")).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Published: from 1 Apr 2025").click()
    page.get_by_role("button", name="Clear").click()
    ask(page, "How large is the quota?")
    assert bodies == [{"question": "How large is the quota?"}]


def test_a_box_gives_the_focus_back_and_a_second_click_closes_it(page: Page, bodies: list[Any]) -> None:
    page.goto("/")
    button = page.get_by_role("button", name="Published: Any date")
    button.click()
    expect(page.get_by_role("dialog", name="Published between")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    button.click()
    expect(page.get_by_role("dialog")).to_have_count(1)
    button.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_day_may_be_typed_digit_by_digit(page: Page, bodies: list[Any]) -> None:
    page.goto("/")
    page.get_by_label("As of").focus()
    page.keyboard.type("12012025")
    expect(page.get_by_label("As of")).to_have_value("2025-12-01")
    assert query(page) == {"as_of": ["2025-12-01"]}


def test_publishers_that_cannot_be_read_say_why(page: Page, bodies: list[Any], watch: Any) -> None:
    page.route("**/v1/facets", lambda route: route.fulfill(status=500, json={"detail": "The disk is gone."}))
    page.goto("/")
    page.get_by_role("button", name="Publishers: All publishers").click()
    expect(page.get_by_role("alert")).to_have_text("The list could not be read. The disk is gone.")
    watch.errors.clear()  # the browser itself logs the 500


def test_the_server_s_own_engines_are_offered(page: Page, api: Api) -> None:
    named = [model["id"] for model in api.call("GET", "/v1/models")["data"]]
    page.goto("/")
    page.get_by_role("button", name="Engine: Default engine").click()
    choices = page.get_by_role("radiogroup").get_by_role("radio")
    expect(choices).to_have_count(1 + len(named))
    page.get_by_label("Extractive").check()
    expect(page.locator("#control-engine-shown")).to_have_text("extractive")


@pytest.mark.screen(viewport={"width": 390, "height": 844})
def test_on_a_phone_every_control_is_in_reach_without_scrolling(page: Page, bodies: list[Any]) -> None:
    for query in ("", "?as_of=2025-12-01&since=2025-04-01&until=2025-10-31&publisher=Reuters&engine=extractive"):
        page.goto(f"/{query}")
        page.locator(".welcome").wait_for()
        bar = page.locator(".controls")
        assert bar.evaluate("node => node.scrollWidth - node.clientWidth") == 0
        for control in ("#as-of", "#control-period", "#control-publishers", "#control-engine", "#send"):
            box = page.locator(control).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            assert box["height"] >= 44
    page.locator("#control-engine").click()
    expect(page.get_by_role("dialog", name="Who words the answer")).to_be_visible()
