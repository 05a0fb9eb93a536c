"""Proof that a removed article is gone: ``python -m evals.deletion`` prints what of it is left, file by file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np

from assistant.build import Assistant, build_assistant
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.sources import source_of
from assistant.settings import Settings
from assistant.types import Ask
from evals.synthetic_folder import rare_words, write_folder

ARTICLES = 30
VICTIM = 7
PIECE_LENGTH = 25


def main() -> None:
    """Print the traces before and after removal; exit 0 when there were some before and none is left."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(folder / "in", ARTICLES)
        assistant = build_assistant(Settings(data=folder / "data"))
        try:
            before, after = try_removal(assistant, folder / "in")
        finally:
            assistant.close()
    for label, traces in (("before", before), ("after", after)):
        print(f"{label}: " + ", ".join(f"{name} {count}" for name, count in traces.items()))
    raise SystemExit(0 if all(before.values()) and not any(after.values()) else 1)


def try_removal(assistant: Assistant, folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Ingest ``folder``, ask so that an answer quotes the article, remove it; traces before and after."""
    assistant.ingestor.ingest(source_of(str(folder), known_suffixes()))
    words, article_id = rare_words(VICTIM), f"made-{VICTIM}"
    answer = assistant.service.ask(Ask("How many tonnes for " + words[0] + "?", as_written=True))
    assistant.feedback.give(answer.id, "up", answer.citations[0].quote)
    # The question is the asker's own word; here the proof is about what the article said.
    assistant.conversations.delete(assistant.service.ask(Ask("What fell?")).conversation_id or "")
    fragments = [*words[1:], *own_pieces(assistant, article_id)]
    rows = assistant.catalog.rows("SELECT id, vector FROM passages WHERE article_id = ?", article_id)
    vectors = [row["vector"] for row in rows]
    before = traces(assistant, words, fragments, vectors)
    assistant.ingestor.remove(article_id)
    return before, traces(assistant, words, fragments, vectors)


def own_pieces(assistant: Assistant, article_id: str) -> list[str]:
    """Pieces of an article's text that no other article has: those of others rightly stay."""
    texts = {article.id: article.text for article in assistant.catalog.articles()}
    own = texts.pop(article_id)
    pieces = [own[at : at + PIECE_LENGTH] for at in range(0, len(own) - PIECE_LENGTH, PIECE_LENGTH)]
    return [piece for piece in pieces if not any(piece in text for text in texts.values())]


def traces(assistant: Assistant, words: list[str], fragments: list[str], vectors: list[bytes]) -> dict[str, int]:
    """Rare words that the full text counts, and files' pieces of text and of vectors that are found as bytes."""
    rarest = max(assistant.store.snapshot().fulltext.rarity(["neverseenword"]).values())
    rarity = assistant.store.snapshot().fulltext.rarity(words)
    files = [path.read_bytes() for path in assistant.settings.data.rglob("*") if path.is_file()]
    forms = [form for fragment in fragments for form in {fragment.encode(), json.dumps(fragment)[1:-1].encode()}]
    # The catalog keeps halves, Chroma single floats, as given and of unit length.
    halves = [np.frombuffer(vector, dtype=np.float16) for vector in vectors]
    numbers = [*vectors, *(half.astype(np.float32).tobytes()[:64] for half in halves)]
    return {
        "words in full text": sum(value < rarest for value in rarity.values()),
        "pieces of text": sum(form in file for file in files for form in forms),
        "pieces of vectors": sum(number in file for file in files for number in numbers),
    }


if __name__ == "__main__":
    main()
