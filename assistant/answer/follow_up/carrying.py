"""Which words of a talk a follow-up leans on: chosen by a network where no rule says, or where it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer.follow_up.grammar import Rewrite, enumerated, lower_first
from assistant.answer.follow_up.mentions import Mention, mentions
from assistant.answer.follow_up.pointers import pointers
from assistant.terms import TermAnalyzer

# Chosen on conversations that the network had not learned from.
LIKELY = 0.5
AGREEING = 0.8
# A sentence with its pronoun replaced reads better than the words set before it, and is nearly as often right.
AGREEING_ON_A_POINTER = 0.5
MOST_BRIDGED = 3
ANSWERS_READ = 2
BETWEEN = " | "
_WORD = re.compile(r"\S+")
_AROUND = " ?!.,:;()[]\"'“”‘’"


class Carrier(Protocol):
    """Tells which words of what was said before a question leans on."""

    def carried(self, question: str, said: str) -> Sequence[float]:
        """A probability for each word of ``said``, as white space parts them."""
        ...


def as_read(questions: Sequence[str], answers: Sequence[str]) -> str:
    """What was said before as the network reads it: newest first, each question before its answer.

    Args:
        questions: as they were understood, newest first.
        answers: the first sentence of each, empty where it declined; only the newest two are read.
    """
    told = [(question, answers[place] if place < ANSWERS_READ else "") for place, question in enumerate(questions)]
    return BETWEEN.join(part.replace("|", "/") for pair in told for part in pair if part)


def carried_over(question: str, by_rule: str, said: str, carrier: Carrier, analyzer: TermAnalyzer) -> Rewrite | None:
    """What to make of a follow-up: None where the rule's rewrite stands, else the question after what it leans on.

    Args:
        question: as it was asked.
        by_rule: as the rules understood it; the same where they saw nothing to carry over.
        said: what was said before, ``as_read``.
    """
    own = frozenset(analyzer.content_terms(question))
    phrases = _phrases(question, said, carrier, analyzer, own)
    wanted = frozenset(term for phrase in phrases for term in analyzer.content_terms(phrase)) - own
    added = frozenset(analyzer.content_terms(by_rule)) - own
    points_back = bool(pointers(question))
    least = AGREEING_ON_A_POINTER if points_back else AGREEING
    if by_rule != question and agreement(added, wanted) >= least:
        return None
    if not wanted:
        # A word that points back points at something, whatever the carrier missed.
        return None if points_back else Rewrite(question)
    return Rewrite(f"On {enumerated(phrases)}: {lower_first(question)}", question)


def bare(word: str) -> str:
    """A word without the marks around it."""
    return word.strip(_AROUND)


def agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """F1 of two sets of terms; 1 where both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _phrases(
    question: str, said: str, carrier: Carrier, analyzer: TermAnalyzer, own: frozenset[str]
) -> tuple[str, ...]:
    """Runs of likely words, each of which brings a term that the question and the other runs have not."""
    found: dict[str, frozenset[str]] = {}
    for phrase in _runs(said, carrier.carried(question, said), analyzer):
        terms = frozenset(analyzer.content_terms(phrase))
        if terms - own.union(*found.values()):
            found = {kept: those for kept, those in found.items() if not those <= terms} | {phrase: terms}
    return tuple(found)


def _runs(text: str, likely: Sequence[float], analyzer: TermAnalyzer) -> Iterator[str]:
    """Likely words that follow each other, with the few words without a term between them; names are kept whole."""
    words = list(_WORD.finditer(text))
    named = mentions(text, analyzer)
    run: list[int] = []
    for place, (word, probability) in enumerate(zip(words, likely, strict=True)):
        has_terms = bool(analyzer.content_terms(bare(word[0])))
        if probability > LIKELY and has_terms:
            run.append(place)
        elif run and (has_terms or word[0] == "|" or place - run[-1] > MOST_BRIDGED):
            yield _whole(text, words[run[0]].start(), words[run[-1]].end(), named)
            run = []
    if run:
        yield _whole(text, words[run[0]].start(), words[run[-1]].end(), named)


def _whole(text: str, start: int, end: int, named: Sequence[Mention]) -> str:
    """A stretch of a text with the whole of each name that it holds a part of: "USA Rare Earth" of "Rare"."""
    touched = [one for one in named if one.start < end and start < one.end]
    start, end = min([start, *(one.start for one in touched)]), max([end, *(one.end for one in touched)])
    return text[start:end].strip(_AROUND)
