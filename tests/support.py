"""What many tests need: an embedder without a model, and builders of articles, hits and sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.build import Assistant
from assistant.index.catalog import NewArticle
from assistant.index.embedder import PassageVectors, Vectors
from assistant.ingest.chunk import chunk
from assistant.types import Article, Citation, Hit, Passage, Span

Builder = Callable[..., Assistant]

TODAY = date(2026, 1, 15)
CORPUS = Path(__file__).parent / "data" / "corpus"
DIMENSIONS = 128
# Fits the article "suspension" of the small corpus.
SUSPENDED = "China suspended the October rules until 10 November 2026."
OCTOBER_REGISTER = f"""
reviewed_to: "2025-12-20"
measures:
  - id: october-rules
    name: October rules
    issuer: MOFCOM
    summary: More elements under licence.
    covers: {{elements: [holmium], forms: [magnet], destinations: [all]}}
    history:
      - status: suspended
        from: "2025-11-07"
        until: "2026-11-10"
        evidence:
          - {{article: suspension, quote: "{SUSPENDED}"}}
"""
_WORD = re.compile(r"\w+")


class WordHashEmbedder:
    """Vectors are sums of one pseudo-random direction a word: the same text, the same vector, in every process."""

    name = "word-hash@1"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return [len(re.findall(r"[a-z0-9]+|[^\sa-z0-9]", text.lower())) for text in texts]

    def runtime(self) -> str:
        return "word hashes"

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        for passage in passages:
            self.encoded.append(passage.text)
            sentences = [
                passage.text[span.start - passage.start : span.end - passage.start] for span in passage.sentences
            ]
            yield PassageVectors(vector_of(passage.text), np.stack([vector_of(text) for text in sentences]))

    def encode_query(self, text: str) -> Vectors:
        return vector_of(text)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        return np.stack([vector_of(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), dtype=np.float32)


def vector_of(text: str) -> Vectors:
    words = _WORD.findall(text.lower()) or [""]
    total = np.sum([_direction(word) for word in words], axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "big")
    return np.asarray(np.random.default_rng(seed).standard_normal(DIMENSIONS), dtype=np.float32)


def make_article(article_id: str = "a", text: str = "Prices rose. Exports fell.", **given: Any) -> Article:
    values: dict[str, Any] = dict(
        id=article_id, uri=f"file:{article_id}.md", url=None, title="Title", publisher="Publisher", author=None,
        published_on="2025-06-01", published_inferred=False, retrieved_on="2025-12-20", language="en", kind="news",
        source_kind="news", origin="Publisher", reliability="B", topics=("controls",), elements=("Dy",), text=text,
        content_hash=f"hash of {article_id}",
    )  # fmt: skip
    return Article(**(values | given))


def make_passage(article: Article, *sentences: str) -> Passage:
    """The passage from the first to the last of ``sentences``; the whole text as one sentence when none is named."""
    texts = sentences or (article.text,)
    spans = tuple(Span(article.text.index(text), article.text.index(text) + len(text)) for text in texts)
    start, end = spans[0].start, spans[-1].end
    return Passage(f"{article.id}-{start}", article.id, start, end, article.text[start:end], spans)


def make_hit(article: Article, *sentences: str) -> Hit:
    return Hit(make_passage(article, *sentences), article, 1.0, ("dense",))


def make_citation(n: int = 1, quote: str = "Prices rose.", **given: Any) -> Citation:
    values: dict[str, Any] = dict(
        n=n, article_id="a", passage_id="a-0", quote=quote, start=0, end=len(quote), title="Title",
        publisher="Publisher", published_on="2025-06-01", published_inferred=False, reliability="B", url=None,
        kind="news", source_kind="news",
    )  # fmt: skip
    return Citation(**(values | given))


def new_article(article: Article, source: str = "source", name: str | None = None) -> NewArticle:
    """``article`` chunked and embedded, ready for the catalog."""
    embedder = WordHashEmbedder()
    passages = chunk(article.id, article.text, article.language, embedder.count_tokens)
    vectors = tuple(embedder.encode_passages(passages))
    return NewArticle(article, source, name or f"{article.id}.md", "raw hash", passages, vectors)


def encoded_by(assistant: Assistant) -> list[str]:
    """The passages that the assistant's embedder has been given so far."""
    assert isinstance(assistant.embedder, WordHashEmbedder)
    return assistant.embedder.encoded


def write_article(folder: Path, article_id: str, text: str, **front_matter: str) -> Path:
    """A markdown article with front matter; ``None``-like values are written as they stand."""
    told = {"title": "Title", "publisher": "Publisher", "published_on": "2025-06-01", "retrieved_on": "2025-12-20"}
    lines = [f'{name}: "{value}"' for name, value in (told | front_matter).items()]
    path = folder / f"{article_id}.md"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", f"id: {article_id}", *lines, "---", "", text, ""]), encoding="utf-8")
    return path
