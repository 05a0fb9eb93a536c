"""The page of the register: the line, the bars, the table, histories with their quotes, and coverage."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Api, Watch
from canned import HOSTILE, QUOTE
from canned_measures import (
    ANY_COVERAGE,
    ANY_MEASURES,
    ENDED,
    IN_PART,
    PLANNED,
    START,
    UNKNOWN,
    evidence,
    measure,
    serve_coverage,
    serve_register,
    serve_register_by_day,
)
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

PHONE = pytest.mark.screen(viewport={"width": 390, "height": 844}, has_touch=True)
SCREENS = [(1440, 900), (390, 844)]


def show(page: Page, address: str = "/measures") -> None:
    """Opens the page and waits until it has the register."""
    page.goto(address)
    expect(page.locator("#count")).to_contain_text("known on")


def row(page: Page, measure_id: str) -> Locator:
    """The row of a measure, in the timeline or in the table."""
    return page.locator(f"[data-measure='{measure_id}']")


def ids(page: Page) -> list[str]:
    """The measures shown, from the top."""
    shown: list[str] = page.locator("[data-measure]").evaluate_all("rows => rows.map((row) => row.dataset.measure)")
    return shown


def slider(page: Page) -> Locator:
    """The line as a slider."""
    return page.get_by_role("slider", name="As of, day by day")


def has_query(query: str) -> re.Pattern[str]:
    """An address of the page that ends in this query."""
    return re.compile(re.escape(f"/measures{query}") + "$")


def test_measures_stand_under_who_issued_them(page: Page) -> None:
    serve_register(page)
    show(page)
    assert ids(page) == ["rule", "ban", "magnets", "quotas"]
    headings = page.get_by_role("heading", level=3)
    expect(headings).to_have_text(["China", "United States", "Several governments"])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (UNKNOWN, ["Unknown since 11 Nov 2026 (was suspended)"]),
        (IN_PART, ["In force since 3 Dec 2024", "In part: suspended since 9 Nov 2025, until 27 Nov 2026"]),
        (PLANNED, ["Announced 30 May 2024, due in force 1 Jan 2027"]),
        (ENDED, ["Repealed 2015"]),
        (
            measure("old", "Old", "in_force", "2015", since_at_latest=True),
            ["In force since 2015 or earlier"],
        ),
        (measure("said", "Said", "announced", "2025-06", since_at_latest=True), ["Announced by Jun 2025"]),
    ],
)
def test_a_row_says_its_status_in_words(page: Page, told: dict[str, Any], words: list[str]) -> None:
    serve_register(page, [told])
    show(page)
    expect(page.locator(".status > span, .status-part")).to_have_text(words)


def test_statuses_differ_by_more_than_colour(page: Page) -> None:
    serve_register(page)
    show(page)
    fills = row(page, "rule").locator(".bars rect").evaluate_all("bars => bars.map((bar) => bar.getAttribute('fill'))")
    assert fills == [None, "url(#fill-suspended)", "url(#fill-unknown)", "url(#fill-unknown)"]
    assert page.locator("#fill-suspended, #fill-unknown").count() == 2
    dashes = row(page, "rule").locator(".bar-announced").evaluate("bar => getComputedStyle(bar).strokeDasharray")
    assert dashes != "none"


def test_bars_lie_where_their_days_are(page: Page) -> None:
    serve_register(page)
    show(page)
    bar = row(page, "rule").locator(".bar-suspended")
    place = [float((bar.get_attribute(name) or "").rstrip("%")) for name in ("x", "width")]
    # 7 November 2025 and 368 more days, on a drawing from 1 January 2023 to 31 March 2027
    assert place == pytest.approx([100 * 1041 / 1551, 100 * 369 / 1551], abs=0.01)


def test_what_was_only_planned_is_drawn_faintly(page: Page) -> None:
    serve_register(page, [PLANNED])
    show(page)
    parts = row(page, "magnets").locator(".bars rect").evaluate_all("bars => bars.map((bar) => bar.className.baseVal)")
    assert parts == ["bar bar-announced is-known", "bar bar-announced is-planned", "bar bar-in_force is-planned"]


def test_the_day_of_the_review_is_told(page: Page) -> None:
    serve_register(page)
    show(page)
    expect(page.locator("#reviewed")).to_contain_text("The register is reviewed to 5 July 2026.")


def test_the_legend_counts_the_measures_shown(page: Page) -> None:
    serve_register(page)
    show(page)
    expect(page.get_by_role("list", name="Statuses").get_by_role("listitem")).to_have_text(
        ["In force 1", "Announced 1", "Suspended 0", "Repealed 1", "Unknown 1"]
    )


def test_the_arrow_keys_move_the_line_by_a_day(page: Page) -> None:
    days = serve_register(page)
    show(page)
    slider(page).press("ArrowLeft")
    expect(page).to_have_url(has_query("?as_of=2026-11-21"))
    expect(slider(page)).to_have_attribute("aria-valuetext", "21 November 2026")
    expect(page.get_by_label("As of", exact=True)).to_have_value("2026-11-21")
    expect(page.locator("#count")).to_have_text("4 measures known on 21 November 2026")
    assert days == ["", "2026-11-21"]


def test_page_down_moves_the_line_by_a_month(page: Page) -> None:
    serve_register(page)
    show(page, "/measures?as_of=2025-03-31")
    slider(page).press("PageDown")
    expect(page).to_have_url(has_query("?as_of=2025-02-28"))


def test_the_line_can_be_dragged(page: Page) -> None:
    serve_register(page)
    show(page, "/measures?as_of=2025-01-01")
    line = page.locator(".cursor-line")
    start, chart = line.bounding_box(), page.locator("#cursor").bounding_box()
    assert start is not None and chart is not None
    page.mouse.move(start["x"], start["y"] + 60)
    page.mouse.down()
    page.mouse.move(chart["x"] + chart["width"] / 2, start["y"] + 90, steps=4)
    page.mouse.up()
    # the middle of 1 January 2023 to 31 March 2027, where a pixel is two days
    expect(page).to_have_url(re.compile(r"\?as_of=2025-02-1[3-5]$"))
    expect(slider(page)).to_be_focused()


def test_the_date_field_moves_the_line(page: Page) -> None:
    serve_register(page)
    show(page)
    page.get_by_label("As of", exact=True).fill("2025-11-01")
    expect(page).to_have_url(has_query("?as_of=2025-11-01"))
    expect(slider(page)).to_have_attribute("aria-valuetext", "1 November 2025")


def test_the_address_sets_the_day_and_today_clears_it(page: Page) -> None:
    days = serve_register(page)
    show(page, "/measures?as_of=2025-11")
    expect(page.get_by_label("As of", exact=True)).to_have_value("2025-11-30")
    page.get_by_role("button", name="Today").click()
    expect(page).to_have_url(has_query(""))
    expect(page.get_by_label("As of", exact=True)).to_have_value("2026-11-22")
    assert days == ["2025-11", ""]


def test_a_measure_not_known_yet_is_not_shown(page: Page) -> None:
    serve_register_by_day(page, lambda day: [UNKNOWN, IN_PART] if day == "" else [IN_PART])
    show(page)
    page.get_by_label("As of", exact=True).fill("2025-01-01")
    expect(page.locator("#count")).to_have_text("1 measure known on 1 January 2025")
    assert ids(page) == ["ban"]


def test_a_day_before_the_register_says_so(page: Page) -> None:
    serve_register(page, [])
    show(page, "/measures?as_of=2001-01-01")
    expect(page.get_by_text("The register knows of no measure on that day.")).to_be_visible()


def test_while_a_day_is_read_the_last_one_chosen_wins(page: Page) -> None:
    held: list[Route] = []
    days = serve_register(page)
    show(page)
    page.route(ANY_MEASURES, lambda route: held.append(route) if not held else route.fallback())
    for _ in range(3):
        slider(page).press("ArrowLeft")
    page.wait_for_timeout(100)
    held[0].fallback()
    expect(page.locator("#count")).to_have_text("4 measures known on 19 November 2026")
    expect(page).to_have_url(has_query("?as_of=2026-11-19"))
    assert days == ["", "2026-11-21", "2026-11-19"]


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("Issuer", "US Department of Defense", ["magnets"]),
        ("Element", "dysprosium", ["rule", "magnets", "quotas"]),
        ("Element", "rare earths", ["rule", "magnets", "quotas"]),
        ("Element", "neodymium", ["magnets"]),
        ("Element", "gallium", ["ban"]),
    ],
)
def test_a_choice_filters(page: Page, label: str, value: str, shown: list[str]) -> None:
    serve_register(page)
    show(page)
    page.locator("#register").get_by_label(label).select_option(value)
    assert ids(page) == shown
    expect(page.locator("#count")).to_have_text(f"{len(shown)} of 4 measures known on 22 November 2026")


@pytest.mark.parametrize(("words", "shown"), [("no. 61", ["rule"]), ("1c902 procurement", ["magnets"]), ("zebra", [])])
def test_search_looks_for_every_word(page: Page, words: str, shown: list[str]) -> None:
    serve_register(page)
    show(page)
    page.get_by_label("Search").fill(words)
    assert ids(page) == shown


def test_a_search_without_result_can_be_cleared(page: Page) -> None:
    serve_register(page)
    show(page)
    page.get_by_label("Search").fill("zebra")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_label("Search")).to_be_focused()
    assert len(ids(page)) == 4


def test_the_address_keeps_filters_view_and_open_history(page: Page) -> None:
    serve_register(page)
    show(page, "/measures?search=rule&issuer=MOFCOM&element=dysprosium&view=table&measure=rule")
    expect(page.get_by_label("Search")).to_have_value("rule")
    expect(page.get_by_label("Table")).to_be_checked()
    expect(page.locator(".history-summary")).to_have_text("About The foreign-made rule.")
    page.get_by_role("button", name="The foreign-made rule").click()
    expect(page).to_have_url(has_query("?search=rule&issuer=MOFCOM&element=dysprosium&view=table"))


@pytest.mark.parametrize("view", ["timeline", "table"])
def test_a_history_says_what_is_unknown_and_since_when(page: Page, view: str) -> None:
    serve_register(page)
    show(page, f"/measures?view={view}")
    page.get_by_role("button", name="The foreign-made rule").click()
    expect(page.get_by_role("button", name="The foreign-made rule")).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".standing")).to_contain_text(
        "Unknown since 11 November 2026 (was suspended); the corpus does not say what followed."
    )
    expect(page.locator(".standing")).to_contain_text("The register is reviewed to 5 July 2026")


def test_a_history_is_told_in_order_of_decision(page: Page) -> None:
    serve_register(page)
    show(page, "/measures?measure=rule")
    expect(page.locator(".entry-status")).to_have_text(
        [
            "Announced 9 October 2025",
            "In force from 1 December 2025planned; set aside by a later decision",
            "Suspended from 7 November 2025 to 10 November 2026",
        ]
    )


def test_a_quote_links_to_its_place_in_the_article(page: Page) -> None:
    serve_register(page, [ENDED])
    show(page, "/measures?measure=quotas")
    expect(page.locator(".quote")).to_have_text(QUOTE)
    link = page.get_by_role("link", name="Caixin, 20 June 2025")
    address = link.get_attribute("href") or ""
    assert re.fullmatch(rf"/articles/canned\?start={START}&end={START + len(QUOTE)}&check=[0-9a-f]{{8}}", address)
    link.click()
    expect(page.locator("mark")).to_have_text(QUOTE)


def test_back_from_an_article_shows_the_same_day_and_history(page: Page) -> None:
    serve_register(page)
    show(page)
    slider(page).press("ArrowLeft")
    page.get_by_role("button", name="The export quotas").click()
    expect(page).to_have_url(has_query("?as_of=2026-11-21&measure=quotas"))
    page.get_by_role("link", name="Caixin, 20 June 2025").click()
    page.locator("mark").wait_for()
    page.go_back()
    expect(page.locator("#count")).to_have_text("4 measures known on 21 November 2026")
    expect(page.locator(".quote")).to_have_text(QUOTE)


def test_a_missing_quote_is_shown_as_such_and_not_linked(page: Page) -> None:
    gone = evidence(missing=True, start=None, end=None, known_from=None)
    lost = {"status": "in_force", "from": "2025", "from_at_latest": False, "until": None, "scope": None}
    history = [lost | {"known_from": None, "evidence": [gone]}]
    serve_register(page, [ENDED | {"history": history}])
    show(page, "/measures?measure=quotas")
    expect(page.locator(".quote-missing")).to_contain_text("Not found in the article canned, so nothing rests on it.")
    expect(page.locator(".entry-remark")).to_have_text("no evidence in the catalog")
    expect(page.locator(".evidence a")).to_have_count(0)


def test_the_table_tells_the_same(page: Page) -> None:
    serve_register(page)
    show(page)
    page.get_by_label("Table").check()
    table = page.get_by_role("table", name="Measures and their status on the day asked about")
    first = table.locator("tbody tr").first
    expect(first.get_by_role("rowheader")).to_contain_text("The foreign-made rule")
    expect(first.get_by_role("cell")).to_have_text(
        ["MOFCOM", re.compile(r"^Unknown \(was suspended\)"), "11 Nov 2026", "–", "dysprosium"], use_inner_text=True
    )
    assert ids(page) == ["rule", "ban", "magnets", "quotas"]
    expect(page.locator("#cursor")).to_be_hidden()


def check_item(page: Page, **item: str) -> None:
    """Fills the form and sends it."""
    page.get_by_text("Is my item covered?").click()
    form = page.locator("#coverage-form")
    for label, value in item.items():
        form.get_by_label(label).fill(value)
    form.get_by_role("button", name="Check").click()


def test_coverage_asks_for_the_item_on_the_day_and_tells_what_names_it(page: Page) -> None:
    serve_register(page)
    near = {"measure": IN_PART, "by": ["destination"], "open": ["element", "form"]}
    queries = serve_coverage(page, [near, {"measure": UNKNOWN, "by": ["element", "form"], "open": []}])
    show(page, "/measures?as_of=2026-11-20")
    check_item(page, Element=" dysprosium ", Form="magnet")
    result = page.get_by_role("region", name="Coverage of your item")
    expect(result.get_by_role("heading", level=3)).to_have_text("2 measures to read for your item on 20 November 2026")
    expect(result.get_by_role("heading", level=4)).to_have_text(["The foreign-made rule", "The metals ban"])
    expect(result.locator(".covering-by")).to_have_text(
        ["Names your element and form.", "Names your destination. Left open: element and form."]
    )
    expect(result).to_contain_text("the corpus does not say what followed")
    expect(result).to_contain_text("Not legal advice; read the original.")
    expect(result.locator(".quote").first).to_have_text(QUOTE)
    assert queries == [{"element": "dysprosium", "form": "magnet", "day": "2026-11-20"}]


def test_coverage_follows_the_day(page: Page) -> None:
    serve_register(page)
    queries = serve_coverage(page, [])
    show(page)
    check_item(page, Element="dysprosium")
    expect(page.get_by_text("No measure in the register names your item on 22 November 2026")).to_be_visible()
    expect(page.get_by_text("this does not say that nothing applies")).to_be_visible()
    slider(page).press("ArrowLeft")
    expect(page.get_by_text("No measure in the register names your item on 21 November 2026")).to_be_visible()
    assert [query["day"] for query in queries] == ["2026-11-22", "2026-11-21"]


def test_coverage_leads_to_the_history_even_when_filtered_away(page: Page) -> None:
    serve_register(page)
    serve_coverage(page, [{"measure": UNKNOWN, "by": ["element"], "open": []}])
    show(page, "/measures?search=ban")
    check_item(page, Element="dysprosium")
    page.get_by_role("button", name="Show its history").click()
    expect(page.get_by_role("button", name="The foreign-made rule")).to_be_focused()
    expect(page.locator(".standing")).to_be_visible()


def test_a_refused_item_says_what_to_do(page: Page, watch: Watch) -> None:
    detail = "an item needs an element or a control code; add one, for example dysprosium"
    problem = json.dumps({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": detail})
    serve_register(page)
    page.route(
        ANY_COVERAGE,
        lambda route: route.fulfill(status=422, content_type="application/problem+json", body=problem),
    )
    show(page)
    check_item(page, Form="magnet")
    expect(page.get_by_role("alert")).to_have_text(detail)
    watch.errors.clear()  # the browser itself logs the 422


def test_a_day_that_is_none_says_so(page: Page, watch: Watch) -> None:
    page.goto("/measures?as_of=soon")
    expect(page.get_by_role("alert")).to_contain_text("as_of 'soon' is not a date")
    watch.errors.clear()  # the browser itself logs the 422


def test_hostile_fields_stay_text(page: Page) -> None:
    covers = {"elements": [HOSTILE], "forms": [], "control_codes": [], "customs_codes": [], "destinations": ["all"]}
    hostile = measure("x", HOSTILE, "in_force", "2025", issuer=HOSTILE, summary=HOSTILE, instrument=HOSTILE)
    serve_register(page, [hostile | {"covers": covers | {"notes": HOSTILE}, "aliases": [HOSTILE]}])
    show(page, "/measures?measure=x")
    expect(page.locator(".history-summary")).to_have_text(HOSTILE)
    page.get_by_label("Table").check()
    expect(page.locator(".history-summary")).to_have_text(HOSTILE)
    assert page.evaluate("window.ran") is None


def test_the_keyboard_alone_opens_a_history_and_its_quote(page: Page) -> None:
    serve_register(page, [ENDED])
    show(page)
    slider(page).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="The export quotas")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Caixin, 20 June 2025")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ask about this measure")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(QUOTE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SCREENS)
def test_axe_finds_nothing(page: Page, scheme: Any, size: tuple[int, int]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    serve_register(page)
    serve_coverage(page, [{"measure": UNKNOWN, "by": ["element"], "open": ["form"]}])
    show(page, "/measures?measure=rule")
    check_item(page, Element="dysprosium")
    page.locator(".covering").wait_for()
    found = violations(page)
    page.get_by_label("Table").check()
    assert found + violations(page) == []


def violations(page: Page) -> list[str]:
    """Everything that axe-core finds, slight or serious."""
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@PHONE
def test_nothing_scrolls_sideways_on_a_phone(page: Page) -> None:
    serve_register(page)
    serve_coverage(page, [{"measure": UNKNOWN, "by": ["element"], "open": ["form"]}])
    show(page, "/measures?as_of=2026-12-31&measure=rule&measure=ban")
    check_item(page, Element="dysprosium")
    page.locator(".covering").wait_for()
    widths = [overflow(page)]
    page.get_by_label("Table").check()
    assert [*widths, overflow(page)] == [0, 0]


@PHONE
def test_on_a_phone_each_bar_is_as_wide_as_the_list_and_holds_the_line(page: Page) -> None:
    serve_register(page)
    show(page)
    widths = page.locator(".bars").evaluate_all("bars => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert widths == [354, 354, 354, 354]
    shown = page.locator(".bars-cursor").evaluate_all("lines => lines.map((line) => getComputedStyle(line).display)")
    assert shown == ["inline"] * 4
    expect(page.locator("#cursor")).to_be_hidden()


@PHONE
def test_touch_targets_are_44_pixels(page: Page) -> None:
    serve_register(page)
    show(page, "/measures?as_of=2026-11-20")
    targets = page.locator(
        "main button:visible, main select:visible, .field input:visible, summary, #as-of, #as-of-slider"
    )
    heights = targets.evaluate_all("nodes => nodes.map((node) => node.getBoundingClientRect().height)")
    assert len(heights) == 11 and min(heights) >= 44


def test_the_chat_and_the_articles_lead_here(page: Page) -> None:
    for start in ("/", "/articles"):
        page.goto(start)
        page.get_by_role("link", name="Measures").click()
        expect(page.get_by_role("heading", name="Measures", level=1)).to_be_visible()
        expect(page.locator("#count")).to_contain_text("known on")


def test_the_served_register_is_drawn_whole_and_its_quotes_stand_in_their_articles(page: Page, api: Api) -> None:
    told = api.call("GET", "/v1/measures?as_of=2025-11-01")["items"]
    show(page, "/measures?as_of=2025-11-01&measure=cn-mofcom-2025-61")
    assert sorted(ids(page)) == sorted(item["id"] for item in told)
    expect(row(page, "cn-mofcom-2025-61")).to_contain_text("Announced 9 Oct 2025, due in force 1 Dec 2025")
    quote = page.locator(".evidence li").first
    words = quote.locator(".quote").text_content() or ""
    quote.get_by_role("link").click()
    expect(page.locator("mark")).to_have_text(words)


def test_the_served_register_says_what_covers_a_dysprosium_magnet(page: Page) -> None:
    show(page, "/measures?as_of=2026-11-22")
    check_item(page, Element="Dy", Form="magnet", Destination="US")
    first = page.locator(".covering").first
    expect(first.get_by_role("heading")).to_have_text("Chinese export licences for seven medium and heavy rare earths")
    expect(first.locator(".status")).to_have_text("In force since 4 Apr 2025")
