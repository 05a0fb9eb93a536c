"""A LangChain chat model that says what a test tells it to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

NAME = "scripted:model"


class ScriptedChatModel(BaseChatModel):
    """Writes ``chunks`` (or what ``script`` makes of the user's prompt), then raises ``error`` if there is one.

    ``failures`` are raised first, one a call; ``prompts`` keeps what was asked.
    """

    chunks: Sequence[str] = ()
    script: Callable[[str], Sequence[str]] | None = None
    error: Exception | None = None
    failures: list[Exception] = Field(default_factory=list)
    tokens: tuple[int, int] | None = None
    pause: float = 0.0
    finish_reason: str | None = None
    prompts: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("".join(self._chunks_for(messages))))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.prompts.append(messages)
        if self.failures:
            raise self.failures.pop(0)
        for chunk in self._chunks_for(messages):
            time.sleep(self.pause)
            yield ChatGenerationChunk(message=AIMessageChunk(chunk))
        if self.error:
            raise self.error
        if self.tokens:
            used, made = self.tokens
            usage = UsageMetadata(input_tokens=used, output_tokens=made, total_tokens=used + made)
            yield ChatGenerationChunk(message=AIMessageChunk("", usage_metadata=usage))
        if self.finish_reason:
            told = {"finish_reason": self.finish_reason}
            yield ChatGenerationChunk(message=AIMessageChunk("", response_metadata=told))

    def _chunks_for(self, messages: list[BaseMessage]) -> Sequence[str]:
        return self.script(str(messages[-1].content)) if self.script else self.chunks
