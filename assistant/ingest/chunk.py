"""Passages: runs of whole sentences that the embedding model can read in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.ingest.sentences import split_sentences
from assistant.types import Passage, Span

CHUNKER_VERSION = "1"
MAX_TOKENS = 254
TARGET_TOKENS = 180

CountTokens = Callable[[Sequence[str]], Sequence[int]]


def chunk(article_id: str, text: str, language: str, count_tokens: CountTokens) -> tuple[Passage, ...]:
    """Passages of whole sentences, at most ``MAX_TOKENS`` model tokens each, with exact offsets.

    A passage closes at a paragraph's end once it holds ``TARGET_TOKENS``. A single sentence over the
    limit is cut at white space, since the model would not read its end.
    """
    pieces = _within_limit(text, split_sentences(text, language), count_tokens)
    return tuple(_passage(article_id, text, group) for group in _groups(text, pieces))


def _groups(text: str, pieces: Iterable[tuple[Span, int]]) -> Iterator[tuple[Span, ...]]:
    group: list[Span] = []
    size = 0
    for span, tokens in pieces:
        paragraph_ended = bool(group) and "\n\n" in text[group[-1].end : span.start]
        if group and (size + tokens > MAX_TOKENS or (paragraph_ended and size >= TARGET_TOKENS)):
            yield tuple(group)
            group, size = [], 0
        group.append(span)
        size += tokens
    if group:
        yield tuple(group)


def _within_limit(text: str, spans: Sequence[Span], count_tokens: CountTokens) -> Iterator[tuple[Span, int]]:
    """The spans with their tokens, those over the limit cut in two until they are not."""
    for span, tokens in zip(spans, count_tokens([span.of(text) for span in spans]), strict=True):
        if tokens <= MAX_TOKENS:
            yield span, tokens
        else:
            yield from _within_limit(text, _halves(text, span), count_tokens)


def _halves(text: str, span: Span) -> tuple[Span, Span]:
    middle = (span.start + span.end) // 2
    space = text.rfind(" ", span.start + 1, middle)
    cut = space if space > 0 else middle
    right = cut + 1 if space > 0 else cut
    return Span(span.start, cut), Span(right, span.end)


def _passage(article_id: str, text: str, sentences: tuple[Span, ...]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    identity = f"{article_id}\x00{start}\x00{text[start:end]}"
    digest = hashlib.sha256(identity.encode()).hexdigest()[:20]
    return Passage(digest, article_id, start, end, text[start:end], sentences)
