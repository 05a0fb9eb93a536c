from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import CaseFileError, CaseSet, load_set, parse, set_names

HEAD = "set: s\ntoday: 2025-11-22\ncases:\n"
GOOD = "  - {id: a, question: q, answerable: true, expect: [{any: [x]}]}\n"


def refusal(text: str) -> str:
    with pytest.raises(CaseFileError) as caught:
        parse(text, "s.yaml")
    return str(caught.value)


def test_sample_reads_as_written(samples: Path) -> None:
    case_set = load_set("tiny", samples)
    later = case_set.cases[1]
    assert (case_set.set, case_set.today, len(case_set.cases)) == ("tiny", "2025-11-22", 2)
    assert case_set.cases[0].expect[0].wordings == ("1,238 tonnes", "1238 t")
    assert (later.history, later.as_of) == (("How large is the quota?",), "2025-06")


def test_names_of_sets_are_sorted(samples: Path) -> None:
    assert set_names(samples) == ("tiny", "wide")


def test_missing_folder_has_no_sets(tmp_path: Path) -> None:
    assert set_names(tmp_path / "none") == ()


@pytest.mark.parametrize("name", ["nope", "../tiny", ""])
def test_unknown_set_names_the_known_ones(samples: Path, name: str) -> None:
    with pytest.raises(CaseFileError, match="there are: tiny, wide"):
        load_set(name, samples)


def test_file_must_carry_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(HEAD + GOOD, encoding="utf-8")
    with pytest.raises(CaseFileError, match="key 'set', value 's': must be 'other'"):
        load_set("other", tmp_path)


def test_a_year_alone_may_stand_unquoted() -> None:
    text = HEAD + "  - {id: a, question: q, answerable: false, as_of: 2024}\n"
    assert parse(text, "s.yaml").cases[0].as_of == "2024"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("{id: a, question: q}", "case 'a', key 'answerable', value None"),
        ("{id: a, question: q, answerable: maybe}", "case 'a', key 'answerable', value 'maybe'"),
        ("{id: a, question: q, answerable: false, hint: x}", "case 'a', key 'hint', value 'x'"),
        ("{id: a, question: ' ', answerable: false}", "case 'a', key 'question', value ' '"),
        ("{id: A b, question: q, answerable: false}", "case 'A b', key 'id', value 'A b'"),
        ("{question: q, answerable: false}", "case 'number 1', key 'id', value None"),
        ("{id: a, question: q, answerable: true, expect: [{any: []}]}", "key 'expect.0.any', value []"),
        ("{id: a, question: q, answerable: true, expect: [{any: [46]}]}", "key 'expect.0.any.0', value 46"),
        ("{id: a, question: q, answerable: true, expect: [{any: ['…']}]}", "no letter or digit"),
        ("{id: a, question: q, answerable: false, as_of: 10/11/2025}", "key 'as_of', value '10/11/2025'"),
        ("{id: a, question: q, answerable: false, as_of: 2025-12-01}", "is after the set's day"),
        ("{id: a, question: q, answerable: false, as_of: '2025'}", "is after the set's day"),
        ("{id: a, question: q, answerable: false, expect: [{any: [x]}]}", "can expect no point"),
        ("{id: a, question: q, answerable: true}", "case 'a', key 'expect', value []: is empty"),
        ("{id: a, question: q, answerable: true, conflict: [{values: [x]}]}", "key 'conflict.0.values'"),
        (
            "{id: a, question: q, answerable: true, conflict: [{values: [x, y]}], tags: [look-alike]}",
            "key 'tags', value 'look-alike'",
        ),
        ("{id: a, question: q, answerable: false, tags: [injection]}", "case 'a', key 'must_not', value []"),
        ("{id: a, id: b, question: q, answerable: false}", "key 'id' stands twice"),
        ("plain", "case 'number 1', key 'cases', value 'plain'"),
    ],
)
def test_error_names_file_case_key_and_value(case: str, expected: str) -> None:
    message = refusal(f"{HEAD}  - {case}\n")
    assert message.startswith("s.yaml: ")
    assert expected in message


def test_repeated_id_is_refused() -> None:
    assert "case 'a', key 'id', value 'a': stands 2 times" in refusal(HEAD + GOOD + GOOD)


def test_every_problem_is_told_at_once() -> None:
    text = HEAD + "  - {id: a, question: q}\n  - {id: b, question: q}\n"
    assert [case in refusal(text) for case in ("case 'a'", "case 'b'")] == [True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set: s\ntoday: 2025-11\ncases:\n" + GOOD, "key 'today', value '2025-11'"),
        ("set: s\ntoday: 2025-11-22\ncases: []\n", "key 'cases', value []"),
        ("- a list\n", "s.yaml: key '', value ['a list']"),
        ("set: [unclosed", "not readable as YAML"),
        ("", "value None"),
    ],
)
def test_error_of_the_file_itself(text: str, expected: str) -> None:
    assert expected in refusal(text)


def test_definition_changes_with_any_wording() -> None:
    def definition(text: str) -> str:
        case_set: CaseSet = parse(text, "s.yaml")
        return case_set.cases[0].definition

    assert definition(HEAD + GOOD) == definition(HEAD + GOOD)
    assert definition(HEAD + GOOD) != definition(HEAD + GOOD.replace("[x]", "[y]"))


@pytest.mark.parametrize("name", set_names())
def test_shipped_set_loads(name: str) -> None:
    assert load_set(name).cases
