"""Writing the answer: quotes, and what a model worded, become sentences with numbered citations, each checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.answer.cite import Citations
from assistant.answer.conflict import Disagreement, ValueSupport
from assistant.answer.extractive import Draft
from assistant.answer.quotes import Quote
from assistant.answer.verify import NOT_CARRIED, check
from assistant.dates import last_day
from assistant.types import Citation, Conflict, ConflictValue, Removed, Sentence

if TYPE_CHECKING:
    from assistant.answer.support import SupportModel

MAX_CITATIONS_A_SENTENCE = 3
Shown = tuple[Sentence, tuple[Citation, ...]]


@dataclass(slots=True)
class Written:
    """What has been written so far: sentences that passed the check, those that did not, and all citations.

    With ``support``, sentences in other words than their quotes may pass too.
    """

    support: SupportModel | None = None
    sentences: list[Sentence] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    citations: Citations = field(default_factory=Citations)

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations that sentences use."""
        used = {number for sentence in self.sentences for number in sentence.citations}
        return tuple(citation for citation in self.citations.all() if citation.n in used)

    @property
    def places(self) -> frozenset[tuple[str, int]]:
        """Article id and start of every quote that sentences cite."""
        return frozenset((citation.article_id, citation.start) for citation in self.cited)

    def write(self, draft: Draft) -> Iterator[Shown]:
        """Every drafted sentence that its citations support, as it passes the check, with its new citations."""
        self.leave_out_orders(draft)
        yield from self.quote(draft.quotes, draft)

    def leave_out_orders(self, draft: Draft) -> None:
        """Tell which sentences were left out because they give orders."""
        for quote in draft.orders:
            self.leave_out(quote.text, "it gives orders to the program; it does not report")

    def quote(self, quotes: Iterable[Quote], draft: Draft) -> Iterator[Shown]:
        """Quotes as sentences, each with those that agree with it in a dispute."""
        for quote in quotes:
            agreeing = draft.agreeing(quote)[: MAX_CITATIONS_A_SENTENCE - 1]
            yield from self.word(" ".join(quote.text.split()), (quote, *agreeing))

    def word(self, text: str, quotes: Iterable[Quote]) -> Iterator[Shown]:
        """The sentence ``text`` if ``quotes`` carry it; else it is told among those removed."""
        known = len(self.citations.all())
        cited = [self.citations.cite(one.hit, one.span) for one in quotes]
        checked = check(text, cited, self.support)
        if checked.verdict == "unsupported":
            self.leave_out(text, checked.reason or NOT_CARRIED)
            self.citations.drop_from(known)
            return
        sentence = Sentence(text, tuple(citation.n for citation in cited), checked.verdict)
        self.sentences.append(sentence)
        yield sentence, self.citations.all()[known:]

    def leave_out(self, text: str, reason: str) -> None:
        """Tell of a sentence that does not stand in the answer, and why."""
        self.removed.append(Removed(text, reason))

    def conflicts(self, draft: Draft) -> tuple[Conflict, ...]:
        """Where sources disagree, of the values that sentences show; one value alone is no conflict."""
        found = (_conflict(one, self.citations) for one in draft.disagreements)
        return tuple(conflict for conflict in found if len(conflict.values) > 1)


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
