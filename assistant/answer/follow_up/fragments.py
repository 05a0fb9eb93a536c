""" "And Japan?", "what about May?", "to India?": a fragment takes the place of its kind in the old question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answer.follow_up.grammar import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    TO_MANY,
    Rewrite,
    is_plural,
    joined,
    parse,
    upper_first,
    without_trailing_date,
)
from assistant.answer.follow_up.mentions import DATE, EVENT, INSTRUMENT, NAME, PLACE, Mention, mentions
from assistant.answer.follow_up.pointers import HEAD
from assistant.answer.follow_up.verbs import is_finite, is_participle
from assistant.dates import MONTHS, find_dates
from assistant.terms import ELEMENTS_KIND, TermAnalyzer

LEADING = re.compile(
    r"^\s*(?:(?:yes|yeah|no(?!\.?\s*\d)|ok|okay|so|and|but|also|then|well|right)\b[\s,.:!]*)*"
    r"(?:(?:what about|how about|what of|(?:the )?same (?:for|in|with)|what if it is|"
    r"(?:does|do|did|is|was) (?:that|this|it|the same)(?: also)? (?:hold|apply|go|count|true|valid|so)(?: also)? "
    r"(?:for|of|with|in))\b[\s,:]*)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s,]+(?:too|then|instead|as well|please|alone|ones?))*[\s?!.,]*$", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?P<preposition>in|on|to|from|of|for|by|at|over|under|with|since|until|during|before|after|per|into|between)?\b\s*"
    r"(?P<article>the\s+)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:\b(?P<preposition>in|on|to|from|of|for|by|at|over|under|with|since|until|during|before|after|"
                     r"per|into|between)\s+)?(?P<article>the\s+)?$", re.IGNORECASE)  # fmt: skip
_JOINED = re.compile(r"\s*(?:,|,?\s+and|,?\s+or)\s+")
_POINTING = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|there|he|she)\b", re.IGNORECASE)
_FLOW = re.compile(r"\b(?:export|exported|ship|shipped|sell|sold|send|sent|supply|supplied)\b")
_NAMING = frozenset({NAME, INSTRUMENT, EVENT})
_ANY_PREPOSITION = rf"(?:{'|'.join(sorted(PREPOSITIONS - {'of'}))}|according)\b"
_ANY_ONE = re.compile(rf"\ban? [a-z-]+(?: (?!{_ANY_PREPOSITION})[a-z-]+)?(?= {_ANY_PREPOSITION}|$)")
_TIME = re.compile(r"\b(?:(?:day|week|month|quarter|year)s?|ago|later|earlier)\b", re.IGNORECASE)
_TELLER = re.compile(r"according to \S", re.IGNORECASE)
_THE_ONE = re.compile(r"(?:the|that|those)\s+ones?\s+(?=(?:in|at|from|for|on|with|near|to|by)\s)", re.IGNORECASE)
_MAKING = "mak|build|produc|assembl|open|clos|halt|stop|idl|launch|run|operat"
_OWN_THING = re.compile(
    rf"(?P<made>\b(?:{_MAKING})(?:e|es|ing|d|ed|t)?)(?P<owner> (?:the|its|their)) "
    r"(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)"
    r"(?P<noun> (?!(?:in|at|on|for|from|between|since|until|and|or|to|with|by)\b)[a-z]+)?\b"
)
_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d$")
_TOGETHER = re.compile(r"\b(?:sign|agree|conclude|declare|launch)(?:e?d)?\b", re.IGNORECASE)
_NAME_ALONE = re.compile(r"(?:[A-Z][\w.&-]*\s?){1,4}")
LONGEST_FRAGMENT = 7
_THE_PAIR = re.compile(r"\b(?:NdPr|Nd-Pr|neodymium[- ]praseodymium)(?: oxide)?(?!\w)", re.IGNORECASE)
_PRICE = re.compile(r"(?:the |its )?prices?", re.IGNORECASE)
_AGREEING = TO_MANY | {many: one for one, many in TO_MANY.items()}
# "The April controls"; "the measures that China announced", no "the controls still" of an adverb.
_A_RULE = re.compile(rf"(?:the|that|this|those|these) (?:[\w.%’'-]+ ){{1,4}}?{HEAD}", re.IGNORECASE)
_NARROWED_RULE = re.compile(rf"the (?:[\w.%’'-]+ ){{0,5}}?{HEAD} (?:of|on|for|from) ", re.IGNORECASE)
_BEGINS_AS_RULE = re.compile(
    rf"the (?:[\w.%’'-]+ ){{0,5}}?{HEAD}(?:$| (?:that|which|of|on|for|from|in)\b)", re.IGNORECASE
)


def filled(fragment: str, old: str, analyzer: TermAnalyzer) -> Rewrite | None:
    """The old question with the fragment in it; None when ``fragment`` is a sentence of its own.

    What fits nowhere is set before the old question ("In dollar terms: what tonnage ..."), but only when
    the fragment opens like a follow-up or with a preposition.
    """
    lead = LEADING.match(fragment)
    body = _TRAILING.sub("", fragment[lead.end() if lead else 0 :])
    if not body or not _is_fragment(body):
        return None
    led = bool(lead and lead[0].strip())
    one = _THE_ONE.match(body)
    body = body[one.end() :] if one else body
    named = mentions(body, analyzer, bare_months=True)
    opening = _OPENING.match(body)
    preposition = (opening["preposition"] or "").lower() if opening else ""
    if not led and not preposition and not _TELLER.match(body) and not _safe_unled(named, fragment, old):
        return None
    placed = (
        _rule_for_rule(body, preposition, old)
        or _price(body, old, analyzer)
        or _for_the_pair(body, preposition, named, old)
        or _placed(body, preposition, named, old, analyzer)
        or _flow_turned(body, old)
        or _told_by(body, old)
        or _of_a_kind(body, preposition, old)
        or _phrase_for_phrase(body, preposition, named, old, analyzer)
    )
    if placed and not (one and _drives_out(placed, preposition, named, old, analyzer)):
        return Rewrite(placed, f"the {_thing(old, preposition)} {body}" if one else None)
    if not (led or preposition):
        return None
    if _NARROWED_RULE.match(body) or (_A_RULE.fullmatch(body) and not re.search(rf"\b{HEAD}\b", old, re.IGNORECASE)):
        return Rewrite(f"What {'are' if is_plural(body) else 'is'} {body}?")  # a subject of its own
    return joined(f"{one[0] if one else ''}{body}", old)


def _thing(old: str, preposition: str) -> str:
    """The noun that the last ``preposition`` of the old question belongs to, to speak of another such thing."""
    found = list(re.finditer(rf"(?P<noun>(?:[\w'’-]+\s+){{1,6}}){preposition}\b", old))
    words = found[-1]["noun"].split() if found else []
    start = max((at for at, word in enumerate(words, start=1) if word.lower() in DETERMINERS), default=len(words) - 1)
    return " ".join(words[start:]) or "one"


def _drives_out(placed: str, preposition: str, named: Sequence[Mention], old: str, analyzer: TermAnalyzer) -> bool:
    """Whether "the one in Texas" took the place of who was led by no "in": "supplies Lynas" tells no place."""
    for new in named:
        found = _alike(old, new, preposition, analyzer) if new.kind in {NAME, PLACE} else []
        led = any(_leading(old, one.start)[0] == preposition for one in found)
        if not led and any(one.text not in placed for one in found):
            return True
    return False


def _phrase_for_phrase(
    body: str, preposition: str, named: Sequence[Mention], old: str, analyzer: TermAnalyzer
) -> str | None:
    """ "And in the Lynas letter of intent?" for "in the MP Materials deal": both phrases must name somebody."""
    if not preposition or not any(one.kind in _NAMING for one in named):
        return None
    bare = old.rstrip(" ?.!")
    phrases = list(re.finditer(rf"\b{preposition} (?:(?!{_ANY_PREPOSITION})[\w&'’.-]+(?: |$))+", bare, re.IGNORECASE))
    told = [one for one in phrases if any(mention.kind in _NAMING for mention in mentions(one[0], analyzer))]
    if len(told) != 1:
        return None
    return f"{bare[: told[0].start()]}{body} {bare[told[0].end() :]}".rstrip() + "?"


def _rule_for_rule(body: str, preposition: str, old: str) -> str | None:
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


def _price(body: str, old: str, analyzer: TermAnalyzer) -> str | None:
    """ "What about prices?" after a question on yttrium."""
    elements = [one.text for one in mentions(old, analyzer) if one.kind == ELEMENTS_KIND]
    if not _PRICE.fullmatch(body) or len(elements) != 1 or _PRICE.search(old):
        return None
    return f"What is the price of {elements[0]}?"


def _for_the_pair(body: str, preposition: str, named: Sequence[Mention], old: str) -> str | None:
    """ "And dysprosium?" for neodymium-praseodymium, which is no element by itself."""
    is_element = not preposition and len(named) == 1 and named[0].kind == ELEMENTS_KIND and named[0].text == body
    return _THE_PAIR.sub(body, old) if is_element and len(_THE_PAIR.findall(old)) == 1 else None


def _of_a_kind(body: str, preposition: str, old: str) -> str | None:
    """ "And a submarine?" for the only "a destroyer" before; after a preposition, for one after the same."""
    found, thing = _ANY_ONE.search(old.rstrip(" ?.!")), body[len(preposition) :].strip()
    if not found or not _ANY_ONE.fullmatch(thing) or len(re.findall(r"\ban? [a-z]", old)) != 1:
        return None
    if _TIME.search(thing) or _takes_the_verb(found[0], old[: found.start()]):
        return None
    if preposition and _leading(old, found.start())[0] != preposition:
        return None
    return f"{old[: found.start()]}{thing}{old[found.end() :]}"


def _takes_the_verb(found: str, before: str) -> bool:
    """Whether the second word after "a" may be the verb or state: "does a destroyer need", "is a licence valid"."""
    words, led = found.split(), before.split()
    if len(words) < len(("a", "fighter", "jet")):
        return False
    follows_auxiliary = bool(led) and led[-1].lower() in AUXILIARIES
    return follows_auxiliary or is_finite(words[-1]) or is_participle(words[-1])


def _told_by(body: str, old: str) -> str | None:
    """ "And according to Canberra?" puts another teller in the old one's place, or after the question."""
    if not _TELLER.match(body):
        return None
    bare = re.sub(r",?\s+according to [^,?]+", "", old.rstrip(" ?.!"), flags=re.IGNORECASE)
    return f"{bare} {body[0].lower()}{body[1:]}?"


