"""Values as JSON objects of the public contract: snake_case, absent is null, lists for tuples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assistant.types import Article, Hit, Passage


def to_wire(value: Any) -> Any:
    """Plain dicts, lists and scalars; a trailing underscore, there to dodge a keyword, leaves the name."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): to_wire(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_wire(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_wire(item) for item in value]
    return value


def article_summary(article: Article) -> dict[str, Any]:
    """An article without its text, for lists."""
    told: dict[str, Any] = to_wire(article)
    del told["text"]
    return told


def listed_article(article: Article, cited: int, last_cited_at: str | None) -> dict[str, Any]:
    """An article without its text, with the number of stored answers that cite it and when the last was given."""
    return article_summary(article) | {"cited": cited, "last_cited_at": last_cited_at}


def passage_to_wire(passage: Passage) -> dict[str, Any]:
    """A passage in the contract's fields; its sentence spans are the program's own business."""
    told: dict[str, Any] = to_wire(passage)
    del told["sentences"]
    return told


def hit_to_wire(hit: Hit) -> dict[str, Any]:
    """A hit: passage, article without its text, score, and which searches found it."""
    return {
        "passage": passage_to_wire(hit.passage),
        "article": article_summary(hit.article),
        "score": round(hit.score, 6),
        "found_by": list(hit.found_by),
    }
