from __future__ import annotations

import time
from pathlib import Path

import pytest
from follow_up_chains import CHAINS, Asked
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer.rewrite import LONGEST_TEXT, Standalone, Turn, standalone
from assistant.terms import TermAnalyzer, load_names

ANALYZER = TermAnalyzer(load_names(Path(__file__).parents[2] / "corpus" / "aliases.yaml"))
PREVIOUS = "How many tonnes of magnets did China export in May 2025?"
HISTORY = (Turn(PREVIOUS, PREVIOUS),)
UNREACHED = {
    "part of a period": '"over the ten months" fits nowhere, so it stays beside the question when the month changes',
}


def understood(chain: tuple[Asked, ...]) -> list[str]:
    """What each turn becomes, every turn resting on the rewrites before it."""
    turns: list[Turn] = []
    for asked in chain:
        text = standalone(asked.question, turns, ANALYZER).text
        turns.append(Turn(asked.question, text, asked.sentences, asked.offered))
    return [turn.standalone for turn in turns]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason=UNREACHED[name])) if name in UNREACHED else name
        for name in CHAINS
    ],
)
def test_a_chain_reads_as_a_person_would_write_it(name: str) -> None:
    assert understood(CHAINS[name]) == [asked.understood or asked.question for asked in CHAINS[name]]


@pytest.mark.parametrize(
    "question",
    [
        "Which seven rare earths did the Ministry of Commerce put under licence?",
        "Who is Lynas?",
        "What is the price of dysprosium?",
        "What is a general licence?",
        "How is neodymium priced in Baotou?",
        "Does Lynas sell its oxides to Japan?",
        "Is it true that Estonia makes magnets?",
        "Is there a list of EU projects?",
        "May I re-export magnets from Germany?",
        "Which cities that are in Japan recycle magnets?",
        "no",
        "thanks",
        "What about it?",
        "...",
        "Wind farms in Denmark need magnets, and they need many of them, so how much does it cost to build one?",
    ],
)
def test_a_question_that_stands_alone_is_left_word_for_word(question: str) -> None:
    assert standalone(question, HISTORY, ANALYZER) == Standalone(question, question)


@pytest.mark.parametrize("question", ["And in June 2025?", "Why?", "yes", "Is it still in force?"])
def test_a_first_question_leans_on_nothing(question: str) -> None:
    assert standalone(question, (), ANALYZER) == Standalone(question, question)


@pytest.mark.parametrize(
    ("reply", "offered"),
    [
        ("yes", "A?"),
        ("Yes please!", "A?"),
        ("sure, go on", "A?"),
        ("the second one", "B?"),
        ("ok, the last one please", "C?"),
        ("2", "B?"),
        ("no", "no"),
        ("the fourth one", "the fourth one"),
    ],
)
def test_a_reply_takes_up_the_offered_question(reply: str, offered: str) -> None:
    history = (Turn(PREVIOUS, PREVIOUS, offered=("A?", "B?", "C?")),)
    assert standalone(reply, history, ANALYZER).text == offered


@pytest.mark.parametrize("reply", ["yes", "sure", "the second one", "2"])
def test_a_reply_to_no_offer_is_left_alone(reply: str) -> None:
    assert standalone(reply, HISTORY, ANALYZER) == Standalone(reply, reply)


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("And in July?", "How many tonnes of magnets did China export in July 2025?"),
        ("And rare earths?", "How many tonnes of rare earths did China export?"),
        ("In dollar terms?", "In dollar terms"),
        ("By which route?", "by which route"),
    ],
)
def test_the_focus_leaves_out_the_old_date_and_what_is_only_set_beside(question: str, focus: str) -> None:
    assert standalone(question, HISTORY, ANALYZER).focus == focus


def test_talk_between_does_not_break_a_chain() -> None:
    history = (*HISTORY, Turn("thanks", "thanks"))
    assert standalone("And in June?", history, ANALYZER).text == PREVIOUS.replace("May", "June")


def test_only_the_last_turns_count() -> None:
    history = (*HISTORY, *(Turn("ok", "ok") for _ in range(3)))
    assert standalone("And in June?", history, ANALYZER).text == "And in June?"


def test_rules_need_no_alias_file() -> None:
    assert standalone("And in June 2025?", HISTORY, TermAnalyzer()).text == PREVIOUS.replace("May", "June")


WORDS = st.sampled_from(
    [
        "it",
        "that",
        "those",
        "ban",
        "And",
        "what",
        "about",
        "yes",
        "No.",
        "18",
        "May",
        "2025",
        "Japan",
        ":",
        "?",
        "why",
        "of",
        "who",
        "the",
        "list",
        "them",
        "still",
        "1C902",
        "(",
        "\n",
        "镝",
        "is",
        "did",
        "China",
        "export",
        "magnets",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(deadline=None, max_examples=150)
@given(question=TEXTS, old=TEXTS, older=TEXTS, said=TEXTS)
def test_any_text_is_understood_as_some_text(question: str, old: str, older: str, said: str) -> None:
    history = (Turn(older, older), Turn(old, old, (said,), (said,) if said else ()))
    assert len(standalone(question, history, ANALYZER).text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "piece", ["it ", "May ", "A", "that of ", "No. 1, ", "and ", "(", "yes ", "A b ", "1, ", "镝", "in "]
)
def test_the_longest_hostile_text_costs_little(piece: str) -> None:
    text = (piece * 4_000)[:4_000]
    started = time.perf_counter()
    for question in (text, text[:400], "And Japan?", "Is it still so?", "why?"):
        assert len(standalone(question, (Turn(text, text, (text,), (text,)),), ANALYZER).text) <= LONGEST_TEXT
    assert time.perf_counter() - started < 2.0


@pytest.mark.parametrize(
    ("before", "asked", "understood_as"),
    [
        (
            "What is Announcement 18 of 2025?",
            "Are magnets covered?",
            "On Announcement 18 of 2025: are magnets covered?",
        ),
        (
            "Does the ban on Japan of January 2026 hit civilian firms?",
            "Are rare earths covered?",
            "Does the ban on Japan of January 2026 hit civilian firms: are rare earths covered?",
        ),
        ("Who runs Lynas?", "Are magnets covered?", "Are magnets covered?"),
        (
            "How many entities did China list in February 2026?",
            "And in the second wave in June 2026?",
            "In the second wave in June 2026: how many entities did China list",
        ),
    ],
)
def test_what_is_covered_is_asked_of_the_rule_before_and_a_new_date_drives_out_the_old(
    before: str, asked: str, understood_as: str
) -> None:
    assert standalone(asked, (Turn(before, before),), ANALYZER).text == understood_as
