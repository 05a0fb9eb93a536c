from __future__ import annotations

from pathlib import Path

import pytest
from support import TODAY, write_article

from assistant.errors import MissingDependencyError
from assistant.ingest.corpus_check import check_corpus
from assistant.shipped import corpus_folder

URL = "https://news.example/a"


def faults(corpus: Path) -> list[tuple[str, str]]:
    return [(fault.source, fault.reason) for fault in check_corpus(corpus, TODAY)]


def test_a_sound_corpus_has_no_fault(corpus: Path) -> None:
    assert faults(corpus) == []


def test_no_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError):
        check_corpus(tmp_path, TODAY)


def test_an_id_must_be_the_files_name(corpus: Path) -> None:
    (corpus / "articles" / "suspension.md").rename(corpus / "articles" / "other.md")
    assert faults(corpus) == [("other.md", "id 'suspension' differs from the file's name")]


def test_an_id_that_stands_twice_is_told(corpus: Path) -> None:
    articles = corpus / "articles"
    (articles / "suspension-2.md").write_text((articles / "suspension.md").read_text())
    assert ("suspension.md", "id 'suspension' is that of corpus:articles/suspension-2.md too") in faults(corpus)


@pytest.mark.parametrize("url", ["ftp://news.example/a", "news.example/a", "https://"])
def test_a_url_must_be_an_http_address(corpus: Path, url: str) -> None:
    write_article(corpus / "articles", "a", "Prices rose.", url=url)
    assert any(source == "a.md" and "url" in reason.lower() for source, reason in faults(corpus))


def test_one_broken_url_does_not_stop_the_check(corpus: Path) -> None:
    write_article(corpus / "articles", "a", "Prices rose.", url="http://[")
    assert [source for source, _ in faults(corpus)] == ["a.md"]


def test_nothing_is_published_after_it_was_retrieved(corpus: Path) -> None:
    write_article(corpus / "articles", "a", "Prices rose.", url=URL, published_on="2025-12-21")
    assert faults(corpus) == [("a.md", "published_on 2025-12-21 is after retrieved_on 2025-12-20")]


def test_a_sentence_has_at_most_sixty_words(corpus: Path) -> None:
    write_article(corpus / "articles", "a", f"{' '.join(['word'] * 61)}.\n\n{' '.join(['word'] * 60)}.", url=URL)
    ((source, reason),) = faults(corpus)
    assert (source, reason[:34]) == ("a.md", "a sentence of 61 words, at most 60")


def test_an_unreadable_file_is_a_fault_and_the_rest_is_checked(corpus: Path) -> None:
    (corpus / "articles" / "a.md").write_bytes(b"---\nid: [\n---\n\xff")
    (corpus / "articles" / "suspension.md").rename(corpus / "articles" / "z.md")
    assert [source for source, _ in faults(corpus)] == ["a.md", "z.md"]


def test_the_corpus_that_ships_is_sound() -> None:
    assert check_corpus(corpus_folder(), TODAY.replace(year=2026, month=11, day=22)) == ()
