"""Terms: what two texts must share to be about the same thing, lexically.

Wordings that mean the same ("MOFCOM", "Ministry of Commerce") are made one, dates become ISO terms,
thousands lose their commas, the rest is lower-cased and stemmed (Snowball English); Chinese,
Japanese and Korean give pairs of neighbouring characters. Index and question go through the same steps.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

import yaml
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from assistant import east_asian
from assistant.dates import find_dates, parse_date
from assistant.errors import BadInputError

ANALYZER_VERSION = 2
LONGEST_KEPT = 700
WORDS_KEPT = 8_192
_TOKEN = r"\d+(?:\.\d+)+|\w+"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"[\w.,'’:-]+")
_ONE_WORD = re.compile(r"\w+")
# The mark first: few places of a text have one.
_POSSESSIVE = re.compile(r"['’](?<=\w['’])s\b")
FUNCTION_WORDS = frozenset(
    """
    a about according after all also although am an and any are as at be because been before being between both but
    by can could describe did do does doing during each either else explain few for from further give had happen
    happened happening has have having he her here hers him his how i if in into is it its itself just know let list
    many may me might mine more most much must my name no nor not now of off on once one only or other our ours out
    over own please s said same say says shall she should since so some still such t tell than that the their theirs
    them then there these they this those through to today told too under until up upon us very was we were what when
    where whether which while who whom whose why will with would you your yours
    """.split()
)


_INSTRUMENT = re.compile(
    r"\bannouncements?\s+(?P<numbers>\d{1,3}(?:(?:\s*,\s*|\s+and\s+|\s+to\s+|\s*[-–]\s*)\d{1,3})*)\b"
)
_RANGE = re.compile(r"(\d+)(?:\s+to\s+|\s*[-–]\s*)(\d+)")
ELEMENTS_KIND = "elements"
PLACES_KIND = "places"
EVENTS_KIND = "events"
INSTRUMENT_KIND = "instruments"
CONTROL_CODE_KIND = "control codes"
_CONTROL_CODE = re.compile(r"\d[a-e]\d{3}")
_INSTRUMENT_TERM = "announcement:"


@dataclass(frozen=True, slots=True)
class Names:
    """What ``aliases.yaml`` says.

    Attributes:
        canonical: wording -> canonical wording.
        kinds: kind of thing -> canonical wordings of that kind; things of one kind exclude each other.
        event_days: named event -> its day, ISO 8601.
    """

    canonical: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    event_days: Mapping[str, str] = field(default_factory=dict)


NO_NAMES = Names({}, {})


class TermAnalyzer:
    """Turns text into terms.

    Args:
        names: wordings that mean the same. One with a capital letter matches only in its own case, so
            that "Dy" is dysprosium and "US" is not "us"; the rest match in any case.

    Attributes:
        event_days: each wording of a named event ("busan summit") -> its day, ISO 8601.
        version: changes when terms change.
    """

    def __init__(self, names: Names = NO_NAMES) -> None:
        self._canonical = names.canonical
        self.event_days = {
            wording: names.event_days[name]
            for wording, name in (*names.canonical.items(), *((name, name) for name in names.event_days))
            if name in names.event_days
        }
        self._exact = _any_of(wording for wording in self._canonical if wording != wording.lower())
        self._loose = _any_of((wording for wording in self._canonical if wording == wording.lower()), any_case=True)
        analyzer = _analyzer()
        # Terms never span a space, and few words make up most of every text.
        self._stems_of_word = lru_cache(maxsize=WORDS_KEPT)(lambda word: tuple(analyzer.analyze(word)))
        self._content_of_word = lru_cache(maxsize=WORDS_KEPT)(self._spaced_content_of_word)
        # The same sentences come up question after question; whole passages come once, to be indexed.
        self._known_terms = lru_cache(maxsize=8_192)(self._all_terms)
        self._known_content_terms = lru_cache(maxsize=8_192)(self._content_terms)
        self._known_kind = lru_cache(maxsize=8_192)(self._kind)
        self._is_plain = lru_cache(maxsize=8_192)(self._names_nothing)
        self._parts_of_names = frozenset(
            part
            for wording in self._canonical
            if not _ONE_WORD.fullmatch(wording)
            for part in _ONE_WORD.findall(wording.lower())
        )
        told = json.dumps([sorted(names.canonical.items()), ANALYZER_VERSION], ensure_ascii=False)
        self.version = hashlib.sha256(told.encode()).hexdigest()[:12]
        self._kinds = {
            term: kind for kind, members in names.kinds.items() for name in members for term in self._all_terms(name)
        }

    def terms(self, text: str) -> tuple[str, ...]:
        """Every term of ``text``; a date gives one term for each precision ("2025-05", "2025")."""
        return self._known_terms(text) if len(text) <= LONGEST_KEPT else self._all_terms(text)

    def _all_terms(self, text: str) -> tuple[str, ...]:
        text = self.canonical(east_asian.folded(text))
        dates = find_dates(text)
        words = _without(text, [(mention.start, mention.end) for mention in dates])
        return (*self._stems(words), *_instrument_terms(words), *date_terms(mention.iso for mention in dates))

    def content_terms(self, text: str) -> tuple[str, ...]:
        """The terms of ``text`` without function words and words of asking, each once, in order."""
        return self._known_content_terms(text)

    def _content_terms(self, text: str) -> tuple[str, ...]:
        text = self.canonical(east_asian.folded(text))
        dates = find_dates(text)
        words = _without(text, [(mention.start, mention.end) for mention in dates])
        words = east_asian.without_words_of_asking(words)
        told = _WORD.findall(words)
        stems = chain.from_iterable(map(self._content_of_word, told))
        terms = (*stems, *east_asian.pairs(" ".join(told)), *_instrument_terms(words))
        return tuple(dict.fromkeys((*terms, *date_terms(mention.iso for mention in dates))))

    def kind(self, term: str) -> str | None:
        """What kind of thing a term names ("elements", "places", "instruments"), None for other words."""
        return self._known_kind(term)

    def named(self, terms: Iterable[str]) -> frozenset[str]:
        """Those of some terms that name a thing of a known kind; an event is told of in words that others share."""
        return frozenset(term for term in terms if self.kind(term) not in (None, EVENTS_KIND))

    def _kind(self, term: str) -> str | None:
        if term.startswith(_INSTRUMENT_TERM):
            return INSTRUMENT_KIND
        return CONTROL_CODE_KIND if _CONTROL_CODE.fullmatch(term) else self._kinds.get(term)

    def names_nothing(self, word: str) -> bool:
        """Whether a word, wherever it stands, keeps all words around it from being the name of one thing of a kind.

        So does a word with a term of no kind, unless some wording has it as a part ("Korea" of "South Korea").
        """
        return self._is_plain(word)

    def _names_nothing(self, word: str) -> bool:
        if not word.isascii() or not self._parts_of_names.isdisjoint(_ONE_WORD.findall(word.lower())):
            return False
        return any(self.kind(term) is None for term in self._content_terms(word))

    def canonical(self, text: str) -> str:
        """``text`` with every known wording replaced by its canonical one."""
        text = _POSSESSIVE.sub("", text)
        text = self._exact.sub(lambda match: self._canonical[match[0]], text)
        return self._loose.sub(lambda match: self._canonical.get(match[0].lower(), match[0]), text)

    def _stems(self, words: str) -> list[str]:
        return [*self._spaced_stems(words), *east_asian.pairs(words)]

    def _spaced_stems(self, words: str) -> Iterator[str]:
        """The stems of what is written with spaces."""
        spaced = _THOUSANDS.sub("", east_asian.without_runs(words))
        return chain.from_iterable(map(self._stems_of_word, spaced.split()))

    def _spaced_content_of_word(self, word: str) -> tuple[str, ...]:
        is_function_word = word.lower().strip(".,'’-") in FUNCTION_WORDS
        return () if is_function_word else tuple(self._spaced_stems(word))


def date_terms(dates: Iterable[str]) -> tuple[str, ...]:
    """ISO dates with their coarser forms: 2025-05-12 gives 2025-05-12, 2025-05 and 2025."""
    return tuple(dict.fromkeys(iso[:length] for iso in dates for length in (10, 7, 4) if len(iso) >= length))


def load_names(path: Path) -> Names:
    """The names of an ``aliases.yaml``: kind -> canonical wording -> other wordings.

    Raises:
        BadInputError: the file is not of that shape, or gives one wording to two names.
    """
    if not path.is_file():
        return NO_NAMES
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    days = (loaded.pop("event_days", None) or {}) if isinstance(loaded, dict) else {}
    if not isinstance(days, dict):
        raise BadInputError(f"{path.name}: event_days must map each event to its day; correct the file")
    canonical: dict[str, str] = {}
    for kind, names in loaded.items() if isinstance(loaded, dict) else [("", None)]:
        if not isinstance(names, dict) or not all(isinstance(others, list) for others in names.values()):
            raise BadInputError(f"{path.name}: {kind!r} must map each name to a list of wordings; correct the file")
        for name, others in names.items():
            for wording in others:
                if canonical.setdefault(wording, name) != name:
                    raise BadInputError(f"{path.name}: {wording!r} stands for {canonical[wording]!r} and {name!r}")
    exclusive = {kind: frozenset(names) for kind, names in loaded.items() if kind != "words"}
    event_days = {str(name): parse_date(str(day), f"{path.name}: the day of {name!r}") for name, day in days.items()}
    return Names(canonical, exclusive, event_days)


def _instrument_terms(words: str) -> tuple[str, ...]:
    """A term for each numbered announcement: small embedding models confuse numbers, terms do not."""
    numbers: list[int] = []
    lowered = words.lower()
    for match in _INSTRUMENT.finditer(lowered) if "announcement" in lowered else ():
        for first, last in _RANGE.findall(match["numbers"]):
            numbers += range(int(first), min(int(last), int(first) + 20) + 1)
        numbers += map(int, re.findall(r"\d+", match["numbers"]))
    return tuple(dict.fromkeys(f"{_INSTRUMENT_TERM}{number}" for number in numbers))


def _any_of(wordings: Iterable[str], *, any_case: bool = False) -> re.Pattern[str]:
    """Any of the wordings, the longest first, as whole words; Chinese runs on without spaces and has no such bounds."""
    told = frozenset(wordings)
    chinese = frozenset(wording for wording in told if ord(wording[0]) > 0x2E80)
    spaced = told - chinese
    # One look-behind before all alternatives lets the engine skip most positions at once.
    alternatives = [_tree(chinese, any_case)] if chinese else []
    alternatives += [rf"(?<!\w){_tree(spaced, any_case)}(?!\w)"] if spaced else []
    return re.compile("|".join(alternatives) or r"(?!)")


def _tree(wordings: Iterable[str], any_case: bool) -> str:
    """A pattern of the wordings, the longest first, that compares each letter once: the engine knows no such trick."""
    tails: dict[str, list[str]] = {}
    for wording in sorted(wordings):
        tails.setdefault(wording[:1], []).append(wording[1:])
    ends_here = tails.pop("", None) is not None
    branches = "|".join(_letter(first, any_case) + _tree(rest, any_case) for first, rest in tails.items())
    return f"(?:{branches}){'?' if ends_here else ''}" if branches else ""


def _letter(letter: str, any_case: bool) -> str:
    # A set of two letters is tried much faster than one letter whose case counts for nothing.
    forms = {letter, letter.lower(), letter.upper()} if any_case else {letter}
    single = sorted(form for form in forms if len(form) == 1)
    return re.escape(letter) if len(single) == 1 else f"[{''.join(single)}]"


def _without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(stretches, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _analyzer() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(_TOKEN)).filter(Filter.remove_long(60)).filter(Filter.lowercase())
    return builder.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()
