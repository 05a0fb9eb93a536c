"""Independence: ten copies of one wire story are one source.

A quote speaks for the source that its sentence names ("Reuters reported"), else for its article's origin. Near-copies
are one source too: articles whose sets of 5-word shingles are alike (Broder 1997, "On the resemblance and
containment of documents"). Likeness is exact, since a dispute concerns a handful of articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.dates import MONTHS
from assistant.types import Article

SHINGLE_WORDS = 5
COPY_JACCARD = 0.8
_WORD = re.compile(r"\w+")
_NAME = r"(?P<{}>[A-Z][\w.&’'-]*(?: (?:(?:of|and|&) )?[A-Z][\w.&’'-]*){{0,4}})"
_VERBS = "reported|reports|wrote|writes|said|says|counted|estimated|found|noted|gives|gave|puts|put|explained"
_WHEN = r"(?:,? (?:on|in) [\w ]{4,20}?,?)?"
_NAMED_SOURCE = re.compile(
    rf"\baccording to (?:[a-z]+ ){{0,3}}{_NAME.format('said_by')}"
    rf"|(?<![\w-]){_NAME.format('speaker')}{_WHEN} (?:{_VERBS}|(?:had|has) (?:reported|written|said))\b"
    rf"|\bin (?:the|a) {_NAME.format('owner')} (?:report|data|figures|digest|outlook)\b"
)


def likeness(one: str, other: str) -> float:
    """Jaccard likeness, 0 to 1, of two texts' 5-word shingles; 0 when one of them has none."""
    left, right = _shingles(one), _shingles(other)
    return len(left & right) / len(left | right) if left and right else 0.0


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
    return one.id != other.id and likeness(one.text, other.text) >= COPY_JACCARD


@lru_cache(maxsize=256)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1))
