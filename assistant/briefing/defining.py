"""Sentences that say what a thing is: it is their subject, and they tell what holds of it, not what befell it."""

from __future__ import annotations

import re

from assistant.briefing.topic import Topic

_LONGEST_SUBJECT = 90
# The present tense of states: "is a", "has three limbs", "covers", "produces".
_TELLING = re.compile(
    r"\s(?:is|are|has|have|became|had become|remains?|concerns?|covers|requires?|demands|names|sets|extends?|consists?"
    r"|contains?|comprises?|defines?|applies|apply|prohibits?|bans|lists|produces?|makes?|operates?|owns?|supplies"
    r"|belongs?|includes?)\s(?P<rest>.*)",
    re.DOTALL,
)
# What is to come, or is only under way, or is told of someone else.
_NOT_A_STATE = re.compile(r"(?:to|not|no|expected|likely|planned|set|due|being|\w+ing)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"[\s,](?:of|by|from|with|in|for|to|at|on|under|between|as|since|after|before|against)\s")
# Within what should be a subject: the verb found is one of a clause, and another sentence stands around it.
_CLAUSE = re.compile(r"\b(?:if|that|which|who|can|could|may|will|would|when|where|whether|said|says|reported|wrote)\b")
_LAST_WORD = re.compile(r"[\w.'’-]+(?=\W*$)")


def is_defining(text: str, topic: Topic) -> bool:
    """Whether a sentence has the topic as its subject and says what it is, has, covers or does."""
    match = _TELLING.search(text)
    if match is None or match.start() > _LONGEST_SUBJECT or _NOT_A_STATE.match(match["rest"]):
        return False
    subject = text[: match.start()]
    if _CLAUSE.search(subject):
        return False
    if not _PREPOSITION.search(f" {topic.text} "):
        subject = _PREPOSITION.split(f"{subject} ")[0]
    last = _LAST_WORD.search(subject)
    return last is not None and topic.shares_a_term(last[0]) and topic.is_named_by(subject)
