"""Conversations and their answers, kept in the catalog as they were given, each in the hands of one owner."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.errors import NotFoundError
from assistant.index.catalog import Catalog

TITLE_LENGTH = 80
# Whoever uses this machine, without a key.
LOCAL_OWNER = ""
_COLUMNS = "c.id, c.title, c.created_at, c.updated_at"
_LIKE_MARKS = re.compile(r"[%_\\]")
_ESCAPED = r"\\\g<0>"
_HOLDS = (
    "(title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM answers WHERE conversation_id = c.id "
    "AND json_extract(body, '$.question') LIKE ? ESCAPE '\\'))"
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of questions; times are UTC, ISO 8601."""

    id: str
    title: str
    created_at: str
    updated_at: str


class Conversations:
    """Reads and writes the conversations of one owner; to everyone else they are not there.

    Answers are JSON objects in the shape of the HTTP contract.

    Args:
        catalog: keeps them.
        owner: id of an access key, or ``LOCAL_OWNER``.
    """

    def __init__(self, catalog: Catalog, owner: str = LOCAL_OWNER) -> None:
        self._catalog = catalog
        self.owner = owner

    def of(self, owner: str) -> Conversations:
        """The conversations of another owner."""
        return Conversations(self._catalog, owner)

    def start(self, first_question: str) -> str:
        """Id of a new conversation named after its first question."""
        title = " ".join(first_question.split())
        if len(title) > TITLE_LENGTH:
            title = title[: TITLE_LENGTH - 1].rstrip() + "…"
        identity, now = uuid.uuid4().hex, _now()
        self._catalog.rows("INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", identity, title, now, now, self.owner)
        return identity

    def get(self, conversation_id: str) -> Conversation:
        """One conversation. Raises NotFoundError."""
        query = f"SELECT {_COLUMNS} FROM conversations c WHERE id = ? AND owner = ?"
        rows = self._catalog.rows(query, conversation_id, self.owner)
        if not rows:
            raise NotFoundError(f"no conversation {conversation_id!r}; list them with GET /v1/conversations")
        return Conversation(*rows[0])

    def page(self, limit: int, before: str | None, words: str = "") -> tuple[Conversation, ...]:
        """Conversations by last change, newest first; ``before`` is the cursor ``updated_at id`` of the last seen.

        With ``words``, those whose title or whose questions hold each of them, whatever the case of ASCII letters.
        """
        patterns = [f"%{_LIKE_MARKS.sub(_ESCAPED, word)}%" for word in words.split()]
        rows = self._catalog.rows(
            f"SELECT {_COLUMNS} FROM conversations c WHERE owner = ? AND (? IS NULL OR updated_at || ' ' || id < ?)"
            + f" AND {_HOLDS}" * len(patterns)
            + " ORDER BY updated_at DESC, id DESC LIMIT ?",
            self.owner, before, before, *(value for pattern in patterns for value in (pattern, pattern)), limit,
        )  # fmt: skip
        return tuple(Conversation(*row) for row in rows)

    def rename(self, conversation_id: str, title: str) -> Conversation:
        """Give a conversation another title. Raises NotFoundError."""
        self.get(conversation_id)
        self._catalog.rows("UPDATE conversations SET title = ? WHERE id = ?", title, conversation_id)
        return self.get(conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation and its answers. Raises NotFoundError."""
        self.get(conversation_id)
        self._catalog.rows("DELETE FROM conversations WHERE id = ?", conversation_id)

    def hand_over(self, owner: str) -> int:
        """Give every conversation to another owner; their number."""
        count = len(self.page(-1, None))
        self._catalog.rows("UPDATE conversations SET owner = ? WHERE owner = ?", owner, self.owner)
        return count

    def delete_all(self) -> int:
        """Delete every conversation of the owner, with its answers; their number."""
        count = len(self.page(-1, None))
        self._catalog.rows("DELETE FROM conversations WHERE owner = ?", self.owner)
        return count

    def add_answer(self, conversation_id: str, answer_id: str, body: dict[str, Any]) -> None:
        """Keep an answer as it was given. Raises NotFoundError."""
        self.get(conversation_id)
        now = _now()
        told = json.dumps(body, ensure_ascii=False)
        self._catalog.rows("INSERT INTO answers VALUES (?, ?, ?, ?)", answer_id, conversation_id, now, told)
        self._catalog.rows("UPDATE conversations SET updated_at = ? WHERE id = ?", now, conversation_id)

    def answer(self, answer_id: str) -> dict[str, Any]:
        """An answer as it was given. Raises NotFoundError."""
        rows = self._catalog.rows(
            "SELECT body FROM answers a JOIN conversations c ON c.id = conversation_id WHERE a.id = ? AND owner = ?",
            answer_id, self.owner,
        )  # fmt: skip
        if not rows:
            raise NotFoundError(f"no answer {answer_id!r}; ask again with POST /v1/answers")
        return _loaded(rows[0]["body"])

    def given_at(self, answer_id: str) -> str:
        """When an answer was given: UTC, ISO 8601. Raises NotFoundError."""
        self.answer(answer_id)
        rows = self._catalog.rows("SELECT created_at FROM answers WHERE id = ?", answer_id)
        return str(rows[0]["created_at"])

    def answers(self, conversation_id: str) -> tuple[dict[str, Any], ...]:
        """The answers of a conversation, oldest first. Raises NotFoundError."""
        self.get(conversation_id)
        rows = self._catalog.rows(
            "SELECT body FROM answers WHERE conversation_id = ? ORDER BY created_at, rowid", conversation_id
        )
        return tuple(_loaded(row["body"]) for row in rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _loaded(body: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(body)
    return loaded
