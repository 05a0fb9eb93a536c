""" "it", "that ban", "they", "there": replaced by what the question before, or its answer, spoke of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.follow_up.grammar import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    as_noun_phrase,
    asked_thing,
    parse,
    without_trailing_date,
)
from assistant.answer.follow_up.mentions import CODE, DATE, EVENT, INSTRUMENT, NAME, PLACE, Mention, mentions
from assistant.answer.follow_up.pointers import HEAD, OWNING, Pointer, names_its_own, pointers
from assistant.terms import TermAnalyzer

LONGEST_ANTECEDENT = 200
LONGEST_BARE = 5
SHORT_FRAGMENT = 3
_REQUEST = re.compile(
    r"(?:please |can you |could you )?(?:tell|list|show|give|name|explain|describe|compare|summari[sz]e)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"^how (?:much|many) of (?=that|this|those|these|it|them)", re.IGNORECASE)
_UNSPEAKABLE = re.compile(
    r"[?!:;\n]|\.\s|\b(?:I|i|me|my|we|our|us|you|your|it|they|them|he|she|this|these|"
    r"those|there|what|who|how|why|whether|or should)\b"
)
_PLURAL = frozenset({"they", "them", "their", "these", "those"})
_PERSON = frozenset({"he", "him", "his", "she"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the old question spoke of, in its own words; empty where there is no such part."""

    subject: str
    asked: str
    asked_whole: str
    object: str
    named: tuple[Mention, ...]
    place: str


def resolved(question: str, old: str, answer: Sequence[str], analyzer: TermAnalyzer) -> str | None:
    """The question with what its pointers stand for; None when it has none or one has no antecedent."""
    found = pointers(question) if _asks(question) else ()
    if not found or names_its_own(question, found[0], analyzer):
        return None
    candidates = _candidates(old, analyzer)
    core = old.rpartition(": ")[2]
    text, missing = question, True
    for pointer in reversed(found):
        antecedent = _antecedent(question, pointer, core, answer, candidates, analyzer)
        if antecedent:
            missing = False
            text = _put(text, pointer, antecedent)
    if missing:
        return None
    if (quantity := _QUANTITY.match(question)) and (unit := re.match(r"how many (\w+) of ", old, re.IGNORECASE)):
        text = f"How many {unit[1]} of {text[quantity.end() :]}"
    return text


def topic_of(old: str, analyzer: TermAnalyzer) -> str:
    """The phrase that the old question was about, to set before another question; empty when none is clear."""
    known = _candidates(old, analyzer)
    subject = known.subject if re.search(rf"\b{HEAD}\b", known.subject, re.IGNORECASE) else ""
    places = {mention.text for mention in known.named if mention.kind == PLACE}
    bare = known.object.removeprefix("the ") in places
    return next((phrase for phrase in (subject, "" if bare else known.object) if _speakable(phrase)), "")


def _asks(question: str) -> bool:
    words = question.split()
    if len(words) <= SHORT_FRAGMENT:
        return True
    return bool(parse(question) or _REQUEST.match(question)) or words[0].lower() in QUESTION_WORDS


def _candidates(old: str, analyzer: TermAnalyzer) -> Candidates:
    named = mentions(old, analyzer)
    old = old.rpartition(": ")[2]
    named = tuple(one for one in named if old.find(one.text) >= 0) or named
    clause = parse(old)
    place = next((f"in {_with_article(old, one)}" for one in reversed(named) if one.kind == PLACE), "")
    venue = next((f"at {_with_article(old, one)}" for one in reversed(named) if one.kind == EVENT), "")
    if clause is None:
        bare = old.strip(" ?.!")
        short = len(bare.split()) <= LONGEST_BARE and bare.split(" ", 1)[0].lower() not in DETERMINERS
        spoken = f"the {bare}" if short else ""
        return Candidates("", spoken, spoken, "", named, venue or place)
    owner = clause.subject or ""
    complement = clause.tail if clause.verb else ""
    if clause.auxiliary in BE and not clause.predicate:
        owner, complement = without_trailing_date(clause.subject)[0], ""
    thing = asked_thing(clause)
    return Candidates(
        subject=owner,
        asked=f"the {thing}" if thing else "",
        asked_whole=as_noun_phrase(clause),
        object=_object(complement, owner),
        named=named,
        place=venue or place,
    )


def _with_article(text: str, mention: Mention) -> str:
    return f"the {mention.text}" if re.search(r"\bthe\s+$", text[: mention.start], re.IGNORECASE) else mention.text


def _object(complement: str, owner: str) -> str:
    """The noun phrase after the verb, its date and place left off, "its" and "their" spelled out."""
    told, _ = without_trailing_date(complement)
    told = re.sub(rf"^(?:{'|'.join(sorted(PREPOSITIONS))})\s+", "", told)
    told = re.sub(r"\s+(?:on hold|in force|for that|to that)$", "", told)
    if owning := re.match(r"(?:its|their)\s+", told):
        return f"the {told[owning.end() :]} of {owner}" if owner else ""
    return told if re.match(r"(?:the|a|an)\s|[A-Z\d]", told) or re.search(rf"\b{HEAD}\b", told) else ""


