"""Checks of a data folder: model, catalog, and whether the search indexes hold what the catalog holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.build import Assistant, build_assistant, discard_index
from assistant.errors import AssistantError, IndexMismatchError
from assistant.ingest.pipeline import Progress
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it holds, and what was seen or what to do."""

    check: str
    ok: bool
    detail: str


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Every check of the data folder, in order. Changes nothing; an empty folder is not wrong."""
    if not (settings.data / "catalog.sqlite3").exists():
        return (Finding("data folder", True, "holds no index yet; the first question or ingest makes one"),)
    try:
        assistant = build_assistant(settings, read_weights=True)
    except AssistantError as error:
        return (Finding("data folder", False, str(error)),)
    except sqlite3.DatabaseError as error:
        return (Finding("catalog", False, f"is no readable database ({error}); mend with: assistant doctor --repair"),)
    try:
        return (Finding("data folder", True, str(settings.data)), *_checks(assistant))
    finally:
        assistant.close()


def repair(settings: Settings, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Mend what can be mended, then examine.

    An index of another model or format is made anew from the shipped corpus; search indexes that are
    out of step are built from the catalog, embedding nothing.
    """
    try:
        assistant = build_assistant(settings)
    except (IndexMismatchError, sqlite3.DatabaseError):
        discard_index(settings)
        assistant = build_assistant(settings)
    try:
        if assistant.needs_shipped():
            assistant.ingest_shipped(progress)
        assistant.store.rebuild()
    finally:
        assistant.close()
    return examine(settings)


def _checks(assistant: Assistant) -> Iterator[Finding]:
    catalog, store = assistant.catalog, assistant.store
    yield Finding("model", True, assistant.embedder.name)
    yield Finding("runtime", True, assistant.embedder.runtime())
    damage = catalog.damage()
    yield Finding("catalog", not damage, "; ".join(damage) or "{} articles, {} passages".format(*catalog.counts()))
    missing = assistant.register.current().missing_evidence
    told = f"{missing} quotes are in no article and are not cited" if missing else "every quote is in its article"
    # A person may remove articles that the register quotes; that is no fault of the data folder.
    yield Finding("register", True, told)
    if not store.is_built():
        yield Finding("search indexes", False, "behind the catalog; the next question, or --repair, finishes them")
        return
    try:
        indexed = (("full text", store.snapshot().fulltext.ids()), ("vectors", store.vector_ids()))
    except Exception as error:
        # Whatever either index library raises, the finding is the same.
        yield Finding("search indexes", False, f"cannot be opened: {error}; mend with: assistant doctor --repair")
        return
    wanted = catalog.passage_ids()
    for name, found in indexed:
        missing, extra = len(wanted - found), len(found - wanted)
        told = f"{len(found)} passages" if not (missing or extra) else (
            f"{missing} passages missing, {extra} too many; mend with: assistant doctor --repair"
        )  # fmt: skip
        yield Finding(name, not (missing or extra), told)
