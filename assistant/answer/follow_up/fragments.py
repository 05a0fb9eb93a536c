""" "And Japan?", "what about May?", "to India?": a fragment takes the place of its kind in the old question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.follow_up.grammar import AUXILIARIES, DETERMINERS, QUESTION_WORDS, Rewrite, joined, parse
from assistant.answer.follow_up.mentions import NAME, PLACE, Mention, mentions
from assistant.answer.follow_up.phrases import (
    flow_turned,
    for_the_pair,
    names_a_teller,
    of_a_kind,
    phrase_for_phrase,
    price,
    told_by,
)
from assistant.answer.follow_up.prepositions import leading, opening
from assistant.answer.follow_up.rules import rule_by_itself, rule_for_rule
from assistant.answer.follow_up.substitution import alike, substituted
from assistant.answer.follow_up.verbs import is_finite
from assistant.terms import TermAnalyzer

LEADING = re.compile(
    r"^\s*(?:(?:yes|yeah|no(?!\.?\s*\d)|ok|okay|so|and|but|also|then|well|right)\b[\s,.:!]*)*"
    r"(?:(?:what about|how about|what of|(?:the )?same (?:for|in|with)|what if it is|"
    r"(?:does|do|did|is|was) (?:that|this|it|the same)(?: also)? (?:hold|apply|go|count|true|valid|so)(?: also)? "
    r"(?:for|of|with|in))\b[\s,:]*)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s,]+(?:too|then|instead|as well|please|alone|ones?))*[\s?!.,]*$", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|there|he|she)\b", re.IGNORECASE)
_THE_ONE = re.compile(r"(?:the|that|those)\s+ones?\s+(?=(?:in|at|from|for|on|with|near|to|by)\s)", re.IGNORECASE)
_NAME_ALONE = re.compile(r"(?:[A-Z][\w.&-]*\s?){1,4}")
LONGEST_FRAGMENT = 7


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A fragment taken apart.

    Attributes:
        led: it opens like a follow-up.
        the_one: "the one " before its body, or empty.
        preposition: that its body begins with, or empty.
    """

    led: bool
    the_one: str
    body: str
    preposition: str
    named: tuple[Mention, ...]


def filled(fragment: str, old: str, analyzer: TermAnalyzer) -> Rewrite | None:
    """The old question with the fragment in it; None when ``fragment`` is a sentence of its own.

    What fits nowhere is set before the old question ("In dollar terms: what tonnage ..."), but only when
    the fragment opens like a follow-up or with a preposition.
    """
    read = _read(fragment, analyzer)
    if read is None:
        return None
    opens_as_one = read.led or bool(read.preposition)
    if not opens_as_one and not names_a_teller(read.body) and not _safe_unled(read.named, fragment, old):
        return None
    placed = _placed(read, old, analyzer)
    if placed and not (read.the_one and _drives_out(placed, read, old, analyzer)):
        return Rewrite(placed, f"the {_thing(old, read.preposition)} {read.body}" if read.the_one else None)
    if not opens_as_one:
        return None
    return rule_by_itself(read.body, old) or joined(f"{read.the_one}{read.body}", old)


def _read(fragment: str, analyzer: TermAnalyzer) -> _Fragment | None:
    """The fragment without what leads to it and trails it; None for a sentence."""
    lead = LEADING.match(fragment)
    body = _TRAILING.sub("", fragment[lead.end() if lead else 0 :])
    if not body or not _is_fragment(body):
        return None
    one = _THE_ONE.match(body)
    body = body[one.end() :] if one else body
    named = mentions(body, analyzer, bare_months=True)
    return _Fragment(bool(lead and lead[0].strip()), one[0] if one else "", body, opening(body), named)


def _is_fragment(body: str) -> bool:
    words = body.split()
    lowered = [word.lower() for word in words]
    asks = lowered[0] in QUESTION_WORDS | AUXILIARIES - {"may"} or (
        len(words) > 1 and words[0] in {"May", "may"} and lowered[1] in {"i", "we", "a", "the", "you"}
    )
    verbs = any(word in AUXILIARIES for word in words[1:]) or any(
        is_finite(word) and not word.endswith("s") and before not in {"the", "a", "an"}
        for before, word in pairwise(lowered)
        if word not in {"control", "ban", "price"}
    )
    return len(words) <= LONGEST_FRAGMENT and not asks and not verbs and not _POINTING.search(body)


def _safe_unled(named: Sequence[Mention], fragment: str, old: str) -> bool:
    """A bare name may open a topic of its own: it needs a question mark and a name as the old subject."""
    if all(mention.kind != NAME for mention in named):
        return True
    clause = parse(old)
    return fragment.rstrip().endswith("?") and bool(clause and _NAME_ALONE.fullmatch(clause.subject))


def _placed(read: _Fragment, old: str, analyzer: TermAnalyzer) -> str | None:
    """The old question with the fragment in it, by the first way that there is."""
    body, preposition, named = read.body, read.preposition, read.named
    return (
        rule_for_rule(body, preposition, old)
        or price(body, old, analyzer)
        or for_the_pair(body, preposition, named, old)
        or substituted(body, preposition, named, old, analyzer)
        or flow_turned(body, old)
        or told_by(body, old)
        or of_a_kind(body, preposition, old)
        or phrase_for_phrase(body, preposition, named, old, analyzer)
    )


def _thing(old: str, preposition: str) -> str:
    """The noun that the last ``preposition`` of the old question belongs to, to speak of another such thing."""
    found = list(re.finditer(rf"(?P<noun>(?:[\w'’-]+\s+){{1,6}}){preposition}\b", old))
    words = found[-1]["noun"].split() if found else []
    start = max((at for at, word in enumerate(words, start=1) if word.lower() in DETERMINERS), default=len(words) - 1)
    return " ".join(words[start:]) or "one"


def _drives_out(placed: str, read: _Fragment, old: str, analyzer: TermAnalyzer) -> bool:
    """Whether "the one in Texas" took the place of who was led by no "in": "supplies Lynas" tells no place."""
    for new in read.named:
        found = alike(old, new, read.preposition, analyzer) if new.kind in {NAME, PLACE} else []
        led = any(leading(old, one.start)[0] == read.preposition for one in found)
        if not led and any(one.text not in placed for one in found):
            return True
    return False
