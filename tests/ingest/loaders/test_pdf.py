from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.pdf import PdfLoader
from assistant.ingest.loaders.pdf_layout import PageLine, paragraphs
from evals.fuzz.samples import pdf

TODAY = date(2026, 11, 30)
BODY = (
    "China's exports of rare earth magnets fell in May to 1,238 tonnes, the cus-",
    "toms office said on Monday. Licences for dysprosium and for most rare-",
    "earth oxides were issued by the ministry.",
    "The licences name the buyer. A rare-earth oxide needs one too.",
)
Line = tuple[int, int, int, str]


def page(number: int, total: int = 3) -> list[Line]:
    heights = (660, 646, 632, 600)
    return [
        (72, 760, 9, "Baltic Metals Daily"),
        (72, 700, 18, f"Exports fell again, part {number}"),
        *((72, height, 11, text) for height, text in zip(heights, BODY, strict=True)),
        (300, 40, 9, f"Page {number} of {total}"),
    ]


def load(content: bytes, today: date = TODAY) -> RawArticle:
    return PdfLoader().load(RawSource("report.pdf", content), today)


def test_lines_become_paragraphs_with_hyphens_closed_and_compounds_kept() -> None:
    assert load(pdf([page(1)])).text.split("\n\n")[-2:] == [
        "China's exports of rare earth magnets fell in May to 1,238 tonnes, the customs office said on Monday. "
        "Licences for dysprosium and for most rare-earth oxides were issued by the ministry.",
        "The licences name the buyer. A rare-earth oxide needs one too.",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_counted() -> None:
    article = load(pdf([page(1), page(2), page(3)]))
    assert "Baltic Metals Daily" not in article.text and "Page" not in article.text
    assert article.dropped_lines == 6


def test_a_sentence_goes_on_across_a_page_break() -> None:
    first = "The ministry will publish the list of exporters that hold a licence"
    text = load(pdf([[(72, 100, 11, first)], [(72, 700, 11, "before the end of the year.")]])).text
    assert text == f"{first} before the end of the year."


def test_properties_give_title_and_author_and_the_day_of_creation_is_only_inferred() -> None:
    article = load(pdf([page(1)], b"/Title (Exports fell) /Author (Li Wei) /CreationDate (D:20260512093000+08'00')"))
    assert (article.title, article.author) == ("Exports fell", "Li Wei")
    assert (article.published_on, article.published_inferred) == ("2026-05-12", True)


def test_a_title_that_a_program_filled_in_gives_way_to_the_heading() -> None:
    assert load(pdf([page(1)], b"/Title (Microsoft Word - draft3.docx)")).title == "Exports fell again, part 1"


def test_a_creation_month_stays_a_month() -> None:
    assert load(pdf([page(1)], b"/CreationDate (D:202605)")).published_on == "2026-05"


def test_a_file_made_today_is_not_dated_by_that() -> None:
    article = load(pdf([page(1)], b"/CreationDate (D:20260512)"), today=date(2026, 5, 12))
    assert article.published_on is None


def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(SourceError, match=r"'report\.pdf' is a scan: 2 page\(s\).*ocrmypdf"):
        load(pdf([[], []]))


def test_a_locked_file_is_said_to_be_one() -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>] /Root" % (
        b"11" * 32,
        b"22" * 32,
    )
    with pytest.raises(SourceError, match="locked with a password"):
        load(pdf([page(1)]).replace(b"/Root", lock))


def test_a_broken_file_is_refused_with_the_next_step() -> None:
    with pytest.raises(SourceError, match=r"'report\.pdf' is a broken PDF .*; save it anew"):
        load(b"%PDF-1.7\nnothing more")


def test_a_line_without_end_takes_no_time() -> None:
    begun = time.process_time()
    list(paragraphs([(PageLine("a" * 200_000, 0, 1, 0, 11, 0.5),)]))
    assert time.process_time() - begun < 2
