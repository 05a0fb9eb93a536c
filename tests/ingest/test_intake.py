from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from support import Builder, write_article

from assistant.errors import BadInputError
from assistant.ingest.intake import Intake, piped_source
from assistant.ingest.sources import NamedSource
from assistant.ingest.web_address import WebAddress


@pytest.fixture
def intake(build_assistant: Builder) -> Intake:
    return build_assistant(fetch_allowed_hosts=("Wiki.intra:8080",)).intake


@pytest.mark.parametrize(
    ("argument", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org/a", "HTTP://example.org/a"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("http://wiki.intra:8080/a", "http://wiki.intra:8080/a"),
    ],
)
def test_an_address_is_one_to_fetch(intake: Intake, argument: str, url: str) -> None:
    assert intake.origins(argument) == [WebAddress(url)]


def test_a_sources_file_names_all_its_sources(intake: Intake, tmp_path: Path) -> None:
    write_article(tmp_path / "mine", "a", "Prices rose.")
    path = tmp_path / "sources.toml"
    path.write_text(
        '[sources.mine]\nkind = "folder"\naddress = "mine"\n'
        '[sources.page]\nkind = "url"\naddress = "https://example.org/a"\n'
    )
    folder, page = intake.origins(str(path))
    assert isinstance(folder, NamedSource)
    assert page == WebAddress("https://example.org/a", "url")


def test_a_file_of_links_is_read_line_by_line(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "links.txt"
    path.write_text("# mine\nhttps://example.org/a\n\n  https://example.org/b  \n")
    assert intake.links(path) == [WebAddress("https://example.org/a"), WebAddress("https://example.org/b")]


@pytest.mark.parametrize(
    ("text", "words"), [("https://a.example/\nno link\n", "line 2"), ("# none\n", "holds 0 links")]
)
def test_links_that_cannot_be_read_are_named(intake: Intake, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "links.txt"
    path.write_text(text)
    with pytest.raises(BadInputError, match=words):
        intake.links(path)


def test_what_is_piped_in_has_the_name_it_is_given() -> None:
    (file,) = piped_source("page.html", BytesIO(b"<p>x").read).files
    assert (file.title, file.read()) == ("page.html", b"<p>x")
    with pytest.raises(BadInputError, match="nothing on standard input"):
        piped_source("page.html", BytesIO(b"").read)
