from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console
from support import WordHashEmbedder, vector_of

from assistant.types import Span
from evals.benchmark import COULD_NOT_RUN, DONE
from evals.news_like import FILE, Outcome, Question, holds, lines, main, plain, rank_of, read_news
from evals.ordering import Ranked

MILL = "The mill stands in Oxley.\n@highlight\nThe Oxley guild built it in 1902."
FERRY = "The Havel ferry runs on Sundays. Nobody knows the captain."
FAIR = "The fair of Oxley opened. Apples were sold at the fair."


def write_ares(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    """A file in the form of ARES: document, question, answer, and the label of both."""
    table = io.StringIO()
    columns = ("document", "synthetic_query", "generated_answer", "Context_Relevance_Label", "Answer_Relevance_Label")
    writer = csv.writer(table, delimiter="\t")
    writer.writerow(columns)
    writer.writerows([*row, row[-1]] for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sample.tsv", table.getvalue())
    return path


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.stack([vector_of(text) for text in texts])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_ares(
        tmp_path / FILE,
        (FAIR, "What does nobody answer?", "", "No"),
        (MILL, "When was the mill built?", "1902.", "Yes"),
        (FERRY, "When does the Havel ferry run?", "on Sundays", "Yes"),
    )
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, str]:
    out = Console(file=io.StringIO(), width=200, record=True)
    code = main([str(one) for one in arguments], out, lambda: (WordHashEmbedder(), encode))
    return code, out.export_text()


def outcome(
    rank: int | None, plain_rank: int | None = None, pooled_rank: int | None = None, *, quoted: bool = False
) -> Outcome:
    return Outcome(
        question="q", answer="a", document="d", status="answered" if quoted else "declined", quoted=quoted,
        rank=rank, plain_rank=plain_rank, pooled_rank=pooled_rank,
    )  # fmt: skip


def test_documents_with_sound_questions_come_first(data: Path) -> None:
    assert [text.text.split(".")[0] for text in read_news(data, 2).documents] == [
        "The mill stands in Oxley", "The Havel ferry runs on Sundays",
    ]  # fmt: skip


def test_marks_of_highlights_are_no_text(data: Path) -> None:
    assert read_news(data).documents[0].text == "The mill stands in Oxley.\n\nThe Oxley guild built it in 1902."


def test_the_answer_loses_its_full_stop(data: Path) -> None:
    assert [one.answer for one in read_news(data).questions] == ["1902", "on Sundays"]


@pytest.mark.parametrize(
    "row",
    [
        (MILL, "Was the mill built in 1902?", "1902", "Yes"),  # the question tells the answer
        (MILL, "When was the mill built?", "1874", "Yes"),  # no sentence holds it
        (MILL, "When was the mill built?", "190", "Yes"),  # no whole word
        (MILL, "When was the mill built", "1902", "Yes"),  # no question
        (MILL, "When was the mill built?", "1902", "No"),  # ARES holds it for wrong
        ("Yes 1902. No 1902. So 1902. Or 1902.", "When was the mill built?", "1902", "Yes"),  # in too many sentences
    ],
)
def test_a_question_that_its_answer_cannot_judge_is_left_out(tmp_path: Path, row: tuple[str, str, str, str]) -> None:
    write_ares(tmp_path / FILE, row)
    assert read_news(tmp_path).questions == ()


@pytest.mark.parametrize(("others", "kept"), [(3, 1), (4, 0)])
def test_an_answer_that_many_others_tell_judges_nothing(tmp_path: Path, others: int, kept: int) -> None:
    strangers = [(f"Number {n} was built in 1902.", "x?", "", "No") for n in range(others)]
    write_ares(tmp_path / FILE, (MILL, "When was the mill built?", "1902", "Yes"), *strangers)
    assert len(read_news(tmp_path).questions) == kept


@pytest.mark.parametrize(("answer", "held"), [("New  York", True), ("york", True), ("or", False), ("new", True)])
def test_an_answer_stands_in_a_text_as_whole_words(answer: str, held: bool) -> None:
    assert holds(plain("In New\nYork."), plain(answer)) is held


def test_the_rank_is_that_of_the_first_right_sentence_of_the_own_document() -> None:
    texts = [("b", "Built in 1902."), ("a", "Built well."), ("a", "Built in 1902."), ("a", "Not 1902.")]
    ranked = [Ranked(article, Span(0, 1), text, 0.0) for article, text in texts]
    assert rank_of(ranked, Question("When?", "1902", "a")) == 3
    assert rank_of(ranked, Question("When?", "1874", "a")) is None


def test_the_figures_count_ranks() -> None:
    told = {
        line.name: (line.figure.value, line.plain.value if line.plain else None)
        for line in lines(
            [outcome(1, 6, 2, quoted=True), outcome(3, 5, 1), outcome(None, None, None), outcome(4, 1, 3)]
        )
    }
    assert told == {
        "answer first, beside cosine": (0.25, 0.25),
        "answer first, beside late-pooled": (0.25, 0.25),
        "answer in the top 3, beside cosine": (0.5, 0.25),
        "answer in the top 3, beside late-pooled": (0.5, 0.75),
        "answer quoted, beside top 5 by cosine": (0.25, 0.5),
        "answer in a passage found": (0.75, None),
        "not declined": (0.25, None),
    }


def test_the_sample_runs_and_tells_what_it_read(data: Path) -> None:
    code, shown = run("--data", data, "--json", data / "out.json")
    told = json.loads((data / "out.json").read_text(encoding="utf-8"))
    assert code == DONE
    assert "stanford-futuredata/ARES, Apache-2.0" in shown and told["sha256"] in shown
    assert (told["documents"], [case["answer"] for case in told["cases"]]) == (3, ["1902", "on Sundays"])
    assert all(case["rank"] for case in told["cases"])


def test_without_data_it_says_what_to_get(tmp_path: Path) -> None:
    code, shown = run("--data", tmp_path)
    assert code == COULD_NOT_RUN and FILE in shown and "stanford-futuredata/ARES" in shown


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no archive")
    assert run("--data", tmp_path)[0] == COULD_NOT_RUN
