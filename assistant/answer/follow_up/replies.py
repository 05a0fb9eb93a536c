""" "Yes", "the second one": answers to the questions that the program offered."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = (
    "yes|yeah|yep|yup|sure|ok|okay|please|go on|go ahead|do|do it|do that|do so|of course|absolutely|right|alright|"
    "continue"
)
_YES = re.compile(rf"^(?:(?:{_WORDS})\b[\s,.!]*){{1,5}}$", re.IGNORECASE)
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_CHOICE = re.compile(
    rf"^(?:(?:{_WORDS})\b[\s,.!]*){{0,3}}(?:(?:the )?(?P<word>{'|'.join(_ORDINALS)})(?: (?:one|question))?"
    r"|(?:number |no\. ?|question |#)?(?P<number>[1-9]))[\s,.!]*(?:please)?[\s.!?]*$",
    re.IGNORECASE,
)
_TALK = re.compile(
    rf"^(?:(?:{_WORDS}|no|nope|not now|no thanks|thanks|thank you|thank you very much|great|good|hello|hi|good to know|"
    r"i see|wow|hm+)"
    r"\b[\s,.!]*){1,6}$",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"^\W*(?:(?:ok|okay|right|thanks|so|and|now)\b[\s,.!]*)*"
    r"(?:(?:a |an |on )?(?:new|other|another|different|separate|unrelated) (?:question|topic|subject|thing|matter)|"
    r"something (?:else|different)|(?:changing|switching|change of) (?:the )?(?:topic|subject)s?|unrelated)"
    r"\b[^?]{0,20}?[:,.;-]",
    re.IGNORECASE,
)
LONGEST_REPLY = 60


def taken_up(reply: str, offered: Sequence[str]) -> str | None:
    """The offered question that ``reply`` says yes to, the first unless it names another; None when it names none."""
    if not offered or len(reply) > LONGEST_REPLY:
        return None
    if _YES.match(reply):
        return offered[0]
    if choice := _CHOICE.match(reply):
        place = _ORDINALS[choice["word"].lower()] if choice["word"] else int(choice["number"]) - 1
        return offered[place] if place < len(offered) else None
    return None


def is_talk(text: str) -> bool:
    """Whether ``text`` asks nothing: "thanks", "no", "ok"."""
    return len(text) <= LONGEST_REPLY and bool(_TALK.match(text) or _CHOICE.match(text))


def opens_a_topic(question: str) -> bool:
    """Whether the asker says that what follows is about something new: "Another question: who mines yttrium?"."""
    return bool(_NEW_TOPIC.match(question))
