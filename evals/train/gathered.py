"""Questions with the sentences that the product finds for them, as its judge is handed them, and which are right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.reading import ReadQuestion
from assistant.settings import load_settings
from assistant.shipped import corpus_folder
from assistant.types import Ask, Filters
from evals.assembly import fresh_assistant
from evals.cases import Case, load_set
from evals.clapnq import SOURCE, normal, read_questions
from evals.finder import Finder, plan_of
from evals.indexed_corpus import product_over
from evals.memory_corpus import Document, findings_in_memory
from evals.train.examples import Asked, same_fact
from evals.train.graded import BEST, GRADED, USEFUL, GradedQuestion, key_of, read_graded
from evals.train.questions import NEAR_MISSES, QUESTIONS, read_domain, split_of
from evals.wording import says_any

TODAY = "2026-11-22"
Origin = Literal["corpus", "plain", "near miss", "graded", "clapnq", "clapnq pooled", "core"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question with its candidates; ``right`` tells for each quote whether it answers, ``useful`` whether it helps.

    ``group`` is what questions that must not be parted share: their article. ``seen``: the shipped sentence scorer was
    trained on it, so that its logits tell more than they would of a stranger's question.
    """

    origin: Origin
    group: str
    question: str
    answerable: bool
    quotes: tuple[Quote, ...]
    right: tuple[bool, ...]
    seen: bool = False
    useful: tuple[bool, ...] = ()

    def fold(self, folds: int) -> int:
        """The fold of the question's group."""
        return int(hashlib.sha256(self.group.encode()).hexdigest(), 16) % folds


def _quotes(finder: Finder, read: ReadQuestion) -> tuple[Quote, ...]:
    return finder.answerer.candidates(read.standalone, finder.findings(read), plan_of(read))


def corpus_questions() -> Iterator[Gathered]:
    """The written questions whose articles the shipped scorer was not trained on. Raises BadInputError.

    Half of them told when its training was best.
    """
    return _written_questions("corpus", QUESTIONS, _is_unseen)


def all_corpus_questions() -> Iterator[Gathered]:
    """The written questions, with those that the shipped scorer has seen marked. Raises BadInputError.

    Of the later file only those that it has not seen: of seen ones the first file has enough.
    """
    first, later = ((one,) for one in QUESTIONS)
    for one in _written_questions("corpus", first):
        yield replace(one, seen=one.seen or split_of(one.group) == "train")
    yield from _written_questions("corpus", later, _is_unseen)


def plain_questions(file: Path) -> Iterator[Gathered]:
    """Questions as people type them who have not seen the corpus. Raises BadInputError."""
    return _written_questions("plain", (file,))


def graded_questions(graded: Iterable[GradedQuestion], *, only_graded: bool) -> Iterator[Gathered]:
    """Graded questions; right are the sentences of the best grade, and where there is none, nothing answers.

    ``only_graded`` leaves out the sentences without a grade.
    """
    finder = Finder(fresh_assistant("core", TODAY))
    for asked in graded:
        read, grades = finder.read(Ask(asked.ask)), asked.by_key
        found = [(quote, grades.get(key_of(quote.article.id, quote.sentence))) for quote in _quotes(finder, read)]
        kept = [(quote, grade or 0) for quote, grade in found if grade is not None or not only_graded]
        right, useful = (tuple(grade >= least for _, grade in kept) for least in (BEST, USEFUL))
        quotes, text = tuple(quote for quote, _ in kept), read.standalone.text
        yield Gathered("graded", asked.ask, text, any(right), quotes, right, useful=useful)


def near_misses(file: Path) -> Iterator[Gathered]:
    """The pairs of a file: a question and its near miss; those that the shipped scorer has seen are marked.

    Raises:
        BadInputError: as ``read_domain``.
    """
    for one in _written_questions("near miss", (file,)):
        yield replace(one, seen=one.seen or (file == NEAR_MISSES and split_of(one.group) == "train"))


def _is_unseen(asked: Asked) -> bool:
    return split_of(asked.document) != "train"


def _written_questions(
    origin: Origin, files: Sequence[Path], wanted: Callable[[Asked], bool] = lambda asked: True
) -> Iterator[Gathered]:
    finder, domain = Finder(fresh_assistant("core", TODAY)), read_domain(corpus_folder(), files)
    shown = frozenset(one.ask for one in read_graded(GRADED) if not one.teaches_order)
    for asked in filter(wanted, domain.questions):
        read = finder.read(Ask(asked.question))
        told = [domain.pool[place].sentence for place in asked.answers]
        text = read.standalone.text
        one = _gathered(origin, asked.document, text, bool(told), _quotes(finder, read), _tells(told))
        yield replace(one, seen=text in shown)


def passage_questions(folder: Path) -> Iterator[Gathered]:
    """ClapNQ questions, each over its own passage alone. Raises BadInputError."""
    assistant = fresh_assistant("core", TODAY)
    finder = Finder(assistant)
    for row in read_questions(folder)[0]:
        documents = [Document(row.title, row.text, row.title)]
        findings = findings_in_memory(
            row.question, documents, assistant.embedder, finder.analyzer, load_settings().passages
        )
        quotes = finder.answerer.candidates(Standalone(row.question, row.question), findings)
        yield _gathered("clapnq", row.question, row.question, row.answerable, quotes, _holds(row.gold))


def pooled_questions(folder: Path) -> Iterator[Gathered]:
    """ClapNQ questions over the passages of all, as the product finds them. Raises BadInputError."""
    rows = read_questions(folder)[0]
    with product_over([row.indexed for row in rows], fresh_assistant("core", TODAY).embedder, SOURCE) as assistant:
        finder = Finder(assistant)
        for row in rows:
            read = finder.read(Ask(row.question))
            quotes = _quotes(finder, read)
            text = read.standalone.text
            yield _gathered("clapnq pooled", row.question, text, row.answerable, quotes, _holds(row.gold))


def core_questions() -> Iterator[Gathered]:
    """The eval set ``core``, follow-ups after their history."""
    cases = load_set("core")
    assistant = fresh_assistant("core", cases.today)
    finder = Finder(assistant)
    for case in cases.cases:
        conversation = None
        for before in case.history:
            asked = Ask(before, conversation, Filters(as_of=case.as_of))
            conversation = assistant.service.ask(asked).conversation_id
        read = finder.read(Ask(case.question, conversation, Filters(as_of=case.as_of)))
        quotes = _quotes(finder, read)
        yield _gathered("core", case.id, read.standalone.text, case.answerable, quotes, _carries(case))


def _gathered(
    origin: Origin, group: str, question: str, answerable: bool, quotes: tuple[Quote, ...], right: Callable[[str], bool]
) -> Gathered:
    told = tuple(answerable and right(quote.sentence) for quote in quotes)
    return Gathered(origin, group, question, answerable, quotes, told)


def _tells(facts: list[str]) -> Callable[[str], bool]:
    return lambda sentence: any(" ".join(sentence.split()) == fact or same_fact(sentence, fact) for fact in facts)


def _holds(gold: frozenset[str]) -> Callable[[str], bool]:
    return lambda sentence: normal(sentence) in gold


def _carries(case: Case) -> Callable[[str], bool]:
    return lambda sentence: any(says_any(sentence, point.wordings) for point in case.expect)
