"""Attempts against the key rules, made over a socket that is bound to every address: what is tried, what happens."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from public_server import served
from support import CORPUS, TODAY, Builder, WordHashEmbedder

from assistant import build
from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.index.catalog import Catalog
from assistant.index.keys import KeyBook
from assistant.ingest.sources import shipped_source
from assistant.settings import Settings

QUESTION = {"question": "How many tonnes of magnets did China export in May 2025?"}
TEXT = {"text": "The ministry of an invented land granted 12 licences for zirconia on 3 May 2025.", "title": "Zirconia"}


@dataclass(frozen=True)
class Public:
    """A server that others reach: two full keys, one for reading, one that was removed, one of another folder."""

    url: str
    assistant: Assistant
    tokens: dict[str, str] = field(repr=False)

    def client(self, key: str | None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.tokens[key]}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=30)

    def raw(self, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
        """A request for exactly this path, which a client would tidy up."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        with closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in ({"Host": "127.0.0.1"} | headers).items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return httpx.Response(response.status, headers=response.getheaders(), content=response.read())


@contextmanager
def public_server(settings: Settings) -> Iterator[Public]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "corpus_folder", lambda: CORPUS)
        assistant = build.build_assistant(settings, WordHashEmbedder())
        assistant.ingestor.ingest(shipped_source(CORPUS))
        keys = KeyBook(assistant.catalog)
        tokens = {name: keys.add(name, read_only=name == "reader")[1] for name in ("ana", "ben", "reader", "removed")}
        keys.remove("removed")
        with served(assistant, "0.0.0.0") as url:
            yield Public(url, assistant, tokens)
        assistant.close()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    with public_server(Settings(data=tmp_path_factory.mktemp("public"), today=TODAY, host="0.0.0.0")) as running:
        yield running


OPEN = [
    "/",
    "/articles",
    "/articles/any",
    "/measures",
    "/briefing",
    "/feedback",
    "/evals",
    "/healthz",
    "/ui/js/main.js",
    "/ui/img/favicon.svg",
]
CLOSED = """
    /v1/articles /v1/articles/any /v1/facets /v1/search?q=magnets /v1/conversations /v1/feedback /v1/jobs /v1/measures
    /v1/briefings?topic=magnets /v1/briefings/export?topic=magnets /briefing/x
    /v1/saved /v1/changes /v1/changes.atom /v1/evals /v1/evals/core /evals/core
    /v1/coverage /v1/answers/any /readyz /metrics /docs /docs-assets/swagger-ui.css /openapi.json /nowhere
    /healthz/ /healthz/x /HEALTHZ //healthz //v1/articles /v1/articles/ /ui /ui/ /articles/../v1/articles /articles/a/b
    /articles/%2e%2e%2fv1%2farticles /measures/x /index.html /%2fv1/articles /healthz%00 /healthz;/v1/articles
    /.%2e/v1/articles /healthz%0a /healthz/../v1/articles
""".split()


@pytest.mark.parametrize("path", OPEN)
def test_the_pages_and_a_sign_of_life_need_no_key(public: Public, path: str) -> None:
    assert public.raw("GET", path, {}).status_code == 200


