from __future__ import annotations

from assistant.kept import Kept


def test_a_value_is_given_again_in_its_own_generation_only() -> None:
    kept: Kept[str] = Kept(5)
    kept.put(1, "question", "answer")
    assert kept.get(1, "question") == "answer"
    assert kept.get(2, "question") is None
    assert kept.get(1, "question") is None


def test_nothing_of_a_later_generation_is_shown_to_who_began_before_it() -> None:
    kept: Kept[str] = Kept(5)
    kept.put(2, "question", "new")
    kept.put(1, "question", "old")
    assert (kept.get(1, "question"), kept.get(2, "question")) == (None, "new")


def test_the_least_used_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    kept.put(1, "a", "A")
    kept.put(1, "b", "B")
    kept.get(1, "a")
    kept.put(1, "c", "C")
    assert [kept.get(1, key) for key in "abc"] == ["A", None, "C"]
