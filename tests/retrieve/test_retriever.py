from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import Builder, make_article, new_article

from assistant.build import Assistant
from assistant.dates import last_day
from assistant.index.catalog import effective_day
from assistant.index.store import Snapshot
from assistant.retrieve import retriever as module
from assistant.retrieve.retriever import Findings, Retriever
from assistant.types import Filters, Hit, Period


def retriever_of(assistant: Assistant, candidates: int = 50) -> Retriever:
    return Retriever(assistant.store, assistant.embedder, assistant.store._analyzer, candidates)


def articles(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.article.id for hit in hits]


def test_the_best_hit_comes_first_and_says_who_found_it(library: Assistant) -> None:
    hits = retriever_of(library).search("optical scanners at Bayan Obo", Filters(), 3)
    assert articles(hits)[0] == "mine-visit"
    assert hits[0].found_by == ("dense", "full_text")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_is_an_exact_stretch_of_its_article(library: Assistant) -> None:
    for hit in retriever_of(library).search("gallium germanium price", Filters(), 10):
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_no_more_than_asked(library: Assistant) -> None:
    assert len(retriever_of(library).search("magnets", Filters(), 2)) == 2


def test_the_same_question_finds_the_same(library: Assistant) -> None:
    first, second = (retriever_of(library).search("magnets in May", Filters(), 10) for _ in range(2))
    assert first == second


def test_sentence_similarities_stand_beside_their_sentences(library: Assistant) -> None:
    findings = retriever_of(library).gather("optical scanners", Filters(publishers=("Quarry Letters",)), 2)
    (evidence,) = [found for found in findings.evidence if found.hit.article.id == "mine-visit"]
    assert len(evidence.sentence_similarities) == len(evidence.hit.passage.sentences) == 2
    assert evidence.sentence_similarities[0] > evidence.sentence_similarities[1]
    assert set(findings.rarity) == {"optic", "scanner"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(as_of="2025-06-20"), {"april-rule", "magnets-may"}),
        (Filters(as_of="2025-06"), {"april-rule", "magnets-may", "magnets-may-copy"}),
        (Filters(since="2025-11", until="2025-11"), {"suspension"}),
        (Filters(until="2025-08-30", since="2025-07"), set()),
        (Filters(until="2025-08", since="2025-07"), {"gallium-prices"}),
        (Filters(publishers=("quarry letters",)), {"mine-visit", "inferred-day"}),
        (Filters(publishers=("Nobody",)), set()),
        (Filters(as_of="2025-12-19", publishers=("Quarry Letters",)), set()),
        (Filters(as_of="2025-12-20", publishers=("Quarry Letters",)), {"mine-visit"}),
    ],
)
def test_only_what_the_filters_let_through_is_found(library: Assistant, filters: Filters, expected: set[str]) -> None:
    assert set(articles(retriever_of(library).search("China magnets licence gallium ore", filters, 20))) == expected


@given(st.dates(min_value=last_day("2024"), max_value=last_day("2026")))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_published_after_as_of_is_ever_found(library: Assistant, day: Any) -> None:
    hits = retriever_of(library).search("China magnets licence", Filters(as_of=day.isoformat()), 20)
    assert all(effective_day(hit.article) <= day.isoformat() for hit in hits)


