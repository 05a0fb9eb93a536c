"""Thresholds that a run has to reach, read from gates.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInputError
from evals.result import Figure, GateRow, Reading, Row
from evals.scorers import SCORERS

GATES: Traversable = files("evals") / "gates.yaml"


def _known_metric(name: str) -> str:
    if name not in SCORERS:
        raise ValueError(f"no metric {name!r}; there are: {', '.join(SCORERS)}")
    return name


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(_Frozen):
    """``at_least`` for the point value or the lower end of the interval, over at least ``min_n`` cases."""

    at_least: float = Field(ge=0, le=1)
    figure: Reading
    min_n: int = Field(default=1, ge=0)


class SetGates(_Frozen):
    """The gates of one set; ``max_failed`` limits the cases that raised."""

    max_failed: int = Field(default=0, ge=0)
    metrics: dict[Annotated[str, AfterValidator(_known_metric)], Gate] = {}


class GateFile(_Frozen):
    """Gates for every set, and those that a set adds or replaces."""

    every_set: SetGates
    sets: dict[str, SetGates] = {}

    def of(self, set_name: str) -> SetGates:
        """The gates that a set has to reach."""
        own = self.sets.get(set_name, SetGates())
        limit = own if "max_failed" in own.model_fields_set else self.every_set
        return SetGates(max_failed=limit.max_failed, metrics=self.every_set.metrics | own.metrics)


def load_gates(source: Traversable = GATES) -> GateFile:
    """Reads a gate file; BadInputError names the file, the key and the problem."""
    try:
        return GateFile.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise BadInputError(f"{source.name}: not readable as YAML: {error}") from None
    except ValidationError as error:
        problems = (
            f"{source.name}: key {'.'.join(map(str, at['loc']))!r}, value {at['input']!r}: {at['msg']}"
            for at in error.errors(include_url=False)
        )
        raise BadInputError("\n".join(problems)) from None


def judge(gates: SetGates, metrics: Mapping[str, Figure], rows: tuple[Row, ...]) -> tuple[GateRow, ...]:
    """Each gate with what the run reached. Fewer than ``min_n`` scored cases fall short."""
    failed = sum(row.failure is not None for row in rows)
    limit = GateRow(
        metric="failed",
        figure="count",
        at_least=None,
        at_most=gates.max_failed,
        min_n=0,
        got=failed,
        n=len(rows),
        holds=failed <= gates.max_failed,
    )
    return limit, *(_judge_one(metric, gate, metrics[metric]) for metric, gate in gates.metrics.items())


def _judge_one(metric: str, gate: Gate, figure: Figure) -> GateRow:
    got = figure.value if gate.figure == "value" else figure.low
    reached = figure.n == 0 if got is None else got >= gate.at_least
    return GateRow(
        metric=metric,
        figure=gate.figure,
        at_least=gate.at_least,
        at_most=None,
        min_n=gate.min_n,
        got=got,
        n=figure.n,
        holds=reached and figure.n >= gate.min_n,
    )
