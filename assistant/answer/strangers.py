"""Whether a question names somebody or something that nothing found names: then no likeness is an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.answer.named import acting_names, proper_names
from assistant.answer.relevance import terms_told
from assistant.terms import TermAnalyzer
from assistant.types import Hit

_WORD = re.compile(r"\w+")


def names_a_stranger(question: str, found: Sequence[Hit], analyzer: TermAnalyzer) -> bool:
    """Whether nothing ``found`` names a place, an element or a rule of the question, or who is asked of.

    Who is asked of: all its other names where it names no such thing, and who is asked to have done something.
    """
    known = frozenset(term for term in analyzer.content_terms(question) if analyzer.kind(term))
    others = frozenset() if known else proper_names(question)
    acting = acting_names(question, analyzer)
    if not found or not (known or others or acting):
        return False
    terms = frozenset[str]().union(*(terms_told(hit, analyzer) for hit in found))
    if not known <= terms:
        return True
    # Names that may go by other wordings too; where there are none, nothing need be read for them.
    wordings = [name for name in acting if terms.isdisjoint(analyzer.content_terms(name))]
    if not others and not wordings:
        return False
    words = frozenset[str]().union(*map(_words_of, found))
    sought = (others, *(proper_names(f"x {name}") for name in wordings))
    return any(words.isdisjoint(map(_folded, names)) for names in sought if names)


def _words_of(hit: Hit) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(f"{hit.article.title} {hit.article.publisher} {hit.passage.text}").lower()))


def _folded(text: str) -> str:
    """Without accents: who asks and who writes do not spell "Séjourné" alike."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
