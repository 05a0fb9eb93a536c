"""Bodies of the OpenAI-compatible routes: their names and shapes are OpenAI's, what is ours says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.api.schemas import DateText
from assistant.types import Answer


class ContentPart(BaseModel):
    """A part of a message; of the question, only parts of type ``text`` can be read."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: str | None = None


class ChatMessage(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None

    def words(self) -> str:
        """What the message says in text; "" when it says nothing."""
        if isinstance(self.content, list):
            return "\n".join(part.text or "" for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream tells beside the text."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool | None = None


class ResponseFormat(BaseModel):
    """Answers are text; their structure stands in ``assistant`` of every response."""

    model_config = ConfigDict(extra="allow")

    type: Literal["text"] = "text"


class ChatBody(BaseModel):
    """A question with what was said before.

    The last message is the question, the turns before it are what it may lean on. System and developer messages,
    tools, `temperature` and every other member are accepted and change nothing: an answer follows from its evidence.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {"model": "extractive", "messages": [{"role": "user", "content": "What is Announcement No. 18?"}]}
            ]
        },
    )

    model: str = Field(max_length=200, description="extractive, or the configured provider:model")
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = Field(None, description="one answer; the same question has the same answer")
    response_format: ResponseFormat | None = None
    as_of: DateText | None = Field(None, description="ours: use only what was known on this day; default today")
    since: DateText | None = Field(None, description="ours: only articles published from this day on")
    until: DateText | None = Field(None, description="ours: only articles published up to this day")
    publishers: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=50, description="ours: only articles of these publishers"
    )


@dataclass(frozen=True, slots=True)
class UrlCitation:
    """Where a mark stands in the message, and what it stands for.

    OpenAI's schema tells of "the index of the first character of the URL citation in the message" and leaves open
    what a character is. Here it is a Unicode code point, and ``content[start_index:end_index] == "[n]"``, as its
    Python client slices; JavaScript, which counts UTF-16 code units, has to convert. The members after ``title`` are
    ours: ``quote`` is word for word what the article says.
    """

    start_index: int
    end_index: int
    url: str
    title: str
    n: int
    article_id: str
    quote: str
    publisher: str
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One citation of a message."""

    url_citation: UrlCitation
    type: Literal["url_citation"] = "url_citation"


@dataclass(frozen=True, slots=True)
class CompletionMessage:
    """The answer as text, its footnotes included."""

    content: str
    annotations: tuple[Annotation, ...]
    role: Literal["assistant"] = "assistant"
    refusal: None = None


@dataclass(frozen=True, slots=True)
class CompletionChoice:
    """The one choice there is."""

    message: CompletionMessage
    index: int = 0
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of the language model; without one, none were used."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True)
class ChatCompletion:
    """OpenAI's object, with the whole answer under ``assistant``; ``usage`` is null when the provider told none."""

    id: str
    created: int
    model: str
    choices: tuple[CompletionChoice, ...]
    usage: TokenUsage | None
    system_fingerprint: str
    assistant: Answer
    object: Literal["chat.completion"] = "chat.completion"


@dataclass(frozen=True, slots=True)
class Model:
    """An engine that can be asked; when it was made is not known, so ``created`` is 0."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "assistant"


@dataclass(frozen=True, slots=True)
class ModelList:
    """The engines that can be asked."""

    data: tuple[Model, ...]
    object: Literal["list"] = "list"


class ErrorDetail(BaseModel):
    """What went wrong, in words, and what to do next."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorBody(BaseModel):
    """An error as OpenAI's clients read it."""

    error: ErrorDetail
