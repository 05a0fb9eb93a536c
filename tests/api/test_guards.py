"""Every request passes the guards first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from assistant.api.app import create_app
from assistant.api.guards import CONTENT_SECURITY_POLICY, MAX_BODY_BYTES, MAX_UPLOAD_BYTES
from assistant.build import Assistant

BODY = {"question": "What is Announcement No. 18?"}


@pytest.fixture(scope="module")
def client(library: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(library), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LocalHost:8000", "localhost:9", "localhost:65535"]
)
def test_this_machine_s_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


STRANGE_HOSTS = """
    evil.example 127.0.0.1.evil.example localhost.evil.example:8000 localhost:8000@evil [::1]evil [::1]:8000evil
    evil@localhost localhost. localhost.:8000 localhost: localhost:0 localhost:08000 localhost:65536 localhost:99999
    localhost:8000:8000 localhost:80x localhost/evil localhost,evil localhost#evil localhost?evil localhost\\evil
    http://localhost [::1 ::1 [localhost] 127.1 127.0.0.2 0.0.0.0 [::] [::ffff:127.0.0.1] 2130706433 0x7f000001
    192.168.1.5:8000 [fe80::1] .localhost localhost%00 xn--localhost
""".split()


@pytest.mark.parametrize("host", ["", " ", "localhost evil", *STRANGE_HOSTS])
def test_a_name_that_a_stranger_points_here_is_refused(client: TestClient, host: str) -> None:
    for path in ("/healthz", "/v1/articles", "/", "/nowhere"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 421
        assert response.headers["content-type"] == "application/problem+json"


def test_a_host_told_twice_is_refused(client: TestClient) -> None:
    told = [("Host", "localhost:8000"), ("Host", "evil.example")]
    assert client.get("/healthz", headers=told).status_code == 421
    assert client.get("/healthz", headers=told[::-1]).status_code == 421


@pytest.mark.parametrize("address", ["192.168.1.5", "::", "0.0.0.0", ""])
def test_made_for_the_loopback_address_it_answers_nowhere_else(library: Assistant, address: str) -> None:
    """Whoever runs the application by other means on an open socket opens nothing."""
    app = create_app(library)

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope | {"server": (address, 8000)}, receive, send)

    response = TestClient(elsewhere, base_url="http://127.0.0.1:8000").get("/healthz")
    assert response.status_code == 421
    assert "assistant serve" in response.json()["detail"]


def test_nobody_speaks_websocket_here(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/v1/answers"):
        pass


STRANGE_ORIGINS = """
    https://evil.example null http://127.0.0.1:9999 http://localhost:8000 http://127.0.0.1:8000.evil.example
    http://127.0.0.1:8000@evil.example http://evil.example:8000/127.0.0.1:8000 file:// http://[evil 127.0.0.1:8000
    http://127.0.0.1:8000/ ftp://127.0.0.1:8000 http://127.0.0.1 chrome-extension://abcdef
""".split()


@pytest.mark.parametrize("origin", ["", *STRANGE_ORIGINS])
def test_another_site_s_page_cannot_post(client: TestClient, origin: str) -> None:
    assert client.post("/v1/answers", json=BODY, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "CROSS-SITE", "", "none, cross-site"])
@pytest.mark.parametrize("mode", ["navigate", "cors", "no-cors"])
def test_a_request_from_another_site_without_origin_cannot_post(client: TestClient, site: str, mode: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert client.post("/v1/answers", json=BODY, headers=headers).status_code == 403


def test_another_site_s_script_or_image_reads_nothing(client: TestClient) -> None:
    for told in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}):
        assert client.get("/v1/search", params={"q": "magnets"}, headers=told).status_code == 403
        assert client.get("/ui/img/icons.svg", headers=told).status_code == 403


def test_another_site_s_link_can_be_followed(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=headers).status_code == 200


def test_no_other_origin_may_read_what_is_sent(client: TestClient) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = client.options("/v1/answers", headers=asked)
    assert preflight.status_code == 403
    for response in (preflight, client.get("/v1/articles", headers={"Origin": "http://127.0.0.1:8000"})):
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_our_own_page_and_programs_can_post(client: TestClient) -> None:
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/v1/answers", json=BODY, headers=own).status_code == 200
    assert client.post("/v1/answers", json=BODY).status_code == 200


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/v1/answers", content=b" " * (MAX_BODY_BYTES + 1))
    assert response.status_code == 413
    assert "1024 KiB" in response.json()["detail"]


def test_a_body_that_hides_its_length_is_refused_too(client: TestClient) -> None:
    chunks = (b" " * 65_536 for _ in range(MAX_BODY_BYTES // 65_536 + 1))
    assert client.post("/v1/answers", content=chunks).status_code == 413


def test_uploads_have_a_larger_limit(client: TestClient) -> None:
    files = {"file": ("big.bin", b"\x00" * (MAX_BODY_BYTES + 1))}
    assert client.post("/v1/articles", files=files).status_code == 422
    files = {"file": ("big.bin", b"\x00" * (MAX_UPLOAD_BYTES + 1))}
    assert client.post("/v1/articles", files=files).status_code == 413


@pytest.mark.parametrize("path", ["/", "/articles", "/articles/some-id", "/docs", "/healthz", "/v1/articles/nope"])
def test_every_response_carries_one_strict_policy(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_policy_allows_scripts_from_here_alone() -> None:
    assert "script-src 'self';" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/", "/articles", "/docs"])
def test_pages_load_nothing_from_outside_and_hold_no_script(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert 'src="http' not in page
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page


def test_the_docs_are_served_from_here(client: TestClient) -> None:
    assert client.get("/docs-assets/swagger-ui-bundle.js").status_code == 200
    assert client.get("/docs-assets/swagger-ui.css").status_code == 200


def test_a_path_cannot_climb_out_of_the_page_s_folder(client: TestClient) -> None:
    assert client.get("/ui/%2e%2e/build.py").status_code == 404
    assert client.get("/ui/../build.py").status_code == 404
