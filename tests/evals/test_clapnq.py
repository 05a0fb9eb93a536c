from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console
from support import WordHashEmbedder, vector_of

from assistant.errors import BadInputError
from assistant.types import Span
from evals.benchmark import COULD_NOT_RUN, DONE
from evals.clapnq import (
    ANSWERABLE,
    UNANSWERABLE,
    Outcome,
    Places,
    Question,
    Quoting,
    agreement,
    lines,
    main,
    read_questions,
    spans_of,
)

MILL = ("The mill stands in Oxley .", "It was built in 1902 by the Oxley guild .", "Cats sleep there .")
FERRY = ("The Havel ferry runs on Sundays .", "Its captain is unknown .")


def published(id_: str, question: str, sentences: Sequence[str], gold: Sequence[str] = ()) -> dict[str, Any]:
    passage = {"title": "A title", "text": " ".join(sentences) + " ", "sentences": [f" {one}" for one in sentences]}
    return {"id": id_, "input": question, "passages": [passage], "output": [{"selected_sentences": list(gold)}]}


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.stack([vector_of(text) for text in texts])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    answerable = [published("a", "When was the mill in Oxley built?", MILL, [MILL[1] + "&"])]
    (tmp_path / ANSWERABLE).write_text("".join(json.dumps(row) + "\n" for row in answerable), encoding="utf-8")
    unanswerable = [published("u", "Who owns the brickworks?", FERRY)]
    (tmp_path / UNANSWERABLE).write_text("".join(json.dumps(row) + "\n" for row in unanswerable), encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, str]:
    out = Console(file=io.StringIO(), width=200, record=True)
    code = main([str(one) for one in arguments], out, lambda: (WordHashEmbedder(), encode))
    return code, out.export_text()


def outcome(**given: Any) -> Outcome:
    plain: dict[str, Any] = {
        "id": "a", "question": "q", "answerable": True, "status": "answered", "confidence": 0.5, "best_cosine": 0.5,
        "best_pooled": 0.5, "quoted": (), "quoting": None,
    }  # fmt: skip
    return Outcome.model_validate(plain | given)


def test_gold_sentences_lose_their_closing_mark(data: Path) -> None:
    (first, _), _ = read_questions(data)
    assert first.gold == {MILL[1]} and MILL[1] in first.sentences


def test_what_is_answerable_goes_by_the_file(data: Path) -> None:
    assert [(one.id, one.answerable) for one in read_questions(data)[0]] == [("a", True), ("u", False)]


def test_both_files_are_pinned(data: Path) -> None:
    digests = {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in (ANSWERABLE, UNANSWERABLE)}
    assert read_questions(data)[1] == digests


def test_sentences_are_found_however_white_space_differs() -> None:
    assert spans_of(["One  two .", "Three ."], "One two . Three .") == (Span(0, 9), Span(10, 17))


def test_a_sentence_that_stands_twice_is_found_twice() -> None:
    assert spans_of(["Yes .", "Yes ."], "Yes . Yes .") == (Span(0, 5), Span(6, 11))


def test_a_sentence_of_another_passage_is_refused() -> None:
    with pytest.raises(BadInputError, match="Nowhere"):
        spans_of(["Nowhere ."], "Yes .")


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ((0, 69), {MILL[0], MILL[1]}),  # two whole sentences
        ((27, 69), {MILL[1]}),
        ((27, 40), {MILL[1]}),  # a part of one sentence, all of which lies in it
        ((20, 69), {MILL[1]}),  # the end of the first is no half of it
    ],
)
def test_a_quote_tells_the_sentences_that_it_mostly_holds(quote: tuple[int, int], told: set[str]) -> None:
    question = Question("a", "q", "t", " ".join(MILL), MILL, frozenset(), True)
    places = Places([question], lambda article_id: " ".join(MILL))
    assert places.told("a", Span(*quote)) == told


def test_agreement_counts_hits_on_both_sides() -> None:
    found = agreement(["a", "b", "c"], ["a", "b", "d", "e"])
    assert (found.precision, found.recall, found.f1) == (pytest.approx(2 / 3), 0.5, pytest.approx(4 / 7))


def test_quoting_nothing_has_no_precision_and_no_recall() -> None:
    found = agreement([], ["a"])
    assert (found.precision, found.recall, found.f1) == (None, 0.0, 0.0)


