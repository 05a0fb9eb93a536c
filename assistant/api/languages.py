"""The languages of the pages: which one a request asks for, and what the pages say in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from markupsafe import Markup, escape

LANGUAGES = ("en", "zh")
PARAMETER = COOKIE = "lang"
_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8})[a-z0-9-]*\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?)\s*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wordbook:
    """What the pages say in one language, by section and name; a count has its plurals by category of the CLDR."""

    language: str
    sections: Mapping[str, Mapping[str, str | Mapping[str, str]]]

    def say(self, key: str, **values: str) -> Markup:
        """The words of ``section.name``, escaped, with ``values`` in their places.

        Raises:
            KeyError: there are no such words, or a place has no value.
        """
        section, _, name = key.partition(".")
        wording = self.sections[section][name]
        return escape(wording if isinstance(wording, str) else wording["other"]).format(**values)


def read_wordbooks(folder: Path) -> dict[str, Wordbook]:
    """The wordbook of each of ``LANGUAGES``, from ``LANGUAGE.json`` in ``folder``."""
    return {
        language: Wordbook(language, json.loads((folder / f"{language}.json").read_text(encoding="utf-8")))
        for language in LANGUAGES
    }


def chosen_language(request: Request) -> str | None:
    """The language that the address asks for; None where it names none that there is."""
    asked = request.query_params.get(PARAMETER)
    return asked if asked in LANGUAGES else None


def language_of(request: Request) -> str:
    """The language to answer a request in: of the address, else the one chosen before, else the browser's."""
    kept = request.cookies.get(COOKIE)
    return chosen_language(request) or (kept if kept in LANGUAGES else _preferred(request))


def _preferred(request: Request) -> str:
    """The most wanted of ``LANGUAGES`` in Accept-Language (RFC 9110, 12.5.4), the first of them where it names none."""
    weighted: dict[str, float] = {}
    for part in request.headers.get("Accept-Language", "").split(","):
        if match := _RANGE.fullmatch(part):
            language = match["tag"].lower()
            weighted[language] = max(weighted.get(language, 0.0), float(match["weight"] or 1))
    # The sort is stable: of equal weights the one named first wins.
    wanted = sorted((one for one in weighted if one in LANGUAGES and weighted[one] > 0), key=lambda one: -weighted[one])
    return wanted[0] if wanted else LANGUAGES[0]
