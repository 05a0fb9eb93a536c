from __future__ import annotations

import gzip

import pytest

from assistant.errors import SourceError
from assistant.ingest.fetch.feeds import read_feed
from assistant.ingest.fetch.listings import listing_kind
from assistant.ingest.fetch.pace import retry_after
from assistant.ingest.fetch.refresh import refresh_target
from assistant.ingest.fetch.sitemaps import read_sitemap, unpacked

URL = "https://ministry.example/feed"
RSS = b"""<?xml version="1.0"?><!-- made by hand -->
<rss version="2.0"><channel><title>Ministry</title>
<item><title>Licences &amp; quotas</title><link>https://ministry.example/a</link><author>Li Wei</author>
<pubDate>Sat, 03 May 2025 10:00:00 GMT</pubDate><description>&lt;p&gt;Twelve &lt;b&gt;licences&lt;/b&gt;.&lt;/p&gt;
&lt;script&gt;steal()&lt;/script&gt;</description></item>
<item><title>Of tomorrow</title><link>/b</link><pubDate>Sun, 04 May 2025 10:00:00 GMT</pubDate></item>
<item><title>Nowhere</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
<entry><title>Terbium</title><link href="https://a.example/t"/><updated>2025-05-03T10:00:00Z</updated></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://a.example/1 </loc><lastmod>2025-05-03</lastmod></url><url><loc>https://a.example/2</loc></url>
</urlset>"""


def test_a_feed_tells_link_title_date_author_and_summary() -> None:
    first, second = read_feed(URL, RSS, "2025-05-03")
    assert (first.url, first.title, first.published_on, first.author) == (
        "https://ministry.example/a", "Licences & quotas", "2025-05-03", "Li Wei"
    )  # fmt: skip
    assert first.summary == "Twelve licences ."
    assert (second.url, second.published_on) == ("https://ministry.example/b", None)


def test_the_day_of_a_change_is_no_day_of_publication() -> None:
    (entry,) = read_feed(URL, ATOM, "2026-01-01")
    assert (entry.title, entry.published_on) == ("Terbium", None)


def test_a_sitemap_tells_addresses_and_when_they_changed() -> None:
    entries = read_sitemap(SITEMAP)
    assert [(entry.url, entry.lastmod, entry.published_on) for entry in entries] == [
        ("https://a.example/1", "2025-05-03", None), ("https://a.example/2", None, None)
    ]  # fmt: skip


def test_a_packed_sitemap_is_unpacked_within_the_limit() -> None:
    assert unpacked(gzip.compress(SITEMAP), 10_000) == SITEMAP
    with pytest.raises(SourceError, match="larger"):
        unpacked(gzip.compress(bytes(1_000_000)), 10_000)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, "feed"),
        (ATOM, "feed"),
        (b'\xef\xbb\xbf<rdf:RDF xmlns:rdf="x">', "feed"),
        (SITEMAP, "sitemap"),
        (b"<?xml version='1.0'?>\n<sitemapindex>", "sitemap"),
        (b"<!doctype html><html><body><rss>", None),
        (b"The <rss > element", None),
        (b"", None),
    ],
)
def test_the_first_element_tells_what_a_listing_is(content: bytes, kind: str | None) -> None:
    assert listing_kind(content) == kind


@pytest.mark.parametrize("read", [lambda content: read_feed(URL, content, "2026-01-01"), read_sitemap])
def test_entities_are_refused(read: object) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
    with pytest.raises(SourceError, match="entities"):
        read(bomb)  # type: ignore[operator]


def test_what_is_no_listing_says_so() -> None:
    with pytest.raises(SourceError, match="no RSS or Atom"):
        read_feed(URL, b"<html>", "2026-01-01")
    with pytest.raises(SourceError, match="no sitemap"):
        read_sitemap(b"<urlset>")


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ('<meta http-equiv=refresh content="0;url=/b">', "https://a.example/b"),
        ("<META HTTP-EQUIV='REFRESH' CONTENT='3; URL=\"https://b.example/\"'>", "https://b.example/"),
        ('<meta http-equiv="refresh" content="300;url=/b">', None),
        ('<meta http-equiv="refresh" content="5">', None),
        ('<meta http-equiv="refresh" content="0;url=/a#top">', None),
        ('<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript>', None),
        ('<!-- <meta http-equiv="refresh" content="0;url=/b"> -->', None),
    ],
)
def test_a_refresh_counts_when_it_leads_elsewhere_within_seconds(head: str, target: str | None) -> None:
    assert refresh_target("https://a.example/a", f"<html><head>{head}</head>".encode()) == target


@pytest.mark.parametrize(("value", "seconds"), [("5", 5.0), (" 12 ", 12.0), ("soon", None), (None, None)])
def test_retry_after_is_seconds(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_retry_after_is_a_date_too() -> None:
    assert retry_after("Sat, 03 May 2025 10:00:00 GMT") == 0.0
    assert (retry_after("Sat, 03 May 2098 10:00:00 GMT") or 0) > 1e9
