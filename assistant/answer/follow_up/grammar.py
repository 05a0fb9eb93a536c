"""A question taken apart by its closed-class words: question phrase, auxiliary, subject, predicate."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer.follow_up.verbs import is_base, is_finite, is_participle, past, third_person
from assistant.dates import find_dates

BE = frozenset({"is", "are", "was", "were"})
DO = frozenset({"do", "does", "did"})
HAVE = frozenset({"has", "have", "had"})
TO_MANY = {"is": "are", "was": "were", "does": "do", "has": "have"}
_DONE_BY_MEASURES = frozenset("announce announced impose imposed introduce introduced adopt adopted".split())
_AGREED_BY_DEALS = frozenset("sign signed agree agreed conclude concluded".split())
AUXILIARIES = BE | DO | HAVE | {"can", "could", "will", "would", "may", "might", "must", "shall", "should"}
PREPOSITIONS = frozenset(
    "about after against among at before between by during for from in inside into of on onto out outside over per "
    "since to towards under until up with within without".split()
)
DETERMINERS = frozenset(
    "a an the its their his her our my your any some all both each every no this that these those".split()
)
QUESTION_WORDS = frozenset("what which who whom whose when where why how".split())
# Any of them, for patterns.
ANY_QUESTION_WORD = "|".join(sorted(QUESTION_WORDS))
LONGEST_QUESTION_PHRASE = 12
_ADJUNCT = re.compile(r"(?:\w+ )?(?:when|where|why)\b|how(?: (?:long|so|often))?$|by whom\b|for whom\b", re.IGNORECASE)
_NOT_YET_THE_VERB = DETERMINERS | PREPOSITIONS
# Verbs that are as often nouns: "the export ban starts", where "impose export controls" has its verb first.
_ALSO_NOUNS = frozenset(
    "ban block change claim control cost cut deal demand drop export halt import increase issue license limit list "
    "mine move name offer order output pause plan pledge price promise purchase record report result return sanction "
    "ship start stay stockpile supply support target trade transfer try use visit work".split()
)
# They stand between a subject and its verb: "China first imposed".
_BEFORE_VERB = frozenset("first already ever actually finally really just even recently originally".split())
_STATES = re.compile(
    r"(?:still|one of|among|subject|based|part|due|worth|available|valid|legal|(?:in|at) (?:force|effect|place)|"
    r"on hold|at the|in the|there)\b"
)
_CONTRACTED = re.compile(r"\b(?P<word>what|who|where|when|how|why|that|there|it)['’]s\b(?! been\b)", re.IGNORECASE)
_AFTER_HEAD = re.compile(rf" (?:that|near|{'|'.join(sorted(PREPOSITIONS))}) ")
_NUMBER_OF = re.compile(r"\d\s+of\s+$")
_DATE_LED = re.compile(
    r"[\s,]+(?:(?:in|on|during|for|since|until|by|of|from)\s+)?(?:(?:early|mid|late)[\s-])?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A follow-up in full; ``focus`` is what is new in it, None when that is the whole."""

    text: str
    focus: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """The parts of a question, in their own words.

    Attributes:
        asking: the question phrase ("How many tonnes"), empty in a yes/no question.
        auxiliary: lower case, empty when the question phrase is the subject.
        subject: empty when the question phrase is the subject or no end of it was found.
        predicate: from the verb or state on, without the question mark.
    """

    asking: str
    auxiliary: str
    subject: str
    predicate: str

    @property
    def rest(self) -> str:
        """Subject and predicate."""
        return f"{self.subject} {self.predicate}".strip()

    @property
    def verb(self) -> str:
        """First word of the predicate."""
        return self.predicate.split(" ", 1)[0]

    @property
    def tail(self) -> str:
        """The predicate after its first word."""
        return self.predicate.partition(" ")[2]

    @property
    def asks_a_circumstance(self) -> bool:
        """Whether what is asked is when, where, why or the like, so that the rest is whole without it."""
        return bool(_ADJUNCT.match(self.asking)) or self.asking.split(" ", 1)[0].lower() in PREPOSITIONS


