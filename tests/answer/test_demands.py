from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.demands import Demands
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Span


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def told(sentence: str, title: str = "", published_on: str | None = "2025-09-19") -> Quote:
    article = replace(make_article(sentence, sentence), title=title, published_on=published_on)
    return Quote(make_hit(article, sentence), Span(0, len(sentence)), 0.0, NO_SIGNALS, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What capacity does the Narva plant start with?", "The Narva plant starts with a capacity of 2,000 tonnes."),
        ("How many permits were issued by MOFCOM?", "MOFCOM issued 19 permits."),
        ("How much did Neo invest at Narva?", "The Narva plant of Neo is an investment of EUR 75 million."),
        ("Who signed Order 785?", "State Council Order No. 785 carries the signature of Premier Li Qiang."),
        ("How many tonnes of gallium left in March 2025?", "Gallium exports in March 2025 were 300 kg."),
        ("How many tonnes did the London deal promise?", "No volumes were set in the London deal."),
        ("What part of the magnets went to Vietnam?", "A part of the magnets, about half, went to Vietnam."),
        ("Who told Reuters so?", "Jim Farley told Reuters."),
        ("Why?", "Nobody knows."),
    ],
)
def test_a_sentence_that_answers_meets_every_demand(question: str, sentence: str, analyzer: TermAnalyzer) -> None:
    assert Demands(question, analyzer).unmet(told(sentence)) == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "unmet"),
    [
        # The count is of tonnes, not of people; and no word for what is asked.
        ("How many people work at the Narva plant?", "The Narva plant starts with 2,000 tonnes of magnets.", 1.5),
        ("What interest does Serra Verde pay?", "Serra Verde gets $565 million.", 0.5),
        ("How much does the permit cost?", "A permit takes 45 days.", 1.0),
        # The month is the report's, not that of the exports.
        (
            "How many kg of gallium left in April 2025?",
            "Gallium exports in March 2025 were 300 kg, rawmaterials.net reported in April 2025.",
            1.0,
        ),
        ("How many tonnes went to Italy in March 2026?", "Exports in March 2026 were 5,238 tonnes.", 1.0),
        ("What do Solvay, Lynas and Neo plan?", "Energy Fuels plans a mine.", 2.0),
        ("Who chairs the alliance?", "The alliance opened in Canada.", 0.5),
        ("Which companies chose Narva?", "Several Chinese companies chose Narva in May.", 0.5),
        ("Who wrote that exports fell?", "Exports fell.", 0.5),
    ],
)
def test_what_a_sentence_lacks_adds_up(question: str, sentence: str, unmet: float, analyzer: TermAnalyzer) -> None:
    assert Demands(question, analyzer).unmet(told(sentence)) == unmet


def test_the_title_names_for_its_sentences(analyzer: TermAnalyzer) -> None:
    demands = Demands("How many tonnes went to Italy?", analyzer)
    assert demands.unmet(told("Deliveries were 300 tonnes.", title="Magnets for Italy")) == 0.0
    assert demands.unmet(told("Deliveries were 300 tonnes.")) == 1.0


