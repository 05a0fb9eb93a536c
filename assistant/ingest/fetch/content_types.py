"""From a content type to a name that ``loader_for`` understands, and from the header's charset to UTF-8."""

from __future__ import annotations

from email.message import Message
from urllib.parse import urlsplit

from assistant.errors import SourceError
from assistant.ingest.loaders import known_suffixes

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
}
# Servers that do not know a file's type say one of these; there its name tells more.
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "text/plain")
# What pages say and what they mean (Encoding standard, WHATWG).
_MEANT = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252",
          "gb2312": "gb18030", "gbk": "gb18030"}  # fmt: skip


def suffix_of(content_type: str, url: str) -> str:
    """The file suffix of a page's format. Raises SourceError when no loader reads it."""
    known = known_suffixes()
    told = media_type(content_type)
    by_name = f".{urlsplit(url).path.rpartition('.')[2].lower()}"
    if told in _UNTOLD and by_name in known:
        return by_name
    suffix = _SUFFIXES.get(told)
    if suffix not in known:
        raise SourceError(
            f"its type is {told or 'not told'!r}, which cannot be read; "
            f"known file types are {', '.join(known)}; convert it to one of them"
        )
    return suffix


def label_of(url: str, suffix: str) -> str:
    """A page's name for people, with the suffix by which its loader is found."""
    told = url.partition("://")[2].partition("#")[0].rstrip("/")
    return told if told.lower().endswith(suffix) else told + suffix


def media_type(content_type: str) -> str:
    """``text/html`` of ``Text/HTML; charset=x``."""
    return content_type.partition(";")[0].strip().lower()


def to_utf8(content: bytes, content_type: str) -> bytes:
    """Text in UTF-8 when only the header tells its charset; else as it came, for the loader to look into.

    Bytes that are UTF-8 stay, whatever the header claims: no other charset looks like it by chance.
    """
    told = Message()
    told["content-type"] = content_type
    charset = str(told.get_param("charset", "")).strip().lower()
    if not charset or not media_type(content_type).startswith(("text/", "application/xhtml")) or _is_utf8(content):
        return content
    try:
        return content.decode(_MEANT.get(charset, charset)).encode("utf-8")
    except (UnicodeError, LookupError):
        return content


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
