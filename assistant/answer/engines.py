"""The engines that write answers: the sources' own words, and, where one is configured, a language model's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.answer.extractive import Draft, Plan
from assistant.answer.language_model import LanguageModel
from assistant.answer.writing import Shown, Written
from assistant.errors import BadInputError
from assistant.types import Notice, Usage

if TYPE_CHECKING:
    from assistant.answer.support import SupportModel

EXTRACTIVE = "extractive"


class Writing(Protocol):
    """One answer in the making; ``engine`` is None where it turned out to be the sources' own words."""

    written: Written
    usage: Usage | None

    @property
    def engine(self) -> str | None:
        """The language model whose work the answer is."""
        ...

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be told of the engine's work."""
        ...

    def write(self, question: str, draft: Draft, plan: Plan) -> Iterator[Shown]:
        """The checked sentences, as they come about."""
        ...


@dataclass(slots=True)
class QuotedWriting:
    """An answer of quotes."""

    written: Written
    usage: Usage | None = None
    engine: str | None = None
    notices: tuple[Notice, ...] = field(default=())

    def write(self, question: str, draft: Draft, plan: Plan) -> Iterator[Shown]:
        """The quotes of the draft."""
        return self.written.write(draft)


@dataclass(frozen=True, slots=True)
class Engines:
    """Chooses who writes.

    Attributes:
        model: words answers; None where none is configured. With one, it is the default.
        support: judges sentences in other words than their quotes; without it none of them is shown.
        most_sentences: most sentences of the model that are shown.
        quote_instead: give quotes when nothing that the model wrote holds, instead of declining.
    """

    model: LanguageModel | None = None
    support: SupportModel | None = None
    most_sentences: int = 5
    quote_instead: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The engines that can be asked for."""
        return (EXTRACTIVE, self.model.name) if self.model else (EXTRACTIVE,)

    def check(self, name: str | None) -> None:
        """Raise BadInputError unless ``name`` is an engine; None stands for the default."""
        if name is not None and name not in self.names:
            raise BadInputError(f"engine {name!r} is not configured; use {' or '.join(map(repr, self.names))}")

    def is_repeatable(self, name: str | None) -> bool:
        """Whether the engine ``name`` gives the same answer to the same question."""
        return self.model is None or name == EXTRACTIVE

    def writing(self, name: str | None) -> Writing:
        """A new answer by the engine ``name``. Raises BadInputError."""
        self.check(name)
        if self.model is None or name == EXTRACTIVE:
            return QuotedWriting(Written())
        # Only who has a language model pays for loading what checks it.
        from assistant.answer.model_writing import ModelWriting

        return ModelWriting(self.model, Written(self.support), self.most_sentences, self.quote_instead)
