"""Bytes to text: UTF-8, else what the file declares, else a guess that is good enough or none."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from assistant.errors import SourceError

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
            return content.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    guess = from_bytes(content).best()
    if guess is None:
        raise SourceError(f"the characters of {name!r} cannot be read; save it as UTF-8")
    return str(guess)
