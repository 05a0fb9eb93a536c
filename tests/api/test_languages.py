"""The pages in the reader's language: which one that is, and that each language says all there is to say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.languages import LANGUAGES
from assistant.api.pages import add_pages
from assistant.shipped import ui_folder

PLACE = re.compile(r"\{(\w+)\}")
# A key in a script or a template, and the beginning and end of one that is put together there.
KEY = re.compile(r'"(?P<key>[a-z_]+\.\w+)"')
COMPOSED = re.compile(r"`(?P<start>[a-z_]+\.\w*)\$\{[^`]*`")
# Sections whose names come with the data.
BY_NAME = {
    "answer_status", "aspects", "elements", "engines", "metrics", "notices", "pages", "places", "reliability", "site",
    "source", "status",
}  # fmt: skip


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    add_pages(app, ui_folder(), lambda: date(2026, 11, 22))
    with TestClient(app) as client:
        yield client


def strings(language: str) -> dict[str, Any]:
    """The words of a language by "section.name"."""
    sections = json.loads((ui_folder() / "strings" / f"{language}.json").read_text(encoding="utf-8"))
    return {f"{section}.{name}": words for section, names in sections.items() for name, words in names.items()}


def places(words: str | dict[str, str]) -> set[str]:
    """The placeholders of words, of all their plurals together."""
    return set(PLACE.findall(words if isinstance(words, str) else " ".join(words.values())))


def sources() -> list[str]:
    """All scripts and templates."""
    files = [*ui_folder().joinpath("js").rglob("*.js"), *ui_folder().joinpath("pages").glob("*.html")]
    return [Path(file).read_text(encoding="utf-8") for file in files]


def test_both_languages_say_the_same_things_with_the_same_placeholders() -> None:
    english, *others = (strings(language) for language in LANGUAGES)
    assert len(english) > 500
    for other in others:
        assert list(other) == list(english)
        assert {key: places(words) for key, words in other.items()} == {
            key: places(words) for key, words in english.items()
        }


def test_plurals_have_the_form_that_every_language_falls_back_on() -> None:
    for language in LANGUAGES:
        plurals = [words for words in strings(language).values() if isinstance(words, dict)]
        assert all("other" in words and "count" in places(words) for words in plurals)


def test_chinese_is_not_english_left_behind() -> None:
    same = {key for key, words in strings("zh").items() if words == strings("en")[key]}
    # Names of formats, and what is put to the English corpus.
    names = {"briefing.word", "briefing.markdown", "briefing.json", "briefing.ask_question", "measures.ask_question"}
    assert same == names | {"controls.more_publishers"}


def test_what_the_pages_say_is_there_and_nothing_else() -> None:
    known = strings("en")
    sections = {key.split(".")[0] for key in known}
    text = "\n".join(sources())
    named = {match["key"] for match in KEY.finditer(text) if match["key"].split(".")[0] in sections}
    composed = {match["start"] for match in COMPOSED.finditer(text)}
    assert named <= set(known)
    unused = [
        key
        for key in known
        if key not in named and not key.startswith(tuple(composed)) and key.split(".")[0] not in BY_NAME
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("address", "accepted", "kept", "language"),
    [
        ("/", "", "", "en"),
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "", "zh"),
        ("/", "de-DE,en;q=0.7,zh;q=0.9", "", "zh"),
        ("/", "de, en-GB;q=0.5, zh;q=0.5", "", "en"),
        ("/", "zh;q=0, fr", "", "en"),
        ("/", "zh;q=x;;,,\x7f", "", "en"),
        ("/", "zh", "en", "en"),
        ("/", "en", "zh", "zh"),
        ("/", "en", "xx", "en"),
        ("/measures?lang=zh", "en", "en", "zh"),
        ("/?lang=../../etc", "en", "", "en"),
    ],
)
def test_the_language_is_the_one_asked_for(
    client: TestClient, address: str, accepted: str, kept: str, language: str
) -> None:
    headers = {"Accept-Language": accepted} | ({"Cookie": f"lang={kept}"} if kept else {})
    response = client.get(address, headers=headers)
    assert re.search(r'<html lang="(\w+)"', response.text)[1] == language  # type: ignore[index]
    assert f"/strings/{language}.json" in response.text
    assert response.headers["vary"] == "Accept-Language, Cookie"


def test_only_a_language_that_is_chosen_is_remembered(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/", headers={"Accept-Language": "zh"}).headers
    assert "set-cookie" not in client.get("/?lang=xx").headers
    assert client.get("/?lang=zh").headers["set-cookie"].startswith("lang=zh;")
    assert '<html lang="zh"' in client.get("/articles").text
