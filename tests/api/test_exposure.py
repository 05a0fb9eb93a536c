"""Who reaches a server is told by its socket and its host names, never by a request."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.api.exposure import exposure
from assistant.errors import BadInputError
from assistant.settings import Settings, load_settings


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
def test_a_loopback_address_reaches_this_machine_alone(settings: Settings, address: str) -> None:
    assert not exposure(settings, address).public


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "fe80::1%eth0", "::ffff:127.0.0.1", "", "localhost"]
)
def test_any_other_address_is_public(settings: Settings, address: str) -> None:
    assert exposure(settings, address).public


def test_a_host_name_of_others_makes_it_public(settings: Settings) -> None:
    named = settings.model_copy(update={"allowed_hosts": ("localhost", "Brief.Example.org")})
    found = exposure(named, "127.0.0.1")
    assert found.public
    assert found.answers("brief.example.org")
    assert found.answers("localhost")
    assert not exposure(settings.model_copy(update={"allowed_hosts": ("localhost",)}), "127.0.0.1").public


def test_in_public_addresses_are_answered_and_names_must_be_named(settings: Settings) -> None:
    found = exposure(settings.model_copy(update={"host": "0.0.0.0"}), "0.0.0.0")
    assert all(found.answers(host) for host in ("192.168.1.5", "[2001:db8::1]", "localhost"))
    assert not any(found.answers(host) for host in ("brief.example.org", "1.2.3", "[::1", "evil", ""))


def test_the_loopback_address_that_was_asked_for_is_answered(settings: Settings) -> None:
    assert exposure(settings.model_copy(update={"host": "127.0.0.2"}), "127.0.0.2").answers("127.0.0.2")
    assert not exposure(settings, "127.0.0.1").answers("127.0.0.2")


@pytest.mark.parametrize("host", ["*", "https://brief.example.org", "brief.example.org:8443", "", "a b", "a\n"])
@pytest.mark.usefixtures("settings")
def test_what_is_no_host_name_is_refused(host: Any) -> None:
    with pytest.raises(BadInputError, match="allowed_hosts"):
        load_settings(allowed_hosts=(host,))
