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
    TO_MANY,
    as_noun_phrase,
    asked_thing,
    enumerated,
    head_of,
    is_plural,
    parse,
    upper_first,
    without_trailing_date,
)
from assistant.answer.follow_up.mentions import CODE, DATE, EVENT, INSTRUMENT, NAME, PLACE, Mention, mentions
from assistant.answer.follow_up.pointers import FIRM, HEAD, OWNING, Pointer, names_its_own, pointers
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
    r"those|there|what|who|how|why|whether|anyone|or should)\b"
)
_PLURAL = frozenset({"they", "them", "their", "these", "those"})
_PERSON = frozenset({"he", "him", "his", "she"})
# What is said of licences and goods, hardly of who holds them.
_OF_THINGS = re.compile(
    r"\b(?:valid|last|expires?|renew(?:ed|able)?|run out|cover|appl(?:y|ies)|cost|limited|required|needed|in force|"
    r"transferable|worth|contain|used|issued|granted|made of)\b",
    re.IGNORECASE,
)
_OF_AMOUNTS = re.compile(
    r"\b(?:ris(?:e|en|ing)|rose|f[ae]ll(?:en|ing)?|gr[eo]w(?:n|ing)?|chang|compar|high|low|larg|big|small|much|many|drop|up|down|"
    r"more|less|increas|decreas|same|record|percent|mean|calculat|estimat|measur|of (?:it|that|this|them|those))",
    re.IGNORECASE,
)
_HOW_MUCH_DONE = re.compile(
    r"how (?:much|many|far) (?:will|would|did|does|do|has|have|can|could|may|should)\b", re.IGNORECASE
)
_MEASURED = re.compile(
    r"the (?:share|part|portion|proportion|percentage|fraction|amount|quantity|volume|tonnage|value|price|cost|level|"
    r"number)s?"
    r" of (?P<thing>.+?)(?= that | in | on | for |$)"
)
_FORMS = (frozenset({"it", "its"}), frozenset({"they", "them", "their"}), _PERSON)
_ON_A_SUBJECT = re.compile(r"On (?P<subject>[^:]{3,80}): ")
_IMPERSONAL = frozenset("i you we one somebody someone anyone people".split())
# "Did Lynas sign something with JARE of Japan?", "What is the price there?": in what they signed, not in Japan.
_AGREED = re.compile(
    r"\b(?:sign(?:s|ed)?|deals?|agree[ds]?|agreements?|contracts?|pacts?|accords?|orders?)\b", re.IGNORECASE
)
_OF_TERMS = re.compile(
    r"\b(?:prices?|floor|terms?|sums?|amounts?|volumes?|how (?:much|many|long)|conditions?)\b", re.IGNORECASE
)
_VERBLESS = re.compile(r"^how (?:much|many) of (?:that|this|those|these|it|them)(?= to\b)", re.IGNORECASE)
# "How much are they paying?" after "Who is buying Serra Verde?"
_PAYS = re.compile(r"\b(?:pay|paying|paid|spend|spending|spent|offer|offering|offered)\W*$", re.IGNORECASE)
_TIME_ALONE = re.compile(r"(?:before|after|since|until) (?:that|this|then)\W*$", re.IGNORECASE)  # no thing, a time
_SINGULAR_VERB = re.compile(r"\b(?P<verb>is|was|does|has)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the old question spoke of, in its own words; empty where there is no such part."""

    subject: str
    asked: str
    asked_whole: str
    object: str
    named: tuple[Mention, ...]
    place: str


def resolved(
    question: str, old: str, answer: Sequence[str], analyzer: TermAnalyzer, spoken_of: tuple[str, frozenset[str]]
) -> str | None:
    """The question with what its pointers stand for; None when it has none or one has no antecedent.

    ``spoken_of`` is what a pronoun stood for in the question before, and the forms of that pronoun.
    """
    question = _VERBLESS.sub(r"\g<0> went", question)
    found = pointers(question) if _asks(question) and not _TIME_ALONE.match(question) else ()
    if not found or names_its_own(question, found[0], analyzer):
        return None
    candidates = _candidates(old, analyzer)
    core = old.rpartition(": ")[2]
    text, missing = question, True
    for pointer in reversed(found):
        kept = spoken_of[0] if pointer.word in spoken_of[1] else _set_before(old, pointer)
        antecedent = kept or _antecedent(question, pointer, core, answer, candidates, analyzer)
        if antecedent:
            missing = False
            # The plural look of a name tells nothing: "Noveon Magnetics makes".
            many = is_plural(antecedent) and head_of(antecedent).split()[-1].islower()
            text = _put(text, pointer, antecedent, many)
    if missing:
        return None
    if _PAYS.search(text) and re.match(r"who\b", core, re.IGNORECASE) and _speakable(candidates.object):
        text = f"{text.rstrip(' ?.!')} for {candidates.object}?"
    if (quantity := _QUANTITY.match(question)) and (unit := re.match(r"how many (\w+) of ", old, re.IGNORECASE)):
        text = f"How many {unit[1]} of {text[quantity.end() :]}"
    return text


def _set_before(old: str, pointer: Pointer) -> str:
    """The subject of "On the licence: how long does it take", which another "it" goes on with."""
    led = _ON_A_SUBJECT.match(old)
    forms = next((forms for forms in _FORMS if pointer.word in forms), frozenset[str]())
    goes_on = led and not forms.isdisjoint(re.findall(r"[a-z]+", old[led.end() :].lower()))
    return led["subject"] if led and goes_on else ""


def spoken_on(asked: str, understood: str) -> tuple[str, frozenset[str]]:
    """What the pronoun of an earlier question stood for, with the forms of that pronoun; empty when it had none.

    A pronoun mostly keeps its antecedent from one question to the next (centering: Grosz, Joshi and Weinstein 1995).
    """
    found = pointers(asked)
    forms = next((forms for forms in _FORMS if found and found[0].word in forms), frozenset[str]())
    if len(found) != 1 or not forms or found[0].head:
        return "", frozenset()
    before, after = asked[: found[0].start].lower(), asked[found[0].end :].rstrip(" ?.!").lower()
    told = understood.rstrip(" ?.!")
    if not (told.lower().startswith(before) and told.lower().endswith(after)):
        return "", frozenset()
    told = re.sub(r"['’]s?$", "", told[len(before) : len(told) - len(after)].strip())
    return (told, forms) if _speakable(told) and told.lower() not in forms else ("", frozenset())


def topic_of(old: str, analyzer: TermAnalyzer) -> str:
    """The phrase that the old question was about, to set before another question; empty when none is clear."""
    known = _candidates(old, analyzer)
    subject = known.subject if re.search(rf"\b{HEAD}\b", known.subject, re.IGNORECASE) else ""
    places = {mention.text for mention in known.named if mention.kind == PLACE}
    bare = known.object.removeprefix("the ") in places
    return next((phrase for phrase in (subject, "" if bare else known.object) if _speakable(phrase)), "")


def names_of(old: str, analyzer: TermAnalyzer) -> str:
    """What the old question names, to set before another question; empty when it names nobody and no rule."""
    named = [one for one in mentions(old, analyzer) if one.kind != DATE and (one.start or not _is_attribute(old, one))]
    if not any(one.kind in {NAME, INSTRUMENT, EVENT, CODE} for one in named):
        return ""
    told = dict.fromkeys(one.text if _is_attribute(old, one) else _with_article(old, one) for one in named)
    return enumerated(tuple(told))


def _is_attribute(text: str, mention: Mention) -> bool:
    """Whether the article before a name belongs to a noun after it: "the EXIM loan"."""
    after = text[mention.end :].split()
    return bool(after) and after[0].islower() and after[0] not in PREPOSITIONS | AUXILIARIES


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
    owner = "" if clause.subject.lower() in _IMPERSONAL else clause.subject
    complement = clause.tail if clause.verb else ""
    thing = asked_thing(clause)
    if clause.auxiliary in BE and not clause.predicate:
        owner, complement, thing = without_trailing_date(clause.subject)[0], "", ""
    return Candidates(
        subject=owner,
        asked=f"the {thing}" if thing else "",
        asked_whole=as_noun_phrase(clause),
        object=_object(complement, owner, clause.auxiliary in BE and not clause.verb.endswith("ing"))
        or _good(complement, analyzer),
        named=named,
        place=venue or place,
    )


def _good(complement: str, analyzer: TermAnalyzer) -> str:
    """The element that the words after a verb begin with: "export yttrium to the US"."""
    first = next(iter(mentions(complement, analyzer)), None)
    return first.text if first and not first.start and first.kind == "elements" else ""


def _with_article(text: str, mention: Mention) -> str:
    return f"the {mention.text}" if re.search(r"\bthe\s+$", text[: mention.start], re.IGNORECASE) else mention.text


def _object(complement: str, owner: str, clause_of_state: bool) -> str:
    """The noun phrase after the verb, its date and place left off, "its" and "their" spelled out."""
    if clause_of_state and complement.split(" ", 1)[0].lower() in PREPOSITIONS and owner:
        return ""  # "Is samarium made outside China?" speaks of samarium
    told, _ = without_trailing_date(complement)
    told = re.sub(rf"^(?:{'|'.join(sorted(PREPOSITIONS))})\s+", "", told)
    told = re.sub(r"\s+(?:on hold|in force|for that|to that|first|last|already|yet|again)$", "", told)
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
        return "" if _AGREED.search(old) and _OF_TERMS.search(question) else known.place
    if pointer.head:
        return _headed(pointer, old, known)
    if pointer.word in _PERSON:
        asked_of = re.match(r"who\b", old, re.IGNORECASE)
        last = _last_name(known)
        return (last if " " in last or asked_of else "") or _first_name(answer, analyzer)
    as_subject = _is_subject(question, pointer)
    if as_subject and not known.asked and _HOW_MUCH_DONE.match(old) and _OF_AMOUNTS.search(question):
        return ""  # "How much will it lend?", "Was it always that much?": no word of the old question is the amount
    if (
        as_subject
        and re.match(r"who\b|which (?:company|firm)\b", old, re.IGNORECASE)
        and not (known.object and _OF_THINGS.search(question))
        and (name := _first_name(answer, analyzer, old))
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
    told = next((one for one in spoken if _is_plural(one, known) == plural), "") or next(iter(spoken), "")
    return told if _OF_AMOUNTS.search(question) else _thing_measured(told)


def _thing_measured(phrase: str) -> str:
    """ "The share of the world's antimony that China mined" is no thing to be licensed: the antimony is."""
    measured = _MEASURED.match(phrase)
    return measured["thing"] if measured else phrase


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
    if re.fullmatch(FIRM, pointer.head):
        return _firm(known)
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
    if not names and _speakable(known.subject):
        return f"the {pointer.head} of {known.subject}"
    if not names and not dates:
        return ""
    when = f" of {dates[0]}" if dates else ""
    return f"the {' '.join([*names, pointer.head])}{when}"


def _firm(known: Candidates) -> str:
    """The name that a question was of, else the only one in it."""
    names = [mention.text for mention in known.named if mention.kind == NAME]
    return known.subject if known.subject in names else names[0] if len(names) == 1 else ""


def _put(text: str, pointer: Pointer, antecedent: str, plural: bool) -> str:
    before, after = text[: pointer.start], text[pointer.end :]
    if plural and pointer.word in {"it", "that", "this"} and (led := _SINGULAR_VERB.search(before)):
        before = f"{before[: led.start('verb')]}{TO_MANY[led['verb'].lower()]} "
        before = upper_first(before) if not led.start("verb") else before
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
    named = any(mention.text == head_of(phrase).removeprefix("the ") for mention in known.named)
    return not named and is_plural(phrase)


def _last_name(known: Candidates) -> str:
    return next((mention.text for mention in reversed(known.named) if mention.kind in {NAME, EVENT}), "")


def _first_name(answer: Sequence[str], analyzer: TermAnalyzer, old: str = "") -> str:
    """The first name in the first sentence of the answer that the old question had not named."""
    if not answer:
        return ""
    found = mentions(answer[0][:LONGEST_ANTECEDENT], analyzer)
    return next((mention.text for mention in found if mention.kind == NAME and mention.text not in old), "")
