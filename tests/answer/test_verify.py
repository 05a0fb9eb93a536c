from __future__ import annotations

import pytest
from support import WordHashEmbedder, make_citation

from assistant.answer.support import SIGNALS, SupportModel, SupportWeights
from assistant.answer.verify import NOT_CARRIED, ONLY_IN_PART, Checked, check
from assistant.terms import TermAnalyzer


def model(supported: float, partial: float) -> SupportModel:
    """Support is the logistic of the similarity."""
    weights = SupportWeights(
        signals=SIGNALS, center=(0.0,) * 4, scale=(1.0,) * 4, weights=(0.0, 1.0, 0.0, 0.0), bias=0.0,
        supported=supported, partial=partial, made_by="hand", fitted_on="",
    )  # fmt: skip
    return SupportModel(WordHashEmbedder().encode_texts, TermAnalyzer(), weights)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [("Prices rose.", "Prices rose."), ("Prices rose.", "It was May.\nPrices\n  rose. So it went.")],
)
def test_a_sentence_that_stands_in_its_quote_is_supported(sentence: str, quote: str) -> None:
    assert check(sentence, [make_citation(quote=quote)]) == Checked("supported", None, 1.0)


@pytest.mark.parametrize("sentence", ["Prices fell.", "Prices rose. Twice.", "prices rose.", "", " "])
def test_without_a_model_anything_else_is_not(sentence: str) -> None:
    assert check(sentence, [make_citation(quote="Prices rose.")]) == Checked("unsupported", NOT_CARRIED, 0.0)


@pytest.mark.parametrize("quote", ["It is false that prices rose.", "It is false that prices rose, he said."])
def test_a_part_of_a_sentence_may_say_the_contrary(quote: str) -> None:
    assert check("prices rose.", [make_citation(quote=quote)]).verdict == "unsupported"


def test_one_of_several_citations_is_enough() -> None:
    cited = [make_citation(1, "Exports fell."), make_citation(2, "Prices rose.")]
    assert check("Prices rose.", cited).verdict == "supported"


def test_two_quotes_are_not_read_as_one() -> None:
    cited = [make_citation(1, "Prices"), make_citation(2, "rose.")]
    assert check("Prices rose.", cited).verdict == "unsupported"


@pytest.mark.parametrize("support", [None, model(0.0, 0.0)])
def test_no_citation_no_support(support: SupportModel | None) -> None:
    assert check("Prices rose.", [], support).verdict == "unsupported"


@pytest.mark.parametrize("sentence", ["", "  "])
def test_no_sentence_no_support(sentence: str) -> None:
    assert check(sentence, [make_citation()], model(0.0, 0.0)).verdict == "unsupported"


def test_a_missing_fact_is_named_and_no_support_makes_up_for_it() -> None:
    cited = [make_citation(quote="Exports were 1,238 tonnes in May 2025.")]
    found = check("Exports were 1,300 tonnes in May 2025.", cited, model(0.0, 0.0))
    assert found == Checked("unsupported", "the number '1,300 tonnes' is not in the cited passage", 0.0)


@pytest.mark.parametrize(
    ("supported", "partial", "verdict", "reason"),
    [(0.6, 0.5, "supported", None), (0.9, 0.6, "partial", ONLY_IN_PART), (0.9, 0.8, "unsupported", NOT_CARRIED)],
)
def test_the_thresholds_part_the_verdicts(supported: float, partial: float, verdict: str, reason: str | None) -> None:
    found = check("In May prices rose.", [make_citation(quote="Prices rose in May.")], model(supported, partial))
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.support == pytest.approx(0.731, abs=0.001)  # the same words: cosine 1


def test_words_of_the_source_are_supported_whatever_the_model_says() -> None:
    assert check("Prices rose.", [make_citation(quote="Prices rose.")], model(1.1, 1.1)).verdict == "supported"
