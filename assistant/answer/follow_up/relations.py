""" "Why?", "until when?", "who said that?", "list them", "is that still so?": the old question asked another way."""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import (
    BE,
    DETERMINERS,
    DO,
    PREPOSITIONS,
    Clause,
    Rewrite,
    as_indirect,
    asked_thing,
    head_of,
    is_plural,
    joined,
    lower_first,
    parse,
    upper_first,
    without_trailing_date,
)
from assistant.answer.follow_up.mentions import EVENT, INSTRUMENT, mentions, undated
from assistant.answer.follow_up.pointers import HEAD
from assistant.answer.follow_up.verbs import base_form, participle
from assistant.dates import MONTH_NAMES
from assistant.terms import TermAnalyzer

_LEAD = r"^(?:(?:and|but|so|ok|then)\b[\s,]*)*"
_TAIL = r"(?:[\s,]+(?:please|then|exactly|though))*[\s?!.]*$"
_SAID = re.compile(
    rf"{_LEAD}(?:who (?:said|says|reported|reports|claimed|claims|told you|wrote) (?:that|so|this|it)|says who|"
    rf"according to who(?:m)?|(?:what(?:'s| is) the )?source){_TAIL}",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"{_LEAD}(?:please )?(?:(?:can|could) you )?(?:(?:list|name|show|enumerate) (?:me )?(?:them|those|these|all)"
    rf"(?: all)?|which ones|which|(?:what|who|which) are they|which were they){_TAIL}",
    re.IGNORECASE,
)
_STILL = re.compile(
    rf"{_LEAD}(?:(?:is|are|was|were|does|do) (?:that|this|it|they|these|those) still (?P<state>so|true|the case|right|"
    rf"correct|valid|current|in force|in effect|apply|stand|hold)|still (?P<short>so|true|in force|valid)|"
    rf"(?:what about|how about)? ?(?:now|today)|is that still the case){_TAIL}",
    re.IGNORECASE,
)
# "China's April 2025 announcement"
_OF_A_MONTH = re.compile(
    rf"(?:\b(?:China['’]s|the) )?\b(?:{MONTH_NAMES})(?: 20\d\d)? "
    rf"(?:[a-z-]+ ){{0,3}}?{HEAD}\b"
)
_OF_THEM = r" (?:is|are|was|were) (?:that|they|there|those)"
_CIRCUMSTANCE = re.compile(
    rf"{_LEAD}(?P<asking>why|when|where|how|since when|until when|till when|from when|by when|how long|for how long|"
    r"how so|how come|who|by whom|for whom|with whom|to whom|from whom|what for|how much|"
    rf"how many(?={_OF_THEM}|\W*$)|"
    rf"(?:in|on|at|to|from|by|for|with|under|over|through|into|after|before) (?:what|which)(?: [\w-]+){{1,3}}?)"
    rf"(?:(?<=how many){_OF_THEM})?"
    rf"(?:(?<=when|.why) (?:is|was) (?:that|this)|(?<=when) did (?:that|this|it) happen|"
    r"(?:(?<=when)|(?<=where)|(?<=why)|(?<=how)) (?:did|does|do|has|have|had|will|would|is|was|were) "
    rf"(?:it|they|he|she) (?:do|done|doing) (?:that|this|so|it))?{_TAIL}",
    re.IGNORECASE,
)
_REASON = re.compile(
    rf"{_LEAD}(?:(?:what|which|any) reasons? (?:did|do|does|have|has|was|were|is|are) "
    r"(?:(?:they|it|he|she|that|the government) )?(?:given?|named?|cited?|offer(?:ed)?|told|state[ds]?)|"
    r"(?:what(?:['’]s| is| are| was| were) )?(?:the|their|its|his|her) "
    r"(?:reasons?|grounds|motives?|justification|rationale)"
    r"(?: (?:given|named|stated|cited))?|(?:for what|what) reasons?|on what grounds|"
    r"(?:what(?:['’]s| is| was| lies| lay) )?behind|"
    r"how (?:did|do|does|was|is) (?:they|it|he|she|this|that) (?:justif(?:y|ied)|explain(?:ed)?))"
    rf"(?: (?:for |of |by )?(?:it|that|this|doing (?:so|it|that)|the move))?{_TAIL}",
    re.IGNORECASE,
)
_WHO_WAS = re.compile(rf"{_LEAD}who (?:was|is|were|are) (?:that|this|it|he|she|they){_TAIL}", re.IGNORECASE)
_INDEFINITE = re.compile(r"^(?:somebody|someone|anybody|anyone)\b", re.IGNORECASE)
_THEREAFTER = re.compile(
    rf"{_LEAD}what (?:happens|will happen|comes|follows|is next|then)"
    rf"(?: (?:after (?:that|this|then)|next|then|afterwards))?{_TAIL}|^and then\W*$",
    re.IGNORECASE,
)
_ENDS = ("until when", "till when", "how long", "for how long")
_TIMES = ("when", "since when", "until when", "till when", "from when", "by when")
_REASONS = frozenset({"what for", "how come", "how so"})
_NOW = {"was": "is", "were": "are", "had": "has"}


