"""What stored answers and feedback hold of an article that was removed, blanked.

An answer is a copy of words, so it is searched by what it says and not only by what it cites: words that no other
article has, and runs of words of the article, take their whole string along. A person's own words (question, title,
comment) go only when they quote at length.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.index.catalog import Catalog
from assistant.likeness import runs_of, words_of

BLANK = "source removed"
RUN_WORDS = 4
OWN_RUN_WORDS = 6
RARE_WORD_LETTERS = 4
_KEPT = frozenset(
    {"id", "status", "as_of", "engine", "fingerprint", "corpus_digest", "conversation_id", "verdict", "code", "on"}
)
_OWN = frozenset({"question", "standalone_question"})


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that is to be forgotten: its id, its words that no other article has, and its runs of words."""

    article_id: str
    rare: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    long_runs: frozenset[tuple[str, ...]]

    def tells(self, text: str) -> bool:
        """Whether a program's words repeat the article."""
        words = words_of(text)
        return not self.rare.isdisjoint(words) or not self.runs.isdisjoint(runs_of(words, RUN_WORDS))

    def is_quoted_in(self, text: str) -> bool:
        """Whether a person's own words quote the article at length."""
        return not self.long_runs.isdisjoint(runs_of(words_of(text), OWN_RUN_WORDS))


def gone(catalog: Catalog, article_id: str) -> Gone:
    """What to look for once the article is removed; ask before it is."""
    article = catalog.article(article_id)
    texts = [article.title, article.author or "", article.text] if article else []
    for version in catalog.versions(article_id):
        texts += [str(version.metadata["title"]), version.text]
    words = [words_of(text) for text in texts]
    rare = {word for told in words for word in told if len(word) >= RARE_WORD_LETTERS}
    for row in catalog.rows("SELECT title || ' ' || text AS told FROM articles WHERE id != ?", article_id):
        rare.difference_update(words_of(row["told"]))
    return Gone(article_id, frozenset(rare), _all_runs(words, RUN_WORDS), _all_runs(words, OWN_RUN_WORDS))


def erase(catalog: Catalog, article: Gone) -> int:
    """Blank every stored answer, title and comment that repeats the article; number of answers changed.

    Call inside ``Catalog.change``.
    """
    changed = 0
    for row in catalog.rows("SELECT id, body FROM answers"):
        body = erased(json.loads(row["body"]), article)
        if (told := json.dumps(body, ensure_ascii=False)) != row["body"]:
            catalog.rows("UPDATE answers SET body = ? WHERE id = ?", told, row["id"])
            changed += 1
    for table, key, column in (("conversations", "id", "title"), ("feedback", "answer_id", "comment")):
        for row in catalog.rows(f"SELECT {key} AS id, {column} AS told FROM {table} WHERE {column} IS NOT NULL"):
            if article.is_quoted_in(row["told"]):
                catalog.rows(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", BLANK, row["id"])
    _forget_jobs(catalog, article.article_id)
    _forget_saved(catalog, article)
    return changed


def erased(body: dict[str, Any], article: Gone) -> dict[str, Any]:
    """An answer without the article's words; what only other, standing articles say stays."""
    numbers = {citation["n"] for citation in body["citations"] if citation["article_id"] == article.article_id}
    standing = [citation["quote"] for citation in body["citations"] if citation["n"] not in numbers]

    def swept(text: str) -> str:
        return BLANK if article.tells(text) and not any(text in quote for quote in standing) else text

    told = {key: value if key == "citations" else _walked(key, value, swept, article) for key, value in body.items()}
    told["citations"] = [
        _blank_citation(citation) if citation["n"] in numbers else citation for citation in body["citations"]
    ]
    if numbers:
        told |= {"sentences": _blanked(told["sentences"], numbers, ("text",)), "suggestions": []}
        told["removed"] = [removed | {"text": BLANK} for removed in told["removed"]]
        told["conflicts"] = [_blank_conflict(conflict, numbers) for conflict in told["conflicts"]]
    return told


def _forget_jobs(catalog: Catalog, article_id: str) -> None:
    """A job that brought the article in names it and its address."""
    if catalog.rows("SELECT 1 FROM sqlite_master WHERE name = 'jobs'"):
        catalog.rows("DELETE FROM jobs WHERE instr(report, ?) > 0", json.dumps(article_id))


def _forget_saved(catalog: Catalog, article: Gone) -> None:
    """A saved question that quotes the article cannot be asked without its words."""
    if catalog.rows("SELECT 1 FROM sqlite_master WHERE name = 'saved_questions'"):
        for row in catalog.rows("SELECT id, question FROM saved_questions"):
            if article.is_quoted_in(row["question"]):
                catalog.rows("DELETE FROM saved_questions WHERE id = ?", row["id"])


def _walked(key: str, value: Any, swept: Callable[[str], str], article: Gone) -> Any:
    if isinstance(value, dict):
        return {name: _walked(name, item, swept, article) for name, item in value.items()}
    if isinstance(value, list):
        return [_walked(key, item, swept, article) for item in value]
    if not isinstance(value, str) or key in _KEPT:
        return value
    if key in _OWN:
        return BLANK if article.is_quoted_in(value) else value
    return swept(value)


def _blank_citation(citation: dict[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {"article_id": "", "passage_id": "", "quote": BLANK, "title": BLANK, "url": None}
    return citation | blank | {"start": 0, "end": 0}


def _blank_conflict(conflict: dict[str, Any], numbers: set[int]) -> dict[str, Any]:
    values = _blanked(conflict["values"], numbers, ("value",))
    return conflict if values == conflict["values"] else {"about": BLANK, "values": values}


def _blanked(items: list[dict[str, Any]], numbers: set[int], fields: Iterable[str]) -> list[dict[str, Any]]:
    blank = dict.fromkeys(fields, BLANK)
    return [item | blank if numbers.intersection(item["citations"]) else item for item in items]


def _all_runs(texts: Iterable[list[str]], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset().union(*(runs_of(words, length) for words in texts))
