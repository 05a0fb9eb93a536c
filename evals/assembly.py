"""The service that an eval runs against: the shipped corpus in a data folder of its own, at a pinned day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.answer.language_model import LanguageModel
from assistant.build import Assistant, build_assistant, discard_index
from assistant.errors import IndexMismatchError
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.sources import source_of
from assistant.service import ChatService
from assistant.settings import load_settings

EVAL_FOLDER = "evals"
PLANTED = Path(__file__).parent / "planted"
SETS_WITH_PLANTED_ARTICLES = frozenset({"injection"})


def fresh_service(
    set_name: str,
    today: str,
    progress: Callable[[int, int], None] | None = None,
    language_model: LanguageModel | None = None,
) -> ChatService:
    """The chat service of ``fresh_assistant``."""
    return fresh_assistant(set_name, today, progress, language_model).service


def fresh_assistant(
    set_name: str,
    today: str,
    progress: Callable[[int, int], None] | None = None,
    language_model: LanguageModel | None = None,
) -> Assistant:
    """An assistant over exactly the shipped corpus, as if ``today`` (ISO 8601) were today.

    The folder lies inside the data folder, apart from what a person has added; articles that have not
    changed since the last run are not embedded again. Sets that try planted instructions have the
    articles that carry them too, in a folder of their own. ``language_model`` replaces the configured one.
    """
    base = load_settings()
    planted = set_name in SETS_WITH_PLANTED_ARTICLES
    folder = base.data / (f"{EVAL_FOLDER}-planted" if planted else EVAL_FOLDER)
    settings = base.model_copy(update={"data": folder, "today": date.fromisoformat(today), "kept_answers": 0})
    try:
        assistant: Assistant = build_assistant(settings, language_model=language_model)
    except IndexMismatchError:
        discard_index(settings)
        assistant = build_assistant(settings, language_model=language_model)
    assistant.ingest_shipped(progress)
    if planted:
        assistant.ingestor.ingest(source_of(str(PLANTED), known_suffixes()))
    return assistant
