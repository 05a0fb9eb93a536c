"""Bytes to text: UTF-8, else what the file declares, else a guess that is good enough or none."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from assistant.errors import SourceError

# What browsers read under these names (WHATWG Encoding Standard): pages declare the smaller set and use the larger.
_READ_AS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949",
}  # fmt: skip
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]{2,40})""", re.IGNORECASE)


def decode(name: str, content: bytes) -> str:
    """The text of a file. Raises SourceError when the bytes are no text."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{name!r} is binary, not text; convert it to text, markdown or HTML")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared := _DECLARED.search(content[:4096]):
        try:
            label = declared[1].decode("ascii").lower()
            return content.decode(_READ_AS.get(label, label))
        except (UnicodeDecodeError, LookupError):
            pass
    guess = from_bytes(content).best()
    if guess is None:
        raise SourceError(f"the characters of {name!r} cannot be read; save it as UTF-8")
    return str(guess)
