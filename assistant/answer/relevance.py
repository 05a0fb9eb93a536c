"""How likely a sentence answers a question, from signals that need no language model."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from operator import attrgetter, mul

from assistant.answer.attribution import without_attribution
from assistant.answer.kinds import QUANTITY_KINDS, wanted
from assistant.answer.logistic import logistic
from assistant.answer.rewrite import Standalone
from assistant.dates import YEAR_LENGTH, find_dates, first_day, last_day
from assistant.measures.coverage import RARE_EARTHS
from assistant.periods import Moment, falls_in, find_moments, is_all_of, is_stretch, lies_in
from assistant.retrieve.retriever import Evidence
from assistant.terms import ELEMENTS_KIND, TermAnalyzer
from assistant.types import Article, Hit, Period

LEAD_LENGTH = 400
WITHIN_STRETCH = 0.75
REPORTING_LAG = timedelta(days=60)
RELIABILITY = {"A": 1.0, "B": 0.5, "C": 0.0}
HALF_LIFE_DAYS = 45
_DENIAL = re.compile(
    r"\b(?:not|no(?!\.|\s\d)|never|neither|nor|none|without|instead of|rather than|den(?:y|ies|ied)|wrong(?:ly)?|"
    r"incorrect|contrary|absent|missing|unlike|unchanged|no longer|misread|at odds|conflicts? with)\b"
)
# As terms. To name all of them is to name another thing than gallium, but none other than dysprosium.
ALL_RARE_EARTHS = frozenset({"rare", "earth"})
_OF_RARE_EARTHS = frozenset({"earth", "magnet", "ree"})
RARE_EARTH_TERMS = frozenset(RARE_EARTHS.values())
_PART_OF_A_YEAR = re.compile(r"H[12]|[12]H|Q[1-4]|[1-4]Q|FY\d*")
_KEY_WORD = re.compile(r"\b(?:[A-Z][\w-]*|\w*\d[\w.,-]*)\b")


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of one sentence as an answer to one question. Each is 0 to 1 unless it says otherwise.

    Attributes:
        similarity: cosine of question and sentence.
        passage_similarity: cosine of question and passage.
        coverage: share of the question's terms in the sentence, weighted by rarity.
        context_coverage: the same for sentence, title and passage together.
        key_missing: share of the question's names and numbers that neither sentence nor title holds.
        key_missing_everywhere: the same, not even in the passage.
        date_fit: 1 the sentence tells of the time asked about, -1 of another, 0 unknown or no time asked.
        kind_fit: 1 the sentence has the kinds of answer wanted, -1 none of them, 0 nothing special is wanted.
        lead: 1 at the article's start, 1/2 after ``LEAD_LENGTH`` characters, and so on.
        reliability: 1 for an A source, 1/2 for B, 0 for C.
        substituted: share of the elements, places and instruments asked about in whose place the sentence
            and title name another of their kind.
        rarest_missing: rarity of the rarest term that sentence and title lack, by the rarest term asked.
        denial: ``coverage`` when the sentence denies something and the question does not, else 0.
        recency: 1 for the newest that the corpus tells of, halved every ``HALF_LIFE_DAYS``; 0 unless the
            question asks for the newest.
    """

    similarity: float
    passage_similarity: float
    coverage: float
    context_coverage: float
    key_missing: float
    key_missing_everywhere: float
    date_fit: float
    kind_fit: float
    lead: float
    reliability: float
    substituted: float
    rarest_missing: float
    denial: float
    recency: float


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))
NO_SIGNALS = Signals(*(0.0 for _ in SIGNAL_NAMES))
# dataclasses.astuple copies deeply, which takes thirty times as long.
signal_values: Callable[[Signals], tuple[float, ...]] = attrgetter(*SIGNAL_NAMES)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a logistic model over ``Signals``, in the same order, and its bias."""

    signals: tuple[float, ...]
    bias: float

    def relevance(self, signals: Signals) -> float:
        """Probability, 0 to 1, that the sentence answers the question."""
        return logistic(self.bias + sum(map(mul, self.signals, signal_values(signals))))


# Logistic regression over the sentences that retrieval found for the questions of the eval set ``core``;
# every question weighs the same. The set ``final`` took no part. The last two, ``denial`` and ``recency``, were
# set by hand: fitting them anew in ten folds did not do better. They judge where nothing was learned of the
# embedding model, and which orders to the writer are worth telling of.
WEIGHTS = Weights(
    signals=(9.77, -6.82, 3.75, 0.7, 0.0, -1.67, 0.43, 0.25, 0.09, 0.08, -3.77, 0.36, 0.5, 0.8),
    bias=-4.11,
)


class Question:
    """A question taken apart once, to be held against many sentences."""

    def __init__(
        self,
        question: Standalone,
        analyzer: TermAnalyzer,
        rarity: Mapping[str, float],
        period: Period | None = None,
        newest: date | None = None,
    ) -> None:
        text = question.text
        self._newest = newest
        self._denies = denies(text)
        self._stretch = period if period is not None and is_stretch(period) else None
        self._analyzer = analyzer
        self._rarity = rarity
        self._rarest = max(rarity.values(), default=0.0)
        self._terms = frozenset(analyzer.content_terms(text))
        self._dates = tuple(mention.iso for mention in find_dates(text))
        # A time that only the question before named is where a follow-up starts from, not where it must stay.
        self._other_time = -1.0 if find_dates(question.focus) else 0.0
        self._keys = frozenset(key_terms(text, analyzer)) & self._terms
        self._kinds = {term: kind for term in self._terms if (kind := analyzer.kind(term))}
        self._elements = frozenset(term for term, kind in self._kinds.items() if kind == ELEMENTS_KIND)
        self._focus = frozenset(analyzer.content_terms(question.focus)) or self._terms
        self._totals = {asked: self._weight(asked) for asked in (self._terms, self._focus)}
        self._wanted = wanted(question.focus)
        self._asking = {kind: analyzer.content_terms(self._wanted.words(kind)) for kind in self._wanted.kinds}

    def is_beside(self, hit: Hit) -> bool:
        """Whether other metals than rare earths are asked about, and neither the passage nor its title names one."""
        if not self._elements or self._elements & RARE_EARTH_TERMS or self._terms & _OF_RARE_EARTHS:
            return False
        return self._elements.isdisjoint(terms_told(hit, self._analyzer))

    def signals(self, evidence: Evidence) -> tuple[Signals, ...]:
        """The signals of each sentence of a passage."""
        hit = evidence.hit
        texts = [span.of(hit.article.text) for span in hit.passage.sentences]
        terms = [frozenset(self._analyzer.content_terms(text)) for text in texts]
        brought = [self._wanted.brought_by(text) for text in texts]
        terms = [own.union(*(self._asking[kind] for kind in kinds)) for own, kinds in zip(terms, brought, strict=True)]
        title = frozenset(self._analyzer.content_terms(hit.article.title))
        around = title.union(*terms)
        context_coverage, missing_everywhere = self._coverage(around), self._missing(around)
        known = [own | title for own in terms]
        coverages, similarities = [self._coverage(own) for own in terms], evidence.sentence_similarities
        return tuple(
            Signals(
                similarity=similarity,
                passage_similarity=evidence.similarity,
                coverage=coverage,
                context_coverage=context_coverage,
                key_missing=self._missing(or_title),
                key_missing_everywhere=missing_everywhere,
                date_fit=self._date_fit(text, hit.article.published_on),
                kind_fit=self._wanted.fit(kinds),
                lead=1.0 / (1 + span.start / LEAD_LENGTH),
                reliability=RELIABILITY[hit.article.reliability],
                substituted=self._substituted(own, or_title),
                rarest_missing=self._rarest_missing(or_title),
                denial=coverage if not self._denies and denies(text) else 0.0,
                recency=self._recency(text, hit.article),
            )
            for text, span, own, or_title, coverage, kinds, similarity in zip(
                texts, hit.passage.sentences, terms, known, coverages, brought, similarities, strict=True
            )
        )

    def _coverage(self, terms: frozenset[str]) -> float:
        """Mean of the coverage of the whole question and of what is new in it."""
        if self._focus == self._terms:
            return self._covered(self._terms, terms)
        return (self._covered(self._terms, terms) + self._covered(self._focus, terms)) / 2

    def _covered(self, asked: frozenset[str], terms: frozenset[str]) -> float:
        total = self._totals[asked]
        return self._weight(asked & terms) / total if total > 0 else 0.0

    def _weight(self, terms: frozenset[str]) -> float:
        # The order of a set changes from run to run; only an exact sum is always the same.
        return math.fsum(self._rarity.get(term, 0.0) for term in terms)

    def _missing(self, terms: frozenset[str]) -> float:
        return len(self._keys - terms) / len(self._keys) if self._keys else 0.0

    def _substituted(self, own: frozenset[str], known: frozenset[str]) -> float:
        if not self._kinds:
            return 0.0
        lacking = {term: kind for term, kind in self._kinds.items() if term not in known}
        if not lacking:
            return 0.0
        others = {self._analyzer.kind(other) for other in own - self._terms}
        if own >= ALL_RARE_EARTHS and not self._elements & known and not self._elements & RARE_EARTH_TERMS:
            others.add(ELEMENTS_KIND)
        return sum(kind in others for kind in lacking.values()) / len(self._kinds)

    def _rarest_missing(self, known: frozenset[str]) -> float:
        missing = max((self._rarity.get(term, 0.0) for term in self._terms - known), default=0.0)
        return missing / self._rarest if self._rarest > 0 else 0.0

    def _recency(self, sentence: str, article: Article) -> float:
        if self._newest is None:
            return 0.0
        # A stretch that was only inferred may have been any day of it: it is not taken for news.
        of_article = first_day if article.published_inferred else last_day
        published = of_article(article.published_on or article.retrieved_on)
        told = [last_day(mention.iso) for mention in find_dates(sentence) if len(mention.iso) > YEAR_LENGTH]
        # What is to come one day is no newer than the article that says so.
        day = max((min(one, published) for one in told), default=published)
        return float(0.5 ** (max(0, (self._newest - day).days) / HALF_LIFE_DAYS))

    def _date_fit(self, sentence: str, published_on: str | None) -> float:
        if (self._stretch is not None or self._dates) and not self._wanted.about_saying:
            sentence = without_attribution(sentence)
        if self._stretch is not None:
            fit = _stretch_fit(sentence, published_on, self._stretch)
            return fit if self._newest is None else max(fit, 0.0)
        if not self._dates:
            return 0.0
        told = find_moments(sentence)
        dates = [moment.from_ for moment in told if moment.from_ == moment.until]
        if any(overlap(asked, found) for asked in self._dates for found in dates):
            return WITHIN_STRETCH if self._tells_of_parts(told) else 1.0
        if any(may_hold(Period(one.from_, one.until), asked) for asked in self._dates for one in told):
            return 0.0
        if told:
            return self._other_time
        return 0.5 if published_on and any(overlap(asked, published_on) for asked in self._dates) else 0.0

    def _tells_of_parts(self, told: Sequence[Moment]) -> bool:
        """Whether a quantity of whole years is asked for, and all times told are months or days of them."""
        of_years = all(len(asked) == YEAR_LENGTH for asked in self._dates) and bool(self._wanted.kinds & QUANTITY_KINDS)
        return of_years and not any(one.from_ == one.until and one.from_ in self._dates for one in told)


def terms_told(hit: Hit, analyzer: TermAnalyzer) -> frozenset[str]:
    """The terms of a passage and its title, sentence by sentence: those are taken apart for the signals in any case."""
    texts = (hit.article.title, *(span.of(hit.article.text) for span in hit.passage.sentences))
    return frozenset[str]().union(*map(analyzer.content_terms, texts))


def denies(text: str) -> bool:
    """Whether a text says that something is not so."""
    # Lowering a text costs far less than a pattern that knows no case.
    return bool(_DENIAL.search(text.lower()))


def _stretch_fit(sentence: str, published_on: str | None, stretch: Period) -> float:
    """1 for a sentence that tells of the whole stretch, 3/4 of a time within, 1/2 without a time, published in it.

    -1 for one that tells only of other times; reports of the weeks after the stretch may tell of it.
    """
    told = find_moments(sentence)
    if any(is_all_of(moment, stretch) for moment in told):
        return 1.0
    if any(lies_in(moment, stretch) for moment in told):
        return WITHIN_STRETCH
    if not told:
        return 0.5 if published_on and falls_in(published_on, stretch) else 0.0
    if stretch.from_ is None or stretch.until is None:
        return -1.0
    lag = Period(stretch.from_, (last_day(stretch.until) + REPORTING_LAG).isoformat())
    return 0.0 if any(lies_in(moment, lag) for moment in told if moment.from_ == moment.until) else -1.0


def key_terms(text: str, analyzer: TermAnalyzer) -> tuple[str, ...]:
    """Terms of the names and numbers in a question; its first word counts only when it is no common word."""
    words = list(_KEY_WORD.finditer(text))
    dates = find_dates(text)
    keys = [
        _named_part(word[0])
        for word in words
        if not any(mention.start <= word.start() < mention.end for mention in dates)
        and (word.start() > 0 or not word[0][1:].islower())
        and not _PART_OF_A_YEAR.fullmatch(word[0])
    ]
    return (*analyzer.content_terms(" ".join(keys)), *(mention.iso for mention in dates))


def _named_part(word: str) -> str:
    """What is named in a compound: "REE" of "REE-bearing"."""
    parts = word.split("-")
    return " ".join(part for part in parts if not part.islower()) if any(map(str.islower, parts[1:])) else word


def may_hold(told: Period, asked: str) -> bool:
    """Whether the time told holds the date asked about, or is a part of it."""
    part_of_asked = first_day(asked) <= first_day(told.from_ or asked) and last_day(told.until or asked) <= last_day(
        asked
    )
    return part_of_asked or falls_in(asked, told)


def overlap(one: str, other: str) -> bool:
    """Whether two partial dates can mean the same day, the coarser of them no coarser than a month or both years."""
    if len(one) == 4 or len(other) == 4:
        return one[:4] == other[:4] and (len(one) == len(other) or len(one) == 4)
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)
