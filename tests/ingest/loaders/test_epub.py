from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.epub import EpubLoader
from evals.fuzz.samples import epub, zipped

FACTS = (
    "<dc:title>Magnets</dc:title><dc:creator>Ada L.</dc:creator><dc:publisher>Narva Press</dc:publisher>"
    '<dc:language>en-GB</dc:language><dc:date opf:event="modification">2026-09-09</dc:date><dc:date>2026-03</dc:date>'
)


def load(content: bytes) -> RawArticle:
    return EpubLoader().load(RawSource("book.epub", content), date(2026, 11, 30))


def archive_text(members: dict[str, str | bytes]) -> bytes:
    package = members["OPS/book.opf"]
    assert isinstance(package, bytes)
    return package


def test_chapters_follow_the_spine_and_blocks_become_paragraphs() -> None:
    content = epub(
        {"b.xhtml": "<h1>One</h1><p>First <i>of</i> all.</p>", "a.xhtml": "<div>Last<script>x</script>.</div>"}
    )
    assert load(content).text.split("\n\n") == ["One", "First of all.", "Last."]


def test_the_package_gives_the_facts_and_a_month_stays_a_month() -> None:
    article = load(epub({"a.xhtml": "<p>Text.</p>"}, FACTS))
    assert (article.title, article.author, article.publisher) == ("Magnets", "Ada L.", "Narva Press")
    assert (article.language, article.published_on, article.published_inferred) == ("en", "2026-03", False)


def test_a_table_reads_as_sentences() -> None:
    table = "<table><tr><th>Month</th><th>tonnes</th></tr><tr><td>May</td><td>1,238</td></tr></table>"
    assert (
        load(epub({"a.xhtml": f"<p>Before.</p>{table}After."})).text
        == "Before.\n\nMonth: May; tonnes: 1,238.\n\nAfter."
    )


def test_a_locked_chapter_is_said_to_be_one() -> None:
    lock = '<encryption><CipherReference URI="OPS/a.xhtml"/></encryption>'
    with pytest.raises(SourceError, match=r"'book\.epub' is locked \(DRM\)"):
        load(epub({"a.xhtml": "<p>x</p>"}, **{"META-INF__encryption.xml": lock}))


def test_an_outside_entity_in_the_package_is_not_followed() -> None:
    content = epub({"a.xhtml": "<p>Text.</p>"}, "<dc:title>[&x;]</dc:title>")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    members["OPS/book.opf"] = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + archive_text(members)
    assert load(zipped(members)).title in ("[]", "[&x;]")


def test_a_chapter_that_is_missing_is_named() -> None:
    broken = epub({"a.xhtml": "<p>x</p>"}).replace(b"OPS/a.xhtml", b"OPS/z.xhtml")
    with pytest.raises(SourceError, match=r"its part 'OPS/a\.xhtml' is missing or broken"):
        load(broken)


def test_a_book_is_read_as_deep_as_the_parser_goes_and_refused_beyond() -> None:
    assert load(epub({"a.xhtml": "<div>" * 200 + "deep"})).text == "deep"
    with pytest.raises(SourceError, match="no text found"):
        load(epub({"a.xhtml": "<div>" * 20_000 + "deep"}))
