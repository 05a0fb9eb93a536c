from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.types import Answer
from evals.observation import Observation
from evals.scorers.refusal import refusal_precision, refusal_recall

Observe = Callable[..., Observation]
MakeAnswer = Callable[..., Answer]


@pytest.mark.parametrize(
    ("answerable", "status", "precision", "recall"),
    [
        (False, "declined", 1.0, 1.0),
        (True, "declined", 0.0, None),
        (False, "answered", None, 0.0),
        (False, "partial", None, 0.0),  # partial counts as answered
        (True, "answered", None, None),
        (True, "partial", None, None),
    ],
)
def test_declining_is_the_positive_class(
    observe: Observe,
    answer: MakeAnswer,
    answerable: bool,
    status: str,
    precision: float | None,
    recall: float | None,
) -> None:
    seen = observe({"answerable": answerable}, answer(status=status))
    assert (refusal_precision(seen).value, refusal_recall(seen).value) == (precision, recall)
