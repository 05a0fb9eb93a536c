"""An answer in words for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.dates import split_as_of, spoken
from assistant.types import Answer
from assistant.wording import (
    Line,
    conflict_blocks,
    missing_lines,
    period_in_words,
    sentence_line,
    source_in_words,
    standing_blocks,
)

# Notices to be read before the answer is relied on.
WARNINGS = frozenset({"evidence_age", "unknown_after"})


def print_answer(answer: Answer) -> None:
    """Print an answer on standard output: what was asked and of when, the register, sentences, sources, notices."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line, style in _lines(answer):
        words = line.lstrip(" ")
        indent = " " * (len(line) - len(words))
        for part in Text(printable(words)).wrap(console, console.width - len(indent)):
            part.rstrip()
            console.print(Text(indent) + part, style=style)


def printable(text: str) -> str:
    """Text without control characters: an article must not drive the terminal."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)


def _lines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every line with its style; leading spaces stand before the lines that it wraps to as well."""
    head = [(line, "dim") for line in _understanding(answer)]
    head += [(line, "yellow") for line in _notices(answer, warnings=True)]
    yield from [*head, ("", "")] if head else ()
    sentences = (_shown(sentence_line(sentence)) for sentence in answer.sentences)
    blocks: tuple[tuple[str, Iterable[str]], ...] = (
        ("", _register(answer)),
        ("", sentences),
        ("yellow", map(_shown, missing_lines(answer))),
        ("", _conflicts(answer)),
        ("dim", _sources(answer)),
        ("italic", _notices(answer, warnings=False)),
        ("dim", _removed(answer)),
        ("", _suggestions(answer)),
    )
    yield from ((line, style) for style, lines in blocks for line in lines)


def _understanding(answer: Answer) -> Iterator[str]:
    asked, _ = split_as_of(answer.question)
    if answer.standalone_question not in (asked, answer.question):
        yield f"Understood as: {answer.standalone_question}"
    if answer.about and (period := period_in_words(answer.about)):
        yield f"About {period}, as known on {spoken(answer.as_of)}"


def _notices(answer: Answer, warnings: bool) -> Iterator[str]:
    return (notice.text for notice in answer.notices if (notice.code in WARNINGS) == warnings)


def _register(answer: Answer) -> Iterator[str]:
    """What the register says, each block ended by an empty line."""
    for block in standing_blocks(answer):
        yield from map(_shown, block)
        yield ""


def _removed(answer: Answer) -> Iterator[str]:
    if answer.removed:
        yield ""
        yield "Not in the answer:"
        yield from (f"  {removed.text} ({removed.reason})" for removed in answer.removed)


def _conflicts(answer: Answer) -> Iterator[str]:
    for block in conflict_blocks(answer):
        yield ""
        yield from map(_shown, block)


def _suggestions(answer: Answer) -> Iterator[str]:
    if answer.suggestions:
        yield ""
        yield "Ask next:"
        yield from (f"  {question}" for question in answer.suggestions)


def _sources(answer: Answer) -> Iterator[str]:
    yield ""
    if answer.status == "declined" and answer.citations:
        yield "Nearest passages, not an answer:"
    for citation in answer.citations:
        yield f"[{citation.n}] {source_in_words(citation)} {citation.url or ''}".rstrip()


def _shown(line: Line) -> str:
    marks = "".join(f" [{number}]" for number in line.citations)
    return f"{'  ' if line.indented else ''}{line.before}{marks}{line.after}"
