"""What somebody makes or runs, "making the Swift": named like its maker, and yet no other of its kind."""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import parse
from assistant.answer.follow_up.mentions import NAME, Mention

_MAKING = "mak|build|produc|assembl|open|clos|halt|stop|idl|launch|run|operat"
_OWN_THING = re.compile(
    rf"(?P<made>\b(?:{_MAKING})(?:e|es|ing|d|ed|t)?)(?P<owner> (?:the|its|their)) "
    r"(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)"
    r"(?P<noun> (?!(?:in|at|on|for|from|between|since|until|and|or|to|with|by)\b)[a-z]+)?\b"
)


def is_own_thing(old: str, mention: Mention) -> bool:
    """Whether a name is of what somebody makes or runs, and so of no kind with its maker."""
    return mention.kind == NAME and any(one.start() < mention.start < one.end() for one in _OWN_THING.finditer(old))


def without_own_things(text: str, new: Mention) -> str:
    """A new maker did not make the old one's own: "stop making the Swift" is "stop making" when asked of Ford."""
    clause = parse(text)
    if clause is None or not clause.subject.endswith(new.text):
        return text
    at = text.rfind(clause.predicate)
    return text[:at] + _OWN_THING.sub(
        lambda own: own["made"] + (own["owner"] + own["noun"] if own["noun"] else ""), text[at:]
    )
