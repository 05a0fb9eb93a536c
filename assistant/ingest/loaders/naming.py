"""Titles that a file gives itself, and those that only a program gave it."""

from __future__ import annotations

import re

_NO_TITLE = re.compile(
    r"(?:untitled.*|document\d*|word document|powerpoint presentation|slide \d+|microsoft \w+ - .*"
    r"|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|tex|dvi|rtf|html?|qxd|cdr))",
    re.IGNORECASE,
)


def stem_of(name: str) -> str:
    """A file's name as a title: no folders, no suffix, underscores read as spaces."""
    last = re.split(r"[/\\]", name)[-1]
    return " ".join(last.rpartition(".")[0].replace("_", " ").split()) or name


def stated_title(title: str | None) -> str | None:
    """The title in a file's properties, unless it is one that programs fill in by themselves."""
    text = " ".join((title or "").split())
    return None if not text or _NO_TITLE.fullmatch(text) else text[:1000]


def stated_name(name: str | None) -> str | None:
    """An author or publisher in a file's properties; None when empty, or the name of a program's account."""
    text = " ".join((name or "").split())
    programs = (
        "python-docx",
        "openpyxl",
        "admin",
        "administrator",
        "user",
        "unknown",
        "author",
        "microsoft office user",
    )
    return None if not text or text.lower() in programs else text[:1000]
