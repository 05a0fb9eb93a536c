from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import NotFoundError
from assistant.index.catalog import Catalog
from assistant.index.conversations import LOCAL_OWNER, TITLE_LENGTH, Conversations


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    catalog = Catalog(tmp_path / "catalog.sqlite3")
    yield Conversations(catalog)
    catalog.close()


def test_a_conversation_is_named_after_its_first_question(conversations: Conversations) -> None:
    assert conversations.get(conversations.start("What\n  rose?")).title == "What rose?"


def test_a_long_name_is_cut(conversations: Conversations) -> None:
    title = conversations.get(conversations.start("a" * 500)).title
    assert (len(title), title[-1]) == (TITLE_LENGTH, "…")


def test_answers_come_back_as_given_oldest_first(conversations: Conversations) -> None:
    identity = conversations.start("Q")
    bodies = [{"id": str(number), "text": "镓 😀"} for number in range(12)]
    for body in bodies:
        conversations.add_answer(identity, body["id"], body)
    assert conversations.answers(identity) == tuple(bodies)
    assert conversations.answer("7") == bodies[7]


def test_the_last_changed_comes_first_and_pages_meet(conversations: Conversations) -> None:
    one, two, three = (conversations.start(name) for name in ("one", "two", "three"))
    conversations.add_answer(one, "1", {})
    first = conversations.page(2, None)
    rest = conversations.page(2, f"{first[-1].updated_at} {first[-1].id}")
    assert [conversation.id for conversation in (*first, *rest)] == [one, three, two]


def test_a_conversation_can_be_renamed(conversations: Conversations) -> None:
    assert conversations.rename(conversations.start("Q"), "Other").title == "Other"


def test_deleting_a_conversation_deletes_its_answers(conversations: Conversations) -> None:
    identity = conversations.start("Q")
    conversations.add_answer(identity, "1", {})
    conversations.delete(identity)
    for gone in (lambda: conversations.get(identity), lambda: conversations.answer("1")):
        with pytest.raises(NotFoundError):
            gone()


def test_what_is_not_there_is_not_found(conversations: Conversations) -> None:
    for missing in (conversations.get, conversations.answer, conversations.answers, conversations.delete):
        with pytest.raises(NotFoundError, match="'nobody'"):
            missing("nobody")


def test_another_owner_finds_nothing(conversations: Conversations) -> None:
    identity = conversations.start("Q")
    conversations.add_answer(identity, "1", {})
    other = conversations.of("ana")
    assert other.page(-1, None) == ()
    for refused in (
        lambda: other.get(identity),
        lambda: other.answers(identity),
        lambda: other.answer("1"),
        lambda: other.rename(identity, "Mine"),
        lambda: other.delete(identity),
        lambda: other.add_answer(identity, "2", {}),
    ):
        with pytest.raises(NotFoundError):
            refused()
    assert [conversation.title for conversation in conversations.page(-1, None)] == ["Q"]
    assert conversations.answers(identity) == ({},)


def test_what_an_owner_has_can_be_handed_over_or_deleted(conversations: Conversations) -> None:
    ana = conversations.of("ana")
    kept, mine = ana.start("A"), conversations.start("Mine")
    ana.add_answer(kept, "1", {"id": "1"})
    assert ana.hand_over(LOCAL_OWNER) == 1
    assert (ana.page(-1, None), conversations.answer("1")) == ((), {"id": "1"})
    ana.start("B")
    assert ana.delete_all() == 1
    assert {conversation.id for conversation in conversations.page(-1, None)} == {kept, mine}