@pytest.mark.parametrize(
    ("sentence", "published_on", "lacking"),
    [
        ("The permit was refused in June 2025.", "2025-09-19", 0.0),
        ("The permit was refused in 2025.", "2025-09-19", 0.25),
        ("The permit was refused.", "2025-06-19", 0.25),
        ("The permit was refused.", "2025-09-19", 0.5),
        ("The permit was refused.", None, 0.5),
        ("The permit was refused in July 2025.", "2025-06-19", 1.0),
    ],
)
def test_the_nearer_the_time_the_less_is_lacking(
    sentence: str, published_on: str | None, lacking: float, analyzer: TermAnalyzer
) -> None:
    demands = Demands("Was the permit refused in June 2025?", analyzer)
    assert demands.unmet(told(sentence, published_on=published_on)) == lacking


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Why did exports fall?", {"asks_reason"}),
        ("Who leads Lynas?", {"asks_who", "asks_names"}),
        ("When did the mine open?", {"asks_value", "asks_date"}),
        ("What did exports do in May 2025?", {"asks_of_a_time"}),
    ],
)
def test_it_is_told_what_sort_of_question_it_is(question: str, asks: set[str], analyzer: TermAnalyzer) -> None:
    assert {name for name, value in Demands(question, analyzer).asked().items() if value} == asks


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Has Volkswagen stopped work?", ["Several plants have stopped work.", "Ford stopped work."]),
        ("How much did Italy buy?", ["In all 5,238 tonnes were bought."]),
        ("Does the Narva plant of Neo sell magnets?", ["The plant of Korvex sells magnets."]),
        ("Which companies got permits?", ["Companies got permits.", "Some got several.", "Korvex got one."]),
        ("Reuters wrote of two firms in need. Which firms?", ["Two firms are in need, according to Reuters."]),
    ],
)
def test_no_sentence_can_answer_that_names_somebody_else(
    question: str, sentences: list[str], analyzer: TermAnalyzer
) -> None:
    assert Demands(question, analyzer).unmet_by_all([told(one) for one in sentences])


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Has Volkswagen stopped work?", ["Several plants have stopped work.", "Volkswagen stopped work."]),
        ("Do Ford and Suzuki stand still?", ["Ford stands still."]),
        ("What did Ford say and what did Suzuki say?", ["Ford said nothing."]),
        ("We work in Suzhou. Are firms exempt?", ["Firms are exempt."]),
        ("Can a Malaysian trader be liable?", ["Anyone abroad is liable."]),
        ("Is dysprosium still under licence?", ["Rare earths are still under licence."]),
        ("What did Trump and Xi agree on in Geneva?", ["A truce was agreed on in Geneva."]),
        ("Which companies got permits?", ["Companies got permits.", "Korvex got one."]),
        ("How many tonnes did which companies get?", ["They got 5 tonnes."]),
        ("Does the Narva plant of Neo sell magnets?", ["The Narva plant sells magnets.", "Neo sells magnets."]),
        ("Does the American 50% rule apply?", ["The affiliates rule applies."]),
        ("Do Ford and Suzuki and Toyota stand still?", ["Ford stands still."]),
        ("What did Trump want?", ["A truce was wanted."]),
        ("Which law firm expects an end?", ["An end is expected, Korvex wrote on 5 May 2025."]),
        ("Did REE exports fall?", ["Magnet exports fell."]),
        ("Which law firm says that the rule ends?", ["The rule ends, according to Korvex."]),
        ("Which country's companies got permits?", ["Several South Korean companies got permits."]),
        ("Which US agency issued permits?", ["Permits were issued by China and not by the US."]),
        ("Which groups of goods are barred?", ["Barred are four groups of goods."]),
        ("Did exports fall in H1 2025?", ["Exports fell."]),
        ("Of the magnets in the EU, how many come from China?", ["98% of the magnets in the EU come from China."]),
        ("How many of the magnets come from China?", ["98% of the magnets come from China."]),
        ("Has Volkswagen stopped work?", []),
        ("What document did Trump sign?", ["Trump signed Proclamation 11001."]),
        ("Does it reach AI chips?", ["Chips for artificial intelligence are reached."]),
        ("We run a plant in Leeds: how long does it take?", ["It takes 45 days."]),
        ("How much had prices gone up?", ["Prices had gone up by 200%."]),
        ("How much have prices risen?", ["Prices have doubled."]),
        ("What was done before Christmas 2023?", ["A ban was announced on 21 December 2023."]),
        ("Why did its value fall?", ["The explanation is that cheaper ones were sold."]),
        (
            "How does the quota system treat imported ore since May 2025?",
            ["Imported ore fell under the quotas in May 2025."],
        ),
    ],
)
def test_some_sentence_can_answer(question: str, sentences: list[str], analyzer: TermAnalyzer) -> None:
    assert not Demands(question, analyzer).unmet_by_all([told(one) for one in sentences])


def test_a_passage_names_for_its_sentences(analyzer: TermAnalyzer) -> None:
    passage = "Volkswagen builds cars. The maker stopped work."
    article = make_article(passage, passage)
    quote = Quote(make_hit(article, passage), Span(24, len(passage)), 0.0, NO_SIGNALS, "The maker stopped work.")
    assert not Demands("Has Volkswagen stopped work?", analyzer).unmet_by_all([quote])
    assert Demands("Has Korvex stopped work?", analyzer).unmet_by_all([quote])


