"""Request bodies: checked here, once, before anything else sees them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.reading import MAX_QUESTION_LENGTH
from assistant.types import Ask, Filters

DateText = Annotated[str, Field(max_length=40, examples=["2025-12-01", "2025-12"])]


class AskBody(BaseModel):
    """A question, with what it may use."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        max_length=MAX_QUESTION_LENGTH,
        description=f"1 to {MAX_QUESTION_LENGTH} characters",
        examples=["Which seven rare earth elements did China put under export licence in April 2025?"],
    )
    conversation_id: str | None = Field(None, max_length=64, description="to follow up in a conversation")
    as_of: DateText | None = Field(None, description="use only what was known on this day; default today")
    since: DateText | None = Field(None, description="only articles published from this day on")
    until: DateText | None = Field(None, description="only articles published up to this day")
    publishers: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=50, description="only articles of these publishers"
    )
    as_written: bool = Field(False, description="take the question as it stands, nothing carried over")
    engine: str | None = Field(
        None, max_length=200, description="extractive, or the configured provider:model", examples=["extractive"]
    )

    def to_ask(self) -> Ask:
        """The question as the service takes it."""
        filters = Filters(self.as_of, self.since, self.until, tuple(self.publishers))
        return Ask(self.question, self.conversation_id, filters, self.engine, as_written=self.as_written)


class SaveBody(BaseModel):
    """A question to come back to, with what it may use."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_QUESTION_LENGTH, description=f"1 to {MAX_QUESTION_LENGTH} characters")
    as_of: DateText | None = Field(None, description="default: the day on which it is asked again")
    since: DateText | None = None
    until: DateText | None = None
    publishers: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)


class PastedArticle(BaseModel):
    """An article as text, or the address of a page, feed or sitemap."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, description="the article's text", examples=["China granted permits. …"])
    url: str | None = Field(
        None, max_length=2_000, description="instead of a text: what to fetch", examples=["https://example.org/a"]
    )
    title: str | None = Field(None, max_length=500)
    publisher: str | None = Field(None, max_length=200)
    published_on: DateText | None = None


class FeedbackBody(BaseModel):
    """Whether an answer helped."""

    model_config = ConfigDict(extra="forbid")

    rating: Literal["up", "down"]
    comment: str | None = Field(None, max_length=2_000)


class Rename(BaseModel):
    """A conversation's new title."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200)
