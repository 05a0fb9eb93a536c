from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import make_article, new_article, vector_of

from assistant.dates import first_day, last_day
from assistant.errors import IndexMismatchError
from assistant.index.catalog import Catalog, effective_day
from assistant.types import Article, Filters, Place


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(tmp_path / "catalog.sqlite3")
    yield catalog
    catalog.close()


def put(catalog: Catalog, *articles: Article) -> None:
    with catalog.change():
        for article in articles:
            catalog.put(new_article(article))


def allowed_articles(catalog: Catalog, **filters: Any) -> set[str]:
    allowed = catalog.allowed(Filters(**filters))
    ids = catalog.passage_ids() if allowed is None else allowed
    return {found.article.id for found in catalog.load(sorted(ids)).values()}


def test_an_article_comes_back_as_it_was_written(catalog: Catalog) -> None:
    article = make_article(author="A. Writer", url="https://example.org", text="镓 rose 😀. It fell.")
    put(catalog, article)
    assert catalog.article("a") == article


def test_a_passage_comes_back_with_its_sentences_and_vectors(catalog: Catalog) -> None:
    new = new_article(make_article(text="😀 Prices rose. Exports fell."))
    with catalog.change():
        catalog.put(new)
    (found,) = catalog.load([new.passages[0].id, "gone"]).values()
    assert found.passage == new.passages[0]
    assert found.article.text[found.passage.start : found.passage.end] == found.passage.text
    np.testing.assert_allclose(found.vector, vector_of(found.passage.text), atol=1e-3)
    np.testing.assert_allclose(found.sentence_vectors[1], vector_of("Exports fell."), atol=1e-3)


def test_vectors_come_in_the_order_asked(catalog: Catalog) -> None:
    put(catalog, make_article("a", "Prices rose."), make_article("b", "Exports fell."))
    ids = sorted(catalog.passage_ids(), reverse=True)
    texts = {passage.id: passage.text for passage in catalog.indexed_passages()}
    expected = np.stack([vector_of(texts[passage_id]) for passage_id in ids])
    np.testing.assert_allclose(catalog.vectors(ids), expected, atol=1e-3)


def test_more_ids_than_one_query_takes_are_loaded(catalog: Catalog) -> None:
    put(catalog, make_article())
    (known,) = catalog.passage_ids()
    assert set(catalog.load([*(f"gone-{n}" for n in range(40_000)), known])) == {known}


def test_every_committed_change_moves_the_generation_on_by_one(catalog: Catalog) -> None:
    put(catalog, make_article("a"), make_article("b"))
    assert catalog.generation() == 1
    put(catalog, make_article("c"))
    assert catalog.generation() == 2


def test_a_change_that_raises_leaves_nothing(catalog: Catalog) -> None:
    with pytest.raises(ZeroDivisionError), catalog.change():
        catalog.put(new_article(make_article()))
        raise ZeroDivisionError
    assert (catalog.generation(), catalog.counts(), catalog.article("a")) == (0, (0, 0), None)


def test_writing_an_article_again_replaces_its_passages(catalog: Catalog) -> None:
    put(catalog, make_article(text="Prices rose."))
    put(catalog, make_article(text="Prices fell."))
    assert [passage.text for passage in catalog.indexed_passages()] == ["Prices fell."]


def test_deleting_takes_passages_and_sentences_along(catalog: Catalog) -> None:
    put(catalog, make_article())
    with catalog.change():
        assert catalog.delete("a", tombstone=False)
        assert not catalog.delete("a", tombstone=False)
    assert catalog.counts() == (0, 0)
    assert catalog.rows("SELECT * FROM sentences") == []
    assert not catalog.is_removed("a")


def test_a_tombstone_remembers_id_and_name(catalog: Catalog) -> None:
    put(catalog, make_article())
    with catalog.change():
        catalog.delete("a", tombstone=True)
    assert catalog.is_removed("a")
    assert "a.md" in catalog.removed_names("source")
    assert "a.md" not in catalog.removed_names("other")
    catalog.forget_tombstone("a")
    assert not catalog.is_removed("a")


def test_describing_changes_metadata_and_no_passage(catalog: Catalog) -> None:
    put(catalog, make_article())
    before = catalog.passage_ids()
    with catalog.change():
        catalog.describe(make_article(title="Other", published_on="2024"), "source", "a.md", "new hash")
    article = catalog.article("a")
    assert article is not None
    assert (article.title, catalog.passage_ids()) == ("Other", before)
    assert catalog.known_sources("source")["a.md"].raw_hash == "new hash"
    assert allowed_articles(catalog, until="2024-12-30") == set()
    assert allowed_articles(catalog, until="2024") == {"a"}


