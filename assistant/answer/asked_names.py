"""Which name a question asks for, of whom or of where, and whether a sentence brings one."""

from __future__ import annotations

import re

from assistant.answer.asking import asking_part
from assistant.terms import PLACES_KIND, TermAnalyzer
from assistant.types import Article

MONTHS = (
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_ACTORS = (
    r"(?:compan(?:y|ies)|firms?|banks?|(?:car|auto)?makers?|producers?|suppliers?|agenc(?:y|ies)|bod(?:y|ies)|institutes?|"
    r"officials?|ministers?|persons?|people|buyers?|customers?|bidders?|groups?|publishers?|investors?|senators?|"
    r"economists?|authorit(?:y|ies)|ministr(?:y|ies)|departments?|organi[sz]ations?|associations?|miners?|traders?|"
    r"manufacturers?|analysts?|experts?|specialists?|commissioners?|executives?|boss(?:es)?|newspapers?|members?|"
    r"lawmakers?|politicians?|sponsors?|shareholders?|lenders?|sellers?|partners?|applicants?|researchers?|scientists?|"
    r"lawyers?|owners?)"
)
_SOMEBODY = re.compile(
    rf"\b(?:{_ACTORS}|the state|governments?|councils?|commissions?|presidents?|premier|courts?|parliament|army|"
    r"militar(?:y|ies)|offices?|users?|exporters?|importers?|holders?|nobody|no one)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bwho(?:['’]s| (?:is|are|was|were|chairs?|chaired|heads?|headed|leads?|led|runs?|ran|signed|said|called|wrote|"
    r"founded))\b",
    re.IGNORECASE,
)
_PLACE = r"(?:country|nation|state|city|town|province|port|site|region|place|district|harbou?r|location)"
_PLACES = (
    r"(?:countries|nations|states|cities|towns|provinces|ports|sites|regions|places|districts|harbou?rs|locations)"
)
_WORD_BEFORE = r"(?:(?!(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|must|may|should)\b)[\w'-]+ )"
_WHICH = (
    rf"\b(?:which(?: are the names of)?(?: the)? {_WORD_BEFORE}{{0,3}}?|what {_WORD_BEFORE}?|"
    rf"names? (?:the|of)(?: the)? {_WORD_BEFORE}{{0,3}}?|"
    rf"^\W*(?:please )?(?:name|list) (?:all |some |any )?(?:the )?{_WORD_BEFORE}{{0,3}}?)"
)
_ASKS_ACTOR = re.compile(rf"{_WHICH}{_ACTORS}\b", re.IGNORECASE)
# "Which country's companies", "which groups of goods".
_NO_ACTOR = re.compile(r"\bcountr(?:y['’]s|ies['’])|\bgroups? of\b", re.IGNORECASE)
# "Which 16 firms?", "Name the nine partners": a sentence that only counts them names none.
_COUNTED = re.compile(
    # "When did China list 40 entities?" asks for no list.
    r"(?:\b(?:which|who (?:are|were)|names(?: of)?|what are)|"
    r"(?:^\W*|[.!?;:,]\s*|\b(?:please|you|me|to)\s)(?:list|name))"
    r"(?: the names of)?(?: the)? "
    r"(?:[1-9]\d{0,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|sixteen|twenty) "
    rf"(?:[\w'-]+ ){{0,3}}?(?:{_ACTORS}|countries|nations|allies|entities|states|projects|mines|plants|names)\b"
    r"(?! of (?:\w+ )?(?:goods|items|products))",
    re.IGNORECASE,
)
_LEAST_NAMED = 2
_TELLS = re.compile(
    r"\b(?:newspapers?|publishers?|associations?|law firms?|analysts?|experts?|economists?|specialists?|institutes?|"
    r"agenc(?:y|ies)|bod(?:y|ies)|banks?)\b",
    re.IGNORECASE,
)
# "Who must apply?" is answered by a sort of people.
_ASKS_WHO = re.compile(
    r"\bwho(?:m|se)?\b(?! (?:else |in [\w']+ )?(?:must|may|can|could|would|should|needs?|has to|have to|is allowed)\b)",
    re.IGNORECASE,
)
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
# "Where does the word come from?" is answered by no place.
_WHERE = re.compile(
    r"\bwhere(?: in [\w ]{2,40}?)? (?:is|are|was|were|will|has|have|do|does|did) .*\b(?:buil[dt]|made?|make|produced?|"
    r"based|located|stored?|held|sited|mined?|process(?:ed)?|refined?|manufactured?|opened|signed|meet|met|planned|"
    r"take place|took place|headquartered|get|buy|operate)\b",
    re.IGNORECASE,
)
_WHERE_IS = re.compile(
    r"\bwhere(?:['’]s| is| are| was| were) [^?]*\b(?:plant|mine|factory|works|refinery|deposit|project|site|stockpile|"
    r"headquarters|facility|smelter|laboratory|cent(?:re|er))s?\W*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:He|She|They|It|His|Her|Their|Its)\b")
_OF_A_LEVEL = re.compile(r"\b(?:rate|price|index|tariff|level|stand|status)s?\b", re.IGNORECASE)
_ASKS_ONE_PLACE = re.compile(rf"{_WHICH}{_PLACE}\b", re.IGNORECASE)
_ASKS_PLACES = re.compile(rf"{_WHICH}{_PLACES}\b", re.IGNORECASE)
_AT_A_PLACE = re.compile(r"\b(?:in|at|near|from|to|off|of|around|into|outside) (?:the )?$")
# A run of names is one: "South Korean" is a place, "South" alone would be none.
_NAME = re.compile(r"\b[A-Z][\w’'&-]*[A-Za-z](?: [A-Z][\w’'&-]*[A-Za-z])*")
# "Chinese makers" names nobody, "China" does.
_NATIONALITY = re.compile(r"(?:ese|ish|[ei]an|can|French|Dutch|German|Thai)$")
_OPENS_WITHOUT_NAMING = frozenset("two three four five six several some only more most another".split())


class AskedName:
    """The name that a question asks for, if it asks for one.

    Attributes:
        of_somebody: who, or which firm or body.
        of_an_actor: which firm, body or sort of person.
        of_a_person: who holds an office, or said or signed something.
        of_a_source: which of those who report or explain.
        of_one_who_acts: who, or which source.
        of_several: a number of them by name.
        of_a_place: where, or which country or town.

    Args:
        question: standing alone.
        analyzer: how text becomes terms.
    """

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        asking = asking_part(question)
        self._who = bool(_WHO.search(asking) and _ASKS_WHO.search(question))
        self.of_a_person = bool(_PERSON.search(question))
        self.of_an_actor = bool(_ASKS_ACTOR.search(asking)) and not _NO_ACTOR.search(question)
        self.of_a_source = self.of_an_actor and bool(_TELLS.search(asking))
        self._places = not self.of_an_actor and bool(_ASKS_PLACES.search(asking))
        somewhere = _WHERE_IS.search(question) or (_WHERE.search(question) and not _OF_A_LEVEL.search(question))
        where = asking.lower().endswith("where") and somewhere
        self.of_somebody = self._who or self.of_an_actor
        self.of_several = bool(_COUNTED.search(question))
        self.of_one_who_acts = self._who or self.of_a_source
        self.of_a_place = not self.of_an_actor and bool(self._places or where or _ASKS_ONE_PLACE.search(asking))
        self._analyzer = analyzer
        self._china = frozenset(analyzer.terms("China"))
        self._held = frozenset(analyzer.content_terms(question)) | frozenset(analyzer.terms(MONTHS))

    @property
    def is_asked(self) -> bool:
        """Whether a name is asked for at all."""
        return self.of_somebody or self.of_a_place

    def is_missing(self, claim: str, article: Article) -> bool:
        """Whether a name is asked for, and a claim of an article has none of its sort that the question lacks.

        A claim on "he" or "it" is one on what the title of its article names.
        """
        if not self.is_asked or not any(map(str.isupper, claim)):  # a text without capitals shows no names
            return False
        if _PRONOUN.match(claim):
            claim = f"{article.title}: {claim}"
        # "Two state groups": who, though not by name.
        if self._who and not self.of_an_actor and _SOMEBODY.search(claim):
            return False
        return not any(self._answers(match, article.text) for match in _NAME.finditer(claim))

    def names_several(self, claim: str) -> bool:
        """Whether a claim has two names or more that the question lacks."""
        terms = (frozenset(self._analyzer.content_terms(match[0])) for match in _NAME.finditer(claim))
        return sum(bool(found - self._held - self._china) for found in terms) >= _LEAST_NAMED

    def _answers(self, name: re.Match[str], text: str) -> bool:
        words, before = name[0].split(), name.string[: name.start()]
        if name.start() == 0 and _only_opens(words[0], text):
            words, before = words[1:], f"{words[0].lower()} "  # "In Busan"
        new = frozenset(self._analyzer.content_terms(" ".join(words))) - self._held
        places = {term for term in new if self._is_a_place(term)}
        if not self.of_a_place:
            somebody = new if self._who and not self.of_a_person and not _NATIONALITY.search(name[0]) else new - places
            return bool(somebody)
        stands = name.start() > 0 if self._places else _AT_A_PLACE.search(before)
        return bool(places or (new and stands))

    def _is_a_place(self, term: str) -> bool:
        return self._analyzer.kind(term) == PLACES_KIND or term in self._china


def _only_opens(word: str, text: str) -> bool:
    """Whether a word has its capital letter from the start of a sentence: the text has it in small letters too."""
    small = word.lower()
    return small in _OPENS_WITHOUT_NAMING or re.search(rf"(?<![\w-]){re.escape(small)}(?![\w-])", text) is not None
