"""One contest: the pipelines over the same articles, by turns."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from evals.bench.articles import questions, shipped_newsroom, write_articles
from evals.bench.contenders import DRAWN, EMBEDDING, LANGCHAIN, PRODUCT, body_of
from evals.bench.figures import Answering, Contest, Contestant, Ingested, Spent, slices_of, spent_of
from evals.bench.load import Load, serving, under_load
from evals.bench.turns import ContenderFailedError, Cost, Memory, Turns, environment

Say = Callable[[str], None]
QUESTIONS_A_TURN = 10
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure.

    Attributes:
        folder: for articles, data folders and logs.
        threads: each pipeline computes with.
        turns: slices of the articles; between two of them the others have their turn.
        seconds: of ingest a pipeline has at most, ended at a slice's end.
        embedding_articles: articles whose passages are embedded alone, from the first on.
        questions: each pipeline is asked, all distinct.
        clients: numbers of clients that ask the server.
        load_seconds: a number of clients asks for.
        drawn: the program's vectors are drawn at random, and only what questions cost is measured.
    """

    folder: Path
    threads: int
    turns: int
    seconds: float
    embedding_articles: int
    questions: int
    clients: tuple[int, ...]
    load_seconds: float
    drawn: bool = False


@dataclass(slots=True)
class _Runner:
    """A pipeline on its way through the articles."""

    process: Turns
    slices: list[list[Path]]
    load: Cost
    cost: Cost = field(default_factory=Cost)
    done: int = 0
    passages: int | None = None
    timed_out: bool = False

    def turn(self, seconds: float) -> bool:
        """One slice; whether there is more to do."""
        cost, passages = self.process.turn()
        self.cost += cost
        if passages is not None:
            self.passages = passages
            return False
        self.done += 1
        self.timed_out = self.done < len(self.slices) and self.cost.seconds > seconds
        return not self.timed_out

    def ingested(self, words: dict[Path, int]) -> Ingested:
        files = [file for files in self.slices[: self.done] for file in files]
        return Ingested(
            articles=len(files),
            words=sum(words[file] for file in files),
            passages=self.passages,
            cost=self.cost,
            complete=not self.timed_out,
        )


def hold(plan: Plan, articles: int, *, langchain: bool, say: Say) -> Contest:
    """The contest over ``articles`` articles.

    Raises:
        ContenderFailedError: one of the processes ended early.
    """
    folder = plan.folder / str(articles)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"writing {articles} articles")
    files = write_articles(folder / "articles", articles, shipped_newsroom())
    names = [PRODUCT] if plan.drawn else [PRODUCT, EMBEDDING, *([LANGCHAIN] if langchain else [])]
    langchain = LANGCHAIN in names
    ingested = dict(zip(names, _ingest(plan, folder, files, names, say), strict=True))
    asked = questions(plan.questions + WARM_UP, articles)
    searches = _search(plan, folder, [name for name in names if name != EMBEDDING], asked, say)
    return Contest(
        articles=articles,
        product=_joined(PRODUCT, ingested, searches, folder, _ask_cold(plan, folder, asked[0])),
        embedding=None if plan.drawn else ingested[EMBEDDING].ingest,
        langchain=_joined(LANGCHAIN, ingested, searches, folder) if langchain else None,
        answering=tuple(_answering(plan, folder, asked, articles, scorer, say) for scorer in (True, False)),
    )


def _ingest(plan: Plan, folder: Path, files: Sequence[Path], names: Sequence[str], say: Say) -> Iterator[Contestant]:
    words = {file: len(body_of(file).split()) for file in files}
    slices = [list(files[first:end]) for first, end in slices_of(len(files), plan.turns)]
    with ExitStack() as stack:
        runners = []
        for name in names:
            kind = DRAWN if plan.drawn else name
            process = stack.enter_context(Turns(kind, folder / name, plan.threads, folder / f"{name}.log"))
            runner = _Runner(process, slices, process.load())
            if name == EMBEDDING:
                runner.slices = _first(slices, plan.embedding_articles)
            process.begin(runner.slices)
            runners.append(runner)
        going = list(runners)
        while going:
            going = [runner for runner in going if runner.turn(plan.seconds)]
            say(
                "; ".join(
                    f"{one.process.name} {one.done}/{len(one.slices)} {one.cost.seconds:.0f} s" for one in runners
                )
            )
        for runner in runners:
            yield Contestant(load=runner.load, ingest=runner.ingested(words), peak_megabytes=runner.process.peak())


def _first(slices: list[list[Path]], articles: int) -> list[list[Path]]:
    taken: list[list[Path]] = []
    for files in slices:
        if sum(map(len, taken)) < articles:
            taken.append(files)
    return taken


