"""What a thing is: told best by a sentence that begins with it, not by one that mentions it on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
# "The 0.1% rule is part of Announcement 61" does not say what it is, "under the 0.1% rule an exporter needs" does.
_DEFINES = (
    r"(?:\b{thing}(?:\)|\s\([^)]*\))?(?:\sof\s[^,;]{{3,70}}?)?"
    r"(?:,?\s(?:(?:is|are|was|were)(?!\spart\b)|means|lets|allows|stands|extends|has|have)\b|,\s(?:an?|the)\b)"
    r"|^Under (?:the )?{thing}\b)"
)
# "the Brazilian rare earth producer Serra Verde"
_BESIDE_ITS_SORT = r"\b(?:producer|maker|miner|company|firm|developer|group|plant|mine|project) {thing}\b"
_FEWEST_WORDS = 2
NEAR_THE_START, NEAR_ENOUGH = 45, 120


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
    return any(_defines(name, sentence) for name in _shorter_names(_OPENS.sub("", thing)))


def _defines(name: str, sentence: str) -> bool:
    told = sentence[:NEAR_ENOUGH]
    found = re.search(_DEFINES.format(thing=re.escape(name)), told, re.IGNORECASE)
    if found is not None and found.start() < NEAR_THE_START:
        return True
    return name[:1].isupper() and re.search(_BESIDE_ITS_SORT.format(thing=re.escape(name)), told) is not None


def _shorter_names(thing: str) -> Iterator[str]:
    """ "US 50% affiliates rule", "50% affiliates rule", "affiliates rule": what comes first narrows little."""
    words = thing.split()
    yield thing
    for start in range(1, len(words) - _FEWEST_WORDS + 1):
        yield " ".join(words[start:])
