"""What has changed, as an Atom feed (RFC 4287); titles are text, and ids stay the same for the same news."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from assistant.changes import Changes
from assistant.measures.types import MeasureState

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NAME = "Rare Earth Brief"
# What XML 1.0 cannot hold, escaped or not.
_UNTELLABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS_WORDS: dict[MeasureState, str] = {"in_force": "in force"}


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: str
    path: str
    updated: str
    summary: str


def atom_feed(changes: Changes, origin: str) -> bytes:
    """The feed of a server whose pages stand under ``origin``, without a slash at its end; newest first."""
    entries = sorted(_entries(changes), key=lambda entry: entry.updated, reverse=True)
    feed = ElementTree.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", _identity(f"feed {origin}"))
    _add(feed, "title", f"{_NAME}: what has changed")
    _add(feed, "updated", entries[0].updated if entries else _midnight(changes.since))
    _add(_add(feed, "author"), "name", _NAME)
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=f"{origin}/v1/changes.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{origin}/")
    for entry in entries:
        _add_entry(feed, entry, origin)
    told: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def _entries(changes: Changes) -> Iterator[_Entry]:
    for article in changes.articles:
        yield _Entry(
            f"article {article.article_id} {article.content_hash}",
            f"{'Corrected' if article.what == 'corrected' else 'New'}: {article.title}",
            f"/articles/{quote(article.article_id, safe='')}",
            _midnight(article.on),
            f"{article.publisher}, {article.published_on or 'undated'}",
        )
    for measure in changes.measures:
        words = _STATUS_WORDS.get(measure.status, measure.status)
        yield _Entry(
            f"measure {measure.measure_id} {measure.scope} {measure.status} {measure.since} {measure.known_from}",
            f"{measure.name}: {words} from {measure.since}",
            f"/measures?{urlencode({'as_of': measure.since, 'measure': measure.measure_id})}",
            _midnight(measure.known_from),
            measure.scope or "The whole measure",
        )
    for one in changes.saved:
        yield _Entry(
            f"saved {one.saved.id} {one.quotes_sha256}",
            f"Answered otherwise now: {one.saved.question}",
            f"/?{urlencode({'q': one.saved.question}, errors='replace')}",
            _midnight(changes.until),
            "The answer rests on other quotes than when the question was saved.",
        )


def _add_entry(feed: ElementTree.Element, entry: _Entry, origin: str) -> None:
    node = _add(feed, "entry")
    _add(node, "id", _identity(entry.key))
    _add(node, "title", entry.title)
    _add(node, "updated", entry.updated)
    _add(node, "link", rel="alternate", type="text/html", href=origin + entry.path)
    _add(node, "summary", entry.summary)


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, tag, attributes)
    node.text = _UNTELLABLE.sub("�", text) if text is not None else None
    return node


def _identity(key: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, key.encode("utf-8", "replace").decode()).urn


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"