@pytest.mark.parametrize("path", CLOSED)
def test_everything_else_does(public: Public, path: str) -> None:
    response = public.raw("GET", path, {})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "assistant keys add" in response.json()["detail"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/models"), ("POST", "/v1/chat/completions")])
def test_openai_s_clients_are_told_in_their_own_words(public: Public, method: str, path: str) -> None:
    response = public.raw(method, path, {})
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "invalid_api_key"
    assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/ui/../v1/articles", "/ui/%2e%2e/v1/facets", "/ui%2f..%2fv1%2farticles"])
def test_the_static_files_know_no_folder_above_their_own(public: Public, path: str) -> None:
    assert public.raw("GET", path, {}).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_reading_is_open(public: Public, method: str) -> None:
    for path in (*OPEN, "/v1/articles", "/v1/answers", "/v1/chat/completions"):
        assert public.raw(method, path, {}).status_code == 401


def told_wrongly(tokens: dict[str, str]) -> list[str]:
    ana, ben = tokens["ana"], tokens["ben"]
    return [
        "", "Bearer", "Bearer ", f"Basic {ana}", ana, f"Bearer{ana}", f"Bearer {ana}x", f"Bearer {ana[:-1]}",
        f"Bearer {ana} {ben}", f"Bearer {ana},{ben}", f'Bearer "{ana}"', f"Bearer {ana.upper()}", "Bearer null",
        f"Bearer {ana[:-43]}{ben[-43:]}", f"Bearer {ana[-43:]}", f"Bearer {tokens['removed']}", "Bearer *",
        f"Token {ana}", "Bearer " + "x" * 5_000, "Bearer rebrief_' OR 1=1 --", "Bearer caf\u00e9",
    ]  # fmt: skip


def test_a_key_that_is_not_told_exactly_opens_nothing(public: Public) -> None:
    for told in told_wrongly(public.tokens):
        response = public.raw("GET", "/v1/facets", {"Authorization": told})
        assert (told[:60], response.status_code) == (told[:60], 401)
        assert not told.strip() or told.strip() not in response.text


@pytest.mark.parametrize("place", ["?key={}", "?api_key={}", "?access_token={}", "?token={}"])
def test_a_key_in_the_address_opens_nothing(public: Public, place: str) -> None:
    assert public.raw("GET", "/v1/facets" + place.format(public.tokens["ana"]), {}).status_code == 401


@pytest.mark.parametrize("header", ["X-API-Key", "Cookie", "Proxy-Authorization", "Api-Key"])
def test_a_key_in_another_header_opens_nothing(public: Public, header: str) -> None:
    assert public.raw("GET", "/v1/facets", {header: public.tokens["ana"]}).status_code == 401


def test_two_keys_at_once_open_nothing(public: Public) -> None:
    told = [("Authorization", f"Bearer {public.tokens[name]}") for name in ("ana", "ben")]
    with httpx.Client(base_url=public.url, trust_env=False) as client:
        assert client.get("/v1/facets", headers=told).status_code == 401


@pytest.mark.parametrize(
    "claim",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1;host=localhost"},
        {"Host": "localhost"},
        {"Host": "127.0.0.1:8000"},
        {"Origin": "http://localhost:8000", "Host": "localhost:8000"},
        {"X-Original-URL": "/healthz", "X-Rewrite-URL": "/healthz"},
        {"X-HTTP-Method-Override": "GET"},
        {"X-Forwarded-Prefix": "/ui", "X-Script-Name": "/ui"},
    ],
)
def test_whoever_says_to_be_this_machine_needs_a_key_too(public: Public, claim: dict[str, str]) -> None:
    assert public.raw("GET", "/v1/articles", claim).status_code == 401


def test_a_page_that_was_pointed_here_by_name_is_refused_with_a_key_too(public: Public) -> None:
    told = {"Authorization": f"Bearer {public.tokens['ana']}"}
    for host in ("evil.example", "localhost:8000@evil", "127.0.0.1.evil.example"):
        assert public.raw("GET", "/v1/facets", told | {"Host": host}).status_code == 421
    assert public.raw("POST", "/v1/answers", told | {"Origin": "https://evil.example"}).status_code == 403


# Who may do what: key, method, path, body, status. What is not refused fails later, for want of the thing.
ATTEMPTS: list[tuple[str | None, str, str, Any, int]] = [
    ("reader", "GET", "/v1/articles", None, 200),
    ("reader", "GET", "/v1/search?q=magnets", None, 200),
    ("reader", "GET", "/readyz", None, 200),
    ("reader", "GET", "/docs", None, 200),
    ("reader", "GET", "/openapi.json", None, 200),
    ("reader", "POST", "/v1/answers", QUESTION, 200),
    ("reader", "POST", "/v1/answers", QUESTION | {"engine": "openai:gpt-4o"}, 422),
    ("reader", "POST", "/v1/articles", TEXT, 403),
    ("reader", "POST", "/v1/articles", {"url": "https://example.org/"}, 403),
    ("reader", "DELETE", "/v1/articles/any", None, 403),
    ("reader", "PUT", "/v1/articles/any", TEXT, 403),
    ("reader", "POST", "/v1/sources", {}, 403),
    ("reader", "DELETE", "/v1/feedback", None, 403),
    ("reader", "POST", "/v1/answers/", QUESTION, 403),
    ("reader", "POST", "/v1/answers/any/feedback/x", None, 403),
    ("reader", "DELETE", "/v1/answers/any", None, 403),
    ("reader", "DELETE", "/v1/conversations", None, 403),
    ("reader", "DELETE", "/v1/conversations/any", None, 404),
    ("reader", "POST", "/v1/answers/any/feedback", {"rating": "up"}, 404),
    ("reader", "POST", "/v1/saved", QUESTION, 201),
    ("reader", "DELETE", "/v1/saved/any", None, 404),
    ("reader", "DELETE", "/v1/saved", None, 403),
    ("ana", "GET", "/v1/articles", None, 200),
    ("ana", "POST", "/v1/answers", QUESTION, 200),
    ("ana", "POST", "/v1/answers", QUESTION | {"engine": "no-such"}, 422),
    ("ana", "DELETE", "/v1/articles/any", None, 404),
    ("ana", "POST", "/v1/articles", TEXT, 403),
    ("ana", "POST", "/v1/articles", {"url": "https://example.org/"}, 403),
    ("ana", "POST", "/v1/sources", {}, 403),
    ("removed", "GET", "/v1/articles", None, 401),
    ("removed", "POST", "/v1/answers", QUESTION, 401),
    (None, "POST", "/v1/answers", QUESTION, 401),
    (None, "POST", "/v1/articles", TEXT, 401),
    (None, "DELETE", "/v1/articles/any", None, 401),
]


