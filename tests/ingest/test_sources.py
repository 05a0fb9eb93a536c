from __future__ import annotations

from pathlib import Path

import pytest
from support import CORPUS

from assistant.errors import BadInputError, MissingDependencyError
from assistant.ingest.sources import Given, corpus_digest, shipped_source, source_of, upload_source

SUFFIXES = (".md", ".txt")


def test_a_file_is_a_source_that_removes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("text")
    source = source_of(str(path), SUFFIXES)
    assert (source.name, source.complete) == (str(path), False)
    assert [(file.title, file.uri, file.read()) for file in source.files] == [("a.md", "file:a.md", b"text")]


def test_a_folder_is_read_recursively_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.md", "below/a.txt", ".hidden.md", ".git/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    source = source_of(str(tmp_path), SUFFIXES)
    assert source.complete
    assert [file.title for file in source.files] == ["b.md", "below/a.txt"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.md").write_text("a")
    (tmp_path / "secret.md").write_text("secret")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path)
    assert [file.title for file in source_of(str(folder), SUFFIXES).files] == ["a.md"]


def test_no_uri_shows_an_absolute_path(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    sources = [source_of(str(tmp_path), SUFFIXES), source_of(str(tmp_path / "a.md"), SUFFIXES), shipped_source(CORPUS)]
    assert not any(str(tmp_path) in file.uri or "/work" in file.uri for source in sources for file in source.files)


def test_a_pattern_names_the_files_that_match_it_and_removes_nothing(tmp_path: Path) -> None:
    for name in ("a.md", "below/b.md", "below/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    source = source_of(f"{tmp_path}/**/*.md", SUFFIXES)
    assert (source.complete, [file.title for file in source.files]) == (False, ["a.md", "b.md"])
    with pytest.raises(BadInputError, match="no file matches"):
        source_of(f"{tmp_path}/*.pdf", SUFFIXES)


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].md").write_text("a")
    assert [file.title for file in source_of(f"{tmp_path}/a[1].md", SUFFIXES).files] == ["a[1].md"]


def test_nothing_there_is_bad_input() -> None:
    with pytest.raises(BadInputError, match="check the path"):
        source_of("/no/such/folder", SUFFIXES)


def test_an_empty_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"\.md, \.txt"):
        source_of(str(tmp_path), SUFFIXES)


@pytest.mark.parametrize("argument", ["n" * 300, "http://["])
def test_what_can_be_no_path_is_bad_input(argument: str) -> None:
    with pytest.raises(BadInputError):
        source_of(argument, SUFFIXES)


def test_the_shipped_source_is_complete_and_named() -> None:
    source = shipped_source(CORPUS)
    assert (source.name, source.complete, len(source.files)) == ("shipped", True, 10)
    assert source.files[0].uri == "corpus:articles/april-rule.md"


def test_a_missing_shipped_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match="reinstall"):
        shipped_source(tmp_path)


def test_the_name_of_an_upload_is_only_a_label() -> None:
    source = upload_source("../../etc/passwd", b"text", Given(title="T"))
    assert not source.complete
    assert [(file.name, file.uri, file.read(), file.given.title) for file in source.files] == [
        ("../../etc/passwd", "upload:../../etc/passwd", b"text", "T")
    ]


def test_the_digest_follows_names_and_bytes(corpus: Path) -> None:
    before = corpus_digest(shipped_source(corpus))
    assert corpus_digest(shipped_source(corpus)) == before
    (corpus / "articles" / "suspension.md").rename(corpus / "articles" / "suspension-2.md")
    renamed = corpus_digest(shipped_source(corpus))
    (corpus / "articles" / "suspension-2.md").write_text("other")
    assert len({before, renamed, corpus_digest(shipped_source(corpus))}) == 3
