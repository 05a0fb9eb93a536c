"""DOCX, XLSX and CSV: tables and properties."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from assistant.errors import SourceError
from assistant.ingest.loaders import rows
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.delimited import DelimitedLoader
from assistant.ingest.loaders.docx import DocxLoader
from assistant.ingest.loaders.xlsx import XlsxLoader, shown_value
from evals.fuzz.samples import STORY, docx, xlsx, zipped

TODAY = date(2026, 11, 30)
ROW = "Month: May 2025; tonnes: 1,238; destination: India."


def with_member(content: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    text = members[name]
    assert isinstance(text, bytes) and old.encode() in text
    members[name] = text.replace(old.encode(), new.encode())
    return zipped(members)


def load_docx(content: bytes) -> RawArticle:
    return DocxLoader().load(RawSource("note.docx", content), TODAY)


def load_csv(text: str | bytes) -> RawArticle:
    content = text.encode() if isinstance(text, str) else text
    return DelimitedLoader().load(RawSource("exports_2025.csv", content), TODAY)


def test_a_word_file_gives_paragraphs_and_rows_in_order() -> None:
    assert load_docx(docx()).text.split("\n\n")[:4] == [*STORY, ROW]


def test_the_day_a_word_file_was_made_is_only_inferred() -> None:
    article = load_docx(docx())
    assert (article.title, article.author) == ("Exports fell", "Li Wei")
    assert (article.published_on, article.published_inferred) == ("2026-03-01", True)


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    word = "<w:ins><w:r><w:t>Added. </w:t></w:r></w:ins><w:del><w:r><w:delText>Struck.</w:delText></w:r></w:del>"
    content = with_member(docx(), "word/document.xml", "<w:p><w:r><w:t>The", f"<w:p>{word}<w:r><w:t>The")
    assert load_docx(content).text.startswith(f"Added. {STORY[0]}")


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">']
)
def test_entities_of_a_word_file_are_refused(entity: str) -> None:
    bomb = with_member(docx(), "word/document.xml", "<w:document", f"<!DOCTYPE w [{entity}]><w:document")
    with pytest.raises(SourceError, match=r"'note\.docx' declares entities, as no Word file does"):
        load_docx(with_member(bomb, "word/document.xml", "The ministry", "[&x;]"))


def test_a_broken_word_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"'note\.docx' is a broken Word file"):
        load_docx(zipped({"word/document.xml": "<w:document"}))


def test_a_row_of_a_workbook_reads_as_the_sheet_shows_it() -> None:
    rows = [("Month", "tonnes", "share"), (datetime(2025, 5, 1), 1238, 0.125)]
    content = xlsx(rows, {"A2": "mmm yyyy", "B2": "#,##0", "C2": "0.0%"})
    article = XlsxLoader().load(RawSource("exports.xlsx", content), TODAY)
    assert article.text == "Month: May 2025; tonnes: 1,238; share: 12.5%."
    assert article.title == "exports"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (datetime(2025, 5, 9), "dd/mm/yyyy", "9 May 2025"),
        (datetime(2025, 5, 1), "yyyy", "2025"),
        (1238.0, "General", "1238"),
        (0.1 + 0.2, "General", "0.3"),
        (5, '0 "days"', "5"),
        (True, "General", "yes"),
        (None, "General", ""),
    ],
)
def test_a_cell_is_as_precise_as_its_format(value: object, number_format: str, shown: str) -> None:
    assert shown_value(value, number_format) == shown


def test_entities_of_a_workbook_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet'
    bomb = with_member(xlsx(), "xl/worksheets/sheet1.xml", "<worksheet", dtd)
    with pytest.raises(SourceError, match="is a broken Excel file") as refused:
        XlsxLoader().load(RawSource("a.xlsx", bomb), TODAY)
    assert refused.value.__cause__ is not None
    assert "EntitiesForbidden" in repr(refused.value.__cause__.__cause__)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_row_tells_its_headers(mark: str) -> None:
    cells = [("Month", "tonnes", "destination"), ("May 2025", '"1,238"', "India"), ("", "", ""), ("June", "", "Chile")]
    article = load_csv("\n".join(mark.join(row) for row in cells))
    assert article.text.split("\n\n") == [ROW, "Month: June; destination: Chile."]
    assert article.title == "exports 2025"


def test_a_line_above_the_header_is_the_title() -> None:
    assert load_csv("Exports by country\n\nMonth,tonnes\nMay,1238\n").title == "Exports by country"


def test_a_chinese_table_is_read_in_its_own_encoding() -> None:
    text = "月份,出口量,目的地国家\n" + "".join(
        f"二零二五年{n}月,稀土永磁体出口{n}吨,印度和德国等国家\n" for n in range(1, 9)
    )
    assert (
        "月份: 二零二五年5月; 出口量: 稀土永磁体出口5吨; 目的地国家: 印度和德国等国家."
        in load_csv(text.encode("gb18030")).text
    )


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(SourceError, match=r"no rows found in 'exports_2025\.csv'"):
        load_csv("Month,tonnes\n")


def test_notes_and_comments_of_a_word_file_are_counted() -> None:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {word}><w:footnote w:type="separator"/><w:footnote/><w:footnote/></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    content = with_member(
        docx(),
        "[Content_Types].xml",
        "<Default",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/><Default',
    )
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    related = f'<Relationship Id="rIdNotes" Type="{link}" Target="footnotes.xml"/></Relationships>'
    content = with_member(content, "word/_rels/document.xml.rels", "</Relationships>", related)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    told = {text: load_docx(zipped(members | {"word/footnotes.xml": text})).left_out for text in (notes, "", "<w")}
    assert told == {notes: ("2 footnotes",), "": ("footnotes",), "<w": ("footnotes",)}


def test_hidden_sheets_are_counted() -> None:
    book = Workbook()
    book.active.append(["Month", "Magnets (t)"])
    book.active.append(["May 2025", 1238])
    book.create_sheet("secret").sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    article = XlsxLoader().load(RawSource("t.xlsx", saved.getvalue()), TODAY)
    assert (article.text, article.left_out) == ("Month: May 2025; Magnets: 1238 t.", ("1 hidden sheet",))


@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        ("Exports (t)", "1,238", "Exports: 1,238 t"),
        ("Price (USD/kg)", "-3.5", "Price: -3.5 USD/kg"),
        ("Share (%)", "62", "Share: 62 %"),
        ("Exports (t)", "none", "Exports (t): none"),
        ("Exports (2025)", "1,238", "Exports (2025): 1,238"),
        ("Exports (all of them counted)", "5", "Exports (all of them counted): 5"),
    ],
)
def test_a_unit_in_a_header_goes_to_its_number(header: str, cell: str, told: str) -> None:
    assert load_csv(f'Month,{header}\nMay 2025,"{cell}"').text == f"Month: May 2025; {told}."


def test_rows_and_columns_beyond_the_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 1)
    monkeypatch.setattr(rows, "MOST_COLUMNS", 2)
    assert load_csv("a,b\n1,2\n3,4,5\n").left_out == ("1 rows beyond the first 1", "columns beyond the first 2")
    assert load_csv("a,b,\n1,2, \n").left_out == ()
