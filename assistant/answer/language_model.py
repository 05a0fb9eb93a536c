"""What an answer needs of a language model: a prompt goes in, pieces of text come out. It is never trusted."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import AssistantError


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: the rules, and the question with its evidence."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what a model writes. Token counts add up over all pieces; None where none were told."""

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


class LanguageModelError(AssistantError):
    """A model did not do its part. The message is a part of a sentence and holds nothing that the provider said."""


class LanguageModel(Protocol):
    """Words answers. ``name`` is what people configure and ask for, ``provider:model``."""

    @property
    def name(self) -> str:
        """The name of the engine."""
        ...

    def stream(self, prompt: Prompt) -> Generator[Piece, None, None]:
        """What the model writes, piece by piece, as it writes it.

        Raises:
            LanguageModelError: it failed, refused, or took too long; before the first piece or after any.
        """
        ...
