"""What the register tells on a question: where measures stand on a day, and what changed between two.

The register decides which sentences are quoted first; it never speaks itself. Every standing and every
change is shown by sentences of articles that were known on the day asked as of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    asks_what_was_added,
    asks_which_rules,
    asks_who_got_it,
    goods_controlled,
    is_generic,
    needs_a_licence,
    speaks_of_a_rule,
)
from assistant.answer.destinations import destined
from assistant.answer.register_evidence import (
    ACTIVE,
    best_first,
    holding_first,
    naming_most,
    telling_what_they_do,
    telling_who,
)
from assistant.answer.relevance import RARE_EARTH_TERMS
from assistant.dates import first_day, last_day
from assistant.measures.coverage import Item, destination_names, is_covered, is_for_all
from assistant.measures.register import Register
from assistant.measures.topic import MeasureTopics
from assistant.measures.types import Change, Evidence, Measure, MeasureStatus, Standing
from assistant.periods import falls_in, find_moments, without_bounds
from assistant.terms import ELEMENTS_KIND, FUNCTION_WORDS, PLACES_KIND, TermAnalyzer
from assistant.types import Period, Place, RegisterChange, RegisterStanding

MAX_STANDINGS = 6
MAX_STANDING_QUOTES, MAX_QUOTES_OF_LIST = 4, 5
MAX_CHANGES = 12
# A measure that is not named is meant when the words it shares with the question (0 to 1), and how early a
# search finds its evidence (0 to 1, times the weight), come to this score, and near to the best one.
STANDING_SCORE, NEAR_BEST, FOUND_WEIGHT = 0.45, 0.75, 0.3
MANY_SCORE, MANY_NEAR_BEST = 0.3, 0.5
CHANGE_SCORE, CHANGE_FOUND_WEIGHT = 0.22, 0.4
FOUND_DEPTH = 20
MOST_EXPLAINED = 2
_CHINESE, _AMERICAN, _ALL_RARE_EARTHS = "cn-", "us-", "rare earths"


@dataclass(frozen=True, slots=True)
class ToldStanding:
    """A standing, still without citations, and the evidence that shows it, the best first."""

    standing: RegisterStanding
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, still without citations, and the evidence that shows it, the best first."""

    change: RegisterChange
    evidence: tuple[Evidence, ...]


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


