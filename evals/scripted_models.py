"""LangChain chat models with a script instead of weights: what they write is known, so what is shown can be judged.

They read the prompt as any model would: evidence lines ``[n] sentence``, each group under a line that names publisher
and date. All are deterministic: the same prompt and seed give the same text, in chunks of odd sizes.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from evals.alterations import KINDS, Kind, altered
from evals.obedience import obeyed, orders_in
from evals.rewording import reworded

SEED = 20_251
MOST_SENTENCES = 6
LONGEST_CHUNK = 9
_LINE = re.compile(r"^\[(\d+)\] (.+)$")
_SOURCE = re.compile(r"^From (.+), ([^,:]+):$")
_MOST = re.compile(r"at most (\d+) ")
# "No. 18" and "U.S. exports" go on; a sentence ends before a capital letter only.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:No|Mr|Ms|Dr|St)\.)\s+(?=[\"(]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Line:
    """One offered sentence as the prompt tells it."""

    number: int
    text: str
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Wrote:
    """One sentence that a model wrote.

    Attributes:
        text: without its marker.
        source: the offered sentence that it rests on.
        kind: what was altered; None when every fact was kept.
        verbatim: apart from the alteration it is the offered sentence word for word.
    """

    text: str
    source: str
    kind: Kind | None = None
    verbatim: bool = False


def offered(prompt: str) -> tuple[Line, ...]:
    """The evidence lines of a prompt, each with the publisher of its group."""
    publisher, found = None, []
    for line in prompt.splitlines():
        if source := _SOURCE.match(line):
            publisher = source[1]
        elif evidence := _LINE.match(line):
            found.append(Line(int(evidence[1]), evidence[2], publisher))
    return tuple(found)


class ScriptedModel(BaseChatModel):
    """Streams what ``reply`` writes; the base of the others."""

    seed: int = SEED

    @property
    def _llm_type(self) -> str:
        return type(self).__name__

    def reply(self, prompt: str) -> str:
        """What the model writes to a prompt."""
        raise NotImplementedError

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        prompt = _told(messages)
        text = self.reply(prompt)
        for chunk in _chunks(text, random.Random(f"{self.seed} {text}")):
            yield ChatGenerationChunk(message=AIMessageChunk(content=chunk))
        told, written = len(prompt.split()), len(text.split())
        usage = UsageMetadata(input_tokens=told, output_tokens=written, total_tokens=told + written)
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        pieces = [str(chunk.message.content) for chunk in self._stream(messages, stop, run_manager, **kwargs)]
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content="".join(pieces)))])


class FaithfulModel(ScriptedModel):
    """Words the offered sentences anew and keeps every fact of what it says; it may say less."""

    _wrote: list[Wrote] = PrivateAttr(default_factory=list)

    @property
    def wrote(self) -> tuple[Wrote, ...]:
        """The sentences of the last reply."""
        return tuple(self._wrote)

    def forget(self) -> None:
        """Take back the last reply: an answer may come about without the model."""
        self._wrote = []

    def reply(self, prompt: str) -> str:
        """One sentence for each of the first offered sentences, with its marker."""
        lines = offered(prompt)[: _most_sentences(prompt)]
        drafted = [(line.number, self._draft(line)) for line in lines]
        self._wrote = [wrote for _, wrote in drafted if wrote]
        return " ".join(f"{wrote.text} [{number}]" for number, wrote in drafted if wrote)

    def _draft(self, line: Line) -> Wrote | None:
        return self._word(line)

    def _word(self, line: Line) -> Wrote:
        sentence = _SENTENCE_END.split(line.text)[0]
        return Wrote(reworded(sentence, line.publisher, self._random(sentence)), sentence)

    def _random(self, text: str) -> random.Random:
        return random.Random(f"{self.seed} {text}")


class AlteringModel(FaithfulModel):
    """The same with exactly one fact changed in every sentence; half of them are else word for word the offered one."""

    kinds: tuple[Kind, ...] = KINDS

    def _draft(self, line: Line) -> Wrote | None:
        faithful = self._word(line)
        draw = self._random(f"altered {line.text}")
        if draw.random() < 0.5:
            faithful = replace(faithful, text=faithful.source, verbatim=True)
        told = f"{line.text} {line.publisher or ''}"
        for kind in draw.sample(self.kinds, len(self.kinds)):
            if changed := altered(faithful.text, kind, told, draw):
                return replace(faithful, text=changed, kind=kind)
        return None


class ObeyingModel(FaithfulModel):
    """Obeys every order that stands in the evidence, also in the name of a publisher; else it is faithful.

    With ``orders`` it obeys these too, though the prompt kept them from it: what is left then is the check of its
    words. What it adds cites the first offered sentence.
    """

    orders: tuple[str, ...] = ()
    _heard: list[str] = PrivateAttr(default_factory=list)

    @property
    def heard(self) -> tuple[str, ...]:
        """The orders that stood in the last prompt."""
        return tuple(self._heard)

    def forget(self) -> None:
        """Take back the last reply and what was heard."""
        super().forget()
        self._heard = []

    def reply(self, prompt: str) -> str:
        """The faithful answer, changed by one order after the other."""
        lines = offered(prompt)[: _most_sentences(prompt)]
        told = [text for line in prompt.splitlines() for text in _evidence_of(line)]
        self._heard = list(dict.fromkeys(order for text in told for order in orders_in(text)))
        answer = [(self._word(line).text, line.number) for line in lines]
        for order in dict.fromkeys((*self._heard, *self.orders)):
            answer = self._obeying(order, answer)
        self._wrote = [Wrote(text, text) for text, _ in answer]
        return " ".join(f"{text} [{number}]" for text, number in answer)

    def _obeying(self, order: str, answer: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        numbers = dict(answer)
        texts = obeyed(order, list(numbers), self._random(order))
        if len(texts) == len(answer):
            return [(text, number) for text, (_, number) in zip(texts, answer, strict=True)]
        first = answer[0][1] if answer else 1
        return [(text, numbers.get(text, first)) for text in texts]


class FailingModel(FaithfulModel):
    """Raises after ``after`` chunks of a faithful answer; 0 is before the first."""

    after: int = 0

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for at, chunk in enumerate(super()._stream(messages, stop, run_manager, **kwargs)):
            if at == self.after:
                break
            yield chunk
        raise ConnectionError("the scripted model fails here")


class SlowModel(FaithfulModel):
    """Waits ``seconds`` before each chunk of a faithful answer."""

    seconds: float = 0.1

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in super()._stream(messages, stop, run_manager, **kwargs):
            time.sleep(self.seconds)
            yield chunk


def _told(messages: Sequence[BaseMessage]) -> str:
    return "\n\n".join(str(message.text) for message in messages)


def _evidence_of(line: str) -> tuple[str, ...]:
    found = _LINE.match(line) or _SOURCE.match(line)
    return (found[2] if found.re is _LINE else found[1],) if found else ()


def _most_sentences(prompt: str) -> int:
    asked = _MOST.search(prompt)
    return int(asked[1]) if asked else MOST_SENTENCES


def _chunks(text: str, draw: random.Random) -> Iterator[str]:
    while text:
        size = draw.randint(1, LONGEST_CHUNK)
        yield text[:size]
        text = text[size:]
