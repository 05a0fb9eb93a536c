"""The page's functions, called in the browser that runs them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STREAM = ': hello\r\nevent: sentence\r\ndata: {"a":\r\ndata: "🙂"}\r\n\r\ndata:plain\n\nevent: done\ndata: {}\r\r'
EVENTS = [
    {"event": "sentence", "data": '{"a":\n"🙂"}'},
    {"event": "message", "data": "plain"},
    {"event": "done", "data": "{}"},
]

PERIODS = {
    ("2025-06", "2025-06"): "June 2025",
    ("2025-06-01", "2025-06-30"): "June 2025",
    ("2025-01-01", "2025-12-31"): "2025",
    ("2025-04-01", "2025-10-31"): "1 April 2025 – 31 October 2025",
    ("2025-04", "2025-10"): "April 2025 – October 2025",
    (None, "2025-10-29"): "the time before 30 October 2025",
    (None, "2025-10"): "the time up to October 2025",
    ("2025-11", None): "the time from November 2025 on",
    (None, None): "",
}


@pytest.fixture
def module(page: Page) -> Any:
    """Calls ``function(...arguments)`` of a module of the page."""
    page.goto("/articles")

    def call(name: str, function: str, *arguments: Any) -> Any:
        script = "async ([name, f, rest]) => (await import(`/ui/js/${name}.js`))[f](...rest)"
        return page.evaluate(script, [name, function, list(arguments)])

    return call


def test_events_are_the_same_wherever_the_stream_is_cut(page: Page) -> None:
    page.goto("/articles")
    results = page.evaluate(
        """async (stream) => {
             const { SseParser } = await import("/ui/js/sse.js");
             const parse = (chunks) => { const p = new SseParser(); return chunks.flatMap((c) => p.push(c)); };
             const cuts = [...Array(stream.length + 1).keys()];
             return [...cuts.map((at) => parse([stream.slice(0, at), stream.slice(at)])), parse([...stream])];
           }""",
        STREAM,
    )
    assert all(result == EVENTS for result in results)


def test_bytes_cut_inside_a_character_are_joined(page: Page) -> None:
    page.goto("/articles")
    result = page.evaluate(
        """async (text) => {
             const { readEvents } = await import("/ui/js/sse.js");
             const bytes = new TextEncoder().encode(text);
             const stream = new ReadableStream({ start(controller) {
               for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
               controller.close();
             } });
             return Array.fromAsync(readEvents(stream));
           }""",
        STREAM,
    )
    assert result == EVENTS


def test_an_event_without_its_empty_line_is_not_given(page: Page) -> None:
    page.goto("/articles")
    script = 'async () => new (await import("/ui/js/sse.js")).SseParser().push("data: half\\n")'
    assert page.evaluate(script) == []


@pytest.mark.parametrize(
    ("offset", "index"), [(0, 0), (1, 1), (2, 3), (3, 4), (4, 6), (5, None), (-1, None), (1.5, None)]
)
def test_code_points_become_utf16_indices(module: Any, offset: float, index: int | None) -> None:
    assert module("text", "codePointToUtf16", "a🙂b🎉", offset) == index


def test_a_quote_after_an_emoji_is_located(module: Any) -> None:
    text = "🙂🎉 one. Two."
    reference = {"start": text.index("Two."), "end": len(text), "quote": "Two."}
    assert module("text", "locateQuote", text, reference) == {"start": 10, "end": 14}


@pytest.mark.parametrize("change", [{"quote": "Two!"}, {"check": "00000000"}, {"start": 12}, {"end": 99}])
def test_a_quote_that_differs_is_not_located(module: Any, change: dict[str, Any]) -> None:
    assert module("text", "locateQuote", "🙂🎉 one. Two.", {"start": 8, "end": 12} | change) is None


def test_a_checksum_follows_the_published_algorithm(module: Any) -> None:
    assert module("text", "checksum", "foobar") == "bf9cf968"


def test_paragraphs_part_at_blank_lines(module: Any) -> None:
    assert module("text", "paragraphRanges", "a\nb\n\n\nc\n \nd") == [
        {"start": 0, "end": 3},
        {"start": 6, "end": 7},
        {"start": 10, "end": 11},
    ]


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2025-06-12", "12 June 2025"), ("2025-06", "June 2025"), ("2025", "2025"), (None, "undated"), ("soon", "soon")],
)
def test_dates_keep_their_precision(module: Any, iso: str | None, words: str) -> None:
    assert module("dates", "formatDate", iso) == words


def test_a_period_in_words(page: Page) -> None:
    page.goto("/articles")
    script = """async (periods) => {
      const { periodInWords } = await import("/ui/js/periods.js");
      return periods.map(([from, until]) => periodInWords({ from, until }));
    }"""
    assert page.evaluate(script, list(PERIODS)) == list(PERIODS.values())


@pytest.mark.parametrize(
    ("published", "as_of", "words"),
    [
        ("2026-11-22", "2026-11-22", "from the same day"),
        ("2026-11-21", "2026-11-22", "1 day old"),
        ("2026-11-10", "2026-11-22", "12 days old"),
        ("2025-06-11", "2026-11-22", "17 months old"),
        ("2025-06", "2026-11-22", "16 months old"),
        ("2023", "2026-11-22", "34 months old"),
        ("2023-11-22", "2026-11-22", "3 years old"),
        ("2026-12-01", "2026-11-22", ""),
        (None, "2026-11-22", ""),
    ],
)
def test_ages_count_from_the_last_day_a_date_can_mean(
    module: Any, published: str | None, as_of: str, words: str
) -> None:
    assert module("dates", "ageInWords", published, as_of) == words


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "/local", "ftp://example.org", "", None]
)
def test_only_web_addresses_become_links(module: Any, address: str | None) -> None:
    assert module("dom", "outsideLink", address, "Original") is None
