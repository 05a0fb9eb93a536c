"""Articles of one sentence each, and the disagreements that are found among them."""

from __future__ import annotations

from typing import Any

from support import make_article, make_hit

from assistant.answer.conflict import Disagreement, find_disagreements
from assistant.answer.quotes import Quote
from assistant.answer.relevance import Question
from assistant.answer.rewrite import Standalone
from assistant.retrieve.retriever import Evidence
from assistant.terms import Names, TermAnalyzer

PLACES = frozenset({"china", "germany", "japan", "myanmar"})
ANALYZER = TermAnalyzer(
    Names({"Chinese": "china"}, {"elements": frozenset({"dysprosium", "terbium"}), "places": PLACES})
)


def evidence(*told: str | dict[str, Any]) -> list[Evidence]:
    """One article a sentence, each by an origin of its own unless it says otherwise."""
    found = []
    for number, one in enumerate(told):
        given: dict[str, Any] = {"text": one} if isinstance(one, str) else one
        name = f"Paper {number}"
        values = {"article_id": f"a{number}", "publisher": name, "origin": name, "published_on": "2026-01-01"} | given
        found.append(Evidence(make_hit(make_article(**values)), 0.5, (0.5,)))
    return found


def found(question: str, *told: str | dict[str, Any]) -> tuple[Disagreement, ...]:
    given = evidence(*told)
    standalone = Standalone(question, question)
    asked = Question(standalone, ANALYZER, dict.fromkeys(ANALYZER.content_terms(question), 1.0))
    quotes = [
        Quote(one.hit, one.hit.passage.sentences[0], 0.9, asked.signals(one)[0], one.hit.article.text)
        for one in given
    ]  # fmt: skip
    return find_disagreements(standalone, quotes, ANALYZER)


def shown(question: str, *told: str | dict[str, Any]) -> list[list[str]]:
    return [[value.value for value in one.values] for one in found(question, *told)]
