"""What can be done with an answer: copy, keep, hand on, rate, reopen, print; and what helps when there is none."""

from __future__ import annotations

import hashlib
import io
import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api, Watch
from canned import HOSTILE, QUOTE, answer, ask, citation, serve_answer, stream
from docx import Document as open_word
from playwright.sync_api import BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser

QUESTION = "How many tonnes of magnets did China export in May 2025?"
DECLINED = {
    "status": "declined",
    "sentences": [{"text": "The corpus does not say.", "citations": [], "verdict": None}],
    "independent_sources": None,
}


def show(page: Page, **changes: Any) -> None:
    """Opens the chat and lets it show a canned answer."""
    serve_answer(page, answer(**changes))
    page.goto("/")
    ask(page, "How large is the quota?")


def clipboard(page: Page) -> str:
    """What was copied last."""
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.fixture
def allowed(context: BrowserContext) -> None:
    """The clipboard may be read and written."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def test_one_sentence_is_copied_with_its_citation(page: Page, allowed: None) -> None:
    show(page)
    page.locator(".sentence").hover()
    page.get_by_role("button", name="Copy this sentence with its citation").click()
    expect(page.locator(".copy-sentence")).to_have_attribute("title", "Copied.")
    assert clipboard(page) == f"{QUOTE}\n— Caixin, 20 June 2025, “The quota”, https://example.org/quota"


def test_the_key_c_copies_the_sentence_of_a_citation(page: Page, allowed: None) -> None:
    show(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator(".copy-sentence")).to_have_attribute("title", "Copied.")
    assert clipboard(page).startswith(QUOTE)


def test_a_refused_clipboard_says_so(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    show(page)
    page.locator(".sentence").hover()
    page.locator(".copy-sentence").click()
    expect(page.locator("#announcer")).to_contain_text("The browser did not allow copying.")


def test_a_whole_answer_and_links_are_copied(page: Page, allowed: None, live_server: str) -> None:
    filters = {"as_of": "2026-11-22", "since": "2025-01", "until": None, "publishers": ["Caixin"]}
    show(page, filters=filters)

    def copied(name: str) -> str:
        page.get_by_role("button", name="Save or share").click()
        page.get_by_role("button", name=name).click()
        expect(page.locator(".action-said")).to_have_text("Copied.")
        return clipboard(page)

    whole = copied("Copy with citations")
    assert f"{QUOTE} [1]" in whole
    assert "[1] Caixin, 20 June 2025, “The quota”, https://example.org/quota" in whole
    assert copied("Copy a link to this answer") == f"{live_server}/?a=answer"
    again = urllib.parse.urlsplit(copied("Copy a link that asks again"))
    told = {"q": ["How large is the quota?"], "as_of": ["2026-11-22"], "since": ["2025-01"], "publisher": ["Caixin"]}
    assert urllib.parse.parse_qs(again.query) == told | {"engine": ["extractive"]}


def test_an_answer_is_saved_in_every_form(page: Page) -> None:
    page.goto("/")
    ask(page, QUESTION)
    sentence = page.locator(".sentence p").first.evaluate("node => node.firstChild.textContent.trim()")

    def saved(name: str) -> bytes:
        page.get_by_role("button", name="Save or share").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        return Path(download.value.path()).read_bytes()

    assert "[^1]" in saved("Save as Markdown").decode()
    word = open_word(io.BytesIO(saved("Save as Word")))
    assert sentence in "\n".join(paragraph.text for paragraph in word.paragraphs)
    record = json.loads(saved("Save as JSON"))
    assert record["answer"]["sentences"][0]["text"] == sentence
    assert sentence in saved("Save a copy to share").decode()


def test_a_shared_file_opens_alone_runs_nothing_and_passes_axe(
    page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    page.goto("/")
    ask(page, QUESTION)
    row = page.locator(".conversation", has=page.locator("[aria-current=page]"))
    row.hover()
    row.get_by_role("button", name="More for").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy to share").click()
    file = tmp_path / "shared.html"
    download.value.save_as(file)
    opened = context.new_page()
    watch = Watch("file://")
    watch.observe(opened)
    opened.goto(file.as_uri())
    expect(opened.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(opened.locator("blockquote").first).to_be_visible()
    assert opened.evaluate("getComputedStyle(document.body).maxWidth") == "736px"
    assert Axe().run(opened).response["violations"] == []
    assert (watch.errors, watch.outside_requests) == ([], [])
    opened.close()


def test_feedback_takes_one_press_and_a_reason_may_follow(page: Page, api: Api) -> None:
    page.goto("/")
    ask(page, QUESTION)
    button = page.get_by_role("button", name="This answer did not help")
    button.click()
    expect(page.locator(".action-said")).to_have_text("Thank you. It is kept on this server.")
    expect(button).to_have_attribute("aria-pressed", "true")
    dialog = page.get_by_role("dialog", name="What was wrong with it?")
    dialog.get_by_label("Out of date").check()
    dialog.get_by_label("In your words").fill("The rule was suspended. <b>Really</b>")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    page.wait_for_timeout(300)
    item = api.call("GET", "/v1/feedback?rating=down")["items"][0]
    assert item["comment"] == "Out of date: The rule was suspended. <b>Really</b>"
    page.goto("/feedback")
    row = page.locator(".feedback-row").first
    expect(row).to_contain_text("Out of date: The rule was suspended. <b>Really</b>")
    row.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()


def test_the_feedback_page_filters_and_passes_axe(page: Page, api: Api) -> None:
    told = api.call("POST", "/v1/answers", {"question": QUESTION})
    api.call("POST", f"/v1/answers/{told['id']}/feedback", {"rating": "up", "comment": HOSTILE})
    page.goto("/feedback")
    expect(page.locator("#count")).to_contain_text("helped")
    page.get_by_label("Helped", exact=True).check(force=True)
    expect(page.locator(".feedback-row").first).to_contain_text(HOSTILE)
    expect(page.locator(".feedback-row.is-down")).to_have_count(0)
    expect(page.locator("main img")).to_have_count(0)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


def test_an_answer_reopens_by_its_link_with_its_record(page: Page, api: Api) -> None:
    told = api.call("POST", "/v1/answers", {"question": QUESTION})
    page.goto(f"/?a={told['id']}")
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()
    page.get_by_text("Record", exact=True).click()
    record = page.locator(".record-body")
    expect(record).to_contain_text(told["corpus_digest"])
    expect(record).to_contain_text(told["fingerprint"])
    hashes = [hashlib.sha256(cited["quote"].encode()).hexdigest() for cited in told["citations"]]
    expect(record.locator("code")).to_have_text(hashes)
    expect(record.locator("li").first).to_contain_text("stands in its article")


def test_a_link_to_no_answer_says_so(page: Page, watch: Watch) -> None:
    page.goto("/?a=nope")
    expect(page.get_by_role("alert")).to_contain_text("no answer 'nope'")
    watch.errors.clear()  # the browser itself logs the 404


def test_a_declined_answer_offers_what_would_help(page: Page) -> None:
    bodies: list[Any] = []
    filters = {"as_of": "2025-12-01", "since": "2025-01", "until": None, "publishers": ["Caixin"]}
    declined = answer(**DECLINED, filters=filters, as_of="2025-12-01")

    def fulfil(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        route.fulfill(status=200, content_type="text/event-stream", body=stream(("done", declined)))

    page.route("**/v1/answers", fulfil)
    page.goto("/?publisher=Caixin&since=2025-01&as_of=2025-12-01")
    ask(page, "How large is the quota?")
    page.get_by_role("button", name="Ask again without the limits on date and publisher").click()
    expect(page.locator(".turn .colophon")).to_have_count(2)
    page.get_by_role("button", name="Ask again as of today").last.click()
    expect(page.locator(".turn .colophon")).to_have_count(3)
    assert bodies[1:] == [
        {"question": "How large is the quota?", "as_of": "2025-12-01", "as_written": True},
        {"question": "How large is the quota?", "as_written": True},
    ]
    page.get_by_role("button", name="Add an article that says it").last.click()
    expect(page.get_by_role("dialog", name="Add articles")).to_be_visible()


def test_print_leaves_the_tools_out_and_opens_what_is_folded(page: Page) -> None:
    show(page, removed=[{"text": "It will double.", "reason": "no passage supports it"}])
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_text("no passage supports it")).to_be_visible()
    for hidden in ("#sidebar", ".dock", ".actions", ".copy-sentence"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".card-quote")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("no passage supports it")).to_be_hidden()


def test_conversations_are_found_by_their_words(page: Page, api: Api) -> None:
    told = api.call("POST", "/v1/answers", {"question": "What does a wombat know of scandium?"})
    page.goto("/")
    page.locator(".conversation").first.wait_for()
    page.get_by_label("Search conversations").fill("wombat")
    expect(page.locator(".conversation-title")).to_have_text(["What does a wombat know of scandium?"])
    page.get_by_label("Search conversations").fill("no such words anywhere")
    expect(page.locator(".conversation-none")).to_have_text("No conversation holds these words.")
    api.call("DELETE", f"/v1/conversations/{told['conversation_id']}")


def test_a_menu_is_worked_by_arrows_and_gives_the_focus_back(page: Page) -> None:
    show(page)
    button = page.get_by_role("button", name="Save or share")
    button.press("Enter")
    expect(page.get_by_role("button", name="Copy with citations")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Copy a link to this answer")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_conversations_fold_away_and_stay_folded(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Hide conversations").click()
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="Show conversations")).to_be_focused()
    page.reload()
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_role("button", name="Show conversations").click()
    expect(page.locator("#sidebar")).to_be_visible()


def test_citations_of_a_conflict_stand_side_by_side(page: Page) -> None:
    values = [
        {
            "value": value,
            "citations": [n],
            "publishers": ["Caixin"],
            "independent": 1,
            "newest_on": None,
            "official": False,
        }
        for n, value in ((1, "1,200 tonnes"), (2, "1,500 tonnes"))
    ]
    show(page, conflicts=[{"about": "Quota", "values": values}], citations=[citation(1), citation(2)])
    one, two = (page.locator(".conflict tbody tr").nth(n).bounding_box() for n in (0, 1))
    assert one and two
    assert one["y"] == two["y"]
    assert one["x"] + one["width"] <= two["x"]
