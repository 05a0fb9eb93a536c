from __future__ import annotations

import sys

import numpy as np
import pytest
from support import make_article, make_passage

from assistant.index import packaged_embedder
from assistant.index.bert_graph import BertShape, Weights
from assistant.index.bert_runtime import BertRuntime
from assistant.index.embedder import PACKAGED_MODEL, Embedder, SentenceTransformerEmbedder, model_path
from assistant.index.packaged_embedder import RELEASED_EVERY, OpenVinoEmbedder, PackagedEmbedder, open_embedder
from assistant.types import Passage

pytestmark = pytest.mark.model

LEAST_COSINE = 0.999
TEXTS = (
    "China exported magnets in May.",
    "镓价格上涨 😀 𝄞.",
    "Naïve café prices rose, and then fell again.",
    "",
    "word " * 900,
)


def passages() -> list[Passage]:
    long = [f"In {1990 + n} the quota for terbium oxide was set at {n} tonnes." for n in range(30)]
    sentences = [("Magnets are exported.", "😀 The festival begins."), ("Prices rose.",), tuple(long)]
    return [make_passage(make_article(text=f"Lead. {' '.join(group)}"), *group) for group in sentences]


@pytest.fixture(scope="module")
def fast() -> Embedder:
    return open_embedder(PACKAGED_MODEL, threads=2)


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(PACKAGED_MODEL, threads=1)


def test_questions_and_texts_have_the_references_vectors(fast: Embedder, reference: Embedder) -> None:
    expected = reference.encode_texts(TEXTS)
    assert np.min(np.sum(fast.encode_texts(TEXTS) * expected, axis=1)) > LEAST_COSINE
    assert min(fast.encode_query(text) @ row for text, row in zip(TEXTS, expected, strict=True)) > LEAST_COSINE


def test_a_question_keeps_its_vector_whenever_word_vectors_leave_memory(fast: Embedder) -> None:
    first = fast.encode_query(TEXTS[0])
    assert all(np.array_equal(fast.encode_query(TEXTS[0]), first) for _ in range(2 * RELEASED_EVERY))


def test_passages_and_their_sentences_have_the_references_vectors(fast: Embedder, reference: Embedder) -> None:
    pairs = list(zip(fast.encode_passages(passages()), reference.encode_passages(passages()), strict=True))
    assert len(pairs) == 3
    for found, expected in pairs:
        assert found.passage @ expected.passage > LEAST_COSINE
        assert np.min(np.sum(found.sentences * expected.sentences, axis=1)) > LEAST_COSINE


def test_questions_share_the_threads_of_one_stream_and_need_no_runtime_of_passages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int | None] = []

    class Counted(BertRuntime):
        def __init__(self, weights: Weights, shape: BertShape, threads: int, streams: int | None = None) -> None:
            made.append(streams)
            super().__init__(weights, shape, threads, streams)

    monkeypatch.setattr(packaged_embedder, "BertRuntime", Counted)
    embedder = OpenVinoEmbedder(model_path(PACKAGED_MODEL), "name", threads=2)
    embedder.encode_query(TEXTS[0])
    assert made == [1]
    assert len(list(embedder.encode_passages(passages()))) == 3 and made == [1, None]


def test_both_count_the_same_tokens_and_have_one_name(fast: Embedder, reference: Embedder) -> None:
    assert fast.count_tokens(TEXTS) == reference.count_tokens(TEXTS)
    assert fast.count_tokens([]) == reference.count_tokens([]) == []
    assert fast.name == reference.name


def test_vectors_come_in_the_order_given_whatever_their_length(fast: Embedder) -> None:
    lengths = [40, 3, 90, 1, 60] * 8
    given = [make_passage(make_article(text=f"Price {'rose ' * n}in May.")) for n in lengths]
    alone = [next(fast.encode_passages([passage])).passage for passage in given[:5]]
    together = [vectors.passage for vectors in fast.encode_passages(given)]
    assert min(np.sum(np.stack(together[:5]) * np.stack(alone), axis=1)) > LEAST_COSINE
    assert fast.encode_texts([]).shape == (0, 384)


def test_the_packaged_model_runs_on_openvino(fast: Embedder) -> None:
    assert isinstance(fast, PackagedEmbedder)
    assert fast.runtime().startswith("OpenVINO")
    assert isinstance(fast._loaded, OpenVinoEmbedder)


def test_where_openvino_does_not_run_the_reference_computes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    embedder = open_embedder(PACKAGED_MODEL, threads=1)
    assert embedder.runtime().startswith("sentence-transformers, 1 threads; OpenVINO does not run here")
    assert np.linalg.norm(embedder.encode_query("x")) == pytest.approx(1.0, abs=1e-5)


def test_another_model_runs_on_sentence_transformers(fast: Embedder) -> None:
    from assistant.index.embedder import model_path

    assert isinstance(open_embedder(str(model_path(PACKAGED_MODEL)), threads=1), SentenceTransformerEmbedder)
