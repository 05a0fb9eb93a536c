"""For programs in Python: cited answers in a few lines, with nothing to serve."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypedDict, Unpack

from assistant.build import Assistant, build_assistant
from assistant.service import Event
from assistant.settings import load_settings
from assistant.types import Answer, Article, Ask, Exchange, Filters, Hit


class SearchOptions(TypedDict, total=False):
    """What may be used. Dates are ISO 8601 in any precision.

    ``as_of``: only what was known on this day, default today. ``since``, ``until``: filters on the day of
    publication. ``publishers``: only these.
    """

    as_of: str | None
    since: str | None
    until: str | None
    publishers: Sequence[str]


class AskOptions(SearchOptions, total=False):
    """``engine``: ``extractive`` or the configured model. ``history``: earlier answers, oldest first, to follow up."""

    engine: str | None
    history: Sequence[Answer | Exchange]


class Service:
    """Answers from one data folder. Threads may share it; ``close`` it, or use it in a ``with`` block.

    ``ask``, ``events`` and their asynchronous forms keep nothing. They raise BadInputError for an empty question, a
    bad date or an unknown engine, and TooLargeError for a question over 4,000 characters.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def engines(self) -> tuple[str, ...]:
        """The names that ``engine`` may have."""
        return self._assistant.service.engines

    def ask(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        """The answer to one question."""
        return self._assistant.service.ask(_ask_of(question, options))

    async def aask(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        """The same without holding up the event loop."""
        return await asyncio.to_thread(self._assistant.service.ask, _ask_of(question, options))

    def events(self, question: str, **options: Unpack[AskOptions]) -> Iterator[Event]:
        """The answer as it comes about: an EvidenceEvent, SentenceEvents, each checked, at last a DoneEvent."""
        return self._assistant.service.events(_ask_of(question, options))

    async def aevents(self, question: str, **options: Unpack[AskOptions]) -> AsyncIterator[Event]:
        """The same without holding up the event loop."""
        events = await asyncio.to_thread(self._assistant.service.events, _ask_of(question, options))
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def search(self, question: str, k: int = 10, **options: Unpack[SearchOptions]) -> tuple[Hit, ...]:
        """The ``k`` best passages, best first. Raises BadInputError when ``k`` is not 1 to 100."""
        return self._assistant.service.search(question, _filters_of(options), k)

    def article(self, article_id: str) -> Article | None:
        """An article with its text, into which offsets of citations and passages point; None when it is not here."""
        return self._assistant.catalog.article(article_id)

    def close(self) -> None:
        """Let go of every file."""
        self._assistant.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def build_service(**settings: Any) -> Service:
    """Open the data folder; an empty one gets the shipped corpus first, which takes a while.

    Args:
        settings: by name, for example ``data="folder"`` or ``llm="openai:gpt-4o-mini"``; what is not given comes
            from ``ASSISTANT_*``, ``assistant.toml`` and defaults, as on the command line.

    Raises:
        BadInputError: a setting that does not exist or is out of bounds.
        MissingDependencyError: the model or the shipped corpus is not there.
        IndexMismatchError: the data folder was built by another model, chunker or format.
    """
    assistant = build_assistant(load_settings(**settings))
    if assistant.needs_shipped():
        assistant.ingest_shipped()
    return Service(assistant)


def _ask_of(question: str, options: AskOptions) -> Ask:
    history = tuple(_exchange(earlier) for earlier in options.get("history", ()))
    engine = options.get("engine")
    return Ask(question, filters=_filters_of(options), engine=engine, remember=False, history=history)


def _filters_of(options: SearchOptions) -> Filters:
    publishers = tuple(options.get("publishers", ()))
    return Filters(options.get("as_of"), options.get("since"), options.get("until"), publishers)


def _exchange(earlier: Answer | Exchange) -> Exchange:
    if isinstance(earlier, Exchange):
        return earlier
    said = tuple(sentence.text for sentence in earlier.sentences if sentence.verdict is not None)
    return Exchange(earlier.question, said)
