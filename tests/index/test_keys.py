from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import BadInputError, NotFoundError
from assistant.index.catalog import Catalog
from assistant.index.keys import PREFIX, KeyBook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalog.sqlite3"


@pytest.fixture
def catalog(path: Path) -> Iterator[Catalog]:
    catalog = Catalog(path)
    yield catalog
    catalog.close()


@pytest.fixture
def keys(catalog: Catalog) -> KeyBook:
    return KeyBook(catalog)


def test_a_token_is_known_by_its_look_and_differs_each_time(keys: KeyBook) -> None:
    tokens = [keys.add(f"reader {number}")[1] for number in range(50)]
    assert all(re.fullmatch(PREFIX + r"_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert len({token[-43:] for token in tokens}) == len({token[: -len("_") - 43] for token in tokens}) == 50


def test_a_token_finds_its_key(keys: KeyBook) -> None:
    made, token = keys.add("ana", read_only=True)
    other, other_token = keys.add("ben")
    assert (made.name, made.read_only, other.read_only) == ("ana", True, False)
    assert (keys.find(token), keys.find(other_token)) == (made, other)


def test_what_differs_by_anything_finds_none(keys: KeyBook) -> None:
    made, token = keys.add("ana")
    _, other = keys.add("ben")
    secret = token[len(PREFIX) + 18 :]
    wrong = [
        "", "ana", made.id, secret, token[:-1], token + "A", token + "\n", " " + token, token.upper(), token[1:],
        token[:-1] + ("A" if token[-1] != "A" else "B"), other[: len(PREFIX) + 18] + secret, token.replace("_", "-"),
        f"{PREFIX}_{made.id}_{'A' * 43}", f"{PREFIX}_{'0' * 16}_{secret}", "' OR 1=1 --", "\ud800",
    ]  # fmt: skip
    assert [keys.find(token) for token in wrong] == [None] * len(wrong)


def test_only_the_hash_is_kept(keys: KeyBook, catalog: Catalog, path: Path) -> None:
    made, token = keys.add("ana")
    (row,) = catalog.rows("SELECT * FROM access_keys")
    assert row["hash"] == hashlib.sha256(token.encode()).hexdigest()
    catalog.compact()
    assert token[-43:].encode() not in path.read_bytes()
    assert row["hash"] not in repr(made)
    assert token not in repr(made)


def test_a_removed_key_finds_nothing_at_once_in_another_process(keys: KeyBook, path: Path) -> None:
    made, token = keys.add("ana")
    elsewhere = Catalog(path)
    assert KeyBook(elsewhere).remove("ana") == made
    elsewhere.close()
    assert keys.find(token) is None
    assert keys.all() == ()


def test_a_renewed_key_keeps_its_place_under_another_token(keys: KeyBook) -> None:
    made, token = keys.add("ana", read_only=True)
    renewed, new_token = keys.renew("ana")
    assert (renewed, keys.find(new_token), keys.find(token)) == (made, made, None)


def test_a_name_is_given_once(keys: KeyBook) -> None:
    keys.add("ana")
    with pytest.raises(BadInputError, match="assistant keys renew 'ana'"):
        keys.add("ana")


@pytest.mark.parametrize("name", ["", " ", "-x", "a\nb", "a\x1b[31m", "a" * 65, "a/b", "\u202eana"])
def test_a_name_is_short_and_plain(keys: KeyBook, name: str) -> None:
    with pytest.raises(BadInputError, match="name"):
        keys.add(name)


def test_names_may_be_people_s(keys: KeyBook) -> None:
    for name in ("ana", "Zoë K.", "王伟", "ci@desk", "a.b-c_d+e"):
        keys.add(name)
    assert [key.name for key in keys.all()] == ["Zoë K.", "a.b-c_d+e", "ana", "ci@desk", "王伟"]


def test_a_key_that_is_not_there_is_not_found(keys: KeyBook) -> None:
    for missing in (keys.remove, keys.renew):
        with pytest.raises(NotFoundError, match="assistant keys list"):
            missing("nobody")