class RegisterAnswers:
    """Asks the register.

    Args:
        register: gives the current register.
        analyzer: how texts become terms.
    """

    def __init__(self, register: Callable[[], Register], analyzer: TermAnalyzer) -> None:
        self._register = register
        self._analyzer = analyzer
        self._topics: tuple[Register, MeasureTopics] | None = None

    def tell(self, question: str, period: Period | None, as_of: date, found: Sequence[Place]) -> RegisterTold:
        """What the register tells on a question, as known on ``as_of``; ``found`` is all a search found, best first.

        Where goods go to a place, measures on other destinations alone are left out unless named.
        """
        goods = destined(question, self._analyzer) if asks_standing(question) or asks_procedure(question) else None
        place = frozenset(self._analyzer.content_terms(goods.place)) if goods else frozenset()
        anywhere = goods.anywhere if goods and self._decides_nothing(place, question, period, as_of) else ""
        return replace(self._told(anywhere or question, period, as_of, found, place), anywhere=anywhere)

    def _told(
        self, question: str, period: Period | None, as_of: date, found: Sequence[Place], place: frozenset[str]
    ) -> RegisterTold:
        register = self._register()
        named = register.find(without_bounds(question, self._analyzer.event_days))
        if not named and (controlling := self._controlling(register, question, period, as_of)):
            on = day_asked(period, as_of)
            standings = _standings(controlling, register, as_of, on, self._nearness(question))
            return RegisterTold(standings, first=True, certain=True, before_all=True, most_quotes=MAX_QUOTES_OF_LIST)
        if told := self._of_the_named(register, named, question, as_of):
            return told
        if asks_changes(question, period) and period is not None:
            shares = self._shares_of_changes(register, named, question)
            changes = _told_changes(register, shares, period, as_of, found)
            return RegisterTold(changes=changes, first=True, certain=True, before_all=True)
        on = day_asked(period, as_of)
        if asks_standing(question):
            meant = self._meant(register, question, found) if not named and speaks_of_a_rule(question) else ()
            of_goods = needs_a_licence(question) or asks_if_allowed(question)
            covering = self._covering(register, question, on, as_of) if named or meant or of_goods else ()
            both = [one for one in meant if one in covering]
            formed = tuple(one for one in meant if self._names_form(one, question))
            # Whether a licence is needed is told by the base rule, whatever later ones the question reads like.
            nearest = (*covering, *meant) if asks_for_licence(question) else (*both, *covering, *meant)
            active = self._active(register, as_of, on) if of_goods else frozenset()
            if any(one.id in active and is_for_all(one.covers) for one in covering):
                # A rule in force decides, whatever a suspended one says of the same form.
                formed = _active_first((one for one in formed if one in covering or is_for_all(one.covers)), active)
                nearest = tuple(one for one in nearest if one in covering)
                nearest = _active_first(nearest, active) if asks_for_licence(question) else nearest
            close = [one for one in (*formed, *nearest) if not place or self._reaches(one, place)]
            if covering and not any(self._is_on(one, place) for one in close):
                close += self._on_anything_to(register, place)
            standings = _standings((*named, *close), register, as_of, on, self._nearness(question))
            if of_goods:
                standings = tuple(self._on_the_form(told, question) for told in standings)
            if asks_if_it_goes_on(question):
                standings = tuple(map(_holding_first, standings))
            before_all = asks_force(question) or (bool(covering) and of_goods) or asks_if_licence_is_needed(question)
            return RegisterTold(standings, first=True, certain=bool(named), before_all=before_all)
        return RegisterTold(_set_aside(_standings(named, register, as_of, on, self._nearness(question))))

    def _of_the_named(
        self, register: Register, named: Sequence[Measure], question: str, as_of: date
    ) -> RegisterTold | None:
        """What the measures that are named do, or who got what they give; None where neither is asked, or told."""
        of_content, of_who = asks_content(question), asks_who_got_it(question)
        if not named or not (of_content or of_who):
            return None
        standings = _standings(named, register, as_of, as_of, self._nearness(question))
        asked = frozenset(self._analyzer.content_terms(question))
        explained = named[:MOST_EXPLAINED] if of_content else ()
        if content := telling_what_they_do(explained, asked, as_of, self._analyzer):
            return RegisterTold(_set_aside(standings), first=True, certain=True, before_all=True, content=content)
        if of_who:
            kept = (replace(one, evidence=telling_who(one.evidence)) for one in standings)
            if told := tuple(one for one in kept if one.evidence):
                return RegisterTold(told, first=True, certain=True, before_all=True)
        return None

    @staticmethod
    def _active(register: Register, as_of: date, on: date) -> frozenset[str]:
        """The ids of the measures that stand on a day, as known on another."""
        return frozenset(status.id for status in register.as_of(as_of, on) if status.status in ACTIVE)

    def _controlling(
        self, register: Register, question: str, period: Period | None, as_of: date
    ) -> tuple[Measure, ...]:
        """The Chinese rules that name elements, for every destination, where it is asked which goods are controlled.

        Those in force first, of these the newest; where a time is asked about, those that began in it.
        """
        goods = goods_controlled(question)
        terms = self._analyzer.content_terms(question)
        places = {term for term in terms if self._analyzer.kind(term) == PLACES_KIND}
        is_of_a_time = period is not None
        if (
            not goods
            or is_of_a_time != asks_what_was_added(question)
            or places - frozenset(self._analyzer.terms("China"))
        ):
            return ()
        rare_earths = RARE_EARTH_TERMS if "rare" in goods or "ree" in goods else None
        active = self._active(register, as_of, as_of)
        found = [
            one
            for one in register.measures
            if one.id.startswith(_CHINESE)
            and is_for_all(one.covers)
            and one.covers.elements
            and _ALL_RARE_EARTHS not in one.covers.elements
            and (rare_earths is None or rare_earths.issuperset(one.covers.elements))
            and (period is None or falls_in(one.history[0].from_, period))
        ]
        newest_first = sorted(found, key=lambda one: one.history[0].from_, reverse=True)
        return _active_first(newest_first, active)

    def _decides_nothing(self, place: frozenset[str], question: str, period: Period | None, as_of: date) -> bool:
        """Whether a rule on the goods holds for all places, and none is on this one."""
        register = self._register()
        if any(self._is_on(measure, place) for measure in register.measures):
            return False
        covering = self._covering(register, question, day_asked(period, as_of), as_of)
        return any(is_for_all(one.covers) for one in covering)

    def _on_anything_to(self, register: Register, place: frozenset[str]) -> list[Measure]:
        """The measures on a place that name no element: "no dual-use item for military users in Japan"."""
        return [one for one in register.measures if self._is_on(one, place) and not one.covers.elements]

    def _reaches(self, measure: Measure, place: frozenset[str]) -> bool:
        return is_for_all(measure.covers) or self._is_on(measure, place)

    def _is_on(self, measure: Measure, place: frozenset[str]) -> bool:
        """Whether a place, as terms, is among those that a measure names."""
        names = destination_names(measure.covers)
        return any(place & frozenset(self._analyzer.content_terms(name)) for name in names)

    def named(self, text: str) -> tuple[Measure, ...]:
        """The measures that a text names, in order of first mention."""
        return self._register().find(text)

    def _nearness(self, question: str) -> Callable[[ToldStanding], int]:
        """How many terms of a standing's scope the question has; a whole measure has none."""
        asked = frozenset(self._analyzer.content_terms(question))
        return lambda told: len(asked & frozenset(self._analyzer.content_terms(told.standing.scope or "")))

    def _covering(self, register: Register, question: str, on: date, as_of: date) -> tuple[Measure, ...]:
        """The measures that name an element of the question: the base rule holds on while a later one is suspended."""
        named = {one for measure in register.measures for one in measure.covers.elements}
        # A term is a stem: "antimoni" is in no list of elements.
        by_term = {term: one for one in named for term in self._analyzer.content_terms(one) if self._is_element(term)}
        elements = [by_term[term] for term in self._analyzer.content_terms(question) if term in by_term]
        found = [one.measure for name in elements for one in is_covered(register, Item(name), on, as_of).measures]
        # Nearly everything touches "rare earths"; only a measure that names the element is the base rule for it.
        naming = [status.id for status in found if set(elements) & set(status.covers.elements)]
        return tuple(register.measure(measure_id) for measure_id in naming)

    def _names_form(self, measure: Measure, question: str) -> bool:
        """Whether a question is on a form of an element that a measure covers: "graphite anodes", not graphite."""
        asked = frozenset(self._analyzer.content_terms(question))
        shared = (asked.intersection(self._analyzer.content_terms(form)) for form in measure.covers.forms)
        return any(len(terms) > 1 and any(map(self._is_element, terms)) for terms in shared)

    def _on_the_form(self, told: ToldStanding, question: str) -> ToldStanding:
        """A standing that is shown first by what names most of the forms of its measure that are asked about."""
        forms = " ; ".join(self._register().measure(told.standing.measure).covers.forms)
        asked = frozenset(self._analyzer.content_terms(forms)).intersection(self._analyzer.content_terms(question))
        return replace(told, evidence=naming_most(told.evidence, asked, self._analyzer))

    def _is_element(self, term: str) -> bool:
        return self._analyzer.kind(term) == ELEMENTS_KIND

    def _shares_of_changes(self, register: Register, named: Sequence[Measure], question: str) -> Mapping[str, float]:
        """Measure id -> how much the question is about it, 0 to 1: wholly when named, or when no subject is."""
        if not named and not is_generic(_subject_words(question)):
            return self._shares(register, question)
        return dict.fromkeys((measure.id for measure in named or register.measures), 1.0)

    def _meant(self, register: Register, question: str, found: Sequence[Place]) -> tuple[Measure, ...]:
        shares = self._shares(register, question)
        asked = frozenset(self._analyzer.terms(question))
        if asked & frozenset(self._analyzer.terms("China")) and not asked & frozenset(self._analyzer.terms("US")):
            shares = {name: share for name, share in shares.items() if not name.startswith(_AMERICAN)}
        return _near_best(register, shares, found, many=asks_which_rules(question))

    def _shares(self, register: Register, question: str) -> Mapping[str, float]:
        if self._topics is None or self._topics[0] is not register:
            self._topics = (register, MeasureTopics(register.measures, self._analyzer))
        return {match.measure.id: match.share for match in self._topics[1].match(question)}


