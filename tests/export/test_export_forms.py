"""Answers as files: what every form must carry, and what hostile text may not do in any of them."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document as open_word
from lxml import etree, html
from markdown_it import MarkdownIt

from assistant.export.document import Document, GivenAnswer, document, record, web_address
from assistant.export.markdown import escaped, to_markdown
from assistant.export.page import to_html
from assistant.export.word import to_docx

HOSTILE = '<img src=x onerror="run()"> [a](javascript:run()) ![b](x) `c` *d* | e\x00\u202e ‮'
QUOTE = "The quota is 1,200 tonnes 🙂."
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def citation(n: int = 1, **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "n": n, "article_id": "a", "passage_id": "a:0", "quote": QUOTE, "start": 0, "end": len(QUOTE),
        "title": "The quota", "publisher": "Caixin", "published_on": "2025-06-20", "published_inferred": False,
        "reliability": "A", "url": "https://example.org/quota", "kind": "digest", "source_kind": "news",
    }  # fmt: skip
    return told | changes


def answer(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": "answer-1", "question": "How large is the quota?", "standalone_question": "How large is the quota?",
        "status": "answered", "sentences": [{"text": QUOTE, "citations": [1], "verdict": "supported"}],
        "citations": [citation()], "conflicts": [], "standings": [], "changes": [], "notices": [], "missing": [],
        "removed": [], "suggestions": [], "as_of": "2025-12-01", "about": None, "corpus_current_to": "2025-11-20",
        "newest_evidence_on": "2025-06-20", "engine": "extractive", "fingerprint": "f" * 16,
        "conversation_id": "c", "stale": False, "independent_sources": 1, "corpus_digest": "d" * 64,
        "filters": {"as_of": "2025-12-01", "since": "2025-01", "until": None, "publishers": ["Caixin"]},
    }  # fmt: skip
    return told | changes


CONFLICT = {
    "about": "Quota",
    "values": [
        {"value": "1,200 t", "citations": [1], "publishers": ["Caixin"], "newest_on": "2025-06"},
        {"value": "1,500 t", "citations": [2], "publishers": ["Argus"], "newest_on": None},
    ],
}
WHOLE = answer(
    sentences=[
        {"text": QUOTE, "citations": [1], "verdict": "supported"},
        {"text": "Or more.", "citations": [2, 1], "verdict": "partial"},
    ],
    citations=[citation(), citation(2, publisher="Argus", kind="news", published_on=None, url="javascript:run()")],
    conflicts=[CONFLICT],
    removed=[{"text": "It will double.", "reason": "no passage supports it"}],
    notices=[{"code": "x", "text": "The corpus is old.", "params": {}}],
    missing=["The quota of 2026."],
)


def made(*answers: dict[str, Any], stands: bool = True) -> Document:
    given = [GivenAnswer(one, "2025-12-01T08:00:00+00:00") for one in answers]
    return document("The title", given, lambda citation: stands)


def word_texts(content: bytes) -> tuple[str, list[str]]:
    """The text of the body, and of each footnote."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    told = ["".join(note.itertext()) for note in notes.findall("w:footnote", W)][2:]
    return "".join(body.itertext()), told


def text_of(form: str) -> str:
    """All that a form tells of the whole answer, as text."""
    told = made(WHOLE)
    if form == "docx":
        body, notes = word_texts(to_docx(told))
        return body + " ".join(notes)
    if form == "html":
        return str(html.fromstring(to_html(told)).text_content())
    return to_markdown(told).replace("\\", "")


@pytest.mark.parametrize("form", ["md", "docx", "html"])
@pytest.mark.parametrize(
    "words",
    [
        "Digest of Caixin, 20 June 2025", "The quota", "https://example.org/quota", QUOTE,
        hashlib.sha256(QUOTE.encode()).hexdigest(), "Argus, undated", "Answered as of 1 December 2025",
        "1 independent source", "only published from January 2025 on", "only from Caixin", "partly supported",
        "Sources disagree: Quota", "1,500 t", "It will double.", "no passage supports it", "The corpus is old.",
        "The quota of 2026.", "d" * 64, "f" * 16, "answer-1", "Not legal advice; read the original.",
    ],
)  # fmt: skip
def test_every_form_tells_everything(form: str, words: str) -> None:
    assert words in text_of(form)


@pytest.mark.parametrize("form", ["md", "docx", "html"])
def test_no_form_links_to_what_is_no_web_address(form: str) -> None:
    assert "javascript" not in text_of(form)


def test_markdown_cites_by_footnotes_that_are_all_there() -> None:
    text = to_markdown(made(WHOLE, WHOLE))
    cited = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert cited == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)) == {"1", "2", "3", "4"}


