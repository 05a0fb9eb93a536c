"""ClapNQ: are the right sentences of a passage quoted, and are questions declined that no passage answers?

    python -m evals.clapnq --data FOLDER [--json FILE] [--limit N]

FOLDER holds ``clapnq_answerable.jsonl`` and ``clapnq_unanswerable.jsonl``: rows of the development set of ClapNQ
(primeqa/clapnq, Apache-2.0; Rosenthal et al. 2024, arXiv:2404.02103); none of them are shipped. Every question is
asked twice, of its own passage alone and of all passages together. The plain way beside the product takes
sentences by the cosine of the packaged MiniLM, each sentence encoded by itself.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console

from assistant.build import Assistant
from assistant.errors import BadInputError
from assistant.index.embedder import Embedder
from assistant.types import Answer, Ask, Span, Status
from evals.benchmark import (
    WIDTH,
    Line,
    compared,
    compared_areas,
    data_parser,
    ended,
    figure_of,
    positive,
    product_embedder,
    read_rows,
    table_of,
    write_json,
)
from evals.indexed_corpus import Text, product_over
from evals.ordering import Encode, Orders, Ranked, Remembering, SentenceOrder, best_of
from evals.runner import SEED
from evals.train.encoder import Encoder

ANSWERABLE, UNANSWERABLE = "clapnq_answerable.jsonl", "clapnq_unanswerable.jsonl"
ORIGIN = "ClapNQ dev, primeqa/clapnq, Apache-2.0"
SOURCE = "clapnq"
ORDERED, QUOTED_PLAIN = 3, 5
Setting = Literal["passage given", "all passages"]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class PassageRow(_Row):
    """A passage as published, cut into sentences by the makers of the data."""

    title: str
    text: str
    sentences: tuple[str, ...]


class OutputRow(_Row):
    """The sentences that answer."""

    selected_sentences: tuple[str, ...] = ()


class PublishedRow(_Row):
    """A line of either file."""

    id: str
    input: str
    passages: tuple[PassageRow, ...] = Field(min_length=1)
    output: tuple[OutputRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the passage published with it, and which of its sentences answer; all in normal form but ``text``."""

    id: str
    question: str
    title: str
    text: str
    sentences: tuple[str, ...]
    gold: frozenset[str]
    answerable: bool

    @property
    def indexed(self) -> Text:
        """The passage as an article."""
        return Text(self.id, self.text, f"passage {self.id}", self.title)


class Quoting(_Row):
    """What was quoted for a question with gold sentences; ``precision`` is None when nothing was.

    ``ordered`` is F1 of the product's first three sentences whatever its floor, ``plain`` of those by cosine.
    ``first`` tells whether the product's first sentence is a gold one, ``plain_first`` the same by cosine;
    ``found`` whether a gold sentence is quoted, ``plain_found`` whether one is among the first five by cosine.
    """

    gold: tuple[str, ...]
    precision: float | None
    recall: float
    f1: float
    ordered: float
    plain: float
    first: float
    plain_first: float
    found: float
    plain_found: float


class Outcome(_Row):
    """What came of a question in one setting."""

    id: str
    question: str
    answerable: bool
    status: Status
    confidence: float
    best_cosine: float
    best_pooled: float
    quoted: tuple[str, ...]
    quoting: Quoting | None

    @property
    def declined(self) -> bool:
        """Whether the product declined."""
        return self.status == "declined"


class Report(_Row):
    """Everything that one run found; equal inputs give equal bytes."""

    origin: str
    sha256: dict[str, str]
    model: str
    seed: int
    figures: dict[Setting, tuple[Line, ...]]
    cases: dict[Setting, tuple[Outcome, ...]]


def read_questions(folder: Path, limit: int | None = None) -> tuple[tuple[Question, ...], dict[str, str]]:
    """The first ``limit`` rows of each file, and the SHA-256 of the whole files. Raises BadInputError."""
    questions: list[Question] = []
    sha256 = {}
    for name in (ANSWERABLE, UNANSWERABLE):
        rows, sha256[name] = read_rows(folder / name, PublishedRow, ORIGIN)
        questions += [_question(row, name == ANSWERABLE) for row in rows[:limit]]
    return tuple(questions), sha256


def _question(row: PublishedRow, answerable: bool) -> Question:
    passage = row.passages[0]
    gold = row.output[0].selected_sentences
    return Question(
        id=row.id,
        question=row.input,
        title=passage.title,
        text=passage.text,
        sentences=tuple(map(normal, passage.sentences)),
        gold=frozenset(map(normal, gold)),
        answerable=answerable,
    )


