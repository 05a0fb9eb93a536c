"""Claims: values that answer a question, with what else their sentences tie them to.

What ties a value (its key) is told by rules that would rather find no claim than a wrong one: every element, place and
instrument asked about is there and no other of its kind in its stead, the time is the one asked about, a date
belongs to the event asked about, and of several values in a sentence one fits the question best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.follow_up.grammar import parse
from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.answer.values import OF_A_PART, QUANTITIES, Value, asked_kinds, find_values, may_want_value, told_dates
from assistant.dates import MONTH_NAMES, find_dates, first_day, last_day
from assistant.terms import TermAnalyzer, date_terms
from assistant.types import Span

_CONTRAST = re.compile(
    r"\b(?:disagree\w*|differ(?:s|ed|ing|ently)?|contradict\w*|disputed|disputing|"
    r"disputes (?:the|that|this)|in dispute|inconsistent|at odds|unsupported|"
    r"(?:do|does|did|are|is) not (?:fit|match|agree|the same|tally|square)|whereas|(?:by|in) contrast|depending on|"
    r"instead|unlike|short of|often quoted|different (?:figures?|sums?|numbers?|values?|counts?|amounts?|shares?|"
    r"estimates?|totals?)|gives? .+ and (?-i:[A-Z])[^,;]{1,40} gives?|"
    r"(?:another|others?|most|some|higher|lower|earlier|later) (?:\w+ ){0,2}?(?:sums?|figures?|"
    r"dates?|numbers?|values?|days?|counts?|reports?|accounts?|estimates?|sources?|give|put|say|name|"
    r"than the \w+ (?:of|in)))\b",
    re.IGNORECASE,
)
# Of these, the words that say it openly; others ("whereas", "unlike") may also set two different things side by side.
_DISPUTE = re.compile(
    r"\b(?:disagree\w*|differ(?:s|ed|ently)?|contradict\w*|disputed|in dispute|inconsistent|at odds|unsupported|"
    r"(?:do|does|did|are|is) not (?:fit|match|agree|the same|tally|square)|"
    r"different (?:figures?|sums?|numbers?|values?|counts?|amounts?|shares?|estimates?|totals?|dates?|days?)|"
    r"(?:another|an earlier|a later|an? (?:higher|lower|larger|smaller)) (?:\w+ ){0,2}?"
    r"(?:sum|figure|date|day|number|value|count|estimate)|"
    r"depending on the (?:source|report|account|count|paper|publisher)|"
    r"(?:in|from|of|by|than) (?:most )?other (?:sources|reports|accounts))\b",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r",?\s*\b(?:according to|as (?:quoted|cited|reported|given)|citing|in (?:the )?(?:\w+ ){0,3}(?:data|figures|"
    r"report|version|estimate|count)\b)[^,;]*"
    r"|^[^,;]{0,80}\b(?:reported|reports|wrote|said|says|explained|found|estimated)\b"
    r"(?: (?:on|in) [\w ]{4,20}?)?,? that\b"
    r"|,\s[^,;]{0,80}\b(?:reported|reports|wrote|said|says|explained|found|noted)\b(?:(?!\bthat\b)[^,;])*$"
    r"|\b(?:White House|US Geological Survey|US Bureau of Industry and Security)\b"
)
# Words for one kind of event; a date belongs to the event that the sentence tells last before it.
_EVENTS = (
    "build built construct constructed construction erect erected completed",
    "found founded establish established form formed create created",
    "born birth",
    "die died death",
    "release released issue issued",
    "sign signed date dated dates conclude concluded",
    "announce announced announcement unveil unveiled proclaim proclaimed",
    "start started begin began launch launched open opened",
    "end ended expire expired lapse lapsed close closed",
    "suspend suspended suspension pause paused",
    "stop stopped halt halted cease ceased",
    "extend extended prolong prolonged",
    "list listed add added blacklisted",
    "receive received get got",
    "send sent submit submitted",
    "declare declared",
    "publish published",
    "protest protested",
    "assure assured accuse accused warn warned threaten threatened demand demanded",
    "become became appoint appointed elect elected inherit inherited succeed succeeded",
    "rename renamed",
    "move moved live lived",
    "require required",
    "propose proposed proposal table tabled",
    "approve approved confirm confirmed ratify ratified",
    "reject rejected",
    "remove removed repeal repealed",
    "meet met held",
    "visit visited",
    "join joined",
    "incorporate incorporated",
    "ban banned",
    "plan planned expect expected ask asked",
)
_EVENT_OF = {word: words for words in _EVENTS for word in words.split()}
# In a sentence, bare forms are mostly nouns ("the control list"): only these and forms in -ed tell that something
# came about, other than that it was told of. Before a plain noun, -ed is an adjective ("processed minerals").
_TELLING = re.compile(
    r"\b(?:(?i:built|born|birth|death|began|met|held|sent|got|became|dates|construction|"
    rf"{'|'.join(word for word in _EVENT_OF if word.endswith('ed'))})|"
    r"(?!(?:report|cit|quot|stat|not|explain|nam|carri|bas|relat|estimat|argu|describ|mention|hundr)ed\b)"
    r"[a-z]+(?<!e)ed(?=[,.;]| (?:the|an?|its|their|his|her|that|as|by|in|on|at|to|from|for|with|until|into|[A-Z\d])))\b"
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_LOWER_WORD = re.compile(r"[a-z]+")
_SAYS_LITTLE = frozenset("be have put take make come go going become set hold happen occur do date dates".split())
_WORDS_OF_TIME = "date day week month year time when due"
_OF_ONE, _ASKS_OF_ONE = "each single per", re.compile(r"\b(?:one|a|an|each|every|per|single)\b", re.IGNORECASE)
_NOUN_OF = re.compile(r"(?P<noun>[A-Za-z-]+) of $")
_SIGNING, _STARTING, _ENDING = _EVENTS[5], _EVENTS[7], _EVENTS[8]
_DATING = frozenset("date dates dated".split())  # "dated to 7 January" dates whatever it speaks of
_GOING_TO = re.compile(r"\bgoing to (?P<verb>[a-z]+)")
_IN = re.compile(r"\b(?:in|during)\s(?:the\s)?$", re.IGNORECASE)
_DATED_TO = re.compile(r"\b(?:date[sd]?|put)\b(?:(?!\bfrom\b)[^,;])*\bto\s$", re.IGNORECASE)
_STRETCH = re.compile(
    r"\b(?:(?:early|mid|late|end of|beginning of)[ -]\w+|"
    r"\w+ (?:months?|weeks?|quarters?|half|halves)|half-year|(?:january|february|march|april|"
    r"may|june|july|august|september|october) (?:to|and|through) (?:february|march|april|may|june|july|august|"
    r"september|october|november|december))\b",
    re.IGNORECASE,
)
# "The 6,146 tonnes of August" are no figure of the year that is told beside it.
_MONTH_ALONE = re.compile(rf"\b(?:in|of|for|during) (?P<month>{MONTH_NAMES})\b(?! \d)")
_ASKED_ROLES = {
    "end": re.compile(
        r"\b(?:until|till|by when|(?:final|last|end|expiry) (?:day|date)s?|expir\w+|deadline|run out|end)\b",
        re.IGNORECASE,
    ),
    "target": re.compile(r"\bby (?:what|which)\b", re.IGNORECASE),
    "start": re.compile(
        r"\b(?:from (?:what|which|when)|since when|(?:start|effective) date|in force|take effect|took effect|effective|"
        r"start\w*|begin|began)\b",
        re.IGNORECASE,
    ),
}
_ROLES = {
    "end": re.compile(
        r"\b(?:until|till|through|by|up to|deadline of|(?:end\w*|expir\w+|laps\w+|returns?|(?:come|comes) back|"
        r"restore[^,;]{0,40})(?: (?:on|in))?)\s$",
        re.IGNORECASE,
    ),
    "start": re.compile(
        r"\b(?:from|since|effective(?: on| from)?|took effect(?: on| in)?|takes effect(?: on| in)?|"
        r"in force (?:on|from|since)|with effect from|start\w* (?:on|in)|beg[ai]n\w* (?:on|in))\s$",
        re.IGNORECASE,
    ),
    "side": re.compile(
        r"\b(?:before|after|following|ahead of|prior to|later than|earlier than|than|to|between)\s$", re.I
    ),
}
_EARLIER = re.compile(r"\b(?:before|prior to|ahead of|previously|formerly|up from|down from)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;,:]\s|\s(?:and|or|but|while|whereas|against|with|from|than)\s")
# "What happened in Busan?", "what are rare earths": nothing that is counted is asked for.
_WHAT_IS_SO = re.compile(
    r"^\W*what(?:['’]s| (?:happen\w*|came|comes|is|are|was|were|did|do|does|has|have|will))\b", re.IGNORECASE
)
# "The April 2025 controls" are others than those of October.
_RULE_OF_A_MONTH = re.compile(
    rf"\b(?P<month>{MONTH_NAMES})(?: 20\d\d)? (?:export |licensing |rare earth )*"
    r"(?:controls?|rules?|restrictions?|curbs?|measures?|requirements?|package|ban)\b"
)
_MEASURES = frozenset(
    """
    private
    magnet oxide metal alloy compound product concentrate ore mine mining refining refined processing separation output
    production supply import export quota reserves capacity stockpile price value worth volume forecast expected plan
    planned target goal each per joint together single alone monthly daily annual average record
    heavy light permanent customers military share market demand consumption licence license application approval
    first second half quarter months month weeks week total cumulative initial additional loan equity grant maximum
    minimum
    """.split()
)
_PARTS = "reserves quota capacity stockpile"  # of another thing wherever in a sentence they stand
_PRODUCTS = "magnet oxide metal alloy concentrate ore"
_KIND_WORDS = "share price value worth volume total"  # a value says these by its unit
_HOW_COUNTED = """
    each per joint together single alone monthly daily annual average record cumulative initial additional maximum
    minimum first second half quarter months month weeks week forecast expected plan planned target goal
