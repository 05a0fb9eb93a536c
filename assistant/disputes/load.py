"""Files of disputes: read, and held against the articles.

Whether an account stands in its article is checked for editors (``check_disputes``); the running program looks each one
up when it shows it, and leaves out what is not there any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.disputes.types import Account, Dispute, DisputedValue
from assistant.measures.edited import ArticleOf, QuoteRow, Row, Text, nfc, parsed, quote_fault, refuse, repeated
from assistant.measures.marked_yaml import MarkedYaml, Place, read_marked_yaml
from assistant.measures.types import Problem


class ValueRow(Row):
    """One side."""

    value: Text
    evidence: Annotated[tuple[QuoteRow, ...], Field(min_length=1)]


class DisputeRow(Row):
    """One point in dispute."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    about: Text
    asked: Annotated[tuple[Text, ...], Field(min_length=1)]
    values: Annotated[tuple[ValueRow, ...], Field(min_length=2)]


class DisputesFile(Row):
    """A whole file."""

    disputes: tuple[DisputeRow, ...]


def load_disputes(path: Path) -> tuple[Dispute, ...]:
    """The disputes of a file. Raises BadInputError when it is none, with file, line and value."""
    told, problems = _parse(read_marked_yaml(path))
    if told is None or problems:
        raise refuse(problems)
    return tuple(map(_dispute, told.disputes))


def check_disputes(path: Path, article: ArticleOf) -> tuple[Problem, ...]:
    """Every fault of a file: its shape, accounts that no article has, and values that their account has not.

    Raises:
        BadInputError: the file cannot be read or is no YAML.
    """
    source = read_marked_yaml(path)
    told, problems = _parse(source)
    if told is None:
        return problems
    return tuple(sorted((*problems, *_unfounded(told, source, article)), key=lambda problem: problem.line))


def _parse(source: MarkedYaml) -> tuple[DisputesFile | None, tuple[Problem, ...]]:
    told, problems = parsed(DisputesFile, source)
    return told, problems or tuple(repeated((row.id for row in told.disputes) if told else (), source, "disputes"))


def _unfounded(told: DisputesFile, source: MarkedYaml, article: ArticleOf) -> Iterator[Problem]:
    for i, dispute in enumerate(told.disputes):
        for j, value in enumerate(dispute.values):
            place: Place = ("disputes", i, "values", j)
            if value.value not in value.evidence[0].quote:
                yield Problem(source.file, source.line(place), f"the first quote does not say {value.value!r}")
            for k, row in enumerate(value.evidence):
                if fault := quote_fault(row, article(row.article)):
                    yield Problem(source.file, source.line((*place, "evidence", k, "quote")), fault)


def _dispute(row: DisputeRow) -> Dispute:
    values = (
        DisputedValue(one.value, tuple(Account(told.article, nfc(told.quote)) for told in one.evidence))
        for one in row.values
    )
    return Dispute(row.id, row.about, row.asked, tuple(values))
