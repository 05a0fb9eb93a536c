"""Figures of what went where: those that search words want, and those of one month that a question asks for.

"Magnet exports japan january 2026" is no question, and wants a figure all the same.
"""

from __future__ import annotations

import re

from assistant.answer.follow_up.grammar import ANY_QUESTION_WORD
from assistant.answer.subjects import paired, words_needed
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import QUANTITIES

# Whoever asks in a sentence, or for a rule, wants something else.
_SEARCH = re.compile(
    rf"^(?!.*\b(?:{ANY_QUESTION_WORD}|is|are|was|were|do|does|did|has|have|had|can|will|would|list|name|rules?|law|"
    r"ban\w*|control\w*|licen[cs]\w+|permits?|restrict\w+|curbs?|suspen\w+|announcements?|order|policy|status|deal|"
    r"technolog\w+|code|codes|tariffs?|delays?)\b)"
    r".*\b(?:exports?|imports?|shipments?|production|output|reserves|sales|purchases|volumes?)\b",
    re.IGNORECASE,
)
_FIGURES = paired(
    (
        (
            r"exports?|imports?|shipments?|sales|purchases",
            "export import ship deliver sold sell sale bought buy purchas receiv took left customer",
        ),
        (r"production|output", "produc output mine mining made smelt refin"),
        (r"reserves", "reserve deposit"),
    )
)
# "How many tonnes of magnets went to Japan in May?", and any words of a sentence that may tell it.
_OF_A_FLOW = re.compile(
    r"\b(?:exports?|exported|imports?|imported|ship(?:s|ped|ments?)?|buy|bought|sen[dt]|sell|sold|deliver\w*)\b",
    re.IGNORECASE,
)
_TELLS_FLOW = re.compile(
    r"\b(?:export|import|ship|bought|buy|purchas|sold|sell|sale|deliver|suppl|went|go(?:es|ne)?\b|got|receiv|left|sent|"
    r"volume|tonn|intake|taken|took|total|customs|customer|outflow|abroad|arriv)",
    re.IGNORECASE,
)


class SearchedFigure:
    """The figure that search words want.

    Attributes:
        is_searched: they want one at all.
        is_of_a_flow: what was bought, sold or shipped is asked about.

    Args:
        question: standing alone.
    """

    def __init__(self, question: str) -> None:
        self._question = question
        self.is_searched = bool(_SEARCH.search(question))
        self.is_of_a_flow = bool(_OF_A_FLOW.search(question))
        self._words = words_needed(question, _FIGURES)

    def is_of_it(self, claim: str) -> bool:
        """Whether a claim has words of the flow or stock that is searched for."""
        return all(words.search(claim) for words in self._words)

    def is_missing(self, claim: str) -> bool:
        """Whether a claim has no quantity of the flow or stock that is searched for."""
        return not (self.is_of_it(claim) and find_values(claim, QUANTITIES, self._question))


def tells_flow(claim: str) -> bool:
    """Whether a claim has a word of anything bought, sold or shipped."""
    return bool(_TELLS_FLOW.search(claim))
