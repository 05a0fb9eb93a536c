"""For other people's LangChain chains: our search, our answers, and our embedding model as theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Unpack, cast

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig

from assistant.index.embedder import Embedder
from assistant.library import AskOptions, Service
from assistant.service import DoneEvent, Event, SentenceEvent
from assistant.types import Answer, Hit, Passage, Span


class AssistantRetriever(BaseRetriever):
    """Passages as documents, best first; ``k`` may also be given to ``invoke``.

    ``page_content`` is the passage, ``metadata`` tells whence: ``article_id, start, end`` (code points,
    ``article.text[start:end] == page_content``), ``title, publisher, published_on, published_inferred, reliability,
    url, kind, source_kind, score, found_by``.
    """

    service: Service
    k: int = 10
    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    publishers: tuple[str, ...] = ()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        hits = self.service.search(
            query,
            self.k if k is None else k,
            as_of=self.as_of,
            since=self.since,
            until=self.until,
            publishers=self.publishers,
        )
        return [_document(hit) for hit in hits]


class AssistantRunnable(Runnable[str, Answer | SentenceEvent]):
    """A question in, an Answer out. Streamed, a SentenceEvent for each checked sentence, then the Answer.

    Callbacks of the chain reach the language model where one words the answers.

    Args:
        service: answers.
        options: for every question, as ``Service.ask`` takes them; more may be given to ``bind`` and ``invoke``.
    """

    def __init__(self, service: Service, options: AskOptions | None = None) -> None:
        self._service = service
        self._options: AskOptions = options or {}

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The answer. Raises BadInputError."""
        return cast(Answer, self._call_with_config(self._answer, input, config, run_type="chain", **kwargs))

    def stream(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer | SentenceEvent]:
        """The sentences as they come, then the answer. Raises BadInputError."""
        return self._transform_stream_with_config(iter([input]), self._told, config, run_type="chain", **kwargs)

    async def astream(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Answer | SentenceEvent]:
        """The same without holding up the event loop."""

        async def inputs() -> AsyncIterator[str]:
            yield input

        told = self._atransform_stream_with_config(inputs(), self._atold, config, run_type="chain", **kwargs)
        async for one in told:
            yield one

    def _answer(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        return self._service.ask(question, **(self._options | options))

    def _told(self, questions: Iterator[str], **options: Unpack[AskOptions]) -> Iterator[Answer | SentenceEvent]:
        for question in questions:
            for event in self._service.events(question, **(self._options | options)):
                yield from _shown(event)

    async def _atold(
        self, questions: AsyncIterator[str], **options: Unpack[AskOptions]
    ) -> AsyncIterator[Answer | SentenceEvent]:
        async for question in questions:
            async for event in self._service.aevents(question, **(self._options | options)):
                for shown in _shown(event):
                    yield shown


class AssistantEmbeddings(Embeddings):
    """A thin adapter: vectors are lists of floats of unit length; sentence vectors have no place in it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; a text longer than the model reads is cut."""
        passages = [Passage("", "", 0, len(text), text, (Span(0, len(text)),)) for text in texts]
        return [vectors.passage.tolist() for vectors in self._embedder.encode_passages(passages)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return [float(value) for value in self._embedder.encode_query(text)]


def _document(hit: Hit) -> Document:
    passage, article = hit.passage, hit.article
    metadata = {
        "article_id": article.id,
        "start": passage.start,
        "end": passage.end,
        "title": article.title,
        "publisher": article.publisher,
        "published_on": article.published_on,
        "published_inferred": article.published_inferred,
        "reliability": article.reliability,
        "url": article.url,
        "kind": article.kind,
        "source_kind": article.source_kind,
        "score": hit.score,
        "found_by": list(hit.found_by),
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)


def _shown(event: Event) -> tuple[Answer | SentenceEvent, ...]:
    """What of an event a stream tells."""
    if isinstance(event, SentenceEvent):
        return (event,)
    return (event.answer,) if isinstance(event, DoneEvent) else ()
