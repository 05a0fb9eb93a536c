"""Terms of scripts without spaces."""

from __future__ import annotations

from assistant.east_asian import folded, pairs, without_runs
from assistant.terms import TermAnalyzer

ANALYZER = TermAnalyzer()


def test_runs_give_overlapping_pairs_and_a_lone_character_itself() -> None:
    assert pairs("出口管制 of 镝") == ("出口", "口管", "管制", "镝")
    assert pairs("レアアース") == ("レア", "アア", "アー", "ース")
    assert pairs("수출 허가") == ("수출", "허가")


def test_what_is_written_with_spaces_stays() -> None:
    assert without_runs("MOFCOM公告 61").split() == ["MOFCOM", "61"]
    assert ANALYZER.terms("MOFCOM公告 magnets") == ("mofcom", "magnet", "公告")


def test_full_width_forms_and_dates_are_made_plain() -> None:
    assert folded("２０２６年４月１０日起").split() == ["2026-04-10", "起"]
    assert "2026-04-10" in ANALYZER.terms("自2026年4月10日起实施")


def test_words_of_asking_are_no_content() -> None:
    assert ANALYZER.content_terms("什么时候实施管制吗") == ("实施", "施管", "管制")
