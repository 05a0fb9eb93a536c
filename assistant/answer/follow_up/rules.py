""" "And the April controls?": a rule in the place of the rule that was asked about, or asked about by itself."""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import TO_MANY, Rewrite, is_plural, parse, upper_first
from assistant.answer.follow_up.pointers import HEAD

_AGREEING = TO_MANY | {many: one for one, many in TO_MANY.items()}
# "The April controls"; "the measures that China announced", no "the controls still" of an adverb.
_A_RULE = re.compile(rf"(?:the|that|this|those|these) (?:[\w.%’'-]+ ){{1,4}}?{HEAD}", re.IGNORECASE)
_NARROWED_RULE = re.compile(rf"the (?:[\w.%’'-]+ ){{0,5}}?{HEAD} (?:of|on|for|from) ", re.IGNORECASE)
_BEGINS_AS_RULE = re.compile(
    rf"the (?:[\w.%’'-]+ ){{0,5}}?{HEAD}(?:$| (?:that|which|of|on|for|from|in)\b)", re.IGNORECASE
)


def rule_for_rule(body: str, preposition: str, old: str) -> str | None:
    """ "And the April controls?" for "the measures that China announced on 9 October" as what is asked about."""
    clause = None if preposition else parse(old)
    subject = clause.subject if clause else ""
    if not _A_RULE.fullmatch(body) or not _BEGINS_AS_RULE.match(subject) or old.count(subject) != 1:
        return None
    before, after = old.split(subject)
    agreeing = _AGREEING.get(before.split()[-1].lower(), "") if is_plural(body) != is_plural(subject) else ""
    if agreeing:
        led = " ".join(before.split()[:-1])
        before = f"{led} {agreeing} " if led else f"{upper_first(agreeing)} "
    return f"{before}{body}{after}"


def rule_by_itself(body: str, old: str) -> Rewrite | None:
    """The question what a rule is, where it is a subject of its own beside the old question's."""
    if _NARROWED_RULE.match(body) or (_A_RULE.fullmatch(body) and not re.search(rf"\b{HEAD}\b", old, re.IGNORECASE)):
        return Rewrite(f"What {'are' if is_plural(body) else 'is'} {body}?")
    return None
