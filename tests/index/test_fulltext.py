from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import vector_of

from assistant.index.catalog import IndexedPassage
from assistant.index.fulltext import RARITY_FLOOR, FullText
from assistant.terms import Names, TermAnalyzer

ANALYZER = TermAnalyzer(Names({"Dy": "dysprosium"}, {}))


def passage(id_: str, text: str, title: str = "Untold") -> IndexedPassage:
    return IndexedPassage(id_, id_, "2025-06-01", "Publisher", "news", title, text, vector_of(text))


@pytest.fixture
def fulltext(tmp_path: Path) -> FullText:
    FullText.build(
        tmp_path,
        [
            passage("magnets", "China exported 1,238 tonnes of magnets in May 2025."),
            passage("oxide", "Dysprosium oxide prices rose."),
            passage("titled", "Nothing to see.", "Dysprosium"),
        ],
        ANALYZER,
    )
    return FullText(tmp_path, ANALYZER)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who exports a magnet?", ("magnets",)),
        ("1238 tonnes", ("magnets",)),
        ("What happened on 2025-05?", ("magnets",)),
        ("Dy", ("oxide", "titled")),
        ("gallium", ()),
        ("", ()),
    ],
)
def test_passages_are_found_by_their_terms(fulltext: FullText, question: str, found: tuple[str, ...]) -> None:
    assert fulltext.search(question, 10) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("什么时候对钐合金实施出口管制？", "chinese"),
        ("2026年4月10日的公告", "chinese"),
        ("ジスプロシウムの備蓄は？", "japanese"),
        ("희토류 수출 허가 기간", "korean"),
    ],
)
def test_a_question_finds_the_article_in_its_script(tmp_path: Path, question: str, found: str) -> None:
    passages = [
        passage("chinese", "本公告对含钐合金实施出口管制，自2026年4月10日起实施。"),
        passage("other", "会议讨论了服务贸易的发展和口岸通关。"),
        passage("japanese", "経済産業省はジスプロシウムの備蓄を増やす。"),
        passage("korean", "정부는 희토류 수출 허가 기간을 정했다."),
    ]
    FullText.build(tmp_path, passages, ANALYZER)
    assert FullText(tmp_path, ANALYZER).search(question, 10)[0] == found


def test_no_more_than_asked(fulltext: FullText) -> None:
    assert fulltext.search("Dy", 1) == ("oxide",)


def test_a_question_of_stop_words_alone_searches_for_those(fulltext: FullText) -> None:
    assert fulltext.search("of in", 10) == ("magnets",)


@pytest.mark.parametrize(
    "question",
    [
        "AND NOT *", '"unclosed', "title:x^2 OR (", "*", "😀", "\x00", "'; DROP TABLE passages; --", "+-&&||!",
        "magnets " * 500, "/.*/", "text:[a TO z]", "镓",
    ],
)  # fmt: skip
def test_any_text_is_a_query(fulltext: FullText, question: str) -> None:
    expected = ("magnets",) if "magnets" in question else ()
    assert tuple(found for found in fulltext.search(question, 10) if found == "magnets") == expected


@given(st.text(max_size=60))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_is_an_error(fulltext: FullText, question: str) -> None:
    assert set(fulltext.search(question, 10)) <= {"magnets", "oxide", "titled"}


def test_rarity_is_the_logarithm_of_the_inverse_frequency_over_a_floor(fulltext: FullText) -> None:
    assert fulltext.rarity(["dysprosium", "gallium"]) == {
        "dysprosium": pytest.approx(RARITY_FLOOR + math.log(4 / 1.5)),
        "gallium": pytest.approx(RARITY_FLOOR + math.log(4 / 0.5)),
    }


@pytest.mark.parametrize(("term", "held"), [("magnet", True), ("dysprosium", True), ("magnets", False), ("", False)])
def test_a_term_is_held_by_a_passage_or_a_title(fulltext: FullText, term: str, held: bool) -> None:
    assert fulltext.holds(term) is held


def test_rare_terms_are_held_by_a_share_of_the_passages_the_rarest_first(fulltext: FullText) -> None:
    terms = ("oxid", "noth", "gallium", "see")
    assert fulltext.rare(terms, 8, 0.4) == ("oxid", "noth", "see")
    assert fulltext.rare(terms, 8, 0.3) == fulltext.rare(terms, 0, 1.0) == ()


def test_passages_that_must_hold_a_term_are_ordered_by_the_question(fulltext: FullText) -> None:
    assert fulltext.search("magnets and dysprosium", 5, "oxid") == ("oxide",)
    assert fulltext.search("magnets and dysprosium", 5, "gallium") == ()


def test_every_id_is_told(fulltext: FullText) -> None:
    assert fulltext.ids() == {"magnets", "oxide", "titled"}


def test_an_empty_index_answers(tmp_path: Path) -> None:
    FullText.build(tmp_path, [], ANALYZER)
    empty = FullText(tmp_path, ANALYZER)
    assert (empty.search("magnets", 5), empty.ids()) == ((), frozenset())
