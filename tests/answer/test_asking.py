from __future__ import annotations

import pytest

from assistant.answer.asking import asking_part


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Which two bodies issued the quota rules?", "Which two bodies"),
        ("In which US state is Vulcan building its 10,000-tonne plant?", "In which US state"),
        ("What share of royalties goes into the fund?", "What share"),
        ("What volume of magnets, in tonnes, left China?", "What volume in tonnes"),
        ("Why did the value fall?", "Why"),
        ("Who estimated the cost?", "Who"),
        ("When did the price peak?", "When"),
        ("Where is the price index made?", "Where"),
        ("How do we weigh a magnet?", "How"),
        ("What is the base year of the price index?", "What is the base year"),
        ("What is the size of the fund?", "What is the size of the fund"),
        ("What was the stock of Japan in tonnes?", "What was the stock in tonnes"),
        ("Since when is a price floor paid?", "Since when"),
        ("Under the 50% rule, which red flag is new?", "which red flag"),
        ("Is the output already sold?", ""),
    ],
)
def test_the_question_phrase_tells_what_is_asked(question: str, part: str) -> None:
    assert asking_part(question) == part


@pytest.mark.parametrize(
    "question",
    [
        "What did yttrium cost?",
        "How much did Lynas earn?",
        "magnet exports May 2025 tonnage",
        "How much is lent, and when?",
        "We sell kilns. Up to what temperature?",
        "Where did the price index close?",
        "How about the price?",
        "Can you tell me the price?",
        "Does it matter how much they paid?",
    ],
)
def test_what_asks_several_things_or_cannot_be_parted_tells_by_all_its_words(question: str) -> None:
    assert asking_part(question) == question


def test_what_happened_at_a_time_does_not_ask_when() -> None:
    assert asking_part("What did they settle when they met in May?") == "What did they settle"
