"""A return to an earlier subject: "back to the quotas: who got them?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.terms import TermAnalyzer

_BACK_TO = re.compile(
    r"^(?:(?:ok(?:ay)?|and|now|but|so|let's|let us)[, ]+)*(?:go(?:ing)? |com(?:e|ing) |get(?:ting)? )?"
    r"(?:back|return(?:ing)?) to (?:the |that |your |my )?(?P<subject>[^:,;?!]{3,60}?)\s*[:,;–-]\s*(?P<question>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Return:
    """What is asked, of which subject, and the place in the history of the question that it goes back to."""

    question: str
    subject: str
    to: int


def returned(question: str, history: Sequence[str], analyzer: TermAnalyzer) -> Return | None:
    """The return of a question, None where it is none or no earlier question has a word of the subject.

    Args:
        history: the earlier questions as they were understood, oldest first.
    """
    match = _BACK_TO.match(question.strip())
    if match is None:
        return None
    subject = frozenset(analyzer.content_terms(match["subject"]))
    shared = [len(subject & frozenset(analyzer.content_terms(one))) for one in history]
    best = max(shared, default=0)
    if best == 0:
        return None
    # Of several the last: the talk had got that far.
    return Return(match["question"], match["subject"], len(shared) - 1 - shared[::-1].index(best))