def asked_again(question: str, old: str, analyzer: TermAnalyzer) -> Rewrite | None:
    """The old question, turned as the new one says; None when the new one is of no such kind."""
    topic, core = _parted(old)
    found = _turned(question, core, analyzer)
    if found is None or not topic:
        return found
    return Rewrite(f"{topic}: {lower_first(found.text)}", found.focus)


def thereafter(question: str, old: str) -> str:
    """ "Until when are the rules suspended?", asked what comes then; empty for another question, or after another."""
    clause = parse(old.rpartition(": ")[2]) if _THEREAFTER.match(question) else None
    if not (clause and clause.asking.lower() in _ENDS and clause.auxiliary in BE and clause.predicate):
        return ""
    state = re.sub(r"^still ", "", clause.predicate)
    return f"What happens when {clause.subject} {'are' if is_plural(clause.subject) else 'is'} no longer {state}?"


def is_aside(question: str) -> bool:
    """Whether a question asks only for a circumstance or the source of what was asked: "why?", "who said that?"."""
    return any(aside.match(question) for aside in (_SAID, _REASON, _CIRCUMSTANCE))


def _parted(old: str) -> tuple[str, str]:
    """The topic that an earlier rewrite set before the question ("On the deal"), and the question itself."""
    topic, _, core = old.rpartition(": ")
    return (topic if topic.startswith("On ") else ""), core


def _turned(question: str, old: str, analyzer: TermAnalyzer) -> Rewrite | None:
    if _STILL.match(question):
        return Rewrite(_still(question, old, analyzer))
    if _SAID.match(question):
        return Rewrite(_said(old))
    if _LIST.match(question):
        return Rewrite(_listed(old))
    if _WHO_WAS.match(question) and (who := _somebody(old)):
        return Rewrite(who)
    if _REASON.match(question):
        return _circumstance("why", old)
    found = _CIRCUMSTANCE.match(question)
    return _circumstance(found["asking"], old) if found else None


def _said(old: str) -> str:
    if old.startswith("Who said "):
        return old
    clause = parse(old)
    told = as_indirect(clause) if clause else ""
    return f"Who said {told}?" if told else f"Who said so: {lower_first(old)}"


def _somebody(old: str) -> str:
    """ "Did somebody in Brussels call it a racket?" asks, of whom, who in Brussels called it one; else empty."""
    clause = parse(old)
    told = as_indirect(clause).removeprefix("whether ") if clause and not clause.asking else ""
    who = _INDEFINITE.match(told)
    return f"Who{told[who.end() :]}?" if who else ""


def _listed(old: str) -> str:
    counted = re.match(r"how many(?= \w)", old, re.IGNORECASE)
    if counted and not re.match(r"how many (?:tonnes|tons|kilograms|kg|dollars|percent|of)\b", old, re.IGNORECASE):
        return f"Which{old[counted.end() :]}"
    return old if re.search(r"list them\W*$", old, re.IGNORECASE) else f"{old.strip()} List them."


def _still(question: str, old: str, analyzer: TermAnalyzer) -> str:
    """The status today: the dates of the old question leave, its past becomes present."""
    clause = parse(old)
    state = re.search(r"\b(?:in force|in effect|valid|apply|stand)\b", question, re.IGNORECASE)
    measure = _measure(old, analyzer)
    if measure and (state or not clause or clause.auxiliary not in BE):
        return f"Is {measure} still in force today?"
    if state and clause and re.search(rf"\b{HEAD}\b", clause.subject, re.IGNORECASE):
        return f"{'Are' if is_plural(clause.subject) else 'Is'} {clause.subject} still in force today?"
    bare = undated(old, analyzer)
    clause = parse(bare)
    if clause is None:
        return f"{bare.rstrip(' ?.!')} today?"
    auxiliary = _NOW.get(clause.auxiliary, clause.auxiliary)
    if not clause.asking and clause.subject and clause.predicate and auxiliary in BE:
        predicate = re.sub(r"^still\s+|\s+today$", "", clause.predicate)
        return f"{upper_first(auxiliary)} {clause.subject} still {predicate} today?"
    told = " ".join(part for part in (clause.asking, auxiliary, clause.rest) if part)
    return f"{upper_first(told)} today?"


