"""The support check: a sentence is shown only when its citations carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Citation, Verdict

if TYPE_CHECKING:
    from assistant.answer.support import SupportModel

NOT_CARRIED = "the cited passage does not carry this sentence"
SENTENCE_ENDS = '.!?"”’)'
ONLY_IN_PART = "the cited passage carries this sentence only in part"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found.

    Attributes:
        reason: what is wrong, as part of a sentence that names the fact; None when supported.
        support: 0 to 1; 1 for words of the source, 0 where a fact is missing.
    """

    verdict: Verdict
    reason: str | None
    support: float


def check(sentence: str, cited: Sequence[Citation], support: SupportModel | None = None) -> Checked:
    """Whether the citations carry the sentence.

    Word for word in one of the quotes, as whole sentences, it is supported. Else, with ``support``, every fact must be
    told by the quotes and the whole be near enough to them; without it, nothing softer than identity is accepted.
    """
    told = " ".join(sentence.split())
    if told and any(_is_said(told, " ".join(citation.quote.split())) for citation in cited):
        return Checked("supported", None, 1.0)
    if support is None or not told or not cited:
        return Checked("unsupported", NOT_CARRIED, 0.0)
    if missing := support.facts.check(told, cited).missing:
        return Checked("unsupported", missing[0], 0.0)
    return _judged(support.support(told, cited), support)


def _is_said(told: str, quote: str) -> bool:
    """Whether ``told`` is a sentence, or several, of the quote: a part of one may say the contrary of the whole."""
    at = quote.find(told)
    while at >= 0:
        before, after = quote[:at].rstrip(), quote[at + len(told) :]
        begins = not before or before[-1] in SENTENCE_ENDS
        if begins and (after.strip() in ("", ".") or (told[-1] in SENTENCE_ENDS and after[0] == " ")):
            return True
        at = quote.find(told, at + 1)
    return False


def _judged(support: float, model: SupportModel) -> Checked:
    if support >= model.weights.supported:
        return Checked("supported", None, support)
    if support >= model.weights.partial:
        return Checked("partial", ONLY_IN_PART, support)
    return Checked("unsupported", NOT_CARRIED, support)
