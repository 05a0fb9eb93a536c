"""What a question wants of the register: where a measure stands, what changed, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD
from assistant.answer.kinds import wanted
from assistant.dates import find_dates
from assistant.types import Period

# Whether a rule is in force, or until when; other words only may ask that ("is it controlled?", "when did it start?").
_FORCE = re.compile(
    r"""
    \beffective\b | \bpause\w* | \b(?:up|brought\s+back)\s+again\b | \bstill\b | \blift(?:ed|s|ing)?\b
    | \bdrop(?:ped|s)?\b | \bscrap(?:ped)?\b | \bend(?:s|ed)?\b(?![\s-]+us(?:e|er)s?\b) | \blive\b | \bvalid\b
    | \bstatus\b | \bstands?\b
    | \brunning\b | \brun\s+out\b | \bcurrent(?:ly)?\b | \bnow\b | \btoday\b | \bat\s+present\b | \byet\b | \balready\b
    | \b(?:until|till)\b | \blast\s+day\b | \bend\s+date\b | \bdeadline\b
    | \bstart(?:s|ed)?\s+to\s+appl\w+ | \bcom(?:e|es|ing)\s+into\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STANDING = re.compile(
    r"""
    \bhow\s+long\b(?!.*\b(?:take[sn]?|took|taking|wait\w*)\b) | \bappl(?:y|ies)\b(?!\s+for\b)
    | \b(?:from|since)\s+(?:what|which|when)\b | \bwhen\s+(?:did|does|do|will|is|are|was|were)\b
    | \b(?:need(?:s|ed)?|require[sd]?)\b
    | \b(?:allowed|banned|barred|forbidden|prohibited|permitted|controlled|covered)\b
    | \bunder\s+(?:control|licen[cs]e)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What only a rule can be, whatever figure its name holds: "is the price floor still in force?"
_OF_A_RULE_ONLY = re.compile(
    r"\bin\s+(?:force|effect)\b|\bsuspen\w+|\bon\s+(?:hold|ice)\b|\bfro(?:zen|ze)\b|\blaps\w+|\bexpir\w+|\brepeal\w*|"
    r"\btakes?\s+effect\b",
    re.IGNORECASE,
)
# "Which papers do I need for a licence?" asks for the papers.
_WHAT_IS_NEEDED = re.compile(
    r"\b(?:what|which|who|how)\b(?:\s+[\w-]+){0,6}?\s+(?:need(?:s|ed)?|require[sd]?)\b", re.IGNORECASE
)
_FIGURE = re.compile(r"\bhow\s+(?:many|much)\b|\bwhat\s+(?:share|number|proportion|percentage)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"^\W*(?:is|are|was|were|does|do|did|can|could|may|must|need|has|have)\b", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:licen[cs]\w+|permits?|permission|controls?|controlled|bans?|banned|restrict\w+|curbs?|rules?|export(?:s|ed)?|ship\w*|"
    r"tariffs?|truce|quotas?|law|measures?|announcement|suspen\w+|sell|buy|order)\b",
    re.IGNORECASE,
)
_UNDER_A_RULE = re.compile(
    r"\b(?:need(?:s|ed)?|require[sd]?|allowed|barred|forbidden|prohibited|permitted|covered)\b|\bembargo\w*|"
    r"\bstill\s+(?:on|up|there|stand\w*|appl\w*|hold\w*)\b|\bsanction\w*|\bblacklist\w*|"
    r"\b(?:entity|control)\s+list\b|\bprice\s+floor\b|\bdeal\b|\bagreement\b|\bpaus\w+|"
    r"\blift(?:ed|s|ing)?\b|\bblock(?:ed|s)?\b|\b(?:in|take[sn]?|took|into)\s+(?:force|effect)\b|\beffective\b|\bvalid\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\bstill\b|\bsuspen\w+|\blift(?:ed|ing)?\b|\brepeal\w*|\bscrap(?:ped)?\b|\bdrop(?:ped)?\b|\bended\b|\bgone\b|"
    r"\bin\s+force\b|\bon\s+(?:hold|ice)\b|\bpaus\w+",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\blicen[cs]\w+|\bpermits?\b|\bpermission\b|\bcontrolled\b|\bunder\s+(?:\w+\s+)?control\b", re.IGNORECASE
)
_NEEDS_LICENCE = re.compile(
    r"\b(?:need(?:s|ed)?|require[sd]?)\b.*\b(?:licen[cs]es?|permits?)\b|\b(?:licen[cs]es?|permits?)\b.*\b(?:needed|required)\b",
    re.IGNORECASE,
)
_IS_LICENSED = re.compile(
    r"\b(?:licen[cs]ed|controlled|restricted|(?:under|subject to) (?:\w+ ){0,2}(?:licen[cs]\w+|controls?))\b",
    re.IGNORECASE,
)
_AND_WHEN = re.compile(r",? and (?:since |from |until )?when\W*$", re.IGNORECASE)
_QUESTION_WORD = re.compile(rf"\b(?:{ANY_QUESTION_WORD})\b", re.IGNORECASE)
_IS_ALLOWED = re.compile(
    r"^\W*(?:can|could|may|is it (?:legal|allowed|possible)|(?:am|are|is) \w+ (?:allowed|permitted))\b.*"
    r"\b(?:export\w*|ship\w*|sell|sold|sen[dt]|suppl(?:y|ied)|deliver\w*)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\bwho (?:must|may|can|has to|should)\b|\bhow (?:do|can|must|should) (?:we|I|you|one|an?)\b|"
    r"\bwhere (?:do|can|must) |\b(?:what|which) (?:documents?|papers?|information|forms?)\b|\bhow long does\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"""
    \bchang(?:e|es|ed|ing)\b | \bnew\b | \bhappen(?:ed|s)?\b | \bbec(?:a|o)me\s+of\b | \bmoved?\s+on\b
    | \bsteps?\b | \bevol\w+ | \btimeline\b | \bchronolog\w+ | \bhistory\b | \bdevelop(?:ed|ments?)?\b | \bupdates?\b
    | \bcame\s+in\b | \bintroduced\b | \bannounced\b | \badopted\b | \bdecided\b | \bmeasures?\b | \bcurbs?\b
    | \bcontrols?\b | \brules?\b | \bsequence\b | \bprogress\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Who took control of the mines in late 2024?"
_OF_WHOM = re.compile(r"^\W*(?:who|whom|whose|where)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:(?<!\bat the )latest|newest|most\s+recent(?:ly)?|last\s+known|so\s+far|to\s+date|year[- ]to[- ]date|"
    r"cumulative|at\s+last\s+count|up\s+to\s+now|nowadays|these\s+days|current(?:ly)?|right\s+now|recent(?:ly)?)\b",
    re.IGNORECASE,
)
# "What is the price?" asks for today's, whatever it was before.
_PRICE_NOW = re.compile(
    r"\bwhat(?:'s|\s+is|\s+are)\s+(?:\w+\s+){0,5}?prices?\b|\b(?:what|how\s+much)\s+(?:does|do|is|are)\s.*\b(?:cost|sell\s+for)\b",
    re.IGNORECASE,
)
_WHICH_RULES = re.compile(
    r"\b(?:which|what)\b(?:\W+\w+){0,6}?\W+(?:controls|measures|rules|bans|restrictions|curbs|listings|announcements|laws)\b"
    r"|\blist\b",
    re.IGNORECASE,
)
# "Which rare earths need a licence?", "what minerals does China control": the goods, not one rule.
_GOODS = (
    r"(?:rare earths?(?: (?:elements?|metals?|minerals?))?|REEs?|elements?|"
    r"(?:critical |raw |strategic )*(?:minerals?|metals?|materials?)|goods|items)"
)
_WHICH_GOODS = re.compile(
    rf"\b(?:which|what|list(?: of)?|name)\b(?:\s+(?:the|all|are|chinese|other|of|those)\b)*\s+(?P<goods>{_GOODS})\b"
    # "What rare earth licences did Ford get?" asks for the licences.
    r"(?=\W+(?:are|is|were|was|do|does|did|need|needs|require|requires|must|can|has|have|fall|falls|under|subject|on|that|which|"
    r"china|beijing|mofcom|still|now|currently|today)\b)"
    r"(?=.*\b(?:licen[cs]\w+|permits?|control(?:s|led)?|restrict\w*|added)\b)"
    # Where or whom, how many, what has become of them: another question on such goods.
    r"(?!.*\b(?:quotas?|compan(?:y|ies)|firms?|besides|exempt\w*|not|suspen\w+|code\w*|"
    r"first|general|most|price\w*|announcements?|used?|form\w*)\b)"
    # "What did China control in April 2025?"
    r"|^\W*what (?:did|has|had) (?:china|beijing|mofcom) (?:controlled|control|restricted|restrict|licensed|license)\b"
    r"(?! of\b)(?!.*\b(?:first|japan|us|for|to)\b)",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:added|new|newly|extra|more|additional)\b", re.IGNORECASE)
_GENERIC = frozenset(
    "new news change changes changed happened happen happens update updates latest development developments rules rule "
    "measures measure controls control policy since brief briefing anything everything things else".split()
)
# "Which firms have received general licences?", "who holds an export permit?"
WHO_GOT_IT = (
    r"(?:who|(?:which|what|list|name)(?: of)?(?: the| all)? (?:[\w-]+ ){0,2}?"
    r"(?:compan(?:y|ies)|firms?|(?:auto)?makers?|exporters?|producers?|suppliers?)(?: that| which| who)?)"
    r"(?: (?:else|already|has|have|had|was|were|is|are|been|actually|first))*"
    r" (?:gets?|got|gotten|receiv\w+|obtain\w*|holds?|given|granted|awarded)(?: [\w-]+){0,5}? "
    r"(?:licen[cs]es?|permits?|approvals?|exemptions?|status)"
)
_WHO_GOT_IT = re.compile(rf"\b{WHO_GOT_IT}\b", re.IGNORECASE)
# "What does Announcement 58 control?", "What is the 0.1% rule?"
_CONTENT = re.compile(
    r"^\W*(?:and |so )?what (?:exactly )?(?:does|do|did)\b[^?,]*\b(?:control|cover|ban|bar|do|say|restrict|require|"
    r"regulate|suspend|prohibit|forbid|mean|contain|change|add|introduce|oblige)\W*$|"
    r"^\W*(?:and |so )?what(?:['’]s| (?:is|are|was|were)) (?:the |china['’]s |mofcom(?:['’]s)? )*"
    r"(?:[\w.%-]+ ){0,5}?(?:announcements?(?: nos?\.?)? \d[\w ]*|rules?|ban)\W*$|"
    r"^\W*(?:explain|describe|summari[sz]e)\b",
    re.IGNORECASE,
)
_MEASURED = frozenset({"money", "share", "weight", "number"})


def asks_standing(question: str) -> bool:
    """Whether a question may ask where a rule stands: in force, suspended, needed, until when."""
    if _OF_A_RULE_ONLY.search(question) and not _FIGURE.search(question):
        return True
    of_a_rule = _YES_OR_NO.search(question) and _RULE.search(question)
    of_standing = _STANDING.search(question) and (asks_which_rules(question) or not _WHAT_IS_NEEDED.search(question))
    may_ask = _FORCE.search(question) or of_standing or of_a_rule
    return bool(may_ask) and not wanted(question).kinds & _MEASURED


def asks_force(question: str) -> bool:
    """Whether a question asks expressly whether a rule is in force, or until when."""
    return bool(_OF_A_RULE_ONLY.search(question) or _FORCE.search(question))


def asks_if_it_goes_on(question: str) -> bool:
    """Whether a question asks whether a rule has been set aside or goes on."""
    return bool(_YES_OR_NO.search(question) and _GOES_ON.search(question))


def asks_for_licence(question: str) -> bool:
    """Whether a question is about a licence, or about being controlled at all: no ban, no suspension."""
    return bool(_LICENCE.search(question))


def needs_a_licence(question: str) -> bool:
    """Whether a question asks whether a licence is needed."""
    # "Has it restricted tungsten, and since when?"
    whether = _AND_WHEN.sub("", question)
    is_licensed = _IS_LICENSED.search(whether) and not _QUESTION_WORD.search(whether)
    return bool(is_licensed or _NEEDS_LICENCE.search(question)) and not _WHAT_IS_NEEDED.search(question)


def asks_if_licence_is_needed(question: str) -> bool:
    """Whether a question asks for yes or no to whether a licence is needed."""
    return bool(_YES_OR_NO.search(question)) and needs_a_licence(question)


def asks_if_allowed(question: str) -> bool:
    """Whether a question asks whether goods may go somewhere at all."""
    return bool(_IS_ALLOWED.search(question))


def asks_content(question: str) -> bool:
    """Whether a question asks what a rule does or is, and not where it stands."""
    return bool(_CONTENT.search(question))


def asks_who_got_it(question: str) -> bool:
    """Whether a question asks who received a licence or the like."""
    return bool(_WHO_GOT_IT.search(question))


def asks_procedure(question: str) -> bool:
    """Whether a question asks how a licence is got: by whom, with which papers, how fast."""
    return asks_for_licence(question) and bool(_PROCEDURE.search(question))


def speaks_of_a_rule(question: str) -> bool:
    """Whether a question has a word that only fits rules: "when will the mine open?" has none."""
    return bool(_RULE.search(question) or _OF_A_RULE_ONLY.search(question) or _UNDER_A_RULE.search(question))


def asks_changes(question: str, period: Period | None) -> bool:
    """Whether a question asks what changed over a stretch of time, and not for a figure of that time."""
    if period is None or period.from_ is None or period.from_ == period.until:
        return False
    if _YES_OR_NO.search(question) or _OF_WHOM.search(question):
        return False
    return bool(_CHANGE.search(question)) and not wanted(question).kinds & (_MEASURED | {"date"})


def asks_latest(question: str) -> bool:
    """Whether a question asks for the newest that is known; a price without a day is asked for as it stands."""
    return bool(_LATEST.search(question)) or (bool(_PRICE_NOW.search(question)) and not find_dates(question))


def asks_which_rules(question: str) -> bool:
    """Whether a question asks for all rules of a kind, not for one."""
    return bool(_WHICH_RULES.search(question))


def goods_controlled(question: str) -> str:
    """The goods of which a question asks which are controlled: "rare earths", "minerals"; else empty."""
    found = _WHICH_GOODS.search(question)
    return (found["goods"] or "items").lower() if found else ""


def asks_what_was_added(question: str) -> bool:
    """Whether a question asks only for what came new, at a time that it must then tell."""
    found = _WHICH_GOODS.search(question)
    did_control = found is not None and found["goods"] is None  # "What did China control in April 2025?"
    return did_control or bool(_ADDED.search(question))


def is_generic(words: Iterable[str]) -> bool:
    """Whether words name no subject: "what is new since April?" asks about everything."""
    return all(word.lower() in _GENERIC for word in words)
