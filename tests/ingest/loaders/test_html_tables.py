"""Tables of data become sentences; tables for layout stay as they are."""

from __future__ import annotations

from lxml import html

from assistant.ingest.loaders.html_tables import table_sentences, tables_to_sentences


def sentences(markup: str) -> list[str]:
    return table_sentences(html.fromstring(f"<table>{markup}</table>"))


def test_a_row_is_told_with_its_headers_and_the_caption() -> None:
    told = sentences(
        "<caption>Exports, tonnes</caption><tr><th>Oxide</th><th>2025</th></tr><tr><th>Terbium</th><td>61</td></tr>"
    )
    assert told == ["Exports, tonnes – Oxide: Terbium; 2025: 61."]


def test_spans_repeat_the_header_they_cover() -> None:
    head = "<tr><th rowspan=2>To</th><th colspan=2>Oxides</th></tr><tr><th>2024</th><th>2025</th></tr>"
    assert sentences(f"{head}<tr><td>Japan</td><td>5</td><td>4</td></tr>") == [
        "To: Japan; Oxides 2024: 5; Oxides 2025: 4."
    ]


def test_a_first_row_of_words_above_numbers_is_the_header() -> None:
    assert sentences("<tr><td>Port</td><td>Tonnes</td></tr><tr><td>Oren</td><td>12</td></tr>") == [
        "Port: Oren; Tonnes: 12."
    ]


def test_without_headers_the_first_cell_leads() -> None:
    assert sentences("<tr><td>Port</td><td>Oren</td></tr><tr><td>State</td><td>open</td></tr>") == [
        "Port: Oren.",
        "State: open.",
    ]


def test_a_table_for_layout_and_an_endless_span_are_left_alone() -> None:
    assert sentences(f"<tr><td>Menu</td><td>{'story ' * 60}</td></tr><tr><td>a</td><td>b</td></tr>") == []
    assert sentences("<tr><td colspan=999999999 rowspan=9999>1</td></tr>" * 900) == []
    page = html.fromstring("<div><table><tr><td><table><tr><td>1</td></tr></table></td></tr></table></div>")
    tables_to_sentences(page)
    assert len(page.findall(".//table")) == 2
