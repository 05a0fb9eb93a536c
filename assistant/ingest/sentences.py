"""Sentences of a text, with exact offsets (boundaries by the ``sentencex`` library)."""

from __future__ import annotations

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

from assistant.types import Span

_OPENS_NEW_SENTENCE = re.compile(r"(?<=[.!?][\"”’])\s+(?=[A-Z“\"])")
ABBREVIATION_LENGTH = 16
_NOT_AN_END = re.compile(r"(?:\bapprox|\bcirca|\bca|\bincl|\best|\bNo|\bNos|\bvs)\.\s*$", re.IGNORECASE)
# Papers that write their address in capitals: "MINING.COM reported".
_ADDRESS = re.compile(r"(?:COM|NET|ORG|INFO|CN|EU|JP|UK|AU|IN)\b")


def split_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Spans of the sentences of ``text`` in order, without surrounding white space.

    No span crosses a line break that separates paragraphs; every letter of the text lies in a span.
    """
    spans: list[Span] = []
    for boundary in get_sentence_boundaries(language, text):
        start = boundary["start_index"]
        pieces = _trimmed(text, start, boundary["end_index"])
        if pieces and spans and _goes_on(text, spans[-1], start):
            pieces[0] = Span(spans.pop().start, pieces[0].end)
        spans.extend(pieces)
    return tuple(spans)


def _goes_on(text: str, last: Span, start: int) -> bool:
    """Whether the last sentence only seems to end: at an abbreviation on the same line, or inside an address."""
    if start == last.end:
        return text[start - 2 : start - 1].isupper() and _ADDRESS.match(text, start) is not None
    ending = text[max(last.start, start - ABBREVIATION_LENGTH) : start]
    return bool(_NOT_AN_END.search(ending)) and "\n" not in text[last.end : start]


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
