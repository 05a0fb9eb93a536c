from __future__ import annotations

import pytest

from assistant.errors import SourceError
from assistant.ingest.fetch.content_types import label_of, suffix_of, to_utf8


@pytest.mark.parametrize(
    ("kind", "url", "suffix"),
    [
        ("text/html; charset=utf-8", "https://a.example/story", ".html"),
        ("Text/HTML", "https://a.example/list.php", ".html"),
        ("text/plain", "https://a.example/notes.md", ".md"),
        ("text/plain", "https://a.example/notes", ".txt"),
        ("application/octet-stream", "https://a.example/a.html", ".html"),
        ("", "https://a.example/a.txt?x=1", ".txt"),
        ("text/markdown", "https://a.example/a", ".md"),
    ],
)
def test_the_content_type_decides_and_the_name_only_where_it_says_nothing(kind: str, url: str, suffix: str) -> None:
    assert suffix_of(kind, url) == suffix


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "application/json"])
def test_a_type_without_a_loader_is_refused_by_name(kind: str) -> None:
    with pytest.raises(SourceError, match=f"'{kind}'"):
        suffix_of(kind, "https://a.example/story.html")


def test_labels_end_in_the_suffix_that_finds_the_loader() -> None:
    assert label_of("https://a.example/b?id=1#top", ".html") == "a.example/b?id=1.html"
    assert label_of("https://a.example/b.HTML", ".html") == "a.example/b.HTML"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
def test_the_charset_of_the_header_is_read(charset: str) -> None:
    assert to_utf8("稀土出口管制".encode("gb18030"), f"text/html; charset={charset}").decode() == "稀土出口管制"


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert to_utf8(b"\x93quoted\x94", "text/html; charset=ISO-8859-1").decode() == "“quoted”"


@pytest.mark.parametrize("kind", ["text/html; charset=iso-8859-1", "text/html; charset=big5", "text/html"])
def test_utf_8_stays_whatever_the_header_claims(kind: str) -> None:
    assert to_utf8("Käufer 稀土".encode(), kind) == "Käufer 稀土".encode()


@pytest.mark.parametrize("charset", ["no-such-thing", "zlib", "ascii-x", "utf-8"])
def test_a_wrong_charset_leaves_the_bytes_to_the_loader(charset: str) -> None:
    content = "稀土".encode("gb18030")
    assert to_utf8(content, f"text/html; charset={charset}") == content


def test_bytes_of_other_formats_are_left_alone() -> None:
    assert to_utf8(b"\xff\xd8", "application/pdf; charset=iso-8859-1") == b"\xff\xd8"