"""
# Words for one measure: who asks for production is answered by output.
_SAME_MEASURE = (
    "mine mines mined mining produce produced producing production output",
    "export exports exported ship shipped shipment shipments",
    "import imports imported purchase purchases purchased",
    "cost costs spend spent spending outlay",
    "licence license licences licenses licensed licensee licensees",
)
_WORLD = "world worldwide global"
_ROLE_WORDS = "final last end expiry expire start effective exact exactly deadline until"
LEAST_TOLD, LEAST_TOLD_ALONE, LEAST_TOLD_IN_DISPUTE, LEAST_BESIDE_TITLE = 0.5, 0.7, 0.33, 0.4
_CHINA = "china"  # a plain word to the analyzer, as nearly every article is on it


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that a quote gives for what was asked.

    Attributes:
        times: times of what is told that the question does not name.
        things: elements, places and instruments that the question does not name.
        measures: words for what is measured that the question does not hold ("quota", "monthly").
        shared: the question's own terms, times aside, that sentence and title hold.
        contrasted: the sentence itself sets accounts against each other.
    """

    quote: Quote
    value: Value
    times: frozenset[str]
    things: frozenset[str]
    measures: frozenset[str]
    shared: frozenset[str]
    contrasted: bool

    @property
    def disputed(self) -> bool:
        """Whether the sentence says openly that accounts differ."""
        return _is_disputed(self.quote, self.contrasted)


