"""A catalog file as format 1 of the program wrote it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

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
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id, start);
CREATE TABLE IF NOT EXISTS sentences (
    passage_id TEXT NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (passage_id, start)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (article_id TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, rating TEXT NOT NULL, comment TEXT
);
CREATE INDEX IF NOT EXISTS answers_conversation ON answers (conversation_id, created_at);
"""


def make_format_1(path: Path) -> Path:
    """One article with a passage, one tombstone, one answer, generation 7."""
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    article = (
        "old", "source", "old.md", "raw", "2025-06-01", "file:old.md", None, "Title", "Publisher", None, "2025-06-01",
        0, "2025-12-20", "en", "news", "news", "Publisher", "B", "[]", "[]", "Prices rose.", "hash",
    )  # fmt: skip
    vector = np.ones(4, dtype=np.float16).tobytes()
    with connection:
        connection.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(article))})", article)
        connection.execute("INSERT INTO passages VALUES ('old-0', 'old', 0, 12, ?)", (vector,))
        connection.execute("INSERT INTO sentences VALUES ('old-0', 0, 12, ?)", (vector,))
        connection.execute("INSERT INTO tombstones VALUES ('gone', 'source', 'gone.md')")
        connection.execute("INSERT INTO conversations VALUES ('c', 'Title', '2025-06-01', '2025-06-01')")
        connection.execute("INSERT INTO answers VALUES ('a', 'c', '2025-06-01', '{}')")
        connection.executemany("INSERT INTO manifest VALUES (?, ?)", [("format", "1"), ("generation", "7")])
    connection.close()
    return path
