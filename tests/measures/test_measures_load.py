from __future__ import annotations

from pathlib import Path

import pytest
from registers import ANNOUNCED, ARTICLES, HEAD, PAUSE, RULE, RULE_FILE, article, catalog, loaded

from assistant.errors import BadInputError
from assistant.measures.load import check_register, load_register

MEASURE = RULE_FILE[RULE_FILE.index("  - id") :]


def faults(folder: Path, text: str, articles: object = ARTICLES) -> list[tuple[int, str]]:
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return [(one.line, one.text) for one in check_register(file, articles)]  # type: ignore[arg-type]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, RULE_FILE) == []


def test_a_quote_that_is_not_word_for_word_names_its_line(tmp_path: Path) -> None:
    text = RULE_FILE.replace("quote: China announced the rule.", "quote: China announces the rule.")
    ((line, fault),) = faults(tmp_path, text)
    assert line == line_of(text, "quote: China announces") and "'China announces the rule.'" in fault


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    ((_, fault),) = faults(tmp_path, RULE_FILE, catalog(RULE))
    assert "'pause'" in fault


def test_a_note_of_ours_is_no_evidence(tmp_path: Path) -> None:
    note = article("rule", RULE.text, kind="note")
    assert [fault for _, fault in faults(tmp_path, HEAD + ANNOUNCED, catalog(note))] == [
        "article 'rule' is a note of ours; quote the article it rests on"
    ]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("status: announced", "status: paused"),
        ('from: "2025-10-09"', 'from: "2025-13-09"'),
        ("issuer: MOFCOM", "isuer: MOFCOM"),
        ("id: rule", "id: The Rule"),
        ("summary: A rule for tests.", f"summary: {'word ' * 41}"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, good: str, bad: str) -> None:
    text = RULE_FILE.replace(good, bad, 1)
    line = line_of(text, bad.strip())
    assert (line, True) in [
        (found, bad.split(": ")[1].strip('"')[:20] in fault) for found, fault in faults(tmp_path, text)
    ]


def test_an_end_before_the_start_is_refused(tmp_path: Path) -> None:
    text = RULE_FILE.replace('until: "2026-11-10"', 'until: "2025-11-06"')
    assert "until 2025-11-06 lies before from 2025-11-07" in faults(tmp_path, text)[0][1]


def test_an_entry_without_evidence_is_refused(tmp_path: Path) -> None:
    text = HEAD + '      - status: announced\n        from: "2025-10-09"\n        evidence: []\n'
    assert faults(tmp_path, text)[0][0] == line_of(text, "evidence: []")


def test_an_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    again = RULE_FILE.count("\n") + 1
    assert faults(tmp_path, RULE_FILE + MEASURE) == [(again, "id 'rule' stands twice; rename one")]


def test_the_running_program_is_told_file_line_and_value_of_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"measures\.yaml:\d+: measures\.0\.history\.0\.status: .*'paused'"):
        loaded(tmp_path, RULE_FILE.replace("status: announced", "status: paused"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", r":\d+: no valid YAML"),
        ("measures: []\nmeasures: []\n", r":2: 'measures' stands there twice"),
        ("measures: &a [*a]\n", r":1: anchors are not used here"),
        ("? [a]\n: b\n", r":1: a key must be a word"),
        ("", r":1: the file: "),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        loaded(tmp_path, text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"own\.yaml cannot be read"):
        load_register([tmp_path / "own.yaml"], ARTICLES)


def test_evidence_points_at_its_place_in_the_article(tmp_path: Path) -> None:
    one = loaded(tmp_path, RULE_FILE).measures[0].history[0].evidence[0]
    assert RULE.text[one.start : one.end] == one.quote == "China announced the rule."


def test_quotes_match_whatever_way_their_letters_are_composed(tmp_path: Path) -> None:
    composed = article("rule", "S\u00e9journ\u00e9 spoke.")
    text = HEAD + ANNOUNCED.replace("China announced the rule.", "Se\u0301journe\u0301 spoke.")
    assert loaded(tmp_path, text, catalog(composed)).missing_evidence == 0


def test_a_users_file_is_merged_and_replaces_a_measure_of_the_same_id(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped.yaml", tmp_path / "own.yaml"
    shipped.write_text(RULE_FILE, encoding="utf-8")
    own.write_text(
        RULE_FILE.replace("The test rule", "Mine") + MEASURE.replace("id: rule", "id: other"),
        encoding="utf-8",
    )
    register = load_register([shipped, own], ARTICLES)
    assert [(one.id, one.name) for one in register.measures] == [("rule", "Mine"), ("other", "The test rule")]


def test_a_merged_register_is_reviewed_to_the_earlier_day(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped.yaml", tmp_path / "own.yaml"
    shipped.write_text(RULE_FILE, encoding="utf-8")
    own.write_text("reviewed_to: 2026-05\nmeasures: []\n", encoding="utf-8")
    assert load_register([shipped, own], catalog(RULE, PAUSE)).reviewed_to == "2026-05"
