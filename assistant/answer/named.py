"""Names in a text: capitalised words, known aliases, elements, and the roles that prepositions give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.terms import FUNCTION_WORDS, TermAnalyzer

NameKind = Literal["places", "elements", "names"]

_LOWER_CASE_NAMES = re.compile(
    r"\b(?:(?:chinese |china's |china’s )?commerce ministry|(?:chinese )?customs administration|"
    r"defen[cs]e department)\b"
)
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][\w&’']*(?:\.[A-Z]\.?)*(?:-[A-Z]\w*)?(?:-\w+)?")
_SEQUENCE = re.compile(r"[A-Z]\w*(?:\s(?:of\s|for\s|and\s|the\s|on\s)*[A-Z]\w*){2,6}")
_COMPANY = re.compile(r"\b(?P<country>[A-Z][\w.]*) Rare Earths?\b")
_CHAIN = re.compile(r"\s(?:of\s|for\s|the\s|of\sthe\s)?")
_NAME_WORD = re.compile(r"(?<![^\W_])[A-Z]\w+")
_POSSESSIVE = re.compile(r"['’]s?$")
_LOWER_WORD = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*(?![\w])")
_ROLE = re.compile(
    r"\b(?P<role>from|to|by|into|for)\s(?:(?:the|its|an?|most|all|some|other|listed|buyers in|companies in|"
    r"customers in|"
    r"users in|firms in|state-owned)\s)*(?:(?:[A-Z][\w.&’'-]*|and|or|[a-z]+-[a-z]+)(?:,)?\s)*$"
)
_OPENS = re.compile(r"(?:^|[.?!:;\"“(])\s*$")
_ACTS = re.compile(
    r"\b(?:did|does|do|is|are|was|were|has|have|had|will)\s(?:the\s)?(?P<name>[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*)*)"
)
_LEAST_SPELLED = 4
_LEAST_ABBREVIATED = 3
# "MOFCOM Announcement No. 1" is no MAN.
_NUMBERING = frozenset("announcement announcements notice order no nos section clause article annex".split())
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
# Capitalised in headlines and titles of office; they name nothing by themselves.
_PLAIN = _NUMBERING | frozenset(
    "january i ii iii mr ms mrs dr rare earth earths q1 q2 q3 q4 h1 h2 ai president state minister regulation act "
    "rule".split()
)
# Words that open sentences; a capital there tells nothing. What is not listed counts as a name.
_OPENERS = (
    frozenset(
        """
    access accession account accounts action actions additional affiliates aid aim aims allowing almost already amid
    amounts analysts annual another anyone applicants application applications approval approvals approximately
    authorities automakers average bans battery batteries behind below beyond bilateral black border buyers buying
    capacity carmakers cargo cargoes centrifugal chief civil civilian classified clients code codes combined commerce
    commercial companies company compared compliance concentrates concerns consultation consumers contracts control
    controls copies cost costs countries court coverage critical cuts cumulative curbs current customers customs data
    deadline dealers deals decisions decline deliveries delivery demand details development diplomats domestic dual
    duties duty earlier early east eight elements eleven embassy end enforcement entities entry equipment estimates
    even events every everything existing experts export exporters exporting exports extraction factories failure
    fewer fifteen fifty figures final financing firms first five following foreign forty four fourteen fourth
    framework full funding further furnaces global goods government governments graphite green growth half heavy
    higher holders holding household imported importers importing imports including increased individual industry
    information inside instead international inventories investment investors issued issues items joint just key
    large largest last late later launched lawyers leading less licence licences license licenses licensing light
    lists loans local long lower magnet magnets makers making manufacturers manufacturing many market markets material
    materials measures meeting metal metals military mine miners mines mining ministers ministry minimum month monthly
    months more most national nearly negotiations negotiators neither new news nine nineteen nobody none non nothing
    officials one ongoing only operators orders ores other output outside over overall overseas own owners oxide oxides
    part partners parts past payments penalties people per permanent permits permission places plans plants policy
    preparations president previous price prices private processing processors producers product production products
    progress prohibited projects proposals provincial public purchases purchasing quota quotas rare rates raw recent
    records recovery recycling reduced refineries refiners refining refusal regulations regulators related relations
    remaining reports representatives requirements research reserves respectively restrictions results roughly rules
    sales samples sanctions scrap sea second sellers selling senior separate separation seven several shares shipments
    shipping shippers shortage shortages similar since single six sixteen small smelting so some sources south special
    spokespeople spot staff starting state states stocks strategic subsidiaries such superhard suppliers supplies
    supply support suspended suspension talks tariff tariffs tax technical technologies technology ten terms test texts
    thanks third thirteen thirty three tighter today together tonnes total towards trade traders trading traffic
    transfers transport treatment twelve twenty twice two under unless unlike until users using validity value
    vessels violations volume volumes whoever wholesale wire within without workers world year yearly years zero
    """.split()
    )
    | FUNCTION_WORDS
)


def proper_names(text: str) -> frozenset[str]:
    """The capitalised words within sentences, in small letters: "nexperia", "toyota"; no initials, months or titles."""
    within = (match[0] for match in _CAPITALISED.finditer(text) if not _OPENS.search(text[: match.start()]))
    words = (word for name in within for word in _POSSESSIVE.sub("", name).split("-"))
    spelled = {word.lower() for word in words if len(word) >= _LEAST_SPELLED and word[1:].islower()}
    return frozenset(spelled - _CALENDAR - _PLAIN)


def acting_names(question: str, analyzer: TermAnalyzer) -> tuple[str, ...]:
    """The names that a question asks to have done something: "Global Witness" of "What did Global Witness find?".

    Names of places, elements and the like, and those that are other wordings of a known name, are left out.
    """
    runs = (_POSSESSIVE.sub("", match["name"]) for match in _ACTS.finditer(question))
    return tuple(run for run in runs if proper_names(f"x {run}") and not _is_known(run, analyzer))


def _is_known(name: str, analyzer: TermAnalyzer) -> bool:
    # "the Germans" are known by "German".
    one = name.removesuffix("s")
    terms = {*analyzer.content_terms(name), *analyzer.content_terms(one)}
    return analyzer.canonical(name) != name or any(analyzer.kind(term) for term in terms)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as ``text[start:end]`` words it.

    Attributes:
        keys: the terms that stand for it in every wording.
        opens: it is the first word of a sentence and may be no name.
        role: the preposition before it ("from", "to", "by"), empty for none.
    """

    keys: tuple[str, ...]
    kind: NameKind
    opens: bool
    role: str
    words: str
    start: int
    end: int

    @property
    def may_be_no_name(self) -> bool:
        """Whether only its place gives it a capital: "Exports" where a sentence opens."""
        return self.opens and self.words.lower() in _OPENERS and not (len(self.words) > 1 and self.words.isupper())


