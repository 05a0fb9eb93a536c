"""Citations: exact quotes with offsets, numbered once, by first use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.markers import parse_markers
from assistant.answer.quotes import Quote
from assistant.types import Article, Citation, Hit, Span

MAX_QUOTES_A_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Resolved:
    """A sentence that a model wrote: its words, the exact quotes it names, how many of what was left out."""

    text: str
    quotes: tuple[Quote, ...]
    left_out: Counter[str]


def resolve(raw: str, offered: Sequence[Quote]) -> Resolved:
    """The markers of one sentence as exact quotes; ``[n]`` stands for ``offered[n - 1]``.

    Left out and counted: numbers that were not offered, brackets that are no markers, links, markup, and
    all but the first ``MAX_QUOTES_A_SENTENCE`` quotes.
    """
    marked = parse_markers(raw)
    known = [number for number in marked.numbers if 1 <= number <= len(offered)]
    kept = known[:MAX_QUOTES_A_SENTENCE]
    counted = Counter(not_offered=len(marked.numbers) - len(known), too_many=len(known) - len(kept))
    return Resolved(marked.text, tuple(offered[number - 1] for number in kept), +(counted + marked.left_out))


class Citations:
    """The one place that numbers citations: the same quote keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def cite(self, hit: Hit, span: Span) -> Citation:
        """The citation of ``article.text[span.start:span.end]``, new or known."""
        key = (hit.article.id, span.start, span.end)
        if key in self._numbers:
            return self._citations[self._numbers[key] - 1]
        citation = _citation(len(self._citations) + 1, hit.article, hit.passage.id, span)
        self._numbers[key] = citation.n
        self._citations.append(citation)
        return citation

    def number(self, hit: Hit, span: Span) -> int | None:
        """The number of a quote that was cited, None for one that was not."""
        return self._numbers.get((hit.article.id, span.start, span.end))

    def drop_from(self, known: int) -> None:
        """Take back all but the first ``known`` citations: the sentence they were made for was refused."""
        while len(self._citations) > known:
            citation = self._citations.pop()
            del self._numbers[(citation.article_id, citation.start, citation.end)]

    def all(self) -> tuple[Citation, ...]:
        """Every citation, in the order of its number."""
        return tuple(self._citations)


def nearest(hits: Iterable[Hit], limit: int) -> tuple[Citation, ...]:
    """Whole passages as citations that no sentence uses: what stood nearest to a declined question."""
    citations = Citations()
    for hit in list(hits)[:limit]:
        citations.cite(hit, Span(hit.passage.start, hit.passage.end))
    return citations.all()


def _citation(number: int, article: Article, passage_id: str, span: Span) -> Citation:
    return Citation(
        n=number,
        article_id=article.id,
        passage_id=passage_id,
        quote=span.of(article.text),
        start=span.start,
        end=span.end,
        title=article.title,
        publisher=article.publisher,
        published_on=article.published_on,
        published_inferred=article.published_inferred,
        reliability=article.reliability,
        url=article.url,
        kind=article.kind,
        source_kind=article.source_kind,
    )
