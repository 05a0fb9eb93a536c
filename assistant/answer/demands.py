"""What a question asks for that one sentence has to hold by itself.

Likeness is no answer: "how many people work at the plant" reads like a sentence on its tonnes. So the best sentence is
held against what the question names, the time it asks about, and the very thing that its question phrase asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.asked_forms import AskedForm
from assistant.answer.asked_names import MONTHS, AskedName
from assistant.answer.attribution import asks_about_saying, without_attribution
from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD, PREPOSITIONS, asked_thing, parse
from assistant.answer.kinds import wanted
from assistant.answer.quotes import Quote
from assistant.answer.relevance import (
    ALL_RARE_EARTHS,
    RARE_EARTH_TERMS,
    denies,
    key_terms,
    may_hold,
    overlap,
    terms_told,
)
from assistant.answer.subjects import words_of_subjects
from assistant.answer.values import (
    BESIDE_COUNT,
    QUANTITIES,
    ValueKind,
    counted_words,
    find_values,
    holds_count,
    named_kinds,
    told_dates,
)
from assistant.dates import find_dates
from assistant.periods import find_moments
from assistant.terms import ELEMENTS_KIND, EVENTS_KIND, PLACES_KIND, TermAnalyzer
from assistant.types import Period

MOST_NAMES = 2.0
FIRST = 2
SEVERAL = 3
_A_DAY = len("2025-01-31")
HALF = 0.5
# Kinds of answer that a question may want: they tell how far to trust a likeness.
TOLD_KINDS = ("date", "list", "money", "number", "reason", "share")
WITHIN, UNTOLD = 0.25, 0.5
_LEAST_STEM, _COMMON_STEM = 4, 5
# A date, a bare number or a letter.
_NAMES_NOTHING = re.compile(r"\d{4}(?:-|$)|[\d.]+\w{0,2}$|.$")
# "We buy tungsten from Jiangxi; ...": what is told before the question need not stand in the answer.
_SETTING = re.compile(
    r"[^.;?!]{12,}[.;!](?=\s.*\?)|"
    r"\b(?:an?|our|my) (?:[\w-]+ ){1,2}?(?:compan(?:y|ies)|firm|trader|exporter|importer|subsidiary|distributor|plant|"
    r"factory|engineer|citizen|national|buyer|supplier|maker|manufacturer)\b",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"\bhow many (?:\w+ )?(?:out )?of (?:the|all|every|these|those|our|its|their)\b|"
    r"^\W*(?:out )?of (?:the|all|every|these|those|our|its|their)\b[^?]*\bhow many\b",
    re.IGNORECASE,
)
_SEVERAL_ASKED = re.compile(r"\b(?:and|or) (?:\w+ )?(?:how|what|when|who|where|which|why)\b")
_SEVERAL_NAMES = re.compile(rf"\b[A-Z][\w-]+(?:-|(?:,? (?:and|or)|,)(?: the)? )[A-Z]|{_SEVERAL_ASKED.pattern}")
# "How many tonnes" asks for a weight, which is looked for as a value; the word itself need not be there.
_UNITS = (
    "tonnes tons kilograms kg kilos percent percentage share part slice portion fraction proportion rate rupees "
    "dollars euros yuan yen money day month year week date things amount number reason"
)
_ASKS_DAY_OF_EVENT = re.compile(
    r"^\W*when (?:did|was|were|had|has|have)\b|"
    r"\b(?:on|from) (?:what|which) (?:day|date)\b|^\W*what day\b",
    re.IGNORECASE,
)
_ASKS_ELEMENTS = re.compile(
    r"\b(?:which|what|list|name|the)\b(?: [\w-]+){0,4}? (?:rare earths?|elements?|metals?|minerals?|lanthanides?)\b",
    re.IGNORECASE,
)
_WHAT_WAS_DONE = re.compile(r"^\W*(?:and |so )?what (?:exactly )?(?:did|do|does|have|has|had)\b", re.IGNORECASE)
_TELLS_LITTLE = frozenset("do say mean tell think have get make happen look cost change cover want".split())
_AROUND = re.compile(r"\b(?:before|after|by|until|till|through|ahead of|prior to|up to) (?:the )?$", re.IGNORECASE)
_COMPARED_WITH = re.compile(
    r"\b(?:below|above|than|than (?:in|for|on)|versus|against|compared (?:with|to)|up on|down on|over) (?:the )?$",
    re.IGNORECASE,
)
# Search words without a question: "vietnam rare earth reserves".
_SEARCH_FOR_FIGURE = re.compile(
    rf"^(?!.*\b(?:{ANY_QUESTION_WORD}|is|are|was|were|do|does|did|has|have|had|can|will|would|list|name|rules?|law|"
    r"ban\w*|control\w*|licen[cs]\w+|permits?|restrict\w+|curbs?|suspen\w+|announcements?|order|policy|status|deal|"
    r"technolog\w+|code|codes|tariffs?|delays?)\b)"
    r".*\b(?:exports?|imports?|shipments?|production|output|reserves|sales|purchases|volumes?)\b",
    re.IGNORECASE,
)
_FIGURES_OF = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{told})", re.IGNORECASE))
    for asked, told in (
        (
            r"exports?|imports?|shipments?|sales|purchases",
            r"export|import|ship|deliver|s[oe]l[dl]|sale|b(?:ought|uy)|purchas|receiv|took|left|customer",
        ),
        (r"production|output", r"produc|output|min(?:e|ing)|made|smelt|refin"),
        (r"reserves", r"reserve|deposit"),
    )
)
_IN_WORDS = re.compile(
    r"\b(?:half|halves|halved|third|quarter|fifth|tenth|two-thirds|doubled?|doubles|twice|tripled?|(?-i:times)|no(?!\.)|none|nothing|"
    r"single|zero|all)\b",
    re.IGNORECASE,
)
_NONE = ("none", "nothing", "zero")
_COMPARES = re.compile(r"\bhow much (?:more|less|higher|lower|extra)\b", re.IGNORECASE)
# Things that are counted or weighed, as their teller likes.
_WEIGHED = frozenset({"magnets"})


class Demands:
    """The demands of one question, to be held against sentences.

    Attributes:
        names: terms of the names asked about.
        dates: the times asked about, ISO 8601.
        kinds: of value asked for; any of them will do.

    Args:
        question: standing alone.
        analyzer: how text becomes terms.
    """

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        self._question = question
        self._analyzer = analyzer
        self._about_saying = asks_about_saying(question)
        self._denies = denies(question)
        self._compares = bool(_COMPARES.search(question))
        self._form = AskedForm(question, analyzer)
        self._done = self._asked_verb(question)
        self._subjects = words_of_subjects(question)
        self.kinds = _asked_kinds(question)
        self._wants_figure = not self.kinds and bool(_SEARCH_FOR_FIGURE.search(question))
        self._counted = frozenset(counted_words(question)) if self.kinds == {"count"} else frozenset()
        self.dates = tuple(mention.iso for mention in find_dates(question))
        self._terms = frozenset(analyzer.content_terms(question))
        # Nearly every article tells of China, and every deal of the two presidents: naming them tells nothing apart.
        self._commonplace = frozenset(analyzer.terms(f"China Trump Xi REE REEs {MONTHS}")) | ALL_RARE_EARTHS
        self._nearly_everywhere = frozenset(analyzer.terms("United States"))
        self.names = self._named_in(question)
        self._elements = frozenset(term for term in self.names if analyzer.kind(term) == ELEMENTS_KIND)
        self._thing = self._asked_thing(question) - self.names
        # "Ford and Suzuki": a sentence on one of them answers in part.
        self._names_many = bool(_SEVERAL_NAMES.search(question))
        self._name = AskedName(question, analyzer)

    def unmet(self, quote: Quote) -> float:
        """How much of what is asked for a sentence lacks, from 0 (nothing) to 5.

        One for each name that neither sentence nor title holds, two at most; one for a value of the kind asked for;
        up to one for the time; a half for the word for what is asked; a half for a name where who, which firm or
        where is asked.
        Who reported the sentence, and when, meets no demand unless that is what is asked.
        """
        claim = self._claim(quote)
        told = frozenset(self._analyzer.content_terms(claim))
        lacking = min(MOST_NAMES, len(self._names_lacking(quote))) + self._time_lacking(claim, quote)
        lacking += 1.0 if self.lacks_value(claim) else 0.0
        lacking += HALF * len(unmatched(self._thing, told)) / max(1, len(self._thing))
        return lacking + (HALF if not self.kinds and self._lacks_name(quote, claim) else 0.0)

    @property
    def asks_reason(self) -> bool:
        """Whether it is asked why, and for no value."""
        return not self.kinds and self._form.of_reason

    @property
    def asks_who_or_why(self) -> bool:
        """Whether nothing but a person, a source or a reason is asked for: no rule tells it."""
        several = _SEVERAL_ASKED.search(self._question)
        return not self.kinds and not several and (self._name.of_one_who_acts or self._form.of_reason)

    def tells_the_day(self, quote: Quote) -> bool:
        """Whether a sentence tells a day on which something was, and not only one before or after which."""
        claim = self._claim(quote)
        days = [one for one in told_dates(claim) if len(one.iso) == _A_DAY and one.iso not in self.dates]
        return any(not _AROUND.search(claim[: day.start]) for day in days)

    def names_the_time_in_passing(self, quote: Quote) -> bool:
        """Whether a sentence names the time asked about only as a report's, or as what another is compared with."""
        claim = self._claim(quote)
        asked = [one for one in find_dates(claim) if any(one.iso.startswith(day) for day in self.dates)]
        told = {one.start for one in told_dates(claim)}
        return bool(asked) and all(one.start not in told or _COMPARED_WITH.search(claim[: one.start]) for one in asked)

    def does_the_same(self, quote: Quote) -> bool:
        """Whether a sentence has the verb of the question: "agree" of "What did they agree on?"."""
        return bool(self._done) and self._done <= frozenset(self._analyzer.terms(self._claim(quote)))

    @property
    def asks_what_was_done(self) -> bool:
        """Whether it is asked what somebody did, in a verb that tells what."""
        return bool(self._done) and not self.kinds

    def narrows(self, quote: Quote) -> bool:
        """Whether a sentence tells of a place or an element that the question does not name: it is on a part."""
        told = frozenset(self._analyzer.content_terms(self._claim(quote)))
        others = told - self._terms - self._commonplace
        return any(self._analyzer.kind(term) in (ELEMENTS_KIND, PLACES_KIND) for term in others)

    def is_beside_the_subject(self, quote: Quote) -> bool:
        """Whether a subject with words of its own is asked about, and a sentence has none of them."""
        return self._tells_nothing_of_a_subject([quote])

    def names_all(self, quote: Quote) -> bool:
        """Whether a sentence, or the title of its article, names all that the question names."""
        return not self._names_lacking(quote)

    def brings(self, quote: Quote) -> bool:
        """Whether a sentence has the value, reason or name that is asked for; False where none is asked."""
        claim = self._claim(quote)
        if self.kinds:
            return not self.lacks_value(claim)
        if self._form.of_reason:
            return self._form.names_reason(claim)
        if self._wants_figure:
            return bool(find_values(claim, QUANTITIES, self._question))
        return self._name.is_asked and not self._lacks_name(quote, claim)

    @property
    def asks_day_of_event(self) -> bool:
        """Whether it is asked on which day something was or began."""
        return self.kinds == {"date"} and bool(_ASKS_DAY_OF_EVENT.search(self._question))

    def lists_elements(self, quote: Quote) -> bool:
        """Whether it is asked which metals or elements, of none that is named, and a sentence names several."""
        if self._elements or not _ASKS_ELEMENTS.search(self._question):
            return False
        told = frozenset(self._analyzer.content_terms(self._claim(quote))) - self._terms
        return sum(self._analyzer.kind(term) == ELEMENTS_KIND for term in told) >= SEVERAL

    @property
    def wants_value(self) -> bool:
        """Whether a value is asked for, in a question or in search words."""
        return bool(self.kinds) or self._wants_figure

    @property
    def wants_list(self) -> bool:
        """Whether several things are asked for."""
        return "list" in wanted(self._question).kinds

    def is_met_by_a_reason(self, quotes: Sequence[Quote], least: float) -> bool:
        """Whether a reason is asked for, and one of some quotes that are relevant enough gives one."""
        return self._form.of_reason and any(one.relevance >= least and self.brings(one) for one in quotes)

    def unmet_by_all(self, quotes: Sequence[Quote], leading: Sequence[Quote] = ()) -> bool:
        """Whether none of some quotes, best first, can be the answer, however like the question they read.

        All stand in passages that lack most of the names asked about; or none has the form that is asked for, such as a
        quantity; or none has a word of a subject that has words of its own; or a reason is asked for, and none has a
        word of one; or a name is asked for, and neither of the first two brings one, or none of all that of a person.

        Args:
            quotes: judged, best first.
            leading: what the register says before them; it may have the form.
        """
        if not quotes:
            return False
        if self.names and not self._names_many and not any(self._tells_of_what_is_named(quote) for quote in quotes):
            return True
        told = (*leading, *quotes)
        if all(map(self._lacks_form, told)) or self._tells_nothing_of_a_subject(told):
            return True
        if self._wants_figure and self.dates and all(map(self._lacks_figure, told)):
            return True
        asks_reason = self._form.of_reason and not self._denies
        if asks_reason and all(map(self._lacks_reason, told)):
            return True
        first = quotes if self._name.of_a_person else quotes[:FIRST]
        return not self.kinds and all(self._lacks_name(quote, self._claim(quote)) for quote in first)

    def _tells_nothing_of_a_subject(self, quotes: Sequence[Quote]) -> bool:
        claims = [self._claim(quote) for quote in quotes] if self._subjects else []
        return any(not any(words.search(claim) for claim in claims) for words in self._subjects)

    def asked(self) -> dict[str, float]:
        """What sort of question it is: 0 or 1 each, ``asks_names`` the number of terms of names in it.

        Likeness is worth less where a reason or a person is asked than where a list is.
        """
        kinds = wanted(self._question).kinds
        return {
            "asks_value": float(bool(self.kinds)),
            "asks_who": float(self._name.of_somebody and not self.kinds),
            "asks_where": float(self._name.of_a_place and not self.kinds),
            "asks_of_a_time": float(bool(self.dates)),
            "asks_names": float(len(self.names)),
        } | {f"asks_{kind}": float(kind in kinds) for kind in TOLD_KINDS}

    def _lacks_form(self, quote: Quote) -> bool:
        claim = self._claim(quote)
        if self._refuted_by(claim):  # "no date has been set"
            return False
        if self._form.of_quantity and self.lacks_value(claim) and not self._tells_some_count(claim):
            return True
        if self.kinds and self._is_of_another(quote):
            return True
        return self._form.is_missing(claim, quote.article.published_on)

    def _lacks_figure(self, quote: Quote) -> bool:
        """Whether a sentence has no figure of the flow or stock that is searched for, or tells of another time."""
        claim = self._claim(quote)
        if self._refuted_by(claim) or self._tells_in_words(claim):
            return False
        is_of_it = all(told.search(claim) for asked, told in _FIGURES_OF if asked.search(self._question))
        figures = find_values(claim, QUANTITIES, self._question)
        return not (is_of_it and figures) or self._time_lacking(claim, quote) > WITHIN

    def _lacks_reason(self, quote: Quote) -> bool:
        claim = without_attribution(quote.sentence)
        return not denies(claim) and not self._form.gives_reason(claim)

    def _tells_some_count(self, claim: str) -> bool:
        """Whether a count is asked for, and a claim has a number, of whatever: things go by many names."""
        return self.kinds == {"count"} and holds_count(claim, self._question)

    def _is_of_another(self, quote: Quote) -> bool:
        """Whether a sentence names none of the elements asked about: its value is of others."""
        return bool(self._elements) and self._elements <= self._names_lacking(quote)

    def _lacks_name(self, quote: Quote, claim: str) -> bool:
        if self._refuted_by(claim):  # "issued by China and not by the US" needs no agency's name
            return False
        if self._name.of_a_source:
            claim = quote.sentence
        elif self._name.of_an_actor:  # "Reuters wrote that two firms …" names none of them
            claim = without_attribution(quote.sentence)
        return self._name.is_missing(claim, quote.article)

    def _refuted_by(self, claim: str) -> bool:
        """Whether a claim denies something, and the question does not: it may deny what the question presumes."""
        return denies(claim) and not self._denies

    def _claim(self, quote: Quote) -> str:
        return quote.sentence if self._about_saying else without_attribution(quote.sentence)

    def _names_lacking(self, quote: Quote) -> frozenset[str]:
        around = self._analyzer.content_terms(f"{quote.article.title}. {quote.sentence}")
        return unmatched(self.names, frozenset(around))

    def _tells_of_what_is_named(self, quote: Quote) -> bool:
        """Whether the passage holds half of the names or more; the rest may be the asker's own words for what it tells.

        Of the rare earths, told of together, and of the United States, told of nearly everywhere, none need be named.
        """
        names = self.names - RARE_EARTH_TERMS - self._nearly_everywhere
        return 2 * len(unmatched(names, terms_told(quote.hit, self._analyzer))) <= len(names)

    def _named_in(self, question: str) -> frozenset[str]:
        """Terms of the names asked about, and of things of known kinds; no bare numbers, dates or months."""
        # Talks and truces are told of in words that others share.
        kinds = {term: kind for term in self._terms if (kind := self._analyzer.kind(term)) not in (None, EVENTS_KIND)}
        setting = " ".join(match[0] for match in _SETTING.finditer(question))
        around = set(key_terms(setting, self._analyzer))
        kinded = {term for term, kind in kinds.items() if kind != PLACES_KIND or term not in around}
        asked = set(key_terms(question, self._analyzer)) - around
        told = {term for term in (kinded | asked) & self._terms if not _NAMES_NOTHING.match(term)}
        return frozenset(told) - self._commonplace

    def _asked_verb(self, question: str) -> frozenset[str]:
        """Terms of the verb of "What did they agree on?"; none of verbs that tell nothing, or of other questions."""
        clause = parse(question)
        if clause is None or not _WHAT_WAS_DONE.match(question) or clause.verb.lower() in _TELLS_LITTLE:
            return frozenset()
        return frozenset(self._analyzer.terms(clause.verb))

    def _asked_thing(self, question: str) -> frozenset[str]:
        """Terms of the last word of the question phrase, before "of": "how many permits for magnets" gives "permit"."""
        clause = parse(question)
        words = asked_thing(clause).split() if clause else []
        until = next((at for at, word in enumerate(words) if word.lower() in PREPOSITIONS), len(words))
        thing = words[until - 1] if until else ""
        return frozenset(self._analyzer.content_terms(thing)) - frozenset(self._analyzer.terms(_UNITS))

    def _time_lacking(self, claim: str, quote: Quote) -> float:
        """0 the claim tells of the time asked about, 1/4 of a time around it, 1/2 of none, 1 of others only."""
        if not self.dates:
            return 0.0
        told = find_moments(claim)
        days = [moment.from_ for moment in told if moment.from_ and moment.from_ == moment.until]
        if any(overlap(asked, day) for asked in self.dates for day in days):
            return 0.0
        if any(may_hold(Period(one.from_, one.until), asked) for asked in self.dates for one in told):
            return WITHIN
        published_on = quote.article.published_on
        if told or not published_on:
            return 1.0 if told else UNTOLD
        return WITHIN if any(overlap(asked, published_on) for asked in self.dates) else UNTOLD

    def _tells_in_words(self, claim: str) -> bool:
        """Whether a claim tells a quantity in words; a count stands before what is counted, or is none at all."""
        for told in _IN_WORDS.finditer(claim):
            near = claim[told.end() :].lower().split()[:BESIDE_COUNT]
            if not self._counted or told[0].lower() in _NONE or self._counted.intersection(near):
                return True
        return False

    def lacks_value(self, claim: str) -> bool:
        """Whether the claim has no value of a kind asked for; one that denies the question's premise needs none."""
        if not self.kinds or self._refuted_by(claim):
            return False
        in_words = (self.kinds - {"date", "money"} or self._compares) and self._tells_in_words(claim)
        return not in_words and not find_values(claim, self.kinds, self._question, likewise=True)


def _asked_kinds(question: str) -> frozenset[ValueKind]:
    """The kinds of value asked for; "how many people" wants a count of them, and no other quantity will do."""
    kinds, counted = named_kinds(question), counted_words(question)
    if _OF_MANY.search(question):  # "98%" tells how many of them
        return kinds | {"count", "share"}
    if not counted or not kinds >= QUANTITIES:
        return kinds
    return frozenset({"count", "weight"}) if _WEIGHED.intersection(counted) else frozenset({"count"})


def unmatched(asked: Iterable[str], told: frozenset[str]) -> frozenset[str]:
    """The terms asked for that are not told, in another form of the word either ("signature", "signed")."""
    return frozenset(term for term in asked if term not in told and not any(_is_kin(term, other) for other in told))


def _is_kin(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _LEAST_STEM and longer.startswith(shorter):
        return True
    return len(shorter) > _COMMON_STEM and one[:_COMMON_STEM] == other[:_COMMON_STEM]
