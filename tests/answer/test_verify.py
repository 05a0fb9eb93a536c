from __future__ import annotations

import pytest
from support import make_citation

from assistant.answer.verify import check


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [("Prices rose.", "Prices rose."), ("Prices rose.", "In May:\nPrices\n  rose. So it went.")],
)
def test_a_sentence_that_stands_in_its_quote_is_supported(sentence: str, quote: str) -> None:
    assert check(sentence, [make_citation(quote=quote)]) == "supported"


@pytest.mark.parametrize("sentence", ["Prices fell.", "Prices rose. Twice.", "prices rose.", "", " "])
def test_anything_else_is_not(sentence: str) -> None:
    assert check(sentence, [make_citation(quote="Prices rose.")]) == "unsupported"


def test_one_of_several_citations_is_enough() -> None:
    cited = [make_citation(1, "Exports fell."), make_citation(2, "Prices rose.")]
    assert check("Prices rose.", cited) == "supported"


def test_two_quotes_are_not_read_as_one() -> None:
    cited = [make_citation(1, "Prices"), make_citation(2, "rose.")]
    assert check("Prices rose.", cited) == "unsupported"


def test_no_citation_no_support() -> None:
    assert check("Prices rose.", []) == "unsupported"
