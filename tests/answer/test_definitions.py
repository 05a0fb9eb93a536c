from __future__ import annotations

import pytest

from assistant.answer.definitions import tells_of_itself, thing_asked


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is Announcement 61?", "Announcement 61"),
        ("what's the CRMA", "CRMA"),
        ("What does Announcement No. 62 of 2025 cover?", "Announcement No. 62 of 2025"),
        ("Explain the affiliates rule.", "affiliates rule"),
        ("What is a general licence?", "general licence"),
        ("What is a general licence for rare earth exports?", "general licence"),
        ("What is the price of dysprosium?", ""),
        ("What is China's quota for 2026?", ""),
        ("When does Announcement 61 end?", ""),
        ("What happened in Busan?", ""),
    ],
)
def test_the_thing_is_what_the_question_asks_the_meaning_of(question: str, thing: str) -> None:
    assert thing_asked(question) == thing


@pytest.mark.parametrize(
    ("thing", "sentence", "itself"),
    [
        ("Announcement 61", "Announcement No. 61 of 2025 has three limbs.", True),
        ("Announcement 61", "Announcement No. 70 of 2025 suspends Announcement No. 61 of 2025.", False),
        ("Announcement 61", "The rule was suspended.", False),
        ("Project Vault", "Project Vault, a civilian stockpile of minerals, was announced in February.", True),
        ("CRMA", "The EU's Critical Raw Materials Act (CRMA) is Regulation (EU) 2024/1252.", True),
        ("CRMA", "The CRMA enters into force on 23 May 2024.", False),
        ("US 50% affiliates rule", "The affiliates rule of the Bureau (BIS) extends restrictions to firms.", True),
        ("US 50% affiliates rule", "The 50% test of the affiliates rule follows a practice.", False),
        ("0.1% rule", "The 0.1% rule is part of Announcement No. 61.", False),
        ("0.1% rule", "Under the 0.1% rule an exporter needs a licence.", True),
        ("Chinese general licence", "A general licence lets an exporter ship to named customers.", True),
        ("Serra Verde", "USA Rare Earth agreed to take over the Brazilian rare earth producer Serra Verde.", True),
        ("Serra Verde", "The package is larger than planned for Serra Verde.", False),
        ("Project Vault", "The US Export-Import Bank gives a loan of $10 billion to Project Vault, a record.", False),
    ],
)  # fmt: skip
def test_a_sentence_tells_of_the_thing_itself_when_it_begins_by_saying_what_it_is(
    thing: str, sentence: str, itself: bool
) -> None:
    assert tells_of_itself(thing, sentence) is itself
