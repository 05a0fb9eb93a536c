"""How alike two texts are: sets of 5-word shingles (Broder 1997, "On the resemblance and containment of documents")."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

SHINGLE_WORDS = 5
COPY_JACCARD = 0.8
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text in order, case folded, without punctuation."""
    return _WORD.findall(text.casefold())


def runs_of(words: list[str], length: int) -> frozenset[tuple[str, ...]]:
    """Every run of ``length`` words that follow one another."""
    return frozenset(zip(*(words[at:] for at in range(length)), strict=False))


def text_key(text: str) -> str:
    """Equal for texts that differ at most in case, spacing and punctuation."""
    return hashlib.sha256(" ".join(words_of(text)).encode("utf-8", "replace")).hexdigest()


def likeness(one: str, other: str) -> float:
    """Jaccard likeness, 0 to 1, of two texts' 5-word shingles; 0 when one of them has none."""
    left, right = shingles(one), shingles(other)
    return len(left & right) / len(left | right) if left and right else 0.0


@lru_cache(maxsize=32)  # a long article has thousands
def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The 5-word shingles of a text; none of a shorter one."""
    return runs_of(words_of(text), SHINGLE_WORDS)
