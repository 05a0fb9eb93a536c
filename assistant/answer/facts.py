"""Facts: every number, date, name and negation of a sentence must be told by the passages it cites.

What is compared is the fact, not its wording: "1,238 t" is "1238 tonnes", MOFCOM the Ministry of Commerce, and
"November 2025" is told by "7 November 2025", never the other way round. Rules decide, so that one altered
fact does not pass however much else agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer.amounts import Amount, Identifier, find_amounts, find_identifiers
from assistant.answer.named import Name, NameFinder, capitalised, is_missing, spelled_out
from assistant.answer.pairing import Actor, Mark, swapped, turned_role, wrong_pair
from assistant.answer.senses import SenseChecker
from assistant.answer.told_times import ToldTime, told_times
from assistant.dates import DAY_LENGTH
from assistant.ingest.sentences import split_sentences
from assistant.terms import TermAnalyzer
from assistant.types import Citation

_REPORTING = (
    r"(?:has |had |have )?(?:report(?:ed|s)?|wrote|writes|said|says|noted|notes|told|found|writing|put|puts|described|"
    r"describes|estimated|estimates|published|explained|explains|gave|gives|counted|argued|added|stated|states)"
)
_BESIDE = re.compile(r",?\s?(?:on|in|of|dated)?\s?,?(?:\s?that)?\s?", re.I)
_OPENS_CLAUSE = re.compile(r"(?:.*[,;]\s)?(?:on|in)\s", re.I)
_ANCHOR_KINDS = ("places", "elements", "names", "times", "identifiers", "things", "wholes", "bases")


@dataclass(frozen=True, slots=True)
class Told:
    """One text taken apart."""

    text: str
    times: tuple[ToldTime, ...]
    identifiers: tuple[Identifier, ...]
    amounts: tuple[Amount, ...]
    names: tuple[Name, ...]

    @property
    def count(self) -> int:
        """How many facts the text tells."""
        named = sum(not name.may_be_no_name for name in self.names)
        return len(self.times) + len(self.identifiers) + len(self.amounts) + named


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What of a sentence's facts the evidence tells.

    Attributes:
        share: facts found by facts told, 1 when the sentence tells none.
        missing: what is not found or does not agree, each as part of a sentence.
    """

    share: float
    missing: tuple[str, ...]


