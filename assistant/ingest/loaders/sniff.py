"""What a file is by its bytes: a suffix is only a label, and labels lie."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.errors import SourceError
from assistant.ingest.loaders.archive import member_names

_PDF_HEADER_WITHIN = 1024  # Readers of PDF look for "%PDF-" this far in (ISO 32000-1, annex H.3.4.1).
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_OFFICE_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "META-INF/container.xml": ".epub"}
_UNREADABLE = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "Rich Text (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def suffix_of(name: str, content: bytes, known: Iterable[str]) -> str:
    """The suffix of the format that ``content`` is in, whatever the file is called.

    Args:
        name: what the file is called; it decides among formats of plain text.
        content: the bytes.
        known: the suffixes that can be read, for the message.

    Raises:
        SourceError: the format is recognised and cannot be read, or neither bytes nor suffix tell of one.
    """
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return ".pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zipped(name, content, known)
    if content.startswith(_OLE):
        raise SourceError(_old_office(name, content))
    for start, what in _UNREADABLE:
        if content.startswith(start):
            raise SourceError(_cannot_read(f"{name!r}: it is {what}", known))
    named = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if named not in (".md", ".markdown") and _MARKUP.match(content[:2048]):
        return ".html"
    if named not in known:
        raise SourceError(_cannot_read(f"{name!r}", known))
    return named


def _zipped(name: str, content: bytes, known: Iterable[str]) -> str:
    names = member_names(name, content)
    for part, suffix in _OFFICE_PARTS.items():
        if part in names:
            return suffix
    raise SourceError(_cannot_read(f"{name!r}: it is a zip archive and no DOCX, XLSX or EPUB", known))


def _old_office(name: str, content: bytes) -> str:
    if _ENCRYPTED_OFFICE in content:
        return f"{name!r} is locked with a password; save a copy without one"
    return f"cannot read {name!r}: it is an old Office file (.doc, .xls, .ppt, .msg); save it as .docx, .xlsx or .pdf"


def _cannot_read(what: str, known: Iterable[str]) -> str:
    return f"cannot read {what}; known types are {', '.join(sorted(known))}; convert it to one of them"
