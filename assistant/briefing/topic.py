"""Topics: what a briefing is asked for, and which sentences are about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.dates import split_as_of
from assistant.errors import BadInputError, TooLargeError
from assistant.terms import PLACES_KIND, TermAnalyzer
from assistant.types import Hit, Span

MAX_TOPIC_LENGTH = 200
_ASKING = re.compile(r"^\W*(?:please\s+)?(?:brief me|a brief(?:ing)?|briefing)\s+(?:on|about)\s+", re.IGNORECASE)
# "United Daily (Malaysia) reported" tells nothing of Malaysia.
_IN_BRACKETS = re.compile(r"\([^)]*\)")
# Two capitalised words or three, without a number; longer names are worded in other ways too.
_PROPER_NAME = re.compile(r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){1,2}")


@dataclass(frozen=True, slots=True)
class NamingSentence:
    """A sentence that names the topic, in the passage that was found."""

    hit: Hit
    span: Span

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.span.of(self.hit.article.text)


class Topic:
    """What a briefing is about; ``as_of`` is the day that its words name ("samarium as of 1 December 2025").

    Raises:
        BadInputError: it names nothing.
        TooLargeError: it has over ``MAX_TOPIC_LENGTH`` characters.
    """

    def __init__(self, asked: str, analyzer: TermAnalyzer) -> None:
        if len(asked) > MAX_TOPIC_LENGTH:
            raise TooLargeError(
                f"the topic has {len(asked)} characters, at most {MAX_TOPIC_LENGTH} are read; name it more briefly"
            )
        if any("\ud800" <= character <= "\udfff" for character in asked):
            raise BadInputError("the topic holds half a character (a lone surrogate); send it as UTF-8")
        words, self.as_of = split_as_of(_ASKING.sub("", " ".join(asked.split())))
        self.text = words.strip(" .?!,;:\"'“”")
        self._analyzer = analyzer
        self.terms = frozenset(analyzer.content_terms(self.text))
        if not self.terms:
            raise BadInputError(f"the topic {asked!r} names nothing; name a measure, element, company or place")

    @property
    def elements(self) -> tuple[str, ...]:
        """The chemical elements that it names."""
        return tuple(sorted(term for term in self.terms if self._analyzer.kind(term) == "elements"))

    def is_named_by(self, *texts: str) -> bool:
        """Whether the texts, taken together, hold every term of the topic."""
        return self.terms <= self._terms(texts)

    def shares_a_term(self, text: str) -> bool:
        """Whether a text holds any term of the topic."""
        return not self.terms.isdisjoint(self._terms([text]))

    def naming(self, hits: Iterable[Hit]) -> Iterator[NamingSentence]:
        """The sentences of passages that are about the topic, in order.

        A sentence must hold two thirds of its terms; what it lacks, its passage or the title must say.
        """
        for hit in hits:
            if self.is_named_by(hit.passage.text, hit.article.title):
                for span in hit.passage.sentences:
                    if self.is_mostly_named_by(span.of(hit.article.text)):
                        yield NamingSentence(hit, span)

    def stands_together(self, text: str) -> bool:
        """Whether a proper name ("Entity List") stands as such; the words of other topics may stand apart."""
        is_name = _PROPER_NAME.fullmatch(self.text)
        return not is_name or self._analyzer.canonical(self.text) in self._analyzer.canonical(text)

    def is_mostly_named_by(self, text: str) -> bool:
        """Whether a sentence holds at least two thirds of the terms, and does not merely cite an outlet there."""
        if self._is_place:
            text = _IN_BRACKETS.sub("", text)
        return 3 * len(self.terms & self._terms([text])) >= 2 * len(self.terms) and self.stands_together(text)

    @property
    def _is_place(self) -> bool:
        return any(self._analyzer.kind(term) == PLACES_KIND for term in self.terms)

    def _terms(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(term for text in texts for term in self._analyzer.terms(text))
