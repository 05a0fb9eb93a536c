"""JSON-LD of a page (schema.org), as flat nodes: lists and ``@graph`` opened, broken blocks left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]
MOST_NODES = 500
_ARTICLES = ("Article", "BlogPosting", "LiveBlogPosting", "Report", "DiscussionForumPosting", "PressRelease")
_PAGES = ("WebPage", "AboutPage", "FAQPage", "ItemPage", "Legislation", "GovernmentService", "Dataset")


def json_ld_nodes(tree: HtmlElement) -> tuple[Node, ...]:
    """The nodes of every block, in order; a block that is no JSON says nothing."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                nodes += _flat(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    return tuple(nodes[:MOST_NODES])


def article_node(nodes: tuple[Node, ...]) -> Node:
    """The node that tells of the article itself: an article before a web page; empty when there is neither."""
    for wanted in (_ARTICLES, _PAGES):
        for node in nodes:
            if any(kind.endswith(wanted) for kind in _kinds(node)):
                return node
    return {}


def names_of(value: Any, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The names that a person or organisation property holds: text, a node, a reference, or a list of them."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            linked = next((node for node in nodes if node.get("@id") == one.get("@id") and node.get("name")), {})
            one = one.get("name") or linked.get("name")
        if isinstance(one, str) and one.strip() and not one.startswith(("http://", "https://")):
            names.append(" ".join(one.split()))
    return tuple(names)


def text_of(node: Node, key: str) -> str | None:
    """A property that is text, else None; of an object its address."""
    value = node.get(key)
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() or None if isinstance(value, str) else None


def _flat(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph", []))


def _kinds(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