def normal(sentence: str) -> str:
    """White space made even, without the mark that the data puts after some gold sentences."""
    return " ".join(unicodedata.normalize("NFC", sentence).rstrip("& ").split())


class Places:
    """Where the sentences of passages stand in the texts as indexed, so that a quote can be told by them."""

    def __init__(self, questions: Iterable[Question], text_of: Callable[[str], str]) -> None:
        self._sentences = {one.id: one.sentences for one in questions}
        self._text_of = text_of
        self._spans: dict[str, tuple[Span, ...]] = {}

    def told(self, article_id: str, quote: Span) -> frozenset[str]:
        """The sentences that a quote holds: those of which, or of itself, at least half lies in the other."""
        if article_id not in self._spans:
            self._spans[article_id] = spans_of(self._sentences[article_id], self._text_of(article_id))
        pairs = zip(self._sentences[article_id], self._spans[article_id], strict=True)
        return frozenset(sentence for sentence, span in pairs if _mostly_shared(span, quote))


def spans_of(sentences: Sequence[str], text: str) -> tuple[Span, ...]:
    """Where sentences stand in a text, in order, however white space differs. Raises BadInputError for one missing."""
    kept = [place for place, character in enumerate(text) if not character.isspace()]
    compact = "".join(text[place] for place in kept)
    spans, last = [], 0
    for sentence in sentences:
        wanted = "".join(sentence.split())
        start = compact.find(wanted, last)
        if start < 0 or not wanted:
            raise BadInputError(f"{sentence[:80]!r} is not in {text[:80]!r}; use the data as published")
        last = start + len(wanted)
        spans.append(Span(kept[start], kept[last - 1] + 1))
    return tuple(spans)