def parse(question: str) -> Clause | None:
    """The clause of a question, None for a text that is none ("magnets in June 2025")."""
    words = question.strip().rstrip("?!. ").split()
    if not words:
        return None
    place = _auxiliary_at(words)
    opening = words[0].lower()
    asks = opening in QUESTION_WORDS or (opening in PREPOSITIONS and words[1:2] and words[1].lower() in QUESTION_WORDS)
    if place == 0 or (asks and place is not None):
        auxiliary = words[place].lower()
        subject, predicate = _divided(words[place + 1 :], auxiliary)
        return Clause(" ".join(words[:place]), auxiliary, subject, predicate)
    return _with_asking_subject(words) if asks else None


def _auxiliary_at(words: list[str]) -> int | None:
    if words[0].lower() in AUXILIARIES:
        return 0
    places = (at for at, word in enumerate(words[:LONGEST_QUESTION_PHRASE]) if word in AUXILIARIES)
    return next((at for at in places if words[at - 1] != "that"), None)


def _with_asking_subject(words: list[str]) -> Clause | None:
    """ "How much dysprosium left China": the first finite verb ends the question phrase."""
    for at, word in enumerate(words[1:LONGEST_QUESTION_PHRASE], start=1):
        if is_finite(word) and words[at - 1].lower() not in _NOT_YET_THE_VERB and not _is_finite_at(words, at + 1):
            return Clause(" ".join(words[:at]), "", "", " ".join(words[at:]))
    return None


def _is_finite_at(words: list[str], at: int) -> bool:
    return at < len(words) and is_finite(words[at]) and words[at] != "put"


def _divided(words: list[str], auxiliary: str) -> tuple[str, str]:
    """Subject and predicate; everything is predicate when no verb or state shows where the subject ends."""
    verb: Callable[[str], bool] = is_participle if auxiliary in BE | HAVE else is_base
    # Between "did" and its verb there is a subject: "did export controls cover".
    first = 1 if auxiliary in DO and any(map(verb, words[1:])) else 0
    candidates = [at for at, word in enumerate(words) if at >= first and verb(word)]
    if auxiliary in BE:
        candidates += [at for at in range(1, len(words)) if _STATES.match(" ".join(words[at : at + 2]))]
    likely = [at for at in sorted(candidates) if _ends_subject(words, at, candidates)]
    at = next(iter(likely), candidates[-1] if candidates else 0)
    if auxiliary in DO and not candidates and len(words) > 1 and words[-1].islower():
        at = len(words) - 1  # an unknown verb ends the question: "What did the talks of June 2025 achieve?"
    if auxiliary in BE and at == 0 and not (words and (verb(words[0]) or words[0].lower() in PREPOSITIONS)):
        return " ".join(words), ""
    end = next((end for end in range(at, 0, -1) if words[end - 1].lower() not in _BEFORE_VERB), at)
    return " ".join(words[:end]), " ".join(words[at:])


def _ends_subject(words: list[str], at: int, candidates: list[int]) -> bool:
    before = words[at - 1] if at else ""
    is_compound = at + 1 in candidates and words[at].lower() in _ALSO_NOUNS
    if before.lower() in _NOT_YET_THE_VERB or before.endswith(("'s", "’s")) or is_compound:
        return False
    relative = "that" in words[1:at]
    return not (before.isdigit() or relative) or not any(later > at for later in candidates)


def asked_thing(clause: Clause) -> str:
    """The noun of the question phrase, without unit: "How many tonnes of magnets" gives "magnets"."""
    words = clause.asking.split()
    lowered = [word.lower() for word in words]
    if lowered[:2] in (["how", "many"], ["how", "much"]):
        thing = words[2:]
        return " ".join(thing[2:] if lowered[3:4] == ["of"] else thing)
    return " ".join(words[1:]) if lowered[:1] in (["what"], ["which"]) and lowered[1:2] != ["of"] else ""


