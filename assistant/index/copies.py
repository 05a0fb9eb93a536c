"""Which articles repeat another: found by MinHash bands, decided by exact likeness, linked to one original.

Bands of MinHash values make near-copies meet in one row without comparing every pair (Broder 1997; Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3). Bands only propose: what is linked has an equal text, or
5-word shingles at least ``COPY_JACCARD`` alike with the original itself, so that no chain of likenesses grows.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.index.catalog import Catalog, effective_day
from assistant.likeness import COPY_JACCARD, SHINGLE_WORDS, likeness, text_key, words_of
from assistant.types import Article

PERMUTATIONS = 128
BAND_ROWS = 4
# Names the functions that bands come from; bands of others do not compare.
BAND_SCHEME = "2"
_SCHEME_KEY = "bands"
_SHINGLES_AT_ONCE = 4_096
_ODD = np.uint64(0x9E3779B97F4A7C15)
_KEPT_BITS = np.uint64(32)


class Copies:
    """Keeps the links of a catalog; its methods are called inside ``Catalog.change``."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def place(self, article: Article) -> None:
        """Link an article that was just written, and those it changes the place of."""
        group = self.group(article.id)
        self._catalog.rows("DELETE FROM bands WHERE article_id = ?", article.id)
        self._catalog.many("INSERT INTO bands VALUES (?, ?)", ((band, article.id) for band in bands_of(article.text)))
        met = self._catalog.rows(
            "SELECT DISTINCT other.article_id FROM bands own JOIN bands other ON other.band = own.band "
            "WHERE own.article_id = ?",
            article.id,
        )
        self.link(group.union(*(self.group(row["article_id"]) for row in met)))

    def group(self, article_id: str) -> frozenset[str]:
        """An article, its original, and all copies of that."""
        rows = self._catalog.rows(
            "WITH root AS (SELECT COALESCE((SELECT original_id FROM copies WHERE article_id = ?1), ?1) AS id) "
            "SELECT id FROM root UNION SELECT article_id FROM copies, root WHERE original_id = root.id",
            article_id,
        )
        return frozenset({article_id, *(row["id"] for row in rows)})

    def link(self, article_ids: Iterable[str]) -> None:
        """Link articles anew among themselves; the earliest known is the original. Ids that are gone are left out."""
        found = [article for article_id in article_ids if (article := self._catalog.article(article_id))]
        originals: list[Article] = []
        for article in sorted(found, key=lambda article: (effective_day(article), article.id)):
            self._catalog.rows("DELETE FROM copies WHERE article_id = ?", article.id)
            for original in originals:
                if how := copied(article.text, original.text):
                    self._catalog.rows("INSERT INTO copies VALUES (?, ?, ?)", article.id, original.id, how)
                    break
            else:
                originals.append(article)

    def unplaced(self) -> tuple[str, ...]:
        """Ids of articles that came in before copies were looked for as they are now; older bands are forgotten."""
        if self._catalog.manifest(_SCHEME_KEY) != BAND_SCHEME:
            self._catalog.rows("DELETE FROM bands")
            self._catalog.set_manifest(_SCHEME_KEY, BAND_SCHEME)
        rows = self._catalog.rows("SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM bands) ORDER BY id")
        return tuple(row["id"] for row in rows)


def copied(one: str, other: str) -> str | None:
    """ "exact" for texts equal but for case, spacing and punctuation, "near" for much alike ones, else None."""
    if text_key(one) == text_key(other):
        return "exact"
    return "near" if likeness(one, other) >= COPY_JACCARD else None


def bands_of(text: str) -> Iterator[str]:
    """Names of the bands a text falls into; texts alike share at least one, equal texts share all."""
    yield text_key(text)
    signature = _signature(words_of(text))
    for first in range(0, len(signature), BAND_ROWS):
        row = signature[first : first + BAND_ROWS].tobytes()
        yield f"{first} {hashlib.blake2b(row, digest_size=8).hexdigest()}"


def _signature(words: Sequence[str]) -> NDArray[np.uint64]:
    """The least value that each hash function takes over the shingles of a text; empty when it has none.

    A library's MinHash takes longer to import than a thousand articles take here.
    """
    codes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint64)
    count = len(codes) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    shingles = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        shingles = shingles * _ODD + codes[place : place + count]
    multipliers, addends = _hash_functions()
    least = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for first in range(0, count, _SHINGLES_AT_ONCE):
        hashed = shingles[first : first + _SHINGLES_AT_ONCE, None] * multipliers + addends
        least = np.minimum(least, (hashed >> _KEPT_BITS).min(axis=0))
    return least


@lru_cache(maxsize=1)
def _hash_functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multipliers and addends of ``PERMUTATIONS`` multiply-shift functions (Dietzfelbinger et al. 1997)."""
    drawn = b"".join(hashlib.sha256(f"minhash {number}".encode()).digest()[:16] for number in range(PERMUTATIONS))
    numbers = np.frombuffer(drawn, dtype="<u8").reshape(PERMUTATIONS, 2)
    return numbers[:, 0] | np.uint64(1), numbers[:, 1]
