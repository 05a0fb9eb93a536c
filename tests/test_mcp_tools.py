"""The tools and resources as a client session sees them, in this process and with the small corpus."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError
from mcp_types import CallToolResult
from pydantic import TypeAdapter
from support import OCTOBER_REGISTER, SUSPENDED, Builder

from assistant.build import Assistant
from assistant.errors import StorageError
from assistant.mcp.server import create_server
from assistant.types import Answer

REGISTER = OCTOBER_REGISTER + '          - {article: gone, quote: "No article says so."}\n'
QUESTION = "How many tonnes of magnets did China export in May 2025?"

Session = Callable[[Client], Awaitable[Any]]


def in_session(assistant: Assistant, use: Session, prepare: Callable[[], None] | None = None) -> Any:
    async def run() -> Any:
        async with Client(create_server(assistant, prepare)) as client:
            return await use(client)

    return anyio.run(run)


def call(assistant: Assistant, tool: str, **arguments: Any) -> CallToolResult:
    result = in_session(assistant, lambda client: client.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def given(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


def text_of(result: CallToolResult) -> str:
    (block,) = result.content
    assert block.type == "text"
    return block.text


@pytest.fixture
def registered(corpus: Path, build_assistant: Builder) -> Assistant:
    """An assistant with a register of one measure, one of whose two quotes is in no article."""
    (corpus / "measures.yaml").write_text(REGISTER)
    assistant = build_assistant()
    assistant.ingest_shipped()
    return assistant


def test_every_tool_tells_what_it_takes_and_gives(library: Assistant) -> None:
    tools = in_session(library, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "read_article", "measures_as_of", "what_changed"]
    for tool in tools:
        assert tool.description and tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
    asked = tools[0]
    assert asked.input_schema["required"] == ["question"]
    assert {"sentences", "citations", "status", "notices"} <= asked.output_schema["properties"].keys()
    assert "quote" in json.dumps(asked.output_schema)


def test_every_sentence_of_an_answer_cites_the_exact_place(library: Assistant) -> None:
    result = call(library, "ask", question=QUESTION)
    answer = TypeAdapter(Answer).validate_python(given(result))
    assert answer.status == "answered"
    numbers = {citation.n for citation in answer.citations}
    assert all(sentence.citations and numbers.issuperset(sentence.citations) for sentence in answer.sentences)
    for citation in answer.citations:
        article = library.catalog.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
        assert f"[{citation.n}] “{citation.quote}”" in text_of(result)
        assert citation.publisher in text_of(result)


def test_nothing_that_is_asked_over_mcp_is_kept(library: Assistant) -> None:
    answer = given(call(library, "ask", question=QUESTION))
    assert answer["conversation_id"] is None
    assert answer["id"] not in [row["id"] for row in library.catalog.rows("SELECT id FROM answers")]


def test_a_question_that_the_corpus_does_not_answer_is_declined_and_no_error(library: Assistant) -> None:
    result = call(library, "ask", question="Who won the chess championship of 1972?")
    assert given(result)["status"] == "declined"
    assert text_of(result).startswith("The corpus does not say.")


def test_an_answer_uses_nothing_published_after_its_day(library: Assistant) -> None:
    answer = given(call(library, "ask", question=QUESTION, as_of="2025-05-01"))
    assert all(citation["published_on"] <= "2025-05-01" for citation in answer["citations"])


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": "  "}, "write what you want to know"),
        ("ask", {"question": "Why?", "as_of": "10/11/2026"}, "write it as YYYY-MM-DD"),
        ("read_article", {"article_id": "nope"}, "take an article_id that ask or search returned"),
        ("read_article", {"article_id": "suspension", "start": 10**6}, "begin before its end"),
        ("measures_as_of", {"named": "the moon treaty"}, "leave named out"),
        ("what_changed", {"first_day": "2025-12", "last_day": "2025-11"}, "swap the two"),
        ("ask", {}, "Field required"),
        ("search", {"query": "permits", "k": 0}, "greater than or equal to 1"),
    ],
)
def test_an_error_says_what_to_do(library: Assistant, tool: str, arguments: dict[str, Any], told: str) -> None:
    result = call(library, tool, **arguments)
    assert result.is_error
    assert told in text_of(result)


def test_a_fault_of_the_program_stays_on_its_side(
    library: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(library.service, "ask", fail)
    result = call(library, "ask", question=QUESTION)
    assert result.is_error
    assert text_of(result) == "Error executing tool ask"
    assert "/secret/path" in caplog.text


def test_search_gives_passages_with_exact_places(library: Assistant) -> None:
    results = given(call(library, "search", query="magnet exports May", k=3))
    assert results["as_of"] == "2026-01-15"
    assert 0 < len(results["passages"]) <= 3
    for passage in results["passages"]:
        article = library.catalog.article(passage["article_id"])
        assert article is not None
        assert article.text[passage["start"] : passage["end"]] == passage["text"]


def test_a_long_article_is_read_in_stretches(library: Assistant) -> None:
    article = library.catalog.article("suspension")
    assert article is not None
    read, start = "", 0
    while start is not None:
        stretch = given(call(library, "read_article", article_id="suspension", start=start, characters=40))
        assert stretch["text"] == article.text[stretch["start"] : stretch["end"]]
        read, start = read + stretch["text"], stretch["next_start"]
    assert read == article.text


def test_measures_stand_where_the_register_says(registered: Assistant) -> None:
    listed = given(call(registered, "measures_as_of", as_of="2026-01-15"))
    (measure,) = listed["measures"]
    assert (listed["total"], measure["status"], measure["until"]) == (1, "suspended", "2026-11-10")
    assert [quote["quote"] for quote in measure["evidence"]] == [SUSPENDED]
    assert measure["details"] is None
    later = given(call(registered, "measures_as_of", as_of="2026-12", named="the October rules"))
    (unknown,) = later["measures"]
    assert (unknown["status"], unknown["last_status"]) == ("unknown", "suspended")
    assert unknown["details"]["covers"]["elements"] == ["holmium"]
    assert given(call(registered, "measures_as_of", status="in_force"))["measures"] == []


def test_changes_come_with_their_quote(registered: Assistant) -> None:
    told = given(call(registered, "what_changed", first_day="2025-11", last_day="2025"))
    (change,) = told["changes"]
    assert (told["first_day"], told["last_day"]) == ("2025-11-01", "2025-12-31")
    assert (change["on"], change["before"], change["after"]) == ("2025-11-07", None, "suspended")
    (quote,) = change["evidence"]
    article = registered.catalog.article(quote["article_id"])
    assert article is not None
    assert article.text[quote["start"] : quote["end"]] == quote["quote"] == SUSPENDED
    assert given(call(registered, "what_changed", first_day="2024", last_day="2024"))["changes"] == []


def test_articles_and_measures_are_resources(registered: Assistant) -> None:
    def read(uri: str) -> Any:
        contents = in_session(registered, lambda client: client.read_resource(f"rare-earth-brief://{uri}")).contents
        return json.loads(contents[0].text)

    listed = read("articles")
    assert listed["total"] == len(listed["items"]) == registered.catalog.counts()[0]
    assert "text" not in listed["items"][0]
    assert SUSPENDED in read("articles/suspension")["text"]
    assert [item["id"] for item in read("measures")["items"]] == ["october-rules"]
    assert read("measures/october-rules")["history"][0]["evidence"][0]["quote"] == SUSPENDED


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("articles/nope", "list them with rare-earth-brief://articles"),
        ("measures/nope", "list them with rare-earth-brief://measures"),
        ("articles/..%2Fcatalog.sqlite3", "Unknown resource"),
    ],
)
def test_a_resource_that_is_not_there_is_told(library: Assistant, uri: str, told: str) -> None:
    async def use(client: Client) -> None:
        with pytest.raises(MCPError, match=told):
            await client.read_resource(f"rare-earth-brief://{uri}")

    in_session(library, use)


def test_the_first_call_waits_for_the_first_indexing(corpus: Path, build_assistant: Builder) -> None:
    empty = build_assistant()
    result = in_session(empty, lambda client: client.call_tool("ask", {"question": QUESTION}), lambda: _index(empty))
    assert given(result)["status"] == "answered"


def _index(assistant: Assistant) -> None:
    assistant.ingest_shipped()


def test_what_hinders_the_first_indexing_is_told_with_every_call(library: Assistant) -> None:
    def fail() -> None:
        raise StorageError("the disk is full; make room")

    async def use(client: Client) -> tuple[CallToolResult, str]:
        with pytest.raises(MCPError) as refused:
            await client.read_resource("rare-earth-brief://articles")
        result = await client.call_tool("search", {"query": "permits"})
        assert isinstance(result, CallToolResult)
        return result, str(refused.value)

    result, refused = in_session(library, use, fail)
    assert result.is_error
    assert text_of(result).endswith("the disk is full; make room")
    assert "make room" in refused
