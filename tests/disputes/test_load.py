"""The list of disputes: its shape, and that every account of the shipped one stands in its article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import TODAY, make_article

from assistant.disputes.load import check_disputes, load_disputes
from assistant.errors import BadInputError
from assistant.ingest.corpus_check import check_corpus
from assistant.shipped import corpus_folder

MEETING = """\
disputes:
  - id: meeting-day
    about: Day of the meeting
    asked: [When did they meet?]
    values:
      - value: 6 May
        evidence: [{article: a, quote: They met on 6 May.}]
      - value: 7 May
        evidence: [{article: b, quote: They met on 7 May.}]
"""
ARTICLES = {
    "a": make_article("a", "They met on 6 May. It rained."),
    "b": make_article("b", "They met on 7 May."),
    "note": make_article("note", "They met on 7 May.", kind="note"),
}


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """What is wrong with a file in which ``old`` is written as ``new``."""

    def told(old: str, new: str) -> list[str]:
        assert old in MEETING
        file = tmp_path / "disputes.yaml"
        file.write_text(MEETING.replace(old, new))
        return [f"{one.line}: {one.text}" for one in check_disputes(file, ARTICLES.get)]

    return told


def test_a_dispute_is_read_with_its_sides_and_their_accounts(tmp_path: Path) -> None:
    file = tmp_path / "disputes.yaml"
    file.write_text(MEETING)
    (dispute,) = load_disputes(file)
    assert (dispute.id, dispute.about, dispute.asked) == ("meeting-day", "Day of the meeting", ("When did they meet?",))
    assert [(value.value, value.accounts[0].article) for value in dispute.values] == [("6 May", "a"), ("7 May", "b")]
    assert dispute.quotes == {("a", "They met on 6 May."), ("b", "They met on 7 May.")}
    assert check_disputes(file, ARTICLES.get) == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("met on 7 May.}", "met on 8 May.}", "9: article 'b' does not say 'They met on 8 May.'"),
        ("value: 6 May", "value: 5 May", "6: the first quote does not say '5 May'"),
        ("article: b", "article: c", "9: no article 'c'"),
        ("article: b", "article: note", "9: article 'note' is a note of ours"),
        ("asked: [When did they meet?]", "asked: []", "4: disputes.0.asked: Tuple should have at least 1 item"),
        ("about: Day of the meeting", "abut: Day", "3: "),
        ("id: meeting-day", "id: Meeting day", "2: disputes.0.id: String should match pattern"),
    ],
)
def test_a_fault_is_told_with_its_line(faults: Callable[[str, str], list[str]], old: str, new: str, fault: str) -> None:
    assert any(told.startswith(fault) for told in faults(old, new)), faults(old, new)


def test_one_side_is_no_dispute_and_an_id_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "disputes.yaml"
    file.write_text(MEETING[: MEETING.index("      - value: 7 May")])
    with pytest.raises(
        BadInputError, match=r"disputes\.yaml:\d+: disputes\.0\.values: Tuple should have at least 2 items"
    ):
        load_disputes(file)
    file.write_text(MEETING + MEETING.partition("\n")[2])
    with pytest.raises(BadInputError, match="'meeting-day' stands twice"):
        load_disputes(file)


def test_a_faulty_list_is_among_the_faults_of_a_corpus(corpus: Path) -> None:
    (corpus / "disputes.yaml").write_text(MEETING)
    told = {fault.source: fault.reason for fault in check_corpus(corpus, TODAY)}
    assert told["disputes.yaml:7"] == "no article 'a'; correct the id"


def test_the_shipped_points_are_neutral() -> None:
    disputes = load_disputes(corpus_folder() / "disputes.yaml")
    assert len(disputes) > 40
    for dispute in disputes:
        words = (dispute.about, *dispute.asked)
        assert not any(value.value.lower() in text.lower() for value in dispute.values for text in words), dispute.id
