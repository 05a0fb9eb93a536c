"""The service that an eval runs against: the shipped corpus in a data folder of its own, at a pinned day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.build import Assistant, build_assistant, discard_index
from assistant.errors import IndexMismatchError
from assistant.service import ChatService
from assistant.settings import load_settings

EVAL_FOLDER = "evals"


def fresh_service(today: str, progress: Callable[[int, int], None] | None = None) -> ChatService:
    """The chat service over exactly the shipped corpus, as if ``today`` (ISO 8601) were today.

    The folder lies inside the data folder, apart from what a person has added; articles that have not
    changed since the last run are not embedded again.
    """
    base = load_settings()
    settings = base.model_copy(update={"data": base.data / EVAL_FOLDER, "today": date.fromisoformat(today)})
    try:
        assistant: Assistant = build_assistant(settings)
    except IndexMismatchError:
        discard_index(settings)
        assistant = build_assistant(settings)
    assistant.ingest_shipped(progress)
    return assistant.service
