"""Answers without a language model: the sentences that answer best, quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.asked_forms import asks_what_came_about
from assistant.answer.conflict import Disagreement, find_disagreements
from assistant.answer.definitions import thing_asked
from assistant.answer.demands import Demands
from assistant.answer.instructions import addresses_the_writer
from assistant.answer.judgement import RELATIVE_FLOOR, Judge, showable
from assistant.answer.lead import corrections, direct_sentence, leaves_open
from assistant.answer.offices import asks_for_holder, tells_of_holder
from assistant.answer.preferences import Preferences
from assistant.answer.promotion import promoted
from assistant.answer.quotes import Quote, each_place_once
from assistant.answer.relevance import WEIGHTS, WITHIN_STRETCH, Question, Signals, denies
from assistant.answer.rewrite import Standalone
from assistant.answer.strangers import names_a_stranger
from assistant.dates import find_dates, first_day
from assistant.periods import falls_in
from assistant.retrieve.retriever import Evidence, Findings
from assistant.terms import TermAnalyzer
from assistant.types import Period, Span

NEAR_REPEAT_JACCARD = 0.6
ORDERS_SHOWN = 0.5
MORE_BY_DATE = 3
SAME_DAY_OVERLAP = 0.6
FLOOR_BESIDE_LEADING = 0.8
# The register answers by itself; the judge, who has not seen its quotes, may only be surer still.
REGISTER_CONFIDENCE = 0.9
# No question of the training sets that named a thing of a known kind found nowhere was answerable (0 of 11), and few
# where the best sentence names another in its place (10 of 80).
STRANGER_CONFIDENCE = 0.05
# Where none of these told of an office that was asked for, no question of the training sets was answerable (0 of 7).
NEAREST = 5
# A dispute is on what the best sentences tell, not on what stands beside them.
MOST_TOLD = 3
AS_GOOD = 0.9
MAX_TRAILING = 1
MAX_QUOTE_LENGTH = 700
_LEANS_ON_PREVIOUS = re.compile(
    r"(?:It|Its|They|Their|This|These|Those|That|He|She|His|Her|Such|Both"
    r"|The (?:move|decision|shift|measure|rule|step)s?)\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Plan:
    """How an answer is to be built, beside what the evidence says.

    Attributes:
        period: the time asked about.
        newest: the newest day that the corpus tells of, when the newest is asked for.
        leading: quotes of the register that answer by themselves.
        certain: with them there is an answer, whatever the judge says.
        before_all: they come first; otherwise the best sentence leads where it answers more likely than not.
        trailing: quotes that are added to an answer because its reader must know of them.
        by_date: the answer tells what happened in order of time, and only what happened in the period.
        untold: the time asked about has begun, but only after the corpus ends.
        known: what the editors know to be in dispute, of a question and the sentences nearest to it.
    """

    period: Period | None = None
    newest: date | None = None
    leading: tuple[Quote, ...] = ()
    certain: bool = True
    before_all: bool = True
    trailing: tuple[Quote, ...] = ()
    by_date: bool = False
    untold: bool = False
    known: Callable[[str, Sequence[Quote]], Disagreement | None] = lambda question, nearest: None


PLAIN = Plan()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen.

    Attributes:
        quotes: best first; none when nothing reaches the floor.
        confidence: the probability, 0 to 1, that the corpus holds an answer.
        orders: relevant sentences left out because they speak to the writer of the answer.
        disagreements: where sources give different values; the first quote of each value is among ``quotes``.
        relevant: every quote that reaches the floor, best first, near-repeats too.
        corrections: those of ``quotes`` that deny what the question takes for granted.
        missing: parts of the question that nothing answers, though others are answered.
    """

    quotes: tuple[Quote, ...]
    confidence: float
    orders: tuple[Quote, ...]
    disagreements: tuple[Disagreement, ...] = ()
    relevant: tuple[Quote, ...] = ()
    corrections: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()

    def agreeing(self, quote: Quote) -> tuple[Quote, ...]:
        """Quotes of other articles that give the same value of something in dispute."""
        values = (value for one in self.disagreements for value in one.values)
        return next((value.quotes[1:] for value in values if value.quotes[0].place == quote.place), ())


