from __future__ import annotations

from support import make_article

from assistant.answer.independence import independent_sources, likeness, source_of

STORY = " ".join(f"word{n}" for n in range(60))


def test_likeness_is_the_jaccard_of_five_word_shingles() -> None:
    # Six words have the shingles 1-5 and 2-6; with the last word changed, one of three is shared.
    assert likeness("one two three four five six", "One two three four five, seven") == 1 / 3


def test_texts_too_short_for_a_shingle_are_unlike() -> None:
    assert likeness("one two", "one two") == 0.0


def test_ten_copies_of_one_wire_story_are_one_source() -> None:
    copies = [make_article(f"a{n}", STORY, origin="Reuters", publisher=f"Paper {n}") for n in range(10)]
    assert independent_sources((copy, STORY) for copy in copies) == 1


def test_near_copies_are_one_source_under_any_origin() -> None:
    copy = make_article("b", STORY + " end", origin="Paper B")
    assert independent_sources([(make_article("a", STORY, origin="Paper A"), "x"), (copy, "x")]) == 1


def test_different_texts_of_different_origins_are_independent() -> None:
    other = make_article("b", "Another text of the same event in other words.", origin="Paper B")
    assert independent_sources([(make_article("a", STORY, origin="Paper A"), "x"), (other, "x")]) == 2


def test_a_note_of_ours_is_no_source() -> None:
    assert independent_sources([(make_article("note", kind="note"), "x")]) == 0


def test_a_sentence_speaks_for_the_source_it_names() -> None:
    article = make_article(origin="Asia City News")
    assert source_of(article, "Sales were 5 tonnes, Reuters reported on 20 August 2025.") == "reuters"
    assert source_of(article, "Reuters, on 20 August 2025, counted 5 tonnes.") == "reuters"
    assert source_of(article, "Sales were 5 tonnes, according to the law firm Thompson Hine.") == "thompson hine"
    assert source_of(article, "The Hill wrote of 5 tonnes.") == "hill"
    assert source_of(article, "Sales were 5 tonnes.") == "asia city news"
