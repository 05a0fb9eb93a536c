"""What the register tells on a question: where measures stand on a day, and what changed between two.

The register decides which sentences are quoted first; it never speaks itself. Every standing and every
change is shown by sentences of articles that were known on the day asked as of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer.asked import (
    asks_changes,
    asks_content,
    asks_for_licence,
    asks_force,
    asks_if_allowed,
    asks_if_it_goes_on,
    asks_if_licence_is_needed,
    asks_procedure,
    asks_standing,
    asks_who_got_it,
    needs_a_licence,
    speaks_of_a_rule,
)
from assistant.answer.destinations import destined
from assistant.answer.register_changes import ToldChange, told_changes
from assistant.answer.register_destinations import is_on, on_anything_to, reaches
from assistant.answer.register_evidence import telling_what_they_do, telling_who
from assistant.answer.register_goods import controlling, covering, names_form, on_the_form
from assistant.answer.register_matches import RegisterMatches
from assistant.answer.register_standings import (
    ToldStanding,
    active_first,
    active_ids,
    set_aside,
    shown_to_hold,
    standings_asked,
)
from assistant.dates import last_day
from assistant.measures.coverage import is_for_all
from assistant.measures.register import Register
from assistant.measures.types import Evidence, Measure
from assistant.periods import without_bounds
from assistant.terms import TermAnalyzer
from assistant.types import Period, Place

MAX_STANDING_QUOTES, MAX_QUOTES_OF_LIST = 4, 5
MOST_EXPLAINED = 2


@dataclass(frozen=True, slots=True)
class RegisterTold:
    """What the register tells.

    Attributes:
        first: it answers the question; otherwise it only adds to the answer.
        certain: the question names the measure, or asks what changed: whatever else is found, there is an answer.
        before_all: the question asks for just this; otherwise the best sentence found may come before it.
        anywhere: the question without where its goods go, where that decides nothing; else empty.
        most_quotes: of standings, in an answer.
        content: what shows what the measures asked about do, the best of each.
    """

    standings: tuple[ToldStanding, ...] = ()
    changes: tuple[ToldChange, ...] = ()
    first: bool = False
    certain: bool = False
    before_all: bool = False
    anywhere: str = ""
    most_quotes: int = MAX_STANDING_QUOTES
    content: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the register as it is now.

    Attributes:
        found: all a search found, best first.
        place: the terms of where the goods go, if anywhere.
    """

    register: Register
    question: str
    period: Period | None
    as_of: date
    found: Sequence[Place]
    place: frozenset[str]

    @property
    def on(self) -> date:
        """The day whose standings are asked about."""
        return day_asked(self.period, self.as_of)

    @property
    def of_goods(self) -> bool:
        """Whether it is asked if goods may go, or need a licence to."""
        return needs_a_licence(self.question) or asks_if_allowed(self.question)


