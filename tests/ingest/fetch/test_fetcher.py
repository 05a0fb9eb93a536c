from __future__ import annotations

import gzip
import ssl
import time
import zlib
from typing import Any

import pytest
import trustme
from web_server import Visitor, WebServer, serving

from assistant.errors import SourceError
from assistant.ingest.fetch.fetcher import Fetcher, GoneError, Page, Validators
from assistant.ingest.fetch.limits import FetchLimits

STORY = "<html><body><p>China granted twelve licences.</p></body></html>"


def fetcher(server: WebServer, tls: ssl.SSLContext | None = None, **limits: Any) -> Fetcher:
    bounds: dict[str, Any] = {"allowed_hosts": frozenset({server.host}), "delay": 0.0, "seconds": 5.0}
    return Fetcher(FetchLimits(**(bounds | limits)), tls)


def read(server: WebServer, url: str, **limits: Any) -> Page:
    page = fetcher(server, **limits).fetch(url)
    assert page is not None
    return page


def test_a_page_comes_with_its_type_and_validators(server: WebServer) -> None:
    url = server.page("/a", STORY, ETag='"1"', Last_Modified="Sat, 03 May 2025 10:00:00 GMT")
    page = read(server, url)
    assert (page.url, page.content, page.content_type) == (url, STORY.encode(), "text/html")
    assert page.validators == Validators('"1"', "Sat, 03 May 2025 10:00:00 GMT")


def test_the_user_agent_is_ours_and_says_how_to_reach_us(server: WebServer) -> None:
    read(server, server.page("/a", STORY), contact="desk@example.org")
    (agent,) = {headers["User-Agent"] for _, headers in server.asked}
    assert "RareEarthBrief" in agent
    assert "desk@example.org" in agent
    assert "Mozilla" not in agent


def test_an_unchanged_page_costs_one_304(server: WebServer) -> None:
    url = server.validated("/a", STORY, '"1"')
    reader = fetcher(server)
    first = reader.fetch(url)
    assert first is not None
    assert reader.fetch(url, first.validators) is None
    assert server.paths() == ["/a", "/a"]


def test_what_robots_txt_forbids_is_not_asked_for(server: WebServer) -> None:
    server.page("/robots.txt", "User-agent: *\nDisallow: /closed\n", "text/plain")
    closed, open_ = server.page("/closed/a", STORY), server.page("/open/a", STORY)
    reader = fetcher(server)
    with pytest.raises(SourceError, match=r"robots\.txt"):
        reader.fetch(closed)
    assert reader.fetch(open_)
    assert [path for path, _ in server.asked] == ["/robots.txt", "/open/a"]


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(server: WebServer) -> None:
    server.page("/robots.txt", "User-agent: *\nDisallow: /closed\n", "text/plain")
    server.page("/closed", STORY)
    with pytest.raises(SourceError, match=r"robots\.txt"):
        read(server, server.moved("/a", "/closed"))
    assert server.paths() == ["/a"]


def test_a_robots_txt_that_cannot_be_had_forbids_all(server: WebServer) -> None:
    server.page("/robots.txt", "", status=500)
    with pytest.raises(SourceError, match=r"robots\.txt"):
        read(server, server.page("/a", STORY))
    assert server.paths() == []


def test_redirects_are_followed_and_the_last_address_is_told(server: WebServer) -> None:
    url = server.page("/c", STORY)
    server.moved("/b", "/c", 307)
    assert read(server, server.moved("/a", "/b", 301)).url == url


def test_a_redirect_loop_ends(server: WebServer) -> None:
    server.moved("/b", "/a")
    with pytest.raises(SourceError, match="more than 3 redirects"):
        read(server, server.moved("/a", "/b"), redirects=3)
    assert len(server.paths()) == 4


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://localhost/",
        "http://2852039166/",
        "file:///etc/passwd",
        "http://user:secret@example.org/",
    ],
)
def test_a_redirect_away_from_the_open_web_is_refused(server: WebServer, target: str) -> None:
    with pytest.raises(SourceError, match=r"private, local or special|only http|password") as caught:
        read(server, server.moved("/a", target))
    assert "secret" not in str(caught.value)


def test_a_meta_refresh_is_a_redirect_with_the_same_checks(server: WebServer) -> None:
    target = server.page("/b", STORY)
    assert read(server, server.page("/a", '<meta http-equiv="Refresh" content="0; url=/b">')).url == target
    with pytest.raises(SourceError, match="private, local or special"):
        read(server, server.page("/c", '<meta http-equiv="refresh" content="0;URL=http://169.254.169.254/">'))


def test_a_slow_drip_ends_with_the_time(server: WebServer) -> None:
    def drip(visitor: Visitor) -> None:
        visitor.head(200, Content_Type="text/html")
        while True:
            visitor.wfile.write(b"a")
            time.sleep(0.05)

    server.pages["/a"] = drip
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"longer than 0\.5 s"):
        read(server, server.address + "/a", seconds=0.5)
    assert time.monotonic() - started < 2
    assert server.hung_up.wait(2)


def test_headers_that_drip_end_with_the_time(server: WebServer) -> None:
    def drip(visitor: Visitor) -> None:
        visitor.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            visitor.wfile.write(f"X-{number}: a\r\n".encode())
            time.sleep(0.05)

    server.pages["/a"] = drip
    with pytest.raises(SourceError, match="longer than"):
        read(server, server.address + "/a", seconds=0.5)


