"""What of a language model's words reaches a reader, over the questions of an eval set.

``python -m evals.language_models --model scripted|smollm2 [--set core] [--every N] [--json FILE]``

- ``scripted``: a model that keeps every fact (its sentences should stay), one that changes exactly one fact a
  sentence (its sentences should go), and one that changes what is harder to see (told, no gate).
- ``smollm2``: a small real model behind an OpenAI-compatible server, started for the run, or there already with
  ``--base-url``. It invents figures; of the sentences shown as supported none may have a number, date or name that its
  citation does not hold. It hardly ever cites; with ``--marked`` it is asked in the way it understands, and each of
  its sentences is given the marker of the evidence most like it, so that what it invents does come to the check.

What is absent is judged by ``evals.fact_checker``, not by the product's own check. Exits 0 when every gate holds, 1
when one falls short, 2 when it could not run.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.answer.language_model import LanguageModel, LanguageModelError, Piece, Prompt
from assistant.build import Assistant
from assistant.errors import AssistantError
from assistant.llm import LangChainModel, ModelOptions, open_model
from assistant.types import Answer, Ask, Filters, Sentence
from evals.alterations import HARDER, KINDS
from evals.assembly import fresh_assistant
from evals.cases import Case, load_set
from evals.fact_checker import FactChecker, ordinary_words
from evals.model_server import MODEL_NAME, running_server
from evals.revision import read_revision
from evals.scripted_models import AlteringModel, FaithfulModel, Wrote, offered
from evals.shares import Share

HELD, FELL_SHORT, COULD_NOT_RUN = 0, 1, 2
FAITHFUL_KEPT, ALTERED_KEPT, ABSENT_SHOWN = 0.95, 0.02, 0
TIMEOUT_SECONDS, MOST_TOKENS = 600.0, 160
# Warm enough to invent.
WARM = 0.7
LOST = "lost"


class Service(Protocol):
    """What this eval needs of the product."""

    def ask(self, ask: Ask, /) -> Answer:
        """The answer to one question."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One sentence of an answer with the facts that its quotes do not hold.

    Attributes:
        verdict: the product's.
        worded: it is no whole sentence of its quotes, so the model worded it, or cut it.
        quotes: what it cites.
        absent: kind and words of each fact absent from them.
    """

    text: str
    verdict: str | None
    worded: bool
    quotes: tuple[str, ...]
    absent: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a sentence that a scripted model wrote: a verdict, why it was removed, or ``lost``."""

    wrote: Wrote
    became: str

    @property
    def kept(self) -> bool:
        """Whether a reader sees it, marked or not."""
        return self.became in ("supported", "partial")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what its answer shows."""

    case: str
    question: str
    status: str
    engine: str
    shown: tuple[Shown, ...]
    removed: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    fates: tuple[Fate, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A threshold, what was reached, and whether it holds; nothing measured never holds."""

    name: str
    limit: str
    share: Share
    holds: bool


def shown_in(answer: Answer, checker: FactChecker) -> Iterator[Shown]:
    """The claiming sentences of an answer, each held against what it cites."""
    by_number = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        if sentence.verdict is not None:
            cited = [by_number[n] for n in sentence.citations if n in by_number]
            absent = tuple((one.kind, one.text) for one in checker.absent(sentence.text, cited))
            quotes = tuple(citation.quote for citation in cited)
            worded = not any(_quotes_whole(sentence.text, quote) for quote in quotes)
            yield Shown(sentence.text, sentence.verdict, worded, quotes, absent)


def fates(wrote: Sequence[Wrote], answer: Answer) -> Iterator[Fate]:
    """What became of each sentence that was written: white space and marks aside it stands in the answer as it is."""
    shown: dict[str, Sentence] = {_letters(sentence.text): sentence for sentence in answer.sentences}
    removed = {_letters(one.text): one.reason for one in answer.removed}
    for one in wrote:
        written = _letters(one.text)
        if written in shown:
            yield Fate(one, str(shown[written].verdict))
        else:
            yield Fate(one, f"removed: {removed[written]}" if written in removed else LOST)


def ask_all(
    cases: Sequence[Case],
    service: Service,
    checker: FactChecker,
    written: Callable[[], Sequence[Wrote]] = tuple,
    clear: Callable[[], None] = lambda: None,
) -> Iterator[Asked]:
    """Asks every case without its history; ``written`` tells what a scripted model wrote since ``clear``."""
    for case in cases:
        clear()
        answer = service.ask(Ask(case.question, filters=Filters(as_of=case.as_of), remember=False))
        yield Asked(
            case=case.id,
            question=case.question,
            status=answer.status,
            engine=answer.engine,
            shown=tuple(shown_in(answer, checker)),
            removed=tuple((one.text, one.reason) for one in answer.removed),
            notices=tuple(notice.code for notice in answer.notices),
            fates=tuple(fates(written(), answer)),
        )


