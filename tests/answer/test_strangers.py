from __future__ import annotations

import pytest
from support import make_article, make_hit

from assistant.answer.strangers import names_a_stranger
from assistant.terms import Names, TermAnalyzer

ANALYZER = TermAnalyzer(Names({}, {"places": frozenset({"brazil"})}))


@pytest.mark.parametrize(
    ("question", "is_stranger"),
    [
        ("Who wrote to Sejourne?", False),
        ("Who wrote to Séjourné?", False),
        ("Who wrote to the Harbour Wire?", False),
        ("Who wrote to Nexperia?", True),
        ("What did Nexperia write of magnets?", True),
        ("What was written in Brazil?", True),
        ("What was written of magnets?", False),
        ("Is bauxite under control?", True),
        ("Are the magnets still under control?", False),
        ("When was the ban on chips lifted?", True),
        ("When was the ban on magnets lifted?", False),
    ],
)
def test_a_stranger_is_named_by_no_title_publisher_or_passage(question: str, is_stranger: bool) -> None:
    hit = make_hit(make_article(text="Séjourné wrote of magnets.", publisher="Harbour Wire"))
    assert names_a_stranger(question, [hit], ANALYZER) is is_stranger
    assert not names_a_stranger(question, [], ANALYZER)
