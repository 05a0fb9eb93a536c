"""The result files of `assistant eval --json` over HTTP: what there is, and each as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from assistant.api.description import problems_of
from assistant.api.routes import Here
from assistant.errors import BadInputError, NotFoundError
from assistant.shipped import eval_results_folder
from evals.result import Figure, GateRow, Result, read_result

MOST_LISTED = 50
HOW_TO_MAKE_ONE = "assistant eval --set core --json evals/results/core.json"

router = APIRouter(tags=["evals"])


class EvalRun(BaseModel):
    """One result file without its cases; ``today`` is the day that the set takes for today."""

    name: str
    set: str
    commit: str | None
    dirty: bool | None
    today: str
    written_at: str
    n: int
    metrics: dict[str, Figure]
    gates: list[GateRow]


class EvalRuns(BaseModel):
    """Result files, last written first. ``unreadable`` are files that hold no result, by name."""

    items: list[EvalRun]
    next: None
    unreadable: list[str]
    left_out: int
    how_to_make_one: str


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """The result files of one folder, which need not exist. Names are looked up among them, never made into paths."""

    folder: Path

    def newest(self) -> dict[str, Path]:
        """Files by name without ending, last written first."""
        files = [path for path in self.folder.glob("*.json") if path.is_file()]
        return {path.stem: path for path in sorted(files, key=lambda path: (-path.stat().st_mtime_ns, path.name))}

    def read(self, name: str) -> Result:
        """One result. Raises NotFoundError, and BadInputError when the file holds none."""
        path = self.newest().get(name)
        if path is None:
            raise NotFoundError(f"no eval result {name!r}; list them with GET /v1/evals")
        return _read(name, path)


@router.get("/evals", responses={200: {"model": EvalRuns}})
def list_eval_results(here: Here) -> Response:
    """The last result files with their figures, 95 % intervals and gates; `left_out` counts older ones."""
    found = _files(here).newest()
    items, unreadable = [], []
    for name, path in list(found.items())[:MOST_LISTED]:
        try:
            items.append(_summary(name, path).model_dump())
        except BadInputError:
            unreadable.append(name)
    left_out = max(0, len(found) - MOST_LISTED)
    told = {"items": items, "next": None, "unreadable": unreadable, "left_out": left_out}
    return JSONResponse(told | {"how_to_make_one": HOW_TO_MAKE_ONE})


@router.get("/evals/{name}", responses={200: {"model": Result}, **problems_of(404, 422)})
def read_eval_result(name: str, here: Here) -> Response:
    """One result file whole: figures, gates, and every case with its answer."""
    return Response(_files(here).read(name).model_dump_json(), media_type="application/json")


def _files(here: Here) -> ResultFiles:
    return ResultFiles(here.settings.eval_results or eval_results_folder())


def _read(name: str, path: Path) -> Result:
    try:
        return read_result(path)
    except BadInputError as error:
        # Where the file lies is nobody's business who asks over HTTP.
        raise BadInputError(f"the file {name!r} holds no eval result; make it anew: {HOW_TO_MAKE_ONE}") from error


def _summary(name: str, path: Path) -> EvalRun:
    result = _read(name, path)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return EvalRun(
        name=name,
        set=result.set,
        commit=result.commit,
        dirty=result.dirty,
        today=result.today,
        written_at=written,
        n=len(result.cases),
        metrics=result.metrics,
        gates=list(result.gates),
    )
