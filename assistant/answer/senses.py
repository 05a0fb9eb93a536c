"""The sense of a sentence: negations, opposites ("suspended", "in force"), quantifiers, and what is only planned.

A sentence that turns the sense of its passage around must not pass. Word lists decide, and the words
around: they tell which of several statements a word belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer.amounts import find_amounts
from assistant.dates import find_dates
from assistant.terms import TermAnalyzer

_FLAGS = re.IGNORECASE
_NEGATION = re.compile(
    r"\b(?:not|no(?!\.|s\b|\s\d|\slater than|\sless than|\smore than|\sfewer than)|never|neither|nor|none|nobody|"
    r"nothing|"
    r"without|cannot|hardly|rather than|instead of|no longer|"
    r"lack(?:s|ed|ing)?|absence of|fail(?:s|ed)? to|unlike)\b|n['’]t\b",
    _FLAGS,
)
_NEGATIVE_WORD = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refus\w+|reject\w*|declin(?:ed|es) to|unchanged|un(?:able|likely|willing|available|"
    r"published|resolved|confirmed|affected|clear|supported|licensed|aware|known|paid|limited)|absent|missing|halt\w*|"
    r"stop\w*|ceas\w+|exempt\w*|exclud\w+|ban(?:s|ned|ning)?|block\w*|prohibit\w*|withh(?:eld|old\w*)|"
    r"turned (?:down|away)|"
    r"non-?\w+|zero|false|wrong|incorrect|impossible|illegal|invalid|inactive|incomplete|insufficient|contrary|"
    r"exception\w*|except|other than|apart from|free of|independent of|different|differ\w*|suspen\w+|lift\w*|"
    r"remov\w+|sole|only|voluntary|optional)\b",
    _FLAGS,
)
_MARKED_NEGATIVE = re.compile(
    r"\b(?:un(?:able|likely|willing|available|published|resolved|confirmed|affected|clear|supported|licensed|aware|"
    r"known|paid|changed|limited|restricted|lawful|successful|necessary|precedented)|non-?(?:binding|"
    r"compliant|military|civilian|listed|chinese|us|eu)|impossible|illegal|invalid|inactive|incomplete|insufficient|"
    r"incorrect|irregular|irrelevant|unlawful)\b",
    _FLAGS,
)
_BOUNDARY = re.compile(
    r"[;:]|,\s|\s[–—]\s|\b(?:and|but|while|whereas|although|though|because|which|who|when|so|if|unless|until|against|"
    r"compared with|than)\b",
    _FLAGS,
)
_SCOPE = 4


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two senses that exclude each other; ``needed``: the sentence's side must be told, silence is not enough."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    needed: bool = False


def _opposites(one: str, other: str, needed: bool = False) -> Opposites:
    return Opposites(re.compile(rf"\b(?:{one})\b", _FLAGS), re.compile(rf"\b(?:{other})\b", _FLAGS), needed)


_RISE = (
    r"rose|ris(?:e|es|en|ing)|increas\w+|grew|grow(?:s|n|ing|th)?|climb\w*|jump\w*|surg\w+|soar\w*|rebound\w*|"
    r"rall(?:y|ied)|gain(?:s|ed)?|recover\w*|accelerat\w+|widen\w*|strengthen\w*|spik\w+|rais(?:e|ed|es|ing)|"
    r"expand\w*|expansion"
)
_FALL = (
    r"fell|fall(?:s|en|ing)?|declin(?:e|es|ed|ing)(?! to\b)|decreas\w+|drop(?:s|ped|ping)?|dip(?:s|ped)?|reduc\w+|"
    r"shr[aiu]nk\w*|sank|"
    r"s[iu]nk|slump\w*|plung\w+|plummet\w*|slid|tumbl\w+|contract(?:ed|ion)|weaken\w*|narrow(?:s|ed|ing)?|"
    r"slow(?:s|ed|ing|down)?|cut(?:s|ting)?|loss(?:es)?|lost|lower(?:ed|ing)|came down|comes down"
)
_MORE = rf"{_RISE}|more|higher|above|up|larger|bigger|greater|exceed\w*|over|ahead|tighter|stricter|highest|record"
_LESS = rf"{_FALL}|less|lower|below|down|smaller|fewer|under|short of|looser|lowest"
_STARTING = r"start\w*|beg[aiu]n\w*|launch\w*|open(?:s|ed|ing)?|commenc\w*|resum\w*|inaugurat\w*"
_STOPPING = r"end(?:s|ed|ing)?|stop\w*|halt\w*|ceas\w+|clos(?:e|es|ed|ing|ure)|shut\w*|discontinu\w*|conclud\w*"
_IN_FORCE = (
    r"in force|in effect|into force|into effect|effective|tak(?:e|es|en|ing) effect|took effect|appl(?:y|ies|"
    r"ied)(?! for)|"
    r"active|valid|reinstat\w+|resum\w+|restor\w+|operational|in operation|reactivat\w+|binding"
)
_OUT_OF_FORCE = (
    r"suspend\w*|suspension|paus\w+|on hold|halt\w*|postpon\w+|shelv\w+|fr[eo]{1,2}ze\w*|laps\w+|expir\w+|"
    r"repeal\w*|revok\w+|"
    r"revocation|cancel\w*|withdr[ae]w\w*|abolish\w*|defer\w*|stop\w*|inactive|invalid|dropped|scrapped|lifted"
)
_IMPOSE = r"impos\w+|introduc\w+|tighten\w*|add(?:s|ed|ing)|toughen\w*|put in place|enact\w*|reimpos\w*|adopt\w*"
_LIFT = (
    r"lift\w*|remov\w+|eas(?:e|es|ed|ing)|relax\w*|loosen\w*|scrap(?:s|ped)|roll(?:s|ed)? back|abolish\w*|"
    r"delist\w*|repeal\w*|delet\w+"
)
_ALLOW = (
    r"allow\w*|permitted|permitting|authori[sz]\w+|approv\w+|grant(?:s|ed|ing)?|clear(?:s|ed|ing)|lets?|accept\w*|"
    r"green[- ]?light\w*|won approval|lawful|legal|eligible|passed|ratif\w+|issu(?:e|ed|es|ing)"
)
_FORBID = (
    r"bann?(?:s|ed|ing)?|prohibit\w*|block(?:s|ed|ing)?|bar(?:s|red)|forb\w+|outlaw\w*|refus\w+|reject\w*|den(?:y|"
    r"ies|ied)|"
    r"turn(?:s|ed)? (?:down|away)|disallow\w*|unlawful|illegal|ineligible|declin(?:ed|es) to|veto\w*|withheld|"
    r"withhold\w*"
)
_OPPOSITES = (
    _opposites(_MORE, _LESS),
    _opposites(_IN_FORCE, _OUT_OF_FORCE),
    _opposites(_IMPOSE, _LIFT),
    _opposites(_ALLOW, _FORBID),
    _opposites(_STARTING, _STOPPING),
    _opposites(r"before|prior to|ahead of|earlier|preced\w+|previously", r"after|following|later|subsequent\w*|since"),
    _opposites(r"minimum|at least|no less than|or more|or above|floor", r"maximum|at most|no more than|or less|"
        r"or below|ceiling|capped|cap|up to"),
    _opposites(r"first|initial(?:ly)?|opening", r"last|final(?:ly)?"),
    _opposites(r"bought|buy(?:s|ing|er|ers)?|purchas\w+|acquir\w+|acquisition", r"sold|sell(?:s|ing|er|ers)?|"
        r"sales?|divest\w*"),
    _opposites(r"largest|biggest|highest|maximum|peak|top|most|greatest|record high", r"smallest|lowest|least|"
        r"bottom|trough|record low|fewest"),
    _opposites(r"civil(?:ian)?", r"military|defen[cs]e"),
    _opposites(r"heavy", r"light"),
    _opposites(r"domestic\w*|at home", r"foreign|overseas|abroad"),
    _opposites(r"inside|within", r"outside"),
    _opposites(r"includ\w+|contain\w*|cover(?:s|ed|ing)?|subject to", r"exclud\w+|exempt\w*|leav(?:es|ing) out|"
        r"left out|omit\w*"),
    _opposites(r"temporar\w+|provisional\w*|interim", r"permanent(?:ly)?(?! magnet)|indefinite\w*"),
    _opposites(r"mandatory|compulsory|requir\w+|oblig\w+|must|ha(?:s|ve) to", r"voluntary|optional|need not"),
    _opposites(r"support(?:s|ed|ing)?|back(?:s|ed|ing)|welcom\w+|endors\w+|prais\w+", r"oppos(?:e|es|ed|ing)|"
        r"criticis\w+|criticiz\w+|condemn\w*|protest\w*|attack\w*"),
    _opposites(r"shortage\w*|scarc\w+|deficit\w*", r"surplus\w*|glut|oversuppl\w*|abundan\w+"),
    _opposites(r"cheap\w*|discount\w*", r"expensive|premium\w*|dear(?:er)?"),
    _opposites(r"fast(?:er)?|quick\w*|speed\w*|accelerat\w+|without delay|at once|immediate\w*", r"slow\w*|"
        r"delay(?:s|ed|ing)"),
    _opposites(r"confirm\w*|admit\w*|acknowledg\w+", r"den(?:y|ies|ied|ying)|disput\w+|rebut\w*"),
    _opposites(r"success\w*|succeed\w*|achiev\w+|reached", r"fail\w*|collaps\w+|broke down"),
    _opposites(r"partly|partial\w*|in part|some of", r"fully|complet\w+|entire\w*|in full|wholly"),
    _opposites(r"monthly|each month|every month|per month|a month", r"yearly|annual\w*|a year|per year|weekly|"
        r"daily|quarterly"),
    _opposites(r"high(?:er)?", r"low(?:er)?"),
    _opposites(r"direct(?:ly)?", r"indirect(?:ly)?"),
    _opposites(r"north\w*", r"south\w*"),
    _opposites(r"east\w*", r"west\w*"),
    _opposites(r"exporters?|sellers?|suppliers?|producers?|makers?", r"importers?|buyers?|customers?|consumers?|"
        r"end users?"),
    _opposites(r"majority|most", r"minority"),
    _opposites(r"improv\w+|better", r"worse\w*|deteriorat\w+"),
    _opposites(r"raw|unprocessed", r"processed|refined"),
    _opposites(r"private\w*", r"public(?:ly)?|state-owned|government-owned"),
    _opposites(r"old(?:er|est)?", r"new(?:er|est)?"),
    _opposites(r"extend\w*|extension|prolong\w*", r"shorten\w*|curtail\w*|end(?:s|ed)"),
    _opposites(r"agree(?:s|d|ing|ment)?|accepted", r"disagree\w*|refus\w+|reject\w*"),
    _opposites(r"earliest|soonest|at the earliest", r"latest|at the latest|no later than"),
    _opposites(r"min(?:e|es|ed|ing)|ores?", r"refin\w+|process(?:es|ed|ing)|smelt\w*|separat\w+"),
)  # fmt: skip
_NEEDED = (
    (re.compile(rf"\b(?:{_RISE})\b", _FLAGS), re.compile(rf"\b(?:{_MORE}|doubl\w+|tripl\w+|times|fold|best|"
        rf"peak)\b", _FLAGS)),
    (re.compile(rf"\b(?:{_FALL})\b", _FLAGS), re.compile(rf"\b(?:{_LESS})\b", _FLAGS)),
    (re.compile(rf"\b(?:{_OUT_OF_FORCE})\b", _FLAGS),
     re.compile(rf"\b(?:{_OUT_OF_FORCE}|{_STOPPING}|{_LIFT}|no longer|until|through|ban\w*|for a year|"
         rf"for one year|late\w*|delay\w*)\b", _FLAGS)),
    (re.compile(r"\b(?:only|solely|exclusively|just|sole|alone|merely)\b", _FLAGS),
     re.compile(r"\b(?:only|sole(?:ly)?|exclusive(?:ly)?|just|alone|merely|no other|none but|limited to|single|except|"
                r"apart from|nowhere else|at most|not|no(?!\.)|other than)\b", _FLAGS)),
    (re.compile(r"(?<!nearly )(?<!almost )(?<!not )(?<!at )(?<!of )\b(?:all|every|each|entire(?:ly)?|always|"
        r"any)\b(?! but| the same| told| time)", _FLAGS),
     re.compile(r"(?<!nearly )(?<!almost )(?<!not )\b(?:all|every(?:one|thing)?|each|entire(?:ly)?|whole|"
         r"any(?:one|thing)?|always|both|total|complete(?:ly)?|"
                r"full(?:y)?|100|no(?!\.)|none|without exception|general(?:ly)?)\b", _FLAGS)),
    (re.compile(r"\b(?:largest|biggest|highest|lowest|smallest|fastest|cheapest|strongest|weakest|"
        r"first-ever)\b", _FLAGS),
     re.compile(r"\b(?:\w{3,}est|record|most|least|top|leading|peak|main|first|number one|dominant|"
         r"no other)\b", _FLAGS)),
    (re.compile(r"\b(?:monthly|quarterly|weekly|daily|annual(?:ly)?|yearly)\b", _FLAGS),
     re.compile(r"\b(?:month\w*|quarter\w*|week\w*|da(?:y|ys|ily)|annual\w*|year\w*|20\d\d|january|february|march|"
         r"april|"
                r"may|june|july|august|september|october|november|december)\b", _FLAGS)),
    (re.compile(r"\b(?:permanent(?:ly)?(?! magnet)|indefinite(?:ly)?|forever|temporar(?:y|ily))\b", _FLAGS),
     re.compile(r"\b(?:permanent(?:ly)?(?! magnet)|indefinite(?:ly)?|forever|temporar\w+|interim|provisional\w*|"
         r"suspen\w+|"
                r"paus\w+|until|for a|one-year|\w+-(?:day|month|year))\b", _FLAGS)),
)  # fmt: skip
_THINGS = tuple(
    re.compile(rf"\b(?:{words})\b", _FLAGS)
    for words in (
        r"magnets?", r"oxides?", r"ores?|concentrates?", r"alloys?", r"scrap|waste|black mass", r"batter(?:y|ies)",
        r"chips?|semiconductors?", r"tariffs?|dut(?:y|ies)(?: on)?", r"quotas?", 
        r"reserves?|deposits?", r"stockpil\w+|stocks?|inventor\w+|reserves?", r"min(?:e|es|ed|ing)|extract\w*",
        r"refin\w+|process\w*|separat\w+|smelt\w*", r"recycl\w+", r"technolog\w+|know-how",
        r"equipment|machine\w*|furnaces?|extractors?", r"licen[cs]\w+|permits?|approv\w+|"
        r"authori[sz]\w+", r"loans?|lend\w*|financ\w+|credit",
               r"weight|mass", r"motors?", r"steel|iron", r"civilian|civil", r"military|defen[cs]e|army|armed|"
               r"weapons?|arms",
    )
)  # fmt: skip
_TENTATIVE = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|propos\w+|consider(?:s|ed|ing|ation)?|expect\w*|would|might|could|draft\w*|likely|"
    r"threat\w*|"
    r"aim(?:s|ed)?|seek\w*|sought|hop(?:es|ed|ing)|foresee\w*|envisag\w+|potential\w*|if|unless|intend\w*|may)\b"
)
_OPEN = re.compile(
    rf"{_TENTATIVE.pattern}|\b(?:will|shall|should|must|can|to|promis\w+|pledg\w+|agreed|target\w*|project\w+|"
    rf"forecast\w*|"
    r"possib\w+|want\w*|call\w*|ask\w*|suggest\w*|under discussion|allow\w*|option\w*|future|prospective|due|set|"
    r"warn\w*|provisional\w*|goal\w*|estimat\w+|seen|candidate\w*|contemplat\w+|look\w*|mull\w*|weigh\w*|study\w*|"
    r"explor\w+)\b",
    _FLAGS,
)
_TRADE = (re.compile(r"\bimport\w*", _FLAGS), re.compile(r"\bexport\w*", _FLAGS))
_NO_MONTH = r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
_DIRECTION = (re.compile(rf"\bfrom (?:the )?{_NO_MONTH}[A-Z]"), re.compile(rf"\bto (?:the )?{_NO_MONTH}[A-Z]"))
_ACTION = re.compile(
    rf"\b(?:{_IMPOSE}|{_LIFT}|{_FORBID}|{_STARTING}|{_ALLOW}|sign(?:s|ed)|agreed|built|paid|bought|sold)\b", _FLAGS
)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z“\"(])|\n+")
_WORD = re.compile(r"[\w][\w.,'’%-]*")
_RELEVANT = 0.6


class SenseChecker:
    """Holds the sense of a sentence against that of its evidence."""

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._stems = lru_cache(maxsize=8_192)(lambda words: frozenset(analyzer.content_terms(words)))

    def conflict(self, sentence: str, evidence: Sequence[str]) -> str | None:
        """What the sentence turns around or makes up, in words; None when the senses fit."""
        # Dates in one form: a comma within "May 5, 2025" would part clauses.
        sentence = _with_iso_dates(sentence)
        pieces = [_with_iso_dates(piece) for text in evidence for piece in _SENTENCE.split(text) if piece.strip()]
        told = self._nearest(sentence, pieces)
        text = " ".join(told)
        return (
            self._negation_lost_or_made(sentence, told)
            or self._turned(sentence, told)
            or _trade_turned(sentence, " ".join(pieces))
            or _not_told(sentence, " ".join(pieces))
            or self._made_certain(sentence, text, told)
        )

    def _nearest(self, sentence: str, pieces: Sequence[str]) -> list[str]:
        """The sentences of the evidence that share nearly as many terms as the one that shares most."""
        own = self._stems(sentence)
        shared = [len(own & self._stems(piece)) for piece in pieces]
        most = max(shared, default=0)
        return [piece for piece, count in zip(pieces, shared, strict=True) if count >= _RELEVANT * most]

    def _negation_lost_or_made(self, sentence: str, told: Sequence[str]) -> str | None:
        theirs = [scope for piece in told for _, _, scope in self._scopes(piece)]
        used: list[tuple[int, frozenset[str]]] = []
        for words, _, scope in self._scopes(sentence):
            fits = [place for place, other in enumerate(theirs) if not scope or scope & other]
            # One negation of the passage carries two of the sentence only when they negate different things.
            free = next((place for place in fits if not any(place == one and scope & two for one, two in used)), None)
            if free is not None:
                used.append((free, scope))
            elif not self._worded_otherwise(sentence, scope, told):
                return f"the negation {words!r} is not in the cited passage"
        lost = self._lost(sentence, told)
        return f"the cited passage says {lost!r}, the sentence leaves it out" if lost else None

    def _lost(self, sentence: str, told: Sequence[str]) -> str | None:
        """The words of a negation in the evidence whose head the sentence tells without any negation."""
        stems, own = self._stems(sentence), self._scopes(sentence)
        for piece in told:
            for words, head, scope in self._scopes(piece):
                if not head or not head <= stems:
                    continue
                clause = self._stems(_clause_with(piece, words))
                is_told = len(clause & stems) >= 0.5 * len(clause)
                said = {found[0].lower() for found in _NEGATIVE_WORD.finditer(piece)}
                otherwise = any(found[0].lower() not in said for found in _NEGATIVE_WORD.finditer(sentence))
                if is_told and not otherwise and not any(scope & other for _, _, other in own):
                    return words
        return None

    def _worded_otherwise(self, sentence: str, scope: frozenset[str], told: Sequence[str]) -> bool:
        """Whether the passage says no by another word ("refused"), one that the sentence does not have as well."""
        own = {found[0].lower() for found in _NEGATIVE_WORD.finditer(sentence)}
        return any(
            found[0].lower() not in own and scope & self._stems(_sentence_part(piece, found))
            for piece in told
            for found in _NEGATIVE_WORD.finditer(piece)
        )

    def _scopes(self, text: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
        """Each negation with the terms it governs: its words, the first content word's terms, those of the next few."""
        found = []
        for match in _NEGATION.finditer(text):
            after = _BOUNDARY.split(text[match.end() :])[0]
            content = [stems for word in _WORD.findall(after) if (stems := self._stems(word))][:_SCOPE]
            shown = " ".join(f"{match[0]} {after.strip()}".split()[:4])
            found.append((shown, content[0] if content else frozenset(), frozenset().union(*content)))
        for match in _MARKED_NEGATIVE.finditer(text):
            word = re.sub(r"^(?:un|non-?|im|il|in|ir)", "", match[0], flags=_FLAGS)
            after = [stems for one in _WORD.findall(text[match.end() :]) if (stems := self._stems(one))][:1]
            found.append((match[0], self._stems(word), self._stems(word).union(*after)))
        return found

    def _turned(self, sentence: str, told: Sequence[str]) -> str | None:
        for pair in _OPPOSITES:
            for mine, theirs in ((pair.one, pair.other), (pair.other, pair.one)):
                for match in mine.finditer(sentence):
                    if opposite := self._opposed(sentence, match, mine, theirs, told):
                        return f"the sentence says {match[0]!r} where the cited passage says {opposite!r}"
        return None

    def _opposed(
        self, sentence: str, match: re.Match[str], mine: re.Pattern[str], theirs: re.Pattern[str], told: Sequence[str]
    ) -> str | None:
        """The word of opposite sense that stands nearer, in the evidence, to what the sentence's word is about."""
        if theirs.search(sentence) and mine.search(sentence) and theirs.search(_clause_at(sentence, match)):
            return None
        if _is_negated(sentence, match):
            mine, theirs = theirs, mine
        about = self._about(sentence, match)
        same = [self._fit(about, piece, found, negated=False) for piece in told for found in mine.finditer(piece)]
        same += [self._fit(about, piece, found, negated=True) for piece in told for found in theirs.finditer(piece)]
        opposed = [
            (fit, found[0])
            for piece in told
            for pattern, negated in ((theirs, False), (mine, True))
            for found in pattern.finditer(piece)
            if (fit := self._fit(about, piece, found, negated)) is not None
        ]
        fits = [fit for fit in same if fit is not None]
        if not opposed:
            return None
        best, word = max(opposed)
        return word if best > 0 and best > max(fits, default=-1.0) else None

    def _fit(self, about: frozenset[str], piece: str, found: re.Match[str], negated: bool) -> float | None:
        """How many terms a word of the evidence has around it that the sentence's word has too; None if not so "
        "negated."""
        if _is_negated(piece, found) != negated:
            return None
        return float(len(about & self._about(piece, found)))

    def _about(self, text: str, match: re.Match[str]) -> frozenset[str]:
        clause = _clause_at(text, match)
        if len(self._stems(clause) - self._stems(match[0])) < 2:
            clause = text
        amounts = {f"{one.dimension} {one.value:g}" for one in find_amounts(clause, ())}
        return (self._stems(clause) | amounts) - self._stems(match[0])

    def _made_certain(self, sentence: str, text: str, told: Sequence[str]) -> str | None:
        if _OPEN.search(sentence):
            return None
        own = self._stems(sentence)
        action = _ACTION.search(sentence)
        if (
            action
            and told
            and all(_TENTATIVE.search(piece) for piece in told)
            and not self._stems(action[0]) & self._stems(text)
        ):
            return f"the cited passage tells of what is only intended, the sentence says {action[0]!r}"
        for piece in told:
            for match in _TENTATIVE.finditer(piece):
                after = _BOUNDARY.split(piece[match.end() :])[0]
                content = [stems for word in _WORD.findall(after) if (stems := self._stems(word))]
                if content and content[0] <= own and not self._told_plainly(content[0], told):
                    return f"the cited passage says {match[0]!r}, the sentence states it as a fact"
        return None

    def _told_plainly(self, head: frozenset[str], told: Sequence[str]) -> bool:
        clauses = [clause for piece in told for clause in re.split(r"[;,]\s|[.]\s", piece)]
        return any(head <= self._stems(clause) and not _TENTATIVE.search(clause) for clause in clauses)


