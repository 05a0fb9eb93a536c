"""Questions to offer next: made from what the answer names, to be offered only when the corpus can answer them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from assistant.answer.extractive import Draft
from assistant.answer.follow_up.mentions import Mention, mentions
from assistant.answer.relevance import Signals, key_terms
from assistant.measures.types import Measure
from assistant.terms import TermAnalyzer

MOST_OFFERED, MOST_TRIED = 3, 5
SURE = 0.7
LONGEST_SYMBOL = 2
_MEASURES_OFFERED = 2
_SWAPS_OFFERED = 3
_SWAPPED_KINDS = ("elements", "places")
_WITH_ARTICLE = ("US", "EU", "UK", "European Union", "United States", "Netherlands", "Philippines")
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_BEFORE_A_NOUN = re.compile(
    r"\b(?:did|does|do|has|have|is|was|were|will|can|in|to|from|by|for|of|with|and|on)\s+$", re.I
)


def candidates(
    question: str, said: Sequence[str], measures: Sequence[Measure], shown: frozenset[str], analyzer: TermAnalyzer
) -> Iterator[str]:
    """Questions that may come next, the likeliest first, without the one that was asked.

    Args:
        said: sentences of the answer, or of the nearest passages.
        measures: those that the answer names.
        shown: ids of the measures whose standing the answer shows.
    """
    swaps = list(islice(_swapped(question, said, analyzer), _SWAPS_OFFERED))
    about = [_about_measure(measure, measure.id in shown) for measure in measures[:_MEASURES_OFFERED]]
    mixed = [one for pair in zip(about, swaps, strict=False) for one in pair]
    rest = [*about[len(mixed) // 2 :], *swaps[len(mixed) // 2 :]]
    yield from (one for one in dict.fromkeys([*mixed, *rest]) if not _same(one, question, analyzer))


def is_answered(draft: Draft) -> bool:
    """Whether a draft answers its question well enough for the question to be offered."""
    if not draft.quotes or draft.confidence < SURE:
        return False
    return is_of_the_question(draft.quotes[0].signals)


def is_of_the_question(signals: Signals) -> bool:
    """Whether a sentence tells of all that the question names, and of nothing in its place."""
    return signals.substituted == 0 and signals.key_missing == 0


def names_known(question: str, is_known: Callable[[str], bool], analyzer: TermAnalyzer) -> bool:
    """Whether all that the question names is known; a sentence can only be of the question when it is."""
    return all(is_known(term) for term in {*key_terms(question, analyzer)} & {*analyzer.content_terms(question)})


def _same(one: str, other: str, analyzer: TermAnalyzer) -> bool:
    """Whether two questions ask the same, one perhaps in more words."""
    left, right = set(analyzer.content_terms(one)), set(analyzer.content_terms(other))
    return left <= right or right <= left


def _about_measure(measure: Measure, shown: bool) -> str:
    name = measure.instrument or (measure.name if measure.name.startswith("Project") else f"the {measure.name}")
    return f"What does {name} cover?" if shown else f"What is the status of {name}?"


def _swapped(question: str, said: Sequence[str], analyzer: TermAnalyzer) -> Iterator[str]:
    """The question with an element or a place that the answer names in the place of the one asked about."""
    asked = mentions(question, analyzer)
    # Taking a passage apart costs as much as ranking it: once for both kinds, and no further than asked for.
    read = lru_cache(maxsize=None)(lambda text: mentions(text, analyzer))
    for kind in _SWAPPED_KINDS:
        places = [mention for mention in asked if mention.kind == kind and _is_of_kind(mention.text, kind, analyzer)]
        if len(places) == 1:
            known = set(analyzer.content_terms(places[0].text))
            for other in _others(map(read, said), kind, known, analyzer):
                before = _with_article(question[: places[0].start], places[0].text, other)
                yield f"{before}{_in_case_of(other, places[0].text)}{question[places[0].end :]}"


def _with_article(before: str, old: str, new: str) -> str:
    """What stands before a place, fit for another: "in the US" where "in Japan" stood, and the other way round."""
    if new in _WITH_ARTICLE:
        return f"{before}the " if _BEFORE_A_NOUN.search(before) else before
    # Any other "the" belongs to what follows: "the Japan ban".
    return _ARTICLE.sub("", before) if old in _WITH_ARTICLE else before


def _in_case_of(word: str, other: str) -> str:
    """ "Terbium" at the start of its sentence takes the place of "dysprosium" within one."""
    return word.lower() if other[:1].islower() and word[1:].islower() and len(word) > LONGEST_SYMBOL else word


def _others(said: Iterable[Sequence[Mention]], kind: str, known: set[str], analyzer: TermAnalyzer) -> Iterator[str]:
    for mention in (one for mentioned in said for one in mentioned if one.kind == kind):
        terms = set(analyzer.content_terms(mention.text))
        if _is_of_kind(mention.text, kind, analyzer) and not terms & known and _is_noun(mention):
            known |= terms
            yield mention.text


def _is_of_kind(text: str, kind: str, analyzer: TermAnalyzer) -> bool:
    """Whether the alias file lists it; China, in nearly every question, is no place among others."""
    return any(analyzer.kind(term) == kind for term in analyzer.content_terms(text))


def _is_noun(mention: Mention) -> bool:
    """ "Japan" may stand where "India" stood, "Japanese" may not."""
    return not mention.text.lower().endswith(("ese", "ish", "ian", "ean", "can", "man", "ch"))