@pytest.mark.parametrize(
    ("question", "strays", "tells"),
    [
        ("Is there a fine for smuggling ore?", "Smuggling ore is forbidden.", "Who smuggles ore is liable to a fine."),
        ("Was anybody fined under the rule?", "The rule is paused.", "A firm was prosecuted under the rule."),
        ("Does anyone smuggle ore?", "Exports of ore are forbidden.", "Ore leaves illegally."),
        ("Who is buying Serra?", "A firm in Brazil has a package for Serra.", "Korvex agreed to acquire Serra."),
        ("What is the share price?", "A warrant of $30 a share is part of it.", "The shares rose to $30."),
        ("Does Neo have offtakers?", "Neo opened a plant.", "Neo sells to Korvex."),
        ("Has Japan gone to the WTO?", "Japan protested.", "Japan brought a case."),
        ("Can a listed firm appeal?", "The firm was listed.", "A review may be asked for."),
        ("How did the share price do?", "Sales rose by 43%.", "The stock rose by 4%."),
        ("Are samples exempt from the duty?", "Export includes research.", "Samples are outside the duty."),
        ("Who recycles magnets?", "Germany bought magnets.", "A plant recovers metal from scrap."),
        ("Does the EU have a stockpile?", "The EU buys magnets.", "The EU stores two metals."),
        (
            "Who has received a licence?",
            "A licence for a firm is hard to come by.",
            "The first licences went to Korvex.",
        ),
        ("Who holds an export permit?", "An export permit lets a firm ship.", "Permits were granted to two firms."),
        ("Which firms are on the export control list?", "Subaru is on a watch list.", "Korvex came under control."),
        ("Is it on the unreliable entity list?", "It is on the export control list.", "It is an unreliable entity."),
        ("What documents do I hand in?", "The authority takes 45 days.", "A contract and a certificate are needed."),
        ("Is there a strategic reserve?", "The two governments agreed.", "Australia plans to stock minerals."),
        ("How much have exports fallen?", "China makes more than 80%.", "Exports were 30% below March."),
        ("How much is the project worth?", "Private capital of $2 billion goes in.", "It is worth $12 billion."),
        ("How did they respond to it?", "It affects military firms only.", "They protested at the embassy."),
        (
            "Did it get government money?",
            "It raised $1.5 billion from Apple.",
            "It got CHIPS funding of $277 million.",
        ),
        ("Who is on the watch list?", "Korvex is on the control list.", "Korvex is being watched."),
        ("How much have yttrium prices risen?", "Yttrium stayed at $7.", "Yttrium cost 69 times as much."),
        ("Can military users buy it?", "Civilian users may.", "Users in the army may not."),
        ("Did the US government pay for it?", "Apple paid $500 million.", "The Pentagon paid $400 million."),
        ("When does the ban end?", "The ban stays, Korvex said on 5 May 2025.", "The ban runs until 5 May 2026."),
        ("How much got Ford in the whole of 2025?", "In May 2025 Ford got 5 tonnes.", "In 2025 Ford got 9 tonnes."),
        ("What did all of 2024 bring Ford in tonnes?", "In July 2024 Ford got 5 tonnes.", "Ford got 9 tonnes in 2024."),
        ("What share of imports was Chinese?", "They rose in the first half of 2025.", "The larger half was Chinese."),
        ("What share of imports was Chinese?", "A third class was Chinese.", "A third of them was Chinese."),
        ("What did exports come to?", "Exports come from the north.", "Exports came to 5 tonnes."),
        ("How many tonnes is the quota?", "The quota came early.", "The quota was set without making it public."),
        ("How many tonnes is the quota?", "The quota came early.", "The quota is a secret."),
    ],
)
def test_some_subjects_have_words_that_no_answer_lacks(
    question: str, strays: str, tells: str, analyzer: TermAnalyzer
) -> None:
    demands = Demands(question, analyzer)
    assert demands.unmet_by_all([told(strays)])
    assert not demands.unmet_by_all([told(strays), told(tells)])
    assert not demands.unmet_by_all([told(strays)], leading=[told(tells)])