def _safe_unled(named: Sequence[Mention], fragment: str, old: str) -> bool:
    """A bare name may open a topic of its own: it needs a question mark and a name as the old subject."""
    if all(mention.kind != NAME for mention in named):
        return True
    clause = parse(old)
    return fragment.rstrip().endswith("?") and bool(clause and _NAME_ALONE.fullmatch(clause.subject))


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


def _placed(body: str, preposition: str, named: Sequence[Mention], old: str, analyzer: TermAnalyzer) -> str | None:
    """``old`` with every group of mentions put in; None when the body has words that no mention covers."""
    if not named or _uncovered(body, named):
        return None
    groups = _grouped(body, named)
    text = old
    for group in groups:
        found = _alike(text, group, preposition, analyzer)
        put = _replaced if found else _added
        result = put(text, group, found, preposition if group is groups[0] else "", body)
        if result is None:
            return None
        text = _without_own_things(result, group) if group.kind == NAME and found else result
    return text


def _alike(old: str, group: Mention, preposition: str, analyzer: TermAnalyzer) -> list[Mention]:
    """What ``group`` may stand for: its kind; a place and a name are one kind after the same preposition."""
    named = mentions(old, analyzer)
    found = [one for one in named if one.kind == group.kind]
    if (
        not preposition
        or group.kind not in {NAME, PLACE}
        or any(_leading(old, one.start)[0] == preposition for one in found)
    ):
        return found
    return [one for one in named if one.kind in {NAME, PLACE} and _leading(old, one.start)[0] == preposition] or found