def test_markdown_of_hostile_text_holds_no_markup() -> None:
    hostile = answer(question=HOSTILE, sentences=[{"text": HOSTILE, "citations": [1], "verdict": None}],
                     citations=[citation(title=HOSTILE, publisher=HOSTILE, quote=HOSTILE)])  # fmt: skip
    tokens = MarkdownIt("commonmark").parse(to_markdown(made(hostile)))
    kinds = {child.type for token in tokens for child in token.children or []} | {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence"}
    links = [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert links == ["https://example.org/quota"]


@pytest.mark.parametrize("text", ["1. one", "- one", "# one", "+ one", "= one", "> one", "    one"])
def test_a_line_of_text_stays_a_paragraph(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or []) == text.strip()


def test_a_word_file_opens_and_each_source_is_one_footnote() -> None:
    content = to_docx(made(WHOLE))
    opened = open_word(io.BytesIO(content))
    references = opened.element.body.findall(".//w:footnoteReference", W)
    assert [reference.get(f"{{{W['w']}}}id") for reference in references] == ["2", "3"]
    body, notes = word_texts(content)
    assert [QUOTE in note for note in notes] == [True, True]
    # The second sentence cites the second source anew and the first one by its number.
    assert "Or more., 1 (partly" in body


def test_word_ids_run_on_through_a_conversation() -> None:
    _, notes = word_texts(to_docx(made(WHOLE, WHOLE)))
    opened = open_word(io.BytesIO(to_docx(made(WHOLE, WHOLE))))
    references = opened.element.body.findall(".//w:footnoteReference", W)
    assert [reference.get(f"{{{W['w']}}}id") for reference in references] == ["2", "3", "4", "5"]
    assert len(notes) == 4


def test_a_word_file_takes_characters_that_xml_cannot_hold() -> None:
    body, notes = word_texts(to_docx(made(answer(question="\x00\ud800", citations=[citation(quote="a\x0bb")]))))
    assert "a\ufffdb" in notes[0]
    assert "The title" in body


def test_the_page_runs_nothing_and_asks_nobody() -> None:
    hostile = answer(citations=[citation(title=HOSTILE, url="javascript:run()")], question=HOSTILE)
    page = to_html(made(hostile, WHOLE))
    tree = html.fromstring(page)
    assert tree.xpath("//script | //img | //link | //@src | //@style") == []
    assert {name for name in tree.xpath("//@href") if not name.startswith("#")} == {"https://example.org/quota"}
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_the_page_s_policy_allows_its_own_style() -> None:
    page = to_html(made(WHOLE))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    told = re.search(r"sha256-([^']+)'", page)
    assert style and told
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() == told[1]


def test_numbers_on_the_page_lead_to_their_sources() -> None:
    tree = html.fromstring(to_html(made(WHOLE, WHOLE)))
    targets = {f"#{identity}" for identity in tree.xpath("//@id")}
    assert set(tree.xpath("//sup/a/@href")) == targets == {f"#source-{n}" for n in range(1, 5)}


def test_a_declined_answer_shows_its_nearest_passages_as_none() -> None:
    declined = answer(status="declined", missing=["How large is the quota?"], independent_sources=None,
                      sentences=[{"text": "The corpus does not say.", "citations": [], "verdict": None}])  # fmt: skip
    text = to_markdown(made(declined))
    assert "Nearest passages, not an answer" in text
    assert "Not found in the corpus" not in text


def test_a_quote_that_is_gone_says_so() -> None:
    assert "The article has changed since." in to_markdown(made(answer(), stands=False))


def test_a_record_holds_the_answer_as_given_and_the_hash_of_each_quote() -> None:
    told = record(GivenAnswer(WHOLE, "2025-12-01T08:00:00+00:00"), lambda citation: citation["n"] == 1)
    assert told["answer"] == WHOLE
    assert [quote["stands"] for quote in told["quotes"]] == [True, False]
    assert told["quotes"][0]["sha256"] == hashlib.sha256(QUOTE.encode()).hexdigest()
    assert (told["corpus_digest"], told["fingerprint"]) == ("d" * 64, "f" * 16)


def test_an_answer_kept_before_digests_were_says_that_there_is_none() -> None:
    old = {name: value for name, value in answer().items()
           if name not in ("corpus_digest", "filters", "independent_sources", "standings", "changes")}  # fmt: skip
    assert "Corpus digest: not kept with this answer" in to_markdown(made(old))


@pytest.mark.parametrize("url", [None, "", "javascript:run()", "data:text/html,x", "/local", "https://", "https://a b",
                                 'https://e.org/"><script>', "https://[", "ftp://example.org"])  # fmt: skip
def test_only_web_addresses_are_addresses(url: str | None) -> None:
    assert web_address(url) is None
