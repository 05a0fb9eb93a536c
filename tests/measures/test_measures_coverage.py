from __future__ import annotations

from datetime import date

import pytest
from registers import ANNOUNCED, HEAD, loaded

from assistant.errors import BadInputError
from assistant.measures.coverage import Item, is_covered
from assistant.measures.register import Register

DAY = date(2026, 11, 22)
LICENCE = """elements: [dysprosium]
      forms: [oxide, samarium-cobalt magnets]
      control_codes: [1C902]
      destinations: [all]"""


def measure(measure_id: str, covers: str, history: str = ANNOUNCED) -> str:
    head = HEAD[HEAD.index("  - id") : HEAD.index("      elements")].replace("id: rule", f"id: {measure_id}")
    return f"{head}      {covers}\n    history:\n{history}"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    text = "measures:\n" + "".join(
        [
            measure("licence", LICENCE),
            measure("all-rare-earths", "elements: [rare earths]\n      destinations: [US]"),
            measure("japan-users", "destinations: [JP]"),
            measure("quota", "elements: [rare earths]"),
            measure(
                "ended",
                "elements: [dysprosium]\n      destinations: [all]",
                ANNOUNCED.replace("announced\n", "repealed\n"),
            ),
        ]
    )
    return loaded(tmp_path_factory.mktemp("coverage"), text)


def covered(register: Register, item: Item) -> list[str]:
    return [one.measure.id for one in is_covered(register, item, DAY).measures]


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (Item("dysprosium"), ["licence", "all-rare-earths"]),
        (Item("Dy", "oxides", None, "Germany"), ["licence"]),
        (Item("Dy", "magnet"), ["licence", "all-rare-earths"]),
        (Item("Dy", "alloy"), ["all-rare-earths"]),
        (Item("Nd", None, None, "United States"), ["all-rare-earths"]),
        (Item("Nd", None, None, "India"), []),
        (Item("gallium"), []),
        (Item("gallium", None, None, "Japan"), ["japan-users"]),
        (Item(code="1c902"), ["licence"]),
        (Item(code="1C901"), []),
        (Item("Dy", code="1C903"), ["all-rare-earths"]),
    ],
)
def test_an_item_is_covered_by_the_measures_that_name_it(register: Register, item: Item, found: list[str]) -> None:
    assert covered(register, item) == found


def test_what_the_measure_depends_on_and_nobody_said_is_open(register: Register) -> None:
    licence, _ = is_covered(register, Item("Dy"), DAY).measures
    assert (licence.by, licence.open) == (("element",), ("form",))


def test_a_measure_for_some_users_tells_that_the_element_is_open(register: Register) -> None:
    (users,) = is_covered(register, Item("gallium", None, None, "JP"), DAY).measures
    assert (users.by, users.open) == (("destination",), ("element",))


def test_coverage_comes_with_evidence(register: Register) -> None:
    assert is_covered(register, Item("Dy"), DAY).measures[0].measure.evidence[0].quote == "China announced the rule."


def test_coverage_uses_only_what_was_known(register: Register) -> None:
    assert is_covered(register, Item("Dy"), DAY, known_on=date(2025, 10, 8)).measures == ()


def test_coverage_is_no_legal_advice(register: Register) -> None:
    assert is_covered(register, Item("Dy"), DAY).note == "Not legal advice; read the original."


def test_an_item_needs_an_element_or_a_code(register: Register) -> None:
    with pytest.raises(BadInputError, match="element or a control code"):
        is_covered(register, Item(destination="US"), DAY)