@pytest.mark.parametrize(("key", "method", "path", "body", "status"), ATTEMPTS)
def test_what_a_key_may_do(public: Public, key: str | None, method: str, path: str, body: Any, status: int) -> None:
    with public.client(key) as client:
        response = client.request(method, path, json=body)
    assert response.status_code == status
    if status == 403:
        assert "whoever runs" in response.json()["detail"]


# Whose conversations


@pytest.mark.parametrize("other", ["ben", "reader"])
def test_what_one_key_asked_is_not_there_for_another(public: Public, other: str) -> None:
    with public.client("ana") as ana, public.client(other) as stranger:
        answer = ana.post("/v1/answers", json=QUESTION).json()
        conversation, given = answer["conversation_id"], f"/v1/answers/{answer['id']}"
        lists = ("/v1/conversations", "/v1/feedback")
        seen_before = [stranger.get(listing).text for listing in lists]
        assert ana.post(f"{given}/feedback", json={"rating": "up", "comment": "mine"}).status_code == 201
        tried = {
            "read": stranger.get(f"/v1/conversations/{conversation}"),
            "rename": stranger.patch(f"/v1/conversations/{conversation}", json={"title": "Mine"}),
            "delete": stranger.delete(f"/v1/conversations/{conversation}"),
            "answer": stranger.get(given),
            "export": stranger.get(f"{given}/export?format=json"),
            "export all": stranger.get(f"/v1/conversations/{conversation}/export?format=json"),
            "feedback": stranger.post(f"{given}/feedback", json={"rating": "down"}),
            "follow up": stranger.post("/v1/answers", json={"question": "And then?", "conversation_id": conversation}),
            "stream": stranger.post(
                "/v1/answers",
                json={"question": "And then?", "conversation_id": conversation},
                headers={"Accept": "text/event-stream"},
            ),
        }
        assert {name: response.status_code for name, response in tried.items()} == dict.fromkeys(tried, 404)
        assert [stranger.get(listing).text for listing in lists] == seen_before
        assert not any(conversation in listed or answer["id"] in listed for listed in seen_before)
        assert len(ana.get(f"/v1/conversations/{conversation}").json()["answers"]) == 1
        assert ana.get(given).json() == answer
        assert answer["id"] in ana.get("/v1/feedback").text
        assert [item["id"] for item in ana.get("/v1/conversations").json()["items"]].count(conversation) == 1


def test_what_keys_asked_is_not_there_on_this_machine(public: Public) -> None:
    with public.client("ana") as ana:
        conversation = ana.post("/v1/answers", json=QUESTION).json()["conversation_id"]
    with TestClient(create_app(public.assistant), base_url="http://127.0.0.1:8000") as local:
        assert local.get(f"/v1/conversations/{conversation}").status_code == 404
        assert conversation not in local.get("/v1/conversations").text
        own = local.post("/v1/answers", json=QUESTION).json()["conversation_id"]
    with public.client("ana") as ana:
        assert ana.get(f"/v1/conversations/{own}").status_code == 404
        follow_up = {"question": "And in June?", "conversation_id": own}
        told = ana.post("/v1/answers", json=follow_up, headers={"Accept": "text/event-stream"})
        assert told.status_code == 404


def test_a_key_follows_up_in_its_own_conversation(public: Public) -> None:
    with public.client("reader") as reader:
        conversation = reader.post("/v1/answers", json=QUESTION).json()["conversation_id"]
        follow_up = reader.post("/v1/answers", json={"question": "And in June?", "conversation_id": conversation})
        assert follow_up.status_code == 200
        assert len(reader.get(f"/v1/conversations/{conversation}").json()["answers"]) == 2
        assert reader.patch(f"/v1/conversations/{conversation}", json={"title": "Mine"}).status_code == 200
        assert reader.delete(f"/v1/conversations/{conversation}").status_code == 204


