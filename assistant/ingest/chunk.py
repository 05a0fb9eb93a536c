"""Passages: runs of whole sentences that the embedding model can read in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from assistant.ingest.sentences import split_sentences
from assistant.types import Passage, Span

CHUNKER_VERSION = "1"
MAX_TOKENS = 254
TARGET_TOKENS = 180

CountTokens = Callable[[str], int]


def chunk(article_id: str, text: str, language: str, count_tokens: CountTokens) -> tuple[Passage, ...]:
    """Passages of whole sentences, at most ``MAX_TOKENS`` model tokens each, with exact offsets.

    A passage closes at a paragraph's end once it holds ``TARGET_TOKENS``. A single sentence over the
    limit is cut at white space, since the model would not read its end.
    """
    pieces = [piece for span in split_sentences(text, language) for piece in _within_limit(text, span, count_tokens)]
    return tuple(_passage(article_id, text, group) for group in _groups(text, pieces, count_tokens))


def _groups(text: str, spans: list[Span], count_tokens: CountTokens) -> Iterator[tuple[Span, ...]]:
    group: list[Span] = []
    size = 0
    for span in spans:
        tokens = count_tokens(span.of(text))
        paragraph_ended = bool(group) and "\n\n" in text[group[-1].end : span.start]
        if group and (size + tokens > MAX_TOKENS or (paragraph_ended and size >= TARGET_TOKENS)):
            yield tuple(group)
            group, size = [], 0
        group.append(span)
        size += tokens
    if group:
        yield tuple(group)


def _within_limit(text: str, span: Span, count_tokens: CountTokens) -> list[Span]:
    if count_tokens(span.of(text)) <= MAX_TOKENS:
        return [span]
    middle = (span.start + span.end) // 2
    space = text.rfind(" ", span.start + 1, middle)
    cut = space if space > 0 else middle
    right = cut + 1 if space > 0 else cut
    return _within_limit(text, Span(span.start, cut), count_tokens) + _within_limit(
        text, Span(right, span.end), count_tokens
    )


def _passage(article_id: str, text: str, sentences: tuple[Span, ...]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    identity = f"{article_id}\x00{start}\x00{text[start:end]}"
    digest = hashlib.sha256(identity.encode()).hexdigest()[:20]
    return Passage(digest, article_id, start, end, text[start:end], sentences)
