"""What a question names, by kind and place: a follow-up puts a new thing where one of its kind stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer.follow_up.grammar import AUXILIARIES, DETERMINERS, PREPOSITIONS, QUESTION_WORDS
from assistant.dates import MONTHS, find_dates
from assistant.terms import TermAnalyzer

DATE, INSTRUMENT, PLACE, EVENT, NAME, STAGE = "dates", "instruments", "places", "events", "names", "stages"
CODE = "control codes"
LONGEST_NAME = 3
_INSTRUMENT = re.compile(
    r"(?P<word>\b(?:announcement|notice|order|decree|proclamation)s?\s+)?"
    r"(?P<number>(?:\bnos?\.?\s*)?\d{1,5}(?:(?:, | and | to |[-–])\d{1,5})*)(?P<year> of 20\d\d)?(?!\w)",
    re.IGNORECASE,
)
_MONTH_NAMES = "|".join([*MONTHS, *(month[:3] for month in MONTHS), "sept"])
_BARE_MONTH = re.compile(rf"\b(?P<month>{_MONTH_NAMES})\b\.?", re.IGNORECASE)
_AROUND_DATE = re.compile(
    r"(?:\b(?:early|mid|late)[\s-]|\bthe (?:first|second|third|fourth|last) (?:half|quarter) of |\bthe (?:end|start|"
    r"middle|whole) of |\b[HQ][1-4] )$",
    re.IGNORECASE,
)
_LED_TO_DATE = re.compile(r"[\s,]*(?:\b(?:in|on|of|for|during|by|since|from|until|at)\s+)?$", re.IGNORECASE)
_OTHER_DATES = re.compile(r"\b(?:today|now|(?:last|this|next) (?:year|month|week|quarter)|yesterday)\b", re.IGNORECASE)
# Things of trade that exclude each other though no alias file lists them; a place of its own, China is no kind there.
_WORDS = {
    PLACE: ("china", "chinese", "prc"),
    "products": (
        "rare earths",
        "magnets",
        "metals",
        "oxides",
        "alloys",
        "concentrates",
        "compounds",
        "magnet",
    ),
    STAGE: ("mining", "refining", "processing", "separation", "recycling", "smelting"),
}
_PRODUCTS = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS['products'])})(?!\w)", re.IGNORECASE)
_STAGES = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS[STAGE])})(?!\w)", re.IGNORECASE)
_CHINA = re.compile(r"(?<![\w-])(?:China|Chinese|PRC)(?!\w|['’]s)|(?<![\w-])china(?!\w)")
# "USA Rare Earth", "China Rare Earth Group": firms, and no places.
_NAMED_FOR_ITS_TRADE = re.compile(
    r"(?<![\w-])(?!(?:On|In|The|And|What|Who|Which|Does|Did|Is|Are|For|Of|How)\b)[A-Z][\w.&-]* "
    r"(?:Rare Earths?|(?:Critical|Strategic) (?:Materials|Metals|Minerals))(?: (?:Group|Corp(?:oration)?|Holdings?)\b)?"
)
_NAME = re.compile(r"(?<![\w-])[A-Z][\w&.-]*(?:[ ](?:of |and )?[A-Z][\w&.-]*)*")
_WORD = re.compile(r"[\w.&’'-]*\w")
_PAIR = re.compile(r"(?P<one>[A-Z][\w.]*)-(?P<other>[A-Z][\w.]*)(?:-(?P<third>[A-Z][\w.]*))?")
_SPEAKERS = frozenset("i i'm i'd i've we you he she it they hi hello yes no ok and but or so if there please".split())
_COMMON = _SPEAKERS | AUXILIARIES | DETERMINERS | PREPOSITIONS | QUESTION_WORDS


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` of what was searched names a thing of ``kind``."""

    start: int
    end: int
    kind: str
    text: str


def mentions(text: str, analyzer: TermAnalyzer, *, bare_months: bool = False) -> tuple[Mention, ...]:
    """Everything named in ``text``, in order and without overlap; "May" alone is a month only when told so."""
    taken: list[Mention] = []
    for found in (
        _instruments(text),
        _dates(text, bare_months),
        _matches(text, _NAMED_FOR_ITS_TRADE, NAME),
        _known(text, analyzer),
        _matches(text, _CHINA, PLACE),
        _matches(text, _PRODUCTS, "products"),
        _matches(text, _STAGES, STAGE),
        _names(text),
    ):
        taken += [one for one in found if not any(one.start < old.end and old.start < one.end for old in taken)]
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _instruments(text: str) -> Iterator[Mention]:
    for match in _INSTRUMENT.finditer(text):
        numbered = match["number"][:1] in "nN"
        if match["word"] or numbered:
            yield Mention(match.start(), match.end(), INSTRUMENT, match[0])


