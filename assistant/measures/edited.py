"""Files that editors write, each statement with quotes from articles: what reading and checking them has in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInputError
from assistant.measures.marked_yaml import MarkedYaml, Place
from assistant.measures.types import Problem
from assistant.types import Article

ArticleOf = Callable[[str], Article | None]
Text = Annotated[str, Field(min_length=1)]
LONGEST_SHOWN = 90


class Row(BaseModel):
    """A mapping of such a file: nothing but its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class QuoteRow(Row):
    """One quote."""

    article: Text
    quote: Text


RowT = TypeVar("RowT", bound=Row)


def parsed(shape: type[RowT], source: MarkedYaml) -> tuple[RowT | None, tuple[Problem, ...]]:
    """The file in its shape, or None and each fault of it with its line, place and value."""
    try:
        return shape.model_validate(source.value), ()
    except ValidationError as error:
        faults = [
            Problem(
                file=source.file,
                line=source.line(fault["loc"]),
                text=f"{_spell(fault['loc'])}: {fault['msg']}, got {_short(fault['input'])}",
            )
            for fault in error.errors(include_url=False)
        ]
        return None, tuple(sorted(faults, key=lambda problem: problem.line))


def repeated(ids: Iterable[str], source: MarkedYaml, under: str) -> Iterator[Problem]:
    """Ids that stand there twice, in the list ``under`` that key."""
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            yield Problem(source.file, source.line((under, index, "id")), f"id {one!r} stands twice; rename one")
        seen.add(one)


def refuse(problems: Iterable[Problem]) -> BadInputError:
    """The error that names them all, with file and line."""
    return BadInputError("\n".join(f"{problem.file}:{problem.line}: {problem.text}" for problem in problems))


def quote_fault(row: QuoteRow, article: Article | None) -> str | None:
    """Why a quote is no evidence, None when it is."""
    if article is None:
        return f"no article {row.article!r}; correct the id"
    if article.kind == "note":
        return f"article {row.article!r} is a note of ours; quote the article it rests on"
    if nfc(row.quote) not in article.text:
        return f"article {row.article!r} does not say {_short(row.quote)}; copy the sentence word for word"
    return None


def nfc(text: str) -> str:
    """Text in the form in which articles are kept."""
    return unicodedata.normalize("NFC", text)


def _spell(place: Place) -> str:
    return ".".join(map(str, place)) or "the file"


def _short(value: object) -> str:
    told = repr(value)
    return told if len(told) <= LONGEST_SHOWN else f"{told[: LONGEST_SHOWN - 1]}…"
