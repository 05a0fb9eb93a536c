"""Thousands of generated calls against a running server: no 5xx, and no answer that the API's description leaves out.

    python -m evals.api_fuzz [--calls 2000] [--seed 0]

A third of the calls name ids that exist and ask what can be answered, so that they come further than a 404; a third
do not fit the description at all. It is made strict first, so that a member of an answer which it does not name counts
as a fault.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks as core_checks
from schemathesis import openapi
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi_checks

READY_WITHIN_SECONDS = 300
# Removing an article writes every file anew, which takes its time on a busy machine.
CALL_SECONDS = 180
SHOWN_FAILURES, SHOWN_LOG = 20, 4_000
QUESTIONS = (
    "How many tonnes of magnets did China export in May 2025?",
    "Is Announcement 61 still in force?",
    "Who won the football cup?",
)
ARTICLE = (
    "The ministry of an invented land granted twelve licences for zirconia on 3 May 2025. Exporters were relieved."
)
_DESTRUCTIVE = "DELETE"
_STREAM = "text/event-stream"
_DAYS = ("as_of", "since", "until", "day", "published_on")

Operation = tuple[str, str]
Case = schemathesis.Case[Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that breaks a promise of the description."""

    call: str
    status: int
    reason: str


@dataclass(slots=True)
class Tally:
    """How often each operation answered with each status, and what was wrong."""

    statuses: dict[Operation, Counter[int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """All calls that were answered."""
        return sum(counts.total() for counts in self.statuses.values())

    def table(self) -> str:
        """One line an operation: calls, and how many answered with each status."""
        columns = sorted({status for counts in self.statuses.values() for status in counts})
        lines = [f"{'calls':>6} " + " ".join(f"{status:>5}" for status in columns)]
        for (method, path), counts in sorted(self.statuses.items(), key=lambda row: row[0][::-1]):
            shown = " ".join(f"{counts[status] or '':>5}" for status in columns)
            lines.append(f"{counts.total():>6} {shown}  {method} {path}")
        return "\n".join(lines)


def fuzz(address: str, calls: int, seed_: int = 0) -> Tally:
    """About ``calls`` calls to the server at ``address``, shared out among its operations; the same seed, the same.

    What it holds is changed: articles are added, conversations deleted.
    """
    schema = openapi.from_dict(strict(httpx.get(f"{address}/openapi.json", timeout=CALL_SECONDS).json()))
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    # Without input there is one call to make, so the others share the calls.
    varied = [one for one in operations if {"parameters", "requestBody"} & one.definition.raw.keys()]
    tally, known = Tally(), known_values(address)
    for operation in sorted(operations, key=lambda one: one.method.upper() == _DESTRUCTIVE):
        tally.statuses[operation.method.upper(), operation.path] = Counter()
        _call_often(operation, max(1, calls // max(1, len(varied))), seed_, _Caller(address, known, tally))
    return tally


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """The description with every object closed that does not say it is open."""
    for described in schema["components"]["schemas"].values():
        if described.get("type") == "object" and "properties" in described:
            described.setdefault("additionalProperties", False)
    return schema


def known_values(address: str) -> dict[str, Iterator[Any]]:
    """Ids that exist and input that leads somewhere, by the name that takes them; some are made for it."""
    with httpx.Client(base_url=address, timeout=CALL_SECONDS) as client:
        answers = [client.post("/v1/answers", json={"question": one}).json() for one in QUESTIONS]
        client.post(f"/v1/answers/{answers[0]['id']}/feedback", json={"rating": "up"}).raise_for_status()
        client.post("/v1/articles", json={"text": ARTICLE}).raise_for_status()
        client.post("/v1/saved", json={"question": QUESTIONS[0]}).raise_for_status()
        client.post("/v1/articles", json={"url": "http://nowhere.invalid/"}).raise_for_status()
        listed = {
            name: client.get(f"/v1/{name}").json()["items"]
            for name in ("articles", "measures", "jobs", "evals", "saved")
        }
        models = client.get("/v1/models").json()["data"]
    known: dict[str, list[Any]] = {
        "answer_id": [answer["id"] for answer in answers],
        "conversation_id": [answer["conversation_id"] for answer in answers],
        "article_id": [item["id"] for item in listed["articles"]],
        "measure_id": [item["id"] for item in listed["measures"]] or ["none"],
        "saved_id": [item["id"] for item in listed["saved"]],
        "name": [item["name"] for item in listed["evals"]] or ["none"],
        "job_id": [item["id"] for item in listed["jobs"]],
        "model": [item["id"] for item in models],
        "question": list(QUESTIONS),
        "q": list(QUESTIONS),
        "messages": [[{"role": "user", "content": question}] for question in QUESTIONS],
        "text": [f"{ARTICLE} Report {number} said so." for number in range(50)],
        "element": ["dysprosium"],
        "accept": [_STREAM, "application/json"],
    }
    known |= {name: ["2025-12-01", "2025-12"] for name in _DAYS}
    return {name: cycle(values) for name, values in known.items()}


@dataclass(frozen=True, slots=True)
class _Caller:
    """Sends one generated call and notes what came of it."""

    address: str
    known: dict[str, Iterator[Any]]
    tally: Tally

    def call(self, case: Case, known: bool) -> None:
        if known:
            self._use_known(case)
        response = case.call(base_url=self.address, timeout=CALL_SECONDS)
        self.tally.statuses[case.method.upper(), case.operation.path][response.status_code] += 1
        try:
            case.validate_response(response, checks=list(_CHECKS))
        except BaseExceptionGroup as group:
            self._note(case, response.status_code, group.exceptions)
        except AssertionError as failure:
            self._note(case, response.status_code, (failure,))

    def _use_known(self, case: Case) -> None:
        """Put what is known in the place of what was generated; ``text`` beside a ``url`` would be refused.

        Where answers may be streamed, every other call asks for it.
        """
        members = case.body if isinstance(case.body, dict) and case.media_type == "application/json" else {}
        for values in (case.path_parameters or {}, case.query or {}, members):
            for name in values.keys() & self.known.keys():
                values[name] = next(self.known[name])
        if "text" in members:
            members.pop("url", None)
        if _STREAM in case.operation.definition.raw["responses"].get("200", {}).get("content", {}):
            case.headers["Accept"] = next(self.known["accept"])

    def _note(self, case: Case, status: int, failures: tuple[BaseException, ...]) -> None:
        told = case.as_curl_command()
        self.tally.faults += [Fault(told, status, f"{type(one).__name__}: {one}") for one in failures]


_CHECKS: tuple[Callable[..., Any], ...] = (
    core_checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
)


def _call_often(operation: Any, times: int, seed_: int, caller: _Caller) -> None:
    """Call one operation with input that fits its description and with input that does not."""
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    unfitting = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    ways = ((fitting, True), (fitting, False), (unfitting, False))
    cases = st.one_of(*(st.tuples(made, st.just(known)) for made, known in ways))

    @seed(seed_)
    @settings(
        max_examples=times, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases)
    def calls(drawn: tuple[Case, bool]) -> None:
        caller.call(*drawn)

    calls()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of ``assistant serve`` with a new data folder in ``folder``; it is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ASSISTANT_DATA": str(folder / "data")}
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        address = f"http://127.0.0.1:{port}"
        if not _is_ready_in_time(address, server):
            raise SystemExit(f"the server at {address} did not become ready; it said:\n{log.read_text()[-SHOWN_LOG:]}")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _is_ready_in_time(address: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return True
        except httpx.TransportError:
            time.sleep(0.25)
    return False


def main() -> int:
    """Start a server, call it, print the table. Exit code 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=2_000, help="about how many calls")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other calls")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        tally = fuzz(address, options.calls, options.seed)
    print(tally.table())
    for fault in tally.faults[:SHOWN_FAILURES]:
        print(f"\n{fault.status}: {fault.reason}\n{fault.call}")
    print(f"\n{tally.calls} calls, {len(tally.faults)} faults")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
