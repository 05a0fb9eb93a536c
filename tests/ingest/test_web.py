"""Pages, feeds and sitemaps of a server on this machine, into an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support import Builder, encoded_by
from web_server import WebServer, serving

from assistant.build import Assistant
from assistant.ingest.sources import Given
from assistant.ingest.web_address import WebAddress
from assistant.ingest.workers import Readers
from assistant.types import IngestReport

COUNTS = ("added", "updated", "unchanged", "removed", "kept_out")
LONG = (
    "The ministry of an invented land granted twelve licences for zirconia on 3 May 2025. "
    "Exporters in the port city said that they had waited for the permits for half a year. "
    "Buyers abroad expect the first shipments by the end of the month, officials added."
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


@pytest.fixture
def reader(build_assistant: Builder, server: WebServer) -> Assistant:
    return build_assistant(fetch_allowed_hosts=(server.host,), fetch_delay=0.0, fetch_seconds=5.0, fetch_entries=3)


def story(title: str, text: str = LONG) -> str:
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in text.rstrip(".").split(". "))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def feed(*entries: tuple[str, str], summary: str = "") -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>Sat, 03 May 2025 10:00:00 GMT</pubDate>"
        f"<description>{summary}</description></item>"
        for link, title in entries
    )
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"


def sitemap(*urls: str, lastmod: str = "2025-05-03") -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc><lastmod>{lastmod}</lastmod></url>' for url in urls)}</urlset>"


def take(reader: Assistant, *urls: str, restore: bool = False, **told: Any) -> IngestReport:
    return reader.intake.take([WebAddress(url, **told) for url in urls], restore=restore)


def counts(report: IngestReport) -> dict[str, int]:
    return {name: value for name in COUNTS if (value := getattr(report, name))}


def test_a_page_becomes_an_article_that_links_to_where_it_was_read(reader: Assistant, server: WebServer) -> None:
    page = server.page("/a", story("Zirconia"))
    report = take(reader, server.moved("/short", "/a"))
    assert (counts(report), report.failed) == ({"added": 1}, ())
    article = reader.catalog.article(report.article_ids[0])
    assert article is not None
    assert (article.url, article.uri, article.title, article.publisher) == (page, page, "Zirconia", "127.0.0.1")
    assert "granted twelve licences" in article.text


def test_a_page_cannot_claim_the_address_of_another_host(reader: Assistant, server: WebServer) -> None:
    claim = '<head><link rel="canonical" href="https://ministry.example/official">'
    page = server.page("/a", story("Zirconia").replace("<head>", claim))
    (article_id,) = take(reader, page).article_ids
    article = reader.catalog.article(article_id)
    assert article is not None
    assert article.url == page


def test_an_unchanged_page_costs_one_304_and_is_not_parsed(
    reader: Assistant, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.validated("/a", story("Zirconia"), '"1"')
    first = take(reader, url)
    monkeypatch.setattr(Readers, "read", None)
    again = take(reader, url)
    assert (counts(again), again.article_ids, again.failed) == ({"unchanged": 1}, first.article_ids, ())
    assert server.asked[-1][1]["If-None-Match"] == '"1"'


def test_the_same_bytes_without_validators_are_not_parsed(
    reader: Assistant, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.page("/a", story("Zirconia"))
    take(reader, url)
    monkeypatch.setattr(Readers, "read", None)
    assert counts(take(reader, url)) == {"unchanged": 1}


def test_a_changed_page_is_an_update(reader: Assistant, server: WebServer) -> None:
    take(reader, server.validated("/a", story("Zirconia"), '"1"'))
    url = server.validated("/a", story("Zirconia", LONG.replace("twelve", "thirteen")), '"2"')
    assert counts(take(reader, url)) == {"updated": 1}


def test_a_removed_page_is_read_whole_when_it_is_let_in_again(reader: Assistant, server: WebServer) -> None:
    url = server.validated("/a", story("Zirconia"), '"1"')
    (article_id,) = take(reader, url).article_ids
    reader.ingestor.remove(article_id)
    asked = len(server.asked)
    assert counts(take(reader, url)) == {"kept_out": 1}
    assert len(server.asked) == asked
    assert counts(take(reader, url, restore=True)) == {"added": 1}


def test_nothing_is_remembered_of_an_address_whose_article_was_removed(reader: Assistant, server: WebServer) -> None:
    (article_id,) = take(reader, server.page("/gadolinium", story("Zirconia"))).article_ids
    reader.ingestor.remove(article_id)
    assert reader.catalog.rows("SELECT url FROM fetched") == []


def test_a_feed_brings_its_pages_with_its_own_titles_and_dates(reader: Assistant, server: WebServer) -> None:
    pages = [(server.page(f"/{name}", story(f"Page {name}", LONG.replace("twelve", name))), name) for name in "ab"]
    report = take(reader, server.page("/feed", feed(*pages), "application/rss+xml"))
    assert counts(report) == {"added": 2}
    articles = reader.catalog.articles()
    assert sorted(article.title for article in articles) == ["a", "b"]
    assert {(article.published_on, article.published_inferred) for article in articles} == {("2025-05-03", False)}


def test_a_page_named_alone_keeps_what_its_feed_said_of_it(reader: Assistant, server: WebServer) -> None:
    page = server.validated("/a", story("Page"), '"1"')
    take(reader, server.page("/feed", feed((page, "Of the feed")), "text/xml"))
    assert counts(take(reader, page)) == {"unchanged": 1}
    server.validated("/a", story("Page", LONG.replace("twelve", "thirteen")), '"2"')
    assert counts(take(reader, page)) == {"updated": 1}
    (article,) = reader.catalog.articles()
    assert (article.title, article.published_on) == ("Of the feed", "2025-05-03")


def test_an_unchanged_feed_costs_one_304_for_all_its_pages(reader: Assistant, server: WebServer) -> None:
    pages = [(server.page(f"/{name}", story(name, LONG.replace("twelve", name))), name) for name in "ab"]
    url = server.validated("/feed", feed(*pages), '"1"', "application/rss+xml")
    take(reader, url)
    server.asked.clear()
    assert counts(take(reader, url)) == {"unchanged": 2}
    assert server.paths() == ["/feed"]


def test_what_rolls_off_a_feed_stays_and_only_what_is_new_is_embedded(reader: Assistant, server: WebServer) -> None:
    old = server.validated("/old", story("old"), '"1"')
    new = server.validated("/new", story("new", LONG.replace("twelve", "fifteen")), '"1"')
    take(reader, server.page("/feed", feed((old, "old")), "application/rss+xml"))
    embedded = len(encoded_by(reader))
    report = take(reader, server.page("/feed", feed((new, "new")), "application/rss+xml"))
    assert counts(report) == {"added": 1}
    assert len(reader.catalog.articles()) == 2
    assert ["fifteen" in text for text in encoded_by(reader)[embedded:]] == [True]


def test_a_page_that_fails_is_told_and_asked_for_again_next_time(reader: Assistant, server: WebServer) -> None:
    good = server.page("/good", story("good"))
    missing = f"{server.address}/missing"
    url = server.validated("/feed", feed((missing, "x"), (good, "good")), '"1"', "application/rss+xml")
    report = take(reader, url)
    assert counts(report) == {"added": 1}
    assert [(failure.source, "HTTP 404" in failure.reason) for failure in report.failed] == [(missing, True)]
    server.page("/missing", story("Found", LONG.replace("twelve", "forty")))
    assert counts(take(reader, url)) == {"added": 1, "unchanged": 1}


def test_the_summary_stands_in_only_until_the_page_can_be_had(reader: Assistant, server: WebServer) -> None:
    closed = server.page("/a", "", status=403)
    url = server.page("/feed", feed((closed, "Zirconia"), summary=LONG), "application/rss+xml")
    first = take(reader, url)
    assert counts(first) == {"added": 1}
    assert "only its summary in the feed was taken: HTTP 403" in first.failed[0].reason
    server.page("/a", story("Zirconia", f"{LONG} No further permits are expected before the summer, it said."))
    assert counts(take(reader, url)) == {"updated": 1}
    server.page("/a", "", status=403)
    again = take(reader, url)
    assert (counts(again), len(again.failed)) == ({}, 1)
    assert "before the summer" in reader.catalog.articles()[0].text


def test_a_page_gone_for_good_keeps_its_article_and_says_so(reader: Assistant, server: WebServer) -> None:
    url = server.page("/a", story("Zirconia"))
    take(reader, url)
    server.page("/a", "", status=410)
    report = take(reader, url)
    assert counts(report) == {}
    assert "gone for good" in report.failed[0].reason
    assert len(reader.catalog.articles()) == 1


def test_a_feed_over_the_limit_says_what_it_left_out(reader: Assistant, server: WebServer) -> None:
    pages = [(server.page(f"/{n}", story(str(n), LONG.replace("twelve", f"{n}0"))), str(n)) for n in range(1, 6)]
    report = take(reader, server.page("/feed", feed(*pages), "text/xml"))
    assert counts(report) == {"added": 3}
    assert "lists 5 pages, the newest 3 are read" in report.failed[0].reason


def test_patterns_choose_among_listed_pages(reader: Assistant, server: WebServer) -> None:
    for path in ("/news/a", "/news/video/b", "/about"):
        server.page(path, story(path, LONG.replace("twelve", path.rpartition("/")[2])))
    urls = [f"{server.address}{path}" for path in ("/news/a", "/news/video/b", "/about")]
    address = server.page("/sitemap.xml", sitemap(*urls), "application/xml")
    report = take(reader, address, kind="sitemap", include=("*/news/*",), exclude=("*/video/*",))
    assert counts(report) == {"added": 1}
    assert server.paths() == ["/sitemap.xml", "/news/a"]


def test_a_page_whose_lastmod_stands_is_not_even_asked_for(reader: Assistant, server: WebServer) -> None:
    page = server.page("/a", story("a"))
    address = server.page("/sitemap.xml", sitemap(page), "application/xml")
    take(reader, address)
    server.asked.clear()
    assert counts(take(reader, address)) == {"unchanged": 1}
    assert server.paths() == ["/sitemap.xml"]
    server.page("/sitemap.xml", sitemap(page, lastmod="2025-05-04"), "application/xml")
    take(reader, address)
    assert server.paths() == ["/sitemap.xml", "/sitemap.xml", "/a"]


def test_an_index_of_sitemaps_leads_to_its_pages(reader: Assistant, server: WebServer) -> None:
    part = server.page("/part.xml", sitemap(server.page("/a", story("a"))), "application/xml")
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (part, f"{server.address}/no.xml"))
    index = f"<sitemapindex>{parts}</sitemapindex>"
    report = take(reader, server.page("/index.xml", index, "application/xml"))
    assert counts(report) == {"added": 1}
    assert [failure.source for failure in report.failed] == [f"{server.address}/no.xml"]


def test_an_unchanged_index_of_sitemaps_does_not_hide_what_they_list(reader: Assistant, server: WebServer) -> None:
    part = server.page("/part.xml", sitemap(server.page("/a", story("a"))), "application/xml")
    index = f"<sitemapindex><sitemap><loc>{part}</loc></sitemap></sitemapindex>"
    url = server.validated("/index.xml", index, '"1"', "application/xml")
    take(reader, url)
    new = server.page("/b", story("b", LONG.replace("twelve", "fifteen")))
    server.page("/part.xml", sitemap(f"{server.address}/a", new), "application/xml")
    assert counts(take(reader, url)) == {"added": 1, "unchanged": 1}


def test_a_listed_page_inside_our_network_is_refused(reader: Assistant, server: WebServer) -> None:
    report = take(reader, server.page("/feed", feed(("http://169.254.169.254/meta", "x")), "text/xml"))
    assert "private, local or special" in report.failed[0].reason


def test_what_is_not_of_its_kind_is_told(reader: Assistant, server: WebServer) -> None:
    report = take(reader, server.page("/a", story("a")), kind="feed")
    assert "no feed, but a page" in report.failed[0].reason


def test_two_addresses_of_one_page_make_one_article(reader: Assistant, server: WebServer) -> None:
    page = server.page("/a", story("a"))
    report = take(reader, page, server.moved("/b", "/a"), f"{page}#part")
    assert counts(report) == {"added": 1, "unchanged": 2}


def test_two_addresses_that_state_one_canonical_address_make_one_article(reader: Assistant, server: WebServer) -> None:
    page = story("a").replace("<title>", f'<link rel="canonical" href="{server.address}/a"><title>')
    first, other = server.page("/a", page), server.page("/print/a", page.replace("</h1>", "</h1><p>Print view.</p>"))
    assert counts(take(reader, first, other)) == {"added": 1, "unchanged": 1}
    assert counts(take(reader, other)) == {"unchanged": 1}
    assert counts(take(reader, first)) == {"unchanged": 1}


def test_a_type_that_no_loader_reads_is_refused_by_name(reader: Assistant, server: WebServer) -> None:
    url = server.page("/a.png", b"\x89PNG", "image/png")
    report = take(reader, url)
    assert [(failure.source, "'image/png'" in failure.reason) for failure in report.failed] == [(url, True)]


def test_what_a_person_says_of_a_source_wins(reader: Assistant, server: WebServer) -> None:
    given = Given(publisher="Ministry", language="de", reliability="A")
    (article_id,) = take(reader, server.page("/a", story("a")), given=given).article_ids
    article = reader.catalog.article(article_id)
    assert article is not None
    assert (article.publisher, article.language, article.reliability) == ("Ministry", "de", "A")


def test_progress_counts_the_pages_of_a_feed(reader: Assistant, server: WebServer) -> None:
    pages = [(server.page(f"/{name}", story(name, LONG.replace("twelve", name))), name) for name in "ab"]
    seen: list[tuple[int, int]] = []
    url = server.page("/feed", feed(*pages), "text/xml")
    reader.intake.take([WebAddress(url)], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
