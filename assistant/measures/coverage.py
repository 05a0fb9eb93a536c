"""Is my item covered? By element, form, code and destination, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import BadInputError
from assistant.measures.names import same_code
from assistant.measures.register import Register
from assistant.measures.types import Covers, MeasureStatus

NOT_ADVICE = "Not legal advice; read the original."
ALL = "all"

Aspect = Literal["element", "form", "code", "destination"]
_Verdict = Literal["named", "other", "open", "moot"]
_ENDED = ("lapsed", "repealed", "superseded")

# By symbol.
RARE_EARTHS = {
    "La": "lanthanum", "Ce": "cerium", "Pr": "praseodymium", "Nd": "neodymium", "Pm": "promethium",
    "Sm": "samarium", "Eu": "europium", "Gd": "gadolinium", "Tb": "terbium", "Dy": "dysprosium",
    "Ho": "holmium", "Er": "erbium", "Tm": "thulium", "Yb": "ytterbium", "Lu": "lutetium",
    "Sc": "scandium", "Y": "yttrium",
}  # fmt: skip
_OTHERS = {
    "Ga": "gallium", "Ge": "germanium", "Sb": "antimony", "W": "tungsten", "Te": "tellurium",
    "Bi": "bismuth", "Mo": "molybdenum", "In": "indium",
}  # fmt: skip
_ELEMENT = {symbol.lower(): name for symbol, name in (RARE_EARTHS | _OTHERS).items()}
_DESTINATION = {
    "us": "US", "u.s.": "US", "usa": "US", "united states": "US", "america": "US",
    "jp": "JP", "japan": "JP", "eu": "EU", "european union": "EU", "china": "CN", "india": "IN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """What somebody wants to move: at least an element or a code; None where it was not said."""

    element: str | None = None
    form: str | None = None
    code: str | None = None
    destination: str | None = None


@dataclass(frozen=True, slots=True)
class Covering:
    """A measure that names the item.

    Attributes:
        by: what of the item the measure names.
        open: on what it also depends, left unsaid by the item or by the sources; read ``covers.notes``.
    """

    measure: MeasureStatus
    by: tuple[Aspect, ...]
    open: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The measures that name an item, each with its status on a day, and the words that go with it."""

    item: Item
    day: str
    measures: tuple[Covering, ...]
    note: str


def is_covered(register: Register, item: Item, day: date, known_on: date | None = None) -> Coverage:
    """The measures that name ``item``, each with its status on ``day`` as known on ``known_on`` (default: ``day``).

    A measure that names an element, form, code or destination other than the item's is left out, and so
    is one that has ended or moves nothing across a border. One that names only the destination (every
    dual-use item for some users) is told with what it leaves open.

    Raises:
        BadInputError: the item has neither element nor code.
    """
    if not item.element and not item.code:
        raise BadInputError("an item needs an element or a control code; add one, for example dysprosium")
    statuses = register.as_of(known_on or day, day)
    coverings = (_covering(status, item) for status in statuses if status.status not in _ENDED)
    return Coverage(item, day.isoformat(), tuple(one for one in coverings if one is not None), NOT_ADVICE)


def _covering(status: MeasureStatus, item: Item) -> Covering | None:
    covers = status.covers
    verdicts = _verdicts(covers, item)
    names_place = verdicts["destination"] == "named" and not is_for_all(covers)
    tells = names_place or "named" in (verdicts["element"], verdicts["code"])
    if not tells or not covers.destinations or "other" in verdicts.values():
        return None
    by = tuple(aspect for aspect, verdict in verdicts.items() if verdict == "named")
    return Covering(status, by, tuple(aspect for aspect, verdict in verdicts.items() if verdict == "open"))


def _verdicts(covers: Covers, item: Item) -> dict[Aspect, _Verdict]:
    element, code, place = _element(item.element or ""), item.code or "", _destination(item.destination or "")
    codes = (*covers.control_codes, *covers.customs_codes)
    some_places = bool(covers.destinations) and not is_for_all(covers)
    return {
        "element": _verdict(item.element, covers.elements, element in elements_of(covers), False),
        "form": _verdict(item.form, covers.forms, _any_form(item.form or "", covers.forms), bool(covers.forms)),
        "code": _verdict(item.code, codes, any(same_code(code, one) for one in codes), False),
        "destination": _verdict(
            item.destination, covers.destinations, bool({ALL, place} & set(covers.destinations)), some_places
        ),
    }


def _verdict(told: str | None, named: tuple[str, ...], matches: bool, depends: bool) -> _Verdict:
    """The measure names this aspect of the item, or others only, or it is open, or does not matter."""
    if told and named:
        return "named" if matches else "other"
    return "open" if told or depends else "moot"


def _element(told: str) -> str:
    return _ELEMENT.get(told.strip().lower(), told.strip().lower())


def elements_of(covers: Covers) -> frozenset[str]:
    """The elements that a measure covers, by name; "rare earths" are all 17 and the word itself."""
    named = frozenset(covers.elements)
    return named | frozenset(RARE_EARTHS.values()) if "rare earths" in named else named


def _any_form(told: str, forms: tuple[str, ...]) -> bool:
    """True when a form is named by one of its words: "magnet" is in "samarium-cobalt magnets"."""
    wanted = told.strip().lower().removesuffix("s")
    return any(wanted in form.lower() for form in forms)


def is_for_all(covers: Covers) -> bool:
    """Whether a measure is one on goods that cross a border, wherever to."""
    return ALL in covers.destinations


def destination_names(covers: Covers) -> tuple[str, ...]:
    """The wordings that are known of the destinations that a measure names."""
    return tuple(name for name, code in _DESTINATION.items() if code in covers.destinations)


def _destination(told: str) -> str:
    plain = told.strip().lower()
    return _DESTINATION.get(plain, plain.upper())
