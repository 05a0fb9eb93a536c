"""The form that an answer must have, whatever it reads like: a quantity, a day to come, somebody's words, a code.

"How many cars could not be built?" is asked in the very words of a sentence that tells why, and has no number.
"""

from __future__ import annotations

import re

from assistant.answer.attribution import without_attribution
from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD
from assistant.answer.kinds import COMES_TO, tells_reason, tells_stretch
from assistant.answer.values.told_values import find_values
from assistant.dates import find_dates, last_day
from assistant.terms import TermAnalyzer

# Beside these words of asking nothing but a quantity is an answer.
_QUANTITY = re.compile(
    r"\bhow much\b|\bhow many (?!(?:an?|of|the|more|are|were|was|is|did|do|does|ha[ds]|have)\b)\w|"
    r"\b(?:what(?:['’]s)?|which) (?:(?!d(?:o|oes|id)\b)[\w'’-]+ ){0,5}"
    r"(?:share|percentage|proportion|quantity|volume|amount|tonnage|sum|quota|prices?|costs?|rate|fine|fee|budget|capacity|"
    r"revenue|profit|salary|stake|turnover)\b(?![ -](?:floor|zone|agency|reporting|system|rule))|"
    rf"\b(?:what|which) (?:do|does|did|will|would) [^,?]*\bcost\b|{COMES_TO}",
    re.IGNORECASE,
)
_DAY_TO_COME = re.compile(
    r"^(?:by |from )?when (?:(?:will|would)\b|(?:is|are)\b.*\b(?:to|due|planned|expected|supposed|scheduled)\b)",
    re.IGNORECASE,
)
# "When does the ban end?": the day of a report that it goes on is none.
_END_TO_COME = re.compile(
    r"\bwhen (?:does|do|will|is|are) [^?]*\b(?:end|expire|run out|lapse|be over|lifted)s?\W*$", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:until|till|through|expir\w+|end(?:s|ed|ing)?|last(?:s|ed)?|laps\w+|runs? (?:out|to|until)|valid|back|"
    r"over|return\w*|resum\w+|lift\w*|suspen\w+|(?:one|a|two|five) years?|months?|indefinite\w*|permanent\w*)\b",
    re.IGNORECASE,
)
_SOON = re.compile(r"\b(?:soon|later|next|not yet|no date|undated|once|after|end of the decade)\b", re.IGNORECASE)
_WORDS_OF_SOMEBODY = re.compile(
    r"\bwhat (?:did|does|do|has|have) (?P<somebody>[^,?]{2,40}?) "
    r"(?:say|said|tell|told|reply|replied|comment|answer|answered)\b",
    re.IGNORECASE,
)
# How far from a word of saying stands who says it: "Sejourne, in a speech of 3 June in Brussels, called …".
_SPEAKER_BEFORE, _SPEAKER_AFTER = 90, 40
_BY = re.compile(r"(?:according to|(?:view|words|opinion) of)$", re.IGNORECASE)
# "How come it rose though …?" asks to square two facts, and the facts may do that.
_WHY = re.compile(r"\bwhy\b|\bwhat (?:made|caused|prompted|led|drove)\b|\breasons?\b", re.IGNORECASE)
# More words that give a reason than those that a sentence is liked for.
_GIVES_REASON = re.compile(
    r"\b(?:ma(?:de|kes?) \w+|rest(?:s|ed)? on|depend(?:s|ed|ing)?|thanks to|concerns?|fear\w*|worr\w+|lack\w*|"
    r"shortages?|scarc\w+|in return|counted as|goal|purpose|want(?:s|ed)?|need(?:s|ed)?|justif\w+|repl(?:y|ies|ied)|"
    r"answer(?:s|ed)?|accus\w+|grounds|attribut\w+|link\w+|tied|so (?:as|that|the)|therefore|hence|thus)\b|"
    # "As buyers were stocking up"; no "as of", "as low as", "as hazardous".
    r"\bas (?!(?:of|an?|the|much|many|well|if|in|on|at|by|low|high|one|two|part|light|heavy|\w+ed)\b)[a-z]+ (?!\d)"
)
# Of these words, those that hardly stand for anything else.
_NAMES_REASON = re.compile(
    r"\b(?:because|due to|owing to|in (?:response|answer|reply|reaction) to|reasons?|justif\w+|on the grounds?|"
    r"cit(?:ed|ing)|retaliat\w+|prompted|blam\w+|in view of|an? (?:answer|response|reply|reaction) to|attribut\w+|"
    r"explain\w*|fear\w*|(?:dispute|row|quarrel) over|"
    r"for (?:want|lack) of|so that|in order to|to (?:protect|safeguard|prevent|avoid|secure|punish))\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys|y|ying)|told|tells|spoke|according to|in the (?:view|words|opinion) of|"
    r"(?:stat|warn|call|argu|accus|critici[sz]|demand|promis|repl|answer|ask|urg|describ|denounc|reject|announc|expect|"
    r"oppos|welcom|respon|object|explain|estimat|predict|propos|doubt|declar|confirm|agree|insist|recommend|advis|"
    r"complain|consider|regard|treat)\w*|"
    r"report(?:ed|s)|wr(?:ote|ites?)|not(?:ed|es)|puts?|gave|gives|den(?:ied|ies)|th(?:inks?|ought)|saw|sees?|wants?)\b",
    re.IGNORECASE,
)
_CODE_NOUN = r"(?:codes?|headings?|numbers?|code numbers?)"
# What is asked for -> what it looks like.
_CODES = (
    (
        re.compile(rf"\b(?:customs|tariff|HS|HTS|CN|commodity) {_CODE_NOUN}\b", re.IGNORECASE),
        re.compile(r"\b\d{4}(?:[. ]?\d{2}){1,3}\b"),
    ),
    (
        re.compile(rf"\bcontrol {_CODE_NOUN}\b|\bECCN\b", re.IGNORECASE),
        re.compile(r"\b\d[A-Z]\d{3}\b"),
    ),
)
# "What did they agree on?", "Has it paid?"; "What is planned?" may be told beforehand.
_CAME_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:did|was|were|has|have|had)\b|"
    rf"\b(?:{ANY_QUESTION_WORD})\b(?: (?!will\b|is\b|are\b|would\b)[\w'’-]+){{0,5}}? "
    r"(?:did|was|were|has|have|had|happened|came of)\b",
    re.IGNORECASE,
)
_FOR_A_TIME = re.compile(r"\b(?:for|by|until) (?:the )?$", re.IGNORECASE)