def day_asked(period: Period | None, as_of: date) -> date:
    """The day on which the register is asked: the last of the period asked about, else ``as_of``."""
    return last_day(period.until) if period is not None and period.until is not None else as_of


def _found(evidence: Iterable[Evidence], found: Sequence[Place]) -> float:
    """How early the search found a passage that holds some of the evidence: 1 for the first, 0 from the 20th on."""
    places = [(one.article, one.start) for one in evidence if one.start is not None]
    for rank, passage in enumerate(found[:FOUND_DEPTH]):
        if any(article == passage.article_id and passage.start <= start < passage.end for article, start in places):
            return 1 - rank / FOUND_DEPTH
    return 0.0


def _subject_words(question: str) -> Iterator[str]:
    """The words of a question, times and function words left out."""
    for mention in reversed(find_moments(question)):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return (word for word in re.findall(r"\w+", question) if word.lower() not in FUNCTION_WORDS)


def _near_best(
    register: Register, shares: Mapping[str, float], found: Sequence[Place], *, many: bool
) -> tuple[Measure, ...]:
    scores = {
        measure: shares[measure.id] + FOUND_WEIGHT * _found(_all_evidence(measure), found)
        for measure in register.measures
        if measure.id in shares
    }
    least, near_best = (MANY_SCORE, MANY_NEAR_BEST) if many else (STANDING_SCORE, NEAR_BEST)
    least = max(least, near_best * max(scores.values(), default=0.0))
    return tuple(sorted((one for one in scores if scores[one] >= least), key=lambda one: -scores[one]))


