"""The key of a question: which values of a sentence answer it, and what else ties them to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer.claims.accounts import tells_contrast, tells_dispute, without_sources
from assistant.answer.claims.asked_date import AskedDate
from assistant.answer.claims.asked_measure import AskedMeasure
from assistant.answer.claims.asked_things import AskedThings
from assistant.answer.claims.asked_time import AskedTime
from assistant.answer.claims.claim import Claim
from assistant.answer.claims.question_words import QuestionWords
from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.answer.values.asked_kinds import asked_kinds, may_want_value
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import QUANTITIES, Value
from assistant.dates import first_day, last_day
from assistant.terms import TermAnalyzer
from assistant.types import Span

_CLAUSE_END = re.compile(r"[;,:]\s|\s(?:and|or|but|while|whereas|against|with|from|than)\s")
# "What happened in Busan?", "what are rare earths": nothing that is counted is asked for.
_WHAT_IS_SO = re.compile(
    r"^\W*what(?:['’]s| (?:happen\w*|came|comes|is|are|was|were|did|do|does|has|have|will))\b", re.IGNORECASE
)


class Key:
    """What a question asks a value of."""

    def __init__(self, question: Standalone, analyzer: TermAnalyzer) -> None:
        named = asked_kinds(question.text)
        # "Project Vault money?": without a word on the kind, only a sentence that tells of a dispute shows one.
        self.says_kind = bool(named)
        may_want = may_want_value(question.text) and not _WHAT_IS_SO.search(question.text)
        self.kinds = named or (QUANTITIES if may_want else frozenset())
        self._asks_date_alone = self.kinds == {"date"}
        self._analyzer = analyzer
        self._question = QuestionWords(question.text, analyzer)
        self._things = AskedThings(self._question, analyzer)
        self._measure = AskedMeasure(self._question, analyzer)
        self._time = AskedTime(self._question)
        self._date = AskedDate(self._question, self._things, analyzer)

    def claims(self, quote: Quote) -> Iterator[Claim]:
        """The values of the quote that answer the question, none when it is not clear which one does."""
        yield from filter(self._is_of_the_whole, self._values(quote))

    def values_told(self, sentence: str, published_on: str | None) -> list[Value]:
        """The values asked for in a sentence: quantities, or where none is asked for dates but that of its report."""
        kinds = self.kinds & QUANTITIES or self.kinds
        found = find_values(sentence, kinds, self._question.text, every_count=True)
        if published_on is None or kinds != {"date"}:
            return list(found)
        report = (first_day(published_on).toordinal(), last_day(published_on).toordinal())
        return [value for value in found if (value.low, value.high) != report]

    def is_told_by(self, quote: Quote) -> bool:
        """Whether a sentence tells of what is asked about, and measures it, in any words for the time."""
        is_of_time = quote.signals.substituted == 0 and quote.signals.date_fit >= 0
        is_part = self._measure.is_of_a_part(self._analyzer.terms(quote.sentence))
        return is_of_time and not is_part and self._things.are_named_by(quote) and self._is_of_the_measure(quote)

    def is_one_matter(self, sentence: str, around: Sequence[str]) -> bool:
        """Whether a sentence names nothing, and no time, that neither the question nor the sentences around it do."""
        if not self._things.no_others_in(sentence, around):
            return False
        return "date" in self.kinds or self._time.no_others_in(sentence, around)

    def asked_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The question's own terms, times aside, that some texts hold."""
        return self._question.held_by(texts)

    def measures_in(self, text: str) -> frozenset[str]:
        """Words for what is measured in a text that the question does not hold."""
        return self._measure.others(frozenset(self._analyzer.terms(without_sources(text))))

    def _values(self, quote: Quote) -> Iterator[Claim]:
        if not self.kinds or not self._is_met_by(quote):
            return
        contrasted = tells_contrast(quote.text)
        if not self._may_answer(quote, contrasted):
            return
        # "Reuters counted three makers and Caixin four": accounts set against each other leave words out.
        found = find_values(quote.text, self.kinds, self._question.text, every_count=contrasted)
        values = [value for value in found if self._is_in_time(quote, value, contrasted)]
        for value in values:
            rivals = [other for other in values if other.comparable(value) and not other.agrees(value)]
            if contrasted or not rivals:
                yield self._claim(quote, value, Span(0, len(quote.text)), contrasted)
            elif self._fits_better(quote.text, value, rivals):
                yield self._claim(quote, value, _clause(quote.text, value), contrasted)

    def _is_met_by(self, quote: Quote) -> bool:
        signals = quote.signals
        # What is known already comes first: few sentences need to be taken apart.
        if signals.substituted > 0 or not (signals.date_fit > 0 or not self._question.dates or "date" in self.kinds):
            return False
        return self._things.are_named_by(quote) and self._time.stretches_are_told_by(quote.text)

    def _may_answer(self, quote: Quote, contrasted: bool) -> bool:
        """Whether a sentence tells of what is asked, of its measure where it sets accounts against each other."""
        # Accounts of something else: of "about $2 billion of private money, whereas others give $1.67 billion" no loan.
        if contrasted:
            return self._is_of_the_measure(quote)
        return not tells_dispute(quote.text) and self.says_kind and self._is_of_the_product(quote)

    def _is_of_the_measure(self, quote: Quote) -> bool:
        """Whether sentence or title hold a word for what is to be measured, where the question has one."""
        return self._asks_date_alone or self._measure.is_told_by(quote)

    def _is_of_the_product(self, quote: Quote) -> bool:
        """Whether sentence and title hold the products asked about; what is dated need not be one."""
        return self._asks_date_alone or self._measure.is_of_the_product(quote)

    def _is_in_time(self, quote: Quote, value: Value, contrasted: bool) -> bool:
        """Whether a value is of the time asked about, or the date asked for."""
        if value.kind == "date":
            return self._date.is_told(quote, value, contrasted)
        return self._time.is_that_of(quote.text, value)

    def _fits_better(self, text: str, value: Value, rivals: Sequence[Value]) -> bool:
        own = self._measure.fit(_clause(text, value).of(text))
        return all(own > self._measure.fit(_clause(text, rival).of(text)) for rival in rivals)

    def _is_of_the_whole(self, claim: Claim) -> bool:
        """Whether a quantity is that of what was asked, not of one place, element or month of it."""
        if claim.value.kind == "date":
            return True
        if self._measure.is_of_a_part(claim.measures):
            return False
        return not claim.things and not self._time.has_a_part_among(claim.times)

    def _claim(self, quote: Quote, value: Value, stretch: Span, contrasted: bool) -> Claim:
        text = quote.text
        told = without_sources(f"{text[stretch.start : value.start]} {text[value.end : stretch.end]}")
        terms = frozenset(self._analyzer.terms(told))
        things = self._things.others(terms, with_places=value.kind != "date")
        shared = self._question.shared(quote)
        if value.kind == "date":
            return Claim(quote, value, frozenset(), things, frozenset(), shared, contrasted)
        measures = self._measure.others(terms) | self._measure.parts_in(text)
        return Claim(quote, value, self._time.others(text), things, measures, shared, contrasted)


def _clause(text: str, value: Value) -> Span:
    """The stretch around a value up to the next joint of the sentence on either side."""
    starts = [match.end() for match in _CLAUSE_END.finditer(text) if match.end() <= value.start]
    ends = [match.start() for match in _CLAUSE_END.finditer(text) if match.start() >= value.end]
    return Span(max(starts, default=0), min(ends, default=len(text)))