@pytest.mark.parametrize(
    ("published_on", "day"),
    [("2025-06-12", "2025-06-12"), ("2025-06", "2025-06-30"), ("2024", "2024-12-31"), (None, "2025-12-20")],
)
def test_an_article_counts_as_its_last_day_and_undated_as_retrieved(published_on: str | None, day: str) -> None:
    assert effective_day(make_article(published_on=published_on)) == day


@pytest.mark.parametrize(("published_on", "day"), [("2025-06", "2025-06-30"), ("2025", "2025-12-20")])
def test_an_inferred_date_counts_no_later_than_the_day_of_retrieval(published_on: str, day: str) -> None:
    assert effective_day(make_article(published_on=published_on, published_inferred=True)) == day


@pytest.fixture
def dated(catalog: Catalog) -> Catalog:
    put(
        catalog,
        make_article("day", published_on="2025-06-12", publisher="Harbour Wire"),
        make_article("month", published_on="2025-06", publisher="Canal Post"),
        make_article("year", published_on="2025"),
        make_article("undated", published_on=None, retrieved_on="2025-08-01"),
    )
    return catalog


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        ({"as_of": "2025-06-11"}, set()),
        ({"as_of": "2025-06-12"}, {"day"}),
        ({"as_of": "2025-06-29"}, {"day"}),
        ({"as_of": "2025-06"}, {"day", "month"}),
        ({"as_of": "2025-07-31"}, {"day", "month"}),
        ({"as_of": "2025-08-01"}, {"day", "month", "undated"}),
        ({"as_of": "2025"}, {"day", "month", "year", "undated"}),
        ({"until": "2025-06"}, {"day", "month"}),
        ({"since": "2025-06"}, {"day", "month", "year", "undated"}),
        ({"since": "2025-07"}, {"year", "undated"}),
        ({"since": "2025-06-13", "until": "2025-08"}, {"month", "undated"}),
        ({"as_of": "2025-06", "until": "2025"}, {"day", "month"}),
        ({"publishers": ("harbour wire",)}, {"day"}),
        ({"publishers": ("Harbour Wire", "Canal Post")}, {"day", "month"}),
        ({"publishers": ("' OR 1=1 --",)}, set()),
        ({}, {"day", "month", "year", "undated"}),
    ],
)
def test_filters_let_through_what_their_dates_say(dated: Catalog, filters: dict[str, Any], articles: set[str]) -> None:
    assert allowed_articles(dated, **filters) == articles


def test_filters_that_let_all_through_are_none(dated: Catalog) -> None:
    assert dated.allowed(Filters(as_of="2025")) is None
    assert dated.allowed(Filters(as_of="2025-12-30")) is not None


PARTIAL = st.dates(min_value=first_day("2023"), max_value=last_day("2025")).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@given(published=st.lists(PARTIAL, min_size=1, max_size=5), as_of=PARTIAL)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_published_after_as_of_is_let_through(catalog: Catalog, published: list[str], as_of: str) -> None:
    with catalog.change():
        for article in catalog.articles():
            catalog.delete(article.id, tombstone=False)
    put(catalog, *(make_article(f"a{n}", published_on=day) for n, day in enumerate(published)))
    expected = {f"a{n}" for n, day in enumerate(published) if last_day(day) <= last_day(as_of)}
    assert allowed_articles(catalog, as_of=as_of) == expected


@pytest.mark.parametrize(
    "left_out",
    [
        {"published_on": "2025-12-01", "published_inferred": True},
        {"published_on": "2025-12-01", "kind": "note"},
        {"published_on": "2026-01-01"},
        {"published_on": "2026"},
        {"published_on": None, "retrieved_on": "2025-12-30"},
    ],
)
def test_current_to_leaves_out_inferred_notes_later_and_undated(catalog: Catalog, left_out: dict[str, Any]) -> None:
    put(catalog, make_article("a", published_on="2025-11-10"), make_article("b", **left_out))
    assert catalog.current_to("2025-12-31") == "2025-11-10"


def test_current_to_prefers_the_exact_day(catalog: Catalog) -> None:
    put(catalog, make_article("a", published_on="2025-06"), make_article("b", published_on="2025-06-30"))
    assert catalog.current_to("2025-12-31") == "2025-06-30"