def _mostly_shared(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How sentences taken agree with the gold ones; taking none has no precision, and 0 of the rest."""

    precision: float | None
    recall: float
    f1: float


def agreement(taken: Collection[str], gold: Collection[str]) -> Agreement:
    """Precision, recall and F1 of sentences; ``gold`` is not empty."""
    hits = len(set(taken) & set(gold))
    precision = hits / len(set(taken)) if taken else None
    return Agreement(precision, hits / len(set(gold)), 2 * hits / (len(set(taken)) + len(set(gold))))


class Judge:
    """Asks the product over one corpus and holds its answers against the gold sentences."""

    def __init__(self, assistant: Assistant, questions: Sequence[Question], encode: Encode) -> None:
        self._service = assistant.service
        self._order = SentenceOrder(assistant, encode)
        self._places = Places(questions, lambda article_id: _text(assistant, article_id))

    def outcome(self, asked: Question) -> Outcome:
        """What the product answers to a question, and what the orders say."""
        answer = self._service.ask(Ask(asked.question, remember=False))
        orders = self._order.orders(asked.question)
        quoted = self._quoted(answer)
        return Outcome(
            id=asked.id,
            question=asked.question,
            answerable=asked.answerable,
            status=answer.status,
            confidence=answer.confidence,
            best_cosine=best_of(orders.cosine),
            best_pooled=best_of(orders.pooled),
            quoted=tuple(sorted(quoted)),
            quoting=self._quoting(asked.gold, quoted, orders) if asked.gold else None,
        )

    def _quoted(self, answer: Answer) -> frozenset[str]:
        if answer.status == "declined":
            return frozenset()
        return self._told((one.article_id, Span(one.start, one.end)) for one in answer.citations)

    def _quoting(self, gold: frozenset[str], quoted: frozenset[str], orders: Orders) -> Quoting:
        found = agreement(quoted, gold)
        return Quoting(
            gold=tuple(sorted(gold)),
            precision=found.precision,
            recall=found.recall,
            f1=found.f1,
            ordered=agreement(self._first(orders.product, ORDERED), gold).f1,
            plain=agreement(self._first(orders.cosine, ORDERED), gold).f1,
            first=float(bool(self._first(orders.product, 1) & gold)),
            plain_first=float(bool(self._first(orders.cosine, 1) & gold)),
            found=float(bool(quoted & gold)),
            plain_found=float(bool(self._first(orders.cosine, QUOTED_PLAIN) & gold)),
        )

    def _first(self, ranked: Sequence[Ranked], count: int) -> frozenset[str]:
        return self._told((one.article_id, one.span) for one in ranked[:count])

    def _told(self, quotes: Iterable[tuple[str, Span]]) -> frozenset[str]:
        return frozenset().union(*(self._places.told(article_id, span) for article_id, span in quotes))


def _text(assistant: Assistant, article_id: str) -> str:
    article = assistant.catalog.article(article_id)
    if article is None:
        raise BadInputError(f"passage {article_id!r} was not indexed: it holds no text; use the data as published")
    return article.text


def asked_alone(questions: Sequence[Question], embedder: Embedder, encode: Encode) -> Iterator[Outcome]:
    """Each question asked of its own passage and nothing else."""
    for asked in questions:
        with product_over([asked.indexed], embedder, SOURCE) as assistant:
            yield Judge(assistant, [asked], encode).outcome(asked)


def asked_of_all(questions: Sequence[Question], embedder: Embedder, encode: Encode) -> Iterator[Outcome]:
    """Each question asked of the passages of all."""
    with product_over([one.indexed for one in questions], embedder, SOURCE) as assistant:
        judge = Judge(assistant, questions, encode)
        for asked in questions:
            yield judge.outcome(asked)


def lines(outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    """Every figure of one setting."""
    quoting = [one.quoting for one in outcomes if one.quoting is not None]
    plain = [one.plain for one in quoting]
    declined = [float(not one.answerable) for one in outcomes if one.declined]
    confidence = _by_answerable(outcomes, lambda one: one.confidence)
    cosine = _by_answerable(outcomes, lambda one: one.best_cosine)
    pooled = _by_answerable(outcomes, lambda one: one.best_pooled)
    return (
        Line(name="quoted: sentences", figure=figure_of([float(len(one.quoted)) for one in outcomes if one.quoting])),
        Line(name="quoted: precision", figure=figure_of([p for one in quoting if (p := one.precision) is not None])),
        Line(name="quoted: recall", figure=figure_of([one.recall for one in quoting])),
        compared("quoted: F1, beside top 3", [one.f1 for one in quoting], plain),
        compared("order only: F1 of top 3", [one.ordered for one in quoting], plain),
        compared("order only: gold first", [one.first for one in quoting], [one.plain_first for one in quoting]),
        compared("gold quoted, beside top 5", [one.found for one in quoting], [one.plain_found for one in quoting]),
        compared_areas("answerable: AUC, beside cosine", confidence, cosine),
        compared_areas("answerable: AUC, beside late-pooled", confidence, pooled),
        Line(name="refusal: precision", figure=figure_of(declined)),
        Line(name="refusal: recall", figure=figure_of([float(one.declined) for one in outcomes if not one.answerable])),
    )


def _by_answerable(outcomes: Sequence[Outcome], score: Callable[[Outcome], float]) -> dict[bool, list[float]]:
    return {kind: [score(one) for one in outcomes if one.answerable is kind] for kind in (True, False)}


def measure(questions: Sequence[Question], sha256: dict[str, str], embedder: Embedder, encode: Encode) -> Report:
    """Both settings."""
    encode = Remembering(encode)
    cases: dict[Setting, tuple[Outcome, ...]] = {
        "passage given": tuple(asked_alone(questions, embedder, encode)),
        "all passages": tuple(asked_of_all(questions, embedder, encode)),
    }
    return Report(
        origin=ORIGIN,
        sha256=sha256,
        model=embedder.name,
        seed=SEED,
        figures={setting: lines(outcomes) for setting, outcomes in cases.items()},
        cases=cases,
    )


def main(
    arguments: Sequence[str] | None = None,
    console: Console | None = None,
    models: Callable[[], tuple[Embedder, Encode]] = lambda: (product_embedder(), Encoder()),
) -> int:
    """Runs the benchmark. Returns 0, or 2 when the data or the model could not be used."""
    parser = data_parser("clapnq", ORIGIN, f"{ANSWERABLE} and {UNANSWERABLE}")
    parser.add_argument("--limit", type=positive, help="only the first N rows of each file")
    given, out = parser.parse_args(arguments), console or Console(width=WIDTH)

    def run() -> None:
        questions, sha256 = read_questions(given.data, given.limit)
        report = measure(questions, sha256, *models())
        out.print(f"{ORIGIN}, {len(questions)} questions, model {report.model}", soft_wrap=True)
        for name, digest in sha256.items():
            out.print(f"{name}, SHA-256 {digest}", soft_wrap=True)
        for setting, told in report.figures.items():
            out.print(table_of(setting, told))
        write_json(report, given.json)

    return ended(run, out)


if __name__ == "__main__":
    sys.exit(main())
