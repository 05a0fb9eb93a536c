"""Every variant of the ablations answers, so that none is compared by cases that failed."""

from __future__ import annotations

import pytest

from assistant.build import Assistant
from assistant.types import Ask
from evals.ablations import variants

OF_TWO_PARTS = "How many tonnes of rare earth magnets did China export in May 2025, and what is the 0.1% rule?"
NEEDS_MORE_WHEELS = "with query likelihood, SmolLM2-135M"


@pytest.fixture(scope="module")
def answers(library: Assistant) -> dict[str, str]:
    made = {name: make for name, make in variants(library).items() if name != NEEDS_MORE_WHEELS}
    return {name: make().ask(Ask(OF_TWO_PARTS)).status for name, make in made.items()}


def test_every_variant_answers(answers: dict[str, str]) -> None:
    assert set(answers.values()) <= {"answered", "partial", "declined"}
    assert len(answers) == 4


def test_without_decomposition_no_part_is_told_to_be_missing(library: Assistant) -> None:
    question = Ask("How many tonnes of rare earth magnets did China export in May 2025, and who is the CEO of Korvex?")
    made = variants(library)
    assert made["shipped"]().ask(question).status == "partial"
    assert made["without question decomposition"]().ask(question).status != "partial"
