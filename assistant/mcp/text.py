"""An answer as plain text with footnotes, for clients that show a tool's text and not its structure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.types import Answer, Citation
from assistant.wording import Line, conflict_blocks, missing_lines, sentence_line, source_in_words, standing_blocks


def answer_text(answer: Answer) -> str:
    """Sentences with [n], the register, what is missing or in dispute, a footnote with quote for each n, notices."""
    blocks = (
        [sentence_line(sentence) for sentence in answer.sentences],
        *standing_blocks(answer),
        list(missing_lines(answer)),
        *conflict_blocks(answer),
        list(_footnotes(answer)),
        [Line(f"As of {answer.as_of}."), *(Line(notice.text) for notice in answer.notices)],
    )
    return "\n\n".join("\n".join(map(_written, block)) for block in blocks if block)


def _footnotes(answer: Answer) -> Iterator[Line]:
    if answer.status == "declined" and answer.citations:
        yield Line("Nearest passages, not an answer:")
    yield from (Line(_footnote(citation)) for citation in answer.citations)


def _footnote(citation: Citation) -> str:
    where = f"article {citation.article_id}, {citation.start}–{citation.end}"
    link = f" {citation.url}" if citation.url else ""
    return f"[{citation.n}] “{citation.quote}” {source_in_words(citation)} ({where}){link}"


def _written(line: Line) -> str:
    marks = "".join(f" [{number}]" for number in line.citations)
    return f"{'- ' if line.indented else ''}{line.before}{marks}{line.after}"
