"""A few hundred generated calls against a running server; ``python -m evals.api_fuzz`` makes more."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from running_server import running, serving_app

from assistant.build import Assistant
from evals import api_fuzz
from evals.api_fuzz import fuzz

CALLS = 300


def test_no_call_fails_and_no_answer_is_undocumented(assistant: Assistant) -> None:
    with running(assistant) as address:
        tally = fuzz(address, CALLS)
    assert [f"{fault.status} {fault.reason}\n{fault.call}" for fault in tally.faults] == []
    assert tally.calls >= CALLS // 2
    reached = {operation for operation, counts in tally.statuses.items() if any(200 <= one < 300 for one in counts)}
    named = {(method, path) for method, path in tally.statuses if "{" in path}
    assert named - reached == {("GET", "/v1/measures/{measure_id}")}, "only the register is empty in the small corpus"
    assert {("POST", "/v1/answers"), ("POST", "/v1/chat/completions")} <= reached
    assert f"{tally.statuses['GET', '/healthz'][200]:>6}" in tally.table()


def test_what_the_description_leaves_out_is_a_fault(monkeypatch: Any) -> None:
    app = FastAPI()

    @app.get("/named", responses={200: {"model": dict[str, int]}})
    def named() -> JSONResponse:
        return JSONResponse({"n": "no number"})

    @app.get("/unnamed")
    def unnamed() -> JSONResponse:
        return JSONResponse({}, 418)

    @app.get("/broken")
    def broken() -> JSONResponse:
        return JSONResponse({}, 500)

    monkeypatch.setattr(api_fuzz, "known_values", lambda address: {})
    monkeypatch.setattr(api_fuzz, "strict", lambda schema: schema)
    with serving_app(app) as address:
        tally = fuzz(address, 3)
    assert {fault.status for fault in tally.faults} == {200, 418, 500}


def test_a_strict_description_closes_objects_that_do_not_say_they_are_open() -> None:
    schemas = {"A": {"type": "object", "properties": {}}, "B": {"type": "object", "properties": {}} | {
        "additionalProperties": True
    }, "C": {"type": "string"}}  # fmt: skip
    closed = api_fuzz.strict({"components": {"schemas": schemas}})["components"]["schemas"]
    assert [one.get("additionalProperties") for one in closed.values()] == [False, True, None]
