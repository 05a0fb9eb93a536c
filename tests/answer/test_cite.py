from __future__ import annotations

from support import make_article, make_hit

from assistant.answer.cite import Citations, nearest
from assistant.types import Span

ARTICLE = make_article(text="😀 Prices rose. Exports fell.", url="https://example.org", published_inferred=True)
HIT = make_hit(ARTICLE)


def test_a_quote_is_exact() -> None:
    citation = Citations().cite(HIT, Span(2, 14))
    assert citation.quote == ARTICLE.text[citation.start : citation.end] == "Prices rose."


def test_a_citation_tells_what_is_known_of_its_article() -> None:
    citation = Citations().cite(HIT, Span(2, 14))
    told = ("title", "publisher", "published_on", "published_inferred", "reliability", "url", "kind", "source_kind")
    assert [getattr(citation, name) for name in told] == [getattr(ARTICLE, name) for name in told]
    assert (citation.article_id, citation.passage_id) == ("a", HIT.passage.id)


def test_numbers_count_from_one_by_first_use() -> None:
    citations = Citations()
    spans = [Span(15, 28), Span(2, 14), Span(15, 28)]
    assert [citations.cite(HIT, span).n for span in spans] == [1, 2, 1]
    assert [citation.quote for citation in citations.all()] == ["Exports fell.", "Prices rose."]


def test_the_same_place_in_another_article_is_another_citation() -> None:
    citations = Citations()
    other = make_hit(make_article("b", ARTICLE.text))
    assert [citations.cite(hit, Span(2, 14)).n for hit in (HIT, other)] == [1, 2]


def test_the_nearest_are_whole_passages_at_most_the_limit() -> None:
    hits = [make_hit(make_article(name)) for name in "abcd"]
    found = nearest(hits, 3)
    assert [(citation.n, citation.article_id) for citation in found] == [(1, "a"), (2, "b"), (3, "c")]
    assert found[0].quote == hits[0].passage.text