@pytest.mark.parametrize(
    ("question", "strays", "tells"),
    [
        (
            "magnet exports to japan january 2026",
            "Exports to Japan were banned on 6 January 2026.",
            "Japan bought 305 tonnes of magnets in January 2026.",
        ),
        (
            "april 2026 exports rare earths",
            "Serra Verde was taken over for $2.8 billion in April 2026.",
            "In April 2026 China shipped 5,000 tonnes of rare earths.",
        ),
        (
            "magnet exports may 2026",
            "The text of May 2026 does not mention magnets.",
            "No magnets were shipped in May 2026.",
        ),
        (
            "rare earth production july 2025",
            "China exported 5,994 tonnes in July 2025.",
            "China mined 9,000 tonnes in July 2025.",
        ),
        (
            "gallium exports may 2025",
            "China exported 300 kg of gallium in March 2025.",
            "Nothing of gallium left China in May 2025.",
        ),
    ],
)
def test_search_words_for_a_figure_of_a_time_want_just_that(
    question: str, strays: str, tells: str, analyzer: TermAnalyzer
) -> None:
    demands = Demands(question, analyzer)
    assert demands.figure.is_searched
    assert demands.unmet_by_all([told(strays, published_on="2026-01-01")])
    assert not demands.unmet_by_all([told(strays), told(tells)])


@pytest.mark.parametrize(
    "question",
    ["lithium battery export controls oct 2025", "What are the exports of May 2025?", "export ban may 2025"],
)
def test_other_search_words_want_no_figure(question: str, analyzer: TermAnalyzer) -> None:
    rule = told("The lithium battery rule of May and October 2025 stands.")
    assert not Demands(question, analyzer).unmet_by_all([rule])


def test_firms_of_a_place_are_told_of_by_what_names_it(analyzer: TermAnalyzer) -> None:
    demands = Demands("Which Indian firms got permits?", analyzer)
    assert demands.tells_nothing_of_a_subject([told("Two Chinese firms got permits.")])
    assert not demands.tells_nothing_of_a_subject([told("Four firms in India got permits.")])


@pytest.mark.parametrize(
    ("strays", "tells"),
    [
        ("An F-35 holds 40 kg, Korvex said.", "China sold 5,238 tonnes of magnets in April 2026."),
        ("China exported 5,238 tonnes of magnets in March 2026.", "None of the magnets left China in April 2026."),
        ("Exports of magnets rose in April 2026.", "Of magnets 5,238 tonnes went abroad in April 2026."),
        ("Prices were six times as high in April 2026.", "Sales of magnets came to $20 million in April 2026."),
    ],
)
def test_what_was_shipped_in_a_month_is_a_figure_of_that_month(strays: str, tells: str, analyzer: TermAnalyzer) -> None:
    demands = Demands("How much did magnet exports come to in April 2026?", analyzer)
    assert demands.unmet_by_all([told(strays)])
    assert not demands.unmet_by_all([told(strays), told(tells)])
    assert not Demands("How high were magnet prices in April 2026?", analyzer).unmet_by_all([told(strays)])


def test_who_is_no_nationality(analyzer: TermAnalyzer) -> None:
    demands = Demands("Who got the licences?", analyzer)
    assert demands.unmet_by_all([told("The Chinese licences were got."), told("The Japanese licences too.")])
    assert not demands.unmet_by_all([told("China got the licences.")])


@pytest.mark.parametrize(
    "question",
    ["Which 16 US firms were listed?", "name the sixteen firms that were listed", "Who are the 16 partners?"],
)
def test_several_names_are_told_by_no_count(question: str, analyzer: TermAnalyzer) -> None:
    demands = Demands(question, analyzer)
    assert demands.unmet_by_all([told("China listed 16 US entities, CNBC reported."), told("Korvex is one of them.")])
    assert not demands.unmet_by_all([told("China listed 16 US entities."), told("Korvex and Boralis are among them.")])
    assert not demands.unmet_by_all([told("The US entities were not named.")])


def test_a_quarter_is_told_by_no_other_time(analyzer: TermAnalyzer) -> None:
    demands = Demands("How many tonnes of NdPr did MP make in Q2 2026?", analyzer)
    assert demands.unmet_by_all([told("MP made 5 tonnes of NdPr in July 2025.")])
    assert not demands.unmet_by_all([told("MP made 5 tonnes of NdPr in May 2026.")])
    assert not demands.unmet_by_all([told("MP made 9 tonnes of NdPr in 2026.")])