class RegisterAnswers:
    """Asks the register.

    Args:
        register: gives the current register.
        analyzer: how texts become terms.
    """

    def __init__(self, register: Callable[[], Register], analyzer: TermAnalyzer) -> None:
        self._register = register
        self._analyzer = analyzer
        self._matches = RegisterMatches(analyzer)

    def tell(self, question: str, period: Period | None, as_of: date, found: Sequence[Place]) -> RegisterTold:
        """What the register tells on a question, as known on ``as_of``; ``found`` is all a search found, best first.

        Where goods go to a place, measures on other destinations alone are left out unless named.
        """
        goods = destined(question, self._analyzer) if asks_standing(question) or asks_procedure(question) else None
        place = frozenset(self._analyzer.content_terms(goods.place)) if goods else frozenset()
        asked = _Asked(self._register(), question, period, as_of, found, place)
        anywhere = goods.anywhere if goods and self._decides_nothing(asked) else ""
        return replace(self._told(replace(asked, question=anywhere or question)), anywhere=anywhere)

    def named(self, text: str) -> tuple[Measure, ...]:
        """The measures that a text names, in order of first mention."""
        return self._register().find(text)

    def _decides_nothing(self, asked: _Asked) -> bool:
        """Whether a rule on the goods holds for all places, and none is on this one."""
        if any(is_on(measure, asked.place, self._analyzer) for measure in asked.register.measures):
            return False
        return any(is_for_all(one.covers) for one in self._covering(asked))

    def _told(self, asked: _Asked) -> RegisterTold:
        register, question = asked.register, asked.question
        named = register.find(without_bounds(question, self._analyzer.event_days))
        if not named and (rules := controlling(register, question, asked.period, asked.as_of, self._analyzer)):
            standings = self._standings(rules, asked, asked.on)
            return RegisterTold(standings, first=True, certain=True, before_all=True, most_quotes=MAX_QUOTES_OF_LIST)
        if told := self._of_the_named(named, asked):
            return told
        if asks_changes(question, asked.period) and asked.period is not None:
            shares = self._matches.shares_of_changes(register, named, question)
            changes = told_changes(register, shares, asked.period, asked.as_of, asked.found)
            return RegisterTold(changes=changes, first=True, certain=True, before_all=True)
        if asks_standing(question):
            return self._of_standings(named, asked)
        return RegisterTold(set_aside(self._standings(named, asked, asked.on)))

    def _of_the_named(self, named: Sequence[Measure], asked: _Asked) -> RegisterTold | None:
        """What the measures that are named do, or who got what they give; None where neither is asked, or told."""
        of_content, of_who = asks_content(asked.question), asks_who_got_it(asked.question)
        if not named or not (of_content or of_who):
            return None
        standings = self._standings(named, asked, asked.as_of)
        terms = frozenset(self._analyzer.content_terms(asked.question))
        explained = named[:MOST_EXPLAINED] if of_content else ()
        if content := telling_what_they_do(explained, terms, asked.as_of, self._analyzer):
            return RegisterTold(set_aside(standings), first=True, certain=True, before_all=True, content=content)
        if of_who:
            kept = (replace(one, evidence=telling_who(one.evidence)) for one in standings)
            if told := tuple(one for one in kept if one.evidence):
                return RegisterTold(told, first=True, certain=True, before_all=True)
        return None

    def _of_standings(self, named: Sequence[Measure], asked: _Asked) -> RegisterTold:
        """Where the measures stand that are named, meant, or on the goods of the question."""
        question = asked.question
        is_meant = not named and speaks_of_a_rule(question)
        meant = self._matches.meant(asked.register, question, asked.found) if is_meant else ()
        of_elements = self._covering(asked) if named or meant or asked.of_goods else ()
        standings = self._standings((*named, *self._near(of_elements, meant, asked)), asked, asked.on)
        if asked.of_goods:
            standings = tuple(on_the_form(told, asked.register, question, self._analyzer) for told in standings)
        if asks_if_it_goes_on(question):
            standings = tuple(map(shown_to_hold, standings))
        before_all = (
            asks_force(question) or (bool(of_elements) and asked.of_goods) or asks_if_licence_is_needed(question)
        )
        return RegisterTold(standings, first=True, certain=bool(named), before_all=before_all)

    def _near(self, of_elements: Sequence[Measure], meant: Sequence[Measure], asked: _Asked) -> tuple[Measure, ...]:
        """The measures on the elements, and those meant, nearest first; of these the ones that reach the place."""
        place = asked.place
        nearest = self._nearest_first(of_elements, meant, asked)
        near = tuple(one for one in nearest if not place or reaches(one, place, self._analyzer))
        if of_elements and not any(is_on(one, place, self._analyzer) for one in near):
            return near + on_anything_to(asked.register, place, self._analyzer)
        return near

    def _nearest_first(
        self, of_elements: Sequence[Measure], meant: Sequence[Measure], asked: _Asked
    ) -> tuple[Measure, ...]:
        for_licence = asks_for_licence(asked.question)
        both = (one for one in meant if one in of_elements)
        formed = tuple(one for one in meant if names_form(one, asked.question, self._analyzer))
        # Whether a licence is needed is told by the base rule, whatever later ones the question reads like.
        nearest = (*of_elements, *meant) if for_licence else (*both, *of_elements, *meant)
        active = active_ids(asked.register, asked.as_of, asked.on) if asked.of_goods else frozenset()
        if any(one.id in active and is_for_all(one.covers) for one in of_elements):
            # A rule in force decides, whatever a suspended one says of the same form.
            formed = active_first((one for one in formed if one in of_elements or is_for_all(one.covers)), active)
            nearest = tuple(one for one in nearest if one in of_elements)
            nearest = active_first(nearest, active) if for_licence else nearest
        return (*formed, *nearest)

    def _covering(self, asked: _Asked) -> tuple[Measure, ...]:
        return covering(asked.register, asked.question, asked.on, asked.as_of, self._analyzer)

    def _standings(self, measures: Iterable[Measure], asked: _Asked, on: date) -> tuple[ToldStanding, ...]:
        return standings_asked(measures, asked.register, asked.as_of, on, asked.question, self._analyzer)


def day_asked(period: Period | None, as_of: date) -> date:
    """The day on which the register is asked: the last of the period asked about, else ``as_of``."""
    return last_day(period.until) if period is not None and period.until is not None else as_of
