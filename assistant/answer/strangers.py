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
_WORDS = r"[\w’'&-]+(?: [\w’'&-]+){0,3}?"
# "Is bauxite under export control?", "the ban on Nexperia chips": of such no name need be written large.
_RULED = (
    re.compile(
        rf"^\W*(?:(?:and|so|but) )?(?:is|are|was|were) (?:(?:the|any|all) )?(?P<ruled>{_WORDS}) "
        r"(?:(?:still|now|also|already|currently|really) )*"
        r"(?:under|subject to|controlled|restricted|banned|covered|affected|caught|exempt|licensed|"
        r"on (?:china|the|beijing))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:controls?|bans?|restrictions?|curbs?|licen[cs]es?|embargo) (?:on|for) "
        rf"(?:(?:the|exports? of|exporting) )?(?P<ruled>{_WORDS})(?=\W*$|[?,.;:]| "
        r"(?:to|from|in|and|or|for|by|since|after|before|still|was|were|is|are|that|which|with|at|be|have|has)\b)",
        re.IGNORECASE,
    ),
)


def names_a_stranger(question: str, found: Sequence[Hit], analyzer: TermAnalyzer) -> bool:
    """Whether nothing ``found`` names a place, an element or a rule of the question, or who is asked of.

    Who is asked of: all its other names where it names no such thing, and who is asked to have done something; and
    what a rule is asked to hold for, named or not.
    """
    known = frozenset(term for term in analyzer.content_terms(question) if analyzer.kind(term))
    others = frozenset() if known else proper_names(question)
    acting, ruled = acting_names(question, analyzer), _ruled(question, analyzer)
    if not found or not (known or others or acting or ruled):
        return False
    terms = frozenset[str]().union(*(terms_told(hit, analyzer) for hit in found))
    if not known <= terms or any(map(terms.isdisjoint, ruled)):
        return True
    # Names that may go by other wordings too; where there are none, nothing need be read for them.
    wordings = [name for name in acting if terms.isdisjoint(analyzer.content_terms(name))]
    if not others and not wordings:
        return False
    words = frozenset[str]().union(*map(_words_of, found))
    sought = (others, *(proper_names(f"x {name}") for name in wordings))
    return any(words.isdisjoint(map(_folded, names)) for names in sought if names)


def _ruled(question: str, analyzer: TermAnalyzer) -> list[frozenset[str]]:
    """Terms of what a rule is asked to hold for."""
    told = (pattern.search(question) for pattern in _RULED)
    terms = (frozenset(analyzer.content_terms(match["ruled"])) for match in told if match)
    return [one for one in terms if one]


def _words_of(hit: Hit) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(f"{hit.article.title} {hit.article.publisher} {hit.passage.text}").lower()))


def _folded(text: str) -> str:
    """Without accents: who asks and who writes do not spell "Séjourné" alike."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