class Key:
    """What a question asks a value of."""

    def __init__(self, question: Standalone, analyzer: TermAnalyzer) -> None:
        named = asked_kinds(question.text)
        # "Project Vault money?": without a word on the kind, only a sentence that tells of a dispute shows one.
        self.says_kind = bool(named)
        may_want = may_want_value(question.text) and not _WHAT_IS_SO.search(question.text)
        self.kinds = named or (QUANTITIES if may_want else frozenset())
        self._question = question.text
        self._analyzer = analyzer
        self._terms = frozenset(analyzer.terms(question.text))
        self._named = frozenset(term for term in self._terms if self._kind(term))
        self._dates = frozenset(mention.iso for mention in find_dates(question.text))
        asking = _asking(question.text)
        self._content = frozenset(analyzer.content_terms(asking)).difference(
            date_terms(self._dates), analyzer.terms(_WORDS_OF_TIME)
        )
        self._phrases = self._phrases_of(asking)
        self._alike = self._with_same_measures(self._terms)
        self._world = frozenset(analyzer.terms(_WORLD))
        self._of_world = not self._terms.isdisjoint(self._world) and _CHINA not in self._terms
        # "In one F-35" asks for what each of them holds.
        of_one = frozenset(analyzer.terms(_OF_ONE)) if _ASKS_OF_ONE.search(question.text) else frozenset[str]()
        self._measures = frozenset(analyzer.terms(" ".join(_MEASURES))) - of_one
        self._parts = frozenset(analyzer.terms(_PARTS)) - self._terms
        self._asked_parts = frozenset(analyzer.terms(_PARTS)) & self._terms
        self._of_a_part = frozenset(analyzer.terms(OF_A_PART)) - self._terms
        self._products = frozenset(analyzer.terms(_PRODUCTS))
        said_by_value = frozenset(analyzer.terms(f"{_KIND_WORDS} {_HOW_COUNTED}"))
        self._essential = self._with_same_measures((self._terms & self._measures) - said_by_value)
        self._events = self._asked_events(asking)
        self._stretches = _stretches(question.text)
        self._months = frozenset(one["month"] for one in _RULE_OF_A_MONTH.finditer(question.text))
        self._role = next((role for role, pattern in _ASKED_ROLES.items() if pattern.search(question.text)), None)

    def claims(self, quote: Quote) -> Iterator[Claim]:
        """The values of the quote that answer the question, none when it is not clear which one does."""
        yield from filter(self._is_of_the_whole, self._values(quote))

    def _values(self, quote: Quote) -> Iterator[Claim]:
        if not self.kinds or not self._is_met_by(quote):
            return
        contrasted = bool(_CONTRAST.search(quote.text))
        # Accounts of something else: of "about $2 billion of private money, whereas others give $1.67 billion" no loan.
        if contrasted and not self._is_of_the_measure(quote):
            return
        if not contrasted and _DISPUTE.search(quote.text):
            return
        if not contrasted and not (self.says_kind and self._is_of_the_product(quote)):
            return
        # "Reuters counted three makers and Caixin four": accounts set against each other leave words out.
        found = find_values(quote.text, self.kinds, self._question, every_count=contrasted)
        values = [value for value in found if self._is_in_time(quote, value, contrasted)]
        for value in values:
            rivals = [other for other in values if other.comparable(value) and not other.agrees(value)]
            if contrasted or not rivals:
                yield self._claim(quote, value, Span(0, len(quote.text)), contrasted)
            elif self._fits_better(quote.text, value, rivals):
                yield self._claim(quote, value, _clause(quote.text, value), contrasted)

    def values_told(self, sentence: str, published_on: str | None) -> list[Value]:
        """The values asked for in a sentence: quantities, or where none is asked for dates but that of its report."""
        kinds = self.kinds & QUANTITIES or self.kinds
        found = find_values(sentence, kinds, self._question, every_count=True)
        if published_on is None or kinds != {"date"}:
            return list(found)
        report = (first_day(published_on).toordinal(), last_day(published_on).toordinal())
        return [value for value in found if (value.low, value.high) != report]

    def is_told_by(self, quote: Quote) -> bool:
        """Whether a sentence tells of what is asked about, and measures it, in any words for the time."""
        is_of_time = quote.signals.substituted == 0 and quote.signals.date_fit >= 0
        is_part = not self._of_a_part.isdisjoint(self._analyzer.terms(quote.sentence))
        return is_of_time and not is_part and self._names_all(quote) and self._is_of_the_measure(quote)

    def is_one_matter(self, sentence: str, around: Sequence[str]) -> bool:
        """Whether a sentence names nothing, and no time, that neither the question nor the sentences around it do."""
        known = self._terms.union(*(self._analyzer.terms(text) for text in around))
        told = frozenset(self._analyzer.terms(_ATTRIBUTED.sub(" ", sentence)))
        if self._names_another(told) or not self._named <= known | told:
            return False
        if any(self._kind(term) for term in told - known):
            return False
        if "date" in self.kinds:
            return True
        times = {one.iso for text in (self._question, *around) for one in told_dates(text)}
        mine = {one.iso for one in told_dates(sentence)}
        return all(any(one.startswith(time) or time.startswith(one) for time in times) for one in mine)

    def asked_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The question's own terms, times aside, that some texts hold."""
        return self._content.intersection(self._analyzer.content_terms(" ".join(texts)))

    def measures_in(self, text: str) -> frozenset[str]:
        """Words for what is measured in a text that the question does not hold."""
        return (frozenset(self._analyzer.terms(_ATTRIBUTED.sub(" ", text))) - self._alike) & self._measures

    def _is_of_the_measure(self, quote: Quote) -> bool:
        """Whether sentence or title hold a word for what is to be measured, where the question has one."""
        if not self._essential or self.kinds == {"date"}:
            return True
        told = frozenset(self._analyzer.terms(f"{quote.article.title} {_ATTRIBUTED.sub(' ', quote.text)}"))
        return self._asked_parts <= told and not self._essential.isdisjoint(told)

    def _is_of_the_product(self, quote: Quote) -> bool:
        """Whether sentence and title hold the products asked about; what is dated need not be one."""
        return self.kinds == {"date"} or self._terms & self._products <= self._shared(quote)

    def _with_same_measures(self, terms: frozenset[str]) -> frozenset[str]:
        """The terms, and those of other words for the measures among them."""
        groups = (frozenset(self._analyzer.terms(words)) for words in _SAME_MEASURE)
        return terms.union(*(group for group in groups if group & terms))

    def _is_of_the_whole(self, claim: Claim) -> bool:
        """Whether a quantity is that of what was asked, not of one place, element or month of it."""
        if claim.value.kind == "date":
            return True
        if claim.measures & self._of_a_part:
            return False
        part = any(time.startswith(day) and len(day) == len("2025") for time in claim.times for day in self._dates)
        return not claim.things and not part

    def _is_met_by(self, quote: Quote) -> bool:
        signals = quote.signals
        # What is known already comes first: few sentences need to be taken apart.
        if signals.substituted > 0 or not (signals.date_fit > 0 or not self._dates or "date" in self.kinds):
            return False
        return self._names_all(quote) and self._stretches <= _stretches(quote.text)

    def _names_all(self, quote: Quote) -> bool:
        """Whether sentence and title name all that the question names, and nothing else in its stead."""
        if any(month not in f"{quote.article.title} {quote.text}" for month in self._months):
            return False
        own = frozenset(self._analyzer.terms(_ATTRIBUTED.sub(" ", quote.text)))
        return not self._names_another(own) and self._named <= own.union(self._analyzer.terms(quote.article.title))

    def _kind(self, term: str) -> str | None:
        """The kind of thing a term names; the words of an event ("Beijing summit") name none by themselves."""
        kind = self._analyzer.kind(term)
        return None if kind == "events" else kind

    def _names_another(self, own: frozenset[str]) -> bool:
        """Whether a sentence tells of another element, place or instrument instead of one asked about."""
        lacking = {self._kind(term) for term in self._named - own}
        if _CHINA in self._terms and _CHINA not in own and own & self._world - self._terms:
            return True
        return any(
            kind in lacking for term in own - self._terms if (kind := "places" if term == _CHINA else self._kind(term))
        )

    def _is_in_time(self, quote: Quote, value: Value, contrasted: bool) -> bool:
        """Whether a value is of the time asked about, as far as the date nearest to it in the sentence says."""
        if value.kind == "date":
            disputed = _is_disputed(quote, contrasted)
            return self._dates_it(quote.text, value, disputed) and self._is_of_event(quote, value, contrasted)
        if _EARLIER.search(quote.text) and not _EARLIER.search(self._question):
            return False
        told = told_dates(quote.text)
        if not self._dates or not told:
            return True
        nearest = min(told, key=lambda one: max(one.start - value.end, value.start - one.end)).iso
        return any(nearest.startswith(day) or day.startswith(nearest) for day in self._dates)

    def _dates_it(self, text: str, value: Value, disputed: bool) -> bool:
        """Whether a date is the start, the end, or the day of what came about, whichever is asked for."""
        role = _role(text, value)
        if self._role == "target":
            return role == "end" or (role == "day" and _IN.search(text[: value.start]) is not None)
        if self._role is not None:
            # "The last day is given differently, as 9 November or 10 November": it says itself what it dates.
            names_it = disputed and role == "day" and _ASKED_ROLES[self._role].search(text) is not None
            return names_it or role == self._role
        noun = _NOUN_OF.search(text[: value.start])
        is_other = noun is not None and not self._terms.issuperset(self._analyzer.terms(noun["noun"]))
        return role == "day" and not is_other

    def _is_of_event(self, quote: Quote, value: Value, contrasted: bool) -> bool:
        """Whether a date is that of the event asked about, and that of what the question tells of it."""
        asked = self._events or frozenset({_SIGNING})
        word = _telling_word(quote.text, value)
        also = {_STARTING, _ENDING} if self._role else set()
        if word is not None and word not in _DATING and self._event(word) not in asked | also:
            return False
        told = {self._event(one) for one in _LOWER_WORD.findall(quote.text.lower())}
        if self._events and not told & asked and not (contrasted and told.isdisjoint(_EVENTS)):
            return False
        return self._tells_of(quote, value, asked, bool(told & asked), _is_disputed(quote, contrasted))

    def _tells_of(self, quote: Quote, value: Value, asked: frozenset[str], is_of_event: bool, disputed: bool) -> bool:
        """Whether sentence and title hold enough of the question, its event and what kind of date it wants aside."""
        little = {*self._analyzer.terms(f"{_ROLE_WORDS} {' '.join(_SAYS_LITTLE)} {' '.join(asked)}")}
        rest = frozenset(term for term in self._content if self._event(term) not in asked) - little
        around = f"{quote.text[: value.start]} {quote.text[value.end :]}"
        own = rest & frozenset(self._analyzer.content_terms(_ATTRIBUTED.sub(" ", around)))
        title = rest & frozenset(self._analyzer.terms(quote.article.title))
        told = self._count(own | (title & self._named)) / max(self._count(rest), 1)
        with_title = self._count(own | title) / max(self._count(rest), 1)
        if not is_of_event:
            return told >= LEAST_TOLD_ALONE or (disputed and with_title >= LEAST_TOLD_ALONE)
        if disputed and with_title >= LEAST_TOLD_IN_DISPUTE:
            return True
        return told >= LEAST_TOLD or (told >= LEAST_BESIDE_TITLE and with_title >= LEAST_TOLD)

    def _phrases_of(self, question: str) -> tuple[frozenset[str], ...]:
        """The terms of each word that stands for several, as a short name does."""
        of_words = (frozenset(self._analyzer.content_terms(word)) for word in question.split())
        return tuple(terms for terms in of_words if len(terms) > 1)

    def _count(self, terms: frozenset[str]) -> int:
        """How many words of the question the terms are; those of one short name count once."""
        single = terms.difference(*self._phrases)
        return len(single) + sum(not phrase.isdisjoint(terms) for phrase in self._phrases)

    def _asked_events(self, question: str) -> frozenset[str]:
        """The events that a question speaks of: its verb, unless it says little, and the words of events."""
        clause = parse(question)
        verb = clause.verb.lower() if clause and clause.verb[:1].islower() else ""
        if going := _GOING_TO.search(question):
            verb = going["verb"]
        words = [word for word in _LOWER_WORD.findall(question.lower()) if word in _EVENT_OF]
        return frozenset(self._event(word) for word in [verb, *words] if word and word not in _SAYS_LITTLE)

    def _event(self, word: str) -> str:
        """The kind of event that a word tells of, else the word's own stem."""
        plain = word.lower()
        known = _EVENT_OF.get(plain) or _EVENT_OF.get(plain.removesuffix("s"))
        return known or " ".join(self._analyzer.terms(word))

    def _fits_better(self, text: str, value: Value, rivals: Sequence[Value]) -> bool:
        own = self._fit(_clause(text, value).of(text))
        return all(own > self._fit(_clause(text, rival).of(text)) for rival in rivals)

    def _fit(self, clause: str) -> tuple[int, int]:
        """How well a clause keeps to what was asked: few foreign measures, then many shared terms."""
        terms = frozenset(self._analyzer.content_terms(clause))
        return -len((terms - self._alike) & self._measures), len(terms & self._alike)

    def _claim(self, quote: Quote, value: Value, stretch: Span, contrasted: bool) -> Claim:
        text = quote.text
        told = _ATTRIBUTED.sub(" ", f"{text[stretch.start : value.start]} {text[value.end : stretch.end]}")
        terms = frozenset(self._analyzer.terms(told)) - self._terms
        things = frozenset(term for term in terms if self._kind(term) or (self._of_world and term == _CHINA))
        if value.kind == "date":
            things = frozenset(term for term in things if self._kind(term) != "places")
            return Claim(quote, value, frozenset(), things, frozenset(), self._shared(quote), contrasted)
        times = frozenset(one.iso for one in told_dates(text)) - self._dates
        times |= _stretches(text) - self._stretches
        times |= {month for month in _MONTH_ALONE.findall(text) if month not in self._question}
        measures = ((terms - self._alike) & self._measures) | (self._parts & frozenset(self._analyzer.terms(text)))
        return Claim(quote, value, times, things, measures, self._shared(quote), contrasted)

    def _shared(self, quote: Quote) -> frozenset[str]:
        told = self._analyzer.content_terms(f"{quote.article.title} {_ATTRIBUTED.sub(' ', quote.text)}")
        return self._content.intersection(told)


