"""The catalog's tables, and how a file of an older format becomes one of this format."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from assistant.dates import known_day
from assistant.errors import IndexMismatchError

FORMAT_VERSION = "4"

_TABLES = """
CREATE TABLE IF NOT EXISTS manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, raw_hash TEXT NOT NULL, day TEXT NOT NULL,
    uri TEXT NOT NULL, url TEXT, title TEXT NOT NULL, publisher TEXT NOT NULL, author TEXT, published_on TEXT,
    published_inferred INTEGER NOT NULL, retrieved_on TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL,
    source_kind TEXT NOT NULL, origin TEXT NOT NULL, reliability TEXT NOT NULL, topics TEXT NOT NULL,
    elements TEXT NOT NULL, text TEXT NOT NULL, content_hash TEXT NOT NULL, UNIQUE (source, name)
);
CREATE INDEX IF NOT EXISTS articles_day ON articles (day);
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, content_hash TEXT NOT NULL,
    seen_on TEXT NOT NULL, replaced_on TEXT NOT NULL, metadata TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS versions_article ON versions (article_id);
CREATE TABLE IF NOT EXISTS copies (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    original_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, how TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS copies_original ON copies (original_id);
CREATE TABLE IF NOT EXISTS bands (
    band TEXT NOT NULL, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_article ON bands (article_id);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id, start);
CREATE TABLE IF NOT EXISTS sentences (
    passage_id TEXT NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (passage_id, start)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (
    article_hash TEXT PRIMARY KEY, source_hash TEXT NOT NULL, name_hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS conversations_owner ON conversations (owner, updated_at);
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, rating TEXT NOT NULL, comment TEXT
);
CREATE INDEX IF NOT EXISTS answers_conversation ON answers (conversation_id, created_at);
CREATE TABLE IF NOT EXISTS access_keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, read_only INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
"""


def name_hash(name: str) -> str:
    """What is kept of the name of something removed: enough to know it again, not to tell it."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class RemovedNames:
    """Names of things removed, kept as hashes: one can ask whether a name is among them, and list none."""

    hashes: frozenset[str] = frozenset()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name_hash(name) in self.hashes


def prepare(connection: sqlite3.Connection, file_name: str) -> None:
    """Make the tables of an empty file, or bring a file of an older format up to this one, whole or not at all.

    Raises:
        IndexMismatchError: the file's format is unknown here; a newer program wrote it.
    """
    if _format(connection) != FORMAT_VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _bring_up(connection, _format(connection), file_name)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _bring_up(connection: sqlite3.Connection, found: str | None, file_name: str) -> None:
    while found is not None and found != FORMAT_VERSION:
        if found not in _STEPS:
            raise IndexMismatchError(
                f"{file_name} has format {found}, this program reads {FORMAT_VERSION}; "
                "use the newer program, or start anew with: assistant doctor --repair"
            )
        found = _STEPS[found](connection)
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO manifest VALUES ('format', ?)", (FORMAT_VERSION,))


def _format(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'manifest'").fetchone():
        return None
    row = connection.execute("SELECT value FROM manifest WHERE key = 'format'").fetchone()
    return str(row[0]) if row else None


def _from_1(connection: sqlite3.Connection) -> str:
    """Tombstones keep hashes instead of names; the other new tables start empty."""
    rows = connection.execute("SELECT article_id, source, name FROM tombstones").fetchall()
    connection.execute("DROP TABLE tombstones")
    connection.execute(
        "CREATE TABLE tombstones (article_hash TEXT PRIMARY KEY, source_hash TEXT NOT NULL, name_hash TEXT NOT NULL)"
    )
    hashed = [tuple(name_hash(value) for value in row) for row in rows]
    connection.executemany("INSERT INTO tombstones VALUES (?, ?, ?)", hashed)
    # Snapshots of format 1 do not tell which passages they hold: the next one is built whole.
    connection.execute(
        "INSERT OR REPLACE INTO manifest SELECT 'rebuild_from', CAST(value AS INTEGER) + 1 FROM manifest "
        "WHERE key = 'generation'"
    )
    return "2"


def _from_2(connection: sqlite3.Connection) -> str:
    """Conversations have owners; those that are there belong to whoever uses this machine."""
    connection.execute("ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT ''")
    return "3"


def _from_3(connection: sqlite3.Connection) -> str:
    """Articles whose date was inferred count from the day of retrieval at the latest."""
    found = connection.execute(
        "SELECT id, published_on, retrieved_on FROM articles WHERE published_inferred AND published_on IS NOT NULL"
    ).fetchall()
    days = [(known_day(published, retrieved, inferred=True).isoformat(), id_) for id_, published, retrieved in found]
    connection.executemany("UPDATE articles SET day = ? WHERE id = ?", days)
    return "4"


_STEPS: dict[str, Callable[[sqlite3.Connection], str]] = {"1": _from_1, "2": _from_2, "3": _from_3}
# Formats that this program reads; older ones are brought up when they are opened.
READABLE_FORMATS = frozenset({FORMAT_VERSION, *_STEPS})