class NameFinder:
    """Finds names; words that mean the same get the same keys through ``analyzer``."""

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._keys = lru_cache(maxsize=8_192)(analyzer.terms)
        self._canonical = lru_cache(maxsize=8_192)(analyzer.canonical)
        self._china = frozenset(analyzer.terms("china"))

    def terms(self, text: str) -> frozenset[str]:
        """Every term that ``text`` holds, and the abbreviations of the names that it spells out."""
        # As written too: "Trump" of "Trump-Xi meeting", which as a whole is the name of an event.
        held = frozenset(self._keys(text)) | _initials(text) | capitalised(text)
        held |= {match[0].lower() for match in _COMPANY.finditer(text)}
        return held

    def names(self, text: str, taken: Sequence[tuple[int, int]]) -> tuple[Name, ...]:
        """The names of ``text`` in order, outside the stretches ``taken`` by dates, amounts and codes."""
        found = [*self._capitalised(text, taken), *self._elements(text), *self._companies(text)]
        return tuple(sorted(found, key=lambda name: name.start))

    def _capitalised(self, text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Name]:
        words = [
            match
            for match in _CAPITALISED.finditer(text)
            if not any(match.start() < end and start < match.end() for start, end in taken)
        ]
        place = 0
        while place < len(words):
            length = self._alias_length(text, words[place : place + 6])
            last = words[place + length - 1]
            yield from self._name(text, words[place].start(), last.end(), is_alias=length > 1)
            place += length
        for match in _LOWER_CASE_NAMES.finditer(text):
            yield from self._name(text, match.start(), match.end(), is_alias=True)

    def _alias_length(self, text: str, words: Sequence[re.Match[str]]) -> int:
        """How many of the words make one known name ("Ministry of Commerce"), 1 when none do."""
        for length in range(len(words), 1, -1):
            joins = (text[one.end() : two.start()] for one, two in pairwise(words[:length]))
            if all(_CHAIN.fullmatch(join) for join in joins):
                wording = text[words[0].start() : words[length - 1].end()]
                canonical = self._canonical(wording)
                if canonical == canonical.lower() and " of " not in canonical[: len(canonical) // 2]:
                    return length
        return 1

    def _name(self, text: str, start: int, end: int, is_alias: bool) -> Iterator[Name]:
        words = text[start:end]
        parts = [(0, words)] if is_alias else [(m.start(), m[0]) for m in re.finditer(r"[A-Z][\w&’'.]*", words)]
        for offset, part in parts:
            plain = _POSSESSIVE.sub("", part).rstrip(".") if not is_alias and part not in ("U.S.", "U.K.") else part
            keys = self._keys(plain)
            if not keys or plain.lower() in _CALENDAR | _PLAIN or (len(plain) == 1 and keys == (plain.lower(),)):
                continue
            first = start + offset
            yield Name(keys, self._kind(keys), _opens(text, first), _role(text, first), plain, first, first + len(part))

    def _companies(self, text: str) -> Iterator[Name]:
        """Companies named after a country: "USA Rare Earth" is neither the country nor its rare earths."""
        for match in _COMPANY.finditer(text):
            if self._kind(self._keys(match["country"])) == "places":
                yield Name((match[0].lower(),), "names", False, "", match[0], match.start(), match.end())

    def _elements(self, text: str) -> Iterator[Name]:
        for match in _LOWER_WORD.finditer(text):
            for part in match[0].split("-"):
                keys = self._keys(part)
                if len(keys) == 1 and self._analyzer.kind(keys[0]) in ("elements", "places"):
                    yield Name(keys, self._kind(keys), False, "", part, match.start(), match.end())

    def _kind(self, keys: Sequence[str]) -> NameKind:
        kinds = {self._analyzer.kind(key) for key in keys}
        if "places" in kinds or self._china == frozenset(keys):
            return "places"
        return "elements" if "elements" in kinds else "names"


def is_missing(name: Name, held: frozenset[str], initials: frozenset[str]) -> bool:
    """Whether texts with the terms ``held`` do not name it; ``initials`` are those of the sentence's own names."""
    if all(key in held for key in name.keys) or name.may_be_no_name:
        return False
    return name.words.lower() not in initials | held


def capitalised(text: str) -> frozenset[str]:
    """The words of ``text`` that begin with a capital, in small letters."""
    return frozenset(word.lower() for word in _NAME_WORD.findall(text))


def spelled_out(text: str, written: frozenset[str]) -> frozenset[str]:
    """The words of names that ``text`` spells out and the other side abbreviates ("International Energy Agency").

    Args:
        written: the capitalised words of the other side as it writes them. What it spells out itself is not
            abbreviated for it: two names are not one because they begin with the same letters.
    """
    found: set[str] = set()
    for match in _SEQUENCE.finditer(text):
        for run in _runs(match[0]):
            if "".join(word[0] for word in run).lower() in written:
                found.update(word.lower() for word in run)
    return frozenset(found)


def _initials(text: str) -> frozenset[str]:
    """Abbreviations of the names of three words and more that ``text`` spells out."""
    runs = (run for match in _SEQUENCE.finditer(text) for run in _runs(match[0]))
    return frozenset("".join(word[0] for word in run).lower() for run in runs)


def _runs(sequence: str) -> Iterator[list[str]]:
    """Neighbouring words of a sequence, three and more, that an abbreviation can stand for: none that numbers a law."""
    words = re.findall(r"[A-Z]\w*", sequence)
    for start in range(len(words)):
        for stop in range(start + _LEAST_ABBREVIATED, len(words) + 1):
            run = words[start:stop]
            if _NUMBERING.isdisjoint(word.lower() for word in run):
                yield run


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(' "“‘(')
    return not before or before[-1] in ".!?:"


def _role(text: str, start: int) -> str:
    match = _ROLE.search(text[max(0, start - 80) : start])
    if match is None:
        return ""
    return {"into": "to", "for": ""}.get(match["role"], match["role"])
