"""``sources.toml``: named sources, what they are, and how often they are read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInputError
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.sources import Given, NamedSource, source_of
from assistant.ingest.web_address import WebAddress, wanted
from assistant.types import Reliability

FILE_NAME = "sources.toml"
_EVERY = re.compile(r"(\d{1,4})\s*(m|h|d)")
_NAMED_TIMES = {"hourly": "1h", "daily": "1d", "weekly": "7d"}
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

Origin = NamedSource | WebAddress


def interval(every: str) -> timedelta:
    """The time between two runs: ``30m``, ``6h``, ``2d``, ``hourly``, ``daily`` or ``weekly``. Raises ValueError."""
    match = _EVERY.fullmatch(_NAMED_TIMES.get(every.strip().lower(), every.strip().lower()))
    if not match or int(match[1]) == 0:
        raise ValueError('is no schedule; write "30m", "6h", "2d", hourly, daily or weekly')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _readable(every: str) -> str:
    interval(every)
    return every


class Source(BaseModel):
    """One ``[sources.NAME]`` table."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    kind: Literal["folder", "url", "feed", "sitemap"]
    address: Annotated[str, Field(min_length=1, max_length=2000, description="path, from the file's folder, or URL")]
    every: Annotated[str, AfterValidator(_readable)] = "daily"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    publisher: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    reliability: Reliability | None = None

    @property
    def given(self) -> Given:
        """What the table says of every article of the source."""
        return Given(publisher=self.publisher, language=self.language, reliability=self.reliability)

    def folder(self, base: Path) -> Path | None:
        """The folder, for a source that is one; a relative path starts at ``base``."""
        return (base / Path(self.address).expanduser()).resolve() if self.kind == "folder" else None

    def origin(self, base: Path) -> Origin:
        """Where the articles come from. Raises BadInputError when a folder is not there or is empty."""
        folder = self.folder(base)
        if folder is not None:
            found = source_of(str(folder), known_suffixes())
            files = tuple(
                replace(file, given=self.given)
                for file in found.files
                if wanted(file.title, self.include, self.exclude)
            )
            return replace(found, files=files)
        kind = self.kind if self.kind != "folder" else "auto"
        return WebAddress(self.address, kind, self.given, self.include, self.exclude)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[Annotated[str, Field(pattern=r"^[\w-]{1,60}$")], Source] = Field(min_length=1)


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a file, by name.

    Raises:
        BadInputError: the file cannot be read, or a key is not in order: which, its value, and what it may be.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        return _File.model_validate(told).sources
    except OSError as error:
        raise BadInputError(f"cannot read {path.name!r}: {error.strerror}; check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path.name!r} is no TOML: {error}; correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadInputError(
            f"{path.name!r}: {key} = {str(first['input'])[:200]!r}: {first['msg']}; correct it"
        ) from error
