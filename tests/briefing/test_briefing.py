"""Briefings of the small corpus: quotes that name the topic, the register, what is new, what is open."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from support import OCTOBER_REGISTER, SUSPENDED, Builder, write_article

from assistant.api.app import create_app
from assistant.briefing.topic import MAX_TOPIC_LENGTH, Topic
from assistant.briefing.types import Briefing, Statement
from assistant.build import Assistant
from assistant.errors import BadInputError, TooLargeError
from assistant.terms import TermAnalyzer
from assistant.types import Filters

LATER = Filters("2026-12-01")


@pytest.fixture
def briefed(corpus: Path, build_assistant: Builder) -> Assistant:
    """The small corpus with a register of one measure, and an article of ours that tells of magnets."""
    (corpus / "measures.yaml").write_text(OCTOBER_REGISTER)
    note = "Magnets were 99% of everything in our own note."
    write_article(corpus / "articles", "own-note", note, kind="note", published_on="2025-12-01")
    assistant = build_assistant()
    assistant.ingest_shipped()
    return assistant


@pytest.fixture
def client(briefed: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(briefed), base_url="http://127.0.0.1:8000") as client:
        yield client


def statements(briefing: Briefing) -> tuple[Statement, ...]:
    """Every sentence of a briefing."""
    return (*briefing.what_it_is, *briefing.figures, *briefing.voices, *briefing.recent)


@pytest.mark.parametrize("topic", ["magnets", "gallium", "October rules", "holmium", "licence"])
def test_every_statement_stands_in_an_article_and_names_the_topic(briefed: Assistant, topic: str) -> None:
    briefing = briefed.briefings.write(topic)
    assert statements(briefing) or briefing.measures
    for citation in briefing.citations:
        article = briefed.catalog.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
    read = Topic(topic, briefed.analyzer)
    for statement in statements(briefing):
        assert [briefing.citations[n - 1].quote for n in statement.citations] == [statement.text]
        assert read.is_mostly_named_by(statement.text)


def test_no_sentence_is_said_twice_in_the_body(briefed: Assistant) -> None:
    briefing = briefed.briefings.write("magnets")
    said = [one.text for one in (*briefing.figures, *briefing.voices, *briefing.recent)]
    assert len(said) == len(set(said)) > 1


def test_figures_are_amounts_of_sources_and_never_of_our_own_notes(briefed: Assistant) -> None:
    briefing = briefed.briefings.write("magnets")
    assert ("1,238 tonnes",) in [one.figures for one in briefing.figures]
    assert "99%" not in str(briefing.figures + briefing.voices + briefing.recent)


def test_the_register_is_told_with_the_sentence_that_shows_it(briefed: Assistant) -> None:
    (measure,) = briefed.briefings.write("October rules").measures
    assert [(one.status, one.until) for one in measure.standings] == [("suspended", "2026-11-10")]
    briefing = briefed.briefings.write("October rules")
    assert {briefing.citations[n - 1].quote for one in measure.standings for n in one.citations} == {SUSPENDED}
    assert [(one.on, one.after) for one in briefing.changes] == [("2025-11-07", "suspended")]
    assert briefing.recent_changes == briefing.changes


def test_a_measure_that_covers_the_element_is_told(briefed: Assistant) -> None:
    assert [one.id for one in briefed.briefings.write("holmium").measures] == ["october-rules"]
    assert briefed.briefings.write("gallium").measures == ()


def test_a_status_that_nobody_tells_of_is_an_open_question(briefed: Assistant) -> None:
    asked = [one for one in briefed.briefings.write("October rules", LATER).open_questions if one.measure]
    assert [(one.measure, one.reason) for one in asked] == [("october-rules", "unknown_after")]
    assert "10 November 2026" in asked[0].text
    assert not [one for one in briefed.briefings.write("October rules").open_questions if one.measure]


def test_a_question_that_the_corpus_does_not_answer_is_open(briefed: Assistant) -> None:
    asked = [one.text for one in briefed.briefings.write("gallium").open_questions]
    assert "Who decides on gallium?" in asked


def test_nothing_published_later_is_used(briefed: Assistant) -> None:
    early = briefed.briefings.write("October rules as of 2025-10-31")
    assert early.as_of == "2025-10-31"
    assert early.measures == ()
    assert all(citation.published_on is None or citation.published_on <= "2025-10-31" for citation in early.citations)


def test_what_is_recent_was_published_in_the_last_days_of_the_corpus(briefed: Assistant) -> None:
    briefing = briefed.briefings.write("October rules")
    assert briefing.recent_since is not None
    days = [briefing.citations[one.citations[0] - 1].published_on for one in briefing.recent]
    assert all(day is not None and day >= briefing.recent_since for day in days)


@pytest.mark.parametrize("topic", ["football", "Nexperia magnets", "magnets of Zanzibar"])
def test_a_topic_that_no_sentence_names_is_declined(briefed: Assistant, topic: str) -> None:
    briefing = briefed.briefings.write(topic)
    assert briefing.status == "declined"
    assert (statements(briefing), briefing.citations, briefing.open_questions) == ((), (), ())


@pytest.mark.parametrize(
    ("asked", "topic", "day"),
    [
        ("brief me on samarium", "samarium", None),
        ("Please brief me about  Announcement 61?", "Announcement 61", None),
        ("A briefing on Lynas as of 1 December 2025", "Lynas", "2025-12-01"),
        ("“magnets”", "magnets", None),
    ],
)
def test_a_topic_is_read_from_what_is_asked(asked: str, topic: str, day: str | None) -> None:
    read = Topic(asked, TermAnalyzer())
    assert (read.text, read.as_of) == (topic, day)


@pytest.mark.parametrize("asked", ["", "  ", "?!", "the", "brief me on the", "a\ud800"])
def test_a_topic_that_names_nothing_is_refused(asked: str) -> None:
    with pytest.raises(BadInputError):
        Topic(asked, TermAnalyzer())


def test_a_topic_that_is_too_long_is_refused() -> None:
    with pytest.raises(TooLargeError, match="201 characters"):
        Topic("a" * (MAX_TOPIC_LENGTH + 1), TermAnalyzer())


def test_the_api_answers_the_same(client: TestClient, briefed: Assistant) -> None:
    told = client.get("/v1/briefings", params={"topic": "October rules", "as_of": "2026-12-01"}).json()
    written = briefed.briefings.write("October rules", LATER)
    assert [one["text"] for one in told["what_it_is"]] == [one.text for one in written.what_it_is]
    assert told["measures"][0]["timeline"][0]["from"] == "2025-11-07"


def test_the_api_keeps_to_publishers(client: TestClient) -> None:
    told = client.get("/v1/briefings", params={"topic": "licence", "publisher": "Trade Gazette"}).json()
    assert {one["publisher"] for one in told["citations"]} == {"Trade Gazette"}


@pytest.mark.parametrize(("query", "status"), [({"topic": "the"}, 422), ({"topic": "a" * 201}, 413), ({}, 422)])
def test_the_api_refuses_in_words(client: TestClient, query: dict[str, str], status: int) -> None:
    response = client.get("/v1/briefings", params=query)
    assert response.status_code == status
    assert response.json()["detail"]


@pytest.mark.parametrize("form", ["md", "html", "json", "docx"])
def test_a_file_holds_quotes_and_open_questions(client: TestClient, form: str) -> None:
    query = {"topic": "October rules", "as_of": "2026-12-01", "format": form}
    response = client.get("/v1/briefings/export", params=query)
    assert f'.{form}"' in response.headers["content-disposition"]
    told = response.text
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
            told = "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert SUSPENDED in told
    assert "What followed after 10 November 2026" in told


def test_every_mark_of_a_file_has_its_footnote(client: TestClient) -> None:
    told = client.get("/v1/briefings/export", params={"topic": "magnets"}).text
    for citation in client.get("/v1/briefings", params={"topic": "magnets"}).json()["citations"]:
        assert told.count(f"\n[^{citation['n']}]: ") == 1


def test_a_declined_file_says_so(client: TestClient) -> None:
    assert "The corpus does not say." in client.get("/v1/briefings/export", params={"topic": "football"}).text


def test_an_export_in_json_is_the_object(client: TestClient) -> None:
    query = {"topic": "magnets"}
    file = client.get("/v1/briefings/export", params=query | {"format": "json"})
    assert json.loads(file.text) == client.get("/v1/briefings", params=query).json()