def _trade_turned(sentence: str, text: str) -> str | None:
    """Imports told for exports; "B imported from A" may tell "A exported to B"."""
    for mine, theirs, way, other_way in (
        (*_TRADE, *_DIRECTION), (*_TRADE[::-1], *_DIRECTION[::-1])
    ):  # fmt: skip
        found = mine.search(sentence)
        if not found or mine.search(text) or not theirs.search(text):
            continue
        if theirs.search(sentence) or not (way.search(sentence) and other_way.search(text)):
            return f"the sentence says {found[0]!r} where the cited passage says {theirs.search(text)[0]!r}"  # type: ignore[index]
    return None


def _not_told(sentence: str, text: str) -> str | None:
    for needs, tells in _NEEDED:
        if (match := needs.search(sentence)) and not tells.search(text):
            return f"the word {match[0]!r} has nothing in the cited passage that carries it"
    for thing in _THINGS:
        if (match := thing.search(sentence)) and not thing.search(text):
            return f"{match[0]!r} is not in the cited passage"
    return None


def _is_negated(text: str, match: re.Match[str]) -> bool:
    if re.search(r"\bnon-$", text[: match.start()], _FLAGS):
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    before = _BOUNDARY.split(before)[-1]
    words = before.split()[-3:]
    return bool(_NEGATION.search(" ".join(words)))


def _clause_at(text: str, match: re.Match[str]) -> str:
    start = max((found.end() for found in _BOUNDARY.finditer(text) if found.end() <= match.start()), default=0)
    stop = min((found.start() for found in _BOUNDARY.finditer(text) if found.start() >= match.end()), default=len(text))
    return text[start:stop]


def _with_iso_dates(text: str) -> str:
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]}{mention.iso}{text[mention.end :]}"
    return text


def _sentence_part(text: str, match: re.Match[str]) -> str:
    """What stands between commas around a word."""
    start = text.rfind(", ", 0, match.start()) + 1
    stop = text.find(", ", match.end())
    return text[start : stop if stop >= 0 else len(text)]


def _clause_with(text: str, words: str) -> str:
    place = text.find(words.split()[0])
    match = re.compile(re.escape(words.split()[0])).search(text, max(place, 0))
    return _clause_at(text, match) if match else text


def clauses(text: str) -> Iterator[str]:
    """The clauses of a sentence with a few words at least."""
    for clause in _BOUNDARY.split(text):
        if len(clause.split()) >= 3:
            yield clause.strip()
