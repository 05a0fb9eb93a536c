from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInputError
from assistant.shipped import corpus_folder
from assistant.terms import NO_NAMES, Names, TermAnalyzer, date_terms, load_names

NAMES = Names(
    {"MOFCOM": "mofcom", "ministry of commerce": "mofcom", "Dy": "dysprosium", "US": "usa", "镝": "dysprosium"},
    {"elements": frozenset({"dysprosium", "terbium"}), "places": frozenset({"usa", "china"})},
)
ANALYZER = TermAnalyzer(NAMES)


def test_wordings_that_mean_the_same_give_the_same_terms() -> None:
    assert ANALYZER.terms("the Ministry of Commerce") == ANALYZER.terms("the MOFCOM")


def test_a_wording_with_a_capital_matches_only_in_its_own_case() -> None:
    assert ANALYZER.content_terms("Dy for the US") == ("dysprosium", "usa")
    assert "usa" not in ANALYZER.terms("they told us")


def test_a_word_of_no_kind_names_nothing_unless_a_wording_has_it_as_a_part() -> None:
    names = Names(
        {"Dy": "dysprosium", "south korea": "southkorea"}, NAMES.kinds | {"places": frozenset({"southkorea"})}
    )
    analyzer = TermAnalyzer(names)
    words = ("magnets", "Dy", "terbium", "South", "Korea", "the", "镝")
    assert [analyzer.names_nothing(word) for word in words] == [True, False, False, False, False, False, False]


def test_of_wordings_that_start_alike_the_longest_whole_word_is_read() -> None:
    names = {"u.s.": "usa", "new": "fresh", "new delhi": "india", "new delhi pact": "pact", "delhi": "india"}
    analyzer = TermAnalyzer(Names(names, {}))
    assert analyzer.canonical("NEW DELHI pacts, a New Delhi Pact, newer, new, in Delhi (U.S.)") == (
        "india pacts, a pact, newer, fresh, in india (usa)"
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_have_the_same_terms_wherever_they_stand(left: str, right: str) -> None:
    plain = TermAnalyzer()
    assert plain._stems(f"{left} {right}") == plain._stems(f"{left}\n{right}")


def test_chinese_names_are_known_without_spaces() -> None:
    assert "dysprosium" in ANALYZER.terms("出口镝吗")


def test_words_are_stemmed_and_thousands_lose_their_commas() -> None:
    assert ANALYZER.terms("Exports: 1,238 tonnes") == ("export", "1238", "tonn")


def test_a_date_gives_a_term_for_each_precision() -> None:
    assert ANALYZER.terms("on 12 May 2025") == ("on", "2025-05-12", "2025-05", "2025")
    assert date_terms(["2025-05", "2025-06"]) == ("2025-05", "2025", "2025-06")


def test_content_terms_leave_out_function_words_and_repeats() -> None:
    assert ANALYZER.content_terms("What did the magnets cost, and what will magnets cost?") == ("magnet", "cost")


def test_only_function_words_have_no_content_terms() -> None:
    assert ANALYZER.content_terms("what is it that they have") == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Announcement 18", {18}),
        ("announcements 55 to 58", {55, 56, 57, 58}),
        ("announcements 61 and 62", {61, 62}),
        ("announcement 0-999", {*range(21), 999}),
    ],
)
def test_numbered_announcements_are_terms_of_their_own(text: str, numbers: set[int]) -> None:
    found = {term for term in ANALYZER.terms(text) if ANALYZER.kind(term) == "instruments"}
    assert found == {f"announcement:{number}" for number in numbers}


def test_a_term_knows_its_kind() -> None:
    kinds = [ANALYZER.kind(term) for term in ANALYZER.terms("terbium china magnets")]
    assert kinds == ["elements", "places", None]


@given(st.text(max_size=200))
def test_content_terms_of_any_text_stand_once(text: str) -> None:
    found = ANALYZER.content_terms(text)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["\x00", "AND NOT *", "👩‍🔬", "'; DROP TABLE articles; --"])
def test_hostile_text_is_only_text(text: str) -> None:
    ANALYZER.terms(text)


def test_letters_that_only_look_like_a_wording_are_no_error() -> None:
    ANALYZER.terms("the mınıſtry of commerce")


def test_names_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "aliases.yaml").write_text("elements:\n  terbium: [Tb]\nwords:\n  mofcom: [MOFCOM]\n")
    names = load_names(tmp_path / "aliases.yaml")
    assert names == Names({"Tb": "terbium", "MOFCOM": "mofcom"}, {"elements": frozenset({"terbium"})})


def test_each_wording_of_a_named_event_has_its_day() -> None:
    names = Names({"busan summit": "busan meeting", "MOFCOM": "mofcom"}, {}, {"busan meeting": "2025-10-30"})
    assert TermAnalyzer(names).event_days == {"busan meeting": "2025-10-30", "busan summit": "2025-10-30"}


def test_without_named_events_there_are_no_days() -> None:
    assert ANALYZER.event_days == {}


def test_the_days_of_events_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "aliases.yaml").write_text(
        'events:\n  busan meeting: [busan summit]\nevent_days:\n  busan meeting: "30 October 2025"\n'
    )
    assert load_names(tmp_path / "aliases.yaml") == Names(
        {"busan summit": "busan meeting"}, {"events": frozenset({"busan meeting"})}, {"busan meeting": "2025-10-30"}
    )


@pytest.mark.parametrize("day", ["10/11/2025", "2025-02-30", "soon"])
def test_a_day_that_cannot_be_read_is_refused_with_its_event(tmp_path: Path, day: str) -> None:
    (tmp_path / "aliases.yaml").write_text(f'words: {{}}\nevent_days:\n  busan meeting: "{day}"\n')
    with pytest.raises(BadInputError, match=r"aliases\.yaml: the day of 'busan meeting'"):
        load_names(tmp_path / "aliases.yaml")


def test_no_file_means_no_names(tmp_path: Path) -> None:
    assert load_names(tmp_path / "aliases.yaml") == NO_NAMES


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a list", "must map"),
        ("elements: [Tb]", "must map"),
        ("elements:\n  terbium: Tb", "must map"),
        ("elements:\n  terbium: [T]\n  thulium: [T]", "'T' stands for 'terbium' and 'thulium'"),
    ],
)
def test_names_of_another_shape_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "aliases.yaml").write_text(content)
    with pytest.raises(BadInputError, match=reason):
        load_names(tmp_path / "aliases.yaml")


def test_the_shipped_names_are_well_formed() -> None:
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    assert analyzer.content_terms("MOFCOM") == analyzer.content_terms("the Ministry of Commerce")


def test_event_days_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    (tmp_path / "aliases.yaml").write_text("words: {}\nevent_days: [x]\n")
    with pytest.raises(BadInputError, match=r"event_days must map"):
        load_names(tmp_path / "aliases.yaml")
