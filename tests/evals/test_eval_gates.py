from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInputError
from evals.gates import Gate, SetGates, judge, load_gates
from evals.result import Figure, GateRow, Row

FIGURE = Figure(value=0.8, low=0.6, high=0.9, n=5, unscored=0, failed=0)
NOTHING = Figure(value=None, low=None, high=None, n=0, unscored=5, failed=0)
ROW = Row(id="a", definition="d", question="q", history=(), as_of=None, answerable=True, tags=())


def verdict(gate: Gate, figure: Figure) -> GateRow:
    return judge(SetGates(metrics={"mrr": gate}), {"mrr": figure}, (ROW,))[1]


@pytest.mark.parametrize(
    ("gate", "holds"),
    [
        (Gate(at_least=0.8, figure="value"), True),
        (Gate(at_least=0.81, figure="value"), False),
        (Gate(at_least=0.6, figure="low"), True),
        (Gate(at_least=0.8, figure="low"), False),
        (Gate(at_least=0.8, figure="value", min_n=5), True),
        (Gate(at_least=0.8, figure="value", min_n=6), False),
    ],
)
def test_gate_looks_at_the_value_or_the_lower_end(gate: Gate, holds: bool) -> None:
    assert verdict(gate, FIGURE).holds is holds


def test_gate_on_nothing_scored_falls_short() -> None:
    assert verdict(Gate(at_least=0.0, figure="value"), NOTHING).holds is False


def test_gate_that_needs_no_case_holds_on_nothing_scored() -> None:
    assert verdict(Gate(at_least=1.0, figure="value", min_n=0), NOTHING).holds is True


def test_gate_on_the_lower_end_of_one_case_falls_short() -> None:
    single = Figure(value=1.0, low=None, high=None, n=1, unscored=0, failed=0)
    assert verdict(Gate(at_least=0.1, figure="low", min_n=0), single).holds is False


def test_failed_cases_are_limited() -> None:
    failed = ROW.model_copy(update={"failure": "ValueError: no"})
    limits = [judge(SetGates(max_failed=limit), {}, (ROW, failed))[0] for limit in (0, 1)]
    assert [(limit.got, limit.holds) for limit in limits] == [(1.0, False), (1.0, True)]


def test_set_adds_to_and_replaces_gates_of_every_set(tmp_path: Path) -> None:
    source = tmp_path / "gates.yaml"
    source.write_text(
        "every_set: {max_failed: 2, metrics: {mrr: {at_least: 0.5, figure: value}}}\n"
        "sets: {core: {metrics: {mrr: {at_least: 0.7, figure: low},\n"
        "  recall_at_5: {at_least: 0.1, figure: low}}}}\n",
        encoding="utf-8",
    )
    gates = load_gates(source)
    assert gates.of("other").metrics == {"mrr": Gate(at_least=0.5, figure="value")}
    assert gates.of("core").metrics["mrr"] == Gate(at_least=0.7, figure="low")
    assert gates.of("core").metrics.keys() == {"mrr", "recall_at_5"}
    assert gates.of("core").max_failed == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every_set: {metrics: {accuracy: {at_least: 1, figure: value}}}", "no metric 'accuracy'"),
        (
            "every_set: {metrics: {mrr: {at_least: 2, figure: value}}}",
            "every_set.metrics.mrr.at_least', value 2",
        ),
        ("every_set: {metrics: {mrr: {at_least: 1, figure: high}}}", "value 'high'"),
        ("every_set: [", "not readable as YAML"),
        ("", "gates.yaml: key ''"),
    ],
)
def test_bad_gate_file_names_key_and_value(tmp_path: Path, text: str, expected: str) -> None:
    source = tmp_path / "gates.yaml"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        load_gates(source)
    assert expected in str(caught.value)


def test_shipped_gates_hold_the_promises_at_one() -> None:
    gates = load_gates().of("any")
    promises = ("citation_recall", "citation_support", "as_of_clean", "injection_clean")
    assert [gates.metrics[name].at_least for name in promises] == [1.0] * 4
    assert gates.max_failed == 0
