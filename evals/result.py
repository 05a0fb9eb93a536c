"""The result file: what was run, every figure, a row per case; nothing in it differs between equal runs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import BadInputError
from assistant.types import Status

FORMAT: Literal["assistant-evals/1"] = "assistant-evals/1"
Reading = Literal["value", "low"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(_Frozen):
    """A metric over cases: its mean over the ``n`` scored ones, with a 95 % interval from two cases on."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    unscored: int
    failed: int


class GateRow(_Frozen):
    """One threshold and whether it held. ``metric`` is "failed" for the limit on failed cases."""

    metric: str
    figure: Reading | Literal["count"]
    at_least: float | None
    at_most: float | None
    min_n: int
    got: float | None
    n: int
    holds: bool


class SentenceRow(_Frozen):
    """A sentence of the answer, and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]


class CitationRow(_Frozen):
    """A citation of the answer."""

    n: int
    article_id: str
    quote: str


class ConflictRow(_Frozen):
    """A conflict that the answer showed."""

    about: str
    values: tuple[str, ...]


class FoundRow(_Frozen):
    """A hit of the search; ``wanted`` when the case names its article as a source."""

    rank: int
    article_id: str
    wanted: bool


class ScoreRow(_Frozen):
    """A case under one metric: ``missed`` says what cost it, ``why`` says why it has no score."""

    value: float | None
    missed: tuple[str, ...]
    why: str | None


class ReliabilityBin(_Frozen):
    """The ``n`` cases whose confidence lies from ``low`` up to ``high``: its mean, and the answerable share."""

    low: float
    high: float
    n: int
    confidence: float | None
    answerable: float | None

    @property
    def gap(self) -> float | None:
        """How much more is answerable than was promised; None of an empty bin."""
        return None if self.confidence is None or self.answerable is None else self.answerable - self.confidence


class Reliability(_Frozen):
    """How far the confidence of ``n`` answers can be taken at its word; both errors are 0 at best."""

    n: int
    expected_calibration_error: float
    brier: float
    bins: tuple[ReliabilityBin, ...]


class Row(_Frozen):
    """One case: what was asked, what came back, how it scored, or how it failed.

    ``confidence`` is the probability that the answer gave to the corpus holding one.
    """

    id: str
    definition: str
    question: str
    history: tuple[str, ...]
    as_of: str | None
    answerable: bool
    tags: tuple[str, ...]
    status: Status | None = None
    confidence: float | None = None
    sentences: tuple[SentenceRow, ...] = ()
    citations: tuple[CitationRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    found: tuple[FoundRow, ...] = ()
    scores: dict[str, ScoreRow] = {}
    failure: str | None = None


class Result(_Frozen):
    """One run of one set. ``commit`` and ``dirty`` are None outside a git checkout.

    ``reliability`` is None when no answer told its confidence.
    """

    format: Literal["assistant-evals/1"] = FORMAT
    set: str
    commit: str | None
    dirty: bool | None
    settings_fingerprint: str
    corpus_digest: str
    today: str
    seed: int
    metrics: dict[str, Figure]
    by_tag: dict[str, dict[str, Figure]]
    reliability: Reliability | None = None
    gates: tuple[GateRow, ...]
    cases: tuple[Row, ...]


def write_result(result: Result, path: Path) -> None:
    """Writes the file, making its folder when there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(result.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")


def read_result(path: Path) -> Result:
    """Reads a result file; BadInputError names the file and what is wrong with it."""
    try:
        return Result.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadInputError(f"cannot read the result file {str(path)!r}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise BadInputError(
            f"{str(path)!r} is not a result of `assistant eval --json`: {key}: {first['msg']}"
        ) from None
