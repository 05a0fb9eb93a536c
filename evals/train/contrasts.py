"""Sentences held against questions: one that they answer beside those that they only seem to answer.

Sentences held against each other teach which of them is nearest to a question, not whether it answers: every question
has a nearest one. The same sentence under two questions teaches what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evals.train.examples import Asked, Group, Source, same_fact

# Sentences of one paragraph stand together in a pool.
NEAR = 8


@dataclass(frozen=True, slots=True)
class Contraster:
    """Draws contrasts.

    Attributes:
        size: questions a contrast.
        tempted: most of them that only seem to be answered; the rest is answered by sentences near by, in the same
            words of asking, so that not the way of asking alone gives a question away.
    """

    size: int = 4
    tempted: int = 2

    def contrasts(self, source: Source, rng: np.random.Generator) -> Iterator[Group]:
        """One for each question with an answer that has others beside it, and one for each text that only tempts."""
        answered = _by_place((one, one.answers) for one in source.questions)
        tempted = _by_place((one, one.tempting) for one in source.questions)
        for place in sorted(answered.keys() | tempted.keys()):
            seeming = [one.question for one in tempted.get(place, ())]
            text = source.pool[place].text
            if place not in answered:
                yield Group.of_questions(text, _drawn(seeming, self.size, rng), answered=False)
                continue
            others = [one.question for one in _beside(source, place, answered)]
            for asked in answered[place]:
                wrong = _drawn(seeming, self.tempted, rng)
                wrong += _drawn(others, self.size - 1 - len(wrong), rng)
                if wrong:
                    yield Group.of_questions(text, (asked.question, *wrong), answered=True)


def _by_place(asked_of: Iterable[tuple[Asked, Iterable[int]]]) -> dict[int, list[Asked]]:
    """Place -> the questions that have it among theirs."""
    found: dict[int, list[Asked]] = {}
    for asked, places in asked_of:
        for place in places:
            found.setdefault(place, []).append(asked)
    return found


def _beside(source: Source, place: int, answered: dict[int, list[Asked]]) -> list[Asked]:
    """Questions answered near by, and not here."""
    here = source.pool[place]
    return [
        asked
        for other in range(place - NEAR, place + NEAR + 1)
        if other != place and other in answered and source.pool[other].document == here.document
        if not same_fact(here.sentence, source.pool[other].sentence)
        for asked in answered[other]
        if place not in asked.answers
    ]


def _drawn(questions: Sequence[str], count: int, rng: np.random.Generator) -> list[str]:
    return [questions[int(place)] for place in rng.permutation(len(questions))[: max(0, count)]]