def _is_disputed(quote: Quote, contrasted: bool) -> bool:
    """Whether a sentence that sets accounts against each other says openly that they differ."""
    return contrasted and _DISPUTE.search(quote.text) is not None


def _asking(text: str) -> str:
    """The sentences of a question that ask, the others left out: they tell why it is asked."""
    asking = [sentence for sentence in _SENTENCE_END.split(text) if sentence.rstrip().endswith("?")]
    return " ".join(asking) or text


def _stretches(text: str) -> frozenset[str]:
    """Stretches of time in words: "first half", "eleven months", "a year"."""
    return frozenset(match[0].lower() for match in _STRETCH.finditer(text))


def _telling_word(text: str, value: Value) -> str | None:
    """The word that tells last before a date what came about, else first after it."""
    before = _TELLING.findall(text[: value.start])
    after = _TELLING.search(text, value.end)
    return before[-1] if before else after[0] if after else None


def _role(text: str, value: Value) -> str:
    before = _DATED_TO.sub("on ", text[: value.start])
    return next((role for role, pattern in _ROLES.items() if pattern.search(before)), "day")


def _clause(text: str, value: Value) -> Span:
    """The stretch around a value up to the next joint of the sentence on either side."""
    starts = [match.end() for match in _CLAUSE_END.finditer(text) if match.end() <= value.start]
    ends = [match.start() for match in _CLAUSE_END.finditer(text) if match.start() >= value.end]
    return Span(max(starts, default=0), min(ends, default=len(text)))
