"""An answer made by hand, and what the register may add to it."""

from __future__ import annotations

from support import make_citation

from assistant.types import Answer, RegisterChange, RegisterStanding, Sentence

ANSWER = Answer(
    id="answer", question="And now?", standalone_question="And now?", status="answered",
    sentences=(Sentence("Prices rose.", (1,), "supported"),), citations=(make_citation(),), conflicts=(), standings=(),
    changes=(), notices=(), missing=(), removed=(), suggestions=(), as_of="2026-11-22", about=None,
    corpus_current_to=None, newest_evidence_on=None, engine="extractive", confidence=0.9, usage=None, fingerprint="0",
    timings_ms={}, conversation_id=None, stale=False,
)  # fmt: skip
STOOD = RegisterStanding(
    "rule", "The rule", "2026-11-22", "suspended", "2025-11-07", "2026-11-10", None, None, None, (1,)
)
CHANGED = RegisterChange("2025-11-07", True, "rule", "The rule", "clause 2", "in_force", "suspended", (1,))
