from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import MissingDependencyError
from assistant.index.word_carrier import MAX_TOKENS, WordCarrier

SAID = "Which companies hold a general licence? | JL Mag was the first to get one in December 2025."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match=r"gone\.safetensors is missing"):
        WordCarrier(1, tmp_path / "gone.safetensors")


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "w.safetensors").write_bytes(b"other")
    with pytest.raises(MissingDependencyError, match="has SHA-256"):
        WordCarrier(1, tmp_path / "w.safetensors")


@pytest.mark.model
def test_each_word_of_what_was_said_has_its_probability() -> None:
    carried = dict(zip(SAID.split(), WordCarrier(1).carried("How long does it hold?", SAID), strict=True))
    assert min(carried["general"], carried["licence?"]) > 0.5 > carried["first"]


@pytest.mark.model
def test_a_question_with_all_it_needs_carries_nothing_over() -> None:
    assert max(WordCarrier(1).carried("What is the price of dysprosium oxide in Europe?", SAID)) < 0.5


@pytest.mark.model
def test_words_past_what_is_read_are_left() -> None:
    carried = WordCarrier(1).carried("How long does it hold?", "licence " * MAX_TOKENS)
    assert (len(carried), carried[-1]) == (MAX_TOKENS, 0.0)