class FactChecker:
    """Holds the facts of a sentence against those of its citations."""

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._names = NameFinder(analyzer)
        self._senses = SenseChecker(analyzer)

    def check(self, sentence: str, cited: Sequence[Citation]) -> FactCheck:
        """Which facts of the sentence its citations do not tell; an empty sentence tells none."""
        quotes = [" ".join(citation.quote.split()) for citation in cited]
        attributed = _attribution(sentence, cited)
        mine = _outside(self._taken_apart(sentence), attributed.stretches)
        theirs = [self._taken_apart(piece) for quote in quotes for piece in _pieces(quote)]
        absent = [
            *_missing_identifiers(mine, theirs),
            *_missing_amounts(mine, theirs),
            *_missing_times(mine, theirs, attributed),
            *self._missing_names(mine, quotes, attributed),
        ]
        wrong = list(absent)
        if not wrong:
            wrong = [*self._wrong_pairs(mine, theirs), *self._swapped(mine, theirs)]
        if not wrong and (conflict := self._senses.conflict(attributed.without(sentence), quotes)):
            wrong = [conflict]
        share = 1.0 - len(absent) / mine.count if mine.count else 1.0
        return FactCheck(max(0.0, share), tuple(wrong))

    def _taken_apart(self, text: str) -> Told:
        times = told_times(text)
        taken = [(time.start, time.end) for time in times]
        identifiers = tuple(one for one in find_identifiers(text) if not _inside(one.start, one.end, taken))
        taken += [(one.start, one.end) for one in identifiers]
        amounts = find_amounts(text, taken)
        taken += [(one.start, one.end) for one in amounts if any(letter.isdigit() for letter in one.words)]
        return Told(text, times, identifiers, amounts, self._names.names(text, taken))

    def _missing_names(self, mine: Told, quotes: Sequence[str], attributed: Attribution) -> Iterator[str]:
        sources = [*quotes, *attributed.publishers]
        held = frozenset().union(*map(self._names.terms, sources))
        spelled = spelled_out(mine.text, frozenset().union(*map(capitalised, sources)))
        for name in mine.names:
            if is_missing(name, held, spelled):
                yield f"the name {name.words!r} is not in the cited passage"

    def _wrong_pairs(self, mine: Told, theirs: Sequence[Told]) -> Iterator[str]:
        values = [*_values(mine)]
        for family in dict.fromkeys(value.family for value in values):
            own = [value for value in values if value.family == family]
            for kind in _ANCHOR_KINDS:
                evidence = [*_evidence(theirs, family, kind)]
                competing = {value.key for _, told, _ in evidence for value in told}
                # One value alone can be given to the wrong time, hardly to the wrong one of several names.
                if (family == "days" and kind in ("times", "bases", "names")) or (
                    kind not in ("times", "bases") and len(competing) < 2
                ):
                    continue
                if wrong := wrong_pair(mine.text, own, _anchors(mine, kind), evidence):
                    yield f"the cited passage does not give {wrong[0].words!r} for {wrong[1].words!r}"

    def _swapped(self, mine: Told, theirs: Sequence[Told]) -> Iterator[str]:
        actors, told = _actors(mine), [(one.text, _actors(one)) for one in theirs]
        if pair := swapped(mine.text, actors, told, self._analyzer.content_terms):
            yield f"{pair[0].words!r} and {pair[1].words!r} have changed places"
        elif turned := turned_role(actors, [one for _, one in told]):
            yield f"{turned.words!r} stands on the other side in the cited passage"


def _outside(told: Told, stretches: Sequence[tuple[int, int]]) -> Told:
    """What is told but for the publishers' own names: "FOX 5" is no five."""
    return replace(
        told,
        identifiers=tuple(one for one in told.identifiers if not _inside(one.start, one.end, stretches)),
        amounts=tuple(one for one in told.amounts if not _inside(one.start, one.end, stretches)),
        names=tuple(one for one in told.names if not _inside(one.start, one.end, stretches)),
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """The publishers that a sentence names as its source, with the stretch that does so and their dates."""

    sentence: str
    stretches: tuple[tuple[int, int], ...]
    publishers: tuple[str, ...]
    dates: tuple[str, ...]

    def covers(self, time: ToldTime) -> bool:
        """Whether a time is one of the dates of publication and stands in an attribution."""
        beside = any(self._dates(time, start, end) for start, end in self.stretches)
        return beside and any(iso.startswith(time.from_) and time.from_ == time.until for iso in self.dates)

    def _dates(self, time: ToldTime, start: int, end: int) -> bool:
        """Whether a time stands right behind the attribution, or before it where the sentence or clause opens."""
        if end <= time.start:
            return bool(_BESIDE.fullmatch(self.sentence[end : time.start]))
        opens = _OPENS_CLAUSE.fullmatch(self.sentence[: time.start])
        names_itself = not re.match(r"[\s,]*according", self.sentence[start:end], re.I)
        return bool(opens and names_itself and _BESIDE.fullmatch(self.sentence[time.end : start]))

    def without(self, sentence: str) -> str:
        """The sentence without the words that only name its source."""
        for start, end in sorted(self.stretches, reverse=True):
            sentence = f"{sentence[:start]} {sentence[end:]}"
        return " ".join(sentence.split())


def _attribution(sentence: str, cited: Sequence[Citation]) -> Attribution:
    stretches, publishers, dates = [], [], []
    for citation in cited:
        for wording in _wordings(citation.publisher):
            for match in re.finditer(_attributing(wording), sentence):
                stretches.append(match.span())
                publishers.append(wording)
                dates += [citation.published_on] if citation.published_on else []
    return Attribution(
        sentence, tuple(dict.fromkeys(stretches)), tuple(dict.fromkeys(publishers)), tuple(dict.fromkeys(dates))
    )


def _wordings(publisher: str) -> list[str]:
    """The publisher's name, and the names in and before its brackets: "Newsmax (Reuters)" is either."""
    parts = [part.strip() for part in re.split(r"[()]", publisher) if part.strip()]
    parts += [part.removeprefix("The ") for part in parts if part.startswith("The ")]
    return sorted({publisher, *parts}, key=len, reverse=True)


def _attributing(wording: str) -> str:
    name = rf"(?:[Tt]he )?{re.escape(wording)}"
    return (
        rf",?\s?\b(?:[Aa]ccording to|[Aa]s|reported by|in|by|per|from|told) {name}(?:['’]s? (?:report|article|"
        rf"account|digest|figures))?"
        rf"(?: {_REPORTING})?(?!\w)|(?<!\w){name},? {_REPORTING}(?:\sthat)?(?!\w)"
    )


def _pieces(quote: str) -> list[str]:
    return [span.of(quote) for span in split_sentences(quote, "en")]


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in taken)


