"""Checks of the shipped corpus: what a careful editor would send back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from assistant.dates import first_day
from assistant.disputes.load import check_disputes
from assistant.errors import AssistantError
from assistant.ingest.article import to_article
from assistant.ingest.loaders import loader_for
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.sentences import split_sentences
from assistant.ingest.sources import shipped_source
from assistant.measures.load import check_register
from assistant.types import Article, Failure

MAX_SENTENCE_WORDS = 60
NEAR_COPY = 0.5
SHINGLE_WORDS = 5
_MISSPELT = re.compile(
    r"\b(?:disprosium|dysprosum|terbuim|neodynium|neodinium|praesodymium|praseodynium|yitrium|ittrium|gadolinum|"
    r"lutecium|ytterbuim|samarum|aluminum|rare-earths?(?!-))\b",
    re.IGNORECASE,
)


def check_corpus(folder: Path, today: date) -> tuple[Failure, ...]:
    """Every fault of the articles below ``folder``, by file; empty when there is none.

    Raises:
        MissingDependencyError: there are no articles.
    """
    faults: list[Failure] = []
    articles: dict[str, Article] = {}
    for file in shipped_source(folder).files:
        try:
            raw = loader_for(file.title).load(RawSource(file.title, file.read()), today)
            article = to_article(raw, file, today.isoformat())
        except AssistantError as error:
            faults.append(Failure(file.title, str(error)))
            continue
        faults += [Failure(file.title, reason) for reason in _faults(article, file.title)]
        if article.id in articles:
            faults.append(Failure(file.title, f"id {article.id!r} is that of {articles[article.id].uri} too"))
        articles[article.id] = article
    faults += _near_copies(list(articles.values()))
    for name, check in (("measures.yaml", check_register), ("disputes.yaml", check_disputes)):
        problems = check(folder / name, articles.get) if (folder / name).is_file() else ()
        faults += [Failure(f"{problem.file}:{problem.line}", problem.text) for problem in problems]
    return tuple(faults)


def _near_copies(articles: list[Article]) -> list[Failure]:
    """Pairs whose five-word shingles overlap by Jaccard ``NEAR_COPY`` or more; a few hundred texts need no sketch."""
    shingles = [_shingles(article.text) for article in articles]
    return [
        Failure(f"{articles[left].id}.md", f"is nearly the same text as {articles[right].id}.md; keep one")
        for left, right in combinations(range(len(articles)), 2)
        if _jaccard(shingles[left], shingles[right]) >= NEAR_COPY
    ]


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = text.lower().split()
    return frozenset(tuple(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1))


def _jaccard(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def _is_web_address(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _faults(article: Article, name: str) -> Iterator[str]:
    if f"{article.id}.md" != name:
        yield f"id {article.id!r} differs from the file's name"
    if article.kind != "note" and not _is_web_address(article.url):
        yield f"url {article.url!r} is no http address"
    if article.published_on and first_day(article.published_on) > first_day(article.retrieved_on):
        yield f"published_on {article.published_on} is after retrieved_on {article.retrieved_on}"
    for wrong in dict.fromkeys(match[0] for match in _MISSPELT.finditer(article.text)):
        yield f"{wrong!r} is not how the field spells it"
    for span in split_sentences(article.text, article.language):
        words = len(span.of(article.text).split())
        if words > MAX_SENTENCE_WORDS:
            yield f"a sentence of {words} words, at most {MAX_SENTENCE_WORDS}: {span.of(article.text)[:60]!r}…"
