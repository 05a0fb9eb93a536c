"""A corpus of a few documents in memory: the product's own chunker and embedder, no data folder."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.index.embedder import Embedder
from assistant.index.fulltext import RARITY_FLOOR
from assistant.ingest.article import to_article
from assistant.ingest.chunk import chunk
from assistant.ingest.loaders.base import RawArticle
from assistant.ingest.sources import SourceFile
from assistant.retrieve.retriever import Evidence, Findings
from assistant.terms import TermAnalyzer
from assistant.types import Hit, Passage

NO_DAY = "2000-01-01"
# As the loader of plain text takes a title when the text states none.
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Document:
    """A text by a publisher of its own, named ``name``; without a title its first line is taken for one."""

    name: str
    text: str
    title: str | None = None


def findings_in_memory(
    question: str, documents: Sequence[Document], embedder: Embedder, analyzer: TermAnalyzer, limit: int
) -> Findings:
    """The ``limit`` passages nearest to the question, as if exactly these documents had been ingested."""
    pairs = [pair for document in documents if document.text.strip() for pair in _passages(document, embedder)]
    query = embedder.encode_query(question)
    vectors = embedder.encode_passages([hit.passage for hit in pairs])
    evidence = [
        Evidence(hit, float(found.passage @ query), tuple(float(value) for value in found.sentences @ query))
        for hit, found in zip(pairs, vectors, strict=True)
    ]
    evidence.sort(key=lambda one: -one.similarity)
    rarity = _rarity(analyzer.content_terms(question), [hit.passage for hit in pairs], analyzer)
    return Findings(tuple(evidence[:limit]), rarity, 0)


def _passages(document: Document, embedder: Embedder) -> list[Hit]:
    file = SourceFile(document.name, document.name, f"file:{document.name}", document.text.encode)
    title = document.title or document.text.strip().partition("\n")[0][:TITLE_LENGTH]
    article = to_article(RawArticle(document.text, title, publisher=document.name), file, NO_DAY)
    passages = chunk(article.id, article.text, article.language, embedder.count_tokens)
    return [Hit(passage, article, 0.0, ("dense",)) for passage in passages]


def _rarity(terms: Sequence[str], passages: Sequence[Passage], analyzer: TermAnalyzer) -> Mapping[str, float]:
    """Inverse document frequency, as ``FullText.rarity`` counts it."""
    held = [frozenset(analyzer.terms(passage.text)) for passage in passages]
    found = {term: sum(term in own for own in held) for term in terms}
    return {term: RARITY_FLOOR + math.log((len(held) + 1) / (count + 0.5)) for term, count in found.items()}
