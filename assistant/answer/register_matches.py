"""Which measures a question is about that names none: by its words, and by what a search finds on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.answer.asked import asks_which_rules, is_generic
from assistant.measures.register import Register
from assistant.measures.topic import MeasureTopics
from assistant.measures.types import Evidence, Measure
from assistant.periods import find_moments
from assistant.terms import FUNCTION_WORDS, TermAnalyzer
from assistant.types import Place

# A measure that is not named is meant when the words it shares with the question (0 to 1), and how early a
# search finds its evidence (0 to 1, times the weight), come to this score, and near to the best one.
STANDING_SCORE, NEAR_BEST, FOUND_WEIGHT = 0.45, 0.75, 0.3
MANY_SCORE, MANY_NEAR_BEST = 0.3, 0.5
FOUND_DEPTH = 20
_AMERICAN = "us-"


class RegisterMatches:
    """Matches questions with the measures of a register; it keeps what it has learned of the last one.

    Args:
        analyzer: how texts become terms.
    """

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self._topics: tuple[Register, MeasureTopics] | None = None

    def meant(self, register: Register, question: str, found: Sequence[Place]) -> tuple[Measure, ...]:
        """The measures that a question means, best first; ``found`` is all a search found, best first."""
        shares = self._shares(register, question)
        asked = frozenset(self._analyzer.terms(question))
        if asked & frozenset(self._analyzer.terms("China")) and not asked & frozenset(self._analyzer.terms("US")):
            shares = {name: share for name, share in shares.items() if not name.startswith(_AMERICAN)}
        return _near_best(register, shares, found, many=asks_which_rules(question))

    def shares_of_changes(self, register: Register, named: Sequence[Measure], question: str) -> Mapping[str, float]:
        """Measure id -> how much the question is about it, 0 to 1: wholly when named, or when no subject is."""
        if not named and not is_generic(_subject_words(question)):
            return self._shares(register, question)
        return dict.fromkeys((measure.id for measure in named or register.measures), 1.0)

    def _shares(self, register: Register, question: str) -> Mapping[str, float]:
        if self._topics is None or self._topics[0] is not register:
            self._topics = (register, MeasureTopics(register.measures, self._analyzer))
        return {match.measure.id: match.share for match in self._topics[1].match(question)}


def how_early(evidence: Iterable[Evidence], found: Sequence[Place]) -> float:
    """How early the search found a passage that holds some of the evidence: 1 for the first, 0 from the 20th on."""
    places = [(one.article, one.start) for one in evidence if one.start is not None]
    for rank, passage in enumerate(found[:FOUND_DEPTH]):
        if any(article == passage.article_id and passage.start <= start < passage.end for article, start in places):
            return 1 - rank / FOUND_DEPTH
    return 0.0


def _subject_words(question: str) -> Iterator[str]:
    """The words of a question, times and function words left out."""
    for mention in reversed(find_moments(question)):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return (word for word in re.findall(r"\w+", question) if word.lower() not in FUNCTION_WORDS)


def _near_best(
    register: Register, shares: Mapping[str, float], found: Sequence[Place], *, many: bool
) -> tuple[Measure, ...]:
    scores = {
        measure: shares[measure.id] + FOUND_WEIGHT * how_early(_all_evidence(measure), found)
        for measure in register.measures
        if measure.id in shares
    }
    least, near_best = (MANY_SCORE, MANY_NEAR_BEST) if many else (STANDING_SCORE, NEAR_BEST)
    least = max(least, near_best * max(scores.values(), default=0.0))
    return tuple(sorted((one for one in scores if scores[one] >= least), key=lambda one: -scores[one]))


def _all_evidence(measure: Measure) -> Iterator[Evidence]:
    return (one for entry in measure.history for one in entry.evidence)
