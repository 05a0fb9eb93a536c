"""Which agency or office a text goes back to."""

from __future__ import annotations

import pytest

from assistant.ingest.origin import origin_of


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("BEIJING, May 4 (Reuters) - Licences were issued.", "Reuters"),
        ("BEIJING (Reuters) – Licences were issued.", "Reuters"),
        ("BEIJING, Xinhua -- Licences were issued.", "Xinhua"),
        ("新华社北京4月9日电 商务部发布公告。", "新华社"),
        ("Licences were issued, according to a report by Reuters.", None),
        ("Analysts told Bloomberg (Bloomberg had asked them) that licences help.", None),
    ],
)
def test_a_dateline_names_the_agency_and_a_quoted_outlet_does_not(story: str, name: str | None) -> None:
    assert origin_of("Licences", None, story, []) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By AP staff", "AP"),
        ("By Associated Press", "AP"),
        ("Source: MOFCOM", "MOFCOM"),
        ("Quelle: dpa", "dpa"),
        ("SOURCE Halden Magnets Inc.", "Halden Magnets Inc."),
        ("来源：新华社", "新华社"),
        ("Source: customs declarations.", None),
        ("Sources: two people at the port", None),
    ],
)
def test_a_byline_or_a_source_line_names_the_origin(line: str, name: str | None) -> None:
    assert origin_of("Licences", None, "Licences were issued.", ["Home", line]) == name


def test_the_issuer_of_a_numbered_announcement_is_its_origin() -> None:
    assert origin_of("商务部公告2026年第91号 公布决定", None, "决定如下。", ["来源：安全与管制局"]) == "商务部"
