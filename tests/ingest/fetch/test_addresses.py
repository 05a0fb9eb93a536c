from __future__ import annotations

import ipaddress
import socket
from typing import Any

import httpcore
import pytest

from assistant.errors import BadInputError, SourceError
from assistant.ingest.fetch import addresses
from assistant.ingest.fetch.addresses import checked_addresses, checked_url, is_public
from assistant.ingest.fetch.fetcher import Fetcher
from assistant.ingest.fetch.limits import FetchLimits

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.9.9.9", "0.0.0.0", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "203.0.113.5",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::",
        "2001:0:1::1",
    ],
)  # fmt: skip
def test_no_special_address_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org", "only http and https"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://@example.org/", "user name or password"),
        ("http://example.org:8080/", "port 8080"),
        ("http://example.org:99999/", "no address of a page"),
        ("http:///path", "names no host"),
        ("http://[::1/", "no address of a page"),
        ("http://169.254.169.254/", "private, local or special"),
        ("http://[::1]/", "private, local or special"),
        ("http://exam ple.org/", "blanks"),
        ("http://example.org/" + "a" * 3000, "too long"),
    ],
)
def test_the_form_of_an_address_is_checked(url: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words) as caught:
        checked_url(url, NOBODY)
    assert "secret" not in str(caught.value)


def test_the_setting_allows_a_host_and_a_port_by_name() -> None:
    assert checked_url("http://wiki.intra:8080/a", frozenset({"wiki.intra:8080"}))
    assert checked_url("http://10.0.0.7/a", frozenset({"10.0.0.7"}))
    with pytest.raises(BadInputError, match="port 8081"):
        checked_url("http://wiki.intra:8081/a", frozenset({"wiki.intra:8080", "wiki.intra"}))


def resolve_to(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Make the resolver give one answer after the other, the last one ever after."""
    left = list(answers)

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in address.split()]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("answer", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    resolve_to(monkeypatch, answer)
    with pytest.raises(SourceError, match=r"'evil\.example'.*private, local or special"):
        checked_addresses("evil.example", 80, NOBODY)


def test_of_mixed_answers_only_the_public_ones_are_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "127.0.0.1 8.8.8.8 10.0.0.1")
    assert checked_addresses("mixed.example", 80, NOBODY) == ("8.8.8.8",)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that turns to this machine after its first answer (DNS rebinding) never reaches it."""
    connected: list[str] = []

    def connect(self: Any, host: str, *_: Any, **__: Any) -> None:
        connected.append(host)
        raise httpcore.ConnectError("nobody here")

    resolve_to(monkeypatch, "8.8.8.8", "127.0.0.1")
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(SourceError, match="nobody here"):
        Fetcher(FetchLimits(delay=0.0, seconds=2.0)).fetch("http://rebinding.example/a")
    assert connected == ["8.8.8.8"]


def test_an_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", fail)
    with pytest.raises(SourceError, match=r"no such host 'nowhere\.example'"):
        checked_addresses("nowhere.example", 80, NOBODY)
