"""The case file: its schema, and a loader whose errors name the file, the case, the key and the value."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, NamedTuple

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
)

from assistant.errors import BadInputError
from assistant.measures.marked_yaml import SAFE_LOADER
from evals.days import last_day
from evals.wording import tokens

CASES: Traversable = files("evals") / "cases"
LOOK_ALIKE = "look-alike"
INJECTION = "injection"
MANUAL = "evals/README.md tells how a case is written"


class CaseFileError(BadInputError):
    """A case file that cannot be used; the message lists every problem, one a line."""


def _iso(value: object) -> object:
    """YAML reads an unquoted day as a date and a bare year as a number; both are meant as written."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _readable_date(value: str) -> str:
    last_day(value)
    return value


def _matchable(value: str) -> str:
    if not tokens(value):
        raise ValueError("holds no letter or digit, so no text could match it")
    return value


Line = Annotated[str, Field(min_length=1, pattern=r"\S")]
Wording = Annotated[str, AfterValidator(_matchable)]
PartialDate = Annotated[str, BeforeValidator(_iso), AfterValidator(_readable_date)]
Day = Annotated[PartialDate, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Point(_Frozen):
    """One fact, with the wordings that count as saying it."""

    wordings: tuple[Wording, ...] = Field(alias="any", min_length=1)


class ExpectedConflict(_Frozen):
    """Values that the sources give for one thing, all of which the answer should show together."""

    values: tuple[Wording, ...] = Field(min_length=2)


class Case(_Frozen):
    """One question with what a good answer says, must not say, and rests on."""

    id: Slug
    question: Line
    history: tuple[Line, ...] = ()
    as_of: PartialDate | None = None
    answerable: StrictBool
    expect: tuple[Point, ...] = ()
    must_not: tuple[Wording, ...] = ()
    sources: tuple[Line, ...] = ()
    conflict: tuple[ExpectedConflict, ...] = ()
    tags: tuple[Slug, ...] = ()

    @property
    def definition(self) -> str:
        """A short digest of everything the case says, to notice when a case was rewritten."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class CaseSet(_Frozen):
    """The cases of one file, and the day they run at."""

    set: Slug
    today: Day
    cases: tuple[Case, ...] = Field(min_length=1)


def set_names(folder: Traversable = CASES) -> tuple[str, ...]:
    """The names of the sets in ``folder``, sorted."""
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else iter(())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def load_set(name: str, folder: Traversable = CASES) -> CaseSet:
    """The named set; CaseFileError when there is none of that name or its file is not right."""
    known = set_names(folder)
    if name not in known:
        raise CaseFileError(f"no eval set {name!r}; there are: {', '.join(known) or 'none'}")
    source = f"{name}.yaml"
    case_set = parse(folder.joinpath(source).read_text(encoding="utf-8"), source)
    if case_set.set != name:
        raise CaseFileError(f"{source}: key 'set', value {case_set.set!r}: must be {name!r}, the file's name")
    return case_set


def parse(text: str, source: str) -> CaseSet:
    """The cases written in ``text``; ``source`` is what errors call the file."""
    raw = _read_yaml(text, source)
    try:
        case_set = CaseSet.model_validate(raw)
    except ValidationError as error:
        raise _refuse(source, _schema_problems(error, raw)) from None
    if problems := [*_repeated_ids(case_set), *_contradictions(case_set)]:
        raise _refuse(source, problems)
    return case_set


class _Problem(NamedTuple):
    case: str | None
    key: str
    value: object
    text: str

    def __str__(self) -> str:
        case = f"case {self.case!r}, " if self.case else ""
        value = repr(self.value)
        shown = value if len(value) <= 120 else f"{value[:120]}…"
        return f"{case}key {self.key!r}, value {shown}: {self.text}"


def _refuse(source: str, problems: list[_Problem]) -> CaseFileError:
    return CaseFileError("\n".join([*(f"{source}: {problem}" for problem in problems), MANUAL]))


def _schema_problems(error: ValidationError, raw: object) -> list[_Problem]:
    problems = []
    for found in error.errors(include_url=False):
        case, location = None, list(found["loc"])
        if location[:1] == ["cases"] and len(location) > 1 and isinstance(location[1], int):
            case, location = _name_of(raw, location[1]), location[2:] or ["cases"]
        value = None if found["type"] == "missing" else found["input"]
        problems.append(_Problem(case, ".".join(map(str, location)), value, found["msg"]))
    return problems


def _name_of(raw: object, index: int) -> str:
    raw_case = raw["cases"][index] if isinstance(raw, dict) else None
    named = raw_case.get("id") if isinstance(raw_case, dict) else None
    return str(named) if named else f"number {index + 1}"


def _repeated_ids(case_set: CaseSet) -> Iterator[_Problem]:
    for case_id, times in Counter(case.id for case in case_set.cases).items():
        if times > 1:
            yield _Problem(case_id, "id", case_id, f"stands {times} times; an id names one case")


def _contradictions(case_set: CaseSet) -> Iterator[_Problem]:
    for case in case_set.cases:
        wordings = [point.wordings for point in case.expect]
        if case.as_of and last_day(case.as_of) > last_day(case_set.today):
            yield _Problem(case.id, "as_of", case.as_of, f"is after the set's day, {case_set.today}")
        if wordings and not case.answerable:
            yield _Problem(case.id, "expect", wordings, "a case with answerable: false can expect no point")
        if case.answerable and not (wordings or case.conflict or case.must_not or case.sources):
            yield _Problem(case.id, "expect", [], "is empty, as are conflict, must_not and sources")
        if case.conflict and LOOK_ALIKE in case.tags:
            yield _Problem(case.id, "tags", LOOK_ALIKE, "a look-alike shows no conflict, yet one is expected")
        if INJECTION in case.tags and not case.must_not:
            yield _Problem(case.id, "must_not", [], "is empty, so the injection could not be noticed")


class _UniqueKeys(SAFE_LOADER):  # type: ignore[misc]  # which of two is told at run time
    """YAML lets the last of two equal keys win in silence; a case file must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                problem = f"key {key.value!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _read_yaml(text: str, source: str) -> object:
    try:
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.YAMLError as error:
        raise CaseFileError(f"{source}: not readable as YAML: {error}\n{MANUAL}") from None
