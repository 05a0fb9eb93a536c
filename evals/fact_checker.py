"""A second, independent look at a sentence: which numbers, dates and names stand in it but not in what it cites.

It shares no code with the product's support check, and judges it. It is strict and simple on purpose: it would rather
report a fact that is there in other words than miss one that is not. What counts:

- **date**: a day, month, quarter, half-year or year in words, figures or ISO 8601; a day of the week; a relative time
  ("last month"). It may be less exact than the cited one ("November 2025" of "7 November 2025"), never more.
- **number**: figures with or without a magnitude, words for numbers ("seven", "two dozen"), ordinals, and words of
  quantity ("half", "doubled", "hundreds"). "one" counts before a unit only. A unit of percent, mass, money or time
  belongs to its number: "90 days" is not carried by "90%"; "46 and 50 tonnes" carries "46 tonnes".
- **name**: every word with a capital letter but an ordinary word that opens a sentence; codes ("1C902"), web
  addresses, words in other scripts; the elements, and places that a careless writer leaves in small letters. Words
  count one by one: whether names and numbers are put together as in the source is not looked at.

The cited text is the quotes. Where a sentence attributes ("according to Caixin", "Caixin reported on 7 November"), the
publisher's name there, and the day of publication beside it, are taken from the citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.types import Citation

Kind = Literal["number", "date", "name"]


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact of a sentence that its citations do not hold, as the sentence words it."""

    kind: Kind
    text: str


class FactChecker:
    """Compares the facts of sentences with those of their quotes.

    Args:
        ordinary: small-letter words that are no names when they open a sentence; see ``ordinary_words``.
    """

    def __init__(self, ordinary: Collection[str] = frozenset()) -> None:
        self._ordinary = frozenset(ordinary) - _SMALL_NAMES

    def absent(self, sentence: str, cited: Sequence[Citation]) -> tuple[Absent, ...]:
        """The facts of ``sentence`` that the quotes of ``cited`` do not hold, dates first, then numbers, then names."""
        quotes = [_plain(citation.quote) for citation in cited]
        claim = _MARKER.sub(" ", _plain(sentence))
        for citation in cited:
            claim = _without_attribution(claim, citation)
        return (*_absent_dates(claim, quotes), *_absent_numbers(claim, quotes), *self._absent_names(claim, quotes))

    def _absent_names(self, claim: str, quotes: Sequence[str]) -> Iterator[Absent]:
        held = {word for quote in quotes for form in (quote, _short(quote)) for word in _words(form)}
        held |= {initials for quote in quotes for initials in _initials(quote)}
        # Cut as the claim is, what stands beside a number or a date reads alike in both.
        held |= {_canonical(name) for quote in quotes for name in self._names(quote)}
        for name in self._names(claim):
            if _canonical(name) not in held:
                yield Absent("name", name)

    def _names(self, text: str) -> Iterator[str]:
        text = _short(_blanked(text, _dates(text)))
        yield from (found.group() for found in _ADDRESS.finditer(text))
        text = _ADDRESS.sub(" ", text)
        text = _ORDINAL.sub(" ", _blanked(text, _numbers(text)))
        tokens = list(_WORD.finditer(text))
        followed_by = [token.group() for token in tokens[1:]]
        for token, following in zip(tokens, (*followed_by, ""), strict=False):
            word = token.group()
            opens = not text[: token.start()].strip(_OPENERS) or text[: token.start()].rstrip(_OPENERS)[-1:] in ".!?:;"
            ordinary = opens and word.casefold() in self._ordinary and not following[:1].isupper()
            if _is_name(word) and not ordinary:
                yield word


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Every word that stands in small letters in some text: "Exports" at the start of a sentence is no name then."""
    plain = (_ADDRESS.sub(" ", _plain(text)) for text in texts)
    return frozenset(word for text in plain for word in _WORD.findall(text) if word.islower())


# Text

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"’": "'", "‘": "'", "“": '"', "”": '"'}
)
_INITIAL_STOPS = re.compile(r"\b(?:[A-Z]\.){2,}")
_MARKER = re.compile(r"\[\^?\d+(?:\s*[,-]\s*\d+)*\]")
_OPENERS = " \t\n\"'([*-"


def _plain(text: str) -> str:
    """NFKC, one kind of dash and quotation mark, "US" for "U.S."."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_SIGNS)
    return _INITIAL_STOPS.sub(lambda found: found.group().replace(".", ""), plain)


