from __future__ import annotations

import random

import pytest
from support import Builder, make_article

from assistant.answer.independence import independent_sources
from assistant.build import Assistant
from assistant.index.copies import Copies, bands_of
from assistant.ingest.sources import Given, upload_source
from assistant.types import Article

STORY = " ".join(f"Lot {number} of terbium oxide left the port for buyer {number * 7}." for number in range(40))
OTHER = " ".join(f"Magnet maker {number} opened a plant with {number * 3} workers." for number in range(40))


def add(assistant: Assistant, name: str, text: str, day: str) -> str:
    sent = upload_source(name, text.encode(), Given(name, f"{name} Post", day))
    (article_id,) = assistant.ingestor.ingest(sent).article_ids
    return article_id


def found(assistant: Assistant, article_id: str) -> Article:
    article = assistant.catalog.article(article_id)
    assert article is not None
    return article


def test_equal_text_of_two_publishers_is_two_articles_and_one_source(build_assistant: Builder) -> None:
    assistant = build_assistant()
    late, early = add(assistant, "late.txt", STORY, "2025-06-02"), add(assistant, "early.txt", STORY, "2025-06-01")
    articles = [found(assistant, late), found(assistant, early)]
    assert [article.copy_of for article in articles] == [early, None]
    assert independent_sources((article, "It left.") for article in articles) == 1


def test_a_near_copy_is_linked_and_another_story_is_not(build_assistant: Builder) -> None:
    assistant = build_assistant()
    original = add(assistant, "one.txt", STORY, "2025-06-01")
    near = add(assistant, "two.txt", f"{STORY} Read more of our stories here.", "2025-06-03")
    other = add(assistant, "three.txt", OTHER, "2025-06-03")
    assert [found(assistant, one).copy_of for one in (original, near, other)] == [None, original, None]


def test_a_link_counts_where_the_texts_are_no_longer_alike() -> None:
    linked = make_article("b", text=OTHER, origin="B", copy_of="a")
    told = [(make_article("a", text=STORY, origin="A"), "It left."), (linked, "It left.")]
    assert independent_sources(told) == 1


def test_a_copy_becomes_the_original_when_that_is_removed(build_assistant: Builder) -> None:
    assistant = build_assistant()
    first, second, third = (add(assistant, f"{n}.txt", STORY, f"2025-06-0{n}") for n in (1, 2, 3))
    assistant.ingestor.remove(first)
    assert [found(assistant, one).copy_of for one in (second, third)] == [None, second]


def test_a_corrected_copy_is_no_copy_any_more(build_assistant: Builder) -> None:
    assistant = build_assistant()
    add(assistant, "one.txt", STORY, "2025-06-01")
    copy = add(assistant, "two.txt", STORY, "2025-06-02")
    add(assistant, "two.txt", OTHER, "2025-06-02")
    assert found(assistant, copy).copy_of is None
    assert Copies(assistant.catalog).group(copy) == {copy}


def test_equal_texts_share_every_band_and_short_ones_have_one() -> None:
    assert list(bands_of(STORY)) == list(bands_of(STORY.upper()))
    assert len(list(bands_of("Prices rose."))) == 1


def test_articles_of_an_older_program_are_linked_at_the_next_ingest(build_assistant: Builder) -> None:
    assistant = build_assistant()
    first, second = add(assistant, "one.txt", STORY, "2025-06-01"), add(assistant, "two.txt", STORY, "2025-06-02")
    assistant.catalog.rows("DELETE FROM bands")
    assistant.catalog.rows("DELETE FROM copies")
    add(assistant, "three.txt", OTHER, "2025-06-03")
    assert found(assistant, second).copy_of == first


def test_bands_of_an_older_scheme_are_made_anew(build_assistant: Builder) -> None:
    assistant = build_assistant()
    first = add(assistant, "one.txt", STORY, "2025-06-01")
    assistant.catalog.rows("UPDATE bands SET band = 'old ' || band")
    assistant.catalog.set_manifest("bands", "1")
    second = add(assistant, "two.txt", f"{STORY} Read more of our stories here.", "2025-06-02")
    assert found(assistant, second).copy_of == first
    assert not assistant.catalog.rows("SELECT 1 FROM bands WHERE band LIKE 'old %'")


@pytest.mark.parametrize(("changed", "least", "most"), [(0.02, 0.9, 1.0), (0.5, 0.0, 0.2)])
def test_texts_share_bands_as_they_are_alike(changed: float, least: float, most: float) -> None:
    chance = random.Random(1)
    met = 0
    for number in range(60):
        words = [f"w{chance.randrange(5_000)}" for _ in range(400)]
        other = [f"x{number}" if chance.random() < changed else word for word in words]
        met += not set(bands_of(" ".join(words))).isdisjoint(bands_of(" ".join(other)))
    assert least <= met / 60 <= most