def _missing_identifiers(mine: Told, theirs: Sequence[Told]) -> Iterator[str]:
    keys = {one.key for told in theirs for one in told.identifiers}
    for one in mine.identifiers:
        # A code is carried by one that says more: "1E902" by "1E902.a".
        if one.key not in keys and not any(key.startswith(f"{one.key}.") for key in keys):
            yield f"{one.words!r} is not in the cited passage"


def _missing_amounts(mine: Told, theirs: Sequence[Told]) -> Iterator[str]:
    amounts = [amount for told in theirs for amount in told.amounts]
    for one in mine.amounts:
        if not one.implied and not any(one.carried_by(amount) for amount in amounts):
            yield f"the number {one.words!r} is not in the cited passage"


def _missing_times(mine: Told, theirs: Sequence[Told], attributed: Attribution) -> Iterator[str]:
    for time in mine.times:
        if attributed.covers(time):
            continue
        carriers = [other for told in theirs for other in told.times if time.carried_by(other)]
        carriers = [other for other in carriers if _has_year(time, other, theirs)]
        if not carriers:
            yield f"the date {time.words!r} is not in the cited passage"
        elif all(other.reported for other in carriers) and not time.reported:
            yield f"the date {time.words!r} is that of a report in the cited passage"
        elif time.reported and not any(other.reported for other in carriers):
            yield f"the date {time.words!r} is not that of a report in the cited passage"
        elif mine.amounts and len(time.from_) == 4 and all(len(other.from_) == 7 for other in carriers):
            yield f"the cited passage tells of a month where the sentence says {time.words!r}"


def _has_year(time: ToldTime, other: ToldTime, theirs: Sequence[Told]) -> bool:
    """A year that the sentence names must be the only one of the passage where the date there has none."""
    if time.yearless or not other.yearless:
        return True
    return {told_time.year for told in theirs for told_time in told.times if told_time.year} == {time.year}


def _values(told: Told) -> Iterator[Mark]:
    for amount in told.amounts:
        if amount.dimension != "ordinal" and not amount.implied:
            yield Mark(amount.dimension, f"{amount.value:.6g}", amount.start, amount.end, amount.words)
    for time in told.times:
        if len(time.from_) == DAY_LENGTH and not time.reported:
            yield Mark("days", time.from_, time.start, time.end, time.words)


