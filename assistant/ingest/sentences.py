"""Sentences of a text, with exact offsets (boundaries by the ``sentencex`` library)."""

from __future__ import annotations

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

from assistant.types import Span

_OPENS_NEW_SENTENCE = re.compile(r"(?<=[.!?][\"”’])\s+(?=[A-Z“\"])")
ABBREVIATION_LENGTH = 16
_NOT_AN_END = re.compile(r"(?:\bapprox|\bcirca|\bca|\bincl|\best|\bNo|\bNos|\bvs)\.\s*$", re.IGNORECASE)


def split_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Spans of the sentences of ``text`` in order, without surrounding white space.

    No span crosses a line break that separates paragraphs; every letter of the text lies in a span.
    """
    spans: list[Span] = []
    for boundary in get_sentence_boundaries(language, text):
        start, end = boundary["start_index"], boundary["end_index"]
        if (
            spans
            and _NOT_AN_END.search(text[max(spans[-1].start, start - ABBREVIATION_LENGTH) : start])
            and "\n" not in text[spans[-1].end : start]
        ):
            start = spans.pop().start
        spans.extend(_trimmed(text, start, end))
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The stretch without white space at its ends, cut after a closing quotation mark."""
    cuts = [start, *(start + match.end() for match in _OPENS_NEW_SENTENCE.finditer(text[start:end])), end]
    spans = []
    for left, right in pairwise(cuts):
        piece = text[left:right]
        body = piece.strip()
        if body:
            offset = left + len(piece) - len(piece.lstrip())
            spans.append(Span(offset, offset + len(body)))
    return spans
