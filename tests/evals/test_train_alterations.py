from __future__ import annotations

import numpy as np
import pytest

from evals.train.alterations import Stock

STOCK = Stock.of(["What did Japan buy in May 2024?", "terbium price in June 2025", "Which 45 days?"])


@pytest.mark.parametrize(
    ("question", "answer", "altered"),
    [
        ("price of dysprosium", "Dysprosium cost more.", "price of terbium"),
        ("exports in June", "In June exports fell.", "exports in May"),
        ("exports by 2024", "In 2024 exports fell.", "exports by 2025"),
    ],
)
def test_one_thing_is_exchanged_for_another_of_its_sort(question: str, answer: str, altered: str | None) -> None:
    assert STOCK.altered(question, answer, np.random.default_rng(0)) == altered


def test_what_the_answer_does_not_name_stays() -> None:
    assert STOCK.altered("exports in June", "Exports fell.", np.random.default_rng(0)) is None
