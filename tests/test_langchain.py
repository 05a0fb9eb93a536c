"""Our search, our answers and our embedding model inside LangChain."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from chat_models import NAME, ScriptedChatModel
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.embeddings import Embeddings
from langchain_core.messages import BaseMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_tests.integration_tests import RetrieversIntegrationTests
from support import CORPUS, TODAY, WordHashEmbedder, vector_of

from assistant import build
from assistant.build import Assistant
from assistant.errors import BadInputError
from assistant.ingest.sources import shipped_source
from assistant.langchain import AssistantEmbeddings, AssistantRetriever, AssistantRunnable
from assistant.library import Service
from assistant.llm import LangChainModel
from assistant.service import SentenceEvent
from assistant.settings import Settings
from assistant.types import Answer

MAY = "How many tonnes of rare earth magnets did China export in May 2025?"
GERMANIUM = "germanium cost a kilogram?"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def service(library: Assistant) -> Service:
    return Service(library)


class Heard(BaseCallbackHandler):
    """Keeps what LangChain tells of a run."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **_: Any) -> None:
        self.told.append(("chain start", inputs))

    def on_chain_end(self, outputs: Any, **_: Any) -> None:
        self.told.append(("chain end", outputs))

    def on_chain_error(self, error: BaseException, **_: Any) -> None:
        self.told.append(("chain error", error))

    def on_retriever_end(self, documents: Any, **_: Any) -> None:
        self.told.append(("documents", len(documents)))

    def on_chat_model_start(self, serialized: Any, messages: list[list[BaseMessage]], **_: Any) -> None:
        self.told.append(("model", len(messages[0])))

    def names(self) -> list[str]:
        return [name for name, _ in self.told]


# The retriever


@pytest.mark.anyio
class TestTheStandardSuite(RetrieversIntegrationTests):
    """LangChain's own tests of a retriever."""

    @pytest.fixture(autouse=True)
    def _opened(self, service: Service) -> None:
        self._service = service

    @property
    def retriever_constructor(self) -> type[AssistantRetriever]:
        return AssistantRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"service": self._service, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return MAY


def test_a_document_is_an_exact_stretch_of_a_dated_article(service: Service) -> None:
    documents = AssistantRetriever(service=service, k=20).invoke(GERMANIUM)
    assert any("😀" in document.page_content for document in documents)
    for document in documents:
        told = document.metadata
        article = service.article(told["article_id"])
        assert article is not None
        assert article.text[told["start"] : told["end"]] == document.page_content
        assert (told["publisher"], told["published_on"], told["url"], told["title"]) == (
            article.publisher, article.published_on, article.url, article.title
        )  # fmt: skip
    assert len({document.id for document in documents}) == len(documents)
    assert [one.metadata["score"] for one in documents] == sorted(
        (one.metadata["score"] for one in documents), reverse=True
    )


def test_a_retriever_uses_nothing_later_than_its_day_and_only_its_publishers(service: Service) -> None:
    early = AssistantRetriever(service=service, k=50, as_of="2025-06-30").invoke(MAY)
    assert early
    assert max(document.metadata["published_on"] or "" for document in early) <= "2025-06-30"
    one = AssistantRetriever(service=service, publishers=("Harbour Wire",)).invoke(MAY)
    assert {document.metadata["publisher"] for document in one} == {"Harbour Wire"}


def test_a_retriever_tells_callbacks_and_refuses_nonsense(service: Service) -> None:
    heard = Heard()
    AssistantRetriever(service=service, k=3).invoke(MAY, {"callbacks": [heard]})
    assert ("documents", 3) in heard.told
    with pytest.raises(BadInputError, match="k is 0"):
        AssistantRetriever(service=service).invoke(MAY, k=0)


def test_a_retriever_feeds_another_persons_chain(service: Service) -> None:
    model = ScriptedChatModel(chunks=["1,238 ", "tonnes"])
    passages = AssistantRetriever(service=service, k=2) | RunnableLambda(
        lambda found: "\n".join(document.page_content for document in found)
    )
    prompt = ChatPromptTemplate.from_template("{passages}\n\n{question}")
    chain = {"passages": passages, "question": RunnablePassthrough()} | prompt | model | StrOutputParser()
    assert "".join(chain.stream(MAY)) == "1,238 tonnes"
    assert "China exported 1,238 tonnes of rare earth magnets in May 2025." in str(model.prompts[0])


# The runnable


