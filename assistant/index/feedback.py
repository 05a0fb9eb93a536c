"""What readers said of answers, and how it becomes draft eval cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Feedback:
    """One rating, ``up`` or ``down``; ``created_at`` is UTC, ISO 8601."""

    answer_id: str
    created_at: str
    rating: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class ListedFeedback:
    """A rating beside what it rates."""

    answer_id: str
    created_at: str
    rating: str
    comment: str | None
    question: str
    status: str
    conversation_id: str


_OWN = (
    "FROM feedback f JOIN answers a ON a.id = f.answer_id JOIN conversations c ON c.id = a.conversation_id "
    "WHERE c.owner = ?"
)


class FeedbackBook:
    """Keeps the last feedback on each answer; readers see what they said of their own."""

    def __init__(self, catalog: Catalog, conversations: Conversations) -> None:
        self._catalog = catalog
        self._conversations = conversations

    def give(self, answer_id: str, rating: str, comment: str | None) -> Feedback:
        """Keep a rating, in place of an earlier one. Raises NotFoundError."""
        self._conversations.answer(answer_id)
        feedback = Feedback(answer_id, datetime.now(UTC).isoformat(timespec="microseconds"), rating, comment)
        self._catalog.rows(
            "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)",
            feedback.answer_id, feedback.created_at, feedback.rating, feedback.comment,
        )  # fmt: skip
        return feedback

    def page(self, limit: int, before: str | None) -> tuple[Feedback, ...]:
        """Feedback, newest first; ``before`` is the cursor ``created_at answer_id`` of the last seen."""
        rows = self._catalog.rows(
            f"SELECT f.* {_OWN} AND (? IS NULL OR f.created_at || ' ' || answer_id < ?) "
            "ORDER BY f.created_at DESC, answer_id DESC LIMIT ?",
            self._conversations.owner, before, before, limit,
        )  # fmt: skip
        return tuple(Feedback(*row) for row in rows)

    def listed(self, limit: int, before: str | None, rating: str | None = None) -> tuple[ListedFeedback, ...]:
        """As ``page``, with the question and status of each answer; of one ``rating`` only, or of both."""
        rows = self._catalog.rows(
            "SELECT f.answer_id, f.created_at, f.rating, f.comment, json_extract(a.body, '$.question'), "
            f"json_extract(a.body, '$.status'), a.conversation_id {_OWN} "
            "AND (? IS NULL OR f.created_at || ' ' || f.answer_id < ?) AND (? IS NULL OR f.rating = ?) "
            "ORDER BY f.created_at DESC, f.answer_id DESC LIMIT ?",
            self._conversations.owner, before, before, rating, rating, limit,
        )  # fmt: skip
        return tuple(ListedFeedback(*row) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many answers of the reader are rated ``up``, how many ``down``."""
        query = f"SELECT f.rating, count(*) AS n {_OWN} GROUP BY f.rating"
        rows = self._catalog.rows(query, self._conversations.owner)
        return {"up": 0, "down": 0} | {row["rating"]: row["n"] for row in rows}

    def draft_cases(self) -> list[dict[str, Any]]:
        """One draft eval case a rated answer of any reader, oldest first; a person writes what is expected."""
        rows = self._catalog.rows(
            "SELECT f.*, a.body FROM feedback f JOIN answers a ON a.id = f.answer_id ORDER BY f.created_at, f.answer_id"
        )
        return [_draft(Feedback(*tuple(row)[:-1]), json.loads(row["body"])) for row in rows]


def _draft(feedback: Feedback, answer: dict[str, Any]) -> dict[str, Any]:
    liked = feedback.rating == "up"
    claims = [sentence["text"] for sentence in answer["sentences"] if sentence["citations"]]
    case: dict[str, Any] = {
        "id": f"feedback-{feedback.answer_id[:12]}",
        "question": answer["standalone_question"],
        "as_of": answer["as_of"],
        "answerable": answer["status"] != "declined" if liked else True,
        "expect": [{"any": [claim]} for claim in claims if liked],
        "must_not": [],
        "sources": sorted({c["article_id"] for c in answer["citations"]}) if liked else [],
        "tags": ["draft", f"feedback-{feedback.rating}"],
    }
    return case | ({"comment": feedback.comment} if feedback.comment else {})
