from __future__ import annotations

import json

from support import make_article, make_hit

from assistant.types import Notice, Period, Sentence
from assistant.wire import article_summary, hit_to_wire, to_wire


def test_tuples_become_lists_and_absent_is_null() -> None:
    assert to_wire(Sentence("It rose.", (1, 2), None)) == {"text": "It rose.", "citations": [1, 2], "verdict": None}


def test_a_name_that_dodges_a_keyword_loses_its_underscore() -> None:
    assert to_wire(Period("2025-04", "2025-10")) == {"from": "2025-04", "until": "2025-10"}


def test_mappings_are_kept() -> None:
    assert to_wire(Notice("code", "text", {"days": 3}))["params"] == {"days": 3}


def test_an_article_summary_has_everything_but_the_text() -> None:
    article = make_article()
    assert set(to_wire(article)) - set(article_summary(article)) == {"text"}


def test_a_hit_has_the_fields_of_the_contract() -> None:
    told = hit_to_wire(make_hit(make_article()))
    assert set(told) == {"passage", "article", "score", "found_by"}
    assert set(told["passage"]) == {"id", "article_id", "start", "end", "text"}
    assert told["found_by"] == ["dense"]


def test_what_goes_over_the_wire_is_json() -> None:
    told = hit_to_wire(make_hit(make_article(text="镓 😀.")))
    assert json.loads(json.dumps(told)) == told