def test_a_question_goes_in_and_an_answer_comes_out(service: Service) -> None:
    heard = Heard()
    answer = AssistantRunnable(service).invoke(MAY, {"callbacks": [heard]})
    assert answer.sentences[0].text == "China exported 1,238 tonnes of rare earth magnets in May 2025."
    assert answer.citations[0].publisher == "Harbour Wire"
    assert heard.told == [("chain start", MAY), ("chain end", answer)]


def test_sentences_stream_and_the_answer_comes_last(service: Service) -> None:
    heard = Heard()
    *sentences, answer = AssistantRunnable(service).stream(MAY, {"callbacks": [heard]})
    assert isinstance(answer, Answer)
    assert all(isinstance(event, SentenceEvent) for event in sentences)
    assert [event.sentence for event in sentences if isinstance(event, SentenceEvent)] == list(answer.sentences)
    assert heard.names() == ["chain start", "chain end"]
    assert heard.told[-1] == ("chain end", answer)


def test_an_asynchronous_stream_tells_the_same(service: Service) -> None:
    async def streamed() -> list[Any]:
        return [one async for one in AssistantRunnable(service).astream(MAY)]

    *sentences, answer = asyncio.run(streamed())
    assert [event.sentence for event in sentences] == list(answer.sentences)
    assert asyncio.run(AssistantRunnable(service).ainvoke(MAY)).sentences == answer.sentences


def test_a_chain_goes_on_with_the_answer_streamed_or_not(service: Service) -> None:
    chain = AssistantRunnable(service) | (lambda answer: [citation.url for citation in answer.citations])
    (streamed,) = chain.stream(MAY)
    assert streamed == chain.invoke(MAY)
    assert "https://news.example/magnets-may" in streamed


def test_options_hold_for_every_question_and_may_be_bound(service: Service) -> None:
    runnable = AssistantRunnable(service, {"as_of": "2025-06-19"})
    assert runnable.invoke(MAY).as_of == "2025-06-19"
    assert runnable.bind(as_of="2025-07").invoke(MAY).as_of == "2025-07"
    assert [one.as_of for one in runnable.bind(as_of="2025-08").stream(MAY) if isinstance(one, Answer)] == ["2025-08"]
    assert len(runnable.batch([MAY, GERMANIUM])) == 2


def test_a_bad_question_fails_the_chain_in_words(service: Service) -> None:
    heard = Heard()
    with pytest.raises(BadInputError, match="empty"):
        AssistantRunnable(service).invoke(" ", {"callbacks": [heard]})
    assert heard.names() == ["chain start", "chain error"]


@pytest.mark.parametrize("way", ["invoke", "stream", "ainvoke", "astream"])
def test_callbacks_reach_the_language_model(
    way: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(build, "corpus_folder", lambda: CORPUS)
    chat_model = ScriptedChatModel(chunks=["China exported 1,238 tonnes of rare earth magnets in May 2025. [1]"])
    model = LangChainModel(chat_model, NAME, timeout=5.0)
    made = build.build_assistant(Settings(data=tmp_path / "d", today=TODAY), WordHashEmbedder(), model)
    made.ingestor.ingest(shipped_source(CORPUS))
    heard = Heard()
    runnable, config = AssistantRunnable(Service(made)), {"callbacks": [heard]}

    async def gathered() -> None:
        async for _ in runnable.astream(MAY, config):  # type: ignore[arg-type]
            pass

    if way == "astream":
        asyncio.run(gathered())
    elif way == "ainvoke":
        asyncio.run(runnable.ainvoke(MAY, config))  # type: ignore[arg-type]
    else:
        list(getattr(runnable, way)(MAY, config)) if way == "stream" else runnable.invoke(MAY, config)  # type: ignore[arg-type]
    made.close()
    assert ("model", 2) in heard.told


# The embeddings


@pytest.fixture
def embeddings() -> Embeddings:
    return AssistantEmbeddings(WordHashEmbedder())


def test_documents_and_query_are_lists_of_floats(embeddings: Embeddings) -> None:
    (vector,) = embeddings.embed_documents(["Prices rose 😀"])
    assert vector == pytest.approx(vector_of("Prices rose 😀").tolist())
    assert embeddings.embed_query("Prices rose 😀") == pytest.approx(vector)
    assert {type(value) for value in (*vector, *embeddings.embed_query("x"))} == {float}


def test_no_documents_no_vectors(embeddings: Embeddings) -> None:
    assert embeddings.embed_documents([]) == []


def test_they_serve_in_another_persons_store(embeddings: Embeddings) -> None:
    store = InMemoryVectorStore(embeddings)
    store.add_texts(["Prices rose.", "Exports fell."])
    assert [found.page_content for found in store.similarity_search("Exports fell", k=1)] == ["Exports fell."]
