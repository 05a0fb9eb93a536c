from __future__ import annotations

from typing import Any

import pytest

from assistant.errors import SourceError
from assistant.ingest.article import MAX_TEXT_LENGTH, canonical_url, to_article
from assistant.ingest.loaders.base import RawArticle
from assistant.ingest.sources import Given, SourceFile
from assistant.types import Article

NOTHING_SAID = Given()


def article_of(text: str = "Prices rose.", sent: Given = NOTHING_SAID, name: str = "file.md", **raw: Any) -> Article:
    file = SourceFile(name, name, f"file:{name}", lambda: b"", sent)
    return to_article(RawArticle(text=text, **({"title": "Title"} | raw)), file, "2026-01-15")


def test_what_is_unknown_is_said_and_nothing_invented() -> None:
    article = article_of()
    assert (article.publisher, article.author, article.url, article.published_on) == (
        "unknown publisher", None, None, None
    )  # fmt: skip
    assert (article.retrieved_on, article.language, article.kind, article.source_kind, article.reliability) == (
        "2026-01-15", "en", "news", "news", "C"
    )  # fmt: skip


def test_the_publisher_falls_back_to_the_host() -> None:
    assert article_of(url="https://www.Example.org:8080/a").publisher == "example.org"


def test_the_origin_falls_back_to_the_publisher() -> None:
    assert article_of(publisher="Harbour Wire").origin == "Harbour Wire"
    assert article_of(publisher="Harbour Wire", origin="Reuters").origin == "Reuters"


def test_the_title_falls_back_to_the_files_name() -> None:
    assert article_of(title=" \n ").title == "file.md"
    assert article_of(title="Two\n  lines").title == "Two lines"


@pytest.mark.parametrize(("kind", "source_kind"), [("official", "official"), ("digest", "news"), ("note", "news")])
def test_the_source_kind_follows_the_kind(kind: str, source_kind: str) -> None:
    assert article_of(kind=kind).source_kind == source_kind


def test_what_a_person_says_wins_and_is_not_inferred() -> None:
    sent = Given(title="Mine", publisher="Me", published_on="2025-05-01")
    article = article_of(sent=sent, publisher="Page", published_on="2024-01-01", published_inferred=True)
    assert (article.title, article.publisher, article.published_on, article.published_inferred) == (
        "Mine", "Me", "2025-05-01", False
    )  # fmt: skip


def test_an_inferred_date_stays_inferred() -> None:
    assert article_of(published_on="2024-01-01", published_inferred=True).published_inferred


def test_the_text_is_nfc_with_plain_line_ends() -> None:
    assert article_of(" Cafe\u0301\r\nprices rose. ").text == "Café\nprices rose."


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_no_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no article text"):
        article_of(text)


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="5000001 characters"):
        article_of("a" * (MAX_TEXT_LENGTH + 1))


def test_the_id_is_stated_or_made_of_the_url_or_the_name() -> None:
    assert article_of(id="mine", url="https://example.org/a").id == "mine"
    assert article_of(url="https://example.org/a", name="one.md").id == article_of(url="https://EXAMPLE.org/a/#x").id
    assert article_of(name="one.md").id != article_of(name="two.md").id


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG/A/?utm_source=x&b=1#part", "https://example.org/A?b=1"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?fbclid=1", "https://example.org/a"),
    ],
)
def test_urls_lose_what_does_not_tell_pages_apart(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "change", [{"text": "Prices fell."}, {"title": "Other"}, {"published_on": "2025"}, {"topics": ("x",)}]
)
def test_text_and_metadata_change_the_hash(change: dict[str, Any]) -> None:
    assert article_of(**change).content_hash != article_of().content_hash


def test_a_stated_day_of_retrieval_is_part_of_the_hash() -> None:
    assert article_of(retrieved_on="2025-12-01").content_hash != article_of(retrieved_on="2025-12-02").content_hash


def test_today_s_date_as_day_of_retrieval_is_not() -> None:
    file = SourceFile("a.md", "a.md", "file:a.md", lambda: b"")
    raw = RawArticle(text="Prices rose.", title="Title")
    assert to_article(raw, file, "2026-01-15").content_hash == to_article(raw, file, "2026-01-16").content_hash
