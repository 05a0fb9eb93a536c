"""The benchmark on a tiny set written for this: an imaginary town, no text of ExpertQA."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from support import WordHashEmbedder

from assistant.answer.support import SIGNALS, SupportSignals, load_weights
from evals.expertqa import COULD_NOT_RUN, DONE, FILE, Claim, Fitted, groups_of, main, out_of_fold

SAMPLE = Path(__file__).parent / "expertqa_sample"


def claim(text: str, *evidence: str) -> Claim:
    return Claim(claim=text, evidence=evidence, support="Complete")


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    code = main(arguments, Console(file=out, width=200), WordHashEmbedder())
    return code, out.getvalue()


def test_a_claim_loses_its_markers_and_the_evidence_its_addresses() -> None:
    read = claim("Kilns are hot [1][2].", "https://a.example/x\n\nA kiln.", "https://b.example")
    assert read.text == "Kilns are hot."
    assert read.texts == ("A kiln.",)


def test_claims_that_share_a_source_share_a_group_by_way_of_others_too() -> None:
    one, two = "https://a.example one", "https://b.example two"
    groups = groups_of([claim("a", one), claim("b", two), claim("c", "https://c.example three"), claim("d", one, two)])
    assert groups[0] == groups[1] == groups[3] != groups[2]


def test_what_is_unknown_counts_as_the_mean() -> None:
    rows = np.asarray([[0, 0.9, 0.5, 6], [0, 0.1, 0.1, 6], [0, 0.8, 0.4, 5], [0, 0.2, 0.2, 5]], dtype=np.float64)
    model = Fitted(rows, np.asarray([1.0, 0.0, 1.0, 0.0]), SIGNALS, 1.0)
    unknown = np.asarray([[0, np.nan, np.nan, np.nan], rows.mean(axis=0)])
    assert model.support(unknown)[0] == pytest.approx(model.support(unknown)[1])


def test_the_weights_written_say_what_the_model_says() -> None:
    rows = np.asarray([[0, 0.9, 0.5, 6], [0, 0.1, 0.1, 6], [1, 0.8, 0.4, 5], [0, 0.2, 0.2, 5]], dtype=np.float64)
    model = Fitted(rows, np.asarray([1.0, 0.0, 1.0, 0.0]), ("bare", "similarity"), 1.0)
    weights = model.weights("abc")
    assert weights.weights[2:] == (0.0, 0.0)
    told = [weights.support(SupportSignals(*map(float, row))) for row in rows]
    assert told == pytest.approx(list(model.support(rows)), abs=1e-5)


def test_out_of_fold_a_label_that_only_its_own_group_shows_is_not_learnt() -> None:
    rng = np.random.default_rng(0)
    rows = np.column_stack([np.zeros(40), rng.random(40), rng.random(40), rng.random(40)])
    labels = np.asarray([1.0, 0.0] * 20)
    support = out_of_fold(rows, labels, list(range(40)), seed=0)
    assert abs(float(support[labels == 1].mean() - support[labels == 0].mean())) < 0.2


def test_the_report_names_origin_licence_and_input(tmp_path: Path) -> None:
    code, told = run("--data", str(SAMPLE), "--seeds", "1", "--json", str(tmp_path / "out.json"))
    digest = hashlib.sha256((SAMPLE / FILE).read_bytes()).hexdigest()
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert code == DONE
    assert f"chaitanyamalaviya/ExpertQA (MIT), 26 rows, SHA-256 {digest}" in told
    assert (report["sha256"], report["rows"]) == (digest, 26)
    assert report["labels"] == {"Complete": 13, "Incomplete": 12, "Partial": 1}
    assert [line["figure"]["n"] for line in report["lines"]] == [25, 24]
    assert report["lines"][0]["figure"]["value"] > 0.9
    assert not report["shipped_saw_these_rows"]


def test_fit_writes_weights_that_the_product_reads(tmp_path: Path) -> None:
    code, _ = run("--data", str(SAMPLE), "--seeds", "1", "--fit", str(tmp_path / "weights.json"))
    weights = load_weights(tmp_path / "weights.json")
    assert code == DONE
    assert weights.fitted_on == hashlib.sha256((SAMPLE / FILE).read_bytes()).hexdigest()
    assert weights.weights[SIGNALS.index("similarity")] > 0


@pytest.mark.parametrize("content", [None, '{"claim": 1}\n', '{"claim": "a", "evidence": [], "support": "Complete"}\n'])
def test_without_usable_data_it_ends_with_2(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content, encoding="utf-8")
    code, told = run("--data", str(tmp_path))
    assert code == COULD_NOT_RUN
    assert "could not be run" in told