def _measure(old: str, analyzer: TermAnalyzer) -> str:
    """The numbered instrument, event or rule of a month that a question is about, with the words before its number."""
    found = [one for one in mentions(old, analyzer) if one.kind in {INSTRUMENT, EVENT}]
    if not found:
        named = _OF_A_MONTH.search(old)
        return named[0] if named else ""
    clause = parse(old)
    subject = clause.subject if clause else ""
    return subject if subject.endswith(found[0].text) else found[0].text


def _circumstance(asking: str, old: str) -> Rewrite:
    clause = parse(old)
    asking = "why" if asking.lower() in _REASONS else asking.lower()
    thing = clause and re.match(r"(?:which|what) (?=\w+s\b)", clause.asking, re.IGNORECASE)
    if asking == "how many" and thing:
        return Rewrite(f"How many {old[thing.end() :]}")
    whole = clause and (_whole(clause, asking) or _passive(clause, asking))
    return Rewrite(f"{upper_first(asking)} {whole}?", asking) if whole else joined(asking, old)


def _whole(clause: Clause, asking: str) -> str:
    """What follows "Why" or "Until when" when the old question had asked that; empty when it cannot be said."""
    if not clause.auxiliary or asking in {"how much", "how many", "who"}:
        return ""
    rest = clause.rest
    if asking in _TIMES:
        rest = re.sub(r"\bstill\s+", "", without_trailing_date(re.sub(r"\s+today$", "", rest))[0])
    if not clause.asking or clause.asks_a_circumstance:
        return f"{clause.auxiliary} {rest}"
    if asking == "why":
        return _why(clause)
    return _with_thing(clause, asking)


def _with_thing(clause: Clause, asking: str) -> str:
    """ "What price floor did MP get?", asked for how long, gives "did MP get a price floor"."""
    thing = asked_thing(clause)
    if not (
        thing and clause.subject and clause.auxiliary in DO and clause.asking.lower().startswith(("what ", "which "))
    ):
        return ""
    article = "" if is_plural(thing) else "an " if thing[0].lower() in "aeiou" else "a "
    told = f"{clause.auxiliary} {clause.subject} {clause.verb} {article}{thing} {clause.tail}".strip()
    return without_trailing_date(told)[0] if asking in _TIMES else told


def _passive(clause: Clause, asking: str) -> str:
    """ "Who signed the framework?", asked where, gives "was the framework signed"; empty for other questions.

    Of named ones it is still asked: "Which companies got a licence?", asked when, gives "did companies get a licence".
    """
    things = asked_thing(clause)
    if is_plural(things) and not clause.auxiliary and asking in _TIMES and (base := base_form(clause.verb)):
        return without_trailing_date(f"did {things} {base} {clause.tail}")[0]
    done = participle(clause.verb)
    if clause.asking.lower() != "who" or clause.auxiliary or not done or asking in {"how much", "how many", "who"}:
        return ""
    thing, dates = without_trailing_date(clause.tail)
    first, *others = head_of(thing).lower().split() or [""]
    if first in {"", *PREPOSITIONS} or DETERMINERS.intersection(others):  # "called the rules a power grab"
        return ""
    when = "" if asking in _TIMES else dates
    return f"{'were' if is_plural(thing) else 'was'} {thing} {done}{when}"


def _why(clause: Clause) -> str:
    """ "How many tonnes did China export in July?" gives "did China export that many tonnes in July"."""
    words = clause.asking.split()
    if clause.asking.lower() in {"who", "whom"}:
        return (
            f"{clause.auxiliary} {clause.subject} {clause.verb} anyone {clause.tail}".strip() if clause.subject else ""
        )
    opening = " ".join(words[:2]).lower()
    if opening in {"how many", "how much"}:
        filled = f"that {words[1].lower()} {' '.join(words[2:])}".strip()
    else:
        thing = asked_thing(clause)
        filled = "that" if not thing else f"{'those' if thing.endswith('s') else 'that'} {thing}"
    if clause.auxiliary in BE:
        return "" if clause.subject else f"{clause.auxiliary} {filled} {clause.predicate}"
    if not clause.subject:
        return ""
    return f"{clause.auxiliary} {clause.subject} {clause.verb} {filled} {clause.tail}".strip()
