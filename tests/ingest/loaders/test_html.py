from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.html import HtmlLoader, clean_html

PAGES = Path(__file__).parents[2] / "data" / "pages"
TODAY = date(2026, 11, 30)


def load(name: str, today: date = TODAY) -> RawArticle:
    return HtmlLoader().load(RawSource(name, (PAGES / name).read_bytes()), today)


def test_structured_data_gives_the_facts() -> None:
    article = load("json_ld_date.html")
    assert article.title == "Smelter in Narva doubles its output"
    assert (article.publisher, article.author) == ("Baltic Metals Daily", "Liis Tamm")
    assert article.url == "https://baltic-metals.example/narva"


def test_the_day_of_publication_is_taken_and_not_the_day_of_a_change() -> None:
    article = load("json_ld_date.html")
    assert (article.published_on, article.published_inferred) == ("2026-03-17", False)


def test_the_story_is_kept_without_menus_scripts_and_link_targets() -> None:
    assert load("json_ld_date.html").text.split("\n\n")[-3:] == [
        "A smelter in Narva has doubled its output of mixed rare earth carbonate, its owner said on Tuesday.",
        "The carbonate goes to a plant for magnets nearby, which opened last autumn and wants to run three shifts "
        "by the summer.",
        "Analysts say that Europe will still import most of its magnets for a decade.",
    ]


def test_a_meta_tag_gives_the_date() -> None:
    article = load("meta_date.html")
    assert (article.title, article.author) == ("Quota for yttrium stays unchanged", "Noor Haddad")
    assert article.published_on == "2026-05-29"


def test_a_date_after_today_is_not_believed() -> None:
    assert load("meta_date.html", today=date(2026, 5, 28)).published_on is None


def with_date(given: str) -> RawArticle:
    markup = (PAGES / "meta_date.html").read_text(encoding="utf-8").replace("2026-05-29", given)
    return HtmlLoader().load(RawSource("page.html", markup.encode()), TODAY)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-05-01", "2026-05-01"),
        ("May 1, 2026", "2026-05-01"),
        ("2026-05-29T23:30:00+02:00", "2026-05-29"),
        ("2026-05", "2026-05"),
        ("2026/05/29", "2026-05-29"),
        ("20260529", "2026-05-29"),
        ("29.05.2026", "2026-05-29"),
        ("10/11/2026", None),
        ("2026", None),
        ("soon", None),
    ],
)
def test_no_day_is_made_up_from_a_month_or_a_year(given: str, day: str | None) -> None:
    assert with_date(given).published_on == day


def test_an_address_that_is_no_web_address_is_left_out() -> None:
    assert load("meta_date.html").url is None


def test_a_page_without_main_text_is_refused_with_the_next_step() -> None:
    with pytest.raises(SourceError, match=r"'no_main_text\.html'; save the page once it has loaded whole"):
        load("no_main_text.html")


STORY = "".join(f"<p>The ministry issued {number} licences for dysprosium to an exporter.</p>" for number in range(9))


def page(head: str, body: str = STORY, url: str | None = None) -> RawArticle:
    return clean_html(f"<html><head>{head}</head><body><h1>Licences</h1>{body}</body></html>", url, TODAY)


JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-05-01"}</script>'
META = '<meta name="DC.date" content="2026-05-02">'
TIME = '<time datetime="2026-05-03">Sunday</time>'
LINE = "<p>Published 4 May 2026</p>"
URL = "https://post.example/2026/05/05/licences"
CHANGED = '<meta property="article:modified_time" content="2026-05-06">'


@pytest.mark.parametrize(
    ("head", "above", "url", "published"),
    [
        (JSON_LD + META + CHANGED, TIME + LINE, URL, ("2026-05-01", "json-ld", False)),
        (META + CHANGED, TIME + LINE, URL, ("2026-05-02", "meta", False)),
        (CHANGED, TIME + LINE, URL, ("2026-05-03", "time", False)),
        (CHANGED, LINE, URL, ("2026-05-04", "byline", False)),
        (CHANGED, "", URL, ("2026-05-05", "url", True)),
        (CHANGED, "", None, ("2026-05-06", "modified", True)),
        ("", "", None, (None, None, False)),
    ],
)
def test_where_dates_differ_the_stated_order_decides(
    head: str, above: str, url: str | None, published: tuple[str | None, str | None, bool]
) -> None:
    article = page(head, above + STORY, url)
    assert (article.published_on, article.published_from, article.published_inferred) == published


def test_broken_structured_data_is_passed_over() -> None:
    assert page('<script type="application/ld+json">{"@type": oops</script>' + META).published_from == "meta"
    assert page(f'<script type="application/ld+json">{"[" * 100_000}</script>' + META).published_from == "meta"


def test_hostile_nesting_neither_recurses_nor_takes_long() -> None:
    deep = f"{'<div>' * 100_000}{STORY}{'</div>' * 100_000}"
    article = page("", STORY + deep + "<table><tr><td>" * 5_000)
    assert "The ministry issued 8 licences for dysprosium to an exporter." in article.text


def test_the_declared_language_gives_way_to_another_script() -> None:
    chinese = "<p>国务院商务主管部门决定对部分稀土相关物项实施出口管制，并予以公布。</p>" * 3
    assert clean_html(f'<html lang="en"><body><h1>公告</h1>{chinese}</body></html>', None, TODAY).language == "zh"
