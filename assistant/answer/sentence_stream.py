"""Sentences out of a stream of text, each as soon as it and the markers that follow it are complete."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.answer.markers import BRACKET, MARKER, OPENING_BRACKETS
from assistant.ingest.sentences import split_sentences

MAX_SENTENCE_LENGTH = 1200
# What a model writes between these is no part of its answer.
_BLOCKS = {"```": ("code", "```"), "~~~": ("code", "~~~"), "<think>": ("reasoning", "</think>")}
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_ENDED = re.compile(rf"(?P<stop>[.!?…。！？])[\"'”’»)*_]*(?P<marks>(?:\s*{BRACKET})*)(?P<gap>\s*)$")
_HAS_MARKER = re.compile(MARKER)
_LEADING_MARKER = re.compile(rf"[\s*•-]*(?:{MARKER}\s*)+(?=[^\s\[【［〔])")
_ENUMERATOR = re.compile(r"\W*\d{1,2}\.")
_OPENERS = frozenset("\"'“‘«(*_#<-•$€£")
_FULL_WIDTH_STOPS = frozenset("。！？")


class SentenceStream:
    """Cuts text into sentences, character by character: how the text came in chunks changes nothing.

    ``hidden`` counts blocks of code and of reasoning, which are left out.
    """

    def __init__(self) -> None:
        self.hidden: Counter[str] = Counter()
        self._buffer = ""
        self._block: tuple[str, str] | None = None

    def feed(self, text: str) -> Iterator[str]:
        """The sentences that ``text`` completes, with their markers, as they were written."""
        for character in text:
            yield from self._step(character)

    def close(self) -> Iterator[str]:
        """What is left when no more text comes."""
        if self._block:
            self._leave_block(self._block[0])
        yield from self._emit()

    def _step(self, character: str) -> Iterator[str]:
        if self._block:
            self._buffer += character
            if self._buffer.endswith(self._block[1]):
                self._leave_block(self._block[0])
            return
        if character in _LINE_ENDS or len(self._buffer) >= MAX_SENTENCE_LENGTH or self._next_begins(character):
            yield from self._emit()
        self._buffer += character
        opening = next((opening for opening in _BLOCKS if self._buffer.endswith(opening)), None)
        if opening:
            self._buffer = self._buffer.removesuffix(opening)
            yield from self._emit()
            self._block = _BLOCKS[opening]

    def _leave_block(self, kind: str) -> None:
        self.hidden[kind] += 1
        self._buffer = ""
        self._block = None

    def _emit(self) -> Iterator[str]:
        sentence, self._buffer = self._buffer.strip(), ""
        if sentence:
            yield sentence

    def _next_begins(self, character: str) -> bool:
        """Whether ``character`` is the first of another sentence than the one held."""
        may_open = character.isalnum() or character in OPENING_BRACKETS or character in _OPENERS
        if not may_open or self._buffer[-1:].isalnum() or not (ended := _ENDED.search(self._buffer)):
            return False
        marks, gap, full_width = ended["marks"], ended["gap"], ended["stop"] in _FULL_WIDTH_STOPS
        if _ENUMERATOR.fullmatch(self._buffer[: ended.start("marks")]):
            return False
        if character in OPENING_BRACKETS:
            # A marker after a stop belongs to the sentence before, unless markers stand at the head of sentences here.
            return bool(gap and not marks and _LEADING_MARKER.match(self._buffer))
        if not (gap or marks or full_width):
            return False
        if full_width or _HAS_MARKER.search(marks):
            return not character.islower()
        words = self._buffer[: ended.start("marks")]
        return bool(gap) and _is_end(words, character)


def _is_end(words: str, character: str) -> bool:
    """Whether ``words`` end a sentence when ``character`` follows: "U.S." does not always."""
    probe = character if character.isalnum() else "X"
    last = split_sentences(f"{words} {probe}", "en")[-1]
    return last.end - last.start == len(probe)
