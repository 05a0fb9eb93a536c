"""States of an answer that the engine gives rarely: each is served to the page as the API would write it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browsing import Watch
from canned import HOSTILE, QUOTE, answer, article, ask, citation, serve_answer, serve_article, serve_stream, stream
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

CONFLICT = {
    "about": "Quota for 2025",
    "values": [
        {
            "value": "1,200 tonnes",
            "citations": [1],
            "publishers": ["Caixin", "Reuters"],
            "independent": 2,
            "newest_on": "2025-06",
            "official": True,
        },
        {
            "value": "1,500 tonnes",
            "citations": [2],
            "publishers": ["Argus"],
            "independent": 1,
            "newest_on": None,
            "official": False,
        },
    ],
}


def show(page: Page, **changes: Any) -> None:
    """Opens the chat and lets it show a canned answer."""
    serve_answer(page, answer(**changes))
    page.goto("/")
    ask(page, "How large is the quota?")


def test_the_status_line_tells_day_age_currency_and_publishers(page: Page) -> None:
    show(page)
    expect(page.get_by_role("list", name="Standing of this answer").get_by_role("listitem")).to_have_text(
        [
            "Answered as of 22 Nov 2026",
            "newest evidence 17 months old (20 Jun 2025)",
            "1 independent publisher",
            "corpus current to 5 Jul 2026",
        ]
    )


def test_publishers_that_share_a_source_and_limits_are_told(page: Page) -> None:
    filters = {"as_of": "2026-11-22", "since": "2025-04", "until": "2025-10-31", "publishers": ["Caixin", "Argus"]}
    show(page, filters=filters, citations=[citation(1), citation(2, publisher="Argus")], independent_sources=1)
    facts = page.get_by_role("list", name="Standing of this answer").get_by_role("listitem")
    expect(facts.nth(2)).to_have_text("2 publishers, 1 independent source")
    expect(facts.nth(4)).to_have_text("published Apr 2025 – 31 Oct 2025")
    expect(facts.nth(5)).to_have_text("only Caixin, Argus")


def test_a_digest_is_named_so_with_a_partial_and_inferred_date(page: Page) -> None:
    digest = citation(kind="digest", publisher="Reuters", published_on="2025-06", published_inferred=True)
    show(page, citations=[digest])
    expect(page.get_by_role("button", name="Citation 1, Digest of Reuters, June 2025 (inferred)")).to_be_visible()
    expect(page.locator(".card-source")).to_have_text("Digest of Reuters, June 2025 (inferred)")
    expect(page.locator(".card-age")).to_have_text("16 months old")


def test_an_undated_source_says_so(page: Page) -> None:
    show(page, citations=[citation(published_on=None)])
    expect(page.locator(".card-source")).to_have_text("Caixin, undated")


def test_a_partly_supported_sentence_is_marked_visibly(page: Page) -> None:
    show(page, sentences=[{"text": "Perhaps.", "citations": [1], "verdict": "partial"}])
    expect(page.locator(".sentence")).to_contain_text("partly supported")


def test_a_supported_sentence_says_so_to_screen_readers(page: Page) -> None:
    show(page)
    expect(page.locator(".verdict .visually-hidden")).to_have_text("Supported by its quotes.")


def test_a_conflict_shows_every_value_with_who_says_it(page: Page) -> None:
    show(page, conflicts=[CONFLICT], citations=[citation(1), citation(2, publisher="Argus")])
    rows = page.get_by_role("table", name="Quota for 2025").locator("tbody tr")
    expect(rows).to_contain_text(["1,200 tonnes", "1,500 tonnes"])
    expect(rows).to_contain_text(["Caixin, Reuters", "Argus"])
    expect(rows).to_contain_text(["Jun 2025", "undated"])
    expect(rows.nth(1).get_by_role("button", name="Citation 2, Argus, 20 June 2025")).to_be_visible()


def test_a_conflict_marks_the_official_and_the_newest_value_and_counts_independent_sources(page: Page) -> None:
    copied = CONFLICT["values"][1] | {"publishers": ["Argus", "Yahoo"], "newest_on": "2025-06-29"}
    show(page, conflicts=[CONFLICT | {"values": [CONFLICT["values"][0], copied]}])
    rows = page.get_by_role("table", name="Quota for 2025").locator("tbody tr")
    expect(rows.locator("td:last-child")).to_have_text(["Jun 2025newest", "29 Jun 2025"])
    expect(rows.locator("td:nth-child(2)")).to_have_text(
        ["Caixin, Reuters 1official2 independent sources", "Argus, Yahoo 1 independent source"]
    )


def test_stale_notices_missing_and_removed_are_told(page: Page) -> None:
    notices = [{"code": "age", "text": "The newest evidence is 520 days old.", "params": {}}]
    removed = [{"text": "It will double.", "reason": "no passage supports it"}]
    show(page, status="partial", stale=True, notices=notices, missing=["The quota of 2026."], removed=removed)
    expect(page.get_by_text("Stale: a quoted source has changed since")).to_be_visible()
    expect(page.get_by_role("list", name="Notices")).to_have_text("The newest evidence is 520 days old.")
    # What is missing of a partial answer is no small print.
    expect(page.get_by_text("1 part of the question not found in the corpus")).to_be_visible()
    expect(page.get_by_text("The quota of 2026.")).to_be_visible()
    page.get_by_text("1 sentence removed before you saw this").click()
    expect(page.get_by_text("no passage supports it")).to_be_visible()


def test_a_declined_answer_shows_nearest_passages_as_no_answer(page: Page) -> None:
    declining: list[dict[str, Any]] = [{"text": "The corpus does not say.", "citations": [], "verdict": None}]
    show(page, status="declined", sentences=declining, suggestions=["What is a general licence?"])
    expect(page.locator(".declined-title")).to_have_text("The corpus does not say.")
    expect(page.get_by_role("heading", name="Nearest passages not an answer")).to_be_visible()
    expect(page.locator(".nearest .card-quote")).to_have_text(QUOTE)
    expect(page.locator(".chip, .card-number")).to_have_count(0)


def test_a_suggestion_asks_itself(page: Page) -> None:
    show(page, suggestions=["What is a general licence?"])
    page.get_by_role("button", name="What is a general licence?").click()
    expect(page.locator("main h2")).to_have_text(["How large is the quota?", "What is a general licence?"])


def test_pointing_at_a_chip_lights_its_card(page: Page) -> None:
    show(page)
    page.locator(".chip").hover()
    expect(page.locator(".card.is-lit")).to_have_attribute("data-citation", "1")


def test_a_quote_that_moved_marks_nothing_and_says_so(page: Page) -> None:
    serve_article(page, article(text="Something else stands here now, and it is long enough to hold the offsets."))
    show(page)
    page.locator(".chip").click()
    expect(page.get_by_text("Nothing is marked.")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_the_article_page_checks_the_quote_of_its_link(page: Page) -> None:
    serve_article(page, article(text="Something else stands here now, and it is long enough to hold the offsets."))
    page.goto("/articles/canned?start=14&end=40&check=00000000")
    expect(page.get_by_text("Nothing is marked.")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_hostile_fields_stay_text(page: Page) -> None:
    hostile = citation(title=HOSTILE, publisher=HOSTILE, url="javascript:window.ran=1")
    told = article(title=HOSTILE, publisher=HOSTILE, url="javascript:window.ran=1")
    serve_article(page, told)
    notices = [{"code": "x", "text": HOSTILE, "params": {}}]
    show(page, citations=[hostile], notices=notices, sentences=[{"text": HOSTILE, "citations": [1], "verdict": None}])
    page.locator(".chip").click()
    expect(page.locator("#source-pane h2")).to_have_text(HOSTILE)
    expect(page.locator("a[href^=javascript]")).to_have_count(0)
    expect(page.locator(".thread img, .source img")).to_have_count(0)
    assert page.evaluate("window.ran") is None


def test_a_link_to_the_original_gives_nothing_away(page: Page) -> None:
    show(page)
    original = page.get_by_role("link", name="Original")
    expect(original).to_have_attribute("rel", "noopener noreferrer")
    expect(original).to_have_attribute("target", "_blank")


def test_a_refused_question_shows_the_detail(page: Page, watch: Watch) -> None:
    detail = "as_of 2027-01-01 is in the future."
    problem = {"type": "about:blank", "title": "Bad input", "status": 422, "detail": detail}

    def refuse(route: Route) -> None:
        route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem))

    page.route("**/v1/answers", refuse)
    page.goto("/")
    page.get_by_label("Your question").fill("Anything?")
    page.get_by_label("Your question").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(detail)
    watch.errors.clear()  # the browser itself logs the refused request


def test_an_error_in_the_stream_keeps_what_came_and_shows_the_detail(page: Page) -> None:
    sentence = {"index": 0, "sentence": answer()["sentences"][0], "citations": [citation()]}
    problem = {"type": "about:blank", "title": "Failed", "status": 500, "detail": "The index is gone."}
    serve_stream(page, stream(("sentence", sentence), ("error", problem)))
    page.goto("/")
    page.get_by_label("Your question").fill("Anything?")
    page.get_by_label("Your question").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The index is gone.")
    expect(page.locator(".sentence")).to_contain_text(QUOTE)


def test_a_stream_that_breaks_off_says_so(page: Page) -> None:
    serve_stream(page, stream(("evidence", {"items": []})))
    page.goto("/")
    page.get_by_label("Your question").fill("Anything?")
    page.get_by_label("Your question").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("before the answer was complete")


def test_stop_ends_the_answer_under_way(page: Page) -> None:
    page.route("**/v1/answers", lambda route: None)
    page.goto("/")
    page.get_by_label("Your question").fill("Anything?")
    page.get_by_label("Your question").press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_as_of_is_sent_and_kept_for_its_conversation(page: Page) -> None:
    bodies: list[Any] = []

    def fulfil(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        told = stream(("done", answer(conversation_id="kept")))
        route.fulfill(status=200, content_type="text/event-stream", body=told)

    page.route("**/v1/answers", fulfil)
    times = {"created_at": "2026-11-22T08:00:00Z", "updated_at": "2026-11-22T08:00:00Z"}
    whole = {"id": "kept", "title": "Quota", "answers": [answer()]} | times
    page.route("**/v1/conversations/kept", lambda route: route.fulfill(json=whole))
    page.goto("/")
    page.get_by_label("As of").fill("2025-12-01")
    ask(page, "How large is the quota?")
    page.reload()
    expect(page.get_by_label("As of")).to_have_value("2025-12-01")
    assert bodies == [{"question": "How large is the quota?", "as_of": "2025-12-01"}]


def test_a_link_fills_the_box_and_sends_nothing(page: Page, watch: Watch) -> None:
    page.goto("/?q=What+is+the+0.1%25+rule%3F&as_of=2025-12-01")
    expect(page.get_by_label("Your question")).to_have_value("What is the 0.1% rule?")
    expect(page.get_by_label("As of")).to_have_value("2025-12-01")
    assert not [url for url in watch.requests if url.endswith("/v1/answers")]


def test_the_counter_appears_near_the_limit_and_blocks_beyond(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill("x" * 3500)
    expect(page.locator("#question-limit")).to_have_text("3,500 of 4,000")
    page.get_by_label("Your question").fill("🙂" * 4000)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    page.get_by_label("Your question").fill("x" * 4001)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_disabled()


def test_shift_and_enter_make_a_new_line(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your question").press_sequentially("one")
    page.get_by_label("Your question").press("Shift+Enter")
    page.get_by_label("Your question").press_sequentially("two")
    expect(page.get_by_label("Your question")).to_have_value("one\ntwo")


def test_the_chosen_theme_is_remembered(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Theme: System").click()
    page.get_by_role("button", name="Theme: Light").click()
    page.reload()
    expect(page.get_by_role("button", name="Theme: Dark")).to_be_visible()
    expect(page.locator("html")).to_have_class("theme-dark")


def test_the_question_mark_lists_the_keys_and_escape_closes(page: Page) -> None:
    page.goto("/")
    page.locator(".welcome").wait_for()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.screen(viewport={"width": 390, "height": 844})
def test_escape_closes_the_drawer_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#close-drawer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Conversations")).to_be_focused()


@pytest.mark.screen(viewport={"width": 390, "height": 844}, has_touch=True)
def test_touch_targets_are_44_pixels(page: Page) -> None:
    show(page, conflicts=[CONFLICT], citations=[citation(1), citation(2)], suggestions=["What next?"])
    targets = page.locator("button:visible:not(.chip), .top-bar a, .conflict .chip, .sentence .chip")
    heights = targets.evaluate_all(
        """nodes => nodes.map((node) => {
             const reach = parseFloat(getComputedStyle(node, "::after").top) || 0;
             return node.getBoundingClientRect().height - 2 * Math.min(reach, 0);
           })"""
    )
    assert min(heights) >= 44


def test_not_being_ready_is_said_and_blocks_asking(page: Page, watch: Watch) -> None:
    problem = {"type": "about:blank", "title": "Starting", "status": 503, "detail": "The corpus is being indexed."}

    def starting(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))

    page.route("**/readyz", starting)
    page.goto("/")
    page.get_by_label("Your question").fill("Anything?")
    expect(page.locator("#readiness")).to_contain_text("The corpus is being indexed.")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_disabled()
    page.unroute("**/readyz")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    watch.errors.clear()  # the browser itself logs the 503


def test_the_day_asked_as_of_is_spelled_out(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#as-of-shown")).to_have_text("today")
    page.get_by_label("As of").fill("2025-12-01")
    expect(page.locator("#as-of-shown")).to_have_text("1 Dec 2025")
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_label("As of")).to_have_value("")
