from __future__ import annotations

import io
import json
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from support import Builder, WordHashEmbedder, make_citation

from assistant.answer.language_model import Piece, Prompt
from assistant.build import Assistant
from assistant.build import build_assistant as build
from assistant.ingest.sources import shipped_source
from assistant.llm import LangChainModel
from assistant.settings import Settings
from assistant.types import Answer, Ask, Removed, Verdict
from evals import language_models
from evals.alterations import KINDS, Kind
from evals.cases import Case
from evals.fact_checker import FactChecker
from evals.language_models import (
    COULD_NOT_RUN,
    FELL_SHORT,
    HELD,
    LOST,
    Asked,
    Fate,
    MarkedModel,
    Shown,
    absent_share,
    ask_all,
    counts,
    fates,
    kept_share,
    main,
    real_gates,
    scripted_gates,
    shown_in,
)
from evals.scripted_models import FailingModel, FaithfulModel, ScriptedModel, SlowModel, Wrote

QUOTE = "Japan received 232 tonnes of magnets in July 2025."
MakeAnswer = Callable[..., Answer]


def wrote(text: str, kind: Kind | None = None) -> Wrote:
    return Wrote(text, QUOTE, kind)


def asked(*fates_: Fate, shown: Sequence[Shown] = (), removed: Sequence[tuple[str, str]] = ()) -> Asked:
    return Asked("case", "question", "answered", "engine", tuple(shown), tuple(removed), (), fates_)


def many(kept: int, of: int, kind: Kind | None = None) -> list[Asked]:
    return [asked(Fate(wrote("x", kind), "supported" if number < kept else LOST)) for number in range(of)]


def of_every_kind(kept: int, of: int, **other: int) -> list[Asked]:
    return [one for kind in KINDS for one in many(other.get(kind, kept), of, kind)]


def shown(*absent: tuple[str, str], verdict: Verdict = "supported", worded: bool = True) -> Shown:
    return Shown("text", verdict, worded, (QUOTE,), absent)


def test_a_worded_sentence_is_held_against_its_own_citations(answer: MakeAnswer) -> None:
    sentences = [(QUOTE, (1,)), ("Japan received 418 tonnes.", (1,)), ("India received 418 tonnes.", (2,))]
    citations = [make_citation(1, QUOTE), make_citation(2, "India received 418 tonnes of magnets.")]
    found = list(shown_in(answer(sentences, citations), FactChecker()))
    assert [(one.worded, one.absent) for one in found] == [
        (False, ()),
        (True, (("number", "418 tonnes"),)),
        (True, ()),
    ]


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("Japan received 232 tonnes.", False),
        ("It fell by 30.6% (net).  Japan received 232 tonnes.", False),
        ("It fell by 30", True),
        ("It fell by 30.", True),
        ("received 232 tonnes.", True),
    ],
)
def test_what_was_cut_out_of_a_sentence_is_worded(answer: MakeAnswer, text: str, worded: bool) -> None:
    given = answer([(text, (1,))], [make_citation(1, "It fell by 30.6% (net). Japan received 232 tonnes.")])
    assert [one.worded for one in shown_in(given, FactChecker())] == [worded]


def test_a_model_that_does_not_cite_is_given_the_marker_most_like_its_sentence() -> None:
    class Uncited:
        name = "scripted:uncited"
        seen: Prompt

        def stream(self, prompt: Prompt) -> Generator[Piece, None, None]:
            self.seen = prompt
            yield from (Piece("India has 9 tonnes. Ja"), Piece("pan received some"))

    model = Uncited()
    prompt = Prompt("Cite.", f"Question: Who?\n\nFrom P, 2025:\n[1] {QUOTE}\n[2] India has magnets.\nAnswer:")
    text = "".join(piece.text for piece in MarkedModel(model).stream(prompt))
    assert text == "India has 9 tonnes. [2] Japan received some [1] "
    assert "Question: Who?" in model.seen.user and "[1]" not in model.seen.user


def test_the_sentence_that_declines_is_not_judged(answer: MakeAnswer) -> None:
    assert not list(shown_in(answer([("In 2025 nothing.", ())], status="declined"), FactChecker()))


def test_a_written_sentence_is_shown_removed_or_lost(answer: MakeAnswer) -> None:
    given = answer(removed=(Removed("It took 418 t.", "the number is not there"),))
    given = answer(
        sentences=[("Japan received 232 t .", (1,))], removed=given.removed, citations=[make_citation(1, QUOTE)]
    )
    written = [wrote("Japan received 232 t."), wrote("It took 418 t."), wrote("Nobody saw it.")]
    assert [one.became for one in fates(written, given)] == ["supported", "removed: the number is not there", LOST]


def test_a_partial_sentence_is_kept() -> None:
    rows = [asked(Fate(wrote("a"), "partial"), Fate(wrote("b"), "supported"), Fate(wrote("c"), "removed: no"))]
    share = kept_share(rows)
    assert (share.count, share.n) == (2, 3)


