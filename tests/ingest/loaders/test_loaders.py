"""The door that every file comes through: types by their bytes, and nothing hidden in the text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import SourceError
from assistant.ingest.loaders import archive, read_article
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.neutral import neutral
from evals.fuzz.mutations import broken_files
from evals.fuzz.samples import SAMPLES, docx, zipped

TODAY = date(2026, 11, 30)


def read(name: str, content: bytes) -> RawArticle:
    return read_article(RawSource(name, content), TODAY)


@pytest.mark.parametrize("suffix", SAMPLES)
def test_every_format_is_read(suffix: str) -> None:
    text = read(f"sample.{suffix}", SAMPLES[suffix]()).text
    assert "1,238 tonnes" in text or "tonnes: 1,238" in text


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "epub", "html"])
def test_bytes_decide_and_not_the_name(suffix: str) -> None:
    assert read("sample.txt", SAMPLES[suffix]()).text == read(f"sample.{suffix}", SAMPLES[suffix]()).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"hello", r"cannot read 'a\.exe'; known types are \.csv, .*\.pdf"),
        ("report", b"hello", "cannot read 'report'; known types"),
        ("a.txt", b" \n", r"'a\.txt' is empty"),
        ("a.txt", b"\x89PNG\r\n", r"'a\.txt': it is a picture \(PNG\)"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        ("a.docx", zipped({"a.txt": "x"}), "a zip archive and no DOCX"),
        ("a.docx", b"PK\x03\x04 and no more", "broken zip file"),
        ("a.pdf", b"no pdf", "broken PDF"),
        ("a.txt", b"The ministry\x00 said so.", "is binary"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, content: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read(name, content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO(docx())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("word/padding.xml", b"\x00" * 20 * 1024 * 1024)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(SourceError, match="as a zip bomb does"):
        read("a.docx", packed.getvalue())


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    with pytest.raises(SourceError, match="packs 4 files, at most 3"):
        read("a.docx", zipped(dict.fromkeys("abcd", "x")))


def test_hidden_characters_are_taken_out_of_text_and_title() -> None:
    hidden = "\u202e\u200b\u2066\ufeff\U000e0041\u061c\u00ad\ufdd0"
    article = read("a.md", f"---\ntitle: Ex{hidden}ports\n---\nThe min{hidden}istry said cafe\u0301.".encode())
    assert (article.title, article.text) == ("Exports", "The ministry said café.")


def test_joiners_stay_where_a_script_spells_with_them() -> None:
    assert neutral("می\u200cخواهم x\u200cy") == "می\u200cخواهم xy"


def test_a_text_of_hidden_characters_only_is_refused() -> None:
    with pytest.raises(SourceError, match="no article text found"):
        read("a.md", "\u200b\U000e0041 \u2060".encode())


@given(st.text())
def test_neutral_text_stays_as_it_is(text: str) -> None:
    assert neutral(neutral(text)) == neutral(text)


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_broken_file_gives_an_article_or_a_reason_and_never_another_error(suffix: str) -> None:
    seen: set[str] = set()

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(broken_files(suffix))
    def check(content: bytes) -> None:
        try:
            assert read(f"broken.{suffix}", content).text.strip()
            seen.add("article")
        except SourceError as error:
            assert ";" in str(error)
            seen.add("refusal")

    check()
    assert seen == {"article", "refusal"} or (seen == {"article"} and suffix in ("csv", "html", "md", "txt", "eml"))
