"""Independence: ten copies of one wire story are one source.

A quote speaks for the source that its sentence names ("Reuters reported"), else for its article's origin. Copies are
one source too: articles that ingest linked to one original, and those that are found alike here, pair by pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.dates import MONTHS
from assistant.likeness import COPY_JACCARD, likeness
from assistant.types import Article

_NAME = r"(?P<{}>[A-Z][\w.&’'-]*(?: (?:(?:of|and|&) )?[A-Z][\w.&’'-]*){{0,4}})"
_VERBS = "reported|reports|wrote|writes|said|says|counted|estimated|found|noted|gives|gave|puts|put|explained"
_WHEN = r"(?:,? (?:on|in) [\w ]{4,20}?,?)?"
_NAMED_SOURCE = re.compile(
    rf"\baccording to (?:[a-z]+ ){{0,3}}{_NAME.format('said_by')}"
    rf"|(?<![\w-]){_NAME.format('speaker')}{_WHEN} (?:{_VERBS}|(?:had|has) (?:reported|written|said))\b"
    rf"|\bin (?:the|a) {_NAME.format('owner')} (?:report|data|figures|digest|outlook)\b"
)


def source_of(article: Article, sentence: str) -> str:
    """Who is behind a sentence, in lower case: the source it names, else the article's origin."""
    named = _NAMED_SOURCE.search(sentence)
    name = next(filter(None, named.groups())) if named else article.origin
    if name.split()[0].lower() in MONTHS:  # "according to the report of September 2025" names no source
        name = article.origin
    return name.lower().removeprefix("the ").removesuffix(".")


def independent_sources(told: Iterable[tuple[Article, str]]) -> int:
    """How many independent sources stand behind articles' sentences; notes of ours are none."""
    kept: list[tuple[Article, str]] = []
    for article, sentence in told:
        source = source_of(article, sentence)
        known = any(source == other or _is_copy(article, kept_article) for kept_article, other in kept)
        if article.kind != "note" and not known:
            kept.append((article, source))
    return len(kept)


def _is_copy(one: Article, other: Article) -> bool:
    if one.id == other.id:
        return False
    linked = (one.copy_of or one.id) == (other.copy_of or other.id)
    return linked or likeness(one.text, other.text) >= COPY_JACCARD
