from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support import write_article

from assistant.errors import BadInputError
from assistant.ingest.sources import Given, NamedSource
from assistant.ingest.sources_file import interval, read_sources
from assistant.ingest.web_address import WebAddress


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feed_with_all_that_can_be_said_of_it(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """[sources.ministry]
kind = "feed"
address = "https://ministry.example/feed"
every = "6h"
include = ["*/policy/*"]
exclude = ["*/video/*"]
publisher = "Ministry"
language = "zh"
reliability = "A"
""",
    )
    source = read_sources(path)["ministry"]
    assert interval(source.every) == timedelta(hours=6)
    given = Given(publisher="Ministry", language="zh", reliability="A")
    assert source.origin(tmp_path) == WebAddress(
        "https://ministry.example/feed", "feed", given, ("*/policy/*",), ("*/video/*",)
    )


def test_a_folder_starts_at_the_file_and_its_patterns_choose(tmp_path: Path) -> None:
    for name in ("a", "draft-b"):
        write_article(tmp_path / "mine", name, "Prices rose.")
    table = '[sources.mine]\nkind = "folder"\naddress = "mine"\nexclude = ["draft-*"]\npublisher = "Desk"\n'
    origin = read_sources(write(tmp_path, table))["mine"].origin(tmp_path)
    assert isinstance(origin, NamedSource)
    assert [(file.title, file.given.publisher) for file in origin.files] == [("a.md", "Desk")]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('kind = "page"', "sources.x.kind"),
        ("address = 7", "sources.x.address"),
        ('every = "soon"', "sources.x.every"),
        ('every = "0h"', "sources.x.every"),
        ('reliability = "D"', "sources.x.reliability"),
        ('language = "german"', "sources.x.language"),
        ('colour = "red"', "sources.x.colour"),
        ('include = "*"', "sources.x.include"),
    ],
)
def test_a_key_that_is_not_in_order_is_named_with_its_value(tmp_path: Path, line: str, key: str) -> None:
    told = {"kind": 'kind = "url"', "address": 'address = "https://a.example/"'} | {line.partition(" ")[0]: line}
    path = write(tmp_path, "[sources.x]\n" + "\n".join(told.values()))
    with pytest.raises(BadInputError, match=key):
        read_sources(path)


@pytest.mark.parametrize("text", ["", "[sources]\n", "sources = 1", "= ="])
def test_a_file_without_sources_is_bad_input(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInputError, match=r"sources\.toml"):
        read_sources(write(tmp_path, text))


@pytest.mark.parametrize(
    ("every", "hours"), [("30m", 0.5), ("6 h", 6), ("2d", 48), ("hourly", 1), ("Daily", 24), ("weekly", 168)]
)
def test_schedules_in_words_and_figures(every: str, hours: float) -> None:
    assert interval(every) == timedelta(hours=hours)
