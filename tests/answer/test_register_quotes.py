from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.cite import Citations
from assistant.answer.register_answers import MAX_STANDING_QUOTES, RegisterTold
from assistant.answer.register_changes import ToldChange
from assistant.answer.register_quotes import (
    MAX_CHANGE_QUOTES,
    HitAt,
    QuotedRegister,
    quoted,
)
from assistant.answer.register_standings import ToldStanding
from assistant.answer.rewrite import Standalone
from assistant.measures.types import Evidence
from assistant.types import Hit, RegisterChange, RegisterStanding

TEXT = "It began in April. 😀 It was suspended in November. It ended in May."
BEGAN, SUSPENDED, ENDED = "It began in April.", "It was suspended in November.", "It ended in May."


def hit_of(article_id: str) -> Hit:
    return make_hit(make_article(article_id, TEXT), BEGAN, SUSPENDED, ENDED)


def evidence(article_id: str = "a", quote: str = BEGAN) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(article_id, quote, False, start, start + len(quote), "2025-04-04")


def standing(measure: str, *shown: Evidence) -> ToldStanding:
    told = RegisterStanding(measure, measure, "2026-01-15", "in_force", "2025-04-04", None, None, None, None, ())
    return ToldStanding(told, shown)


def change(measure: str, *shown: Evidence) -> ToldChange:
    return ToldChange(RegisterChange("2025-04-04", False, measure, measure, None, None, "in_force", ()), shown)


def anywhere(article_id: str, start: int) -> Hit | None:
    return hit_of(article_id)


def standings_of(*told: ToldStanding, hit_at: HitAt = anywhere, first: bool = True) -> QuotedRegister:
    return quoted(RegisterTold(standings=told, first=first), hit_at)


def quotes(found: QuotedRegister) -> list[tuple[str, str]]:
    return [(quote.article.id, quote.text) for _, quote in (*found.standings, *found.changes)]


def test_a_standing_is_quoted_word_for_word() -> None:
    assert quotes(standings_of(standing("one", evidence(quote=SUSPENDED)))) == [("a", SUSPENDED)]


def test_the_passage_is_asked_for_by_the_place_of_the_sentence() -> None:
    asked: list[tuple[str, int]] = []

    def hit_at(article_id: str, start: int) -> Hit | None:
        asked.append((article_id, start))
        return hit_of(article_id)

    standings_of(standing("one", evidence("b", SUSPENDED)), hit_at=hit_at)
    assert asked == [("b", TEXT.index(SUSPENDED))]


def test_the_best_evidence_is_quoted() -> None:
    assert quotes(standings_of(standing("one", evidence("a"), evidence("b")))) == [("a", BEGAN)]


def test_evidence_that_the_filters_hold_back_gives_way_to_the_next() -> None:
    found = standings_of(
        standing("one", evidence("a"), evidence("b")),
        hit_at=lambda article_id, start: None if article_id == "a" else hit_of(article_id),
    )
    assert (quotes(found), found.unquoted) == ([("b", BEGAN)], 0)


def test_a_standing_that_nothing_can_be_quoted_for_is_left_out_and_counted() -> None:
    found = standings_of(standing("one", evidence()), standing("two"), hit_at=lambda article_id, start: None)
    assert (found.standings, found.unquoted) == ((), 2)


def test_evidence_without_a_place_is_never_quoted() -> None:
    found = standings_of(standing("one", Evidence("a", BEGAN)))
    assert (found.standings, found.unquoted) == ((), 1)


def test_a_sentence_that_shows_several_things_is_quoted_for_all_of_them() -> None:
    both = evidence("both")
    found = standings_of(standing("one", evidence("a"), both), standing("two", evidence("b"), both))
    assert quotes(found) == [("both", BEGAN), ("both", BEGAN)]


def test_a_sentence_already_quoted_serves_again() -> None:
    shared = [evidence("b"), evidence("c")]
    told = [standing("one", evidence("a"), *shared), standing("two", *shared), standing("three", *reversed(shared))]
    assert [article for article, _ in quotes(standings_of(*told))] == ["b", "b", "b"]


def test_a_list_of_rules_may_have_more_quotes() -> None:
    told = tuple(standing(f"m{n}", evidence(f"a{n}")) for n in range(MAX_STANDING_QUOTES + 2))
    listed = quoted(RegisterTold(told, most_quotes=MAX_STANDING_QUOTES + 1), anywhere)
    assert (len(listed.standings), listed.unquoted) == (MAX_STANDING_QUOTES + 1, 1)


def test_one_quote_serves_a_standing_past_the_most() -> None:
    told = [standing(f"m{n}", evidence(f"a{n}")) for n in range(MAX_STANDING_QUOTES + 1)]
    again = standing("again", evidence("a0"))
    found = standings_of(*told, again)
    left_out = f"m{MAX_STANDING_QUOTES}"
    assert [one.measure for one, _ in found.standings] == [
        one.standing.measure for one in (*told, again) if one.standing.measure != left_out
    ]
    assert found.unquoted == 1


