"""A small good file of every format, made here: what the fuzzers break, and the tests read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

STORY = (
    "The ministry issued licences for dysprosium and terbium to four exporters on Monday, its spokesman said.",
    "China's exports of rare earth magnets fell in May to 1,238 tonnes, and most of them went to India.",
    "Analysts say that Europe will still import most of its magnets for a decade.",
)
ROWS = (("Month", "tonnes", "destination"), ("May 2025", "1,238", "India"), ("June 2025", "3,188", "Germany"))
_CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def pdf(pages: Sequence[Sequence[tuple[int, int, int, str]]], info: bytes = b"") -> bytes:
    """A PDF of text lines ``(x, y, size, text)`` in points, the origin at a page's lower left; ``info`` as in PDF."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font, b"<< " + info + b" >>"]
    kids = []
    for lines in pages:
        stream = b"".join(_shown(*line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _numbered(objects)


def _shown(x: int, y: int, size: int, text: str) -> bytes:
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, escaped)


def _numbered(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>" % (len(objects) + 1)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def epub(chapters: Mapping[str, str], metadata: str = "", **more: str) -> bytes:
    """An e-book of XHTML bodies by file name; ``metadata`` in Dublin Core elements; ``more`` by path with __ as /."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}'
        f"</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    pages = {f"OPS/{name}": f"<html><body>{body}</body></html>" for name, body in chapters.items()}
    extra = {path.replace("__", "/"): content for path, content in more.items()}
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER, "OPS/book.opf": package}
        | pages
        | extra
    )


def docx(paragraphs: Sequence[str] = STORY, rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A Word file with a table, dated 1 March 2026."""
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(0, len(rows[0])) if rows else None
    for row in rows:
        for cell, text in zip(table.add_row().cells if table else (), row, strict=True):
            cell.text = text
    properties = document.core_properties
    properties.title, properties.author, properties.created = "Exports fell", "Li Wei", datetime(2026, 3, 1)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def xlsx(rows: Sequence[Sequence[object]] = ROWS, formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet; ``formats`` are number formats by cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _pdf() -> bytes:
    lines = [(72, 700, 18, "Exports fell again")] + [(72, 660 - 14 * n, 11, text[:90]) for n, text in enumerate(STORY)]
    return pdf([lines, lines], b"/Title (Exports fell) /CreationDate (D:20260301)")


def _eml() -> bytes:
    html = "".join(f"<p>{text}</p>" for text in STORY)
    return (
        "Subject: Exports fell\r\nFrom: Li Wei <li@baltic-metals.example>\r\nDate: Sun, 1 Mar 2026 09:30:00 +0800\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + "\r\n\r\n".join(STORY) + "\r\n"
        "--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        f"<html><body><article>{html}</article></body></html>\r\n--b1--\r\n"
    ).encode()


def _epub() -> bytes:
    body = "".join(f"<p>{text}</p>" for text in STORY)
    facts = "<dc:title>Exports fell</dc:title><dc:creator>Li Wei</dc:creator><dc:date>2026-03</dc:date>"
    return epub({"one.xhtml": body, "two.xhtml": f"<table><tr><td>Month</td><td>tonnes</td></tr></table>{body}"}, facts)


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "pdf": _pdf,
    "docx": docx,
    "xlsx": xlsx,
    "epub": _epub,
    "eml": _eml,
    "csv": lambda: "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode(),
    "html": lambda: (
        f"<html><body><article>{''.join(f'<p>{text}</p>' for text in STORY)}</article></body></html>".encode()
    ),
    "md": lambda: ("---\ntitle: Exports fell\n---\n\n" + "\n\n".join(STORY)).encode(),
    "txt": lambda: "\n\n".join(STORY).encode(),
}