@dataclass(frozen=True, slots=True)
class _Searched:
    opened: Cost
    first: Cost
    spent: Spent
    memory: Memory


def _search(plan: Plan, folder: Path, names: Sequence[str], asked: Sequence[str], say: Say) -> dict[str, _Searched]:
    """Each pipeline opened anew on what it ingested, and asked the same questions by turns."""
    say("searching")
    found: dict[str, _Searched] = {}
    with ExitStack() as stack:
        opened: list[tuple[Turns, Cost, Cost]] = []
        for name in names:
            started = time.perf_counter()
            process = stack.enter_context(Turns(name, folder / name, plan.threads, folder / f"{name}.log"))
            load = process.load()
            process.order({"do": "search", "questions": asked[:1]})
            opened.append((process, load, Cost(time.perf_counter() - started)))
            process.order({"do": "search", "questions": asked[:WARM_UP]})
        spent: dict[str, list[float]] = {name: [] for name in names}
        cpu = dict.fromkeys(names, 0.0)
        for first in range(WARM_UP, len(asked), QUESTIONS_A_TURN):
            for process, _, _ in opened:
                batch = asked[first : first + QUESTIONS_A_TURN]
                told = process.order({"do": "search", "questions": batch})
                spent[process.name] += told["milliseconds"]
                cpu[process.name] += told["cpu_milliseconds"]
        for process, load, cold in opened:
            timings = spent_of(spent[process.name], cpu[process.name])
            found[process.name] = _Searched(load, cold, timings, process.memory())
    return found


def _joined(
    name: str,
    ingested: Mapping[str, Contestant],
    searches: Mapping[str, _Searched],
    folder: Path,
    cold: Cost | None = None,
) -> Contestant:
    searched = searches[name]
    return ingested[name].model_copy(
        update={
            "disk_megabytes": _disk(folder / name),
            "opened": searched.opened,
            "cold_question": cold or searched.first,
            "search": searched.spent,
            "search_memory": searched.memory,
        }
    )


def _ask_cold(plan: Plan, folder: Path, question: str) -> Cost:
    """``assistant ask`` in a new process, from its start to its end."""
    settings = {"ASSISTANT_DATA": str(folder / PRODUCT), "ASSISTANT_THREADS": str(plan.threads)}
    command = [sys.executable, "-m", "assistant", "ask", question, "--json"]
    before, started = _children_cpu(), time.perf_counter()
    ended = subprocess.run(command, env=environment(plan.threads) | settings, capture_output=True, text=True)
    if ended.returncode:
        raise ContenderFailedError(f"assistant ask ended with {ended.returncode}: {ended.stderr[-2_000:]}")
    return Cost(time.perf_counter() - started, _children_cpu() - before)


def _answering(plan: Plan, folder: Path, asked: Sequence[str], articles: int, scorer: bool, say: Say) -> Answering:
    say(f"answering {'with' if scorer else 'without'} the sentence scorer")
    log = folder / f"answers-{scorer}.log"
    with Turns(PRODUCT, folder / PRODUCT, plan.threads, log) as process:
        process.load()
        process.order({"do": "answer", "scorer": scorer, "questions": asked[:WARM_UP]})
        told = process.order({"do": "answer", "scorer": scorer, "questions": asked[WARM_UP:]})
    loads, memory = _loads(plan, folder, articles, scorer, log, say) if plan.clients else ((), None)
    return Answering(
        scorer=scorer,
        spent=spent_of(told["milliseconds"], told["cpu_milliseconds"]),
        statuses=dict(Counter(told["outcomes"])),
        loads=loads,
        memory=memory,
    )


def _loads(
    plan: Plan, folder: Path, articles: int, scorer: bool, log: Path, say: Say
) -> tuple[tuple[Load, ...], Memory]:
    # More than can be answered in the time, so that none is asked twice.
    each = max(plan.clients) * 2 + round(plan.load_seconds * 200)
    asked = iter(questions(each * len(plan.clients), articles))
    loads = []
    with serving(folder / PRODUCT, plan.threads, log, scorer=scorer) as server:
        under_load(server, 1, [next(asked) for _ in range(WARM_UP)], plan.load_seconds)
        for clients in plan.clients:
            batch = [question for question, _ in zip(asked, range(each), strict=False)]
            loads.append(under_load(server, clients, batch, plan.load_seconds))
            say(f"{clients} clients: {loads[-1].per_second:.1f} answers/s")
        return tuple(loads), server.memory()


def _children_cpu() -> float:
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


def _disk(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000