def _dates(text: str, bare_months: bool) -> Iterator[Mention]:
    found = [(one.start, one.end) for one in find_dates(text)]
    found += [match.span() for match in _OTHER_DATES.finditer(text)]
    if bare_months:
        found += [match.span() for match in _BARE_MONTH.finditer(text)]
    ends = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start < ends:
            continue
        ends = end
        around = _AROUND_DATE.search(text[:start])
        start = around.start() if around else start
        yield Mention(start, end, DATE, text[start:end])


def _known(text: str, analyzer: TermAnalyzer) -> Iterator[Mention]:
    """Elements, places, events and codes of the alias file, longest wording first."""
    words = list(_WORD.finditer(text))
    plain = [analyzer.names_nothing(word[0]) for word in words]
    at = 0
    while at < len(words):
        for size in range(LONGEST_NAME, 0, -1):
            run = words[at : at + size]
            if size == 1 and (pair := list(_paired(text, run[0], analyzer))):
                yield from pair
                break
            if len(run) < size or any(plain[at : at + size]):
                continue
            wording = text[run[0].start() : run[-1].end()]
            kind = _kind(wording, analyzer)
            if kind:
                end = run[-1].end() - len(_possessive(wording))
                yield Mention(run[0].start(), end, kind, text[run[0].start() : end])
                at += size - 1
                break
        at += 1


def _paired(text: str, word: re.Match[str], analyzer: TermAnalyzer) -> Iterator[Mention]:
    """The places that a hyphen joins: "US-Japan"; none unless every part is one."""
    pair = _PAIR.fullmatch(word[0])
    parts = [name for name in ("one", "other", "third") if pair and pair[name]]
    if pair and all(_CHINA.fullmatch(pair[name]) or _kind(pair[name], analyzer) == PLACE for name in parts):
        for name in parts:
            start, end = word.start() + pair.start(name), word.start() + pair.end(name)
            yield Mention(start, end, PLACE, text[start:end])


def _possessive(wording: str) -> str:
    return wording[-2:] if wording.endswith(("'s", "’s")) else ""


def _kind(wording: str, analyzer: TermAnalyzer) -> str | None:
    words = wording.split()
    if words[0].lower() in _COMMON or not (analyzer.content_terms(words[0]) and analyzer.content_terms(words[-1])):
        return None
    terms = analyzer.content_terms(wording)
    kinds = {analyzer.kind(term) for term in terms}
    if len(kinds) != 1 or (len(terms) > 1) != (kinds == {EVENT}):
        return None
    # The index has a term for each word of a name; two words that name one thing make one term.
    return None if " " in wording and len(terms) > 1 and kinds != {EVENT} else kinds.pop()


def _matches(text: str, pattern: re.Pattern[str], kind: str) -> Iterator[Mention]:
    return (Mention(match.start(), match.end(), kind, match[0]) for match in pattern.finditer(text))


def _names(text: str) -> Iterator[Mention]:
    for match in _NAME.finditer(text):
        start, words = match.start(), match[0]
        while words and (first := words.split(" ", 1)[0]).lower() in _COMMON:
            start += len(first) + 1
            words = words[len(first) + 1 :]
        words = words.rstrip(".")
        sentence_start = not text[:start].strip() or text[:start].rstrip()[-1:] in ".?!:"
        # "The October rules" names a month without its year, "March" a month or a walk: neither is a name.
        if (
            words
            and words.lower() not in MONTHS
            and not (sentence_start and words[1:].islower() and len(text.split()) > LONGEST_NAME)
        ):
            yield Mention(start, start + len(words), NAME, words)


def undated(text: str, analyzer: TermAnalyzer, only_in: str = "") -> str:
    """``text`` without its dates and the words that lead to them; given ``only_in``, without those that it names."""
    for mention in reversed([one for one in mentions(text, analyzer) if one.kind == DATE]):
        if not only_in or mention.text in only_in:
            before = _LED_TO_DATE.sub("", text[: mention.start])
            text = before + text[mention.end :]
    return re.sub(r"\s+", " ", text).strip()
