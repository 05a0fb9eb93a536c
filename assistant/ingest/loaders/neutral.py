"""Characters that show nothing and mean something else: out of every text before anything counts offsets.

Bidirectional controls make a line read otherwise than it is stored (CVE-2021-42574), zero-width and tag characters
(U+E0000) hide words from a reader and not from a model, lone surrogates cannot be stored at all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace

from assistant.ingest.loaders.base import RawArticle

# Joiners are kept between letters of scripts that spell with them; elsewhere they only hide.
_JOINER = re.compile("(?<![\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u08ff\u0900-\u0dff])")
_KEPT = frozenset("\n\t\u200c\u200d")


def neutral(text: str) -> str:
    """``text`` in NFC, ``\\n`` line ends, without control, format, surrogate and unassigned-for-good characters."""
    text = _JOINER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.isascii() or not text.isprintable():
        hidden = {character for character in set(text) if character not in _KEPT and _is_hidden(character)}
        text = text.translate({ord(character): None for character in hidden}) if hidden else text
    return unicodedata.normalize("NFC", text)


def neutral_article(article: RawArticle) -> RawArticle:
    """The article with every text in it made neutral; those of one line lose their line breaks."""
    changes: dict[str, str | tuple[str, ...]] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        if isinstance(value, str):
            changes[field.name] = neutral(value) if field.name == "text" else _line(value)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(_line(item) for item in value)
    return replace(article, **changes)  # type: ignore[arg-type]


def _line(text: str) -> str:
    return " ".join(neutral(text).split())


def _is_hidden(character: str) -> bool:
    code = ord(character)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return no_character or unicodedata.category(character) in ("Cc", "Cf", "Cs")
