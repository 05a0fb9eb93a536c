"""A register made up for the page: one measure of each kind of standing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from canned import ARTICLE_TEXT, QUOTE, article, serve_article
from playwright.sync_api import Page, Route

TODAY = "2026-11-22"
START = ARTICLE_TEXT.index(QUOTE)
ANY_MEASURES = re.compile(r"/v1/measures(\?|$)")
ANY_COVERAGE = re.compile(r"/v1/coverage\?")
COVERS: dict[str, Any] = {
    "elements": ["dysprosium"],
    "forms": ["magnets"],
    "control_codes": ["1C902"],
    "customs_codes": [],
    "destinations": ["all"],
    "notes": "Only listed magnets.",
}


def evidence(**changes: Any) -> dict[str, Any]:
    """The quote of the canned article."""
    place = {"article": "canned", "start": START, "end": START + len(QUOTE)}
    return place | {"quote": QUOTE, "missing": False, "known_from": "2025-06-20"} | changes


def entry(status: str, from_: str, until: str | None = None, scope: str | None = None) -> dict[str, Any]:
    """An entry of a history; without its evidence, a stretch of a timeline."""
    dates = {"status": status, "from": from_, "from_at_latest": False, "until": until, "scope": scope}
    return dates | {"known_from": "2025-06-20", "evidence": [evidence()]}


def standing(status: str, since: str, **changes: Any) -> dict[str, Any]:
    """Where a measure, or a scope of it, stands."""
    blank = {"until": None, "last_status": None, "unknown_after": None, "scope": None}
    told = {"status": status, "since": since, "since_at_latest": False, "known_from": "2025-06-20"}
    return told | blank | {"evidence": [evidence()]} | changes


def measure(measure_id: str, name: str, status: str, since: str, **changes: Any) -> dict[str, Any]:
    """A measure of the ministry on dysprosium magnets, whose history is its status."""
    facts = {"id": measure_id, "name": name, "aliases": [f"{measure_id} rule"], "issuer": "MOFCOM"}
    about: dict[str, Any] = {
        "instrument": None,
        "summary": f"About {name}.",
        "covers": COVERS,
        "scoped": [],
        "next": None,
    }
    history = [entry(status, since)]
    return facts | about | standing(status, since) | {"history": history, "timeline": history} | changes


UNKNOWN = measure(
    "rule",
    "The foreign-made rule",
    "unknown",
    "2026-11-11",
    instrument="Announcement No. 61 of 2025",
    last_status="suspended",
    unknown_after="2026-11-10",
    history=[
        entry("announced", "2025-10-09"),
        entry("in_force", "2025-12-01"),
        entry("suspended", "2025-11-07", "2026-11-10"),
    ],
    timeline=[
        entry("announced", "2025-10-09", "2025-11-06"),
        entry("suspended", "2025-11-07", "2026-11-10"),
        entry("unknown", "2026-11-11"),
    ],
)
IN_PART = measure(
    "ban",
    "The metals ban",
    "in_force",
    "2024-12-03",
    covers=COVERS | {"elements": ["gallium"], "control_codes": []},
    scoped=[standing("suspended", "2025-11-09", until="2026-11-27", scope="clause 2")],
    timeline=[entry("in_force", "2024-12-03"), entry("suspended", "2025-11-09", "2026-11-27", "clause 2")],
)
PLANNED = measure(
    "magnets",
    "The procurement rule",
    "announced",
    "2024-05-30",
    issuer="US Department of Defense",
    covers=COVERS | {"elements": ["rare earths"], "destinations": []},
    until="2026-12-31",
    next=standing("in_force", "2027-01-01"),
    timeline=[entry("announced", "2024-05-30", "2026-12-31"), entry("in_force", "2027-01-01")],
)
ENDED = measure("quotas", "The export quotas", "repealed", "2015", issuer="United States and China")
REGISTER = [UNKNOWN, IN_PART, PLANNED, ENDED]


def query_of(url: str) -> dict[str, str]:
    """The query of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def serve_register(page: Page, items: list[dict[str, Any]] = REGISTER) -> list[str]:
    """The register on every day; the list fills with the days that the page asks about, "" for today."""
    return serve_register_by_day(page, lambda day: items)


def serve_register_by_day(page: Page, items_on: Callable[[str], list[dict[str, Any]]]) -> list[str]:
    """The register as a function of the day."""
    days: list[str] = []

    def fulfil(route: Route) -> None:
        day = query_of(route.request.url).get("as_of", "")
        days.append(day)
        told = {"items": items_on(day), "next": None, "reviewed_to": "2026-07-05", "as_of": day or TODAY}
        route.fulfill(json=told)

    page.route(ANY_MEASURES, fulfil)
    serve_article(page, article())
    return days


def serve_coverage(page: Page, measures: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What covers any item; the list fills with the queries of the page."""
    queries: list[dict[str, str]] = []

    def fulfil(route: Route) -> None:
        query = query_of(route.request.url)
        queries.append(query)
        item = {name: query.get(name) for name in ("element", "form", "code", "destination")}
        note = "Not legal advice; read the original."
        route.fulfill(json={"item": item, "day": query["day"], "measures": measures, "note": note})

    page.route(ANY_COVERAGE, fulfil)
    return queries
