"""A document as a Word file with real footnotes. python-docx has none yet, so their part is written here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from docx import Document as new_word_document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from lxml import etree

from assistant.export.document import Dispute, Document, Footnote, Line, Section

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = RGBColor(0x5F, 0x66, 0x62)
# Word keeps the ids 0 and 1 for the lines that part footnotes from the text.
_FIRST_ID = 2
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def to_docx(document: Document) -> bytes:
    """The whole document as the bytes of a ``.docx`` file."""
    return _Writer().write(document)


class _Writer:
    """Writes one file; a source becomes a footnote where it is cited first, and its number wherever else."""

    def __init__(self) -> None:
        self._word = new_word_document()
        self._footnotes: Any = etree.fromstring(f"<w:footnotes {nsdecls('w', 'r')}>{_SEPARATORS}</w:footnotes>")
        uri = PackURI("/word/footnotes.xml")
        self._part = Part(uri, CONTENT_TYPE.WML_FOOTNOTES, package=self._word.part.package)
        self._word.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._notes: dict[int, Footnote] = {}
        self._shown: dict[int, int] = {}

    def write(self, document: Document) -> bytes:
        """The bytes of the file."""
        self._word.core_properties.title = _clean(document.title)
        self._word.core_properties.author = "Rare Earth Brief"
        self._word.add_heading(_clean(document.title), 0)
        self._quiet(document.note)
        for section in document.sections:
            self._section(section, with_heading=len(document.sections) > 1)
        self._part._blob = etree.tostring(self._footnotes, xml_declaration=True, encoding="UTF-8", standalone=True)
        stream = io.BytesIO()
        self._word.save(stream)
        return stream.getvalue()

    def _section(self, section: Section, *, with_heading: bool) -> None:
        self._notes = {note.number: note for note in section.footnotes}
        if with_heading:
            self._word.add_heading(_clean(section.question), 1)
        if section.understood:
            self._quiet(f"Understood as: {section.understood}")
        if section.standing:
            self._quiet(" · ".join(section.standing))
        for sentence in section.sentences:
            self._line(sentence, None)
        self._listed("In the register", section.register)
        for dispute in section.disputes:
            self._dispute(dispute)
        self._listed("Nearest passages, not an answer", section.nearest)
        self._listed("Keep in mind", map(Line, section.notices))
        self._listed("Not found in the corpus", map(Line, section.missing))
        self._listed("Removed before you saw this", section.removed)
        self._listed("Record", (Line(f"{name}: {value}") for name, value in section.record))

    def _listed(self, heading: str, lines: Iterable[Line]) -> None:
        told = list(lines)
        if told:
            self._word.add_heading(heading, 2)
        for line in told:
            self._line(line, "List Bullet")

    def _line(self, line: Line, style: str | None) -> None:
        self._fill(self._word.add_paragraph(style=style), line)

    def _fill(self, paragraph: Any, line: Line) -> None:
        paragraph.add_run(_clean(line.text))
        for at, number in enumerate(line.notes):
            if at:
                paragraph.add_run(", ").font.superscript = True
            self._cite(paragraph, number)
        if line.remark:
            paragraph.add_run(f" ({_clean(line.remark)})").italic = True

    def _cite(self, paragraph: Any, number: int) -> None:
        run = paragraph.add_run()
        run.font.superscript = True
        if number in self._shown or number not in self._notes:
            run.text = str(self._shown.get(number, number))
            return
        self._shown[number] = len(self._shown) + 1
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._add_footnote(self._notes[number])))
        run._r.append(reference)

    def _add_footnote(self, note: Footnote) -> int:
        identity = len(self._shown) - 1 + _FIRST_ID
        footnote = etree.SubElement(self._footnotes, qn("w:footnote"), {qn("w:id"): str(identity)})
        paragraph = etree.SubElement(footnote, qn("w:p"))
        mark = etree.SubElement(paragraph, qn("w:r"))
        properties = etree.SubElement(mark, qn("w:rPr"))
        etree.SubElement(properties, qn("w:vertAlign"), {qn("w:val"): "superscript"})
        etree.SubElement(mark, qn("w:footnoteRef"))
        _text(paragraph, f" {note.source}. {note.title}. ")
        if note.link:
            self._link(paragraph, note.link)
        moved = "" if note.stands else " The article has changed since."
        _text(paragraph, f" “{note.quote}”{moved} SHA-256 of the quote: {note.sha256}")
        return identity

    def _link(self, paragraph: Any, address: str) -> None:
        relation = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        _text(etree.SubElement(paragraph, qn("w:hyperlink"), {qn("r:id"): relation}), address)

    def _dispute(self, dispute: Dispute) -> None:
        self._word.add_heading(f"Sources disagree: {_clean(dispute.about)}", 2)
        table = self._word.add_table(rows=3, cols=len(dispute.values), style="Table Grid")
        for column, (value, publishers, newest) in enumerate(dispute.values):
            self._fill(table.cell(0, column).paragraphs[0], value)
            table.cell(1, column).text = _clean(publishers)
            table.cell(2, column).text = _clean(newest)

    def _quiet(self, text: str) -> None:
        run = self._word.add_paragraph().add_run(_clean(text))
        run.font.size, run.font.color.rgb = Pt(9), _GREY


def _text(parent: Any, text: str) -> None:
    run = etree.SubElement(parent, qn("w:r"))
    told = etree.SubElement(run, qn("w:t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    told.text = _clean(text)


def _clean(text: str) -> str:
    """Text that XML can hold: control characters, which it cannot, become a replacement mark."""
    return _NOT_IN_XML.sub("\ufffd", text)
