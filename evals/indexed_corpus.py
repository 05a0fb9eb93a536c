"""Texts that no file holds as a corpus of the product's own: chunked, embedded, stored and searched by its parts."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.build import Assistant, build_assistant
from assistant.index.catalog import NewArticle
from assistant.index.embedder import Embedder
from assistant.index.store import Store
from assistant.ingest.chunk import chunk
from assistant.settings import load_settings
from assistant.types import Article
from evals.memory_corpus import NO_DAY

TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be indexed; ``id`` is its article's."""

    id: str
    text: str
    publisher: str
    title: str = ""
    published_on: str | None = None


def article_of(text: Text) -> Article:
    """The article of a text: news of the lowest reliability, known since ``NO_DAY`` when it is not dated."""
    body = unicodedata.normalize("NFC", text.text).strip()
    return Article(
        id=text.id, uri=f"eval:{text.id}", url=None, title=text.title, publisher=text.publisher, author=None,
        published_on=text.published_on, published_inferred=False, retrieved_on=NO_DAY, language="en", kind="news",
        source_kind="news", origin=text.publisher, reliability="C", topics=(), elements=(), text=body,
        content_hash=hashlib.sha256(f"{text.title}\n{body}".encode()).hexdigest(),
    )  # fmt: skip


def index(texts: Iterable[Text], store: Store, embedder: Embedder, source: str) -> int:
    """Puts the texts into a store under a source's name, but for those in it already; the number of new passages."""
    count = 0
    with store.writing(), store.catalog.change():
        for article in map(article_of, texts):
            if store.catalog.article(article.id) == article:
                continue
            passages = chunk(article.id, article.text, article.language, embedder.count_tokens)
            if passages:
                vectors = tuple(embedder.encode_passages(passages))
                store.catalog.put(NewArticle(article, source, article.id, article.content_hash, passages, vectors))
            count += len(passages)
    return count


@contextmanager
def product_over(texts: Iterable[Text], embedder: Embedder, source: str) -> Iterator[Assistant]:
    """The product with its settings over exactly these texts, in a folder that goes away, as if on ``TODAY``."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data": Path(folder), "today": TODAY})
        assistant = build_assistant(settings, embedder)
        try:
            index(texts, assistant.store, embedder, source)
            yield assistant
        finally:
            assistant.close()