def _all_evidence(measure: Measure) -> Iterator[Evidence]:
    return (one for entry in measure.history for one in entry.evidence)


def _standings(
    measures: Iterable[Measure], register: Register, as_of: date, on: date, nearness: Callable[[ToldStanding], int]
) -> tuple[ToldStanding, ...]:
    """Where each measure stands; of one measure the scope asked about comes first, then what is set aside."""
    statuses = {status.id: status for status in register.as_of(as_of, on)}
    found = {measure.id: statuses[measure.id] for measure in measures if measure.id in statuses}
    told = (
        sorted(told_standings(status, on), key=lambda one: (-nearness(one), _is_active(one)))
        for status in found.values()
    )
    return tuple(one for ordered in told for one in ordered)[:MAX_STANDINGS]


def told_standings(status: MeasureStatus, on: date) -> Iterator[ToldStanding]:
    """The whole measure, its scopes, and what was known to be due next."""
    whole = Standing(
        status.status, status.since, status.since_at_latest, status.until, status.last_status, status.unknown_after,
        status.scope, status.known_from, status.evidence,
    )  # fmt: skip
    for standing in (whole, *status.scoped):
        yield _told_standing(status, standing, on.isoformat())
    if status.next is not None and status.status == "announced":
        yield _told_standing(status, status.next, first_day(status.next.since).isoformat())


def _told_standing(status: MeasureStatus, standing: Standing, on: str) -> ToldStanding:
    told = RegisterStanding(
        measure=status.id,
        name=status.name,
        on=on,
        status=standing.status,
        since=standing.since,
        until=standing.until,
        last_status=standing.last_status,
        unknown_after=standing.unknown_after,
        scope=standing.scope,
        citations=(),
    )
    return ToldStanding(told, best_first(standing.evidence, {standing.since, standing.until, standing.unknown_after}))


def _set_aside(standings: tuple[ToldStanding, ...]) -> tuple[ToldStanding, ...]:
    """Those that a reader who asks of the rule must know of: it does not simply hold."""
    return tuple(told for told in standings if not _is_active(told))


def _active_first(measures: Iterable[Measure], active: frozenset[str]) -> tuple[Measure, ...]:
    """The measures with those before whose ids are active; Python's sort is stable."""
    return tuple(sorted(measures, key=lambda one: one.id not in active))


def _is_active(told: ToldStanding) -> bool:
    return told.standing.status in ACTIVE


def _told_changes(
    register: Register, shares: Mapping[str, float], period: Period, as_of: date, found: Sequence[Place]
) -> tuple[ToldChange, ...]:
    """The changes of the period that belong to the question, the best ``MAX_CHANGES``, oldest first."""
    until = min(last_day(period.until), as_of) if period.until else as_of
    from_ = first_day(period.from_) if period.from_ else until
    if until < from_:
        return ()
    scores = {
        change: shares[change.measure_id] + CHANGE_FOUND_WEIGHT * _found(change.evidence, found)
        for change in register.changes(from_, until, as_of)
        if change.measure_id in shares and change.after != "unknown"
    }
    best = sorted((one for one in scores if scores[one] >= CHANGE_SCORE), key=lambda one: -scores[one])[:MAX_CHANGES]
    return tuple(told_change(change) for change in scores if change in best)


def told_change(change: Change) -> ToldChange:
    """A change with the evidence for it, the best first."""
    told = RegisterChange(
        on=change.on,
        at_latest=change.at_latest,
        measure=change.measure_id,
        name=change.name,
        scope=change.scope,
        before=change.before,
        after=change.after,
        citations=(),
    )
    return ToldChange(told, best_first(change.evidence, {change.on}))


def _holding_first(told: ToldStanding) -> ToldStanding:
    """A standing that is shown first by what says that it goes on, such as "remained in force"."""
    return replace(told, evidence=holding_first(told.evidence)) if told.standing.status == "in_force" else told
