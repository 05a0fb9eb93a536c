from __future__ import annotations

from support import WordHashEmbedder

from assistant.types import Ask, Filters
from evals.indexed_corpus import TODAY, Text, article_of, index, product_over

MILL = Text("mill", "The mill of Oxley was built in 1902.", "p1", "Mills", "2025-03-01")
FERRY = Text("ferry", "The Havel ferry runs on Sundays.", "p2")


def test_an_article_keeps_what_its_text_tells() -> None:
    article = article_of(MILL)
    assert (article.id, article.title, article.publisher, article.published_on) == ("mill", "Mills", "p1", "2025-03-01")


def test_a_text_is_composed_as_the_product_composes_it() -> None:
    assert article_of(Text("e", " Cafe\u0301 . ", "p")).text == "Caf\u00e9 ."


def test_the_product_knows_exactly_the_texts() -> None:
    with product_over([MILL, FERRY], WordHashEmbedder(), "sample") as assistant:
        assert {article.id for article in assistant.catalog.articles()} == {"mill", "ferry"}
        assert assistant.service.ask(Ask("When was the mill built?", remember=False)).as_of == TODAY.isoformat()
        hits = assistant.service.search("When was the mill of Oxley built?", Filters(), 1)
        assert [hit.article.id for hit in hits] == ["mill"]


def test_the_folder_goes_away() -> None:
    with product_over([MILL], WordHashEmbedder(), "sample") as assistant:
        folder = assistant.settings.data
        assert folder.is_dir()
    assert not folder.exists()


def test_a_text_that_is_there_is_not_embedded_again() -> None:
    embedder = WordHashEmbedder()
    with product_over([MILL], embedder, "sample") as assistant:
        assert index([MILL, FERRY], assistant.store, embedder, "sample") == 1
    assert embedder.encoded == [MILL.text, FERRY.text]
