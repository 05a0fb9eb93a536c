from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.clapnq import ANSWERABLE, UNANSWERABLE
from evals.train.gathered import pooled_questions

BRIDGE = ("The bridge over the Tay was opened in 1878.", "It fell in a storm in December 1879.")
FERRY = ("The ferry over the Tay was closed in 1966.", "A new road bridge was opened in that year.")


def row(name: str, question: str, sentences: tuple[str, ...], gold: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": name,
        "input": question,
        "passages": [{"title": f"The {name}", "text": " ".join(sentences), "sentences": list(sentences)}],
        "output": [{"selected_sentences": list(gold)}],
    }


def test_pooled_questions_find_sentences_in_the_passages_of_others_too(tmp_path: Path) -> None:
    answerable = row("bridge", "When was the bridge over the Tay opened?", BRIDGE, BRIDGE[:1])
    unanswerable = row("ferry", "Who steered the ferry over the Tay?", FERRY)
    (tmp_path / ANSWERABLE).write_text(json.dumps(answerable) + "\n")
    (tmp_path / UNANSWERABLE).write_text(json.dumps(unanswerable) + "\n")
    asked, other = pooled_questions(tmp_path)
    right = [quote.sentence for quote, is_right in zip(asked.quotes, asked.right, strict=True) if is_right]
    assert (asked.origin, asked.answerable, right) == ("clapnq pooled", True, [BRIDGE[0]])
    assert {quote.article.title for quote in asked.quotes} == {"The bridge", "The ferry"}
    assert (other.answerable, any(other.right)) == (False, False)
