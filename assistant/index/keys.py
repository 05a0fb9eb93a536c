"""Access keys: who may use a server that others reach. Only their hashes are kept.

A key is a random token of 256 bits. One round of SHA-256 keeps it safe: slow hashes hold up the guessing of
passwords that people choose, and nobody guesses 256 random bits, while every request must pay for the hash.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.errors import BadInputError, NotFoundError
from assistant.index.catalog import Catalog

PREFIX = "rebrief"
_TOKEN = re.compile(rf"{PREFIX}_(?P<id>[0-9a-f]{{16}})_[A-Za-z0-9_-]{{43}}")
_NAME = re.compile(r"[\w][\w .@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key without its token, which is shown once and kept nowhere; ``created_at`` is UTC, ISO 8601."""

    id: str
    name: str
    read_only: bool
    created_at: str


class KeyBook:
    """The access keys of one data folder. What another process adds or removes counts at once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, name: str, *, read_only: bool = False) -> tuple[AccessKey, str]:
        """A new key and its token. Raises BadInputError: a name that is taken, or none."""
        if not _NAME.fullmatch(name):
            raise BadInputError(
                f"name {name[:80]!r} cannot be a key's; use 1 to 64 letters, digits, spaces and . _ @ + -"
            )
        key = AccessKey(secrets.token_hex(8), name, read_only, datetime.now(UTC).isoformat(timespec="seconds"))
        token = _new_token(key.id)
        values = (key.id, key.name, _hash(token), key.read_only, key.created_at)
        try:
            self._catalog.rows("INSERT INTO access_keys VALUES (?, ?, ?, ?, ?)", *values)
        except sqlite3.IntegrityError:
            raise BadInputError(
                f"there is a key named {name!r}; choose another name, or give that one a new token: "
                f"assistant keys renew {name!r}"
            ) from None
        return key, token

    def all(self) -> tuple[AccessKey, ...]:
        """Every key, by name."""
        return tuple(_key(row) for row in self._catalog.rows("SELECT * FROM access_keys ORDER BY name"))

    def renew(self, name: str) -> tuple[AccessKey, str]:
        """The key with a new token; the one before it is refused from now on. Raises NotFoundError."""
        key = self._named(name)
        token = _new_token(key.id)
        self._catalog.rows("UPDATE access_keys SET hash = ? WHERE id = ?", _hash(token), key.id)
        return key, token

    def remove(self, name: str) -> AccessKey:
        """Forget a key. Raises NotFoundError."""
        key = self._named(name)
        self._catalog.rows("DELETE FROM access_keys WHERE id = ?", key.id)
        return key

    def find(self, token: str) -> AccessKey | None:
        """The key of a token; None when there is none.

        It is found by the part that is no secret, and the rest compared in a time that tells nothing.
        """
        told = _TOKEN.fullmatch(token)
        rows = self._catalog.rows("SELECT * FROM access_keys WHERE id = ?", told["id"]) if told else []
        return _key(rows[0]) if rows and hmac.compare_digest(rows[0]["hash"], _hash(token)) else None

    def _named(self, name: str) -> AccessKey:
        rows = self._catalog.rows("SELECT * FROM access_keys WHERE name = ?", name)
        if not rows:
            raise NotFoundError(f"no key is named {name!r}; see them with: assistant keys list")
        return _key(rows[0])


def _new_token(key_id: str) -> str:
    return f"{PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(row: sqlite3.Row) -> AccessKey:
    return AccessKey(row["id"], row["name"], bool(row["read_only"]), row["created_at"])
