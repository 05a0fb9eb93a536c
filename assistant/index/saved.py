"""Questions that a reader comes back to, each in the hands of one owner.

Of an answer only a hash of its quotes is kept: enough to tell that it is another now, and none of its words.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.errors import BadInputError, NotFoundError
from assistant.index.catalog import Catalog
from assistant.index.conversations import LOCAL_OWNER
from assistant.types import Filters

MOST_SAVED = 100
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS saved_questions (id TEXT PRIMARY KEY, owner TEXT NOT NULL, question TEXT NOT NULL, "
    "filters TEXT NOT NULL, quotes_sha256 TEXT NOT NULL, saved_at TEXT NOT NULL)"
)
_COLUMNS = "id, question, filters, quotes_sha256, saved_at"


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question with what it may use; ``quotes_sha256`` is of its answer at ``saved_at`` (UTC, ISO 8601)."""

    id: str
    question: str
    filters: Filters
    quotes_sha256: str
    saved_at: str


class SavedBook:
    """The saved questions of one owner; to everyone else they are not there."""

    def __init__(self, catalog: Catalog, owner: str = LOCAL_OWNER) -> None:
        self._catalog = catalog
        self._owner = owner
        catalog.rows(_SCHEMA)

    def of(self, owner: str) -> SavedBook:
        """The saved questions of another owner."""
        return SavedBook(self._catalog, owner)

    def save(self, question: str, filters: Filters, quotes_sha256: str) -> SavedQuestion:
        """Keep a question; saved again, it is the same one, with the answer of now to be compared with.

        Raises BadInputError: there are ``MOST_SAVED`` others already.
        """
        told = json.dumps(asdict(filters), ensure_ascii=False)
        identity = hashlib.sha256("\0".join((self._owner, question, told)).encode("utf-8", "replace")).hexdigest()[:32]
        others = sum(saved.id != identity for saved in self.all())
        if others >= MOST_SAVED:
            raise BadInputError(f"there are {others} saved questions; delete one with DELETE /v1/saved/ID")
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        self._catalog.rows(
            "INSERT OR REPLACE INTO saved_questions VALUES (?, ?, ?, ?, ?, ?)",
            identity, self._owner, question, told, quotes_sha256, now,
        )  # fmt: skip
        return SavedQuestion(identity, question, filters, quotes_sha256, now)

    def all(self) -> tuple[SavedQuestion, ...]:
        """Every saved question, last saved first."""
        query = f"SELECT {_COLUMNS} FROM saved_questions WHERE owner = ? ORDER BY saved_at DESC, id"
        return tuple(_saved(row) for row in self._catalog.rows(query, self._owner))

    def delete(self, saved_id: str) -> None:
        """Forget one. Raises NotFoundError."""
        if all(saved.id != saved_id for saved in self.all()):
            raise NotFoundError(f"no saved question {saved_id!r}; list them with GET /v1/saved")
        self._catalog.rows("DELETE FROM saved_questions WHERE id = ?", saved_id)

    def delete_all(self) -> None:
        """Forget every saved question of the owner."""
        self._catalog.rows("DELETE FROM saved_questions WHERE owner = ?", self._owner)


def _saved(row: Any) -> SavedQuestion:
    filters = json.loads(row["filters"])
    told = Filters(**(filters | {"publishers": tuple(filters["publishers"])}))
    return SavedQuestion(row["id"], row["question"], told, row["quotes_sha256"], row["saved_at"])