class ExtractiveAnswerer:
    """Chooses sentences by relevance.

    Args:
        analyzer: how text becomes terms.
        floor: least confidence, 0 to 1, that the corpus holds an answer; below it nothing is drafted.
        max_sentences: most quotes of a draft.
        judge: orders the sentences and tells the confidence.
    """

    def __init__(self, analyzer: TermAnalyzer, floor: float, max_sentences: int, judge: Judge) -> None:
        self._analyzer = analyzer
        self._floor = floor
        self._max_sentences = max_sentences
        self._judge = judge

    def draft(
        self,
        question: Standalone,
        findings: Findings,
        plan: Plan = PLAIN,
        needed: Callable[[Signals], bool] | None = None,
    ) -> Draft:
        """The sentences of the findings that answer the question, most direct first, no near-repeats.

        Args:
            needed: what a sentence must show to come first; where none of them does, and where the question names a
                stranger, nothing is judged and nothing drafted.
        """
        scored = tuple(self._score(question, findings, plan))
        orders, eligible = _orders(scored), _eligible(scored)
        is_strange = names_a_stranger(question.text, [one.hit for one in findings.evidence], self._analyzer)
        if needed is not None and (is_strange or not any(needed(quote.signals) for quote in eligible)):
            return Draft((), 0.0, orders)
        judged = self._judge.ordered(question.text, eligible)
        confidence = self._judge.confidence(question.text, judged)
        thing = thing_asked(question.text)
        demands = Demands(question.text, self._analyzer)
        preferences = Preferences(question.text, demands)
        ranked = promoted(question.text, preferences, thing, judged)
        is_other = is_strange or self._tells_nothing_of_it(question.text, demands, judged, plan)
        if is_other:
            confidence = min(confidence, STRANGER_CONFIDENCE)
        if plan.leading and (plan.certain or (plan.before_all and not is_other)):
            confidence = max(confidence, REGISTER_CONFIDENCE)
        elif confidence < self._floor:
            return Draft((), confidence, orders)
        relevant, rest = self._relevant(ranked, demands, plan)
        disagreements, sides = self._in_dispute(question, relevant, rest, plan)
        first = each_place_once([*plan.leading, *sides])
        best = max((quote.relevance for quote in ranked), default=0.0)
        chosen = self._chosen(first, relevant, RELATIVE_FLOOR * best, plan)
        corrected: tuple[Quote, ...] = ()
        if plan.by_date:
            chosen.sort(key=lambda quote: first_day(day_told(quote)))
        else:
            corrected = corrections(question.text, chosen, relevant, preferences)
            direct = direct_sentence(
                relevant,
                preferences,
                plan.leading,
                is_answered=plan.before_all,
                is_corrected=bool(corrected),
                defines=bool(thing),
            )
            # Python's sort is stable: within each place in the order, the most relevant leads.
            chosen.sort(key=lambda quote: _place(quote, direct, plan.leading, first, corrected))
        quotes = (*chosen, *self._trailing(chosen, plan))
        return Draft(quotes, confidence, orders, disagreements, tuple(relevant), corrected)

    def _relevant(
        self, ranked: Sequence[Quote], demands: Demands, plan: Plan
    ) -> tuple[Sequence[Quote], Sequence[Quote]]:
        """The quotes that may stand in the answer, and the rest; beside the register none on other metals."""
        least = self._least_relevance
        least *= FLOOR_BESIDE_LEADING if plan.leading and plan.by_date else 1.0
        relevant = [quote for quote in ranked if quote.relevance >= least]
        rest = [quote for quote in ranked if quote.relevance < least]
        if plan.leading and plan.before_all:
            relevant = [quote for quote in relevant if not demands.is_of_another(quote)]
        return relevant or ([] if plan.leading else list(ranked[:1])), rest

    def _tells_nothing_of_it(self, question: str, demands: Demands, judged: Sequence[Quote], plan: Plan) -> bool:
        """Whether nothing found can be the answer, however like the question it reads."""
        return (
            _tells_of_another(judged)
            or _lacks_the_office(question, judged[:NEAREST])
            or demands.unmet_by_all(showable(judged, self._least_relevance), plan.leading)
            or (plan.untold and not plan.leading and asks_what_came_about(question))
        )

    def _in_dispute(
        self, question: Standalone, relevant: Sequence[Quote], rest: Sequence[Quote], plan: Plan
    ) -> tuple[tuple[Disagreement, ...], Sequence[Quote]]:
        """What is known to be in dispute, else what is found to be, and the quotes that show the sides."""
        known = None if plan.by_date else plan.known(question.text, relevant[:MOST_TOLD])
        found = (known,) if known else find_disagreements(question, _comparable(relevant), self._analyzer, rest)
        sides = [value.quotes[0] for one in found for value in one.values]
        return found, _best_first(relevant, sides) if known else sides

    @property
    def _least_relevance(self) -> float:
        return min(self._floor, self._judge.least_relevance)

    def candidates(self, question: Standalone, findings: Findings, plan: Plan = PLAIN) -> tuple[Quote, ...]:
        """Every sentence of the findings that may be quoted, not judged yet."""
        return _eligible(self._score(question, findings, plan))

    def ranked(self, question: Standalone, findings: Findings, plan: Plan = PLAIN) -> tuple[Quote, ...]:
        """Every sentence of the findings that may be quoted, best first, whatever the floor says."""
        return self._judge.ordered(question.text, self.candidates(question, findings, plan))

    def _chosen(self, first: Sequence[Quote], relevant: Sequence[Quote], least: float, plan: Plan) -> list[Quote]:
        """What has to be said first, then the most relevant of the rest, no near-repeats."""
        chosen = list(first)
        most = max(self._max_sentences, len(chosen)) + (MORE_BY_DATE if plan.by_date else 0)
        for quote in relevant:
            # What leads for the reason that it gives may be less relevant than what it comes before.
            if (quote.relevance < least and quote is not relevant[0]) or len(chosen) >= most:
                break
            if plan.by_date and not self._adds_to_story(quote, chosen, plan.period):
                continue
            if not _strays(quote, relevant[0]) and not any(self._repeats(quote, other) for other in chosen):
                chosen.append(quote)
        return chosen

    def _trailing(self, chosen: Sequence[Quote], plan: Plan) -> tuple[Quote, ...]:
        said = {quote.place for quote in chosen}
        fresh = (quote for quote in plan.trailing if quote.place not in said)
        return tuple(fresh)[:MAX_TRAILING]

    def _is_near(self, evidence: Evidence, known: Sequence[Signals], index: int) -> bool:
        """Whether a sentence is about the question or its own article at all; else it is no antecedent."""
        article = evidence.hit.article
        terms = set(self._analyzer.content_terms(evidence.hit.passage.sentences[index].of(article.text)))
        return known[index].coverage > 0 or bool(terms & set(self._analyzer.content_terms(article.title)))

    def _score(self, question: Standalone, findings: Findings, plan: Plan) -> Iterable[Quote]:
        asked = Question(question, self._analyzer, findings.rarity, plan.period, plan.newest)
        for evidence in findings.evidence:
            if asked.is_beside(evidence.hit):
                continue
            known = asked.signals(evidence)
            for index, signals in enumerate(known):
                sentence = evidence.hit.passage.sentences[index].of(evidence.hit.article.text)
                span = self._standing_alone(evidence, known, index)
                yield Quote(evidence.hit, span, WEIGHTS.relevance(signals), signals, sentence)

    def _standing_alone(self, evidence: Evidence, known: Sequence[Signals], index: int) -> Span:
        """The sentence, with the one before it when it opens with a word that points back."""
        text, spans = evidence.hit.article.text, evidence.hit.passage.sentences
        span = spans[index]
        if index == 0 or not _LEANS_ON_PREVIOUS.match(span.of(text)):
            return span
        before = spans[index - 1]
        is_short = span.end - before.start <= MAX_QUOTE_LENGTH
        if is_short and not addresses_the_writer(before.of(text)) and self._is_near(evidence, known, index - 1):
            return Span(before.start, span.end)
        return span

    def _adds_to_story(self, quote: Quote, chosen: Iterable[Quote], period: Period | None) -> bool:
        """Whether a quote tells of a time within the period, and not much the same as another of the same day."""
        day = day_told(quote)
        if quote.signals.date_fit < WITHIN_STRETCH or (period is not None and not falls_in(day, period)):
            return False
        terms = set(self._analyzer.content_terms(quote.text))
        others = (set(self._analyzer.content_terms(one.text)) for one in chosen if day_told(one) == day)
        return all(len(terms & other) < SAME_DAY_OVERLAP * min(len(terms), len(other)) for other in others)

    def _repeats(self, one: Quote, other: Quote) -> bool:
        """Whether two quotes say the same: overlapping, or like words with the same figures."""
        if one.article.id == other.article.id and one.span.start < other.span.end and other.span.start < one.span.end:
            return True
        if set(_NUMBER.findall(one.text)) != set(_NUMBER.findall(other.text)) or denies(one.text) != denies(other.text):
            return False
        left, right = (set(self._analyzer.content_terms(quote.text)) for quote in (one, other))
        return bool(left and right) and len(left & right) / len(left | right) >= NEAR_REPEAT_JACCARD