def widen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the index for what filters let through, as of a corpus that is too large for exact search."""
    monkeypatch.setattr(module, "ExactVectors", ())
    monkeypatch.setattr(module, "EXACT_SEARCH_LIMIT", 0)


def test_the_index_is_asked_for_more_until_enough_is_allowed(
    library: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    widen(monkeypatch)
    hits = retriever_of(library, candidates=1).search("China magnets tonnes", Filters(as_of="2025-04-04"), 1)
    assert articles(hits) == ["april-rule"]


def test_searching_exactly_finds_what_the_index_finds(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    filters = Filters(as_of="2025-12-31")
    in_memory = retriever_of(library).search("magnets", filters, 10)
    monkeypatch.setattr(module, "ExactVectors", ())
    exact = retriever_of(library).search("magnets", filters, 10)
    widen(monkeypatch)
    assert articles(in_memory) == articles(exact)
    assert articles(retriever_of(library).search("magnets", filters, 10)) == articles(exact)


@pytest.mark.parametrize(
    "question",
    [
        "what is it that they have", "magnets " * 500, '"magnets', "AND NOT *", "😀👩‍🔬", "\x00", "*", "/.*/",
        "'; DROP TABLE passages; --", "镓", "\u202emagnets", "a" * 4_000,
    ],
)  # fmt: skip
def test_any_text_is_a_query(library: Assistant, question: str) -> None:
    assert len(retriever_of(library).search(question, Filters(), 10)) == 10


def test_a_hit_that_the_catalog_no_longer_holds_is_dropped_and_counted(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = assistant.store.snapshot()
    with assistant.catalog.change():
        assistant.catalog.delete("mine-visit", tombstone=False)
    monkeypatch.setattr(assistant.store, "search", lambda look: look(snapshot))
    findings = retriever_of(assistant).gather("Bayan Obo", Filters(), 10)
    assert findings.dropped == 1
    assert "mine-visit" not in [evidence.hit.article.id for evidence in findings.evidence]


def test_an_article_that_comes_in_meanwhile_is_filtered_too(
    build_assistant: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    with assistant.store.writing(), assistant.catalog.change():
        assistant.catalog.put(new_article(make_article("old", "Terbium rose.", published_on="2025-01-01")))
    search = assistant.store.search

    def search_after_an_ingest(look: Callable[[Snapshot], Any]) -> Any:
        with assistant.store.writing(), assistant.catalog.change():
            assistant.catalog.put(new_article(make_article("new", "Terbium fell.", published_on="2025-12-01")))
        return search(look)

    monkeypatch.setattr(assistant.store, "search", search_after_an_ingest)
    assert articles(retriever_of(assistant).search("Terbium", Filters(as_of="2025-06"), 5)) == ["old"]


def test_an_empty_index_finds_nothing(build_assistant: Builder) -> None:
    findings = retriever_of(build_assistant()).gather("magnets", Filters(as_of="2025"), 5)
    assert (findings.evidence, findings.dropped) == ((), 0)


# The passage at a place


def test_the_passage_at_a_place_holds_it(library: Assistant) -> None:
    article = library.catalog.article("mine-visit")
    assert article is not None
    start = article.text.index("Night shifts")
    hit = retriever_of(library).at("mine-visit", start, Filters())
    assert hit is not None
    assert hit.article == article
    assert hit.passage.start <= start < hit.passage.end


@pytest.mark.parametrize(("article_id", "start"), [("nobody", 0), ("mine-visit", 100_000)])
def test_where_there_is_no_passage_there_is_no_hit(library: Assistant, article_id: str, start: int) -> None:
    assert retriever_of(library).at(article_id, start, Filters()) is None


@pytest.mark.parametrize(
    ("filters", "let_through"),
    [
        (Filters(as_of="2025-11-10"), True),
        (Filters(as_of="2025-11-09"), False),
        (Filters(publishers=("harbour wire",)), True),
        (Filters(publishers=("Nobody",)), False),
        (Filters(since="2025-11-11"), False),
        (Filters(until="2025-10"), False),
    ],
)
def test_the_passage_at_a_place_has_to_pass_the_filters(
    library: Assistant, filters: Filters, let_through: bool
) -> None:
    assert (retriever_of(library).at("suspension", 0, filters) is not None) is let_through


# The time asked about


def gathered(
    assistant: Assistant, question: str, limit: int, period: Period | None = None, also: tuple[str, ...] = ()
) -> Findings:
    return retriever_of(assistant).gather(question, Filters(as_of="2026-06"), limit, period, also)


MAGNETS = "China exported tonnes of rare earth magnets"


def found_in(findings: Findings) -> list[str]:
    return [evidence.hit.article.id for evidence in findings.evidence]


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period("2025-05", "2025-05"), {"magnets-may", "magnets-may-copy"}),
        (Period("2026-02", "2026-02"), {"later-report"}),
        (Period("2025-08", "2025-08"), {"gallium-prices"}),
        (Period("2026-01-05", "2026-01-09"), {"inferred-day"}),
    ],
)
def test_passages_that_tell_of_the_period_come_first(library: Assistant, period: Period, first: set[str]) -> None:
    assert set(found_in(gathered(library, MAGNETS, 10, period))[: len(first)]) == first


def test_a_passage_published_in_the_period_that_tells_of_another_time_is_not_raised(library: Assistant) -> None:
    period = Period("2025-06-20", "2025-06-21")
    question = "gallium and germanium in Rotterdam"
    assert found_in(gathered(library, question, 10, period)) == found_in(gathered(library, question, 10))


def test_a_period_removes_nothing(library: Assistant) -> None:
    found = gathered(library, MAGNETS, 20, Period("2025-08", "2025-08"))
    assert sorted(found_in(found)) == sorted(found_in(gathered(library, MAGNETS, 20)))
    assert found.dropped == 0


def test_the_best_of_the_searches_stay_when_others_are_raised_above_them(library: Assistant) -> None:
    best = found_in(gathered(library, MAGNETS, 1))
    raised = found_in(gathered(library, MAGNETS, 1, Period("2025-08", "2025-08")))
    assert raised == ["gallium-prices", *best]


def test_a_search_gives_no_more_hits_than_were_asked_for(library: Assistant) -> None:
    assert len(gathered(library, MAGNETS, 1).evidence) == 1


# Passages that are eligible in any case


def id_at(assistant: Assistant, article_id: str) -> str:
    passage_id = assistant.catalog.passage_at(article_id, 0)
    assert passage_id is not None
    return passage_id


def test_a_passage_asked_for_comes_on_top_of_the_most(library: Assistant) -> None:
    before = found_in(gathered(library, MAGNETS, 2))
    assert "mine-visit" not in before
    assert found_in(gathered(library, MAGNETS, 2, also=(id_at(library, "mine-visit"),))) == [*before, "mine-visit"]


def test_a_passage_asked_for_that_was_found_keeps_its_place(library: Assistant) -> None:
    plain = gathered(library, MAGNETS, 2)
    also = tuple(evidence.hit.passage.id for evidence in reversed(plain.evidence))
    assert gathered(library, MAGNETS, 2, also=also) == plain


def test_a_passage_asked_for_has_to_pass_the_filters(library: Assistant) -> None:
    also = (id_at(library, "later-report"), "gone")
    findings = retriever_of(library).gather("Bayan Obo", Filters(as_of="2026-01"), 1, also=also)
    assert found_in(findings) == ["mine-visit"]


def test_a_passage_asked_for_is_not_counted_as_dropped(library: Assistant) -> None:
    assert gathered(library, MAGNETS, 2, also=("gone",)).dropped == 0


# The ranking


def test_the_ranking_goes_on_after_the_evidence(library: Assistant) -> None:
    findings = gathered(library, MAGNETS, 2)
    assert [place.article_id for place in findings.ranking[:2]] == found_in(findings)
    assert len(findings.ranking) == 10


def test_the_ranking_is_raised_by_the_period_too(library: Assistant) -> None:
    findings = gathered(library, MAGNETS, 1, Period("2026-02", "2026-02"))
    assert findings.ranking[0].article_id == "later-report"


def test_what_was_asked_for_and_not_found_is_not_ranked(library: Assistant) -> None:
    retriever = retriever_of(library, candidates=1)
    also = (id_at(library, "mine-visit"),)
    findings = retriever.gather("magnets of China tonnes exported", Filters(as_of="2026-06"), 1, also=also)
    assert "mine-visit" in found_in(findings)
    assert "mine-visit" not in [place.article_id for place in findings.ranking]


def test_a_place_in_the_ranking_tells_where_its_passage_stands(library: Assistant) -> None:
    place = gathered(library, "optical scanners at Bayan Obo", 1).ranking[0]
    article = library.catalog.article("mine-visit")
    assert article is not None
    said = article.text[place.start : place.end]
    assert library.catalog.passage_texts([place.passage_id, "gone"]) == {place.passage_id: said}
    assert (place.article_id, place.published_on) == ("mine-visit", None) and "scanners" in said


def test_a_filter_is_worked_out_anew_when_the_corpus_has_changed(assistant: Assistant) -> None:
    retriever, only = retriever_of(assistant), Filters(publishers=("Late Letters",))
    assert retriever.search("optical scanners", only, 5) == ()
    with assistant.store.writing(), assistant.catalog.change():
        assistant.catalog.put(new_article(make_article("late", "Optical scanners arrived.", publisher="Late Letters")))
    assert articles(retriever.search("optical scanners", only, 5)) == ["late"]


def test_a_passage_with_a_term_hardly_any_other_has_is_evidence_however_well_others_fit(assistant: Assistant) -> None:
    with assistant.store.writing(), assistant.catalog.change():
        for number in range(120):
            text = f"Magnets were exported under licence number {number}. Exports of magnets rose."
            assistant.catalog.put(new_article(make_article(f"many-{number}", text)))
        aside = "Weather was fine that day. " * 9 + "Quillon spoke once."
        assistant.catalog.put(new_article(make_article("aside", aside)))
    asked = "What did Quillon say about exports of magnets under licence?"
    findings = retriever_of(assistant).gather(asked, Filters(), 5)
    assert len(findings.evidence) == 6 and found_in(findings)[-1] == "aside"
    assert len(retriever_of(assistant).search(asked, Filters(), 5)) == 5
    assert "aside" not in found_in(retriever_of(assistant).gather(asked.replace("Quillon", "they"), Filters(), 5))
    assert "aside" not in found_in(retriever_of(assistant).gather(asked, Filters(publishers=("Nobody",)), 5))


def test_of_passages_with_a_rare_term_the_best_that_the_filters_let_through_are_evidence(assistant: Assistant) -> None:
    with assistant.store.writing(), assistant.catalog.change():
        for number in range(200):
            text = f"Magnets were exported under licence number {number}. Exports of magnets rose."
            assistant.catalog.put(new_article(make_article(f"many-{number}", text)))
        for number in range(4):
            aside = "Weather was fine that day. " * (5 + number) + "Quillon spoke once."
            assistant.catalog.put(new_article(make_article(f"aside-{number}", aside, publisher=f"Paper {number}")))
    asked = "What did Quillon say about exports of magnets under licence?"
    found = [one for one in found_in(retriever_of(assistant).gather(asked, Filters(), 5)) if one.startswith("aside")]
    assert found == ["aside-0", "aside-1"]
    only = Filters(publishers=("Publisher", "Paper 3"))
    assert "aside-3" in found_in(retriever_of(assistant).gather(asked, only, 5))
