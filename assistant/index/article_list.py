"""The list of articles as a reader asks for it: filtered, sorted, page by page, with how often each is cited."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.dates import first_day, last_day, parse_date
from assistant.errors import BadInputError
from assistant.index.catalog import Catalog
from assistant.types import Article

Sort = Literal["id", "published_on", "-published_on", "-cited", "oldest_cited"]
MOST_WORDS = 20

# Reading 5,000 stored answers takes over a second, so who cites what is kept beside them, by the database itself.
# An answer that declines cites nothing: its citations are the nearest passages, unused.
_CITES = """
INSERT OR IGNORE INTO answer_citations
SELECT w.id, json_extract(c.value, '$.article_id'), w.created_at FROM answers w, json_each(w.body, '$.citations') c
WHERE json_extract(w.body, '$.status') != 'declined' AND json_extract(c.value, '$.article_id') IS NOT NULL
"""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS answer_citations (answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE, "
    "article_id TEXT NOT NULL, given_at TEXT NOT NULL, PRIMARY KEY (answer_id, article_id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS answer_citations_article ON answer_citations (article_id, given_at)",
    f"CREATE TRIGGER IF NOT EXISTS answer_given AFTER INSERT ON answers BEGIN {_CITES} AND w.id = NEW.id; END",
    "CREATE TRIGGER IF NOT EXISTS answer_changed AFTER UPDATE OF body ON answers BEGIN "
    f"DELETE FROM answer_citations WHERE answer_id = NEW.id; {_CITES} AND w.id = NEW.id; END",
)
_COUNTED = "answer_citations"
_CITED = (
    "WITH cited AS (SELECT article_id, COUNT(*) AS times, MAX(given_at) AS last_at FROM answer_citations {whose}"
    "GROUP BY 1)"
)
_WHOSE = "JOIN answers w ON w.id = answer_id JOIN conversations v ON v.id = w.conversation_id AND v.owner = ? "
_FROM = "FROM articles a LEFT JOIN cited ON cited.article_id = a.id"
_DAY = "CAST(replace(a.day, '-', '') AS INTEGER)"
# Two numbers that rise in the order of the list; the id breaks ties. Undated articles come last.
_KEYS: dict[str, tuple[str, str]] = {
    "id": ("0", "0"),
    "published_on": ("a.published_on IS NULL", _DAY),
    "-published_on": ("a.published_on IS NULL", f"-{_DAY}"),
    "-cited": ("-coalesce(cited.times, 0)", "0"),
    "oldest_cited": ("a.published_on IS NULL", _DAY),
}
_WORD_IN = "(a.title LIKE ? ESCAPE '\\' OR a.publisher LIKE ? ESCAPE '\\' OR a.text LIKE ? ESCAPE '\\')"


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles, in which order.

    Every word of ``words`` must stand in title, publisher or text (upper case is told from lower beyond ASCII).
    ``since`` and ``until`` are ISO 8601 in any precision; as everywhere, an undated article counts as the day it
    was retrieved. ``undated`` true asks for undated articles only, false leaves them out.
    ``oldest_cited`` lists only what is cited. Answers of one ``owner`` count, those of all when it is None.
    """

    words: str = ""
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    undated: bool | None = None
    sort: Sort = "id"
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article, the number of stored answers that cite it, and when the last of them was given (UTC)."""

    article: Article
    cited: int
    last_cited_at: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of the list; ``total`` counts every article that the query lets through."""

    items: tuple[ListedArticle, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that articles have, and how many have it."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list can be filtered by, most frequent first."""

    publishers: tuple[Facet, ...]
    kinds: tuple[Facet, ...]
    languages: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    sql: str
    values: tuple[object, ...] = ()


def list_articles(catalog: Catalog, query: ArticleQuery, limit: int = -1, cursor: str | None = None) -> ArticlePage:
    """A page of at most ``limit`` articles (negative: all) after ``cursor``, the ``next`` of the page before.

    Raises:
        BadInputError: a bad date, too many words, or a cursor of another list.
    """
    _require_counts(catalog)
    conditions = _conditions(query)
    cited = _cited(query.owner)
    total = _total(catalog, conditions, cited)
    keys = f"{', '.join(_KEYS[query.sort])}, a.id"
    if cursor is not None:
        conditions.append(_Condition(f"({keys}) > (?, ?, ?)", _after(cursor, query.sort)))
    rows = catalog.rows(
        f"{cited.sql} SELECT {keys}, coalesce(cited.times, 0), cited.last_at {_FROM} {_where(conditions)} "
        f"ORDER BY 1, 2, 3 LIMIT ?",
        *cited.values, *_values(conditions), limit + 1 if limit >= 0 else -1,
    )  # fmt: skip
    more = 0 <= limit < len(rows)
    shown = rows[:limit] if more else rows
    # One that another process removed since the first query is left out; the next look does not count it.
    found = ((catalog.article(row[2]), row) for row in shown)
    items = tuple(ListedArticle(article, row[3], row[4]) for article, row in found if article is not None)
    return ArticlePage(items, _cursor(query.sort, *tuple(shown[-1])[:3]) if more and shown else None, total)


def facets(catalog: Catalog) -> Facets:
    """Publishers, kinds and languages of all articles, with counts."""
    return Facets(_facet(catalog, "publisher"), _facet(catalog, "kind"), _facet(catalog, "language"))


def _require_counts(catalog: Catalog) -> None:
    """See that the table of citations is there; answers given before it are counted once.

    Cut off half-way, it is done again by the next call: every step may be repeated.
    """
    if catalog.manifest(_COUNTED) is None:
        for statement in (*_SCHEMA, _CITES):
            catalog.rows(statement)
        catalog.set_manifest(_COUNTED, "kept")


def _facet(catalog: Catalog, column: str) -> tuple[Facet, ...]:
    rows = catalog.rows(f"SELECT {column}, COUNT(*) AS n FROM articles GROUP BY 1 ORDER BY n DESC, 1")
    return tuple(Facet(row[0], row[1]) for row in rows)


def _cited(owner: str | None) -> _Condition:
    """The table that counts citations, with the owner whose answers count."""
    if owner is None:
        return _Condition(_CITED.format(whose=""))
    return _Condition(_CITED.format(whose=_WHOSE), (owner,))


def _total(catalog: Catalog, conditions: list[_Condition], cited: _Condition) -> int:
    needs_cited = any("cited." in condition.sql for condition in conditions)
    head, source = (cited, _FROM) if needs_cited else (_Condition(""), "FROM articles a")
    query = f"{head.sql} SELECT COUNT(*) {source} {_where(conditions)}"
    (row,) = catalog.rows(query, *head.values, *_values(conditions))
    return int(row[0])


def _conditions(query: ArticleQuery) -> list[_Condition]:
    conditions = [_Condition(_WORD_IN, (pattern,) * 3) for pattern in _patterns(query.words)]
    chosen = {"publisher": query.publishers, "kind": query.kinds, "language": query.languages}
    conditions += [_one_of(f"a.{column} COLLATE NOCASE", values) for column, values in chosen.items() if values]
    if query.topics:
        within = _one_of("t.value", query.topics)
        conditions.append(_Condition(f"EXISTS (SELECT 1 FROM json_each(a.topics) t WHERE {within.sql})", within.values))
    if query.since is not None:
        conditions.append(_Condition("a.day >= ?", (first_day(parse_date(query.since, "since")).isoformat(),)))
    if query.until is not None:
        conditions.append(_Condition("a.day <= ?", (last_day(parse_date(query.until, "until")).isoformat(),)))
    if query.undated is not None:
        conditions.append(_Condition(f"a.published_on IS {'' if query.undated else 'NOT '}NULL"))
    if query.sort == "oldest_cited":
        conditions.append(_Condition("cited.times > 0"))
    return conditions


def _patterns(words: str) -> list[str]:
    """One LIKE pattern a word, in which nothing but the surrounding % has a meaning of its own."""
    parts = words.encode("utf-8", "replace").decode().replace("\x00", " ").split()
    if len(parts) > MOST_WORDS:
        raise BadInputError(f"q has {len(parts)} words; search for at most {MOST_WORDS}")
    escaped = (part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for part in parts)
    return [f"%{part}%" for part in escaped]


def _one_of(expression: str, values: tuple[str, ...]) -> _Condition:
    return _Condition(f"{expression} IN ({', '.join('?' * len(values))})", values)


def _where(conditions: list[_Condition]) -> str:
    return f"WHERE {' AND '.join(condition.sql for condition in conditions)}" if conditions else ""


def _values(conditions: list[_Condition]) -> list[object]:
    return [value for condition in conditions for value in condition.values]


def _cursor(sort: str, first: int, second: int, article_id: str) -> str:
    told = json.dumps([sort, first, second, article_id], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _after(cursor: str, sort: str) -> tuple[int, int, str]:
    """The last keys of the page before. Raises BadInputError when the cursor is none of this list."""
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        told = None
    match told:
        case [str(of), int(first), int(second), str(article_id)] if of == sort and max(abs(first), abs(second)) < 2**63:
            return first, second, article_id
    raise BadInputError(
        f"cursor {cursor[:40]!r} does not belong to this list; ask without a cursor, and keep the same sort "
        f"({', '.join(get_args(Sort))}) from page to page"
    )