def _tells_of_another(judged: Sequence[Quote]) -> bool:
    """Whether even the best quote names another element, place or instrument in place of the one asked about."""
    return bool(judged) and judged[0].signals.substituted > 0


def _lacks_the_office(question: str, quotes: Sequence[Quote]) -> bool:
    """Whether the holder of an office is asked for, and no quote that names what was asked about tells of one."""
    naming = (quote for quote in quotes if quote.signals.key_missing == 0)
    return asks_for_holder(question) and not any(tells_of_holder(question, quote.sentence) for quote in naming)


def _eligible(scored: Iterable[Quote]) -> tuple[Quote, ...]:
    """Those that may be quoted. A sentence of another time than asked about is no answer, however like it reads."""
    return tuple(quote for quote in scored if quote.signals.date_fit >= 0 and not addresses_the_writer(quote.text))


def _orders(scored: Iterable[Quote]) -> tuple[Quote, ...]:
    """Relevant sentences that speak to the writer of the answer: they are told, never quoted."""
    orders = [quote for quote in scored if quote.relevance >= ORDERS_SHOWN and addresses_the_writer(quote.text)]
    return tuple(sorted(orders, key=lambda quote: -quote.relevance))


def day_told(quote: Quote) -> str:
    """The time a quote tells of, ISO 8601: the most exact it names, the first of those, else when it was published."""
    told = [mention.iso for mention in find_dates(quote.text)]
    return max(told, key=len, default=quote.article.published_on or quote.article.retrieved_on)


