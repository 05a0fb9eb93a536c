"""Writing the answer: drafted quotes become sentences with numbered citations, each checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.answer.cite import Citations
from assistant.answer.conflict import Disagreement, ValueSupport
from assistant.answer.extractive import Draft
from assistant.answer.quotes import Quote
from assistant.answer.verify import check
from assistant.dates import last_day
from assistant.types import Citation, Conflict, ConflictValue, Removed, Sentence

MAX_CITATIONS_A_SENTENCE = 3


@dataclass(slots=True)
class Written:
    """What has been written so far: sentences that passed the check, those that did not, and all citations."""

    sentences: list[Sentence] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    citations: Citations = field(default_factory=Citations)

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations that sentences use."""
        used = {number for sentence in self.sentences for number in sentence.citations}
        return tuple(citation for citation in self.citations.all() if citation.n in used)

    def write(self, draft: Draft) -> Iterator[tuple[Sentence, tuple[Citation, ...]]]:
        """Every drafted sentence that its citations support, as it passes the check, with its new citations."""
        self.removed += [
            Removed(quote.text, "it gives orders to the program; it does not report") for quote in draft.orders
        ]
        for quote in draft.quotes:
            known = len(self.citations.all())
            if sentence := self._checked(quote, draft):
                self.sentences.append(sentence)
                yield sentence, self.citations.all()[known:]
            else:
                self.citations.drop_from(known)

    def conflicts(self, draft: Draft) -> tuple[Conflict, ...]:
        """Where sources disagree, of the values that sentences show; one value alone is no conflict."""
        found = (_conflict(one, self.citations) for one in draft.disagreements)
        return tuple(conflict for conflict in found if len(conflict.values) > 1)

    def _checked(self, quote: Quote, draft: Draft) -> Sentence | None:
        text = " ".join(quote.text.split())
        agreeing = draft.agreeing(quote)[: MAX_CITATIONS_A_SENTENCE - 1]
        cited = [self.citations.cite(one.hit, one.span) for one in (quote, *agreeing)]
        verdict = check(text, cited)
        if verdict == "unsupported":
            self.removed.append(Removed(text, "the cited passage does not carry this sentence"))
            return None
        return Sentence(text, tuple(citation.n for citation in cited), verdict)


def _conflict(disagreement: Disagreement, citations: Citations) -> Conflict:
    values = (_conflict_value(value, citations) for value in disagreement.values)
    return Conflict(disagreement.about, tuple(value for value in values if value.citations))


def _conflict_value(support: ValueSupport, citations: Citations) -> ConflictValue:
    articles = [quote.article for quote in support.quotes if quote.article.kind != "note"]
    dated = [article.published_on for article in articles if article.published_on]
    return ConflictValue(
        value=support.value,
        citations=tuple(n for quote in support.quotes if (n := citations.number(quote.hit, quote.span)) is not None),
        publishers=tuple(dict.fromkeys(article.publisher for article in articles)),
        independent=support.independent,
        newest_on=max(dated, key=lambda iso: (last_day(iso), len(iso)), default=None),
        official=any(article.source_kind == "official" for article in articles),
    )
