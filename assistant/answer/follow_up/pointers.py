""" "it", "that ban", "they", "there": the words of a question that point back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer.follow_up.grammar import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS
from assistant.answer.follow_up.mentions import EVENT, INSTRUMENT, NAME, PLACE, mentions
from assistant.answer.follow_up.verbs import is_base
from assistant.terms import TermAnalyzer

HEADS = (
    "agreement announcement arrangement ban control deal embargo exemption fine framework licence license list measure "
    "notice order pact pause plan policy programme program proposal quota regime regulation restriction rule "
    "sanction summit suspension tariff truce"
).split()
HEAD = rf"(?:{'|'.join(HEADS)}|polic(?:y|ies))(?:e?s)?"
_MARKED = re.compile(
    rf"\b(?:(?P<pointing>that|this|those|these)|the)\s+(?:same\s+)?(?P<head>{HEAD})\b(?!['’]s)", re.IGNORECASE
)
FIRM = "company|firm|miner|producer|maker|developer|startup"
_THE_FIRM = re.compile(rf"\bthe (?P<head>{FIRM})\b(?!['’]s)", re.IGNORECASE)
_POINTED_NOUN = re.compile(r"\b(?:that|this|those|these)\s+(?:same\s+)?(?P<head>[a-z-]{3,})\b", re.IGNORECASE)
_NARROWED = re.compile(r"\s+(?:of|on|with|between|from|for|that|which|in|about|against)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her)\b(?!['’])", re.IGNORECASE)
_EMPTY_IT = re.compile(
    r"\bit\b(?=\s+(?:(?:is|was)\s+)?(?:not\s+)?(?:true|possible|likely|clear|known|correct|worth|necessary|legal|safe|"
    r"rain\w*|takes?(?! effect| part| over)|cost to|make sense|be (?:possible|true))\b)"
    r"|(?<=\bhow long does )it\b|(?<=\bdoes )it\b(?= (?:take(?! effect| part| over)|make sense|matter|cost to)\b)",
    re.IGNORECASE,
)
_END = r"(?=\s*(?:[?.!,;]|$)|\s+(?:too|today|now|then|still|yet|exactly|also)\b)"
_BARE_POINTER = re.compile(
    rf"\b(?:that|this|these|those){_END}|\b(?P<before_verb>that|this|these|those)(?=\s+(?:go|goes|went|is|was|are|were|mean|means|come|"
    r"came|ha[sd]|have|will|apply|applies|affect|include|cover|end|expire|change|happen|stay|stayed|cost|work|for|to|from|"
    r"by|in|on|and)\b)|(?<=\bis )this\b(?= (?:a|an|the)\b)",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(
    r"\b(?:do|does|did|will|would|can|could|may|might|should|must)\s+(?P<word>that|this|those|these)\s+"
    r"(?P<verb>[a-z]+)\b(?:\s+(?P<after>[a-z]+))?",
    re.IGNORECASE,
)
# Said of a whole matter as often as of a thing: "Does that apply to Japan?" after "Does China control yttrium?".
_OF_MATTERS = frozenset({"mean", "apply", "include", "change", "affect", "happen"})
_STATED_OF = re.compile(
    r"\b(?:is|are|was|were)\s+(?P<word>that|this|those|these)(?=\s+(?:up|down|above|below|more|less|higher|lower|larger|smaller|"
    r"enough|worth|legal|binding|new|final|public|normal|unusual|allowed|permitted|much|many)\b)",
    re.IGNORECASE,
)
_THERE = re.compile(rf"(?<!^)\bthere{_END}", re.IGNORECASE)
_EXISTS = re.compile(r"\b(?:is|are|was|were|be)\s+there\b(?=\s+\w)", re.IGNORECASE)
_LATER_CLAUSE = re.compile(
    r"(?<=[\w)\"'’])(?:[?!;]|\.(?=\s+[A-Z])|,?\s+(?:and|but|because|when|if|which|who|so)\s|,\s)(?=.*\w)",
    re.DOTALL,
)
_FIRST_WORDS = re.compile(r"\s*\S+\s+\S+")
_SAYING = re.compile(
    r"\b(?:hear|heard|think|thought|know|knew|say|said|says|believe|mean|meant|sure|true|so|told|see|understand|before|mentioned)\s+$",
    re.IGNORECASE,
)
_NO_HEADS = AUXILIARIES | PREPOSITIONS | {"there", "they", "he", "she", "it", "one", "ones", "the"}
_VAGUE = frozenset("type types kind kinds sort sorts way case cases point".split())
OWNING = frozenset({"its", "their", "his", "her"})
# "What is a general licence?", "Who has received one?"
_ONE_OF_THEM = re.compile(r"(?:(?<=\bdoes )|(?<=\bdid )|(?<=\bis ))one\b|\bone(?=\W*$)", re.IGNORECASE)
_A_THING = re.compile(r"\b(an? (?:[\w-]+ ){0,5}?[\w-]+)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """``question[start:end]`` points back; ``word`` is its pronoun or determiner, ``head`` its noun, if any."""

    start: int
    end: int
    word: str
    head: str


def points_back(question: str, said_before: str, analyzer: TermAnalyzer) -> bool:
    """Whether the question needs something said before; "this library" only where a library was spoken of."""
    found = pointers(question)
    if not found or names_its_own(question, found[0], analyzer):
        return False
    before = said_before.lower()
    return any(
        not one.head or one.head in _VAGUE or re.fullmatch(HEAD, one.head) or one.head.rstrip("s") in before
        for one in found
    )


def points_at_a_matter(question: str) -> bool:
    """Whether "that" or "this" may stand for all that a yes/no question asked: "What does that mean for ...?"."""
    return any(
        match["word"].lower() in {"that", "this"}
        and match["verb"].lower() in _OF_MATTERS
        and not is_base((match["after"] or "").lower())
        for match in _ASKED_OF.finditer(question)
    )


def pointers(question: str) -> tuple[Pointer, ...]:
    """The words that point back, in order and without overlap.

    Only those of the first clause: later ones may stand for what that clause names.
    """
    # "Since when is it controlled?": the first two words open the clause, they end none.
    opening = _FIRST_WORDS.match(question)
    later = _LATER_CLAUSE.search(question, opening.end() if opening else 0)
    question = question[: later.start()] if later else question
    found: list[Pointer] = []
    empty = {match.start() for match in _EMPTY_IT.finditer(question)}
    for one in _all_pointers(question):
        overlaps = any(one.start < other.end and other.start < one.end for other in found)
        if not overlaps and one.start not in empty:
            found.append(one)
    return tuple(sorted(found, key=lambda pointer: pointer.start))


def _all_pointers(question: str) -> Iterator[Pointer]:
    """Every word that points back, the surest first."""
    for match in _MARKED.finditer(question):
        if match["pointing"] or not _NARROWED.match(question, match.end()):
            yield Pointer(*match.span(), (match["pointing"] or "the").lower(), match["head"].lower())
    for match in _THE_FIRM.finditer(question):
        if not _NARROWED.match(question, match.end()):
            yield Pointer(*match.span(), "the", match["head"].lower())
    yield from _bare_pointers(question)
    for match in _POINTED_NOUN.finditer(question):
        saying = match[0][:4].lower() == "that" and _SAYING.search(question[: match.start()])
        if match["head"].lower() not in _NO_HEADS and not saying:
            yield Pointer(*match.span(), match[0].split(" ", 1)[0].lower(), match["head"].lower())


def _bare_pointers(question: str) -> Iterator[Pointer]:
    for match in _BARE_POINTER.finditer(question):
        if not match["before_verb"] or _opens_phrase(question[: match.start()]):
            yield Pointer(*match.span(), match[0].lower(), "")
    for match in _ASKED_OF.finditer(question):
        # "does that compare with", but not "does that mine supply": a noun is followed by a verb.
        if is_base(match["verb"].lower()) and not is_base(match["after"] or ""):
            yield Pointer(*match.span("word"), match["word"].lower(), "")
    for match in _STATED_OF.finditer(question):
        yield Pointer(*match.span("word"), match["word"].lower(), "")
    for match in _PRONOUN.finditer(question):
        yield Pointer(*match.span(), match[0].lower(), "")
    for match in _THERE.finditer(question):
        if not _EXISTS.match(question, max(match.start() - 5, 0)):
            yield Pointer(*match.span(), "there", "")


def _opens_phrase(before: str) -> bool:
    """Whether "that" after these words points back; after a noun it only joins ("cities that are")."""
    words = before.split()
    return not words or words[-1].lower() in AUXILIARIES | PREPOSITIONS | QUESTION_WORDS | {
        "and",
        "but",
        "so",
    }


def names_its_own(question: str, first: Pointer, analyzer: TermAnalyzer) -> bool:
    """Whether the question names a thing before its first pronoun, which then stands for that."""
    if first.word not in {"it", "its", "they", "them", "their", "he", "his", "she", "her", "him"}:
        return False
    opening = question[: first.start]
    if first.word not in OWNING and not re.search(
        r"[,;]|\b(?:and|but|when|if|because|that|after|before|so)\s+$", opening
    ):
        return False
    before = mentions(opening, analyzer)
    return any(mention.kind in {NAME, INSTRUMENT, EVENT, PLACE} for mention in before)


def one_named(question: str, before: str) -> str:
    """The question with "one" named, where the one before ends on "a" thing: "who has received a general licence"."""
    thing = _A_THING.search(before)
    return _ONE_OF_THEM.sub(lambda _: thing[1], question) if thing else question
