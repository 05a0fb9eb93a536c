"""Which articles repeat another: found by MinHash bands, decided by exact likeness, linked to one original.

Bands of MinHash values make near-copies meet in one row without comparing every pair (Broder 1997; Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3). Bands only propose: what is linked has an equal text, or
5-word shingles at least ``COPY_JACCARD`` alike with the original itself, so that no chain of likenesses grows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from assistant.index.catalog import Catalog, effective_day
from assistant.likeness import COPY_JACCARD, likeness, shingles, text_key
from assistant.types import Article

PERMUTATIONS = 128
BAND_ROWS = 4


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
        """Ids of articles that came in before copies were looked for."""
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
    told = [" ".join(words).encode("utf-8", "replace") for words in sorted(shingles(text))]
    if told:
        # Only ingest pays for the import.
        from datasketch import MinHash

        signature = MinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update_batch(told)
        values = signature.digest()
        for first in range(0, PERMUTATIONS, BAND_ROWS):
            row = values[first : first + BAND_ROWS].tobytes()
            yield f"{first} {hashlib.blake2b(row, digest_size=8).hexdigest()}"