def asks_what_came_about(question: str) -> bool:
    """Whether a question asks what has happened: of a time that no article has reached, none can tell.

    What was set for a time, or was to be done by then, was told before.
    """
    planned = any(_FOR_A_TIME.search(question[: mention.start]) for mention in find_dates(question))
    return bool(_CAME_ABOUT.search(question)) and not planned


class AskedForm:
    """What form a question asks for.

    Attributes:
        of_quantity: nothing but a quantity will do; of which kind is told by ``values``.
        of_reason: why something is so.

    Args:
        question: standing alone.
        analyzer: how text becomes terms.
    """

    def __init__(self, question: str, analyzer: TermAnalyzer) -> None:
        self._question = question
        self._analyzer = analyzer
        self.of_quantity = bool(_QUANTITY.search(question))
        self.of_reason = bool(_WHY.search(question))
        self._of_day_to_come = bool(_DAY_TO_COME.search(question))
        self._of_an_end = bool(_END_TO_COME.search(question))
        words = _WORDS_OF_SOMEBODY.search(question)
        self._of_words = words is not None
        somebody = frozenset(analyzer.content_terms(words["somebody"])) if words else frozenset[str]()
        # A government goes by many names: Washington is the White House.
        self._somebody = somebody if not any(map(analyzer.kind, somebody)) else frozenset[str]()
        self._codes = [code for asked, code in _CODES if asked.search(question) and not self.of_quantity]

    def is_missing(self, claim: str, published_on: str | None) -> bool:
        """Whether a day to come, an end, somebody's words or a code is asked for, and a claim has none.

        A day is to come when it lies after the day the claim was published on, ISO 8601.
        """
        return (
            (self._of_day_to_come and not self._tells_day_to_come(claim, published_on))
            or (self._of_an_end and not _ENDS.search(claim))
            or (self._of_words and not self._says(claim))
            or (bool(self._codes) and not any(code.search(claim) for code in self._codes))
        )

    def gives_reason(self, claim: str) -> bool:
        """Whether a claim has a word that gives a reason for something."""
        return tells_reason(claim) or bool(_GIVES_REASON.search(claim))

    def names_reason(self, claim: str) -> bool:
        """Whether a claim gives a reason in words that tell hardly anything else."""
        return bool(_NAMES_REASON.search(claim))

    def _says(self, claim: str) -> bool:
        """Whether a claim is somebody's words; theirs, where the question names them."""
        if not self._somebody:
            return bool(_SAYING.search(claim))
        plain = without_attribution(claim)
        said = (self._before(plain, one, "") for one in _SAYING.finditer(plain))
        # A comma parts what is told from who reported it: "Subaru was listed, Reuters reported".
        reported = (self._before(claim, one, ",") | self._after(claim, one) for one in _SAYING.finditer(claim))
        return any(self._somebody & speaker for speaker in (*said, *reported))

    def _before(self, claim: str, saying: re.Match[str], parted_by: str) -> frozenset[str]:
        near = claim[max(0, saying.start() - _SPEAKER_BEFORE) : saying.start()].rstrip(" ,")
        return frozenset(self._analyzer.content_terms(near.rsplit(parted_by, 1)[-1] if parted_by else near))

    def _after(self, claim: str, saying: re.Match[str]) -> frozenset[str]:
        near = claim[saying.end() : saying.end() + _SPEAKER_AFTER] if _BY.search(saying[0]) else ""
        return frozenset(self._analyzer.content_terms(near))

    def _tells_day_to_come(self, claim: str, published_on: str | None) -> bool:
        days = find_values(claim, frozenset({"date"}), self._question)
        told = last_day(published_on).toordinal() if published_on else 0
        return any(day.high > told for day in days) or tells_stretch(claim) or bool(_SOON.search(claim))
