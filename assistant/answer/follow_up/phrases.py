""" "And imports?", "And a submarine?": fragments that find their place by more than the kind of what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.follow_up.grammar import AUXILIARIES, PREPOSITIONS
from assistant.answer.follow_up.mentions import EVENT, INSTRUMENT, NAME, Mention, mentions
from assistant.answer.follow_up.prepositions import leading
from assistant.answer.follow_up.verbs import is_finite, is_participle
from assistant.terms import ELEMENTS_KIND, TermAnalyzer

_NAMING = frozenset({NAME, INSTRUMENT, EVENT})
_ANY_PREPOSITION = rf"(?:{'|'.join(sorted(PREPOSITIONS - {'of'}))}|according)\b"
_ANY_ONE = re.compile(rf"\ban? [a-z-]+(?: (?!{_ANY_PREPOSITION})[a-z-]+)?(?= {_ANY_PREPOSITION}|$)")
_TIME = re.compile(r"\b(?:(?:day|week|month|quarter|year)s?|ago|later|earlier)\b", re.IGNORECASE)
_TELLER = re.compile(r"according to \S", re.IGNORECASE)
_THE_PAIR = re.compile(r"\b(?:NdPr|Nd-Pr|neodymium[- ]praseodymium)(?: oxide)?(?!\w)", re.IGNORECASE)
_PRICE = re.compile(r"(?:the |its )?prices?", re.IGNORECASE)


def phrase_for_phrase(
    body: str, preposition: str, named: Sequence[Mention], old: str, analyzer: TermAnalyzer
) -> str | None:
    """ "And in the Lynas letter of intent?" for "in the MP Materials deal": both phrases must name somebody."""
    if not preposition or not any(one.kind in _NAMING for one in named):
        return None
    bare = old.rstrip(" ?.!")
    phrases = list(re.finditer(rf"\b{preposition} (?:(?!{_ANY_PREPOSITION})[\w&'’.-]+(?: |$))+", bare, re.IGNORECASE))
    told = [one for one in phrases if any(mention.kind in _NAMING for mention in mentions(one[0], analyzer))]
    if len(told) != 1:
        return None
    return f"{bare[: told[0].start()]}{body} {bare[told[0].end() :]}".rstrip() + "?"


def price(body: str, old: str, analyzer: TermAnalyzer) -> str | None:
    """ "What about prices?" after a question on yttrium."""
    elements = [one.text for one in mentions(old, analyzer) if one.kind == ELEMENTS_KIND]
    if not _PRICE.fullmatch(body) or len(elements) != 1 or _PRICE.search(old):
        return None
    return f"What is the price of {elements[0]}?"


def for_the_pair(body: str, preposition: str, named: Sequence[Mention], old: str) -> str | None:
    """ "And dysprosium?" for neodymium-praseodymium, which is no element by itself."""
    is_element = not preposition and len(named) == 1 and named[0].kind == ELEMENTS_KIND and named[0].text == body
    return _THE_PAIR.sub(body, old) if is_element and len(_THE_PAIR.findall(old)) == 1 else None


def of_a_kind(body: str, preposition: str, old: str) -> str | None:
    """ "And a submarine?" for the only "a destroyer" before; after a preposition, for one after the same."""
    found, thing = _ANY_ONE.search(old.rstrip(" ?.!")), body[len(preposition) :].strip()
    if not found or not _ANY_ONE.fullmatch(thing) or len(re.findall(r"\ban? [a-z]", old)) != 1:
        return None
    if _TIME.search(thing) or _takes_the_verb(found[0], old[: found.start()]):
        return None
    if preposition and leading(old, found.start())[0] != preposition:
        return None
    return f"{old[: found.start()]}{thing}{old[found.end() :]}"


def _takes_the_verb(found: str, before: str) -> bool:
    """Whether the second word after "a" may be the verb or state: "does a destroyer need", "is a licence valid"."""
    words, led = found.split(), before.split()
    if len(words) < len(("a", "fighter", "jet")):
        return False
    follows_auxiliary = bool(led) and led[-1].lower() in AUXILIARIES
    return follows_auxiliary or is_finite(words[-1]) or is_participle(words[-1])


def names_a_teller(body: str) -> bool:
    """Whether a fragment begins with "according to" somebody."""
    return bool(_TELLER.match(body))


def told_by(body: str, old: str) -> str | None:
    """ "And according to Canberra?" puts another teller in the old one's place, or after the question."""
    if not names_a_teller(body):
        return None
    bare = re.sub(r",?\s+according to [^,?]+", "", old.rstrip(" ?.!"), flags=re.IGNORECASE)
    return f"{bare} {body[0].lower()}{body[1:]}?"


def flow_turned(body: str, old: str) -> str | None:
    """ "And imports?" turns the flow of the old question."""
    wanted = body.lower()
    pairs = (("imports", "export"), ("exports", "import"))
    gone = dict(pairs).get(wanted)
    if gone is None or not re.search(rf"\b{gone}(?:s|ed)?\b", old):
        return None
    return re.sub(rf"\b{gone}(s|ed)?\b", rf"{wanted[:-1]}\1", old)
