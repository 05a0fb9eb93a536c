from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from format_1 import make_format_1
from support import make_article, new_article

from assistant.errors import IndexMismatchError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.index.keys import KeyBook
from assistant.index.schema import FORMAT_VERSION
from assistant.types import Filters


def test_a_file_of_format_1_is_brought_up_and_nothing_is_lost(tmp_path: Path) -> None:
    path = make_format_1(tmp_path / "catalog.sqlite3")
    catalog = Catalog(path)
    article = catalog.article("old")
    assert article is not None
    assert (article.text, article.copy_of, catalog.counts()) == ("Prices rose.", None, (1, 1))
    assert catalog.is_removed("gone")
    assert "gone.md" in catalog.removed_names("source")
    assert Conversations(catalog).answers("c") == ({},)
    assert catalog.damage() == ()
    assert (catalog.manifest("format"), catalog.rebuilt_from()) == (FORMAT_VERSION, 8)
    catalog.close()


def test_conversations_of_format_2_belong_to_this_machine(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    Catalog(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP INDEX conversations_owner")
        connection.execute("ALTER TABLE conversations DROP COLUMN owner")
        connection.execute("DROP TABLE access_keys")
        connection.execute("INSERT INTO conversations VALUES ('c', 'Title', '2025-06-01', '2025-06-01')")
        connection.execute("UPDATE manifest SET value = '2' WHERE key = 'format'")
    connection.close()
    catalog = Catalog(path)
    assert Conversations(catalog).get("c").title == "Title"
    assert Conversations(catalog, "ana").page(-1, None) == ()
    assert KeyBook(catalog).all() == ()
    catalog.close()


def test_articles_of_format_3_with_an_inferred_year_are_known_from_their_retrieval(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    catalog = Catalog(path)
    for name, inferred in (("guessed", True), ("printed", False)):
        article = make_article(name, published_on="2025", published_inferred=inferred, retrieved_on="2025-08-01")
        with catalog.change():
            catalog.put(new_article(article))
    catalog.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET day = '2025-12-31'")
        connection.execute("UPDATE manifest SET value = '3' WHERE key = 'format'")
    connection.close()
    catalog = Catalog(path)
    known = catalog.load(sorted(catalog.allowed(Filters(as_of="2025-09")) or ()))
    assert {found.article.id for found in known.values()} == {"guessed"}
    catalog.close()


def test_a_step_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = make_format_1(tmp_path / "catalog.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIEW copies AS SELECT 1 AS article_id")
    connection.close()
    with pytest.raises(sqlite3.OperationalError):
        Catalog(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT value FROM manifest WHERE key = 'format'").fetchall() == [("1",)]
    assert connection.execute("SELECT article_id FROM tombstones").fetchall() == [("gone",)]
    connection.close()


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = make_format_1(tmp_path / "catalog.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE manifest SET value = '99' WHERE key = 'format'")
    connection.close()
    with pytest.raises(IndexMismatchError, match="format 99"):
        Catalog(path)
