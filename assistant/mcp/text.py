"""An answer as plain text with footnotes, for clients that show a tool's text and not its structure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.types import Answer, Citation, Sentence


def answer_text(answer: Answer) -> str:
    """Sentences with [n], what is missing or in dispute, a footnote with quote and source for each n, notices."""
    blocks = (
        [_sentence(sentence) for sentence in answer.sentences],
        [f"The corpus does not say: {part}" for part in answer.missing if answer.status == "partial"],
        list(_conflicts(answer)),
        list(_footnotes(answer)),
        [f"As of {answer.as_of}.", *(notice.text for notice in answer.notices)],
    )
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _sentence(sentence: Sentence) -> str:
    partly = " (partly supported)" if sentence.verdict == "partial" else ""
    return f"{sentence.text}{_marks(sentence.citations)}{partly}"


def _conflicts(answer: Answer) -> Iterator[str]:
    for conflict in answer.conflicts:
        yield f"Sources disagree: {conflict.about}"
        yield from (f"- {value.value}{_marks(value.citations)}" for value in conflict.values)


def _footnotes(answer: Answer) -> Iterator[str]:
    if answer.status == "declined" and answer.citations:
        yield "Nearest passages, not an answer:"
    yield from (_footnote(citation) for citation in answer.citations)


def _footnote(citation: Citation) -> str:
    digest = "Digest of " if citation.kind == "digest" else ""
    when = citation.published_on or "undated"
    inferred = " (date inferred)" if citation.published_inferred else ""
    where = f"article {citation.article_id}, {citation.start}–{citation.end}"
    link = f" {citation.url}" if citation.url else ""
    source = f"{digest}{citation.publisher}, {when}{inferred}: {citation.title}"
    return f"[{citation.n}] “{citation.quote}” {source} ({where}){link}"


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{number}]" for number in numbers)
