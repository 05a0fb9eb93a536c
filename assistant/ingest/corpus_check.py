"""Checks of the shipped corpus: what a careful editor would send back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from assistant.dates import first_day
from assistant.errors import AssistantError
from assistant.ingest.article import to_article
from assistant.ingest.loaders import loader_for
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.sentences import split_sentences
from assistant.ingest.sources import shipped_source
from assistant.types import Article, Failure

MAX_SENTENCE_WORDS = 60


def check_corpus(folder: Path, today: date) -> tuple[Failure, ...]:
    """Every fault of the articles below ``folder``, by file; empty when there is none.

    Raises:
        MissingDependencyError: there are no articles.
    """
    faults: list[Failure] = []
    seen: dict[str, str] = {}
    for file in shipped_source(folder).files:
        try:
            raw = loader_for(file.title).load(RawSource(file.title, file.read()))
            article = to_article(raw, file, today.isoformat())
        except AssistantError as error:
            faults.append(Failure(file.title, str(error)))
            continue
        faults += [Failure(file.title, reason) for reason in _faults(article, file.title)]
        if article.id in seen:
            faults.append(Failure(file.title, f"id {article.id!r} is that of {seen[article.id]} too"))
        seen[article.id] = file.title
    return tuple(faults)


def _faults(article: Article, name: str) -> Iterator[str]:
    if f"{article.id}.md" != name:
        yield f"id {article.id!r} differs from the file's name"
    if article.url is None or urlsplit(article.url).scheme not in ("http", "https") or not urlsplit(article.url).netloc:
        yield f"url {article.url!r} is no http address"
    if article.published_on and first_day(article.published_on) > first_day(article.retrieved_on):
        yield f"published_on {article.published_on} is after retrieved_on {article.retrieved_on}"
    for span in split_sentences(article.text, article.language):
        words = len(span.of(article.text).split())
        if words > MAX_SENTENCE_WORDS:
            yield f"a sentence of {words} words, at most {MAX_SENTENCE_WORDS}: {span.of(article.text)[:60]!r}…"