def _blanked(text: str, found: Iterable[Date | Number]) -> str:
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


# Dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = "May|March|(?i:January|February|April|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_DAYS = rf"{_DAY}(?:\s*(?:-|,|to|and|or|until|through)\s*(?:the\s+)?{_DAY})*"
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d)"
_ORDINAL_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                  "eleventh", "twelfth")  # fmt: skip
_DATE = re.compile(
    rf"""
    \b(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>0[1-9]|[12]\d|3[01]))?(?!\d)
    | \b(?P<days_before>{_DAYS})\s+(?:of\s+)?(?P<month_after>{_MONTH})(?!\s+\d\d?(?:st|nd|rd|th)?,?\s+{_YEAR})
        (?:,?\s+(?:of\s+)?(?P<year_after>{_YEAR}))?
    | \b(?P<month_before>{_MONTH})\s+(?:the\s+)?(?P<days_after>{_DAYS})(?:,?\s+(?:of\s+)?(?P<year_last>{_YEAR}))?
    | \b(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<month_year>{_YEAR})
    | \b(?P<month_alone>{_FULL})\b
    | \b(?:(?P<part_figure>[QH][1-4])|(?P<part_word>(?i:first|second|third|fourth|1st|2nd|3rd|4th))\s+
        (?P<part_kind>(?i:quarter|half)))\b(?:\s*(?:of\s+)?(?P<part_year>{_YEAR}))?
    | (?<![\w.,$€£¥])(?P<years>{_YEAR})(?:[-/](?P<second_year>\d\d)(?!\d))?(?:s\b)?
        (?!\s*(?:tonnes|tons|t\b|kg|people|companies|firms|dollars|yuan|euros))
    | \b(?P<weekday>(?i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b
    | \b(?P<relative>(?i:yesterday|tomorrow|today|tonight|(?:last|this|next|previous)\s+(?:week|month|quarter|year)))\b
    """,
    re.VERBOSE,
)
_JOINS_DATES = re.compile(r"\s*(?:-|,|to|and|or|until|till|through|and on|to the)?\s*(?:on\s+|from\s+)?")


