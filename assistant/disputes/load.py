"""Files of disputes: read, and held against the articles.

Whether an account stands in its article is checked for editors (``check_disputes``); the running program looks each one
up when it shows it, and leaves out what is not there any more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.disputes.types import Account, Dispute, DisputedValue
from assistant.errors import BadInputError
from assistant.measures.marked_yaml import MarkedYaml, Place, read_marked_yaml
from assistant.measures.types import Problem
from assistant.types import Article

ArticleOf = Callable[[str], Article | None]
Text = Annotated[str, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AccountRow(_Row):
    """One quote, as a file gives it."""

    article: Text
    quote: Text


class ValueRow(_Row):
    """One side."""

    value: Text
    evidence: Annotated[tuple[AccountRow, ...], Field(min_length=1)]


class DisputeRow(_Row):
    """One point in dispute."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    about: Text
    asked: Annotated[tuple[Text, ...], Field(min_length=1)]
    values: Annotated[tuple[ValueRow, ...], Field(min_length=2)]


class DisputesFile(_Row):
    """A whole file."""

    disputes: tuple[DisputeRow, ...]


def load_disputes(path: Path) -> tuple[Dispute, ...]:
    """The disputes of a file. Raises BadInputError when it is none, with file, line and value."""
    parsed, problems = _parse(read_marked_yaml(path))
    if parsed is None or problems:
        raise BadInputError("\n".join(f"{problem.file}:{problem.line}: {problem.text}" for problem in problems))
    return tuple(map(_dispute, parsed.disputes))


def check_disputes(path: Path, article: ArticleOf) -> tuple[Problem, ...]:
    """Every fault of a file: its shape, accounts that no article has, and values that their account has not.

    Raises:
        BadInputError: the file cannot be read or is no YAML.
    """
    source = read_marked_yaml(path)
    parsed, problems = _parse(source)
    if parsed is None:
        return problems
    return tuple(sorted((*problems, *_unfounded(parsed, source, article)), key=lambda problem: problem.line))


def _parse(source: MarkedYaml) -> tuple[DisputesFile | None, tuple[Problem, ...]]:
    try:
        parsed = DisputesFile.model_validate(source.value)
    except ValidationError as error:
        return None, tuple(
            Problem(source.file, source.line(fault["loc"]), f"{fault['msg']}, got {str(fault['input'])[:90]!r}")
            for fault in error.errors(include_url=False)
        )
    return parsed, tuple(_twice(parsed, source))


def _twice(parsed: DisputesFile, source: MarkedYaml) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(parsed.disputes):
        if row.id in seen:
            line = source.line(("disputes", index, "id"))
            yield Problem(source.file, line, f"id {row.id!r} stands twice; rename one")
        seen.add(row.id)


def _unfounded(parsed: DisputesFile, source: MarkedYaml, article: ArticleOf) -> Iterator[Problem]:
    for i, dispute in enumerate(parsed.disputes):
        for j, value in enumerate(dispute.values):
            place: Place = ("disputes", i, "values", j)
            if value.value not in value.evidence[0].quote:
                yield Problem(source.file, source.line(place), f"the first quote does not say {value.value!r}")
            for k, row in enumerate(value.evidence):
                if fault := _fault(row, article(row.article)):
                    yield Problem(source.file, source.line((*place, "evidence", k, "quote")), fault)


def _fault(row: AccountRow, article: Article | None) -> str | None:
    """Why a quote is no account, None when it is."""
    if article is None:
        return f"no article {row.article!r}; correct the id"
    if article.kind == "note":
        return f"article {row.article!r} is a note of ours; quote the article it rests on"
    if _nfc(row.quote) not in article.text:
        return f"article {row.article!r} does not say {row.quote[:90]!r}; copy the sentence word for word"
    return None


def _dispute(row: DisputeRow) -> Dispute:
    values = (
        DisputedValue(one.value, tuple(Account(told.article, _nfc(told.quote)) for told in one.evidence))
        for one in row.values
    )
    return Dispute(row.id, row.about, row.asked, tuple(values))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
