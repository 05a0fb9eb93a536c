"""Words for events: which of them a question asks about, and which a sentence tells."""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import parse
from assistant.answer.values.value import Value
from assistant.terms import TermAnalyzer

# Words for one kind of event; a date belongs to the event that the sentence tells last before it.
EVENTS = (
    "build built construct constructed construction erect erected completed",
    "found founded establish established form formed create created",
    "born birth",
    "die died death",
    "release released issue issued",
    "sign signed date dated dates conclude concluded",
    "announce announced announcement unveil unveiled proclaim proclaimed",
    "start started begin began launch launched open opened",
    "end ended expire expired lapse lapsed close closed",
    "suspend suspended suspension pause paused",
    "stop stopped halt halted cease ceased",
    "extend extended prolong prolonged",
    "list listed add added blacklisted",
    "receive received get got",
    "send sent submit submitted",
    "declare declared",
    "publish published",
    "protest protested",
    "assure assured accuse accused warn warned threaten threatened demand demanded",
    "become became appoint appointed elect elected inherit inherited succeed succeeded",
    "rename renamed",
    "move moved live lived",
    "require required",
    "propose proposed proposal table tabled",
    "approve approved confirm confirmed ratify ratified",
    "reject rejected",
    "remove removed repeal repealed",
    "meet met held",
    "visit visited",
    "join joined",
    "incorporate incorporated",
    "ban banned",
    "plan planned expect expected ask asked",
)
_EVENT_OF = {word: words for words in EVENTS for word in words.split()}
# In a sentence, bare forms are mostly nouns ("the control list"): only these and forms in -ed tell that something
# came about, other than that it was told of. Before a plain noun, -ed is an adjective ("processed minerals").
_TELLING = re.compile(
    r"\b(?:(?i:built|born|birth|death|began|met|held|sent|got|became|dates|construction|"
    rf"{'|'.join(word for word in _EVENT_OF if word.endswith('ed'))})|"
    r"(?!(?:report|cit|quot|stat|not|explain|nam|carri|bas|relat|estimat|argu|describ|mention|hundr)ed\b)"
    r"[a-z]+(?<!e)ed(?=[,.;]| (?:the|an?|its|their|his|her|that|as|by|in|on|at|to|from|for|with|until|into|[A-Z\d])))\b"
)
_LOWER_WORD = re.compile(r"[a-z]+")
SAYS_LITTLE = frozenset("be have put take make come go going become set hold happen occur do date dates".split())
SIGNING, STARTING, ENDING = EVENTS[5], EVENTS[7], EVENTS[8]
_GOING_TO = re.compile(r"\bgoing to (?P<verb>[a-z]+)")


class EventWords:
    """The events that words tell of."""

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer

    def event(self, word: str) -> str:
        """The kind of event that a word tells of, else the word's own stem."""
        plain = word.lower()
        known = _EVENT_OF.get(plain) or _EVENT_OF.get(plain.removesuffix("s"))
        return known or " ".join(self._analyzer.terms(word))

    def asked(self, question: str) -> frozenset[str]:
        """The events that a question speaks of: its verb, unless it says little, and the words of events."""
        clause = parse(question)
        verb = clause.verb.lower() if clause and clause.verb[:1].islower() else ""
        if going := _GOING_TO.search(question):
            verb = going["verb"]
        words = [word for word in _LOWER_WORD.findall(question.lower()) if word in _EVENT_OF]
        return frozenset(self.event(word) for word in [verb, *words] if word and word not in SAYS_LITTLE)

    def told(self, text: str) -> frozenset[str]:
        """The events of all words of a text."""
        return frozenset(self.event(word) for word in _LOWER_WORD.findall(text.lower()))


def telling_word(text: str, value: Value) -> str | None:
    """The word that tells last before a date what came about, else first after it."""
    before = _TELLING.findall(text[: value.start])
    after = _TELLING.search(text, value.end)
    return before[-1] if before else after[0] if after else None