def test_never_more_quotes_of_changes_than_the_most() -> None:
    told = tuple(change(f"m{n}", evidence(f"a{n}")) for n in range(MAX_CHANGE_QUOTES + 2))
    found = quoted(RegisterTold(changes=told, first=True), anywhere)
    assert (len(found.leading), found.unquoted) == (MAX_CHANGE_QUOTES, 2)


# Where the quotes stand in an answer


def test_quotes_that_answer_lead_each_once() -> None:
    found = standings_of(standing("one", evidence()), standing("two", evidence()), standing("three", evidence("b")))
    assert [quote.article.id for quote in found.leading] == ["a", "b"]
    assert found.trailing == ()


def test_quotes_that_only_add_trail_each_once() -> None:
    found = standings_of(standing("one", evidence()), standing("two", evidence()), first=False)
    assert [quote.article.id for quote in found.trailing] == ["a"]
    assert found.leading == ()


def test_two_sentences_of_one_article_are_two_quotes() -> None:
    found = standings_of(standing("one", evidence(quote=BEGAN)), standing("two", evidence(quote=ENDED)))
    assert [quote.text for quote in found.leading] == [BEGAN, ENDED]


@pytest.mark.parametrize(("first", "count"), [(True, 2), (False, 0)])
def test_an_answer_that_rests_on_the_register_counts_what_it_does_not_show(first: bool, count: int) -> None:
    found = standings_of(
        standing("shown", evidence()), standing("refused", evidence("b")), standing("none"), first=first
    )
    citations = Citations()
    quote = found.standings[0][1]
    citations.cite(quote.hit, quote.span)
    assert found.left_out(citations) == count


def test_nothing_told_nothing_quoted() -> None:
    assert quoted(RegisterTold(), anywhere) == QuotedRegister()


# What was cited in the end


def test_a_standing_carries_the_number_of_its_quote() -> None:
    told = standing("one", evidence(quote=ENDED))
    found = standings_of(standing("other", evidence()), told)
    citations = Citations()
    for _, quote in found.standings:
        citations.cite(quote.hit, quote.span)
    (_, cited) = found.cited_standings(citations)
    assert cited == replace(told.standing, citations=(2,))


def test_a_standing_whose_quote_was_not_cited_is_not_told() -> None:
    assert standings_of(standing("one", evidence())).cited_standings(Citations()) == ()


def test_changes_carry_the_numbers_of_their_quotes_in_their_own_order() -> None:
    told = (change("one", evidence("a")), change("two", evidence("b")), change("three", evidence("c")))
    found = quoted(RegisterTold(changes=told, first=True), anywhere)
    citations = Citations()
    for _, quote in (found.changes[2], found.changes[0]):
        citations.cite(quote.hit, quote.span)
    cited = found.cited_changes(citations)
    assert [(one.measure, one.citations) for one in cited] == [("one", (2,)), ("three", (1,))]


@pytest.mark.parametrize(("certain", "before_all", "count"), [(False, False, 0), (True, False, 2), (False, True, 2)])
def test_only_an_answer_that_rests_on_the_register_leaves_something_out(
    certain: bool, before_all: bool, count: int
) -> None:
    both = standing("one", evidence()), standing("two", evidence("b"))
    found = quoted(RegisterTold(both, first=True, certain=certain, before_all=before_all), anywhere)
    assert found.left_out(Citations()) == count


@pytest.mark.parametrize(
    ("focus", "asked"),
    [
        ("Is salt to Peru taxed, and for how long?", "Is salt taxed, and for how long?"),
        ("and to Peru?", "Is salt taxed, and for how long?"),
        ("for how long?", "for how long?"),
    ],
)
def test_sentences_are_held_against_the_question_without_its_destination(focus: str, asked: str) -> None:
    question = Standalone("Is salt to Peru taxed, and for how long?", focus)
    anywhere = "Is salt taxed, and for how long?"
    assert QuotedRegister(anywhere=anywhere).asked(question) == Standalone(anywhere, asked)
    assert QuotedRegister().asked(question) == question


def test_what_a_rule_does_is_quoted_before_where_it_stands() -> None:
    told = RegisterTold(standings=(standing("one", evidence("a", SUSPENDED)),), first=True, content=(evidence("b"),))
    assert [quote.text for quote in quoted(told, anywhere).leading] == [BEGAN, SUSPENDED]
    held_back = quoted(told, lambda article_id, start: None if article_id == "b" else hit_of(article_id))
    assert [quote.text for quote in held_back.leading] == [SUSPENDED]
