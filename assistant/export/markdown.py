"""A document as Markdown with footnotes. What articles and readers wrote is escaped: it shows as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.export.document import Dispute, Document, Footnote, Line, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#])")
_LIST_MARKER = re.compile(r"^(\d+)([.)])|^([-+=])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def to_markdown(document: Document) -> str:
    """The whole document, as CommonMark with footnotes (``[^1]``)."""
    blocks = [f"# {escaped(document.title)}", f"*{document.note}*"]
    for section in document.sections:
        blocks += _section(section, with_heading=len(document.sections) > 1)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text as one line in which Markdown and HTML mean nothing."""
    line = " ".join(_CONTROLS.sub(" ", text).split())
    line = _SPECIAL.sub(r"\\\1", line)
    return _LIST_MARKER.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _section(section: Section, *, with_heading: bool) -> Iterator[str]:
    if with_heading:
        yield f"## {escaped(section.question)}"
    if section.understood:
        yield f"Understood as: {escaped(section.understood)}"
    if section.standing:
        yield escaped(" · ".join(section.standing))
    yield from (_line(sentence) for sentence in section.sentences)
    yield from _listed("In the register", section.register)
    for dispute in section.disputes:
        yield f"**Sources disagree: {escaped(dispute.about)}**"
        yield _table(dispute)
    yield from _listed("Nearest passages, not an answer", section.nearest)
    yield from _listed("Keep in mind", map(Line, section.notices))
    yield from _listed("Not found in the corpus", map(Line, section.missing))
    yield from _listed("Removed before you saw this", section.removed)
    yield from _listed("Record", (Line(f"{name}: {value}") for name, value in section.record))
    yield from (_footnote(note) for note in section.footnotes)


def _listed(heading: str, lines: Iterable[Line]) -> Iterator[str]:
    items = [f"- {_line(line)}" for line in lines]
    if items:
        yield f"**{heading}**"
        yield "\n".join(items)


def _line(line: Line) -> str:
    remark = f" *({escaped(line.remark)})*" if line.remark else ""
    return escaped(line.text) + _references(line) + remark


def _references(line: Line) -> str:
    return "".join(f"[^{number}]" for number in line.notes)


def _table(dispute: Dispute) -> str:
    rows = ["| Value | Who says so | Latest source |", "|---|---|---|"]
    for value, publishers, newest in dispute.values:
        rows.append(f"| {_line(value)} | {escaped(publishers)} | {escaped(newest)} |")
    return "\n".join(rows)


def _footnote(note: Footnote) -> str:
    link = f" <{note.link}>" if note.link else ""
    moved = "" if note.stands else " The article has changed since."
    told = f"{escaped(note.source)}. {escaped(note.title)}.{link} “{escaped(note.quote)}”{moved}"
    return f"[^{note.number}]: {told} (SHA-256 of the quote: {note.sha256})"
