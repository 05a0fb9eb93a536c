"""Follow-ups: a question that leans on the one before it becomes one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.asked import speaks_of_a_rule
from assistant.answer.follow_up.carrying import Carrier, as_read, carried_over
from assistant.answer.follow_up.fragments import LEADING, filled
from assistant.answer.follow_up.grammar import Rewrite, joined, lower_first, parse, spelled_out, upper_first
from assistant.answer.follow_up.mentions import mentions, undated
from assistant.answer.follow_up.pointers import one_named, points_at_a_matter, points_back
from assistant.answer.follow_up.references import names_of, resolved, spoken_on, topic_of
from assistant.answer.follow_up.relations import asked_again, is_aside, thereafter
from assistant.answer.follow_up.replies import is_talk, opens_a_topic, taken_up
from assistant.answer.follow_up.returns import returned
from assistant.answer.follow_up.times import timed, with_year
from assistant.terms import TermAnalyzer

LONGEST_FOLLOW_UP = 400
LONGEST_BASE, LONGEST_JOINED = 600, 160
LONGEST_TEXT = 4_000
TURNS_SEEN = 3
SHORT_WORDS, FEW_TERMS = 9, 3
_NOTHING_ASKED = re.compile(r"^\W*(?:(?:what|how) about )?(?:(?:it|this|that|them|and|so|then)\W*)*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=[a-z]{2}\.)\s+(?=[A-Z])")
_WHY = re.compile(r"^why (?=(?:did|do|does|is|are|was|were|has|have|had|can|will|would)\b)", re.IGNORECASE)
_OPENS_ON = re.compile(r"^(?:and|what about|how about)\b", re.IGNORECASE)
_DEFINES = re.compile(r"^(?:what|who) (?:is|are|was|were) |^(?:what does .{1,60} mean|define|explain)\b", re.IGNORECASE)

_IN_UNITS = re.compile(
    r"\s*(?:in|by) (?:tonnes|tons|kilos|kilograms|kg|dollars|yuan|euros|dollar terms|value|weight|volume|percent)\W*$",
    re.IGNORECASE,
)
# Nouns that say nothing without what they belong to: "What is the deadline?" is no request for a definition.
_OF_SOMETHING = re.compile(
    r"^what (?:is|are|was|were) the (?:[\w-]+ )?(?:aim|amount|background|basis|budget|capacity|cost|date|deadline|"
    r"delay|difference|duration|effect|fee|figure|floor|goal|impact|limit|motive|number|output|penalt(?:y|ies)|price|"
    r"purpose|rate|reason|risk|scope|share|size|source|stake|status|sum|target|term|threshold|timeline|timetable|total|"
    r"value|volume)s?\W*$",
    re.IGNORECASE,
)
# "Are magnets covered?": by the rule that was asked about before.
_OF_A_RULE = re.compile(
    r"^(?:is|are|was|were|do|does) (?:[\w'’-]+ ){1,5}(?:covered|included|excluded|exempt(?:ed)?|affected|allowed|"
    r"caught|hit|spared|in scope|fall under it)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no history; ``focus`` is what is new in it, the whole when nothing was added."""

    text: str
    focus: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked and answered before: ``standalone`` is the question as it was understood.

    ``sentences`` are the answer's, none when it declined; ``offered`` are the questions it suggested.
    """

    question: str
    standalone: str
    sentences: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def standalone(
    question: str, history: Sequence[Turn], analyzer: TermAnalyzer, carrier: Carrier | None = None
) -> Standalone:
    """``question`` itself, or one full question that carries over what it leans on.

    Rules, no guessing: a reply to an offer, the old question asked another way ("why?"), a fragment put in the
    place of its kind ("and Japan?"), words that point back replaced by what they stand for; what leans but fits
    no rule is joined to the old question. A question with a subject of its own stays word for word. Where a
    ``carrier`` finds that it leans on other words than these rules carry over, those are set before it.
    """
    asked = question.strip()
    if not history or len(asked) > LONGEST_FOLLOW_UP:
        return Standalone(question, question)
    if back := returned(asked, [turn.standalone for turn in history], analyzer):
        alone = standalone(back.question, history[: back.to + 1], analyzer, carrier)
        return alone if alone.text != back.question else Standalone(f"On {back.subject}: {alone.text}", alone.text)
    if offer := taken_up(asked, history[-1].offered):
        return Standalone(offer[:LONGEST_TEXT], offer[:LONGEST_TEXT])
    turns = [turn for turn in reversed(history[-TURNS_SEEN:]) if not is_talk(turn.standalone)]
    old = _base(turns[0].standalone) if turns else ""
    if ended := thereafter(asked, old):
        return Standalone(ended, ended)
    if is_talk(asked) or not turns or _NOTHING_ASKED.match(asked) or opens_a_topic(asked):
        return Standalone(question, question)
    return _in_full(question, turns, old, analyzer, carrier)


def _in_full(
    question: str, turns: Sequence[Turn], old: str, analyzer: TermAnalyzer, carrier: Carrier | None
) -> Standalone:
    """A question in full, after ``turns``, newest first, of which the newest asked ``old``."""
    asked = question.strip()
    main = _base(next((turn for turn in turns if not is_aside(turn.question)), turns[0]).standalone)
    # "Is it banned?", "Since when?": the second asks more of the same, so it is what a fragment goes on from.
    main = old if (clause := parse(main)) and not clause.asking else main
    spelled = spelled_out(asked)
    told = timed(spelled, (old, main), analyzer)
    in_time = with_year(told, old)
    if found := _by_form(in_time, old, main, analyzer):
        return _whole(found, question, old, analyzer)
    said = next((turn.sentences for turn in turns if turn.sentences), ())
    spoken_of = spoken_on(LEADING.sub("", spelled_out(turns[0].question)), old)
    found = _rewritten(in_time, old, said, spoken_of, analyzer, spelled if told != spelled else "")
    found = found or Rewrite(told if told != spelled else question)
    if carrier:
        before = as_read([turn.standalone for turn in turns], [next(iter(turn.sentences), "") for turn in turns])
        found = carried_over(question, found.text, before, carrier, analyzer) or found
    return _whole(found, question, old, analyzer)


def _whole(found: Rewrite, question: str, old: str, analyzer: TermAnalyzer) -> Standalone:
    """What was found, the question itself where that is it, or far too long."""
    if found.text == question or len(found.text) > LONGEST_TEXT:
        return Standalone(question, question)
    return Standalone(found.text, found.focus or undated(found.text, analyzer, only_in=old) or question.strip())


def _by_form(asked: str, old: str, main: str, analyzer: TermAnalyzer) -> Rewrite | None:
    """``asked`` in full where its form tells how: the old question asked again, or a fragment in its place.

    ``old`` was asked last, ``main`` before any "why?", to which a fragment goes back.
    """
    return asked_again(asked, old, analyzer) or _of_another(asked, main, analyzer) or filled(asked, main, analyzer)


def _rewritten(
    asked: str,
    old: str,
    said: Sequence[str],
    spoken_of: tuple[str, frozenset[str]],
    analyzer: TermAnalyzer,
    untold: str,
) -> Rewrite | None:
    """``asked`` in full, whose words point back or that names nothing by itself.

    ``untold`` is the question before its relative time was written out, empty when it had none.
    """
    unled = upper_first(LEADING.sub("", asked)) or asked
    if (named := one_named(unled, old)) != unled:
        return Rewrite(named)
    new = lower_first(unled)
    if points_at_a_matter(unled) and _is_yes_no(old):
        return _beside(old, new)
    if meant := resolved(unled, old, said, analyzer, spoken_of):
        return Rewrite(meant)
    if _OPENS_ON.match(asked) and not parse(unled):
        return joined(unled, old)
    before = " ".join([old, *said])
    # A time written out is named no more than "after that" was: the question leans on the old one as before.
    of_the_rule = _OF_A_RULE.match(unled) is not None and speaks_of_a_rule(old)
    if not of_the_rule and not (_is_bare(untold, analyzer) if untold else _leans(asked, before, analyzer)):
        return None
    if of_the_rule and _is_yes_no(old):
        return _beside(old, new)
    # "Was it always that much?" points at what was asked as a whole, "Why was the trip postponed?" at whom it was of.
    topic = topic_of(old, analyzer) or ("" if points_back(asked, before, analyzer) else names_of(old, analyzer))
    return Rewrite(f"On {topic}: {new}", new) if topic else _beside(old, new)


def _beside(old: str, new: str) -> Rewrite:
    whole = old if len(old) <= LONGEST_JOINED else old.rpartition(": ")[2]
    whole = upper_first(_WHY.sub("", whole))  # the new question does not ask why
    return Rewrite(f"{whole.rstrip(' ?.!:')}: {new}", new)


def _is_yes_no(old: str) -> bool:
    clause = parse(old.rpartition(": ")[2])
    return bool(clause and not clause.asking)


def _of_another(asked: str, main: str, analyzer: TermAnalyzer) -> Rewrite | None:
    """ "And Ford, for how long?": the old question of something else, and asked another way."""
    other, _, aside = asked.partition(",")
    in_units = bool(_IN_UNITS.match(aside))
    placed = filled(f"{other}?", main, analyzer) if in_units or is_aside(aside.strip()) else None
    if placed and in_units:
        return joined(aside.strip(), placed.text)
    return placed and asked_again(aside.strip(), placed.text, analyzer)


def _base(text: str) -> str:
    """The question that a turn ends on, no longer than is of use."""
    sentences = _SENTENCE_END.split(text.strip()[:LONGEST_BASE])
    return next((one for one in reversed(sentences) if one.rstrip().endswith("?")), sentences[-1]).strip()


def _is_bare(asked: str, analyzer: TermAnalyzer) -> bool:
    """Whether a question is short, says little and names nothing."""
    few = len(asked.split()) <= SHORT_WORDS and len(analyzer.content_terms(asked)) <= FEW_TERMS
    return few and not mentions(asked, analyzer)


def _leans(asked: str, said_before: str, analyzer: TermAnalyzer) -> bool:
    """Whether a question that no rule could fill still needs the one before."""
    if points_back(asked, said_before, analyzer) and (asked.endswith("?") or len(asked.split()) <= SHORT_WORDS):
        return True
    if _DEFINES.match(asked) and not _OF_SOMETHING.match(asked):
        return False
    return _is_bare(asked, analyzer)
