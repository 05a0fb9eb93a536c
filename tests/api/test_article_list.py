"""The list of articles over HTTP: filters, sorts, pages, citations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from support import make_article, new_article

from assistant.api.app import create_app
from assistant.build import Assistant

SORTS = ("id", "published_on", "-published_on", "-cited", "oldest_cited")


def an_answer(status: str, *article_ids: str) -> dict[str, Any]:
    """A stored answer, as far as counting reads it; an article may be cited twice in it."""
    return {"status": status, "citations": [{"article_id": article_id} for article_id in article_ids]}


@pytest.fixture
def shelf(build_assistant: Any) -> Assistant:
    """Five articles, three of them cited."""
    assistant: Assistant = build_assistant()
    articles = (
        make_article("a", title="100% of quota_x", published_on="2025-06", publisher="Reuters"),
        make_article("b", title="Kiln", published_on="2024-02-01", publisher="Caixin", kind="official"),
        make_article("c", title="Dust", published_on=None, language="zh", topics=("quotas",)),
        make_article("d", title="<script>alert(1)</script>", published_on="2023", text="Lantern oxide ships."),
        make_article("e", title="quotaXx 100 of", published_on="2025-06-30"),
    )
    with assistant.catalog.change():
        for article in articles:
            assistant.catalog.put(new_article(article))
    conversation = assistant.conversations.start("?")
    told = (
        an_answer("answered", "b", "b", "c"),
        an_answer("partial", "b", "a"),
        an_answer("declined", "d"),
    )
    for index, body in enumerate(told):
        assistant.conversations.add_answer(conversation, f"w{index}", body)
    return assistant


@pytest.fixture
def client(shelf: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(shelf), base_url="http://127.0.0.1:8000") as client:
        yield client


def ids(client: TestClient, **query: Any) -> list[str]:
    """Ids that a query lists."""
    response = client.get("/v1/articles", params=query)
    assert response.status_code == 200, response.text
    body = response.json()
    found = [item["id"] for item in body["items"]]
    assert body["total"] == len(found)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "abcde"),
        ({"sort": "published_on"}, "dbaec"),
        ({"sort": "-published_on"}, "aebdc"),
        ({"sort": "-cited"}, "bacde"),
        ({"sort": "oldest_cited"}, "bac"),
        ({"q": "LANTERN ships"}, "d"),
        ({"q": "<script>"}, "d"),
        ({"q": "100%"}, "a"),
        ({"q": "quota_x"}, "a"),
        ({"q": "caixin"}, "b"),
        ({"publisher": ["reuters", "Caixin"]}, "ab"),
        ({"kind": "official"}, "b"),
        ({"language": "zh"}, "c"),
        ({"topic": "quotas"}, "c"),
        ({"since": "2025-06-15", "undated": "false"}, "ae"),
        ({"until": "2024"}, "bd"),
        ({"undated": "true"}, "c"),
    ],
)
def test_a_query_lists_what_fits_in_its_order(client: TestClient, query: dict[str, Any], expected: str) -> None:
    assert ids(client, **query) == list(expected)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_every_sort_join_into_the_whole_list(client: TestClient, sort: str) -> None:
    whole = ids(client, sort=sort)
    paged: list[str] = []
    cursor = None
    while True:
        query = {"sort": sort, "limit": 1} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/articles", params=query).json()
        paged += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == whole


def test_an_article_tells_how_many_answers_cite_it_and_when_last(client: TestClient, shelf: Assistant) -> None:
    items = {item["id"]: item for item in client.get("/v1/articles").json()["items"]}
    given = shelf.catalog.rows("SELECT created_at FROM answers WHERE id = 'w1'")[0][0]
    assert [items[name]["cited"] for name in "abcde"] == [1, 2, 1, 0, 0]
    assert (items["b"]["last_cited_at"], items["d"]["last_cited_at"]) == (given, None)
    assert "text" not in items["a"]


def test_counts_follow_answers_that_come_change_and_go(client: TestClient, shelf: Assistant) -> None:
    assert ids(client, sort="oldest_cited") == ["b", "a", "c"]
    later = shelf.conversations.start("?")
    shelf.conversations.add_answer(later, "w9", an_answer("answered", "e"))
    shelf.catalog.rows("UPDATE answers SET body = ? WHERE id = 'w1'", json.dumps(an_answer("answered", "d")))
    assert ids(client, sort="oldest_cited") == ["d", "b", "e", "c"]
    shelf.conversations.delete(later)
    assert ids(client, sort="oldest_cited") == ["d", "b", "c"]


@pytest.mark.parametrize("q", ["' OR 1=1 --", "\x00", "%", "_", "\\", '"', "AND NOT *", "🙂", "x" * 400])
def test_any_search_is_words_and_never_an_error(client: TestClient, q: str) -> None:
    assert len(ids(client, q=q)) < 5 or not q.strip("\x00 ")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"cursor": "nonsense"}, "does not belong"),
        ({"cursor": "W10"}, "does not belong"),
        ({"cursor": "a" * 3_999}, "does not belong"),
        ({"since": "06/07/2025"}, "two different days"),
        ({"sort": "title"}, "sort"),
        ({"kind": "rumour"}, "kind"),
        ({"q": "x" * 401}, "400"),
        ({"q": "x " * 21}, "at most 20"),
    ],
)
def test_a_bad_query_is_told_in_words(client: TestClient, query: dict[str, str], words: str) -> None:
    response = client.get("/v1/articles", params=query)
    assert response.status_code == 422
    assert words in response.json()["detail"]


def test_a_cursor_of_another_sort_is_refused(client: TestClient) -> None:
    cursor = client.get("/v1/articles", params={"limit": 1, "sort": "-cited"}).json()["next"]
    assert client.get("/v1/articles", params={"cursor": cursor, "sort": "id"}).status_code == 422


def test_facets_count_what_there_is_to_filter_by(client: TestClient) -> None:
    facets = client.get("/v1/facets").json()
    assert facets["publishers"][0] == {"value": "Publisher", "articles": 3}
    assert facets["kinds"] == [{"value": "news", "articles": 4}, {"value": "official", "articles": 1}]
    assert facets["languages"] == [{"value": "en", "articles": 4}, {"value": "zh", "articles": 1}]
