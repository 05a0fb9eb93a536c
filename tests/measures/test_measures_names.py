from __future__ import annotations

import pytest
from registers import ANNOUNCED, HEAD, loaded

from assistant.measures.names import references
from assistant.measures.register import Register

OF_OCTOBER = "[October controls, controls of October 2025]"


def measure(measure_id: str, name: str, instrument: str, codes: str = "[]", aliases: str = "[]") -> str:
    head = HEAD[HEAD.index("  - id") :].replace("id: rule", f"id: {measure_id}").replace("The test rule", name)
    head = head.replace("MOFCOM Announcement No. 61 of 2025", instrument).replace("[test controls]", aliases)
    return head.replace("elements: [dysprosium]", f"control_codes: {codes}") + ANNOUNCED


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    text = "measures:\n" + "".join(
        [
            measure("m18", "April controls", "MOFCOM/GACC Announcement No. 18 of 2025", "[1C902, 1C903]"),
            measure("m46", "Metals ban", "MOFCOM Announcement No. 46 of 2024", aliases="[metal controls]"),
            measure("m61", "Foreign-made items", "MOFCOM Announcement No. 61 of 2025", aliases="[October controls]"),
            measure("m62", "Technology", "MOFCOM Announcement No. 62 of 2025", "[1E902.a]", OF_OCTOBER),
            measure("m1", "Japan ban", "MOFCOM Announcement No. 1 of 2026"),
            measure("order", "Rare earth regulation", "State Council Order No. 785"),
            measure("forge", "The forge initiative", "none", aliases="[FORGE]"),
        ]
    )
    return loaded(tmp_path_factory.mktemp("names"), text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is Announcement No. 18 of 2025 in force?", ["m18"]),
        ("announcement 18", ["m18"]),
        ("Notice 18", ["m18"]),
        ("No. 18", ["m18"]),
        ("商务部公告2025年第18号", ["m18"]),
        ("18号公告", ["m18"]),
        ("Announcement [2025] No. 18", ["m18"]),
        ("Announcement 181", []),
        ("Announcement 8", []),
        ("Announcement 46 of 2025", []),
        ("Announcement 46 of 2024", ["m46"]),
        ("Nos. 61 and 62 of 2025", ["m61", "m62"]),
        ("Announcements 55 to 61", ["m61"]),
        ("Announcement 62, then Announcement 61", ["m62", "m61"]),
        ("Order 785", ["order"]),
        ("Decree No. 785", ["order"]),
        ("Announcement 785", []),
        ("Announcement 1 of 2026", ["m1"]),
        ("China is No. 1 in magnets", []),
        ("what is the metals  BAN", ["m46"]),
        ("foreign made items", ["m61"]),
        ("the October controls", ["m61", "m62"]),
        ("the measures that China announced on 9 October 2025", ["m62"]),
        ("export controls published in October 2025", ["m62"]),
        ("the measures that China announced on 9 May 2025", []),
        ("the measures that China imposed on Japan in October 2025", []),
        ("was the october rule suspended", ["m61", "m62"]),
        ("the October licensing requirement", ["m61", "m62"]),
        ("the October licence requirements", ["m61", "m62"]),
        ("When do the October rules come back?", ["m61", "m62"]),
        ("the April curbs and the October package", ["m18", "m61", "m62"]),
        ("the foreign made rules of September", []),
        ("the metal controls", ["m46"]),
        ("the metal rules", []),
        ("metals bank", []),
        ("code 1c902", ["m18"]),
        ("1E902 and 1C903", ["m62", "m18"]),
        ("1C90", []),
        ("to forge a deal", []),
        ("the FORGE deal", ["forge"]),
        ("nothing here", []),
    ],
)
def test_a_measure_is_found_by_what_names_it(register: Register, text: str, found: list[str]) -> None:
    assert [one.id for one in register.find(text)] == found


def test_an_endless_range_names_only_its_beginning() -> None:
    assert len(references("Announcements 1 to 99999")) == 21