def test_who_cites_what_is_counted_of_one_s_own_answers(public: Public) -> None:
    with public.client("ana") as ana, public.client("ben") as ben:
        answer = ana.post("/v1/answers", json=QUESTION).json()
        cited = answer["citations"][0]["article_id"]
        for client, seen in ((ana, True), (ben, False)):
            listed = {item["id"]: item for item in client.get("/v1/articles").json()["items"]}[cited]
            assert (listed["cited"] > 0, listed["last_cited_at"] is not None) == (seen, seen)


# On a running server


def test_a_key_counts_from_the_moment_it_is_made_until_it_is_removed(public: Public) -> None:
    catalog = Catalog(public.assistant.settings.data / "catalog.sqlite3")
    keys = KeyBook(catalog)
    _, token = keys.add("short-lived")
    told = {"Authorization": f"bearer {token}"}
    assert public.raw("GET", "/v1/facets", told).status_code == 200
    keys.remove("short-lived")
    assert public.raw("GET", "/v1/facets", told).status_code == 401
    catalog.close()


def test_a_route_of_tomorrow_is_closed(public: Public) -> None:
    app = create_app(public.assistant, "0.0.0.0")

    @app.get("/v1/tomorrow")
    @app.post("/v1/tomorrow")
    def tomorrow() -> str:
        return "open"

    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        told = {name: {"Authorization": f"Bearer {token}"} for name, token in public.tokens.items()}
        assert client.get("/v1/tomorrow").status_code == 401
        assert client.post("/v1/tomorrow", headers=told["reader"]).status_code == 403
        assert client.post("/v1/tomorrow", headers=told["ana"]).status_code == 403
        assert client.get("/v1/tomorrow", headers=told["reader"]).status_code == 200


def test_uploads_can_be_allowed_and_a_key_for_reading_still_adds_nothing(settings: Settings) -> None:
    allowed = settings.model_copy(update={"host": "0.0.0.0", "public_uploads": True})
    with public_server(allowed) as public, public.client("ana") as ana, public.client("reader") as reader:
        assert reader.post("/v1/articles", json=TEXT).status_code == 403
        added = ana.post("/v1/articles", json=TEXT)
        assert added.status_code == 201
        address = f"/v1/articles/{added.json()['article_ids'][0]}"
        assert reader.delete(address).status_code == 403
        assert ana.delete(address).status_code == 204


def test_a_key_that_asks_too_often_is_told_when_to_come_back(settings: Settings) -> None:
    rare = settings.model_copy(update={"host": "0.0.0.0", "rate_limit": "3/minute"})
    with public_server(rare) as public, public.client("ana") as ana, public.client("ben") as ben:
        assert [ana.get("/v1/facets").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = ana.post("/v1/answers", json=QUESTION)
        assert refused.status_code == 429
        assert refused.headers["content-type"] == "application/problem+json"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert "3/minute" in refused.json()["detail"]
        assert ben.get("/v1/facets").status_code == 200
        assert ana.get("/healthz").status_code == 200


def test_on_the_loopback_address_nobody_is_asked_and_any_key_is_ignored(library: Assistant) -> None:
    with served(library, "127.0.0.1") as url, httpx.Client(base_url=url, trust_env=False) as client:
        answer = client.post("/v1/answers", json=QUESTION, headers={"Authorization": "Bearer sk-anything"})
        assert answer.status_code == 200
        assert client.get(f"/v1/answers/{answer.json()['id']}").status_code == 200
        assert client.get("/v1/facets", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
        assert client.get("/v1/facets", headers={"Host": "evil.example"}).status_code == 421
        assert all(client.get("/v1/facets").status_code == 200 for _ in range(130))


def test_a_name_for_others_asks_for_a_key_on_the_loopback_address(build_assistant: Builder) -> None:
    """As behind a proxy on the same machine."""
    assistant = build_assistant(allowed_hosts=("brief.example.org",))
    _, token = KeyBook(assistant.catalog).add("ana")
    with served(assistant, "127.0.0.1") as url, httpx.Client(base_url=url, trust_env=False) as client:
        for host in ("brief.example.org", "BRIEF.example.org:443", "127.0.0.1:8000", "localhost"):
            assert client.get("/v1/facets", headers={"Host": host}).status_code == 401
            told = {"Host": host, "Authorization": f"Bearer {token}"}
            assert client.get("/v1/facets", headers=told).status_code == 200
        for host in ("other.example.org", "brief.example.org.", "brief.example.org.evil.example"):
            assert client.get("/healthz", headers={"Host": host}).status_code == 421
        own = {"Host": "brief.example.org", "Authorization": f"Bearer {token}", "Origin": "https://brief.example.org"}
        assert client.post("/v1/answers", json=QUESTION, headers=own).status_code == 200