def test_an_empty_catalog_is_current_to_nothing(catalog: Catalog) -> None:
    assert catalog.current_to("2025-12-31") is None


def test_articles_come_in_pages_by_id(catalog: Catalog) -> None:
    put(catalog, *(make_article(name) for name in "cab"))
    assert [article.id for article in catalog.articles(limit=2)] == ["a", "b"]
    assert [article.id for article in catalog.articles(after="b")] == ["c"]


def test_equal_corpora_have_equal_digests(catalog: Catalog, tmp_path: Path) -> None:
    other = Catalog(tmp_path / "other.sqlite3")
    put(catalog, make_article("a"), make_article("b"))
    put(other, make_article("b"))
    assert catalog.digest() != other.digest()
    put(other, make_article("a"))
    assert catalog.digest() == other.digest()
    other.close()


def test_another_format_is_refused_with_the_mending_command(tmp_path: Path) -> None:
    Catalog(tmp_path / "c").close()
    with sqlite3.connect(tmp_path / "c") as connection:
        connection.execute("UPDATE manifest SET value = '0' WHERE key = 'format'")
    connection.close()
    with pytest.raises(IndexMismatchError, match="doctor --repair"):
        Catalog(tmp_path / "c")


def test_a_sound_catalog_has_no_damage(dated: Catalog) -> None:
    assert dated.damage() == ()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("DELETE FROM passages WHERE article_id = 'day'", "1 articles without passages"),
        ("UPDATE passages SET end = 9999 WHERE article_id = 'day'", "1 passages outside their text"),
        ("DELETE FROM sentences WHERE passage_id IN (SELECT id FROM passages WHERE article_id = 'day')",
         "1 passages without sentences"),
    ],
)  # fmt: skip
def test_damage_is_told(dated: Catalog, harm: str, told: str) -> None:
    dated.rows(harm)
    assert dated.damage() == (told,)


def test_nul_in_a_text_is_no_damage(catalog: Catalog) -> None:
    put(catalog, make_article(text="Prices rose.\x00 Exports fell."))
    assert catalog.damage() == ()


def test_text_that_looks_like_sql_is_only_text(catalog: Catalog) -> None:
    hostile = "'); DROP TABLE articles; --"
    put(catalog, make_article(hostile, text=hostile, title=hostile))
    article = catalog.article(hostile)
    assert article is not None
    assert article.title == hostile


def test_a_place_is_held_by_the_passage_around_it(catalog: Catalog) -> None:
    text = " ".join(f"Sentence {n} of many says that prices of terbium and gallium rose again." for n in range(60))
    new = new_article(make_article(text=text))
    with catalog.change():
        catalog.put(new)
    assert len(new.passages) > 1
    for passage in new.passages:
        found = [catalog.passage_at("a", at) for at in (passage.start, passage.end - 1)]
        assert found == [passage.id, passage.id]


@pytest.mark.parametrize(("article_id", "start"), [("a", 11), ("a", 12), ("a", 13), ("a", -1), ("b", 0)])
def test_a_place_outside_every_passage_is_held_by_none(catalog: Catalog, article_id: str, start: int) -> None:
    put(catalog, make_article(text="Prices rose."))
    held = catalog.passage_at(article_id, start)
    assert (held is None) is (article_id == "b" or not 0 <= start < 12)


def test_places_tell_where_passages_stand_and_what_they_say(catalog: Catalog) -> None:
    new = new_article(make_article(text="😀 Prices of 镓 rose. Exports fell.", published_on="2025-06"))
    with catalog.change():
        catalog.put(new)
    (passage,) = new.passages
    assert catalog.places([passage.id, "gone"], Filters()) == {
        passage.id: Place(passage.id, "a", passage.start, passage.end, "2025-06")
    }


def test_places_that_the_filters_hold_back_are_left_out(dated: Catalog) -> None:
    places = dated.places(sorted(dated.passage_ids()), Filters(as_of="2025-06-12"))
    assert [place.article_id for place in places.values()] == ["day"]


def test_places_of_more_ids_than_one_query_takes_are_found(catalog: Catalog) -> None:
    put(catalog, make_article())
    (known,) = catalog.passage_ids()
    assert set(catalog.places([*(f"gone-{n}" for n in range(40_000)), known], Filters(as_of="2025-12"))) == {known}
