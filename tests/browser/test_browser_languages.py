"""The Chinese pages: nothing of the interface is left in English, and the choice of language holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api
from canned import answer, article, citation, serve_answer, serve_article
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LATIN = re.compile(r"[A-Za-z]{2,}")
# Titles in quotation marks, digests, identities of articles and cases.
NAMED = re.compile(r"“[^”]*”|\b[0-9a-f]{8,}\b|\w+(?:-\w*)+")
# Texts and names that no part of the page marks as written in another language, each once.
SHOWN = """() => {
  const found = new Set();
  const others = "code, kbd, script, style, datalist, .evidence a";
  const isOurs = (node) => node.closest("[lang]").lang === "zh" && !node.closest(others);
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement && isOurs(node.parentElement)) found.add(node.data);
  }
  for (const node of document.querySelectorAll("[aria-label], [title], [placeholder], [alt], meta[name=description]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt", "content"]) {
      if (node.hasAttribute(name) && isOurs(node)) found.add(node.getAttribute(name));
    }
  }
  return [...found];
}"""
WORDS = "async () => Object.values(await (await fetch('/ui/strings/zh.json')).json()).flatMap(Object.values)"


@pytest.fixture
def names(api: Api) -> list[str]:
    """Names of the data, longest first: publishers, titles, measures, and what tests made up."""
    facets = api.call("GET", "/v1/facets")
    measures = api.call("GET", "/v1/measures")["items"]
    told = [one["value"] for one in facets["publishers"]]
    for measure in measures:
        told += [measure["id"], measure["name"], *(part["scope"] for part in measure["scoped"])]
        told += [stretch["scope"] for stretch in measure["timeline"] if stretch["scope"]]
    told += ["Caixin", "Argus", "Reuters", "Quota for 2025", "The quota", "core", "injection", "final", "samarium"]
    return sorted(told, key=len, reverse=True)


def left_in_english(page: Page, names: list[str]) -> list[str]:
    """What the page says in Latin letters that is neither a name nor meant so in the words of the language."""
    allowed = set(LATIN.findall(" ".join(page.evaluate(WORDS))))
    left = []
    for text in page.evaluate(SHOWN):
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        rest = NAMED.sub("", rest)
        left += [text for word in LATIN.findall(rest) if word not in allowed]
    return left


def checked(page: Page) -> list[Any]:
    """What axe-core finds."""
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


def test_the_chat_is_chinese_but_for_what_others_wrote(page: Page, names: list[str]) -> None:
    value = {"citations": [1], "publishers": ["Caixin"], "independent": 1, "newest_on": "2025-06-20", "official": True}
    conflict = {"about": "Quota for 2025", "values": [value | {"value": "1,200 tonnes"}, value | {"value": "2 tonnes"}]}
    notices = [
        {"code": "evidence_age", "text": "Old.", "params": {"days": 520, "newest_evidence_on": "2025-06-20"}},
        {"code": "strange", "text": "Something new.", "params": {}},
    ]
    told = answer(
        status="partial", conflicts=[conflict], notices=notices, missing=["The quota of 2026."], stale=True,
        removed=[{"text": "It will double.", "reason": "no passage supports it"}], suggestions=["And in 2026?"],
        standalone_question="How large is the quota of 2025?", citations=[citation(published_inferred=True)],
    )  # fmt: skip
    serve_answer(page, told)
    serve_article(page, article(), (0, 12), (14, 40))
    page.goto("/?lang=zh")
    expect(page.locator("h1")).to_have_text("今天什么有效，谁这么说？")
    assert left_in_english(page, names) == []
    page.locator("#question").fill("How large is the quota?")
    page.locator("#question").press("Enter")
    page.locator(".turn .colophon").wait_for()
    page.locator(".left-out summary").last.click()
    page.locator(".chip").first.click()
    page.locator("#source-pane mark").wait_for()
    expect(page.locator(".warnings")).to_have_text("最新证据距今 520 天（2025年6月20日）；此后情况可能已有变化。")
    expect(page.locator(".notices [lang=en]")).to_have_text("Something new.")
    assert left_in_english(page, names) == []
    page.keyboard.press("?")
    page.get_by_role("dialog", name="快捷键").wait_for()
    assert left_in_english(page, names) == []
    page.keyboard.press("Escape")
    assert checked(page) == []


def test_the_other_pages_are_chinese_too(page: Page, names: list[str]) -> None:
    ready = {
        "/articles": ".article-row",
        "/measures?view=table": ".register-table",
        "/briefing?topic=samarium": ".briefing h1",
        "/feedback": "#count",
        "/evals": "#count",
    }
    page.goto("/feedback?lang=zh")
    for path, shown in ready.items():
        page.goto(path)
        page.locator(shown).first.wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == "zh"
        assert left_in_english(page, names) == [], path
    page.goto("/measures?measure=cn-mofcom-2025-61")
    page.locator(".measure").first.wait_for()
    assert left_in_english(page, names) == []
    assert checked(page) == []


def test_the_switch_keeps_the_address_and_is_remembered(page: Page) -> None:
    page.goto("/?q=What+is+the+0.1%25+rule%3F&as_of=2025-12-01")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#question")).to_have_value("What is the 0.1% rule?")
    expect(page.locator("#as-of-shown")).to_have_text("2025年12月1日")
    page.goto("/articles")
    expect(page.get_by_role("link", name="措施")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("link", name="Measures")).to_be_visible()


@pytest.mark.screen(locale="zh-CN")
def test_a_chinese_browser_is_answered_in_chinese(page: Page) -> None:
    page.goto("/measures")
    expect(page.locator("h1")).to_have_text("措施")


def test_a_question_in_chinese_that_is_declined_is_told_what_the_corpus_is_written_in(page: Page) -> None:
    question = "稀土配额是多少？"
    serve_answer(page, answer(question=question, standalone_question=question, status="declined", sentences=[]))
    page.goto("/?lang=zh")
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    expect(page.locator(".help-note")).to_have_text("语料库是英文的：请用英文提问。")
    expect(page.locator(".declined-title")).to_have_text("语料库没有说明。")