def scripted_gates(faithful: Sequence[Asked], altering: Sequence[Asked]) -> tuple[Gate, ...]:
    """Enough of the faithful model's sentences are kept, hardly any of the altering one's of each kind."""
    kept = kept_share(faithful)
    gates = [_gate("faithful sentences kept", f">= {FAITHFUL_KEPT}", kept, lambda value: value >= FAITHFUL_KEPT)]
    for kind in KINDS:
        share = kept_share(altering, kind)
        gates.append(_gate(f"altered {kind} kept", f"<= {ALTERED_KEPT}", share, lambda value: value <= ALTERED_KEPT))
    return tuple(gates)


def real_gates(asked: Sequence[Asked]) -> tuple[Gate, ...]:
    """No sentence that the model worded and that is shown as supported has a fact that its citation does not hold."""
    name = "worded, shown as supported, with an absent fact"
    return (_gate(name, f"= {ABSENT_SHOWN}", absent_share(asked), lambda value: value <= ABSENT_SHOWN),)


def kept_share(asked: Sequence[Asked], kind: str | None = None) -> Share:
    """The share of what the model wrote with ``kind`` altered (None: nothing) that a reader sees."""
    return Share.of([fate.kept for one in asked for fate in one.fates if fate.wrote.kind == kind])


def absent_share(asked: Sequence[Asked], verdict: str = "supported", worded: bool = True) -> Share:
    """The share of sentences shown with ``verdict`` that carry a fact absent from their citations."""
    shown = [one for row in asked for one in row.shown if one.verdict == verdict and one.worded == worded]
    return Share.of([bool(one.absent) for one in shown])


def counts(asked: Sequence[Asked]) -> dict[str, int]:
    """How many answers and sentences came to what."""
    shown = [one for row in asked for one in row.shown]
    told = Counter(f"answers {row.status}" for row in asked)
    told += Counter(f"answers with notice {code}" for row in asked for code in set(row.notices) if "model" in code)
    told += Counter(f"sentences {'worded' if one.worded else 'quoted'} {one.verdict}" for one in shown)
    told["sentences removed"] = sum(len(row.removed) for row in asked)
    return dict(sorted(told.items()))


def _gate(name: str, limit: str, share: Share, holds: Callable[[float], bool]) -> Gate:
    return Gate(name, limit, share, share.value is not None and holds(share.value))


def _quotes_whole(text: str, quote: str) -> bool:
    """Whether a text is whole sentences of a quote: "It fell to 30" is not, where the quote goes on "30.6%"."""
    words, told = " ".join(text.split()), " ".join(quote.split())
    at = told.find(words)
    begins = at == 0 or bool(at > 0 and re.search(r"[.!?][\"')]*\s$", told[:at]))
    ends = told.endswith(words) or bool(re.search(r"[.!?][\"')]*$", words) and told[at + len(words) :][:1] == " ")
    return begins and ends


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+|[%$€£]", text.casefold()))


class MarkedModel:
    """A model that cannot cite: it is asked without numbers, and its sentences get the marker most like them.

    Args:
        model: writes the sentences.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The name of the model that writes."""
        return self._model.name

    def stream(self, prompt: Prompt) -> Generator[Piece, None, None]:
        """Every sentence of the model with its marker. Raises LanguageModelError as the model does."""
        lines = offered(prompt.user)
        asked = prompt.user.partition("\n")[0]
        told = "\n".join(line.text for line in lines)
        plain = Prompt("You summarise news in short sentences.", f"{told}\n\n{asked}\nAnswer in three sentences.")
        text = "".join(piece.text for piece in self._model.stream(plain))
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n+", text):
            if lines and sentence.strip():
                best = max(lines, key=lambda line: _likeness(line.text, sentence))
                yield Piece(f"{sentence.strip()} [{best.number}] ")


def _likeness(one: str, other: str) -> float:
    left, right = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(left & right) / max(1, len(left | right))


