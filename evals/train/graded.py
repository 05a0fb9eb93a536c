"""Sentences that the product finds for a question, graded by how well each would begin its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from evals.benchmark import read_rows
from evals.train.examples import Candidate, Group
from evals.train.questions import Domain, split_of

GRADED = Path(__file__).with_name("graded.jsonl")
HELD_GRADED = Path(__file__).with_name("graded_held.jsonl")
KEY_LENGTH = 8
ORIGIN = "the source of this program"
# A question in so many waits for the weights of the order, which are learned from what the scorer has not seen.
ORDER_SHARE = 4
BEST, USEFUL = 3, 1


class GradedQuestion(BaseModel):
    """A question and the grades of sentences by their keys, "1f2e3d4c:3 ...": 3 is the best beginning, 0 misleads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str = Field(min_length=1)
    grades: str = Field(pattern=r"^[0-9a-f]{8}:[0-3]( [0-9a-f]{8}:[0-3])*$")

    @property
    def by_key(self) -> dict[str, int]:
        """The grade of each sentence."""
        return {key: int(grade) for key, grade in (one.split(":") for one in self.grades.split())}

    @property
    def teaches_order(self) -> bool:
        """Whether the scorer must not see it."""
        return int(hashlib.sha256(self.ask.encode()).hexdigest(), 16) % ORDER_SHARE == 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """How many graded sentences are no longer in the corpus."""

    sentences: int


def key_of(article_id: str, sentence: str) -> str:
    """What a sentence of an article is known by."""
    return hashlib.sha256(f"{article_id}\n{' '.join(sentence.split())}".encode()).hexdigest()[:KEY_LENGTH]


def read_graded(file: Path) -> tuple[GradedQuestion, ...]:
    """The graded questions of a file, one a line. Raises BadInputError."""
    return read_rows(file, GradedQuestion, ORIGIN)[0]


def graded_groups(graded: Sequence[GradedQuestion], domain: Domain) -> tuple[list[Group], Unknown]:
    """What the scorer may learn from: no question that the order needs, no sentence of a held-out article."""
    known: dict[str, Candidate] = {key_of(one.document, one.sentence): one for one in domain.pool}
    groups, unknown = [], 0
    for question in graded:
        unknown += sum(key not in known for key in question.by_key)
        kept = {
            known[key].text: grade
            for key, grade in question.by_key.items()
            if key in known and split_of(known[key].document) != "held"
        }
        if len(kept) > 1 and not question.teaches_order:
            groups.append(Group.graded(question.ask, kept, tuple(kept.values())))
    return groups, Unknown(unknown)