def as_noun_phrase(clause: Clause) -> str:
    """What the question asks for, to be spoken of: "the magnets that China exported in July 2025"."""
    thing = asked_thing(clause) or _thing_done(clause)
    # "How much money is Project Vault?" asks for no thing that could be spoken of: "the money that it is".
    is_bare = clause.auxiliary in BE and not clause.predicate
    said = "" if is_bare else _relative(clause)
    return f"the {thing} that {said}" if thing and said else ""


def _thing_done(clause: Clause) -> str:
    """What somebody "announced" or "imposed", where the question has no noun for it."""
    if clause.asking.lower() != "what":
        return ""
    verb = clause.verb.lower()
    return "measures" if verb in _DONE_BY_MEASURES else "deal" if verb in _AGREED_BY_DEALS else ""


def as_indirect(clause: Clause) -> str:
    """The question inside another: "how many tonnes of magnets China exported in July 2025"; empty when unclear."""
    said = _relative(clause)
    opening = lower_first(clause.asking) if clause.asking else "whether"
    return f"{opening} {said}" if said else ""


def _relative(clause: Clause) -> str:
    subject, auxiliary = clause.subject, clause.auxiliary
    if not auxiliary:
        return clause.predicate
    if auxiliary in BE:
        if subject and not clause.predicate:
            told, dates = without_trailing_date(subject)
            return f"{told} {auxiliary}{dates}"
        return f"{subject} {auxiliary} {clause.predicate}".strip()
    if not subject:
        return ""
    if auxiliary == "did":
        return f"{subject} {past(clause.verb)} {clause.tail}".strip()
    if auxiliary == "does":
        return f"{subject} {third_person(clause.verb)} {clause.tail}".strip()
    return f"{subject} {clause.predicate}" if auxiliary == "do" else f"{subject} {auxiliary} {clause.predicate}"


def without_trailing_date(text: str) -> tuple[str, str]:
    """``text`` and the date phrase that ends it, either of them as it stood."""
    mentions = [one for one in find_dates(text) if not _NUMBER_OF.search(text[: one.start])]
    if not mentions or text[mentions[-1].end :].strip(" ?."):
        return text, ""
    start = mentions[-1].start
    led = _DATE_LED.search(text[:start])
    cut = led.start() if led else start
    return text[:cut], text[cut:].rstrip(" ?.")


def joined(new: str, old: str) -> Rewrite:
    """Both questions side by side, the new one first: "In dollar terms: what tonnage did China ship".

    A date that ends the old question gives way to one in the new.
    """
    if find_dates(new):
        old = without_trailing_date(old)[0].rstrip(" ?.")
    before, _, rest = old.partition(": ")
    if rest and before.split(" ", 1)[0].lower() == new.split(" ", 1)[0].lower():
        old = rest
    return Rewrite(f"{upper_first(new.rstrip(' ?.!:,'))}: {lower_first(old)}", new)


def enumerated(phrases: Sequence[str]) -> str:
    """ "Iluka, Lynas and Neo"."""
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def head_of(phrase: str) -> str:
    """A noun phrase up to its first preposition or relative clause: "the talks" of "the talks of June 2025"."""
    return _AFTER_HEAD.split(phrase, maxsplit=1)[0]


def is_plural(phrase: str) -> bool:
    """Whether a noun phrase is of more than one thing, by its head: "the talks of June 2025"."""
    head = head_of(phrase)
    return " and " in head or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def spelled_out(question: str) -> str:
    """ "What's", "who's", "it's" as two words."""
    return _CONTRACTED.sub(r"\g<word> is", question)


def lower_first(text: str) -> str:
    """``text`` with a common first word in lower case; names and abbreviations keep their capital."""
    first = text.split(" ", 1)[0].rstrip(",:").lower()
    common = first in QUESTION_WORDS | AUXILIARIES | PREPOSITIONS | DETERMINERS
    return text[:1].lower() + text[1:] if common else text


def upper_first(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]
