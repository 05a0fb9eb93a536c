"""The front matter of a markdown article, checked at the door."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.dates import first_day
from assistant.errors import SourceError
from assistant.types import ArticleKind, Reliability, SourceKind


def is_sane_date(text: str) -> bool:
    """Whether ``text`` is an ISO date of a day, month or year that exists."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def _iso(value: Any) -> Any:
    """YAML reads an unquoted day as a date and an unquoted year as a number."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value


def _sane(text: str) -> str:
    if not is_sane_date(text):
        raise ValueError("is no date that exists; write YYYY-MM-DD, YYYY-MM or YYYY")
    return text


IsoDate = Annotated[str, BeforeValidator(_iso), AfterValidator(_sane)]
Name = Annotated[str, Field(min_length=1, max_length=1000)]


class FrontMatter(BaseModel):
    """The fields of an article that a file may state."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,120}$")] | None = None
    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s/]+")] | None = None
    title: Name | None = None
    publisher: Name | None = None
    author: Name | None = None
    published_on: IsoDate | None = None
    published_inferred: bool = False
    retrieved_on: IsoDate | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    kind: ArticleKind | None = None
    source_kind: SourceKind | None = None
    origin: Name | None = None
    reliability: Reliability | None = None
    topics: tuple[Name, ...] = ()
    elements: tuple[Name, ...] = ()


def read_front_matter(name: str, given: dict[str, Any]) -> FrontMatter:
    """The checked front matter. Raises SourceError naming file, key and value."""
    unreadable = [key for key in given if not isinstance(key, str) or not re.fullmatch(r"[a-z_]+", key)]
    if unreadable:
        raise SourceError(f"{name!r}: front matter key {unreadable[0]!r} is not known; see README for the fields")
    try:
        return FrontMatter.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{name!r}: front matter {key} = {first['input']!r}: {first['msg']}; correct it") from error
