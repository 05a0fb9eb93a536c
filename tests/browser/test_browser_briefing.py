"""The briefing page: what stands where, citations that lead to their sources, files, print, and nothing made up."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api, Watch
from canned import HOSTILE
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HEADINGS = [
    "What it is",
    "Where it stands",
    "Timeline",
    "Key figures",
    "Who says what",
    "The last 90 days of the corpus",
    "Open questions",
    "Sources",
]


def show(page: Page, query: str) -> None:
    """Opens a briefing and waits until it is there."""
    page.goto(f"/briefing?{query}")
    page.locator(".briefing h1").wait_for()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def test_asking_for_a_briefing_in_the_chat_opens_the_page(page: Page) -> None:
    page.goto("/?as_of=2025-12-01")
    page.get_by_label("Your question").fill("Brief me on Announcement 61")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/briefing\?topic=Announcement\+61&as_of=2025-12-01$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Announcement 61")
    expect(page.locator(".briefing-head")).to_contain_text("As of 1 December 2025")
    expect(page.locator(".briefed-measures .status-pill")).to_have_text(["Suspended"])


def test_a_briefing_has_every_section_and_says_what_the_api_says(page: Page, api: Api) -> None:
    show(page, "topic=samarium")
    expect(page.get_by_role("heading", level=2)).to_have_text(HEADINGS)
    told = api.call("GET", "/v1/briefings?topic=samarium")
    expect(page.locator(".briefing-sources > li")).to_have_count(len(told["citations"]))
    expect(page.locator(".picture-row")).to_have_count(len(told["measures"]))
    expect(page.locator(".figures dt").first).to_have_text(" · ".join(told["figures"][0]["figures"]))
    expect(page.locator(".open-questions li").first).to_contain_text("The corpus does not say")


def test_a_mark_leads_to_its_source_and_that_to_the_marked_passage(page: Page) -> None:
    show(page, "topic=samarium")
    mark = page.locator(".said .mark-link").first
    expect(mark).to_have_attribute("aria-label", re.compile(r"^Citation \d+, .+, .*\d{4}"))
    said = page.locator(".said").first.inner_text()
    mark.press("Enter")
    source = page.locator(".briefing-sources > li:target")
    expect(source).to_be_in_viewport()
    quote = source.locator("blockquote").inner_text()
    assert said.startswith(quote)
    source.locator(".source-link a").click()
    expect(page.locator("mark").first).to_be_visible()
    assert "".join(page.locator("mark").all_inner_texts()) == quote


def test_a_topic_that_the_corpus_does_not_name_is_declined(page: Page) -> None:
    show(page, "topic=Nexperia+chips")
    expect(page.locator(".briefing h2")).to_have_text(["The corpus does not say."])
    expect(page.locator(".said, .briefing-sources")).to_have_count(0)


def test_a_file_is_saved_for_the_same_day(page: Page) -> None:
    show(page, "topic=samarium&as_of=2025-12-01")
    with page.expect_download() as download, page.expect_request("**/v1/briefings/export**") as request:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename == "briefing-samarium.docx"
    assert "as_of=2025-12-01" in request.value.url


def test_limits_are_shown_and_go_along_with_the_next_topic(page: Page) -> None:
    show(page, "topic=magnets&publisher=Asia+City+News")
    expect(page.locator(".briefing-head")).to_contain_text("only from Asia City News")
    page.get_by_label("Brief me on").fill("Lynas")
    page.get_by_role("button", name="Brief me").click()
    expect(page).to_have_url(re.compile(r"/briefing\?topic=Lynas&publisher=Asia\+City\+News$"))


def test_a_refused_topic_says_what_to_do(page: Page, watch: Watch) -> None:
    page.goto("/briefing?topic=the")
    expect(page.get_by_role("alert")).to_contain_text("name a measure, element, company or place")
    watch.errors.clear()  # the browser itself logs the 422


def test_hostile_words_stay_text(page: Page, api: Api) -> None:
    told: dict[str, Any] = api.call("GET", "/v1/briefings?topic=samarium")
    hostile = {"title": HOSTILE, "publisher": HOSTILE, "quote": HOSTILE, "url": "javascript:window.ran=1"}
    told |= {"topic": HOSTILE, "citations": [one | hostile for one in told["citations"]]}
    told["figures"] = [one | {"text": HOSTILE, "figures": [HOSTILE]} for one in told["figures"]]
    told["open_questions"] = [{"text": HOSTILE, "reason": "unanswered", "measure": None}]
    page.route("**/v1/briefings?**", lambda route: route.fulfill(json=told))
    show(page, "topic=x")
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.locator(".source-original a")).to_have_count(0)
    assert page.evaluate("window.ran") is None


def test_paper_shows_the_briefing_and_its_sources_alone(page: Page) -> None:
    show(page, "topic=samarium")
    page.emulate_media(media="print")
    for hidden in (".briefing-form", ".keep", ".page-links"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".briefing-sources > li").last).to_be_visible()


@pytest.mark.parametrize(
    ("topic", "size", "scheme"),
    [
        ("magnets", (1440, 900), "light"),
        ("magnets", (1440, 900), "dark"),
        ("magnets", (390, 844), "light"),
        ("magnets", (390, 844), "dark"),
        ("Nexperia+chips", (390, 844), "light"),
    ],
)
def test_axe_finds_nothing_and_nothing_overflows(page: Page, scheme: Any, size: tuple[int, int], topic: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, f"topic={topic}")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert overflow(page) <= 0


def test_values_in_dispute_stand_side_by_side_and_a_topic_that_nobody_defines_says_so(page: Page, api: Api) -> None:
    told = api.call("GET", "/v1/briefings?topic=samarium")
    value = {"citations": [1], "publishers": ["Caixin"], "independent": 1, "newest_on": "2025-06-20", "official": True}
    values = [value | {"value": "1,200 tonnes"}, value | {"value": HOSTILE, "official": False}]
    told |= {"conflicts": [{"about": "samarium", "values": values}], "what_it_is": []}
    page.route("**/v1/briefings?**", lambda route: route.fulfill(json=told))
    show(page, "topic=samarium")
    assert "Where sources disagree" in page.locator(".briefing-section h2").all_inner_texts()
    rows = page.get_by_role("table", name="samarium").locator("tbody tr")
    expect(rows).to_contain_text(["1,200 tonnes", HOSTILE])
    expect(rows.first).to_contain_text("official")
    expect(rows.first.get_by_role("link", name=re.compile(r"^Citation 1, "))).to_have_attribute("href", "#source-1")
    expect(page.locator(".section-none").first).to_have_text("No sentence of the corpus says what it is.")
    assert Axe().run(page).response["violations"] == []


def test_without_a_topic_the_page_offers_some(page: Page) -> None:
    page.goto("/briefing")
    page.get_by_role("link", name="Announcement 61").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Announcement 61")
