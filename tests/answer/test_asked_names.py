from __future__ import annotations

import pytest
from support import make_article

from assistant.answer.asked_names import AskedName
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names

# A sentence may open with a common word; elsewhere the text has it in small letters.
TEXT = "What they call quotas is what permits give in May."


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Which companies got permits?", "Several companies got permits in May."),
        ("Which groups got quotas?", "Quotas go to just two groups."),
        ("Which members of parliament wrote the bill?", "A bill would create a reserve."),
        ("Which Korean companies got permits?", "Several South Korean companies got permits."),
        ("Name the two groups that hold quotas.", "Just two groups hold quotas."),
        ("What agency issues permits?", "Permits are issued in Germany."),
        ("Who chairs the alliance?", "The alliance opened in Canada."),
        ("Who bought the concentrate?", "The concentrate is sold."),
        ("Which nine countries joined?", "Nine countries joined."),
        ("In which city will the centre be?", "A centre is to be set up in 2026."),
        ("Where will the plant be built?", "The plant is to be built by Korvex."),
        ("In which state will Korvex build?", "Korvex will build with Nexperia."),
        ("Where is the Korvex plant?", "The plant makes 5 tonnes."),
    ],
)
def test_a_claim_without_the_name_asked_for(question: str, claim: str, analyzer: TermAnalyzer) -> None:
    assert AskedName(question, analyzer).is_missing(claim, make_article(text=TEXT, title="Of the Alliance"))


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Which companies got permits?", "Korvex got a permit."),
        ("Which lawmakers wrote the bill?", "Smith wrote it."),
        ("Who bought the concentrate?", "Germany bought it all."),
        ("Who got quotas?", "Just two state-owned groups got quotas."),
        ("Who chairs the alliance?", "He was elected in May."),
        ("Which nine countries joined?", "Those that joined are Japan and eight more."),
        ("Which Indian states get corridors?", "The states are Tamil Nadu and Kerala."),
        ("In which city will the centre be?", "The centre opens in Lille."),
        ("In which city did they meet?", "In Lille they met."),
        ("Where will the plant be built?", "The plant is built near Fort Worth."),
        ("Which country makes samarium?", "Nobody but China makes samarium."),
        ("Where was the rate held?", "It was held at 47%."),
        ("Who must apply first?", "First apply."),
        # Names cannot be told in these.
        ("Which companies got permits?", "the permits went to korvex."),
        ("Which companies got permits?", "许可证已发放给北方稀土。"),
        # No name is asked for.
        ("Who must apply?", "Sellers apply."),
        ("Where does the word come from?", "The word is old."),
        ("Where did the price index stand?", "The price index was 242.7."),
        ("What worried suppliers?", "Paperwork did."),
        ("Which official catalogue holds it?", "The catalogue of Korvex holds it."),
        ("How many permits were there?", "There were few."),
    ],
)
def test_a_claim_that_brings_it_or_needs_none(question: str, claim: str, analyzer: TermAnalyzer) -> None:
    assert not AskedName(question, analyzer).is_missing(claim, make_article(text=TEXT, title="Ann Smith"))


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("List ten US firms on the list", True),
        ("please name three firms with licences", True),
        ("Which nine countries joined?", True),
        ("When did China list 40 Japanese entities?", False),
        ("Why did the agency name five states?", False),
    ],
)
def test_a_list_is_asked_for_by_who_says_so(question: str, asks: bool, analyzer: TermAnalyzer) -> None:
    assert AskedName(question, analyzer).of_several == asks
