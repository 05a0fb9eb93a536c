"""The page against the real server: ask, cite, open, decline, come back."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api
from canned import ask
from playwright.sync_api import Page, Request, expect

pytestmark = pytest.mark.browser

QUESTION = "How many tonnes of praseodymium oxide did the Lantern Bay plant ship to Osaka in March 2026?"
FACT = "The Lantern Bay plant shipped 4,711 tonnes of praseodymium oxide to Osaka in March 2026."
ABSURD = "Which zebra won the marathon of Ouagadougou on roller skates?"
HOSTILE_FACT = "The Lantern Bay <b>museum</b> of scandium spoons <img src=x onerror=alert(1)> opened in May 2026."
PHONE = pytest.mark.screen(viewport={"width": 390, "height": 844}, has_touch=True)


@pytest.fixture(scope="module", autouse=True)
def lantern_articles(api: Api) -> None:
    """Two articles that nothing else in the corpus resembles."""
    text = f"🙂🎉 A happy day at the 稀土 harbour, said the mayor 🙂.\n\nIt had rained. {FACT} The ship was late."
    head = {"publisher": "Lantern Courier", "published_on": "2026-04-02"}
    api.call("POST", "/v1/articles", head | {"title": "Lantern Bay ships oxide", "text": text})
    api.call("POST", "/v1/articles", head | {"title": "<i>Spoons</i>", "text": f"Spoon news. {HOSTILE_FACT}"})


def lantern_citation(page: Page, api: Api) -> dict[str, Any]:
    """The citation of the open conversation that stands on the oxide article."""
    conversation = urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)["c"][0]
    citations = api.call("GET", f"/v1/conversations/{conversation}")["answers"][-1]["citations"]
    cited: dict[str, Any] = next(each for each in citations if "4,711" in each["quote"])
    return cited


def test_a_chip_opens_the_source_with_exactly_its_quote_marked(page: Page, api: Api) -> None:
    page.goto("/")
    ask(page, QUESTION)
    cited = lantern_citation(page, api)
    page.get_by_role("button", name=f"Citation {cited['n']}, Lantern Courier, 2 April 2026").first.click()
    pane = page.get_by_role("complementary", name="Source")
    expect(pane.locator("mark")).to_have_count(1)
    article = api.call("GET", f"/v1/articles/{urllib.parse.quote(cited['article_id'], safe='')}")
    assert pane.locator("mark").text_content() == cited["quote"] == article["text"][cited["start"] : cited["end"]]


def test_a_card_opens_the_same_source(page: Page, api: Api) -> None:
    page.goto("/")
    ask(page, QUESTION)
    cited = lantern_citation(page, api)
    page.locator(f".card[data-citation='{cited['n']}']").get_by_role("link", name="Lantern Bay ships oxide").click()
    expect(page.locator("#source-pane mark")).to_have_text(cited["quote"])


@PHONE
def test_on_a_phone_the_source_covers_the_chat_and_the_way_back_closes_it(page: Page, api: Api) -> None:
    page.goto("/")
    ask(page, QUESTION)
    cited = lantern_citation(page, api)
    chip = page.get_by_role("button", name=f"Citation {cited['n']}, Lantern Courier").first
    chip.click()
    expect(page.locator("#source-pane mark")).to_have_text(cited["quote"])
    expect(page.locator("#source-pane mark")).to_be_in_viewport()
    assert page.locator(".stage").get_attribute("inert") == ""
    page.go_back()
    expect(page.locator("#source-pane")).to_be_hidden()
    expect(chip).to_be_focused()
    chip.click()
    page.get_by_role("button", name="Close the source").click()
    expect(page.locator("#source-pane")).to_be_hidden()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()
    page.get_by_role("link", name="New question").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What holds today, and who says so?")


@PHONE
def test_back_from_the_article_page_shows_the_answer_again(page: Page, api: Api) -> None:
    page.goto("/")
    ask(page, QUESTION)
    cited = lantern_citation(page, api)
    page.get_by_role("button", name=f"Citation {cited['n']}, Lantern Courier").first.click()
    page.get_by_role("link", name="Open article page").click()
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()


def test_an_unanswerable_question_is_declined_without_chips(page: Page) -> None:
    page.goto("/")
    ask(page, ABSURD)
    expect(page.get_by_text("The corpus does not say.", exact=True).last).to_be_visible()
    expect(page.locator(".chip")).to_have_count(0)


def test_markup_in_an_article_shows_as_text_and_runs_nothing(page: Page) -> None:
    page.goto("/")
    ask(page, "When did the Lantern Bay museum of scandium spoons open?")
    # It is never quoted: it stands among what was removed, or among the nearest passages.
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    expect(page.locator("main").get_by_text(HOSTILE_FACT).first).to_be_visible()
    expect(page.locator("main img, main b")).to_have_count(0)


def test_the_keyboard_alone_asks_opens_and_returns(page: Page) -> None:
    page.goto("/")
    page.locator(".welcome").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question box")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".colophon").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".chip").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source-pane mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source-pane")).to_be_hidden()
    expect(page.locator(".chip").first).to_be_focused()


def test_the_address_restores_a_conversation(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    page.reload()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()


def test_back_and_forward_move_between_conversations(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    page.get_by_role("link", name="New question").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What holds today, and who says so?")
    page.go_back()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("What holds today, and who says so?")


def test_a_conversation_can_be_renamed_and_deleted_in_the_page(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    row = page.locator(".conversation", has=page.locator("[aria-current=page]"))
    row.hover()
    row.get_by_role("button", name=re.compile("^More for")).click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("Oxide to Osaka")
    page.get_by_label("New name").press("Enter")
    renamed = page.locator(".conversation", has_text="Oxide to Osaka")
    renamed.hover()
    renamed.get_by_role("button", name="More for “Oxide to Osaka”").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete this conversation?").get_by_role("button", name="Delete").click()
    expect(renamed).to_have_count(0)


def test_a_pasted_article_is_reported_and_listed(page: Page) -> None:
    page.goto("/articles")
    page.get_by_role("button", name="Add articles").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Pasted text").check()
    dialog.get_by_label("Text", exact=True).fill("A cerium kiln in Lantern Bay went cold in July 2026, the owner said.")
    dialog.get_by_label("Title").fill("Kiln goes cold")
    dialog.get_by_role("button", name="Add text").click()
    expect(dialog.locator(".adding-item")).to_contain_text("1 added")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Kiln goes cold").first).to_be_visible()


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_chat(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/")
    page.locator(".welcome").wait_for()
    found = serious_violations(page)
    ask(page, QUESTION)
    page.locator(".chip").first.click()
    page.locator("#source-pane .source").wait_for()
    found += serious_violations(page)
    page.keyboard.press("Escape")
    ask(page, ABSURD)
    assert found + serious_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_article_pages(page: Page, api: Api, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/articles")
    page.locator(".article-row").first.wait_for()
    found = serious_violations(page)
    page.locator(".article-row a").first.click()
    page.locator(".source").wait_for()
    assert found + serious_violations(page) == []


@PHONE
def test_axe_finds_nothing_serious_in_the_drawer(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Conversations").click()
    assert serious_violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_each_next_question_stands_at_the_top_with_its_answer_below(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/")
    for question in (QUESTION, "And Japan?", "Since when?"):
        ask(page, question)
        page.wait_for_timeout(600)  # as long as a smooth scroll would take
        top: float = page.locator(".turn:last-child").evaluate("node => node.getBoundingClientRect().top")
        assert 0 <= top < 200


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@PHONE
def test_nothing_scrolls_sideways_on_a_phone(page: Page) -> None:
    page.goto("/")
    page.locator(".welcome").wait_for()
    widths = [overflow(page)]
    for question in (QUESTION, ABSURD):
        ask(page, question)
        widths.append(overflow(page))
    page.locator(".card-link").first.click()
    page.locator(".source").wait_for()
    widths.append(overflow(page))
    page.goto("/articles")
    page.locator(".article-row").first.wait_for()
    assert [*widths, overflow(page)] == [0, 0, 0, 0, 0]


def test_the_page_with_everything_it_can_load_weighs_less_than_150_kilobytes(page: Page) -> None:
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        if "/v1/" not in request.url:
            weights[request.url] = request.sizes()["responseBodySize"]

    page.on("requestfinished", weigh)
    page.goto("/")
    ask(page, QUESTION)
    page.locator(".chip").first.click()
    page.locator("#source-pane mark").wait_for()
    page.get_by_role("button", name="Add articles").click()
    page.get_by_role("dialog").wait_for()
    assert len(weights) > 40
    assert 0 < sum(weights.values()) < 150_000
