"""What the register and the understood question add to an answer: each is served as the API would write it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from canned import HOSTILE, answer, ask, citation, serve_answer, stream
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

PHONE = pytest.mark.screen(viewport={"width": 390, "height": 844}, has_touch=True)
REWRITTEN = {"question": "And now?", "standalone_question": "Is the 0.1% rule in force today?"}
WARNINGS = [
    {"code": "corpus_age", "text": "The corpus is old.", "params": {}},
    {"code": "unknown_after", "text": "What followed is not told.", "params": {}},
    {"code": "evidence_age", "text": "The newest evidence is old.", "params": {}},
]


def standing(**changes: Any) -> dict[str, Any]:
    """A measure whose suspension ended before the day asked about."""
    blank = {"until": None, "last_status": None, "unknown_after": None, "scope": None, "citations": [1]}
    return {"measure": "rule", "name": "The 0.1% rule", "on": "2026-11-22", "since": "2025-11-07"} | blank | changes


def change(on: str, before: str | None, after: str, **changes: Any) -> dict[str, Any]:
    """A measure that passed from one status to another."""
    told = {"on": on, "at_latest": False, "measure": "rule", "name": "The 0.1% rule", "scope": None}
    return told | {"before": before, "after": after, "citations": [1]} | changes


UNKNOWN = standing(status="unknown", since="2026-11-11", last_status="suspended", unknown_after="2026-11-10")
IN_PART = standing(status="suspended", until="2026-11-27", scope="exports to the US")
CHANGES = [
    change("2025-10-09", None, "announced"),
    change("2025-10-09", None, "in_force", name="The technology rule"),
    change("2025-11-07", "announced", "suspended", at_latest=True, scope="clause 2"),
]

TONNES = "How many tonnes went to Japan?"
UNDERSTOOD = {
    ("What holds?", "What holds?"): None,
    ("What holds as of 1 December 2025?", "What holds?"): None,
    ("As of 1 December 2025, what holds?", "what holds?"): None,
    ("And Japan?", TONNES): TONNES,
    ("And Japan as of 1 December 2025?", TONNES): "How many tonnes went to Japan as of 2025-12-01?",
}


def show(page: Page, **changes: Any) -> None:
    """Opens the chat and lets it show a canned answer."""
    serve_answer(page, answer(**changes))
    page.goto("/")
    ask(page, "And now?")


def test_a_standing_tells_status_dates_and_scope_and_links_to_its_day(page: Page) -> None:
    show(page, standings=[UNKNOWN, IN_PART])
    block = page.locator(".of-register", has=page.get_by_role("heading", name="In the register on 22 November 2026"))
    link = block.get_by_role("link", name="The 0.1% rule")
    expect(link).to_have_attribute("href", "/measures?as_of=2026-11-22&measure=rule")
    expect(block.get_by_role("listitem").locator("p")).to_have_text(
        [
            "The 0.1% rule",
            "Unknownafter 10 Nov 2026 (last known: suspended) 1",
            "Suspendedsince 7 Nov 2025, until 27 Nov 2026 1",
            "For: exports to the US",
        ]
    )


def test_changes_are_a_dated_list_from_status_to_status(page: Page) -> None:
    show(page, changes=CHANGES)
    expect(page.locator("ol.changes > li")).to_have_text(
        [
            "9 October 2025The 0.1% ruleAnnounced1",
            "9 October 2025The technology ruleIn force1",
            "by 7 November 2025The 0.1% ruleAnnounced to Suspended1For: clause 2",
        ]
    )


def test_the_standing_line_tells_the_period_asked_about(page: Page) -> None:
    show(page, about={"from": "2025-06-01", "until": "2025-06-30"}, as_of="2025-12-01")
    facts = page.get_by_role("list", name="Standing of this answer").get_by_role("listitem")
    expect(facts).to_contain_text(
        ["Answered as of 1 Dec 2025", "about June 2025", "newest evidence 5 months old (20 Jun 2025)"]
    )


def test_warnings_stand_before_the_sentences_and_other_notices_after(page: Page) -> None:
    show(page, notices=WARNINGS)
    lists = page.locator(".turn ul.warnings, .turn ol.sentences, .turn ul.notices")
    expect(lists).to_contain_text(
        ["What followed is not told.The newest evidence is old.", "1,200 tonnes", "The corpus is old."]
    )
    expect(page.locator(".notices li")).to_have_text(["The corpus is old."])


def test_an_understood_question_can_be_edited_and_is_then_sent_as_written(page: Page) -> None:
    bodies: list[Any] = []

    def fulfil(route: Route) -> None:
        bodies.append(route.request.post_data_json)
        told = stream(("done", answer(**REWRITTEN)))
        route.fulfill(status=200, content_type="text/event-stream", body=told)

    page.route("**/v1/answers", fulfil)
    page.goto("/")
    ask(page, "And now?")
    expect(page.locator(".understood")).to_contain_text("Understood as: Is the 0.1% rule in force today?")
    page.get_by_role("button", name="Edit the question").press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(" Why?")
    page.keyboard.press("Enter")
    page.locator(".turn:nth-of-type(2) .colophon").wait_for()
    page.get_by_role("button", name="Edit the question").last.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("And Japan?")
    page.keyboard.press("Enter")
    page.locator(".turn:nth-of-type(3) .colophon").wait_for()
    assert bodies == [
        {"question": "And now?"},
        {"question": "Is the 0.1% rule in force today? Why?", "as_written": True},
        {"question": "And Japan?"},
    ]


def test_only_a_rewritten_question_is_shown_and_keeps_its_day(page: Page) -> None:
    page.goto("/articles")
    script = """async (questions) => {
      const { understoodQuestion } = await import("/ui/js/render/understood.js");
      return questions.map(([question, standalone_question]) =>
        understoodQuestion({ question, standalone_question, as_of: "2025-12-01" }));
    }"""
    assert page.evaluate(script, list(UNDERSTOOD)) == list(UNDERSTOOD.values())


def test_a_hostile_register_stays_text(page: Page) -> None:
    named = {"name": HOSTILE, "measure": '"><script>', "scope": HOSTILE, "citations": [1, 99]}
    show(
        page,
        standings=[standing(**named, status=HOSTILE)],
        changes=[change(HOSTILE, HOSTILE, HOSTILE, **named)],
        standalone_question=HOSTILE,
        about={"from": HOSTILE, "until": HOSTILE},
    )
    expect(page.locator(".of-name")).to_have_text([HOSTILE, HOSTILE])
    expect(page.locator(".thread img, .thread script")).to_have_count(0)


@PHONE
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_a_phone(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    cited = [citation(n) for n in range(1, 6)]
    show(page, citations=cited, standings=[UNKNOWN, IN_PART], changes=CHANGES, notices=WARNINGS, **REWRITTEN)
    violations = Axe().run(page).response["violations"]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert ([violation["id"] for violation in violations], width) == ([], 0)