def _uncovered(body: str, named: Sequence[Mention]) -> bool:
    rest = body
    for mention in reversed(named):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return bool(set(re.findall(r"\w+", rest.lower())) - PREPOSITIONS - {"the", "and", "or"})


def _grouped(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Joined mentions of one kind as one: "lutetium and scandium"."""
    groups: list[Mention] = []
    for mention in named:
        last = groups[-1] if groups else None
        if last and last.kind == mention.kind and _JOINED.fullmatch(text[last.end : mention.start]):
            groups[-1] = Mention(last.start, mention.end, last.kind, text[last.start : mention.end])
        else:
            groups.append(mention)
    return groups


def _replaced(old: str, new: Mention, found: Sequence[Mention], preposition: str, body: str) -> str | None:
    groups = _grouped(old, found)
    if new.kind == PLACE and (pair := _partner(old, groups)):
        groups = [pair]
    groups = [one for one in groups if not _is_own_thing(old, one)] or groups
    fitting = [one for one in groups if preposition and _leading(old, one.start)[0] == preposition]
    target = fitting[-1] if fitting else _varying(old, new, groups)
    if new.kind == DATE:
        return _dated(old, target, new, preposition, body)
    if new.kind == PLACE and not fitting and _is_other_end(old, target, preposition):
        return _added(old, new, found, preposition or "to", body)
    if new.kind == INSTRUMENT:
        return f"{old[: target.start]}{_numbered(target.text, new.text)}{old[target.end :]}"
    start, told = target.start, new.text
    before, article = _leading(old, target.start)
    if new.kind == EVENT and preposition and before and preposition != before:
        return f"{_without_lead(old, start)}{preposition} {_article(body, new)}{told}{old[target.end :]}"
    wants = bool(re.search(r"\bthe\s+$", body[: new.start], re.IGNORECASE))
    if article and not wants and new.kind in {PLACE, NAME}:
        start -= len(article)
    elif wants and not article and not old[:start].endswith("-"):
        told = f"the {told}"
    return f"{old[:start]}{told}{old[target.end :]}"


def _partner(old: str, groups: Sequence[Mention]) -> Mention | None:
    """The second of two that signed together, where no other place is named: another partner takes its place."""
    joined_two = _JOINED.split(groups[0].text) if len(groups) == 1 else []
    if len(joined_two) != len(("one", "other")) or not _TOGETHER.search(old):
        return None
    start = groups[0].end - len(joined_two[1])
    return Mention(start, groups[0].end, groups[0].kind, joined_two[1])


def _without_own_things(text: str, new: Mention) -> str:
    """A new maker did not make the old one's own: "stop making the Swift" is "stop making" when asked of Ford."""
    clause = parse(text)
    if clause is None or not clause.subject.endswith(new.text):
        return text
    at = text.rfind(clause.predicate)
    return text[:at] + _OWN_THING.sub(
        lambda own: own["made"] + (own["owner"] + own["noun"] if own["noun"] else ""), text[at:]
    )


def _is_own_thing(old: str, mention: Mention) -> bool:
    """Whether a name is of what somebody makes or runs, and so of no kind with its maker."""
    return mention.kind == NAME and any(one.start() < mention.start < one.end() for one in _OWN_THING.finditer(old))


def _varying(old: str, new: Mention, groups: Sequence[Mention]) -> Mention:
    """The group that another of its kind replaces: of places, a buyer rather than a source, and China last."""
    if new.kind != PLACE or _is_china(new):
        return groups[-1]
    others = [one for one in groups if not _is_china(one)]
    return next(iter([one for one in others if _leading(old, one.start)[0] != "from"][-1:] or others[-1:]), groups[-1])


def _is_other_end(old: str, target: Mention, preposition: str) -> bool:
    """Whether a place is the other end of a flow from or to ``target``, and so is no other in its stead."""
    if _is_china(target):
        return bool(preposition or _FLOW.search(old))
    return {_leading(old, target.start)[0], preposition} == {"from", "to"}


def _added(old: str, new: Mention, found: Sequence[Mention], preposition: str, body: str) -> str | None:
    """``new`` as a phrase at the end, before a date that ends the question; None without a way to say it."""
    if new.kind == DATE:
        preposition = preposition or ("" if not find_dates(new.text) and not _is_month(new.text) else "in")
        return f"{old.rstrip(' ?.!')} {f'{preposition} ' if preposition else ''}{_titled(new.text)}?"
    if not preposition or new.kind not in {PLACE, NAME}:
        return None
    told, dates = without_trailing_date(old.rstrip(" ?.!"))
    return f"{told} {preposition} {_article(body, new)}{new.text}{dates}?"


def _article(body: str, new: Mention) -> str:
    return "the " if re.search(r"\bthe\s+$", body[: new.start], re.IGNORECASE) else ""


def _without_lead(old: str, start: int) -> str:
    """``old`` up to ``start``, without the preposition and article that lead to it."""
    led = _BEFORE.search(old[:start])
    return old[: led.start() if led else start]


def _dated(old: str, target: Mention, new: Mention, preposition: str, body: str) -> str:
    told = _titled(new.text)
    if not find_dates(told) and _is_month(told) and (year := _YEAR_LAST.search(_speech(target.text))):
        told = f"{told} {year[0]}"
    before, article = _leading(old, target.start)
    start = target.start
    if preposition and before:
        start = len(_without_lead(old, start))
        told = f"{preposition} {told}"
    elif before == "on" and not re.match(r"\d", told):
        start -= len("on ")
        told = f"in {told}"
    elif before == "in" and re.match(r"\d{1,2}\D", told):
        start -= len("in ")
        told = f"on {told}"
    elif not before and not article and target.text.lower() in {"today", "now"}:
        told = f"{preposition or 'in'} {told}"
    return f"{old[:start]}{told}{old[target.end :]}"


def _speech(date_text: str) -> str:
    found = find_dates(date_text)
    return found[-1].iso[:4] if found else date_text


def _numbered(old: str, new: str) -> str:
    """The new number in the old words: "No. 57" for "Announcement No. 18 of 2025"."""
    old_parts = re.fullmatch(r"(?P<word>[a-z]+\s+)?(?P<number>.*?)(?P<year> of 20\d\d)?", old, re.IGNORECASE)
    has_word = re.match(r"(?!nos?\b)[a-z]+\s", new, re.IGNORECASE)
    word = "" if has_word or not old_parts else old_parts["word"] or ""
    year = "" if not old_parts or re.search(r" of 20\d\d$", new) else old_parts["year"] or ""
    return f"{word}{new}{year}"


def _leading(text: str, start: int) -> tuple[str, str]:
    led = _BEFORE.search(text[:start])
    return ((led["preposition"] or "").lower(), led["article"] or "") if led else ("", "")


def _is_month(text: str) -> bool:
    return text.rstrip(".").lower()[:3] in {month[:3] for month in MONTHS} and " " not in text.strip()


def _titled(date_text: str) -> str:
    words = date_text.split(" ")
    return " ".join(upper_first(word) if word.lower() in MONTHS else word for word in words)


def _is_china(mention: Mention) -> bool:
    return mention.text.lower() in {"china", "chinese", "prc"}


def _flow_turned(body: str, old: str) -> str | None:
    """ "And imports?" turns the flow of the old question."""
    wanted = body.lower()
    pairs = (("imports", "export"), ("exports", "import"))
    gone = dict(pairs).get(wanted)
    if gone is None or not re.search(rf"\b{gone}(?:s|ed)?\b", old):
        return None
    return re.sub(rf"\b{gone}(s|ed)?\b", rf"{wanted[:-1]}\1", old)