class Date(NamedTuple):
    """A time that a text names; parts it leaves open are None. ``other``: a quarter, half, weekday, relative word."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    other: str | None = None

    def carried_by(self, cited: Date) -> bool:
        """Whether ``cited`` tells everything that this date tells."""
        return all(own is None or own == its for own, its in zip(self[2:], cited[2:], strict=True))


def _absent_dates(claim: str, quotes: Sequence[str]) -> Iterator[Absent]:
    held = [date for quote in quotes for date in _dates(quote)]
    # "2000 applications" reads like a year.
    sizes = {number.size for quote in quotes for number in _numbers(quote)}
    for date in _dates(claim):
        like_a_number = date.year in sizes and date.month is None and date.other is None
        if not like_a_number and not any(date.carried_by(cited) for cited in held):
            yield Absent("date", claim[date.start : date.end])


def _dates(text: str) -> list[Date]:
    """Every date of a text; "8 April and 9 October 2025" gives both their year."""
    found = [date for match in _DATE.finditer(text) for date in _read(match)]
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        open_year = one.year is None and one.month is not None
        if open_year and (one.end == after.end or _JOINS_DATES.fullmatch(text[one.end : after.start])):
            found[at] = one._replace(year=after.year)
    return found


def _read(match: re.Match[str]) -> Iterator[Date]:
    got = match.groupdict()
    date = Date(match.start(), match.end())
    if got["iso_year"]:
        day = int(got["iso_day"]) if got["iso_day"] else None
        yield date._replace(year=int(got["iso_year"]), month=int(got["iso_month"]), day=day)
    elif month := got["month_after"] or got["month_before"]:
        year = got["year_after"] or got["year_last"]
        for day_text in re.findall(r"\d+", got["days_before"] or got["days_after"]):
            yield date._replace(year=_int(year), month=_month(month), day=int(day_text))
    elif month := got["month"] or got["month_alone"]:
        yield date._replace(year=_int(got["month_year"]), month=_month(month))
    elif part := got["part_figure"] or (got["part_word"] and _part(got["part_word"], got["part_kind"])):
        yield date._replace(year=_int(got["part_year"]), other=part.casefold())
    elif got["years"]:
        yield date._replace(year=int(got["years"]))
        if got["second_year"]:
            yield date._replace(year=int(got["years"][:2] + got["second_year"]))
    else:
        yield date._replace(other=" ".join((got["weekday"] or got["relative"]).casefold().split()))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _part(word: str, kind: str) -> str:
    place = int(word[0]) if word[0].isdigit() else _ORDINAL_WORDS.index(word.casefold()) + 1
    return f"{'h' if kind.casefold() == 'half' else 'q'}{place}"


# Numbers

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_MAGNITUDES = {
    "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12,
}  # fmt: skip
_UNITS = {
    "%": "%|per\\s?cent|pct|percentage",
    "t": "t|mt|tonnes?|tons?|tonnages?",
    "kg": "kg|kgs|kilograms?|kilos?",
    "g": "g|grams?",
    "usd": r"dollars?|usd",
    "eur": "euros?|eur",
    "cny": "yuan|rmb|renminbi|cny",
    "jpy": "yen|jpy",
    "gbp": "pounds?|gbp",
    "day": "days?",
    "week": "weeks?",
    "month": "months?",
    "year": "years?",
    "hour": "hours?",
}
_BEFORE = {"$": "usd", "us$": "usd", "usd": "usd", "€": "eur", "eur": "eur", "¥": "cny", "£": "gbp", "a$": "aud"}
_UNIT = "|".join(f"(?:{words})" for words in _UNITS.values())
_WORD_NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_SMALL)[1:10])}))?|(?:{'|'.join(reversed(_SMALL))})|an?(?=\s+"
    r"(?:dozen|hundred|thousand|million|billion|trillion)\b))"
)
_QUANTITY = re.compile(
    rf"""
    (?P<before>(?:US|A)?\$|€|£|¥|\b(?:USD|EUR)\b)?\s?
    (?:(?<!\w)(?<!\d\.)(?<!\d\.\w\.)(?P<figures>\d{{1,3}}(?:[,\ ]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)
        |(?<!\w)(?<!\w\.)(?P<words>{_WORD_NUMBER})\b)
    (?:[-\s]?(?P<magnitude>hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|(?-i:[mkb]))\b)?
    (?:[-\s]?(?:metric\s|short\s|working\s|business\s|calendar\s|US\s)?(?P<unit>{_UNIT})(?!\w))?
    (?P<tail>[^\W\d_]\w*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:(\d+)(?:st|nd|rd|th)|({'|'.join(_ORDINAL_WORDS)}))\b", re.IGNORECASE)
_ROUGH = {
    "half": "half|halves|halved|halving", "quarter": "quarters?", "thirds": "thirds",
    "double": "doubl\\w+|double|twice|twofold|two-fold", "triple": "tripl\\w+|threefold|three-fold|thrice",
    "dozens": "dozens?", "hundreds": "hundreds?", "thousands": "thousands?", "millions": "millions?",
    "billions": "billions?",
    "tenfold": "tenfold|ten-fold", "fourfold": "quadrupl\\w+|fourfold|four-fold", "several": "several",
}  # fmt: skip
_JOINS_NUMBERS = re.compile(r"\s*(?:-|,|/|to|and|or|and about|to about)\s*")


class Number(NamedTuple):
    """A number of a text with its unit, None when it has none of those that count."""

    start: int
    end: int
    value: Decimal
    magnitude: str | None
    unit: str | None

    @property
    def size(self) -> Decimal:
        """The number that is meant, magnitude included."""
        return self.value * _MAGNITUDES[self.magnitude] if self.magnitude else self.value

    def carried_by(self, cited: Number) -> bool:
        """Whether ``cited`` is the same number, of the same unit where this one has a unit."""
        return self.size == cited.size and self.unit in (None, cited.unit)


def _absent_numbers(claim: str, quotes: Sequence[str]) -> Iterator[Absent]:
    claim = _blanked(claim, _dates(claim))
    quotes = [_blanked(quote, _dates(quote)) for quote in quotes]
    held = [number for quote in quotes for number in _numbers(quote)]
    for number in _numbers(claim):
        if not any(number.carried_by(cited) for cited in held):
            yield Absent("number", claim[number.start : number.end].strip())
    rough = {sign for quote in quotes for sign, _ in _signs_of_quantity(_blanked(quote, _numbers(quote)))}
    rough |= {"half"} if any(number.size == 50 and number.unit == "%" for number in held) else set()
    for sign, words in _signs_of_quantity(_blanked(claim, _numbers(claim))):
        if sign not in rough:
            yield Absent("number", words)


def _numbers(text: str) -> list[Number]:
    """Every number; in "46 and 50 tonnes", "2 to 3 billion" the first has the unit and magnitude of the second."""
    found = [number for match in _QUANTITY.finditer(text) if (number := _number(match)) is not None]
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if _JOINS_NUMBERS.fullmatch(text[one.end : after.start]):
            magnitude = one.magnitude or (after.magnitude if after.magnitude != "dozen" else None)
            found[at] = one._replace(magnitude=magnitude, unit=one.unit or after.unit)
    return found


def _number(match: re.Match[str]) -> Number | None:
    figures, words, magnitude = match["figures"], match["words"], match["magnitude"]
    unit = next((name for name, forms in _UNITS.items() if re.fullmatch(forms, match["unit"] or "", re.I)), None)
    unit = unit or _BEFORE.get((match["before"] or "").casefold())
    if match["tail"] and figures:  # "1C902" is a code, "3rd" an ordinal
        return None
    # "one" and "a" stand for no number but before a magnitude or a unit.
    if words and words.casefold() in ("one", "a", "an") and not (magnitude or unit):
        return None
    value = Decimal(re.sub(r"[, ]", "", figures)) if figures else Decimal(_in_figures(words))
    return Number(match.start(), match.end(), value, magnitude.casefold() if magnitude else None, unit)


def _in_figures(words: str) -> int:
    parts = re.split(r"[-\s]", words.casefold())
    return sum(_SMALL.get(part, _TENS.get(part, 1 if part in ("a", "an") else 0)) for part in parts)


def _signs_of_quantity(text: str) -> Iterator[tuple[str, str]]:
    for found in _ORDINAL.finditer(text):
        yield found[1] or str(_ORDINAL_WORDS.index(found[2].casefold()) + 1), found.group()
    for sign, forms in _ROUGH.items():
        if words := re.search(rf"\b(?:{forms})\b", text, re.IGNORECASE):
            yield sign, words.group()


# Names

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['&.](?=[^\W_]))*|\d+[^\W\d_]\w*(?:\.\w+)*|[A-Za-z]+\d\w*")
_ADDRESS = re.compile(
    r"(?:https?://[^\s,;()]+|\b(?:[\w-]+@)?(?:[\w-]+\.)+(?:com|org|net|io|xyz|cn|info|eu|gov|co|app|dev|pk)\b(?:/[^\s,;()]*)?)",
    re.IGNORECASE,
)
_FUNCTION = frozenset(
    "a an the this that these those it its they their he she his her we our i you your in on at by for from of to with "
    "without under over after before since until during between among against as and or but nor so yet if when while "
    "where which who whose what how why there here such both each every some any all most many more no not only also "
    "however although because despite meanwhile moreover further furthermore then thus therefore according is are was "
    "were be been has have had will would may might can could must should do does did".split()
)
_SAME: dict[str, str] = {
    "usa": "us", "america": "us", "american": "us", "european": "eu", "europe": "eu", "british": "uk", "britain": "uk",
    "chinese": "china", "japanese": "japan", "korean": "korea", "indian": "india", "australian": "australia",
    "german": "germany", "french": "france", "italian": "italy", "spanish": "spain", "vietnamese": "vietnam",
    "malaysian": "malaysia", "burmese": "myanmar", "burma": "myanmar", "brazilian": "brazil", "canadian": "canada",
    "mexican": "mexico", "russian": "russia", "taiwanese": "taiwan", "thai": "thailand", "indonesian": "indonesia",
    "dutch": "netherlands", "estonian": "estonia", "ukrainian": "ukraine", "kazakh": "kazakhstan", "swedish": "sweden",
    "norwegian": "norway", "greenlandic": "greenland", "african": "africa", "asian": "asia", "saudi": "saudi",
}  # fmt: skip
# Apart, because "EU" is no "Eu".
_SYMBOLS = {
    "La": "lanthanum", "Ce": "cerium", "Pr": "praseodymium", "Nd": "neodymium", "Sm": "samarium", "Eu": "europium",
    "Gd": "gadolinium", "Tb": "terbium", "Dy": "dysprosium", "Ho": "holmium", "Er": "erbium", "Tm": "thulium",
    "Yb": "ytterbium", "Lu": "lutetium", "Sc": "scandium", "Y": "yttrium", "Ga": "gallium", "Ge": "germanium",
    "Sb": "antimony",
}  # fmt: skip
_SMALL_NAMES = frozenset(
    "lanthanum cerium praseodymium neodymium promethium samarium europium gadolinium terbium dysprosium holmium erbium "
    "thulium ytterbium lutetium scandium yttrium gallium germanium antimony graphite tungsten bismuth tellurium "
    "molybdenum indium lithium cobalt nickel copper aluminium aluminum uranium silver gold platinum palladium".split()
) | {place for pair in _SAME.items() for place in pair if len(place) > 2}
_SHORT = [
    (re.compile(long, re.I), short)
    for long, short in (
        (r"\bunited states(?: of america)?\b", "US"),
        (r"\beuropean union\b", "EU"),
        (r"\bunited kingdom\b", "UK"),
        (r"\b(?:ministry of commerce|commerce ministry)\b", "MOFCOM"),
        (r"\bworld trade organi[sz]ation\b", "WTO"),
        (r"\binternational energy agency\b", "IEA"),
        (r"\brare[- ]earth elements?\b", "REE"),
        (r"\bBureau of Industry and Security\b", "BIS"),
        (r"\baluminum\b", "aluminium"),
    )
]


def _short(text: str) -> str:
    for long, short in _SHORT:
        text = long.sub(short, text)
    return text


def _is_name(word: str) -> bool:
    if word.casefold() in _FUNCTION and not (word.isupper() and len(word) > 1):
        return False
    has_code = any(char.isdigit() for char in word)
    foreign = any(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in word)
    return has_code or foreign or any(char.isupper() for char in word) or word in _SMALL_NAMES


def _words(text: str) -> Iterator[str]:
    yield from (_canonical(found.group()) for found in _WORD.finditer(text))
    yield from (_canonical(found.group()) for found in _ADDRESS.finditer(text))


def _canonical(word: str) -> str:
    """One spelling for a name: small letters, no possessive or plural, the country for its people, no symbols."""
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    small = word.casefold()
    small = small.removesuffix("'s").rstrip("'.")
    if small not in _SAME and len(small) > 3 and not small.endswith("ss"):
        small = small.removesuffix("s")
    return _SAME.get(small, small)


def _initials(text: str) -> Iterator[str]:
    """The initials of every run of two to six capitalised words, small words between them left out."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in ("of", "and", "the", "for", "on", "de")]
    for at in range(len(words)):
        run = []
        for word in words[at : at + 6]:
            if not word[0].isupper():
                break
            run.append(word[0].casefold())
            if len(run) > 1:
                yield "".join(run)


# Attribution

_VERB = (
    r"(?:has\s+|had\s+|also\s+)?(?:reported|reports|said|says|wrote|writes|noted|notes|stated|states|told|published)"
)
_BY = r"(?:according\s+to|as\s+reported\s+by|reported\s+by|published\s+by|per|digest\s+of)\s+(?:the\s+)?"
_BESIDE = re.compile(r"[\s,(]*(?:on|in|of|dated)?\s*", re.I)


def _without_attribution(claim: str, citation: Citation) -> str:
    """The claim with the citation's publisher, where it is attributed to, and the day of publication there, blanked."""
    for name in _publisher_names(citation.publisher):
        pattern = re.compile(rf"(?:{_BY}(?P<by>{name})|(?:\bthe\s+)?(?P<told>\b{name})\s+{_VERB})(?!\w)", re.I)
        for found in pattern.finditer(claim):
            claim = _blanked(claim, [*_days_beside(claim, found, citation), Date(found.start(), found.end())])
    return claim


def _days_beside(claim: str, found: re.Match[str], citation: Citation) -> list[Date]:
    published = _dates(citation.published_on or "")
    between = {
        date: claim[found.end() : date.start] if date.start >= found.end() else claim[date.end : found.start()]
        for date in _dates(claim)
    }
    beside = [date for date, words in between.items() if _BESIDE.fullmatch(words)]
    return [date for date in beside if any(date.carried_by(day) for day in published)]


def _publisher_names(publisher: str) -> list[str]:
    """The ways to name a publisher, longest first: "Reuters (via Devdiscourse)" is Reuters, and Devdiscourse."""
    parts = [publisher, *re.split(r"\s*[(),/]\s*|\bvia\b", publisher)]
    names = {_plain(part).strip() for part in parts if len(part.strip()) > 2}
    return [re.escape(name) for name in sorted(names, key=len, reverse=True)]
