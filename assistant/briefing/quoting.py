"""The one place that turns sentences of a briefing into numbered quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.answer.cite import Citations
from assistant.answer.independence import independent_sources
from assistant.briefing.topic import NamingSentence
from assistant.briefing.types import Statement
from assistant.measures.types import Evidence
from assistant.types import Article, Citation, Hit, Span

HitAt = Callable[[str, int], Hit | None]


class Quoting:
    """Numbers quotes by first use, and remembers which sentences were said.

    Args:
        hit_at: the passage at a place of an article that may be used, None for none.
    """

    def __init__(self, hit_at: HitAt) -> None:
        self._hit_at = hit_at
        self._citations = Citations()
        self._used: dict[tuple[str, int, int], Article] = {}

    def is_new(self, sentence: NamingSentence) -> bool:
        """Whether this sentence was not quoted yet."""
        return self._citations.number(sentence.hit, sentence.span) is None

    def state(self, sentence: NamingSentence, figures: tuple[str, ...] = ()) -> Statement:
        """The sentence as a statement that cites itself."""
        return Statement(sentence.text, (self._cite(sentence.hit, sentence.span),), figures)

    def repeat(self, citation: Citation) -> Statement | None:
        """The quote of an answer as a statement; None when its passage is not to be found."""
        hit = self._hit_at(citation.article_id, citation.start)
        return self.state(NamingSentence(hit, Span(citation.start, citation.end))) if hit else None

    def show(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """The number of the first piece of evidence that can be quoted; none when there is none."""
        for one in evidence:
            hit = self._hit_at(one.article, one.start) if one.start is not None else None
            if hit is not None and one.start is not None and one.end is not None:
                return (self._cite(hit, Span(one.start, one.end)),)
        return ()

    def all(self) -> tuple[Citation, ...]:
        """Every citation, by number."""
        return self._citations.all()

    def independent(self) -> int:
        """How many independent sources stand behind the quotes."""
        return independent_sources(
            (article, Span(start, end).of(article.text)) for (_, start, end), article in self._used.items()
        )

    def _cite(self, hit: Hit, span: Span) -> int:
        self._used[(hit.article.id, span.start, span.end)] = hit.article
        return self._citations.cite(hit, span).n
