"""Which sentences are about a topic, and which say what it is."""

from __future__ import annotations

import pytest

from assistant.briefing.defining import is_defining
from assistant.briefing.topic import Topic
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("CRMA", "The EU's Critical Raw Materials Act (CRMA) is Regulation (EU) 2024/1252 of 11 April 2024."),
        ("Announcement No. 61", "Announcement No. 61 of 2025 concerns rare earth items made abroad."),
        ("Lynas", "The company Lynas has become the sole supplier of separated heavy rare earths."),
        ("samarium", "Samarium is produced only in China."),
        ("magnets", "Samarium-cobalt magnets are one magnet type."),
        ("ban on raw rare earths", "The Malaysian ban on raw rare earths covers every exporter."),
    ],
)
def test_a_sentence_defines_its_subject(analyzer: TermAnalyzer, topic: str, sentence: str) -> None:
    assert is_defining(sentence, Topic(topic, analyzer))


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("Lynas", "The Lynas statement on the Texas plant dates from 27 August 2025."),
        ("Lynas", "Lynas raised A$750 million in August 2025."),
        ("Lynas", "Lynas is to build a plant in Malaysia."),
        ("MP Materials", "Nearly half of the output of MP Materials is refined in California."),
        ("MP Materials", "Wall Street Pit reported that MP Materials has a price floor."),
        ("dysprosium", "A magnet can need a licence if terbium or dysprosium is inside."),
        ("antimony", "Antimony oxide is controlled only above 99.99%."),
        ("gallium", "The plant has capacity for gallium."),
    ],
)
def test_a_sentence_that_tells_of_something_else_or_of_an_event_does_not(
    analyzer: TermAnalyzer, topic: str, sentence: str
) -> None:
    assert not is_defining(sentence, Topic(topic, analyzer))


@pytest.mark.parametrize(
    ("topic", "sentence", "named"),
    [
        ("Entity List", "Only firms named on the Entity List were restricted.", True),
        ("Entity List", "China placed ten US entities on its export control list.", False),
        ("entities on a list", "China placed ten US entities on its export control list.", True),
        ("Critical Raw Materials Act", "The CRMA of 2024 sets three benchmarks.", True),
        ("Malaysia", "Malaysia keeps its ban.", True),
        ("Malaysia", "Six announcements were suspended, United Daily (Malaysia) reported.", False),
    ],
)
def test_a_name_is_a_name_and_an_outlet_is_no_place(
    analyzer: TermAnalyzer, topic: str, sentence: str, named: bool
) -> None:
    assert Topic(topic, analyzer).is_mostly_named_by(sentence) is named
