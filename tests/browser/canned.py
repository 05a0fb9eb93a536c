"""Answers made up for the page: states that a real engine cannot be made to give on demand."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route

ARTICLE_TEXT = "🙂 Before it.\n\nThe quota is 1,200 tonnes. <b>Not bold</b> & <script>window.ran = 1</script>."
QUOTE = "The quota is 1,200 tonnes."
HOSTILE = '<img src=x onerror="window.ran = 1">'


def article(**changes: Any) -> dict[str, Any]:
    """An article of the API, with a quote after a character beyond the basic plane."""
    return {
        "id": "canned",
        "uri": "canned.md",
        "url": "https://example.org/quota",
        "title": "The quota",
        "publisher": "Caixin",
        "author": None,
        "published_on": "2025-06-20",
        "published_inferred": False,
        "retrieved_on": "2026-11-22",
        "language": "en",
        "kind": "news",
        "source_kind": "news",
        "origin": "Caixin",
        "reliability": "A",
        "topics": [],
        "elements": [],
        "text": ARTICLE_TEXT,
        "content_hash": "0",
    } | changes


def citation(n: int = 1, **changes: Any) -> dict[str, Any]:
    """A citation of ``article``."""
    start = ARTICLE_TEXT.index(QUOTE)
    copied = ("title", "publisher", "published_on", "published_inferred", "reliability", "url", "kind", "source_kind")
    place = {"n": n, "article_id": "canned", "passage_id": "canned:0"}
    return (
        place
        | {"quote": QUOTE, "start": start, "end": start + len(QUOTE)}
        | {name: article()[name] for name in copied}
        | changes
    )


def answer(**changes: Any) -> dict[str, Any]:
    """An answer of one supported sentence."""
    return {
        "id": "answer",
        "question": "How large is the quota?",
        "standalone_question": "How large is the quota?",
        "status": "answered",
        "sentences": [{"text": QUOTE, "citations": [1], "verdict": "supported"}],
        "citations": [citation()],
        "conflicts": [],
        "standings": [],
        "changes": [],
        "notices": [],
        "missing": [],
        "removed": [],
        "suggestions": [],
        "as_of": "2026-11-22",
        "about": None,
        "corpus_current_to": "2026-07-05",
        "newest_evidence_on": "2025-06-20",
        "engine": "extractive",
        "confidence": 0.9,
        "usage": None,
        "fingerprint": "0",
        "timings_ms": {"retrieve": 4.0, "answer": 8.0},
        "conversation_id": None,
        "stale": False,
        "filters": {"as_of": "2026-11-22", "since": None, "until": None, "publishers": []},
        "independent_sources": 1,
        "corpus_digest": "c" * 64,
    } | changes


def stream(*events: tuple[str, Any]) -> str:
    """Server-sent events as the API writes them."""
    return "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)


def serve_answer(page: Page, told: dict[str, Any]) -> None:
    """The next questions get this answer."""
    serve_stream(page, stream(("done", told)))


def serve_stream(page: Page, body: str) -> None:
    """The next questions get these events."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    page.route("**/v1/answers", fulfil)


def serve_article(page: Page, told: dict[str, Any], *passages: tuple[int, int]) -> None:
    """The canned article has this content and these passages."""
    items = [
        {"id": f"canned:{start}", "article_id": "canned", "start": start, "end": end, "text": told["text"][start:end]}
        for start, end in passages
    ]
    page.route("**/v1/articles/canned", lambda route: route.fulfill(json=told))
    page.route("**/v1/articles/canned/passages", lambda route: route.fulfill(json={"items": items, "next": None}))


def ask(page: Page, question: str) -> None:
    """Types a question, sends it, and waits until its answer is whole."""
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn:last-child .colophon").wait_for()