# The program


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: questions by the model that answered them, gates, and shares told without a gate."""

    asked: Mapping[str, Sequence[Asked]]
    gates: tuple[Gate, ...]
    beside: Mapping[str, Share]


def _scripted(cases: Sequence[Case], open_: Callable[[LanguageModel], Assistant]) -> Run:
    models = {
        "faithful": FaithfulModel(),
        "altering": AlteringModel(kinds=KINDS),
        "harder": AlteringModel(kinds=HARDER),
    }
    asked = {name: _asked_of(model, name, cases, open_) for name, model in models.items()}
    beside = {f"altered {kind} kept": kept_share(asked["harder"], kind) for kind in HARDER}
    fully = [fate.became == "supported" for one in asked["faithful"] for fate in one.fates]
    beside["faithful sentences kept unmarked"] = Share.of(fully)
    for form, verbatim in (("reworded", False), ("else word for word", True)):
        told = [fate for one in asked["altering"] for fate in one.fates if fate.wrote.verbatim == verbatim]
        beside[f"altered kept, {form}"] = Share.of([fate.kept for fate in told])
    return Run(asked, scripted_gates(asked["faithful"], asked["altering"]), beside)


def _asked_of(
    model: FaithfulModel, name: str, cases: Sequence[Case], open_: Callable[[LanguageModel], Assistant]
) -> tuple[Asked, ...]:
    with closing(open_(LangChainModel(model, f"scripted:{name}"))) as assistant:
        rows = ask_all(cases, assistant.service, _checker(assistant), lambda: model.wrote, model.forget)
        return tuple(track(rows, name, len(cases), console=Console(stderr=True), transient=True))


@contextmanager
def small_model(base_url: str | None = None, temperature: float = 0.0) -> Iterator[LanguageModel]:
    """SmolLM2, from the server at ``base_url``, else from one that runs as long as it is used.

    Raises:
        MissingDependencyError: a package or the model's weights are missing.
        LanguageModelError: it does not answer.
    """
    with running_server() if base_url is None else nullcontext(base_url) as url:
        options = ModelOptions(url, timeout=TIMEOUT_SECONDS, retries=0, max_tokens=MOST_TOKENS, temperature=temperature)
        model = open_model(MODEL_NAME, options)
        # A server that is not there would make every answer extractive, and a gate hold of itself.
        list(model.stream(Prompt("You answer with one word.", "Say yes.")))
        yield model


def _real(
    cases: Sequence[Case], open_: Callable[[LanguageModel], Assistant], base_url: str | None, marked: bool
) -> Run:
    with (
        small_model(base_url, WARM if marked else 0.0) as model,
        closing(open_(MarkedModel(model) if marked else model)) as assistant,
    ):
        rows = ask_all(cases, assistant.service, _checker(assistant))
        asked = tuple(track(rows, "smollm2", len(cases), console=Console(stderr=True), transient=True))
    beside = {
        "worded, shown as partial, with an absent fact": absent_share(asked, "partial"),
        "quoted, with an absent fact": absent_share(asked, worded=False),
    }
    return Run({"smollm2": asked}, real_gates(asked), beside)


def _checker(assistant: Assistant) -> FactChecker:
    return FactChecker(ordinary_words(article.text for article in assistant.catalog.articles()))


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Runs the eval. Returns 0 when every gate holds, 1 when one falls short, 2 when it could not run."""
    given = _parser().parse_args(arguments)
    try:
        case_set = load_set(given.set)
        cases = case_set.cases[:: given.every]

        def open_(model: LanguageModel) -> Assistant:
            return fresh_assistant(case_set.set, case_set.today, language_model=model)

        if given.model == "scripted":
            run = _scripted(cases, open_)
        else:
            run = _real(cases, open_, given.base_url, given.marked)
        _print(console or Console(), run, len(cases))
        if given.json:
            given.json.write_text(_json(run, given.set, given.every), encoding="utf-8", newline="\n")
    except (AssistantError, LanguageModelError, OSError) as error:
        print(f"the eval could not be run: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    return HELD if all(gate.holds for gate in run.gates) else FELL_SHORT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.language_models", description="What of a model is shown.")
    parser.add_argument("--model", choices=("scripted", "smollm2"), required=True)
    parser.add_argument("--set", default="core", help="the eval set whose questions are asked")
    parser.add_argument("--every", type=int, default=1, help="only every Nth case")
    parser.add_argument("--base-url", help="of a server that runs smollm2; without it one is started")
    parser.add_argument("--marked", action="store_true", help="give smollm2's sentences the markers it leaves out")
    parser.add_argument("--json", type=Path, help="a file for the figures and every sentence")
    return parser


def _print(console: Console, run: Run, cases: int) -> None:
    table = Table("figure", "reached", "gate", "", title=f"{cases} questions")
    for gate in run.gates:
        table.add_row(gate.name, gate.share.told(), gate.limit, "holds" if gate.holds else "falls short")
    for name, share in run.beside.items():
        table.add_row(name, share.told(), "", "")
    console.print(table)
    for name, asked in run.asked.items():
        console.print(
            f"{name}: {', '.join(f'{what} {count}' for what, count in counts(asked).items())}", soft_wrap=True
        )
        for reason, count in Counter(_kind_of(reason) for row in asked for _, reason in row.removed).most_common():
            console.print(f"  {count} removed: {reason}", markup=False, soft_wrap=True)
    for name, asked in run.asked.items():
        for row in asked:
            for one in row.shown:
                if one.absent and one.verdict == "supported":
                    console.print(f"{name}, {row.case}: {one.absent} in {one.text!r}", markup=False, soft_wrap=True)


def _kind_of(reason: str) -> str:
    """A reason without the words that it names."""
    return re.sub(r"(?<=number )\S.*?(?= is )|(?<=date )\S.*?(?= is )|(?<=name )\S.*?(?= is )|\d[\d.,]*", "…", reason)


def _json(run: Run, set_name: str, every: int) -> str:
    revision = read_revision()
    told: dict[str, Any] = {"set": set_name, "every": every, "commit": revision.commit, "dirty": revision.dirty}
    told["gates"] = [{"name": one.name, "limit": one.limit, "holds": one.holds} | one.share.row() for one in run.gates]
    told["beside"] = {name: share.row() for name, share in run.beside.items()}
    told["counts"] = {name: counts(asked) for name, asked in run.asked.items()}
    told["cases"] = {name: [asdict(row) for row in asked] for name, asked in run.asked.items()}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
