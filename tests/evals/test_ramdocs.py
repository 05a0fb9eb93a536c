from __future__ import annotations

import hashlib
import io
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from support import WordHashEmbedder, make_article, make_hit

from assistant.answer.conflict import Disagreement, ValueSupport
from assistant.answer.extractive import Draft
from assistant.answer.quotes import Quote
from assistant.answer.relevance import Signals
from assistant.errors import BadInputError
from assistant.terms import TermAnalyzer
from assistant.types import Span
from evals.benchmark import COULD_NOT_RUN, DONE
from evals.memory_corpus import Document, findings_in_memory
from evals.ramdocs import FILE, KINDS, Outcome, RamRow, judge, main, read_rows, report

NO_SIGNALS = Signals(*(0.0 for _ in fields(Signals)))


def row(*gold: str, wrong: tuple[str, ...] = ()) -> RamRow:
    return RamRow(question="When?", documents=(), gold_answers=gold, wrong_answers=wrong)


def draft(*sentences: str, conflict: tuple[str, ...] = ()) -> Draft:
    articles = [make_article(f"a{n}", text) for n, text in enumerate(sentences)]
    quotes = tuple(Quote(make_hit(one), Span(0, len(one.text)), 0.9, NO_SIGNALS) for one in articles)
    values = tuple(ValueSupport(value, quotes[:1], 1) for value in conflict)
    return Draft(quotes, 0.9, (), (Disagreement("it", values),) if conflict else ())


def outcome(**given: Any) -> Outcome:
    plain = Outcome("q", "right", 1.0, (), None, (), ())
    return Outcome(**({field.name: getattr(plain, field.name) for field in fields(Outcome)} | given))


@pytest.mark.parametrize(
    ("judged", "kind", "strict"),
    [
        (judge(row("1902", "1874"), draft("Built in 1902.", "Built in 1874.")), "right", 1.0),
        (judge(row("1902", "1874"), draft("Built in 1902.")), "a gold value missing", 0.0),
        (judge(row("1902"), draft("Built well.")), "nothing found", 0.0),
        (judge(row("1902"), draft()), "declined", 0.0),
        (judge(row("1902", wrong=("1900",)), draft("Built in 1902.", "Or 1900.")), "a wrong value shown", 0.0),
        (judge(row("1902", wrong=("1900",)), draft("Built in 1902.", conflict=("1900", "1902"))),
         "a wrong value shown", 0.0),
    ],
)  # fmt: skip
def test_a_row_is_right_when_all_gold_and_nothing_wrong_is_shown(judged: Outcome, kind: str, strict: float) -> None:
    assert (judged.kind, judged.strict) == (kind, strict)


def test_a_value_in_a_conflict_is_right_when_it_is_gold_in_shorter_words() -> None:
    judged = judge(row("3,559 people", "12"), draft("It has 3,559 people, or 12.", conflict=("3,559", "10,000")))
    assert judged.values == (1.0, 0.0)


def test_only_a_row_with_one_gold_answer_can_show_a_false_conflict() -> None:
    both = draft("In 1902 or 1874.", conflict=("1902", "1874"))
    assert judge(row("1902"), both).false_conflict == 1.0
    assert judge(row("1902"), draft("In 1902.")).false_conflict == 0.0
    assert judge(row("1902", "1874"), both).false_conflict is None


def test_the_report_counts_each_kind_and_takes_means() -> None:
    told: dict[str, Any] = report([
        outcome(values=(1.0, 0.0), false_conflict=1.0), outcome(kind="declined", strict=0.0, false_conflict=0.0),
        outcome(values=(1.0, 1.0)), outcome(),
    ])  # fmt: skip
    assert [told[name].value for name in ("strict_exact_match", "conflict_value_precision", "false_conflicts")] == [
        0.75, 0.75, 0.5
    ]  # fmt: skip
    assert [told[name].n for name in ("strict_exact_match", "conflict_value_precision", "false_conflicts")] == [
        4, 4, 2
    ]  # fmt: skip
    assert told["kinds"] == dict.fromkeys(KINDS, 0) | {"right": 3, "declined": 1}


def test_the_sample_runs_and_tells_what_it_read(samples: Path, tmp_path: Path) -> None:
    out, target = io.StringIO(), tmp_path / "ramdocs.json"
    code = main(
        ["--data", str(samples), "--json", str(target)], Console(file=out, width=200), WordHashEmbedder()
    )  # fmt: skip
    told = json.loads(target.read_text(encoding="utf-8"))
    digest = hashlib.sha256((samples / FILE).read_bytes()).hexdigest()
    assert code == DONE
    assert (told["origin"], told["licence"], told["sha256"], told["rows"]) == ("HanNight/RAMDocs", "MIT", digest, 5)
    assert [told["parts"][part]["strict_exact_match"]["n"] for part in ("all", "first half", "second half")] == [
        5,
        3,
        2,
    ]
    assert digest in out.getvalue()


def test_a_limit_takes_the_first_rows(samples: Path) -> None:
    rows, _ = read_rows(samples, 2)
    assert [one.gold_answers for one in rows] == [("1902",), ("1856",)]


def test_without_data_it_says_what_to_get(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == COULD_NOT_RUN
    assert "HanNight/RAMDocs" in capsys.readouterr().err


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"question": "q"}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="line 1"):
        read_rows(tmp_path)


def test_documents_in_memory_are_articles_of_publishers_of_their_own() -> None:
    documents = [Document("d1", "The mill was built."), Document("d2", "The mill burnt down."), Document("d3", " ")]
    found = findings_in_memory("When was the mill built?", documents, WordHashEmbedder(), TermAnalyzer(), 5)
    assert [one.hit.article.publisher for one in found.evidence] == ["d1", "d2"]
    assert len({one.hit.article.origin for one in found.evidence}) == 2
    assert found.evidence[0].similarity > found.evidence[1].similarity
    assert found.rarity["built"] > found.rarity["mill"]