def _best_first(relevant: Sequence[Quote], sides: Sequence[Quote]) -> Sequence[Quote]:
    """The sides of a known dispute, that of the best sentence first; before them that, if no side is nearly as good."""
    best = relevant[0]
    places = {side.place for side in sides}
    nearly = (quote for quote in relevant if quote.relevance >= AS_GOOD * best.relevance)
    lead = [] if any(quote.place in places for quote in nearly) else [best]
    return sorted([*lead, *sides], key=lambda quote: quote.place != best.place)


def _comparable(relevant: Sequence[Quote]) -> Sequence[Quote]:
    """The quotes that can contradict the best: where it is on the whole of a time, none on a part of it."""
    if not relevant or relevant[0].signals.date_fit != 1:
        return relevant
    return [quote for quote in relevant if quote.signals.date_fit != WITHIN_STRETCH]


def _place(
    quote: Quote,
    direct: Quote | None,
    leading: Sequence[Quote],
    first: Sequence[Quote],
    corrections: Sequence[Quote],
) -> int:
    """Where a quote belongs.

    The direct answer, what the register says, a correction, values in dispute, what was asked for, the rest. What is
    told to be open ("Whether it started is told by nobody") comes after all that is told.
    """
    if direct is not None and quote.place == direct.place:
        return -1
    if quote in leading:
        return 0
    if leaves_open(quote):
        return 5
    if quote in corrections:
        return 1
    return 2 if quote in first else 3 if quote.signals.kind_fit >= 1 else 4


def _strays(quote: Quote, lead: Quote) -> bool:
    """Whether a quote tells of another thing than asked, though the lead does not."""
    return quote.signals.substituted > 0 and lead.signals.substituted == 0
