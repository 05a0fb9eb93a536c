from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support import WordHashEmbedder

from assistant.ingest.chunk import MAX_TOKENS, TARGET_TOKENS, chunk
from assistant.types import Passage

COUNT = WordHashEmbedder().count_tokens
WORDS = st.lists(
    st.one_of(st.sampled_from(["tonnes. ", "价格上涨。", "😀 ", "\n\n", "No. 18 ", "x" * 40]), st.text(max_size=12)),
    max_size=60,
).map("".join)


def passages(text: str) -> tuple[Passage, ...]:
    return chunk("article", text, "en", COUNT)


@given(WORDS)
@settings(deadline=None)
def test_offsets_are_exact(text: str) -> None:
    for passage in passages(text):
        assert text[passage.start : passage.end] == passage.text
        assert passage.text[: len(passage.sentences[0].of(text))] == passage.sentences[0].of(text)
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (passage.start, passage.end)


@given(st.lists(st.sampled_from(["word " * 30, "镓" * 70, "ab-", ". ", "\n\n", "😀" * 90]), max_size=30).map("".join))
@settings(deadline=None)
def test_no_passage_is_longer_than_the_model_reads_and_nothing_is_lost(text: str) -> None:
    found = passages(text)
    assert all(count <= MAX_TOKENS for count in COUNT([passage.text for passage in found]))
    assert "".join("".join(passage.text.split()) for passage in found) == "".join(text.split())


def test_a_long_sentence_is_cut_at_white_space() -> None:
    text = " ".join(["dysprosium"] * 600) + "."
    found = [span.of(text) for passage in passages(text) for span in passage.sentences]
    assert len(found) > 1
    assert all(set(piece.rstrip(".").split()) == {"dysprosium"} for piece in found)


def test_a_long_sentence_without_spaces_is_cut_all_the_same() -> None:
    text = "镓" * 1000
    assert [passage.end - passage.start for passage in passages(text)] == [250, 250, 250, 250]


def test_a_passage_closes_at_a_paragraph_once_it_is_long_enough() -> None:
    paragraph = "one two three four five six seven eight nine ten. " * 17
    text = f"{paragraph.strip()}\n\n{paragraph.strip()}"
    assert TARGET_TOKENS <= COUNT([paragraph])[0] <= MAX_TOKENS
    assert [passage.text for passage in passages(text)] == [paragraph.strip(), paragraph.strip()]


def test_short_paragraphs_share_a_passage() -> None:
    assert len(passages("Prices rose.\n\nExports fell.")) == 1


def test_ids_differ_by_article_place_and_text() -> None:
    ids = {
        chunk(article, text, "en", COUNT)[0].id
        for article, text in [
            ("a", "Prices rose."),
            ("b", "Prices rose."),
            ("a", " Prices rose."),
            ("a", "Prices fell."),
        ]
    }
    assert len(ids) == 4


def test_the_same_text_gives_the_same_passages() -> None:
    assert passages("Prices rose. Exports fell.") == passages("Prices rose. Exports fell.")


def test_no_words_no_passages() -> None:
    assert passages(" \n ") == ()