@pytest.mark.parametrize(
    ("faithful", "altering", "falls_short"),
    [
        (many(95, 100), of_every_kind(2, 100), []),
        (many(94, 100), of_every_kind(2, 100), ["faithful sentences kept"]),
        (many(95, 100), of_every_kind(0, 100, negation=3), ["altered negation kept"]),
        (many(95, 100), of_every_kind(0, 100, number=3, date=3), ["altered number kept", "altered date kept"]),
        (many(95, 100), of_every_kind(0, 100, name=3), ["altered name kept"]),
        ([], of_every_kind(0, 100), ["faithful sentences kept"]),
        (many(95, 100), many(0, 100, "number"), ["altered date kept", "altered name kept", "altered negation kept"]),
    ],
)
def test_each_gate_of_the_scripted_models_can_fail(
    faithful: list[Asked], altering: list[Asked], falls_short: list[str]
) -> None:
    assert [gate.name for gate in scripted_gates(faithful, altering) if not gate.holds] == falls_short


@pytest.mark.parametrize(
    ("sentences", "holds"),
    [
        ([shown(), shown()], True),
        ([shown(), shown(("number", "418"))], False),
        ([shown(), shown(("number", "418"), verdict="partial")], True),
        ([shown(), shown(("number", "418"), worded=False)], True),
        ([], False),
    ],
)
def test_one_supported_sentence_with_an_absent_fact_is_one_too_many(sentences: list[Shown], holds: bool) -> None:
    (gate,) = real_gates([asked(shown=sentences)])
    assert gate.holds is holds


def test_marked_and_quoted_sentences_are_told_apart() -> None:
    rows = [asked(shown=[shown(("date", "2025"), verdict="partial"), shown(("date", "2025"), worded=False), shown()])]
    told = [absent_share(rows), absent_share(rows, "partial"), absent_share(rows, worded=False)]
    assert [(share.count, share.n) for share in told] == [(0, 1), (1, 1), (1, 1)]


def test_what_came_to_what_is_counted() -> None:
    rows = [asked(shown=[shown(), shown(worded=False)], removed=[("a", "b")]), asked()]
    assert counts(rows) == {
        "answers answered": 2,
        "sentences quoted supported": 1,
        "sentences removed": 1,
        "sentences worded supported": 1,
    }


def test_cases_are_asked_as_of_their_day_and_not_remembered(answer: MakeAnswer) -> None:
    seen: list[Ask] = []

    class Service:
        def ask(self, ask: Ask, /) -> Answer:
            seen.append(ask)
            return answer([(QUOTE, (1,))], [make_citation(1, QUOTE)])

    case = Case.model_validate({"id": "a", "question": "Q?", "answerable": True, "as_of": "2025-08"})
    written = iter([(wrote(QUOTE),)])
    (row,) = ask_all([case], Service(), FactChecker(), lambda: next(written))
    assert (seen[0].question, seen[0].filters.as_of, seen[0].remember) == ("Q?", "2025-08", False)
    assert [one.became for one in row.fates] == ["supported"]


# Against the product, over the small corpus of the tests


@pytest.fixture
def worded_by(
    settings: Settings, corpus: Path, build_assistant: Builder
) -> Iterator[Callable[[ScriptedModel], Assistant]]:
    opened: list[Assistant] = []

    def open_(model: ScriptedModel, timeout: float = 60.0) -> Assistant:
        language_model = LangChainModel(model, "scripted:model", timeout, retries=0)
        opened.append(build(settings, WordHashEmbedder(), language_model))
        opened[-1].ingestor.ingest(shipped_source(corpus))
        return opened[-1]

    yield open_
    for assistant in opened:
        assistant.close()


QUESTION = "When did the Ministry of Commerce put seven rare earths under export licence?"


def ask(assistant: Assistant) -> Answer:
    return assistant.service.ask(Ask(QUESTION, remember=False))


def test_what_the_faithful_model_writes_is_found_again(worded_by: Callable[..., Assistant]) -> None:
    model = FaithfulModel()
    given = ask(worded_by(model))
    assert model.wrote
    assert LOST not in {one.became for one in fates(model.wrote, given)}


@pytest.mark.parametrize("after", [0, 12])
def test_a_failing_model_leaves_no_empty_page(worded_by: Callable[..., Assistant], after: int) -> None:
    given = ask(worded_by(FailingModel(after=after)))
    assert given.status == "answered"
    assert "model_failed" in {notice.code for notice in given.notices}


def test_a_model_that_is_too_slow_is_given_up(worded_by: Callable[..., Assistant]) -> None:
    given = ask(worded_by(SlowModel(seconds=0.3), 0.5))
    assert given.status == "answered"
    assert "model_failed" in {notice.code for notice in given.notices}


# The program


def test_the_program_says_that_there_is_no_such_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "scripted", "--set", "nothing"]) == COULD_NOT_RUN
    assert "no eval set 'nothing'" in capsys.readouterr().err


def test_the_program_cannot_run_without_its_server(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "smollm2", "--base-url", "http://127.0.0.1:9/v1"]) == COULD_NOT_RUN
    assert "could not be run" in capsys.readouterr().err


@pytest.mark.parametrize(("altered_kept", "code"), [(0, HELD), (3, FELL_SHORT)])
def test_the_program_tells_in_its_exit_code_whether_the_gates_hold(
    altered_kept: int, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = {"faithful": many(100, 100), "altering": of_every_kind(altered_kept, 100), "harder": many(0, 1, "swap")}
    monkeypatch.setattr(language_models, "_asked_of", lambda model, name, cases, open_: tuple(rows[name]))
    target = tmp_path / "figures.json"
    console = Console(record=True, width=150, file=io.StringIO())
    assert main(["--model", "scripted", "--every", "50", "--json", str(target)], console) == code
    told: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    assert [gate["count"] for gate in told["gates"]] == [100, *[altered_kept] * 4]
    assert f"{altered_kept} of 100" in console.export_text()
