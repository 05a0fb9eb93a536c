"""What a question asks for that one sentence has to hold by itself.

Likeness is no answer: "how many people work at the plant" reads like a sentence on its tonnes. So the best sentence is
held against what the question names, the time it asks about, and the very thing that its question phrase asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.asked_forms import AskedForm
from assistant.answer.asked_names import MONTHS, AskedName
from assistant.answer.asked_times import AskedTimes
from assistant.answer.attribution import asks_about_saying, without_attribution
from assistant.answer.follow_up.grammar import PREPOSITIONS, asked_thing, parse
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
from assistant.answer.searched_figures import SearchedFigure, tells_flow
from assistant.answer.subjects import SUBJECTS, words_needed
from assistant.answer.values.asked_kinds import named_kinds
from assistant.answer.values.counts import BESIDE_COUNT, counted_words
from assistant.answer.values.told_values import find_values, holds_count
from assistant.answer.values.value import QUANTITIES, ValueKind
from assistant.dates import MONTH_LENGTH, find_dates
from assistant.periods import find_moments
from assistant.terms import ELEMENTS_KIND, EVENTS_KIND, PLACES_KIND, TermAnalyzer
from assistant.types import Period

# Nearly every article tells of China, and every deal of the two presidents: naming them tells nothing apart.
_COMMONPLACE = f"China Trump Xi REE REEs Christmas {MONTHS}"
MOST_NAMES = 2.0
FIRST = 2
HALF = 0.5
# Kinds of answer that a question may want: they tell how far to trust a likeness.
TOLD_KINDS = ("date", "list", "money", "number", "reason", "share")
WITHIN, UNTOLD = 0.25, 0.5
_LEAST_STEM, _COMMON_STEM = 4, 5
# A date, a bare number or a letter.
_NAMES_NOTHING = re.compile(r"\d{4}(?:-|$)|[\d.]+\w{0,2}$|.$")
# "We buy tungsten from Jiangxi; ...": what is told before the question need not stand in the answer.
_SETTING = re.compile(
    r"[^.;?!]{12,}[.;!](?=\s.*\?)|\b(?:I|we|my|our)\b[^.;:?!]{12,}:(?=\s.*\?)|"
    r"\b(?:an?|our|my) (?:[\w-]+ ){1,2}?(?:compan(?:y|ies)|firm|trader|exporter|importer|subsidiary|distributor|plant|"
    r"factory|engineer|citizen|national|buyer|supplier|maker|manufacturer)\b",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"\bhow many (?:\w+ )?(?:out )?of (?:the|all|every|these|those|our|its|their)\b|"
    r"^\W*(?:out )?of (?:the|all|every|these|those|our|its|their)\b[^?]*\bhow many\b",
    re.IGNORECASE,
)
SEVERAL_ASKED = re.compile(r"\b(?:and|or) (?:\w+ )?(?:how|what|when|who|where|which|why)\b")
_SEVERAL_NAMES = re.compile(rf"\b[A-Z][\w-]+(?:-|(?:,? (?:and|or)|,)(?: the)? )[A-Z]|{SEVERAL_ASKED.pattern}")
# "How many tonnes" asks for a weight, which is looked for as a value; the word itself need not be there.
_UNITS = (
    "tonnes tons kilograms kg kilos percent percentage share part slice portion fraction proportion rate rupees "
    "dollars euros yuan yen money day month year week date things amount number reason"
)
_IN_WORDS = re.compile(
    # No half of a year, no "third class".
    r"\b(?:(?<!first )(?<!second )(?<!last )half(?! (?:of )?(?:the year|\d{4}))|"
    r"(?:third|quarter|fifth|tenth)(?= of (?!the year|\d{4}))|(?<=by a )(?:third|quarter|fifth|tenth)|"
    r"halves|halved|two-thirds|doubled?|doubles|twice|tripled?|(?-i:times)|no(?!\.)|none|nothing|single|zero|all)\b",
    re.IGNORECASE,
)
# What is "without" its figure, or tells "no" figure, denies it already.
_WITHHELD = re.compile(
    r"\b(?:undisclosed|secret|unpublished|out of public view|withheld|confidential|told by nobody)\b", re.IGNORECASE
)
_NONE = ("none", "nothing", "zero")
_COMPARES = re.compile(r"\bhow much (?:more|less|higher|lower|extra)\b", re.IGNORECASE)
_ASKS_RISE = re.compile(
    r"\bhow much (?:did|do|does|ha[sd]|have) [^?]*\b(?:ris(?:e|en)|rose|f[ae]ll(?:en)?|(?:gone?|went|come) (?:up|down)|"
    r"climb\w*|jump\w*|drop\w*|soar\w*|surg\w*|increase\w*|decline\w*|change\w*|gr[eo]wn?)\b",
    re.IGNORECASE,
)
# Things that are counted or weighed, as their teller likes.
_WEIGHED = frozenset({"magnets"})


class Demands:
    """The demands of one question, to be held against sentences.

    Attributes:
        names: those of the names asked about.
        dates: the times asked about, ISO 8601.
        kinds: of value asked for; any of them will do.
        form, name, figure: what form of answer is asked for, which name, and which figure is searched for.

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
        self.form = AskedForm(question, analyzer)
        self.figure = SearchedFigure(question)
        self._subjects = words_needed(question, SUBJECTS)
        self.kinds = _asked_kinds(question)
        self._times = AskedTimes(question, of_quantity=bool(self.kinds & QUANTITIES))
        self._counted = frozenset(counted_words(question)) if self.kinds == {"count"} else frozenset()
        self.dates = tuple(mention.iso for mention in find_dates(question))
        of_months = bool(self.dates) and all(len(day) == MONTH_LENGTH for day in self.dates)
        self._asks_flow_of_months = of_months and self.figure.is_of_a_flow and bool(self.kinds & QUANTITIES)
        self._terms = frozenset(analyzer.content_terms(question))
        self._nearly_everywhere = frozenset(analyzer.terms("United States"))
        self.names = self._named_in(question)
        self._elements = frozenset(term for term in self.names if analyzer.kind(term) == ELEMENTS_KIND)
        self._thing = self._asked_thing(question) - self.names
        # "Ford and Suzuki": a sentence on one of them answers in part.
        self._names_many = bool(_SEVERAL_NAMES.search(question))
        self.name = AskedName(question, analyzer)

    def unmet(self, quote: Quote) -> float:
        """How much of what is asked for a sentence lacks, from 0 (nothing) to 5.

        One for each name that neither sentence nor title holds, two at most; one for a value of the kind asked for;
        up to one for the time; a half for the word for what is asked; a half for a name where who, which firm or
        where is asked.
        Who reported the sentence, and when, meets no demand unless that is what is asked.
        """
        claim = self.claim(quote)
        told = frozenset(self._analyzer.content_terms(claim))
        lacking = min(MOST_NAMES, len(self.names_lacking(quote))) + self._time_lacking(claim, quote)
        lacking += 1.0 if self.lacks_value(claim) else 0.0
        lacking += HALF * len(unmatched(self._thing, told)) / max(1, len(self._thing))
        return lacking + (HALF if not self.kinds and self.lacks_name(quote) else 0.0)

    def unmet_by_all(self, quotes: Sequence[Quote], leading: Sequence[Quote] = ()) -> bool:
        """Whether none of some quotes, best first, can be the answer, however like the question they read.

        All stand in passages that lack most of the names asked about; or none has the form that is asked for, such as a
        quantity; or none has a word of a subject that has words of its own; or several names are asked for, and each
        brings one at most; or a quarter, half or whole of a year, and all tell of other times; or search words want a
        figure of a time, or a question one of what was shipped in a month, and none has it; or a reason is asked for,
        and none has a word of one; or a name is asked for, and neither of the first two brings one, or none of all that
        of a person.

        Args:
            quotes: judged, best first.
            leading: what the register says before them; it may have the form.
        """
        if not quotes:
            return False
        if self.names and not self._names_many and not any(self._tells_of_what_is_named(quote) for quote in quotes):
            return True
        told = (*leading, *quotes)
        if all(map(self._lacks_form, told)) or self.tells_nothing_of_a_subject(told):
            return True
        if self.name.of_several and not any(map(self._names_several, told)):
            return True
        if self._times.are_missed_by([quote.sentence for quote in told]):
            return True
        is_searched = self.figure.is_searched and self.dates and not self.kinds
        if is_searched and all(map(self._lacks_figure, told)):
            return True
        if self._asks_flow_of_months and all(map(self._lacks_flow, told)):
            return True
        asks_reason = self.form.of_reason and not self._denies
        if asks_reason and all(map(self._lacks_reason, told)):
            return True
        first = quotes if self.name.of_a_person else quotes[:FIRST]
        return not self.kinds and all(map(self.lacks_name, first))

    def tells_nothing_of_a_subject(self, quotes: Sequence[Quote]) -> bool:
        """Whether a subject with words of its own is asked about, and none of some sentences has one of them."""
        claims = [self.claim(quote) for quote in quotes] if self._subjects else []
        return any(not any(words.search(claim) for claim in claims) for words in self._subjects)

    @property
    def has_subject(self) -> bool:
        """Whether a subject with words of its own is asked about."""
        return bool(self._subjects)

    def asked(self) -> dict[str, float]:
        """What sort of question it is: 0 or 1 each, ``asks_names`` the number of terms of names in it.

        Likeness is worth less where a reason or a person is asked than where a list is.
        """
        kinds = wanted(self._question).kinds
        return {
            "asks_value": float(bool(self.kinds)),
            "asks_who": float(self.name.of_somebody and not self.kinds),
            "asks_where": float(self.name.of_a_place and not self.kinds),
            "asks_of_a_time": float(bool(self.dates)),
            "asks_names": float(len(self.names)),
        } | {f"asks_{kind}": float(kind in kinds) for kind in TOLD_KINDS}

    def _lacks_form(self, quote: Quote) -> bool:
        claim = self.claim(quote)
        if self._refuted_by(claim):  # "no date has been set"
            return False
        if self.form.of_quantity and self.lacks_value(claim) and not self._tells_some_count(claim):
            return True
        if self.kinds and self.is_of_another(quote):
            return True
        return self.form.is_missing(claim, quote.article.published_on)

    def _names_several(self, quote: Quote) -> bool:
        claim = without_attribution(quote.sentence)
        return self._refuted_by(claim) or self.name.names_several(claim)

    def _lacks_figure(self, quote: Quote) -> bool:
        """Whether a sentence has no figure of the flow or stock that is searched for, or tells of another time."""
        claim = self.claim(quote)
        if self.figure.is_of_it(claim) and (self._refuted_by(claim) or self._tells_in_words(claim)):
            return False
        return self.figure.is_missing(claim) or self._time_lacking(claim, quote) > WITHIN

    def _lacks_flow(self, quote: Quote) -> bool:
        """Whether a sentence has no figure of what was shipped, or tells of other times only."""
        claim = self.claim(quote)
        if self._refuted_by(claim):
            return False
        is_told = tells_flow(claim) and (self._tells_in_words(claim) or find_values(claim, QUANTITIES, self._question))
        return not is_told or self._time_lacking(claim, quote) == 1.0

    def _lacks_reason(self, quote: Quote) -> bool:
        claim = without_attribution(quote.sentence)
        return not denies(claim) and not self.form.gives_reason(claim)

    def _tells_some_count(self, claim: str) -> bool:
        """Whether a count is asked for, and a claim has a number, of whatever: things go by many names."""
        return self.kinds == {"count"} and holds_count(claim, self._question)

    def is_of_another(self, quote: Quote) -> bool:
        """Whether elements are asked about, and a sentence names none of them: what it tells is of others."""
        return bool(self._elements) and self._elements <= self.names_lacking(quote)

    def lacks_name(self, quote: Quote) -> bool:
        """Whether a name is asked for, and a sentence has none of its sort."""
        claim = self.claim(quote)
        if self._refuted_by(claim):  # "issued by China and not by the US" needs no agency's name
            return False
        if self.name.of_a_source:
            claim = quote.sentence
        elif self.name.of_an_actor:  # "Reuters wrote that two firms …" names none of them
            claim = without_attribution(quote.sentence)
        return self.name.is_missing(claim, quote.article)

    def _refuted_by(self, claim: str) -> bool:
        """Whether a claim denies something, and the question does not: it may deny what the question presumes."""
        return denies(claim) and not self._denies

    def claim(self, quote: Quote) -> str:
        """What a sentence tells, without who reported it unless that is what is asked."""
        return quote.sentence if self._about_saying else without_attribution(quote.sentence)

    def names_lacking(self, quote: Quote) -> frozenset[str]:
        """The terms of the names asked about that neither a sentence nor the title of its article holds."""
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
        return frozenset(told) - frozenset(self._analyzer.terms(_COMMONPLACE)) - ALL_RARE_EARTHS

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
        """Whether the claim has no value of a kind asked for.

        One that denies what the question presumes, or tells that the value is kept secret, needs none.
        """
        if not self.kinds or self._refuted_by(claim) or _WITHHELD.search(claim):
            return False
        in_words = (self.kinds - {"date", "money"} or self._compares) and self._tells_in_words(claim)
        return not in_words and not find_values(claim, self.kinds, self._question, likewise=True)


def _asked_kinds(question: str) -> frozenset[ValueKind]:
    """The kinds of value asked for; "how many people" wants a count of them, and no other quantity will do."""
    kinds, counted = named_kinds(question), counted_words(question)
    if _OF_MANY.search(question):  # "98%" tells how many of them
        return kinds | {"count", "share"}
    if kinds == {"money"} and _ASKS_RISE.search(question):  # "by how much did prices rise?"
        return kinds | {"share"}
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