def _antecedent(
    question: str,
    pointer: Pointer,
    old: str,
    answer: Sequence[str],
    known: Candidates,
    analyzer: TermAnalyzer,
) -> str:
    if pointer.word == "there":
        return known.place
    if pointer.head:
        return _headed(pointer, old, known)
    if pointer.word in _PERSON:
        asked_of = re.match(r"who\b", old, re.IGNORECASE)
        last = _last_name(known)
        return (last if " " in last or asked_of else "") or _first_name(answer, analyzer)
    as_subject = _is_subject(question, pointer)
    if (
        as_subject
        and re.match(r"who\b|which (?:company|firm)\b", old, re.IGNORECASE)
        and (name := _first_name(answer, analyzer))
    ):
        return name
    if measure := _measure(known, pointer):
        return measure
    plural = pointer.word in _PLURAL
    order = _order(as_subject or pointer.word in OWNING, plural, known)
    if (
        pointer.word in {"that", "this", "it", "these", "those", "them"}
        and not as_subject
        and re.match(r".*\bof$", question[: pointer.start].rstrip(), re.IGNORECASE | re.DOTALL)
    ):
        order = (known.asked_whole, known.asked, known.object)
    spoken = [one for one in order if _speakable(one)]
    return next((one for one in spoken if _is_plural(one, known) == plural), "") or next(iter(spoken), "")


def _speakable(phrase: str) -> bool:
    """Whether a phrase can stand in another question: not too long, nothing in it that itself points back."""
    return bool(phrase) and len(phrase) <= LONGEST_ANTECEDENT and not _UNSPEAKABLE.search(phrase)


def _order(as_subject: bool, plural: bool, known: Candidates) -> tuple[str, ...]:
    if as_subject and not plural:
        return (
            known.subject if not _is_place(known) else "",
            known.asked_whole,
            known.object,
            known.asked,
            _last_name(known),
        )
    if as_subject:
        return (known.asked_whole, known.subject, known.object, known.asked)
    return (known.asked_whole, known.object, known.asked, known.subject, "" if plural else _last_name(known))


def _is_place(known: Candidates) -> bool:
    return any(mention.kind == PLACE and mention.text == known.subject.removeprefix("the ") for mention in known.named)


def _measure(known: Candidates, pointer: Pointer) -> str:
    """A numbered instrument, or a subject that is a measure, is what people speak on about."""
    if pointer.word in _PLURAL:
        return ""
    for mention in reversed(known.named):
        if mention.kind in {INSTRUMENT, CODE}:
            return next((one for one in (known.subject,) if one.endswith(mention.text)), mention.text)
    subject = known.subject
    return subject if _speakable(subject) and re.search(rf"\b{HEAD}\b", subject, re.IGNORECASE) else ""


def _headed(pointer: Pointer, old: str, known: Candidates) -> str:
    """ "that ban": the old question's phrase with this noun, its instrument or event, or a phrase made of its names."""
    stem = pointer.head.rstrip("s")
    for phrase in (known.subject, known.asked_whole, known.object, known.asked):
        if _speakable(phrase) and re.search(rf"\b{re.escape(stem)}", phrase, re.IGNORECASE):
            return phrase
    if not re.fullmatch(HEAD, pointer.head):
        return ""
    for kind in (INSTRUMENT, EVENT):
        if single := next((one for one in reversed(known.named) if one.kind == kind), None):
            return _with_article(old, single)
    names = [one.text for one in known.named if one.kind == NAME][:2]
    dates = [one.text for one in known.named if one.kind == DATE][-1:]
    if not names and not dates:
        return ""
    when = f" of {dates[0]}" if dates else ""
    return f"the {' '.join([*names, pointer.head])}{when}"


def _put(text: str, pointer: Pointer, antecedent: str) -> str:
    before, after = text[: pointer.start], text[pointer.end :]
    if pointer.word in OWNING:
        antecedent = f"{antecedent}'" if antecedent.endswith("s") else f"{antecedent}'s"
    if pointer.word == "there" and re.search(r"\b(?:in|at|from|to)\s+$", before):
        antecedent = antecedent.partition(" ")[2]
    if not before.strip():
        antecedent = antecedent[:1].upper() + antecedent[1:]
    return f"{before}{antecedent}{after}"


def _is_subject(question: str, pointer: Pointer) -> bool:
    before = question[: pointer.start].split()
    return not before or before[-1].lower().rstrip(",") in AUXILIARIES | {
        "and",
        "but",
        "so",
        "when",
        "if",
        "why",
    }


def _is_plural(phrase: str, known: Candidates) -> bool:
    head = re.split(r" (?:that|of|for|on|with|in|from) ", phrase, maxsplit=1)[0]
    if " and " in head:
        return True
    named = any(mention.text == head.removeprefix("the ") for mention in known.named)
    return not named and head.endswith("s") and not head.endswith("ss")


def _last_name(known: Candidates) -> str:
    return next((mention.text for mention in reversed(known.named) if mention.kind in {NAME, EVENT}), "")


def _first_name(answer: Sequence[str], analyzer: TermAnalyzer) -> str:
    """The first name in the first sentence of the answer."""
    if not answer:
        return ""
    found = mentions(answer[0][:LONGEST_ANTECEDENT], analyzer)
    return next((mention.text for mention in found if mention.kind == NAME), "")