_COMPARED = re.compile(
    r"\b(?:below|above|than|from|against|versus|over|(?:up|down) on|compared (?:with|to))\s(?:in\s|that of\s|the\s)*$",
    re.I,
)
_REPORTS_AFTER = re.compile(rf"(?:['’]s)?(?:\s(?:of\s|the\s)?[A-Z][\w.]*){{0,3}},?\s{_REPORTING}\b")
_SOURCE_BEFORE = re.compile(r"\b(?:according to|reported by|citing|quoted by)\s(?:the\s)?(?:[A-Z][\w.]*\s){0,3}$", re.I)
_WHOLE = re.compile(
    r"(?:%|per ?cent|tonnes|tons|t|kg) of (?:the |its |all |global |world |world's |chinese |china's )*([a-z-]+)", re.I
)
_THING_WORDS = re.compile(
    r"\b(?P<mining>mining|mined|mine output)\b|\b(?P<refining>refin\w+|process\w*)\b|\b(?P<magnet>magnets?)\b|"
    r"\b(?P<oxide>oxides?)\b|\b(?P<recycling>recycl\w+)\b|\b(?P<price>prices?)\b|\b(?P<alloy>alloys?)\b",
    re.I,
)


def _anchors(told: Told, kind: str) -> list[Mark]:
    """What values may belong to: times, what they are compared with, instruments, things, wholes, or names of a "
    "kind."""
    finder = {
        "times": _time_anchors, "bases": _bases, "identifiers": _instruments, "things": _things, "wholes": _wholes,
    }.get(kind)  # fmt: skip
    return [*finder(told)] if finder else [*_name_anchors(told, kind)]


def _time_anchors(told: Told) -> Iterator[Mark]:
    for time in told.times:
        if not time.reported and len(time.from_) >= 7:
            key = (time.from_[-5:] if time.yearless else time.from_, time.until)
            yield Mark("times", key, time.start, time.end, time.words)


def _bases(told: Told) -> Iterator[Mark]:
    """The times that a change is measured against."""
    for time in told.times:
        if not time.reported and _COMPARED.search(told.text[: time.start]):
            yield Mark("bases", (time.from_, time.until), time.start, time.end, time.words)


def _instruments(told: Told) -> Iterator[Mark]:
    for one in told.identifiers:
        yield Mark("identifiers", one.key, one.start, one.end, one.words)


def _things(told: Told) -> Iterator[Mark]:
    for match in _THING_WORDS.finditer(told.text):
        yield Mark("things", match.lastgroup or "", match.start(), match.end(), match[0])


def _wholes(told: Told) -> Iterator[Mark]:
    for match in _WHOLE.finditer(told.text):
        yield Mark("wholes", match[1].lower().rstrip("s"), match.start(1), match.end(1), match[1])


def _name_anchors(told: Told, kind: str) -> Iterator[Mark]:
    for name in told.names:
        if name.kind == kind and not name.may_be_no_name and not _is_source(told.text, name):
            yield Mark(kind, name.keys, name.start, name.end, name.words)


def _is_source(text: str, name: Name) -> bool:
    """Whether a name is that of who reports: "Gettysburg Connection reported", "according to Argus"."""
    return bool(_REPORTS_AFTER.match(text[name.end :]) or _SOURCE_BEFORE.search(text[: name.start]))


def _evidence(theirs: Sequence[Told], family: str, kind: str) -> Iterator[tuple[str, list[Mark], list[Mark]]]:
    """The sentences that have values of the family and anchors of the kind."""
    for told in theirs:
        values, anchors = [value for value in _values(told) if value.family == family], _anchors(told, kind)
        if values and anchors:
            yield told.text, values, anchors


def _actors(told: Told) -> list[Actor]:
    actors = [
        Actor(name.keys, name.role, name.start, name.end, name.words)
        for name in told.names
        if not name.may_be_no_name and name.kind != "elements"
    ]
    return [*actors[:1], *(one for before, one in pairwise(actors) if not _abbreviates(one, before, told.text))]


def _abbreviates(short: Actor, name: Actor, text: str) -> bool:
    """Whether an actor is the one before once more: "Development Finance Corporation (DFC)"."""
    return short.key == name.key and text[name.end : short.start].strip() == "("
