"""Full-text search over passages in tantivy. Holds terms and ids; the text stays in the catalog."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import tantivy

from assistant.index.catalog import IndexedPassage
from assistant.terms import TermAnalyzer

TITLE_WEIGHT = 0.4
RARITY_FLOOR = 0.5
WRITER_MEMORY_BYTES = 64_000_000
TITLES_KEPT = 50_000
_SPACED = "spaced"


class FullText:
    """One immutable snapshot of the full-text index, opened by memory map."""

    def __init__(self, folder: Path, analyzer: TermAnalyzer) -> None:
        self._schema = _schema()
        self._searcher = _open(folder, self._schema, reuse=True).searcher()
        self._analyzer = analyzer

    @classmethod
    def build(cls, folder: Path, passages: Iterable[IndexedPassage], analyzer: TermAnalyzer) -> None:
        """Add ``passages`` to the index in ``folder``; an empty folder becomes a new one."""
        writer = _open(folder, _schema(), reuse=True).writer(WRITER_MEMORY_BYTES, 1)
        # The passages of an article lie apart from each other, in the order of their ids.
        terms_of_title = lru_cache(TITLES_KEPT)(analyzer.terms)
        for passage in passages:
            writer.add_document(
                tantivy.Document(
                    id=passage.id,
                    title=" ".join(terms_of_title(passage.title)),
                    text=" ".join(analyzer.terms(passage.text)),
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def search(self, question: str, limit: int, holding: str | None = None) -> tuple[str, ...]:
        """Passage ids by BM25 of the question's terms, best first. Any text is a query, never an error.

        ``holding`` is a term that the passages must hold.
        """
        terms = self._analyzer.content_terms(question) or tuple(dict.fromkeys(self._analyzer.terms(question)))
        if not terms:
            return ()
        query = self._query(terms)
        if holding is not None:
            must = tantivy.Query.term_query(self._schema, "text", holding)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, must), (tantivy.Occur.Should, query)])
        found = self._searcher.search(query, limit)
        return tuple(str(self._searcher.doc(address)["id"][0]) for _, address in found.hits)

    def rare(self, terms: Iterable[str], most: int, share: float) -> tuple[str, ...]:
        """The terms that some passages hold, but no more than ``most`` nor that share of all; the rarest first."""
        most = min(most, int(share * self._searcher.num_docs))
        held = {term: self._searcher.doc_freq("text", term) for term in terms}
        return tuple(sorted((term for term, passages in held.items() if 0 < passages <= most), key=held.__getitem__))

    def ids(self) -> frozenset[str]:
        """Every passage id in the index."""
        found = self._searcher.search(tantivy.Query.all_query(), max(self._searcher.num_docs, 1))
        return frozenset(str(self._searcher.doc(address)["id"][0]) for _, address in found.hits)

    def holds(self, term: str) -> bool:
        """Whether any passage, or any title, has the term."""
        return any(self._searcher.doc_freq(field, term) > 0 for field in ("text", "title"))

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each term over passages, natural log; an unknown term is the rarest.

        The floor keeps the words that a small corpus is full of from weighing nothing.
        """
        total = self._searcher.num_docs
        return {
            term: RARITY_FLOOR + math.log((total + 1) / (self._searcher.doc_freq("text", term) + 0.5))
            for term in dict.fromkeys(terms)
        }

    def _query(self, terms: Iterable[str]) -> tantivy.Query:
        clauses = []
        for term in terms:
            title = tantivy.Query.term_query(self._schema, "title", term)
            clauses.append((tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term)))
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(title, TITLE_WEIGHT)))
        return tantivy.Query.boolean_query(clauses)


def _open(folder: Path, schema: tantivy.Schema, *, reuse: bool) -> tantivy.Index:
    index = tantivy.Index(schema, path=str(folder), reuse=reuse)
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPACED, spaced)
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=False, tokenizer_name=_SPACED)
    builder.add_text_field("text", stored=False, tokenizer_name=_SPACED)
    return builder.build()