def test_a_server_that_says_nothing_ends_with_the_time(server: WebServer) -> None:
    server.pages["/a"] = lambda visitor: time.sleep(1.5)
    with pytest.raises(SourceError, match="longer than"):
        read(server, server.address + "/a", seconds=0.5)


def test_an_endless_body_stops_at_the_limit(server: WebServer) -> None:
    def endless(visitor: Visitor) -> None:
        visitor.head(200, Content_Type="text/html")
        while True:
            visitor.wfile.write(b"a" * 10_000)

    server.pages["/a"] = endless
    with pytest.raises(SourceError, match="larger than 100000 bytes"):
        read(server, server.address + "/a", max_bytes=100_000)
    assert server.hung_up.wait(2)


def test_gzip_is_read(server: WebServer) -> None:
    url = server.page("/a", gzip.compress(STORY.encode()), Content_Encoding="gzip")
    assert read(server, url).content == STORY.encode()


def test_a_gzip_bomb_stops_before_it_is_unpacked(server: WebServer) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    with pytest.raises(SourceError, match="larger than 1000000 bytes"):
        read(server, server.page("/a", bomb, Content_Encoding="gzip"), max_bytes=1_000_000)


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_an_encoding_that_was_not_asked_for_is_refused(server: WebServer, encoding: str) -> None:
    with pytest.raises(SourceError, match="not asked for"):
        read(server, server.page("/a", b"x", Content_Encoding=encoding))


@pytest.mark.parametrize("body", [gzip.compress(b"a" * 1000)[:-12], b"no gzip"], ids=["cut short", "no gzip"])
def test_damaged_gzip_is_an_error_and_no_half_page(server: WebServer, body: bytes) -> None:
    with pytest.raises(SourceError, match="compressed data"):
        read(server, server.page("/a", body, Content_Encoding="gzip"))


def test_a_body_cut_short_is_an_error_and_no_half_page(server: WebServer) -> None:
    def cut(visitor: Visitor) -> None:
        visitor.head(200, Content_Type="text/html", Content_Length="1000")
        visitor.wfile.write(b"<p>Half")

    server.pages["/a"] = cut
    with pytest.raises(SourceError, match="connection"):
        read(server, server.address + "/a")


def test_a_connection_reset_is_told(server: WebServer) -> None:
    server.pages["/a"] = Visitor.reset
    with pytest.raises(SourceError, match=r"connection to '127\.0\.0\.1:\d+' failed"):
        read(server, server.address + "/a")


def test_retry_after_is_honoured_within_the_time(server: WebServer) -> None:
    answers = iter([429, 200])
    server.pages["/a"] = lambda visitor: visitor.send(next(answers), b"ok", Retry_After="1", Content_Type="text/plain")
    started = time.monotonic()
    assert read(server, server.address + "/a").content == b"ok"
    assert time.monotonic() - started >= 0.9


def test_retry_after_beyond_the_time_is_told_and_the_host_left_alone(server: WebServer) -> None:
    reader = fetcher(server)
    busy, other = server.page("/a", "", status=429, Retry_After="3600"), server.page("/b", STORY)
    for url in (busy, other):
        with pytest.raises(SourceError, match=r"asks to wait 3\d\d\d s"):
            reader.fetch(url)
    assert server.paths() == ["/a"]


def test_requests_to_one_host_keep_their_distance(server: WebServer) -> None:
    reader = fetcher(server, delay=0.3)
    url = server.page("/a", STORY)
    started = time.monotonic()
    for _ in range(3):
        reader.fetch(url)
    assert time.monotonic() - started >= 0.6


@pytest.mark.parametrize(("status", "words"), [(404, "no such page"), (403, "refuses"), (500, "again later")])
def test_a_refusal_is_told_in_words(server: WebServer, status: int, words: str) -> None:
    with pytest.raises(SourceError, match=f"HTTP {status}.*{words}"):
        read(server, server.page("/a", "", status=status))


def test_a_page_that_is_gone_is_told_apart(server: WebServer) -> None:
    with pytest.raises(GoneError, match="gone for good"):
        read(server, server.page("/a", "", status=410))


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with serving(tls) as server:
        with pytest.raises(SourceError, match="no trusted connection"):
            read(server, server.page("/a", STORY))
        assert server.asked == []


def test_a_certificate_of_another_name_is_refused_though_the_address_is_right() -> None:
    authority, tls, trusting = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(tls)
    authority.configure_trust(trusting)
    with serving(tls) as server:
        server.page("/a", STORY)
        named = f"localhost:{server.server_port}"
        reader = fetcher(server, trusting, allowed_hosts=frozenset({named, server.host}))
        assert reader.fetch(f"https://{named}/a") is not None
        with pytest.raises(SourceError, match="no trusted connection"):
            reader.fetch(f"{server.address}/a")


def test_a_host_that_does_not_answer_is_not_asked_for_each_of_its_pages(server: WebServer) -> None:
    server.pages["/robots.txt"] = Visitor.reset
    reader = fetcher(server)
    for path in ("/a", "/b"):
        with pytest.raises(SourceError):
            reader.fetch(server.address + path)
    assert len(server.asked) == 1
