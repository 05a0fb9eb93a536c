from __future__ import annotations

import pytest

from evals.wording import says, says_any, tokens


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Exports fell to 1,238 tonnes.", "1238 t"),
        ("Exports fell to 1\u202f238 t.", "1,238 tonnes"),
        ("Exports fell to 1 238 metric tons.", "1,238 tonnes"),
        ("Exports fell to 1,238,456t", "1238456 tonnes"),
        ("CHINA suspended it", "China suspended"),
        ("a fall of 52.9 per cent", "52.9%"),
        ("a fall of 52.9\uff05", "52.9 percent"),
        ("until 7 Nov 2025", "November 7, 2025"),
        ("until November 7th, 2025,", "7 November 2025"),
        ("until the 7th of November 2025", "7 Nov. 2025"),
        ("until 2025-11-07.", "7 November 2025"),
        ("until 07 November 2025", "7 November 2025"),
        ("until 7 November 2025", "November 2025"),
        ("until November 7, 2025", "7 November"),
        ("the U.S. side", "US side"),
        ("rare\u2011earth magnets", "rare earth magnets"),
        ("China\u2019s ban", "China's ban"),
        ("fell by \u22125 points", "-5 points"),
        ("中国稀土出口", "稀土"),
        ("it paid $5 million", "$5 million"),
    ],
)
def test_same_fact_in_another_form_matches(text: str, wording: str) -> None:
    assert says(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("1,646 tonnes", "46 tonnes"),
        ("1 646 tonnes", "646 tonnes"),
        ("46.5 tonnes", "46"),
        ("0.46 tonnes", "46 tonnes"),
        ("46 tonnes", "46 kg"),
        ("17 November 2025", "7 November 2025"),
        ("7 November 2026", "7 November 2025"),
        ("7 October 2025", "7 November 2025"),
        ("a fall of -5%", "5%"),
        ("5 million tonnes", "$5 million"),
        ("suspension", "suspend"),
        ("tonnes 46", "46 tonnes"),
        ("46 or so tonnes", "46 tonnes"),
        ("anything", "…"),
    ],
)
def test_other_fact_does_not_match(text: str, wording: str) -> None:
    assert not says(text, wording)


def test_one_accepted_wording_is_enough() -> None:
    assert says_any("46 tonnes", ["47 tonnes", "46 t"])
    assert not says_any("46 tonnes", ["47 tonnes", "48 t"])


def test_tokens_are_normalised() -> None:
    assert tokens("On Nov. 7, 2025: 1,238t (52.9%)") == (
        "on", "7", "november", "2025", "1238", "tonne", "52.9", "%",
    )  # fmt: skip


def test_range_and_identifier_stay_apart() -> None:
    assert tokens("2024\u201325, 3B001, 3-5") == ("2024", "25", "3b001", "3", "5")
