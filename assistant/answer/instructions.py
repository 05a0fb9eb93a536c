"""Sentences that speak to whoever writes the answer: they are no reporting, and are never quoted.

Articles are data. The extractive engine obeys nothing anyway; this keeps an order planted in a page
from being shown as if it were news.
"""

from __future__ import annotations

import re

_TO_THE_WRITER = re.compile(
    r"""
    \b(?:your|any|every|each|all|an|the|this)\s+(?:final\s+|next\s+)?(?:answers?|repl(?:y|ies)|responses?|outputs?)\b
        (?=.*\b(?:add|append|end|include|insert|integrate|introduce|mention|modify|must|provide|put|rearrange|remove|
        replace|say|state|substitute|suggest|use|write|begin|start|translate|misspell|group|anagram|phrase|format)\b)
    | \b(?:add|append|end|include|insert|integrate|introduce|modify|provide|rearrange|remove|replace|say|state|
        substitute|suggest|use|write|begin|start|translate|misspell|group|anagram)\b.*
        \b(?:your|any|every|each|all|an|the|this)\s+(?:answers?|repl(?:y|ies)|responses?|outputs?)\b
    | \byour\s+(?:\w+\s+)?(?:answers?|repl(?:y|ies)|responses?|outputs?)\b
    | \bquestions?\s+(?:are|must|should|have|is|has)\s+(?:\w+\s+){0,3}?(?:be\s+)?answered\s+(?:with|by|in|as)\b
    | \b(?:developer|debug|god|jailbreak)\s+mode\b
    | \b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|above|previous)\b
    | \bsystem\s+(?:prompt|message)\b | \byou\s+are\s+(?:now\s+)?an?\s+(?:ai|assistant|chatbot|language\s+model)\b
    | \bas\s+an?\s+(?:ai|assistant|language\s+model)\b
    | \bmust\s+be\s+(?:cited|credited|quoted|attributed)\s+(?:as|to)\b
    | \b(?:tell|inform|warn|direct|refer)\s+(?:the\s+)?(?:users?|readers?)\b
    | ^\s*(?:please\s+)?(?:always|never)\s+(?:add|answer|call|cite|claim|deny|describe|end|include|mention|name|praise|
        promote|quote|recommend|refer|repeat|reply|say|state|suggest|tell|use|write)\b
    | ^\s*(?:assistant|system|user)\s*: | <\s*/?\s*[a-z!][^>]*> | !?\[[^\]]*\]\((?:https?:|javascript:) | \[\d{2,}\]
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

# One of these stands in whatever the pattern matches; looking for them first spares nearly every sentence its search.
_ALL_NEED_ONE = (
    "answer", "repl", "response", "output", "mode", "ignore", "disregard", "forget", "override", "system", "assistant",
    "chatbot", "language", "always", "never", "cited", "credited", "quoted", "attributed", "user", "reader", "<", "[",
)  # fmt: skip
_MODEL = re.compile(r"\bai\b")
# Letters that match another one's capital or small form, and are neither.
_ODD_CASES = re.compile("[ſKİı]")


def addresses_the_writer(sentence: str) -> bool:
    """Whether a sentence gives orders to an answering program, or carries markup or a citation marker of its own."""
    if not _may_address(sentence):
        return False
    return bool(_TO_THE_WRITER.search(sentence))


def _may_address(sentence: str) -> bool:
    lowered = sentence.lower()
    # A plain loop: a generator would cost more than what it looks at.
    for word in _ALL_NEED_ONE:
        if word in lowered:
            return True
    if "ai" in lowered and _MODEL.search(lowered):
        return True
    return not sentence.isascii() and bool(_ODD_CASES.search(sentence))
