"""Saved questions and what has changed, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from support import OCTOBER_REGISTER, Builder, write_article

from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.changes import changed_measures, quotes_sha256
from assistant.dates import first_day
from assistant.index.saved import MOST_SAVED, SavedBook
from assistant.types import Ask, Filters

QUESTION = {"question": "How many tonnes of magnets did China export in May 2025?"}
NEWS = (
    "China exported 1,300 tonnes of magnets in May 2025, its customs office said in a correction. <b>Magnets</b> rose."
)
ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = "2026-01-15"


@pytest.fixture
def filled(corpus: Path, build_assistant: Builder) -> Assistant:
    (corpus / "measures.yaml").write_text(OCTOBER_REGISTER)
    assistant = build_assistant()
    assistant.ingest_shipped()
    return assistant


@pytest.fixture
def client(filled: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(filled), base_url="http://127.0.0.1:8000") as client:
        yield client


def add(client: TestClient, title: str = "Magnets") -> str:
    """Id of an article that came in today."""
    told = {"text": NEWS, "title": title, "publisher": "Customs", "published_on": "2026-01-14"}
    return str(client.post("/v1/articles", json=told).json()["article_ids"][0])


def changes(client: TestClient, since: str = TODAY) -> Any:
    response = client.get("/v1/changes", params={"since": since})
    assert response.status_code == 200
    return response.json()


def test_a_question_is_saved_once_listed_and_forgotten(client: TestClient) -> None:
    first = client.post("/v1/saved", json=QUESTION)
    assert first.status_code == 201
    assert client.post("/v1/saved", json=QUESTION).json()["id"] == first.json()["id"]
    narrowed = client.post("/v1/saved", json=QUESTION | {"publishers": ["Caixin"]}).json()
    assert [item["id"] for item in client.get("/v1/saved").json()["items"]] == [narrowed["id"], first.json()["id"]]
    assert client.delete(f"/v1/saved/{narrowed['id']}").status_code == 204
    assert client.delete(f"/v1/saved/{narrowed['id']}").status_code == 404
    assert len(client.get("/v1/saved").json()["items"]) == 1
    assert client.get("/v1/conversations").json()["items"] == []


def test_what_cannot_be_asked_cannot_be_saved(client: TestClient) -> None:
    assert client.post("/v1/saved", json={"question": " "}).status_code == 422
    assert client.post("/v1/saved", json=QUESTION | {"since": "soon"}).status_code == 422
    assert client.get("/v1/saved").json()["items"] == []


def test_no_word_of_an_answer_is_kept(client: TestClient, filled: Assistant) -> None:
    client.post("/v1/saved", json=QUESTION)
    (quote,) = {one.quote for one in filled.service.ask(Ask(**QUESTION, remember=False)).citations[:1]}
    (row,) = filled.catalog.rows("SELECT * FROM saved_questions")
    assert quote not in str(tuple(row))


def test_a_saved_question_that_quotes_a_removed_article_goes_with_it(client: TestClient) -> None:
    article_id = add(client)
    client.post("/v1/saved", json={"question": f"Who said: {NEWS}"})
    client.post("/v1/saved", json=QUESTION)
    client.delete(f"/v1/articles/{article_id}")
    assert [item["question"] for item in client.get("/v1/saved").json()["items"]] == [QUESTION["question"]]


def test_there_is_an_end_to_what_one_owner_saves(filled: Assistant) -> None:
    book = SavedBook(filled.catalog)
    for number in range(MOST_SAVED):
        book.save(str(number), Filters(), "hash")
    book.save("0", Filters(), "another hash")
    with pytest.raises(Exception, match="delete one"):
        book.save("one more", Filters(), "hash")
    assert book.of("somebody").all() == ()
    with pytest.raises(Exception, match="no saved question"):
        book.of("somebody").delete(book.all()[0].id)


def test_new_and_corrected_articles_are_told_from_their_day_on(
    client: TestClient, filled: Assistant, corpus: Path
) -> None:
    assert changes(client)["articles"] == []
    article_id = add(client)
    write_article(corpus / "articles", "mine-visit", "A mine was visited on 3 May 2025. Nothing was found there.")
    filled.ingest_shipped()
    told = {item["article_id"]: (item["what"], item["on"]) for item in changes(client)["articles"]}
    assert told == {article_id: ("new", TODAY), "mine-visit": ("corrected", TODAY)}
    assert changes(client, "2026-01-16")["articles"] == []
    assert client.get("/v1/changes", params={"since": "soon"}).status_code == 422


def test_entries_of_the_register_count_from_the_day_of_their_evidence(filled: Assistant) -> None:
    register = filled.register.current()
    (entry,) = register.measures[0].history
    assert entry.known_from
    day = first_day(entry.known_from)
    (told,) = changed_measures(register, day, day)
    assert (told.measure_id, told.status, told.known_from) == ("october-rules", "suspended", entry.known_from)
    assert changed_measures(register, first_day(TODAY), first_day(TODAY)) == ()


def test_a_saved_question_is_told_when_its_answer_has_other_quotes_until_it_is_saved_again(client: TestClient) -> None:
    saved = client.post("/v1/saved", json=QUESTION).json()
    assert changes(client)["saved"] == []
    add(client)
    (told,) = changes(client)["saved"]
    assert (told["saved"]["id"], told["status"]) == (saved["id"], "answered")
    assert told["quotes_sha256"] != saved["quotes_sha256"]
    client.post("/v1/saved", json=QUESTION)
    assert changes(client)["saved"] == []


def test_only_the_last_saved_questions_are_asked_again_and_the_others_counted(
    client: TestClient, filled: Assistant
) -> None:
    book = SavedBook(filled.catalog)
    for number in range(12):
        book.save(f"How many tonnes of magnets did China export in May {2010 + number}?", Filters(), "other")
    told = changes(client)
    assert (len(told["saved"]), told["saved_left_out"]) == (10, 2)


def test_what_a_declined_answer_shows_beside_it_does_not_count(filled: Assistant) -> None:
    declined = [filled.service.ask(Ask(text, remember=False)) for text in ("Who won the cup?", "What is a football?")]
    assert [answer.status for answer in declined] == ["declined"] * 2
    assert len({quotes_sha256(answer) for answer in declined}) == 1


def test_the_feed_is_well_formed_escaped_and_keeps_its_ids(client: TestClient) -> None:
    client.post("/v1/saved", json=QUESTION)
    article_id = add(client, title="<script>alert(1)</script> & co\x01")
    response = client.get("/v1/changes.atom", params={"since": TODAY})
    assert response.headers["content-type"] == "application/atom+xml"
    feed = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert sum("<script>alert(1)</script> & co" in title for title in titles) == 1
    assert f"Answered otherwise now: {QUESTION['question']}" in titles
    links = [link.get("href") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    assert f"http://127.0.0.1:8000/articles/{article_id}" in links
    assert feed.findtext(f"{ATOM}updated") == f"{TODAY}T00:00:00Z"
    assert client.get("/v1/changes.atom", params={"since": TODAY}).content == response.content


def test_a_feed_without_news_is_a_feed_still(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/v1/changes.atom", params={"since": TODAY}).content)
    assert (feed.tag, feed.find(f"{ATOM}entry")) == (f"{ATOM}feed", None)


def test_an_entry_on_a_measure_links_to_the_page_with_it_open_on_its_first_day(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/v1/changes.atom", params={"since": "2025-11-01"}).content)
    links = [link.get("href") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    assert "http://127.0.0.1:8000/measures?as_of=2025-11-07&measure=october-rules" in links
