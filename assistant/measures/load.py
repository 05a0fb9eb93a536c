"""Register files: read, checked against the articles, merged.

A file says what people decided; whether the sentences it rests on stand in the articles is checked
anew each time. ``check_register`` is for editors and tells every fault; ``load_register`` is for the
running program, which marks evidence it cannot find and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from assistant.dates import first_day, last_day
from assistant.measures.edited import ArticleOf, QuoteRow, Row, Text, nfc, parsed, quote_fault, refuse, repeated
from assistant.measures.marked_yaml import MarkedYaml, Place, read_marked_yaml
from assistant.measures.register import Register
from assistant.measures.types import Covers, Evidence, HistoryEntry, Measure, MeasureState, Problem
from assistant.types import Article

MAX_SUMMARY_WORDS = 40
T = TypeVar("T")


def _iso(text: str) -> str:
    first_day(text)
    return text


def _brief(text: str) -> str:
    words = len(text.split())
    if words > MAX_SUMMARY_WORDS:
        raise ValueError(f"{words} words, at most {MAX_SUMMARY_WORDS}")
    return text


def _some(rows: tuple[T, ...]) -> tuple[T, ...]:
    if not rows:
        raise ValueError("give at least one")
    return rows


Iso = Annotated[str, AfterValidator(_iso)]


class EntryRow(Row):
    """One entry of a history; ``known_from`` is given only when it is later than the evidence."""

    status: MeasureState
    from_: Iso = Field(alias="from")
    from_at_latest: bool = False
    until: Iso | None = None
    known_from: Iso | None = None
    scope: Text | None = None
    evidence: Annotated[tuple[QuoteRow, ...], AfterValidator(_some)]

    @model_validator(mode="after")
    def _in_order(self) -> EntryRow:
        if self.until is not None and last_day(self.until) < first_day(self.from_):
            raise ValueError(f"until {self.until} lies before from {self.from_}")
        return self


class CoversRow(Row):
    """What a measure is about."""

    elements: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ()
    control_codes: tuple[Text, ...] = ()
    customs_codes: tuple[Text, ...] = ()
    destinations: tuple[Text, ...] = ()
    notes: Text | None = None


class MeasureRow(Row):
    """One measure."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    aliases: tuple[Text, ...] = ()
    issuer: Text
    instrument: Text | None = None
    summary: Annotated[Text, AfterValidator(_brief)]
    covers: CoversRow = CoversRow()
    history: Annotated[tuple[EntryRow, ...], AfterValidator(_some)]


class RegisterFile(Row):
    """A whole register file; ``reviewed_to`` is the day up to which articles were read for it."""

    reviewed_to: Iso | None = None
    measures: tuple[MeasureRow, ...]


def load_register(files: Sequence[Path], article: ArticleOf) -> Register:
    """The measures of all files; a later file's measure replaces an earlier one's of the same id.

    Args:
        article: gives an article of the catalog by id, None when it has none. Quotes it does not
            bear out are marked missing.

    Raises:
        BadInputError: a file is not a register; the message names file, line and value.
    """
    find = cache(article)
    measures: dict[str, Measure] = {}
    reviewed: list[str] = []
    for path in files:
        source = read_marked_yaml(path)
        told, problems = _parse(source)
        if told is None or problems:
            raise refuse(problems)
        measures |= {row.id: _measure(row, find) for row in told.measures}
        reviewed += [told.reviewed_to] if told.reviewed_to else []
    return Register(measures.values(), min(reviewed, key=last_day, default=None))


def check_register(path: Path, article: ArticleOf) -> tuple[Problem, ...]:
    """Every fault of one file: its shape, and quotes that are not word for word in an article.

    Raises:
        BadInputError: the file cannot be read or is no YAML.
    """
    source = read_marked_yaml(path)
    told, problems = _parse(source)
    if told is None:
        return problems
    return tuple(sorted((*problems, *_unfounded(told, source, cache(article))), key=lambda problem: problem.line))


def _parse(source: MarkedYaml) -> tuple[RegisterFile | None, tuple[Problem, ...]]:
    told, problems = parsed(RegisterFile, source)
    return told, problems or tuple(repeated((row.id for row in told.measures) if told else (), source, "measures"))


def _unfounded(told: RegisterFile, source: MarkedYaml, article: ArticleOf) -> Iterator[Problem]:
    for place, row in _evidence_rows(told):
        if fault := quote_fault(row, article(row.article)):
            yield Problem(source.file, source.line(place), fault)


def _evidence_rows(told: RegisterFile) -> Iterator[tuple[Place, QuoteRow]]:
    for i, measure in enumerate(told.measures):
        for j, entry in enumerate(measure.history):
            for k, row in enumerate(entry.evidence):
                yield ("measures", i, "history", j, "evidence", k, "quote"), row


def _measure(row: MeasureRow, article: ArticleOf) -> Measure:
    return Measure(
        id=row.id,
        name=row.name,
        aliases=row.aliases,
        issuer=row.issuer,
        instrument=row.instrument,
        summary=row.summary,
        covers=Covers(**row.covers.model_dump()),
        history=tuple(_entry(entry, article) for entry in row.history),
    )


def _entry(row: EntryRow, article: ArticleOf) -> HistoryEntry:
    evidence = tuple(_evidence(one, article(one.article)) for one in row.evidence)
    days = [one.known_from for one in evidence if one.known_from is not None]
    known_from = min(days, key=last_day, default=None)
    if known_from is not None and row.known_from is not None:
        known_from = max(known_from, row.known_from, key=last_day)
    return HistoryEntry(row.status, row.from_, row.until, row.from_at_latest, known_from, row.scope, evidence)


def _evidence(row: QuoteRow, article: Article | None) -> Evidence:
    quote = nfc(row.quote)
    if article is None or quote_fault(row, article):
        return Evidence(row.article, quote)
    start = article.text.index(quote)
    known_from = article.published_on or article.retrieved_on
    return Evidence(row.article, quote, False, start, start + len(quote), known_from)
