from __future__ import annotations

import pytest

from assistant.lagging import lagging


@pytest.mark.parametrize("by", [0, 1, 3, 9])
def test_items_come_in_order_and_no_more_than_that_many_are_drawn_ahead(by: int) -> None:
    drawn: list[int] = []

    def draw() -> object:
        for number in range(5):
            drawn.append(number)
            yield number

    ahead = [len(drawn) - item - 1 for item in lagging(draw(), by)]  # type: ignore[arg-type]
    assert ahead == [min(by, 4 - item) for item in range(5)]
