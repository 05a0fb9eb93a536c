"""What one case showed, and what a scorer says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from assistant.types import Answer, Citation, Hit, Sentence
from evals.cases import Case


@dataclass(frozen=True, slots=True)
class Observation:
    """A case, the answer to its question, and the hits of a search for it, best first."""

    case: Case
    answer: Answer
    hits: tuple[Hit, ...]

    @property
    def claims(self) -> tuple[Sentence, ...]:
        """The sentences that claim something: all but the one that declines."""
        return tuple(sentence for sentence in self.answer.sentences if sentence.verdict is not None)

    @property
    def declined(self) -> bool:
        """Whether the answer declined; ``partial`` counts as answered."""
        return self.answer.status == "declined"

    def cited(self, sentence: Sentence) -> tuple[Citation, ...]:
        """The citations of a sentence that the answer really carries."""
        return tuple(citation for citation in self.answer.citations if citation.n in sentence.citations)


@dataclass(frozen=True, slots=True)
class Score:
    """One case under one metric, 0 to 1. ``value`` is None, with ``why``, when the case is not eligible."""

    value: float | None
    missed: tuple[str, ...] = ()
    why: str | None = None

    @classmethod
    def unscored(cls, why: str) -> Self:
        """No score: the metric has nothing to say of this case."""
        return cls(None, (), why)

    @classmethod
    def share(cls, total: int, missed: tuple[str, ...]) -> Self:
        """The share of ``total`` things that were not missed; ``total`` is at least 1."""
        return cls((total - len(missed)) / total, missed)

    @classmethod
    def clean(cls, violations: tuple[str, ...]) -> Self:
        """1 when nothing was violated, else 0."""
        return cls(0.0 if violations else 1.0, violations)
