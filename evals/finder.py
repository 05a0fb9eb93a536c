"""The product's way from a question to its evidence, in steps that an eval can look between."""

from __future__ import annotations

from assistant.answer.extractive import Plan
from assistant.build import Assistant, build_answerer
from assistant.reading import QuestionReader, ReadQuestion
from assistant.retrieve.retriever import Findings, Retriever
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Ask


class Finder:
    """Reads questions and finds their evidence as the product does.

    Attributes:
        analyzer: how text becomes terms.
        answerer: orders and chooses sentences of what was found.
    """

    def __init__(self, assistant: Assistant) -> None:
        settings = assistant.settings
        self.analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
        self.answerer = build_answerer(settings, self.analyzer, assistant.scorer)
        self._reader = QuestionReader(
            self.analyzer, assistant.catalog, assistant.conversations, settings.day, assistant.carrier
        )
        self._retriever = Retriever(assistant.store, assistant.embedder, self.analyzer, settings.candidates)
        self._passages = settings.passages

    def read(self, ask: Ask) -> ReadQuestion:
        """The question as the product reads it."""
        return self._reader.read(ask)

    def findings(self, read: ReadQuestion) -> Findings:
        """What the product would draft from."""
        text = read.standalone.text
        return self._retriever.gather(text, read.filters, self._passages, read.raised, read.earlier)


def plan_of(read: ReadQuestion) -> Plan:
    """How the answer is to be built, but for what the register says."""
    return Plan(read.raised, read.newest, untold=read.untold)
