"""What a question asks for that one sentence has to hold by itself.

Likeness is no answer: "how many people work at the plant" reads like a sentence on its tonnes. So the best sentence is
held against what the question names, the time it asks about, and the very thing that its question phrase asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer.attribution import asks_about_saying, without_attribution
from assistant.answer.follow_up.grammar import PREPOSITIONS, asked_thing, parse
from assistant.answer.kinds import wanted
from assistant.answer.quotes import Quote
from assistant.answer.relevance import denies, key_terms, may_hold, overlap
from assistant.answer.values import QUANTITIES, ValueKind, counted_words, find_values, named_kinds
from assistant.dates import find_dates
from assistant.periods import find_moments
from assistant.terms import TermAnalyzer
from assistant.types import Period

MOST_NAMES = 2.0
HALF = 0.5
# Kinds of answer that a question may want: they tell how far to trust a likeness.
TOLD_KINDS = ("date", "list", "money", "number", "reason", "share")
WITHIN, UNTOLD = 0.25, 0.5
_LEAST_STEM, _COMMON_STEM = 4, 5
_DATE_TERM = re.compile(r"\d{4}(?:-|$)")
_BARE_NUMBER = re.compile(r"[\d.]+\w{0,2}")
_MONTHS = "January February March April May June July August September October November December"
_SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
# "How many tonnes" asks for a weight, which is looked for as a value; the word itself need not be there.
_UNITS = "tonnes tons kilograms kg kilos percent percentage share day month year week date things amount number"
_IN_WORDS = re.compile(
    r"\b(?:half|halves|halved|third|quarter|fifth|tenth|two-thirds|doubled?|doubles|twice|no|none|nothing|single|zero|"
    r"all)\b",
    re.IGNORECASE,
)
_ACTORS = (
    r"(?:compan(?:y|ies)|firms?|banks?|(?:car|auto)?makers?|producers?|suppliers?|agenc(?:y|ies)|bod(?:y|ies)|institutes?|"
    r"officials?|ministers?|persons?|people|buyers?|customers?|bidders?|groups?|publishers?|investors?|senators?|"
    r"economists?)"
)
_ASKS_NAME = re.compile(
    rf"\bwho(?:m|se)?\b|\b(?:which|what)(?: are the names of)?(?: the)? (?:[\w'-]+ ){{0,3}}?{_ACTORS}\b|"
    r"\bnames? (?:the|of)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'&-]*[A-Za-z]")
_WORD = re.compile(r"[\w’'-]+")
_OPENS_WITHOUT_NAMING = frozenset("two three four five six several some only more most another".split())


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
        self.kinds = _asked_kinds(question)
        self.dates = tuple(mention.iso for mention in find_dates(question))
        self._terms = frozenset(analyzer.content_terms(question))
        # Nearly every article tells of China: naming it tells nothing apart.
        self._commonplace = frozenset(analyzer.terms(f"China {_MONTHS} {_SHORT_MONTHS}"))
        self.names = self._named_in(question)
        self._thing = self._asked_thing(question) - self.names
        self._wants_name = bool(_ASKS_NAME.search(question)) and not self.kinds
        self._words = frozenset(word.lower() for word in _WORD.findall(question))

    def unmet(self, quote: Quote) -> float:
        """How much of what is asked for a sentence lacks, from 0 (nothing) to 5.

        One for each name that neither sentence nor title holds, two at most; one for a value of the kind asked for;
        up to one for the time; a half for the word for what is asked; a half for a name where who or which firm is
        asked.
        Who reported the sentence, and when, meets no demand unless that is what is asked.
        """
        claim = quote.sentence if self._about_saying else without_attribution(quote.sentence)
        told = frozenset(self._analyzer.content_terms(claim))
        around = frozenset(self._analyzer.content_terms(f"{quote.article.title}. {quote.sentence}"))
        lacking = min(MOST_NAMES, len(unmatched(self.names, around))) + self._time_lacking(claim, quote)
        lacking += 1.0 if self.lacks_value(claim) else 0.0
        lacking += HALF * len(unmatched(self._thing, told)) / max(1, len(self._thing))
        return lacking + (HALF if self._wants_name and not self._brings_name(claim) else 0.0)

    def asked(self) -> dict[str, float]:
        """What sort of question it is: 0 or 1 each, ``asks_names`` the number of terms of names in it.

        Likeness is worth less where a reason or a person is asked than where a list is.
        """
        kinds = wanted(self._question).kinds
        return {
            "asks_value": float(bool(self.kinds)),
            "asks_who": float(self._wants_name),
            "asks_of_a_time": float(bool(self.dates)),
            "asks_names": float(len(self.names)),
        } | {f"asks_{kind}": float(kind in kinds) for kind in TOLD_KINDS}

    def _named_in(self, question: str) -> frozenset[str]:
        """Terms of the names asked about, and of things of known kinds; no bare numbers, dates or months."""
        kinded = {term for term in self._terms if self._analyzer.kind(term)}
        named = (kinded | set(key_terms(question, self._analyzer))) & self._terms
        told = {term for term in named if not (_DATE_TERM.match(term) or _BARE_NUMBER.fullmatch(term))}
        return frozenset(told) - self._commonplace

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

    def lacks_value(self, claim: str) -> bool:
        """Whether the claim has no value of a kind asked for; one that denies the question's premise needs none."""
        if not self.kinds or (denies(claim) and not self._denies):
            return False
        in_words = self.kinds - {"date", "money"} and _IN_WORDS.search(claim)
        return not in_words and not find_values(claim, self.kinds, self._question)

    def _brings_name(self, claim: str) -> bool:
        """Whether the claim names somebody whom the question does not."""
        return any(self._is_new_name(match) for match in _NAME.finditer(claim))

    def _is_new_name(self, match: re.Match[str]) -> bool:
        word = match[0].lower()
        if word in self._words or (match.start() == 0 and word in _OPENS_WITHOUT_NAMING):
            return False
        terms = frozenset(self._analyzer.content_terms(match[0])) - self._terms - self._commonplace
        return any(self._analyzer.kind(term) != "places" for term in terms)


def _asked_kinds(question: str) -> frozenset[ValueKind]:
    """The kinds of value asked for; "how many people" wants a count of them, and no other quantity will do."""
    kinds = named_kinds(question)
    return frozenset({"count"}) if kinds >= QUANTITIES and counted_words(question) else kinds


def unmatched(asked: Iterable[str], told: frozenset[str]) -> frozenset[str]:
    """The terms asked for that are not told, in another form of the word either ("signature", "signed")."""
    return frozenset(term for term in asked if term not in told and not any(_is_kin(term, other) for other in told))


def _is_kin(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _LEAST_STEM and longer.startswith(shorter):
        return True
    return len(shorter) > _COMMON_STEM and one[:_COMMON_STEM] == other[:_COMMON_STEM]
