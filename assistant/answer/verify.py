"""The support check: a sentence is shown only when its citations carry it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Citation, Verdict


def check(sentence: str, cited: Sequence[Citation]) -> Verdict:
    """``supported`` when the sentence stands word for word in one of its quotes, else ``unsupported``.

    Only the extractive engine writes sentences so far, and it writes none of its own; so nothing softer
    than identity, up to white space, is accepted.
    """
    told = " ".join(sentence.split())
    if told and any(told in " ".join(citation.quote.split()) for citation in cited):
        return "supported"
    return "unsupported"
