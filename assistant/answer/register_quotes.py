"""The sentences that show what the register tells, ready to be quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answer.cite import Citations
from assistant.answer.quotes import Quote
from assistant.answer.register_answers import RegisterTold
from assistant.answer.rewrite import Standalone
from assistant.measures.types import Evidence
from assistant.types import Hit, RegisterChange, RegisterStanding, Span

MAX_CHANGE_QUOTES = 8

HitAt = Callable[[str, int], Hit | None]
Told = TypeVar("Told", RegisterStanding, RegisterChange)


@dataclass(frozen=True, slots=True)
class QuotedRegister:
    """What the register tells, with a quote for each standing and each change.

    Attributes:
        content: quotes of what the measures asked about do.
        first, certain, before_all, anywhere: as ``RegisterTold``.
        unquoted: how many standings and changes are left out, for want of a sentence or of room.
    """

    standings: tuple[tuple[RegisterStanding, Quote], ...] = ()
    changes: tuple[tuple[RegisterChange, Quote], ...] = ()
    first: bool = False
    certain: bool = False
    before_all: bool = False
    unquoted: int = 0
    anywhere: str = ""
    content: tuple[Quote, ...] = ()

    def asked(self, question: Standalone) -> Standalone:
        """The question that sentences are held against: without a destination that decides nothing."""
        if not self.anywhere:
            return question
        return Standalone(self.anywhere, question.focus if question.focus in self.anywhere else self.anywhere)

    @property
    def leading(self) -> tuple[Quote, ...]:
        """Quotes that answer the question, so they come first, each once."""
        shown = (quote for _, quote in (*self.standings, *self.changes))
        return _each_once([*self.content, *shown]) if self.first else ()

    @property
    def trailing(self) -> tuple[Quote, ...]:
        """Quotes of what a reader must know besides, each once."""
        return () if self.first else _each_once(quote for _, quote in self.standings)

    def left_out(self, citations: Citations) -> int:
        """How many standings and changes an answer that rests on the register does not show.

        It does where the register was asked for, or where some of it is cited.
        """
        shown = len(self.cited_standings(citations)) + len(self.cited_changes(citations))
        if not self.first or not (self.certain or self.before_all or shown):
            return 0
        return len(self.standings) + len(self.changes) + self.unquoted - shown

    def cited_standings(self, citations: Citations) -> tuple[RegisterStanding, ...]:
        """The standings whose quotes were cited."""
        return _cited(self.standings, citations)

    def cited_changes(self, citations: Citations) -> tuple[RegisterChange, ...]:
        """The changes whose quotes were cited, oldest first."""
        return _cited(self.changes, citations)


def quoted(told: RegisterTold, hit_at: HitAt) -> QuotedRegister:
    """What the register tells with a quote for each; ``hit_at`` gives the passage at a place of an article.

    One sentence may show several things; it is quoted once.
    """
    all_evidence = [*(one.evidence for one in told.standings), *(one.evidence for one in told.changes)]
    shown_by = Counter((one.article, one.start) for evidence in all_evidence for one in evidence)
    chooser = _Chooser(hit_at, shown_by)
    content = tuple(quote for one in told.content if (quote := chooser.choose((one,), told.most_quotes)))
    standings = [(one.standing, chooser.choose(one.evidence, told.most_quotes)) for one in told.standings]
    changes = [(one.change, chooser.choose(one.evidence, MAX_CHANGE_QUOTES)) for one in told.changes]
    shown_standings = tuple((standing, quote) for standing, quote in standings if quote is not None)
    shown_changes = tuple((change, quote) for change, quote in changes if quote is not None)
    unquoted = len(standings) + len(changes) - len(shown_standings) - len(shown_changes)
    return QuotedRegister(
        shown_standings, shown_changes, told.first, told.certain, told.before_all, unquoted, told.anywhere, content
    )


class _Chooser:
    """Chooses a quote for each thing told: one already chosen where it serves, else one that shows the most."""

    def __init__(self, hit_at: HitAt, shown_by: Counter[tuple[str, int | None]]) -> None:
        self._hit_at = hit_at
        self._shown_by = shown_by
        self._chosen: dict[tuple[str, int], Quote] = {}

    def choose(self, evidence: Sequence[Evidence], most: int) -> Quote | None:
        places = [(one.article, one.start, one.end) for one in evidence if one.start is not None and one.end]
        places.sort(key=lambda place: -self._shown_by[place[:2]])
        for article, start, _ in places:
            if (article, start) in self._chosen:
                return self._chosen[(article, start)]
        if len(self._chosen) >= most:
            return None
        for article, start, end in places:
            hit = self._hit_at(article, start)
            if hit is not None:
                return self._chosen.setdefault((article, start), Quote.of_register(hit, Span(start, end)))
        return None


def _cited(shown: Iterable[tuple[Told, Quote]], citations: Citations) -> tuple[Told, ...]:
    numbered = ((told, citations.number(quote.hit, quote.span)) for told, quote in shown)
    return tuple(replace(told, citations=(n,)) for told, n in numbered if n is not None)


def _each_once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple({quote.place: quote for quote in quotes}.values())
