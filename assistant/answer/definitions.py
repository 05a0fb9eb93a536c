"""What a thing is: told best by a sentence that begins with it, not by one that mentions it on the way."""

from __future__ import annotations

import re

from assistant.measures.names import references

_ASKS = re.compile(
    r"^\W*(?:what(?:['’]s|\s+is|\s+are|\s+was|\s+were)\s+(?:the\s+|(?P<any>an?\s+))?(?P<thing>[^?!,;]+?)"
    r"|what\s+(?:does|do|did)\s+(?:the\s+)?(?P<doer>[^?!,;]+?)\s+"
    r"(?:do|say|cover|mean|contain|regulate|provide|require)"
    r"|(?:explain|define|describe|tell me about|summari[sz]e)\s+(?:the\s+)?(?P<told>[^?!,;]+?))"
    r"(?:\s+about)?\s*[?.!]*$",
    re.IGNORECASE,
)
# "What is the price of dysprosium" asks for a value of the thing, not for what it is.
_OF = re.compile(r"\b(?:of|for|in|on|by|from|to|between|with|under|at|about|behind|after)\b", re.IGNORECASE)
_OPENS = re.compile(r"^(?:the|an?|china['’]s|mofcom)\s+", re.IGNORECASE)
# "Project Vault, a civilian stockpile", "the Critical Raw Materials Act (CRMA) is", "a general licence lets".
_DEFINES = (
    r"\b{}(?:\)|\s\([^)]*\))?(?:,?\s(?:is|are|was|were|means|lets|allows|stands|extends|has|have)\b|,\s(?:an?|the)\b)"
)
NEAR_THE_START = 60


def thing_asked(question: str) -> str:
    """The thing that a question asks the meaning or content of, as it words it; empty when it asks something else."""
    asked = _ASKS.match(question)
    if asked is None:
        return ""
    thing = (asked["thing"] or asked["doer"] or asked["told"]).strip()
    if not _OF.search(thing) or references(thing):
        return thing
    # "A general licence for rare earths" is any such licence, "the price of dysprosium" one price.
    return _OF.split(thing)[0].strip() if asked["any"] else ""


def tells_of_itself(thing: str, sentence: str) -> bool:
    """Whether a sentence says near its start what the thing is, or names its instrument before any other."""
    asked, told = references(thing), references(sentence)
    if asked:
        return bool(told) and told[0].fits(asked[0])
    pattern = _DEFINES.format(re.escape(_OPENS.sub("", thing)))
    return re.search(pattern, sentence[:NEAR_THE_START], re.IGNORECASE) is not None
