"""The catalog: one SQLite file (WAL) that holds everything; the search indexes derive from it.

Every committed change of articles moves ``generation`` on by one, so that readers see at the price of
one small query that their snapshot of the derived indexes is old.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from assistant.dates import first_day, known_day, last_day
from assistant.index.embedder import PassageVectors, Vectors
from assistant.index.schema import RemovedNames, name_hash, prepare
from assistant.types import Article, ArticleVersion, Filters, Passage, Place, Span

_REBUILD_FROM = "rebuild_from"
_ARTICLE_FIELDS = tuple(field.name for field in fields(Article) if field.name != "copy_of")
_COPY_OF = "(SELECT original_id FROM copies c WHERE c.article_id = a.id) AS copy_of"
_ARTICLE_COLUMNS = ", ".join([*(f"a.{name}" for name in _ARTICLE_FIELDS), _COPY_OF])

# What must never be there, as the rest of a query that counts it.
_FAULTS = {
    "articles without passages": "FROM articles WHERE id NOT IN (SELECT article_id FROM passages)",
    "passages outside their text": "FROM passages p JOIN articles a ON a.id = p.article_id "
    "WHERE p.start < 0 OR p.end > length(CAST(a.text AS BLOB)) OR p.start >= p.end",
    "passages without sentences": "FROM passages WHERE id NOT IN (SELECT passage_id FROM sentences)",
    "passages without article": "FROM passages WHERE article_id NOT IN (SELECT id FROM articles)",
    "sentences without passage": "FROM sentences WHERE passage_id NOT IN (SELECT id FROM passages)",
    "versions without article": "FROM versions WHERE article_id NOT IN (SELECT id FROM articles)",
    "copies without article": "FROM copies WHERE article_id NOT IN (SELECT id FROM articles) "
    "OR original_id NOT IN (SELECT id FROM articles)",
    "likeness bands without article": "FROM bands WHERE article_id NOT IN (SELECT id FROM articles)",
}


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the derived indexes are built from: text for full text, the vector and filter fields for Chroma."""

    id: str
    article_id: str
    day: str
    publisher: str
    kind: str
    title: str
    text: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What the catalog remembers of one file of a named source."""

    article_id: str
    raw_hash: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its article and its vectors: ``vector`` (d,), ``sentence_vectors`` (sentences, d)."""

    passage: Passage
    article: Article
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article ready to be written, with where it came from and its passages and vectors."""

    article: Article
    source: str
    name: str
    raw_hash: str
    passages: tuple[Passage, ...]
    vectors: tuple[PassageVectors, ...]


class Catalog:
    """The catalog of one data folder.

    Raises:
        IndexMismatchError: the file was written by another format of this program.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        try:
            prepare(self._connection, path.name)
        except BaseException:
            self._connection.close()
            raise

    def compact(self) -> bool:
        """Write the file anew and empty its log, so that nothing deleted lingers there.

        ``secure_delete`` overwrites what is deleted, but not the copies that moving rows between pages leaves.
        False when a reader kept the log from being emptied.
        """
        self._rows("VACUUM")
        (row,) = self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return not row[0]

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    # Manifest

    def manifest(self, key: str) -> str | None:
        """The value of a manifest key, None when never set."""
        rows = self._rows("SELECT value FROM manifest WHERE key = ?", key)
        return str(rows[0]["value"]) if rows else None

    def set_manifest(self, key: str, value: str) -> None:
        """Set a manifest key."""
        self._rows("INSERT INTO manifest VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value)

    def generation(self) -> int:
        """Number of committed changes of articles."""
        return int(self.manifest("generation") or 0)

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction that moves the generation on; rolled back when the body raises."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.set_manifest("generation", str(self.generation() + 1))
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    # Articles

    def put(self, new: NewArticle, on: str | None = None) -> None:
        """Write or replace an article with its passages and vectors; call inside ``change``.

        What it replaces is kept as a version, replaced on the day ``on``, by default its day of retrieval.
        """
        article = new.article
        if self._keep_version(article.id, on or article.retrieved_on):
            self._rows("DELETE FROM passages WHERE article_id = ?", article.id)
            self._rows("DELETE FROM bands WHERE article_id = ?", article.id)
            self._set_row(article, new.source, new.name, new.raw_hash)
        else:
            row = _stored_row(article, new.source, new.name, new.raw_hash)
            self._rows(f"INSERT INTO articles ({', '.join(row)}) VALUES ({_marks(tuple(row))})", *row.values())
        self._put_passages(new.passages, new.vectors)

    def touch(self, article_id: str, source: str, name: str, raw_hash: str) -> None:
        """Remember that a file's new bytes or name say what the article already says; no change of articles."""
        query = "UPDATE articles SET source = ?, name = ?, raw_hash = ? WHERE id = ?"
        self._rows(query, source, name, raw_hash, article_id)

    def describe(self, article: Article, source: str, name: str, raw_hash: str, on: str | None = None) -> None:
        """Replace the metadata of an article whose text is the same, as ``put`` does; call inside ``change``."""
        self._keep_version(article.id, on or article.retrieved_on)
        self._set_row(article, source, name, raw_hash)

    def _set_row(self, article: Article, source: str, name: str, raw_hash: str) -> None:
        row = _stored_row(article, source, name, raw_hash)
        sets = ", ".join(f"{column} = ?" for column in row)
        self._rows(f"UPDATE articles SET {sets} WHERE id = ?", *row.values(), article.id)

    def _keep_version(self, article_id: str, replaced_on: str) -> bool:
        old = self.article(article_id)
        if old is None:
            return False
        metadata = _article_row(old)
        text, digest = metadata.pop("text"), metadata.pop("content_hash")
        told = json.dumps(metadata, ensure_ascii=False)
        since = self._rows("SELECT MAX(replaced_on) AS day FROM versions WHERE article_id = ?", article_id)[0]["day"]
        values = (article_id, digest, since or old.retrieved_on, replaced_on, told, text)
        self._rows("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)", *values)
        self.require_rebuild()
        return True

    def versions(self, article_id: str) -> tuple[ArticleVersion, ...]:
        """What an article said before, oldest first; what it says now is not among them."""
        query = "SELECT * FROM versions WHERE article_id = ? ORDER BY rowid"
        return tuple(
            ArticleVersion(
                row["content_hash"], row["seen_on"], row["replaced_on"], _metadata(row["metadata"]), row["text"]
            )
            for row in self._rows(query, article_id)
        )

    def delete(self, article_id: str, *, tombstone: bool) -> bool:
        """Delete an article and all that hangs on it; call inside ``change``. False when it is not there."""
        rows = self._rows("SELECT source, name FROM articles WHERE id = ?", article_id)
        if not rows:
            return False
        if tombstone:
            hashes = [name_hash(name) for name in (article_id, *rows[0])]
            self._rows("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)", *hashes)
        self.require_rebuild()
        self._rows("DELETE FROM articles WHERE id = ?", article_id)
        return True

    def is_removed(self, article_id: str) -> bool:
        """Whether a person removed this article, so that ingest leaves it out."""
        return bool(self._rows("SELECT 1 FROM tombstones WHERE article_hash = ?", name_hash(article_id)))

    def removed_names(self, source: str) -> RemovedNames:
        """Names of the files of a named source whose articles a person removed."""
        query = "SELECT name_hash FROM tombstones WHERE source_hash = ?"
        return RemovedNames(frozenset(row["name_hash"] for row in self._rows(query, name_hash(source))))

    def forget_tombstone(self, article_id: str) -> None:
        """Let an article in again: a person has added it anew."""
        self._rows("DELETE FROM tombstones WHERE article_hash = ?", name_hash(article_id))

    def require_rebuild(self) -> None:
        """Note that the next generation holds less, or other, than the one before; call inside ``change``."""
        self.set_manifest(_REBUILD_FROM, str(self.generation() + 1))

    def rebuilt_from(self) -> int:
        """The first generation since which passages were only added."""
        return int(self.manifest(_REBUILD_FROM) or 0)

    def article(self, article_id: str) -> Article | None:
        """An article by id."""
        rows = self._rows(f"SELECT {_ARTICLE_COLUMNS} FROM articles a WHERE id = ?", article_id)
        return _article(rows[0]) if rows else None

    def quoted(self, article_id: str, start: int, end: int) -> tuple[str | None, ...] | None:
        """What an article says at a place, its title, publisher and published date; None when it is not there."""
        query = "SELECT substr(text, ? + 1, ?), title, publisher, published_on FROM articles WHERE id = ?"
        rows = self._rows(query, start, end - start, article_id)
        return tuple(rows[0]) if rows else None

    def owner(self, article_id: str) -> tuple[str, str] | None:
        """The named source and the file name that an article came from."""
        rows = self._rows("SELECT source, name FROM articles WHERE id = ?", article_id)
        return (rows[0]["source"], rows[0]["name"]) if rows else None

    def article_of(self, source: str, name: str) -> str | None:
        """Id of the article that came from a file of a named source."""
        rows = self._rows("SELECT id FROM articles WHERE source = ? AND name = ?", source, name)
        return rows[0]["id"] if rows else None

    def articles(self, after: str = "", limit: int = -1) -> tuple[Article, ...]:
        """Articles ordered by id, those after the id ``after``; a negative limit means all."""
        query = f"SELECT {_ARTICLE_COLUMNS} FROM articles a WHERE id > ? ORDER BY id LIMIT ?"
        return tuple(_article(row) for row in self._rows(query, after, limit))

    def known_sources(self, source: str) -> dict[str, KnownSource]:
        """File name -> what is known of it, for one named source."""
        rows = self._rows("SELECT name, id, raw_hash FROM articles WHERE source = ?", source)
        return {row["name"]: KnownSource(row["id"], row["raw_hash"]) for row in rows}

    def counts(self) -> tuple[int, int]:
        """Number of articles and of passages."""
        (row,) = self._rows("SELECT (SELECT COUNT(*) FROM articles) a, (SELECT COUNT(*) FROM passages) p")
        return int(row["a"]), int(row["p"])

    def dated_between(self, after: str, until: str) -> tuple[Article, ...]:
        """Articles, notes left out, that became known after the day ``after`` and up to ``until``, oldest first."""
        query = (
            f"SELECT {_ARTICLE_COLUMNS} FROM articles a WHERE day > ? AND day <= ? AND kind != 'note' ORDER BY day, id"
        )
        return tuple(_article(row) for row in self._rows(query, after, until))

    def known_on(self, day: str) -> int:
        """Number of articles that count as known on ``day``."""
        (row,) = self._rows("SELECT COUNT(*) AS n FROM articles WHERE day <= ?", day)
        return int(row["n"])

    def current_to(self, as_of: str) -> str | None:
        """Latest ``published_on`` that is not inferred, not after the day ``as_of`` and not of a note."""
        rows = self._rows(
            "SELECT published_on FROM articles WHERE published_on IS NOT NULL AND NOT published_inferred "
            "AND kind != 'note' AND day <= ? ORDER BY day DESC, published_on DESC LIMIT 1",
            as_of,
        )
        return str(rows[0]["published_on"]) if rows else None

    def digest(self) -> str:
        """Hash of everything the articles say; equal corpora have equal digests."""
        rows = self._rows("SELECT id, content_hash FROM articles ORDER BY id")
        return hashlib.sha256("\n".join(f"{row['id']} {row['content_hash']}" for row in rows).encode()).hexdigest()

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the file and its rows, in words; empty when nothing is."""
        told = [row[0] for row in self._rows("PRAGMA quick_check") if row[0] != "ok"]
        counts = {name: self._rows(f"SELECT COUNT(*) AS n {query}")[0]["n"] for name, query in _FAULTS.items()}
        return (*told, *(f"{count} {name}" for name, count in counts.items() if count))

    # Passages

    def last_row(self) -> int:
        """Number of the passage row that was written last; 0 when there is none."""
        return int(self._rows("SELECT COALESCE(MAX(rowid), 0) AS n FROM passages")[0]["n"])

    def indexed_passages(self, after_row: int = 0) -> Iterator[IndexedPassage]:
        """Every passage, or those written after a row, as the derived indexes need it, ordered by id."""
        # A few at a time: all the text of a large corpus would fill the memory.
        ids = [row["id"] for row in self._rows("SELECT id FROM passages WHERE rowid > ? ORDER BY id", after_row)]
        for batch in _batches(ids):
            rows = self._rows(
                "SELECT p.id, p.article_id, a.day, a.publisher, a.kind, a.title, "
                "substr(a.text, p.start + 1, p.end - p.start) AS text, p.vector "
                f"FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id IN ({_marks(batch)}) ORDER BY p.id",
                *batch,
            )
            yield from (IndexedPassage(**(dict(row) | {"vector": _vector(row["vector"])})) for row in rows)

    def passage_ids(self) -> frozenset[str]:
        """Every passage id."""
        return frozenset(row["id"] for row in self._rows("SELECT id FROM passages"))

    def allowed(self, filters: Filters) -> frozenset[str] | None:
        """Ids of the passages that the filters let through; None when they let all through."""
        conditions, values = _conditions(filters)
        if not conditions:
            return None
        where = " AND ".join(conditions)
        if not self._rows(f"SELECT 1 FROM articles a WHERE NOT ({where}) LIMIT 1", *values):
            return None
        query = f"SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id WHERE {where}"
        return frozenset(row["id"] for row in self._rows(query, *values))

    def passage_spans(self, article_id: str) -> tuple[tuple[str, Span], ...]:
        """Id and place of every passage of an article, in its order."""
        rows = self._rows("SELECT id, start, end FROM passages WHERE article_id = ? ORDER BY start", article_id)
        return tuple((row["id"], Span(row["start"], row["end"])) for row in rows)

    def passage_at(self, article_id: str, start: int) -> str | None:
        """Id of the passage that holds a place of an article, None when there is none."""
        rows = self._rows(
            "SELECT id FROM passages WHERE article_id = ? AND start <= ? AND end > ? LIMIT 1", article_id, start, start
        )
        return rows[0]["id"] if rows else None

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """Passage vectors in the order of the ids, shape (n, d); every id must exist."""
        found: dict[str, bytes] = {}
        for batch in _batches(passage_ids):
            rows = self._rows(f"SELECT id, vector FROM passages WHERE id IN ({_marks(batch)})", *batch)
            found |= {row["id"]: row["vector"] for row in rows}
        return _vectors([found[passage_id] for passage_id in passage_ids])

    def all_vectors(self) -> tuple[tuple[str, ...], Vectors]:
        """Every passage id, in order, and its vector: shape (passages, d)."""
        rows = self._rows("SELECT id, vector FROM passages ORDER BY id")
        return tuple(row["id"] for row in rows), _vectors([row["vector"] for row in rows])

    def places(self, passage_ids: Sequence[str], filters: Filters) -> dict[str, Place]:
        """Where passages stand; one that is not there, or that the filters hold back, is left out."""
        conditions, values = _conditions(filters)
        where = "".join(f" AND {condition}" for condition in conditions)
        rows = []
        for batch in _batches(passage_ids):
            rows += self._rows(
                "SELECT p.id, p.article_id, p.start, p.end, a.published_on "
                "FROM passages p JOIN articles a ON a.id = p.article_id "
                f"WHERE p.id IN ({_marks(batch)}){where}",
                *batch, *values,
            )  # fmt: skip
        return {row["id"]: Place(*row) for row in rows}

    def passage_texts(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """What passages say, by id; one that is not there is left out."""
        rows = []
        for batch in _batches(passage_ids):
            rows += self._rows(
                "SELECT p.id, substr(a.text, p.start + 1, p.end - p.start) AS text "
                f"FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id IN ({_marks(batch)})",
                *batch,
            )
        return {row["id"]: row["text"] for row in rows}

    def load(self, passage_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Passages by id with article and vectors; an id that is not there is left out."""
        rows, sentences = [], defaultdict[str, list[sqlite3.Row]](list)
        for batch in _batches(passage_ids):
            for row in self._rows(
                "SELECT passage_id, start, end, vector FROM sentences "
                f"WHERE passage_id IN ({_marks(batch)}) ORDER BY passage_id, start",
                *batch,
            ):
                sentences[row["passage_id"]].append(row)
            rows += self._rows(
                f"SELECT p.id AS passage_id, p.start, p.end, p.vector, {_ARTICLE_COLUMNS} FROM passages p "
                f"JOIN articles a ON a.id = p.article_id WHERE p.id IN ({_marks(batch)})",
                *batch,
            )
        return {row["passage_id"]: _stored(row, sentences[row["passage_id"]]) for row in rows}

    def _put_passages(self, passages: Sequence[Passage], vectors: Sequence[PassageVectors]) -> None:
        pairs = tuple(zip(passages, vectors, strict=True))
        self.many(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            ((one.id, one.article_id, one.start, one.end, _blob(found.passage)) for one, found in pairs),
        )
        self.many(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            (
                (one.id, span.start, span.end, _blob(vector))
                for one, found in pairs
                for span, vector in zip(one.sentences, found.sentences, strict=True)
            ),
        )

    # Plumbing

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for each of the rows; call inside ``change``."""
        with self._lock:
            self._connection.executemany(query, rows)

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Rows of a query of a neighbouring module of this package (conversations)."""
        return self._rows(query, *values)


def effective_day(article: Article) -> str:
    """The day an article counts as known, ISO 8601; see ``known_day``."""
    return known_day(article.published_on, article.retrieved_on, inferred=article.published_inferred).isoformat()


def passes(article: Article, filters: Filters) -> bool:
    """Whether the filters let an article through; the same rule as ``Catalog.allowed``."""
    day = effective_day(article)
    upper = [last_day(bound).isoformat() for bound in (filters.as_of, filters.until) if bound is not None]
    if any(day > bound for bound in upper) or (filters.since and day < first_day(filters.since).isoformat()):
        return False
    return not filters.publishers or article.publisher.lower() in {name.lower() for name in filters.publishers}


def _conditions(filters: Filters) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for bound in (filters.as_of, filters.until):
        if bound is not None:
            conditions.append("a.day <= ?")
            values.append(last_day(bound).isoformat())
    if filters.since is not None:
        conditions.append("a.day >= ?")
        values.append(first_day(filters.since).isoformat())
    if filters.publishers:
        conditions.append(f"a.publisher COLLATE NOCASE IN ({_marks(filters.publishers)})")
        values.extend(filters.publishers)
    return conditions, values


def _stored_row(article: Article, source: str, name: str, raw_hash: str) -> dict[str, object]:
    place = {"source": source, "name": name, "raw_hash": raw_hash, "day": effective_day(article)}
    return _article_row(article) | place


def _metadata(told: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(told)
    lists = {name: json.loads(str(loaded[name])) for name in ("topics", "elements")}
    return loaded | lists | {"published_inferred": bool(loaded["published_inferred"])}


def _article_row(article: Article) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    return row | {"topics": json.dumps(article.topics), "elements": json.dumps(article.elements)}


def _article(row: sqlite3.Row) -> Article:
    values = {name: row[name] for name in _ARTICLE_FIELDS}
    values["topics"] = tuple(json.loads(values["topics"]))
    values["elements"] = tuple(json.loads(values["elements"]))
    values["published_inferred"] = bool(values["published_inferred"])
    return Article(**values, copy_of=row["copy_of"])


def _stored(row: sqlite3.Row, sentences: Sequence[sqlite3.Row]) -> StoredPassage:
    article = _article(row)
    spans = tuple(Span(sentence["start"], sentence["end"]) for sentence in sentences)
    text = article.text[row["start"] : row["end"]]
    passage = Passage(row["passage_id"], article.id, row["start"], row["end"], text, spans)
    vectors = _vectors([sentence["vector"] for sentence in sentences])
    return StoredPassage(passage, article, _vector(row["vector"]), vectors)


def _blob(vector: Vectors) -> bytes:
    return vector.astype(np.float16).tobytes()


def _vector(blob: bytes) -> Vectors:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def _vectors(blobs: Sequence[bytes]) -> Vectors:
    """Vectors of one length, shape (blobs, d); (0, 0) of none."""
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return _vector(b"".join(blobs)).reshape(len(blobs), -1)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _batches(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for first in range(0, len(values), size):
        yield values[first : first + size]