def test_declining_is_judged_by_what_is_answerable() -> None:
    figures = {
        line.name: (line.figure.value, line.figure.n)
        for line in lines([
            outcome(status="declined"), outcome(status="declined", answerable=False), outcome(),
            outcome(answerable=False), outcome(answerable=False),
        ])
    }  # fmt: skip
    assert figures["refusal: precision"] == (0.5, 2)
    assert figures["refusal: recall"] == (pytest.approx(1 / 3, abs=1e-6), 3)


def test_confidence_is_set_beside_the_best_cosine() -> None:
    told = [
        outcome(confidence=0.9, best_cosine=0.1, best_pooled=0.4),
        outcome(confidence=0.2, best_cosine=0.3, best_pooled=0.4, answerable=False),
    ]
    areas = {line.name: line for line in lines(told) if "AUC" in line.name}
    cosine, pooled = areas["answerable: AUC, beside cosine"], areas["answerable: AUC, beside late-pooled"]
    assert [one.value for one in (cosine.figure, cosine.plain, cosine.gain, pooled.plain) if one] == [
        1.0,
        0.0,
        1.0,
        0.5,
    ]


def test_only_rows_with_gold_sentences_are_judged_by_them() -> None:
    quoting = Quoting(
        gold=("a",), precision=1.0, recall=1.0, f1=1.0, ordered=0.5, plain=0.25, first=1.0, plain_first=0.0, found=1.0,
        plain_found=0.0,
    )  # fmt: skip
    told = {line.name: line for line in lines([outcome(quoting=quoting), outcome()])}
    order = told["order only: F1 of top 3"]
    assert order.plain is not None
    assert (order.figure.value, order.plain.value, order.figure.n) == (0.5, 0.25, 1)


def test_the_number_of_sentences_quoted_is_told() -> None:
    quoting = Quoting(
        gold=("a",), precision=0.5, recall=1.0, f1=0.5, ordered=0.5, plain=0.5, first=1.0, plain_first=0.0, found=1.0,
        plain_found=0.0,
    )  # fmt: skip
    told = {
        line.name: line.figure for line in lines([outcome(quoting=quoting, quoted=("a", "b")), outcome(quoted=("c",))])
    }
    assert (told["quoted: sentences"].value, told["quoted: sentences"].n) == (2.0, 1)
    assert told["order only: gold first"].value == 1.0


def test_the_sample_runs_in_both_settings_and_tells_what_it_read(data: Path) -> None:
    code, shown = run("--data", data, "--json", data / "out.json")
    told = json.loads((data / "out.json").read_text(encoding="utf-8"))
    assert code == DONE
    assert "primeqa/clapnq, Apache-2.0" in shown and told["sha256"][ANSWERABLE] in shown
    assert {setting: [case["id"] for case in cases] for setting, cases in told["cases"].items()} == {
        "passage given": ["a", "u"],
        "all passages": ["a", "u"],
    }


def test_a_passage_given_alone_is_all_that_can_be_quoted(data: Path) -> None:
    run("--data", data, "--json", data / "out.json")
    mill, ferry = json.loads((data / "out.json").read_text(encoding="utf-8"))["cases"]["passage given"]
    assert set(mill["quoted"]) <= set(MILL) and set(ferry["quoted"]) <= set(FERRY)
    assert mill["quoting"]["ordered"] == 0.5  # one of three sentences is gold


def test_the_same_data_gives_the_same_bytes(data: Path) -> None:
    written = []
    for name in ("one.json", "two.json"):
        run("--data", data, "--json", data / name)
        written.append((data / name).read_bytes())
    assert written[0] == written[1]


def test_a_limit_takes_the_first_rows_of_each_file(data: Path) -> None:
    row = json.dumps(published("b", "Where is the mill?", MILL, MILL[:1]))
    (data / ANSWERABLE).write_text((data / ANSWERABLE).read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert [one.id for one in read_questions(data, 1)[0]] == ["a", "u"]


def test_without_data_it_says_what_to_get(tmp_path: Path) -> None:
    code, shown = run("--data", tmp_path)
    assert code == COULD_NOT_RUN and ANSWERABLE in shown and "primeqa/clapnq" in shown


def test_a_row_of_another_shape_is_refused_with_its_line(data: Path) -> None:
    (data / UNANSWERABLE).write_text('{"input": "Who?"}\n', encoding="utf-8")
    code, shown = run("--data", data)
    assert code == COULD_NOT_RUN and f"{UNANSWERABLE}, line 1" in shown
