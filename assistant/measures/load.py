"""Register files: read, checked against the articles, merged.

A file says what people decided; whether the sentences it rests on stand in the articles is checked
anew each time. ``check_register`` is for editors and tells every fault; ``load_register`` is for the
running program, which marks evidence it cannot find and goes on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.dates import first_day, last_day
from assistant.errors import BadInputError
from assistant.measures.marked_yaml import MarkedYaml, Place, read_marked_yaml
from assistant.measures.register import Register
from assistant.measures.types import Covers, Evidence, HistoryEntry, Measure, MeasureState, Problem
from assistant.types import Article

ArticleOf = Callable[[str], Article | None]
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
Text = Annotated[str, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceRow(_Row):
    """One quote, as a register file gives it."""

    article: Text
    quote: Text


class EntryRow(_Row):
    """One entry of a history; ``known_from`` is given only when it is later than the evidence."""

    status: MeasureState
    from_: Iso = Field(alias="from")
    from_at_latest: bool = False
    until: Iso | None = None
    known_from: Iso | None = None
    scope: Text | None = None
    evidence: Annotated[tuple[EvidenceRow, ...], AfterValidator(_some)]

    @model_validator(mode="after")
    def _in_order(self) -> EntryRow:
        if self.until is not None and last_day(self.until) < first_day(self.from_):
            raise ValueError(f"until {self.until} lies before from {self.from_}")
        return self


class CoversRow(_Row):
    """What a measure is about."""

    elements: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ()
    control_codes: tuple[Text, ...] = ()
    customs_codes: tuple[Text, ...] = ()
    destinations: tuple[Text, ...] = ()
    notes: Text | None = None


class MeasureRow(_Row):
    """One measure."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    aliases: tuple[Text, ...] = ()
    issuer: Text
    instrument: Text | None = None
    summary: Annotated[Text, AfterValidator(_brief)]
    covers: CoversRow = CoversRow()
    history: Annotated[tuple[EntryRow, ...], AfterValidator(_some)]


class RegisterFile(_Row):
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
        parsed, problems = _parse(source)
        if parsed is None or problems:
            raise BadInputError("\n".join(f"{problem.file}:{problem.line}: {problem.text}" for problem in problems))
        measures |= {row.id: _measure(row, find) for row in parsed.measures}
        reviewed += [parsed.reviewed_to] if parsed.reviewed_to else []
    return Register(measures.values(), min(reviewed, key=last_day, default=None))


def check_register(path: Path, article: ArticleOf) -> tuple[Problem, ...]:
    """Every fault of one file: its shape, and quotes that are not word for word in an article.

    Raises:
        BadInputError: the file cannot be read or is no YAML.
    """
    source = read_marked_yaml(path)
    parsed, problems = _parse(source)
    if parsed is None:
        return problems
    return tuple(sorted((*problems, *_unfounded(parsed, source, cache(article))), key=lambda problem: problem.line))


def _parse(source: MarkedYaml) -> tuple[RegisterFile | None, tuple[Problem, ...]]:
    try:
        parsed = RegisterFile.model_validate(source.value)
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
    return parsed, tuple(_twice(parsed, source))


def _twice(parsed: RegisterFile, source: MarkedYaml) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(parsed.measures):
        if row.id in seen:
            line = source.line(("measures", index, "id"))
            yield Problem(source.file, line, f"id {row.id!r} stands twice; rename one")
        seen.add(row.id)


def _unfounded(parsed: RegisterFile, source: MarkedYaml, article: ArticleOf) -> Iterator[Problem]:
    for place, row in _evidence_rows(parsed):
        if fault := _fault(row, article(row.article)):
            yield Problem(source.file, source.line(place), fault)


def _evidence_rows(parsed: RegisterFile) -> Iterator[tuple[Place, EvidenceRow]]:
    for i, measure in enumerate(parsed.measures):
        for j, entry in enumerate(measure.history):
            for k, row in enumerate(entry.evidence):
                yield ("measures", i, "history", j, "evidence", k, "quote"), row


def _fault(row: EvidenceRow, article: Article | None) -> str | None:
    """Why a quote is no evidence, None when it is."""
    if article is None:
        return f"no article {row.article!r}; correct the id"
    if article.kind == "note":
        return f"article {row.article!r} is a note of ours; quote the article it rests on"
    if _nfc(row.quote) not in article.text:
        return f"article {row.article!r} does not say {_short(row.quote)}; copy the sentence word for word"
    return None


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


def _evidence(row: EvidenceRow, article: Article | None) -> Evidence:
    quote = _nfc(row.quote)
    if article is None or _fault(row, article):
        return Evidence(row.article, quote)
    start = article.text.index(quote)
    known_from = article.published_on or article.retrieved_on
    return Evidence(row.article, quote, False, start, start + len(quote), known_from)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spell(place: Place) -> str:
    return ".".join(map(str, place)) or "the file"


def _short(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 90 else f"{told[:89]}…"
