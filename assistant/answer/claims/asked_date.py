"""Which date a question asks for: whether one is that of its event, in the role that it wants."""

from __future__ import annotations

import re

from assistant.answer.claims.accounts import tells_dispute, without_sources
from assistant.answer.claims.asked_things import AskedThings
from assistant.answer.claims.date_roles import asked_role, has_role
from assistant.answer.claims.event_words import (
    ENDING,
    EVENTS,
    SAYS_LITTLE,
    SIGNING,
    STARTING,
    EventWords,
    telling_word,
)
from assistant.answer.claims.question_words import QuestionWords
from assistant.answer.quotes import Quote
from assistant.answer.values.value import Value
from assistant.terms import TermAnalyzer

_NOUN_OF = re.compile(r"(?P<noun>[A-Za-z-]+) of $")
_DATING = frozenset("date dates dated".split())  # "dated to 7 January" dates whatever it speaks of
_ROLE_WORDS = "final last end expiry expire start effective exact exactly deadline until"
LEAST_TOLD, LEAST_TOLD_ALONE, LEAST_TOLD_IN_DISPUTE, LEAST_BESIDE_TITLE = 0.5, 0.7, 0.33, 0.4


class AskedDate:
    """The date that a question asks for: of an event, and its start, its end or its day."""

    def __init__(self, question: QuestionWords, things: AskedThings, analyzer: TermAnalyzer) -> None:
        self._question = question
        self._analyzer = analyzer
        self._named = things.named
        self._phrases = self._phrases_of(question.asking)
        self._words = EventWords(analyzer)
        self._events = self._words.asked(question.asking)
        self._role = asked_role(question.text)

    def is_told(self, quote: Quote, value: Value, contrasted: bool) -> bool:
        """Whether a date is the one asked for; less needs to be told where accounts are set against each other."""
        disputed = contrasted and tells_dispute(quote.text)
        if not has_role(self._role, quote.text, value, disputed=disputed):
            return False
        if self._role is None and self._is_of_another(quote.text, value):
            return False
        return self._is_of_event(quote, value, contrasted, disputed)

    def _is_of_another(self, text: str, value: Value) -> bool:
        """Whether a date is that of a thing that the question does not name: "the announcement of 9 October"."""
        noun = _NOUN_OF.search(text[: value.start])
        return noun is not None and not self._question.terms.issuperset(self._analyzer.terms(noun["noun"]))

    def _is_of_event(self, quote: Quote, value: Value, contrasted: bool, disputed: bool) -> bool:
        """Whether a date is that of the event asked about, and that of what the question tells of it."""
        asked = self._events or frozenset({SIGNING})
        word = telling_word(quote.text, value)
        also = {STARTING, ENDING} if self._role else set()
        if word is not None and word not in _DATING and self._words.event(word) not in asked | also:
            return False
        told = self._words.told(quote.text)
        if self._events and not told & asked and not (contrasted and told.isdisjoint(EVENTS)):
            return False
        return self._tells_of(quote, value, asked, bool(told & asked), disputed)

    def _tells_of(self, quote: Quote, value: Value, asked: frozenset[str], is_of_event: bool, disputed: bool) -> bool:
        """Whether sentence and title hold enough of the question, its event and what kind of date it wants aside."""
        rest = self._beside(asked)
        around = f"{quote.text[: value.start]} {quote.text[value.end :]}"
        own = rest & frozenset(self._analyzer.content_terms(without_sources(around)))
        title = rest & frozenset(self._analyzer.terms(quote.article.title))
        told = self._count(own | (title & self._named)) / max(self._count(rest), 1)
        with_title = self._count(own | title) / max(self._count(rest), 1)
        if not is_of_event:
            return told >= LEAST_TOLD_ALONE or (disputed and with_title >= LEAST_TOLD_ALONE)
        if disputed and with_title >= LEAST_TOLD_IN_DISPUTE:
            return True
        return told >= LEAST_TOLD or (told >= LEAST_BESIDE_TITLE and with_title >= LEAST_TOLD)

    def _beside(self, events: frozenset[str]) -> frozenset[str]:
        """What a question tells beside some events and words that say little."""
        little = self._analyzer.terms(f"{_ROLE_WORDS} {' '.join(SAYS_LITTLE)} {' '.join(events)}")
        return frozenset(term for term in self._question.content if self._words.event(term) not in events) - {*little}

    def _phrases_of(self, question: str) -> tuple[frozenset[str], ...]:
        """The terms of each word that stands for several, as a short name does."""
        of_words = (frozenset(self._analyzer.content_terms(word)) for word in question.split())
        return tuple(terms for terms in of_words if len(terms) > 1)

    def _count(self, terms: frozenset[str]) -> int:
        """How many words of the question the terms are; those of one short name count once."""
        single = terms.difference(*self._phrases)
        return len(single) + sum(not phrase.isdisjoint(terms) for phrase in self._phrases)
