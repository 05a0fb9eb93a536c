"""The page of a server that asks for a key."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Watch
from canned import ask
from playwright.sync_api import Locator, Page, expect
from public_server import served
from support import CORPUS, TODAY, WordHashEmbedder

from assistant import build
from assistant.build import Assistant
from assistant.index.keys import KeyBook
from assistant.ingest.sources import shipped_source
from assistant.settings import Settings

pytestmark = pytest.mark.browser

QUESTION = "How many tonnes of magnets did China export in May 2025?"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "corpus_folder", lambda: CORPUS)
        settings = Settings(data=tmp_path_factory.mktemp("public"), today=TODAY, host="0.0.0.0")
        assistant = build.build_assistant(settings, WordHashEmbedder())
        assistant.ingestor.ingest(shipped_source(CORPUS))
        yield assistant
        assistant.close()


@pytest.fixture(scope="module")
def live_server(public: Assistant) -> Iterator[str]:
    """In place of the server that everyone else tests."""
    with served(public, "0.0.0.0") as url:
        yield url


@pytest.fixture
def token(public: Assistant) -> str:
    return KeyBook(public.catalog).add(uuid.uuid4().hex)[1]


@pytest.fixture
def page(page: Page, watch: Watch) -> Iterator[Page]:
    """A page that may be refused for want of a key, and may do nothing else wrong."""
    yield page
    expected = ("401 (Unauthorized)", *(["404 (Not Found)"] if page.url.endswith("/articles/any") else []))
    watch.errors[:] = [error for error in watch.errors if not any(one in error for one in expected)]


def key_dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="A key, please")


def give(page: Page, key: str) -> None:
    dialog = key_dialog(page)
    dialog.get_by_label("Key").fill(key)
    dialog.get_by_role("button", name="Continue").click()


def unlock(page: Page, key: str) -> None:
    give(page, key)
    expect(key_dialog(page)).to_have_count(0)


def test_a_key_is_asked_for_once_and_kept_for_the_tab(page: Page, token: str) -> None:
    page.goto("/")
    dialog = key_dialog(page)
    expect(dialog).to_have_count(1)
    expect(dialog.get_by_label("Key")).to_be_focused()
    give(page, token.upper())
    expect(dialog.get_by_role("alert")).to_have_text(re.compile("does not know that key"))
    give(page, token)
    expect(dialog).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator(".turn")).to_have_count(1)
    page.reload()
    expect(page.get_by_text(QUESTION).first).to_be_visible()
    ask(page, "What is Announcement No. 18?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(dialog).to_have_count(0)
    kept = page.evaluate("[JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie]")
    assert [token in place for place in kept] == [True, False, False]


def test_the_answer_streams_with_the_key(page: Page, token: str) -> None:
    page.goto("/")
    unlock(page, token)
    with page.expect_response("**/v1/answers") as answered:
        ask(page, QUESTION)
    assert answered.value.headers["content-type"].startswith("text/event-stream")
    assert answered.value.request.headers["authorization"] == f"Bearer {token}"
    assert token not in page.content()
    assert token not in page.url


def test_the_dialog_stays_until_there_is_a_key(page: Page, token: str) -> None:
    page.goto("/")
    dialog = key_dialog(page)
    dialog.wait_for()
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    for wrong in ("kéy", "two words", "rebrief_"):
        give(page, wrong)
        expect(dialog.get_by_role("alert")).to_have_text(re.compile("does not know"))
        expect(dialog.get_by_role("button", name="Continue")).to_be_enabled()
    give(page, f"  {token} ")
    expect(dialog).to_have_count(0)


def test_a_key_that_was_removed_is_asked_for_again(page: Page, token: str, public: Assistant) -> None:
    page.goto("/")
    unlock(page, token)
    ask(page, QUESTION)
    keys = KeyBook(public.catalog)
    renewed = keys.renew(next(key.name for key in keys.all() if keys.find(token) == key))[1]
    page.get_by_label("Your question").fill("What is Announcement No. 18?")
    page.get_by_label("Your question").press("Enter")
    expect(key_dialog(page).get_by_role("alert")).to_have_text(re.compile("or no longer"))
    unlock(page, renewed)
    page.locator(".turn:nth-child(2) .colophon").wait_for()


@pytest.mark.parametrize("path", ["/articles", "/measures", "/articles/any"])
def test_every_page_asks(page: Page, token: str, path: str) -> None:
    page.goto(path)
    expect(key_dialog(page)).to_have_css("border-radius", "16px")
    unlock(page, token)
    if path == "/articles/any":
        # Its error is told before the page says so.
        expect(page.get_by_text("no article 'any'")).to_be_visible()


def test_another_tab_is_asked_anew(page: Page, token: str) -> None:
    page.goto("/measures")
    give(page, token)
    expect(key_dialog(page)).to_have_count(0)
    other = page.context.new_page()
    other.goto("/measures")
    expect(key_dialog(other)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_can_be_used_by_everyone(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/measures")
    key_dialog(page).wait_for()
    found = Axe().run(page, context="dialog")
    assert found.violations_count == 0, found.generate_report()
