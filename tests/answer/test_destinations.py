"""Where a question says that goods go, over names made up for the test."""

from __future__ import annotations

import pytest

from assistant.answer.destinations import destined
from assistant.terms import Names, TermAnalyzer

PLACES = frozenset({"poland", "southkorea", "japan"})
ANALYZER = TermAnalyzer(Names({"south korea": "southkorea", "japanese": "japan"}, {"places": PLACES}))


@pytest.mark.parametrize(
    ("question", "place", "anywhere"),
    [
        ("Do I need a licence to ship gallium to Poland?", "Poland", "Do I need a licence to ship gallium?"),
        ("Is terbium going to South Korea controlled?", "South Korea", "Is terbium controlled?"),
        ("Is a licence needed for holmium for our customer in Poland?", "Poland", "Is a licence needed for holmium?"),
        (
            "Do exports of terbium to a Japanese maker need a permit?",
            "Japanese",
            "Do exports of terbium need a permit?",
        ),
        ("Can China ship antimony into Japan today?", "Japan", "Can China ship antimony today?"),
        ("is gallium to poland under licence?", "poland", "is gallium under licence?"),
    ],
)
def test_a_place_that_goods_go_to_is_told_apart(question: str, place: str, anywhere: str) -> None:
    goods = destined(question, ANALYZER)
    assert goods is not None
    assert (goods.place, goods.anywhere) == (place, anywhere)


@pytest.mark.parametrize(
    "question",
    [
        "Is gallium made in Poland under a licence?",
        "Do I need a licence to ship gallium to Boeing?",
        "Is a licence needed to ship gallium from Japan to Poland?",
        "Do I need a Japanese permit to ship gallium to Poland?",
        "Is gallium under a licence?",
    ],
)
def test_no_destination_is_taken_where_none_is_named_or_another_place_is(question: str) -> None:
    assert destined(question, ANALYZER) is None
