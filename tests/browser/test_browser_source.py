"""Citations and the source pane: the quote in place, moving from quote to quote, the rest of the article."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from canned import answer, article, ask, citation, serve_answer, serve_article
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = "The quota is 1,200 tonnes.", "It was raised in May.", "Nobody was told."
TEXT = f"🙂 Before it. {FIRST} Between.\n\n{SECOND} After it.\n\n{THIRD} The end."


def cited(n: int, quote: str, **changes: Any) -> dict[str, Any]:
    """A citation of the three-quote article."""
    start = TEXT.index(quote)
    return citation(n, quote=quote, start=start, end=start + len(quote), **changes)


def show(page: Page, **changes: Any) -> None:
    """An answer of two sentences with two quotes of one article, and one more passage there."""
    bounds = [TEXT.index(FIRST), TEXT.index(SECOND), TEXT.index(THIRD), len(TEXT)]
    serve_article(page, article(text=TEXT), *pairwise(bounds))
    told = {
        "sentences": [
            {"text": FIRST, "citations": [1], "verdict": "supported"},
            {"text": SECOND, "citations": [2], "verdict": "supported"},
        ],
        "citations": [cited(1, FIRST), cited(2, SECOND)],
    }
    serve_answer(page, answer(**(told | changes)))
    page.goto("/")
    ask(page, "How large is the quota?")


def test_pointing_at_a_chip_shows_its_quote_in_place(page: Page) -> None:
    show(page)
    page.locator(".chip").nth(1).hover()
    card = page.get_by_role("tooltip")
    expect(card.locator("blockquote")).to_have_text(SECOND)
    expect(card).to_contain_text("Caixin, 20 June 2025")
    expect(page.locator(".chip").nth(1)).to_have_attribute("aria-describedby", "quote-card")
    card.hover()
    page.wait_for_timeout(300)
    expect(card).to_be_visible()
    page.locator(".asked").hover()
    expect(card).to_be_hidden()


def test_a_focused_chip_shows_its_quote_and_escape_puts_it_away(page: Page) -> None:
    show(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    card = page.get_by_role("tooltip")
    expect(card.locator("blockquote")).to_have_text(FIRST)
    page.keyboard.press("j")
    expect(card.locator("blockquote")).to_have_text(SECOND)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".chip").nth(1)).to_be_focused()


def test_the_quote_card_stays_inside_the_window(page: Page) -> None:
    show(page)
    page.locator(".chip").first.hover()
    page.get_by_role("tooltip").wait_for()
    box = page.get_by_role("tooltip").bounding_box()
    assert box
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= 1440 and box["y"] + box["height"] <= 900


def test_next_and_previous_move_through_the_quotes_of_the_answer(page: Page) -> None:
    show(page)
    page.locator(".chip").first.click()
    pane = page.locator("#source-pane")
    expect(pane.get_by_role("status")).to_have_text("Quote 1 of 2Caixin, 20 June 2025")
    expect(pane.get_by_role("button", name="Previous quote")).to_be_disabled()
    pane.get_by_role("button", name="Next quote").click()
    expect(pane.locator("mark")).to_have_text(SECOND)
    expect(pane.locator(".also-cited")).to_have_text(FIRST)
    expect(page.locator(".chip.is-open")).to_have_text("2")
    expect(pane.get_by_role("button", name="Next quote")).to_be_disabled()
    pane.get_by_role("button", name="Previous quote").click()
    expect(pane.locator("mark")).to_have_text(FIRST)


def test_with_the_pane_open_j_and_k_move_the_mark(page: Page) -> None:
    show(page)
    page.locator(".chip").first.click()
    expect(page.locator("#source-pane mark")).to_have_text(FIRST)
    page.keyboard.press("j")
    expect(page.locator("#source-pane mark")).to_have_text(SECOND)
    expect(page.locator(".chip").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#source-pane mark")).to_have_text(FIRST)


def test_other_passages_are_listed_cited_ones_first_and_open(page: Page) -> None:
    show(page)
    page.locator(".chip").first.click()
    page.get_by_text("Other passages of this article (2)").click()
    rows = page.locator(".passage")
    expect(rows).to_have_text([f"2{SECOND} After it.", f"{THIRD} The end."])
    rows.nth(1).click()
    expect(page.locator("#source-pane mark")).to_have_text(f"{THIRD} The end.")
    expect(page.locator("#source-pane .also-cited")).to_have_text([FIRST, SECOND])


def test_the_pane_tells_date_publisher_kind_reliability_and_the_original(page: Page) -> None:
    show(page)
    page.locator(".chip").first.click()
    head = page.locator(".source-head")
    expect(head).to_contain_text("Caixin")
    expect(head.get_by_role("listitem")).to_contain_text(["20 June 2025", "News report", "Reliability A"])
    expect(head.get_by_role("link", name="Read the original")).to_have_attribute("href", "https://example.org/quota")


@pytest.mark.screen(viewport={"width": 820, "height": 1100})
def test_on_a_tablet_the_pane_lies_over_the_chat_and_a_click_beside_it_closes(page: Page) -> None:
    show(page)
    page.locator(".chip").first.click()
    expect(page.locator("#source-pane mark")).to_be_visible()
    page.mouse.click(20, 500)
    expect(page.locator("#source-pane")).to_be_hidden()
    expect(page.locator(".chip").first).to_be_focused()


def test_an_article_that_cannot_be_read_offers_another_try(page: Page, watch: Any) -> None:
    show(page)
    page.route("**/v1/articles/canned", lambda route: route.fulfill(status=500, json={"detail": "The disk is gone."}))
    page.locator(".chip").first.click()
    expect(page.locator("#source-pane").get_by_role("alert")).to_have_text("The disk is gone.")
    page.unroute("**/v1/articles/canned")
    serve_article(page, article(text=TEXT))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#source-pane mark")).to_have_text(FIRST)
    watch.errors.clear()  # the browser itself logs the 500
