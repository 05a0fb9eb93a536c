"""Subjects with words of their own: what is asked of penalties is answered by no sentence that tells of none.

A question on one reads like any sentence about the same goods: "What is the fine for smuggling antimony?" like the rule
on antimony. Only subjects are listed whose words a sentence on them can hardly do without; prices, tariffs and revenues
are told in figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.asked import WHO_GOT_IT

Paired = Sequence[tuple[re.Pattern[str], re.Pattern[str]]]

# What is asked -> what a sentence on it has, as the beginnings of words, "_" between two.
_SUBJECTS = (
    (
        r"penalt\w+|fine[sd]?|punish\w*|prison|jail\w*|arrest\w*|prosecut\w+",
        "penalt fine punish prison jail arrest prosecut sentenc liab crimin detain convict",
    ),
    (r"smuggl\w+", "smuggl illegal illicit transship circumvent"),
    (
        r"who (?:is |are |has |had )?(?:buys|bought|purchases|buying|acquir\w+|taking over|taken over|takes over)|"
        r"(?:which|who are the|whose|their) (?:\w+ ){0,2}customers?|offtak\w*",
        "buy bought purchas offtak suppl customer sell sold deliver take client user order go_to goes_to went_to "
        "acquir",
    ),
    (
        r"lawsuit|sue[ds]?|courts?|litigat\w+|legal challenge|WTO",
        "court sue lawsuit legal case WTO complain litigat challeng",
    ),
    (r"appeal\w*", "appeal review object challeng court"),
    (r"jobs?|layoffs?|hir(?:e[sd]?|ing)", "job worker employ staff people hir laid engineer expert"),
    (
        r"share price|stock price|market cap\w*|shares? (?:rise|rose|fall|fell|jump\w*)",
        "share_price stock_price shares_ stock_rose stock_fell stock_jump market_cap capitali",
    ),
    (
        r"pollut\w+|radioactiv\w+|toxic|cancer",
        "pollut environment radioactiv toxic waste health cancer contaminat poison water river tailing",
    ),
    (
        r"exempt\w*|exceptions?|waivers?",
        "exempt except waiv outside exclud unless free without unaffected no_licen not_need not_requir",
    ),
    (r"recycl\w*", "recycl scrap recover used reus"),
    (r"stockpil\w*|inventor(?:y|ies)|strategic reserves?", "stockpil inventor reserv stock vault stor"),
    (r"patents?", "patent intellectual"),
    (r"inspect\w*|audit\w*", "inspect audit probe verif check control investigat look"),
    (r"fees?", "fee cost charg free pay paid"),
    (r"quotas?", "quota allocat"),
    (r"(?:who|compan(?:y|ies)|firms?|entit(?:y|ies))\b[^?]* control list", "control"),
    (
        r"how (?:much|far|high|sharply) (?:have|has|had|did) [^?]*?\b(?:risen|rise|rose|climb\w*|jump\w*|increase\w*|"
        r"gone up|go up|surge\w*|fallen|fall|fell|drop\w*|declin\w*|decreas\w*|gone down|go down|changed?)",
        "rise rising rose risen up_ gain increas jump surg climb times fold soar doubl tripl higher record fall fell "
        "drop declin decreas down below above lower less larger smaller shrank shrink sank lost plung collaps compar "
        "against",
    ),
    (r"watch list", "watch"),
    (
        r"how (?:did|has|does) [^?]* (?:respond|react)\w*",
        "protest respon react demand call answer reject object denounc regret complain warn retaliat condemn criticis",
    ),
    (r"how much is [^?]*\bworth", "worth valu total"),
    (r"price floors?|floor prices?", "floor minimum"),
    (r"unreliable entity list", "unreliable"),
    (
        r"(?:what|which) (?:documents?|papers?|paperwork)(?! [^?]*\bsign)",
        "document paper contract certificat descri profile proof pledge",
    ),
    (
        r"militar(?:y|ies)|defen[cs]e (?:contractors?|firms?|compan(?:y|ies)|users?|industry)",
        "militar army defen weapon armed forces pentagon navy",
    ),
    (
        r"(?:US|American|federal) government|government (?:money|funds|funding|aid|loans?|support)",
        "government federal pentagon defen commerce department administration white_house washington treasury chips "
        "exim congress trump public state agenc bank",
    ),
    (
        WHO_GOT_IT,
        "got get receiv obtained hold held grant award won went_to go_to given gave approv issued_to",
    ),
)

_FIRMS = (
    r"(?:[\w-]+ ){0,2}?(?:compan(?:y|ies)|firms?|makers?|carmakers?|automakers?|producers?|suppliers?|groups?|banks?)"
)
# Whose firms are asked for -> what names the place.
_WHOSE = (
    ("Indian", "India"),
    ("Japanese", "Japan"),
    ("(?:South )?Korean", "Korea"),
    ("German", "German"),
    ("(?:European|EU)", "Europe EU"),
    ("Canadian", "Canad"),
    ("Australian", "Australia"),
    ("(?:British|UK)", "Brit UK"),
    ("Vietnamese", "Vietnam"),
    ("Taiwanese", "Taiwan"),
    ("French", "French France"),
)


def paired(rows: Iterable[tuple[str, str]]) -> Paired:
    """Patterns of rows: what is asked, and the beginnings of the words that a sentence on it has one of."""
    return tuple(
        (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{_any_of(told)})", re.IGNORECASE))
        for asked, told in rows
    )


def words_needed(question: str, pairs: Paired) -> Sequence[re.Pattern[str]]:
    """For each thing asked about, what a sentence on it must have one of."""
    return tuple(told for asked, told in pairs if asked.search(question))


def _any_of(beginnings: str) -> str:
    return "|".join(one.replace("_", " ") for one in beginnings.split())


SUBJECTS = paired((*_SUBJECTS, *((rf"{whose} {_FIRMS}", place) for whose, place in _WHOSE)))
