"""News-like questions: does the sentence with the answer come first, or at least into the answer?

    python -m evals.news_like --data FOLDER [--json FILE] [--documents N] [--questions N]

FOLDER holds ``ares_record.zip``: synthetic questions of ARES (stanford-futuredata/ARES, Apache-2.0; Saad-Falcon et al.
2024, arXiv:2311.09476) over news of ReCoRD (texts of CNN and the Daily Mail, all rights reserved): for measuring
only, nothing is trained on them and none of them are shipped. The documents make one corpus. A question is asked
when ARES marks its document and its answer as right, and when its short answer is not in the question itself,
stands in one to three sentences of its document and in few sentences of others. The plain way beside the product
takes the sentences of the same passages by the cosine of the packaged MiniLM.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rich.console import Console

from assistant.build import Assistant
from assistant.errors import BadInputError
from assistant.index.embedder import Embedder
from assistant.ingest.sentences import split_sentences
from assistant.types import Answer, Ask, Status
from evals.benchmark import (
    WIDTH,
    Line,
    compared,
    data_parser,
    ended,
    figure_of,
    positive,
    product_embedder,
    read_bytes,
    table_of,
    write_json,
)
from evals.indexed_corpus import Text, product_over
from evals.memory_corpus import TITLE_LENGTH
from evals.ordering import Encode, Ranked, Remembering, SentenceOrder
from evals.runner import SEED
from evals.train.encoder import Encoder
from evals.train.public_data import MOST_ANSWERING_SENTENCES, SHORTEST_ANSWER, ares_rows

FILE = "ares_record.zip"
ORIGIN = "ARES synthetic questions (stanford-futuredata/ARES, Apache-2.0) over ReCoRD news (all rights reserved)"
SOURCE = "news"
DOCUMENTS, QUESTIONS = 700, 340
MOST_ELSEWHERE = 3
TOP, QUOTED_PLAIN = 3, 5
_HIGHLIGHT = re.compile(r"\s*@highlight\s*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose short answer stands in the document of this id."""

    question: str
    answer: str
    document: str


@dataclass(frozen=True, slots=True)
class News:
    """Documents and what is asked of them; ``sha256`` is the file's."""

    documents: tuple[Text, ...]
    questions: tuple[Question, ...]
    sha256: str


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Outcome(_Row):
    """Where the sentence with the answer came, counted from 1; None when it was in no passage found.

    ``quoted`` tells whether the product's answer quotes it.
    """

    question: str
    answer: str
    document: str
    status: Status
    quoted: bool
    rank: int | None
    plain_rank: int | None
    pooled_rank: int | None


class Report(_Row):
    """Everything that one run found; equal inputs give equal bytes."""

    origin: str
    sha256: str
    model: str
    seed: int
    documents: int
    figures: tuple[Line, ...]
    cases: tuple[Outcome, ...]


def read_news(folder: Path, documents: int = DOCUMENTS, questions: int = QUESTIONS) -> News:
    """The first ``documents`` texts, those with sound questions before others, and ``questions`` questions of them.

    Raises:
        BadInputError: the file is missing or is no ARES file.
    """
    raw = read_bytes(folder / FILE, ORIGIN)
    try:
        rows = sorted(ares_rows(raw), key=lambda row: not _sound(row))
        texts = list(dict.fromkeys(row["document"] for row in rows))[:documents]
        ids = {text: f"news-{number:04}" for number, text in enumerate(texts, 1)}
        pool = {ids[text]: _HIGHLIGHT.sub("\n\n", text).strip() for text in texts}
        asked = [
            Question(row["synthetic_query"].strip(), row["generated_answer"].strip().rstrip("."), ids[row["document"]])
            for row in rows
            if _sound(row) and row["document"] in ids
        ]
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise BadInputError(f"{folder / FILE} cannot be read as an ARES file: {error}; use it as published") from error
    told = {id_: plain(text) for id_, text in pool.items()}
    fit = tuple(one for one in dict.fromkeys(asked) if _is_found_by_its_answer(one, pool, told))[:questions]
    articles = tuple(Text(id_, text, "news", text.partition("\n")[0][:TITLE_LENGTH]) for id_, text in pool.items())
    return News(articles, fit, hashlib.sha256(raw).hexdigest())


def _sound(row: Mapping[str, str]) -> bool:
    return row["Context_Relevance_Label"] == "Yes" and row["Answer_Relevance_Label"] == "Yes"


def _is_found_by_its_answer(asked: Question, pool: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Whether the answer tells the right sentences from all others; ``told`` is the pool in plain form."""
    answer = plain(asked.answer)
    if len(answer) < SHORTEST_ANSWER or not asked.question.endswith("?") or holds(plain(asked.question), answer):
        return False
    counts = {id_: _sentences_with(pool[id_], answer) for id_, text in told.items() if holds(text, answer)}
    own = counts.pop(asked.document, 0)
    return 1 <= own <= MOST_ANSWERING_SENTENCES and sum(counts.values()) <= MOST_ELSEWHERE


def _sentences_with(text: str, answer: str) -> int:
    return sum(holds(plain(span.of(text)), answer) for span in split_sentences(text, "en"))


def plain(text: str) -> str:
    """The text with even white space, in small letters."""
    return " ".join(text.split()).casefold()


def holds(text: str, answer: str) -> bool:
    """Whether an answer stands in a text as whole words, both plain."""
    return answer in text and bool(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text))


def ask_all(news: News, assistant: Assistant, encode: Encode) -> tuple[Outcome, ...]:
    """The outcome of every question, in order."""
    order = SentenceOrder(assistant, Remembering(encode))
    return tuple(_outcome(asked, assistant, order) for asked in news.questions)


def _outcome(asked: Question, assistant: Assistant, order: SentenceOrder) -> Outcome:
    answer = assistant.service.ask(Ask(asked.question, remember=False))
    orders = order.orders(asked.question)
    return Outcome(
        question=asked.question,
        answer=asked.answer,
        document=asked.document,
        status=answer.status,
        quoted=_quotes(answer, asked),
        rank=rank_of(orders.product, asked),
        plain_rank=rank_of(orders.cosine, asked),
        pooled_rank=rank_of(orders.pooled, asked),
    )


def _quotes(answer: Answer, asked: Question) -> bool:
    return answer.status != "declined" and any(
        one.article_id == asked.document and holds(plain(one.quote), plain(asked.answer)) for one in answer.citations
    )


def rank_of(ranked: Sequence[Ranked], asked: Question) -> int | None:
    """The place, from 1, of the first sentence of the question's own document that holds its answer."""
    right = (
        place
        for place, one in enumerate(ranked, 1)
        if one.article_id == asked.document and holds(plain(one.text), plain(asked.answer))
    )
    return next(right, None)


def lines(outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    """Every figure; the last two show what there was to be found, and how often an answer was given."""
    ranks = [one.rank for one in outcomes]
    return (
        *(
            compared(f"answer {place}, beside {way}", _within(ranks, depth), _within(plain, depth))
            for place, depth in (("first", 1), (f"in the top {TOP}", TOP))
            for way, plain in (
                ("cosine", [one.plain_rank for one in outcomes]),
                ("late-pooled", [one.pooled_rank for one in outcomes]),
            )
        ),
        compared(
            f"answer quoted, beside top {QUOTED_PLAIN} by cosine",
            [float(one.quoted) for one in outcomes],
            _within([one.plain_rank for one in outcomes], QUOTED_PLAIN),
        ),
        Line(
            name="answer in a passage found", figure=figure_of([float(one.plain_rank is not None) for one in outcomes])
        ),
        Line(name="not declined", figure=figure_of([float(one.status != "declined") for one in outcomes])),
    )


def _within(ranks: Sequence[int | None], depth: int) -> list[float]:
    return [float(rank is not None and rank <= depth) for rank in ranks]


def measure(news: News, embedder: Embedder, encode: Encode) -> Report:
    """Indexes the documents and asks all questions."""
    with product_over(news.documents, embedder, SOURCE) as assistant:
        outcomes = ask_all(news, assistant, encode)
    return Report(
        origin=ORIGIN,
        sha256=news.sha256,
        model=embedder.name,
        seed=SEED,
        documents=len(news.documents),
        figures=lines(outcomes),
        cases=outcomes,
    )


def main(
    arguments: Sequence[str] | None = None,
    console: Console | None = None,
    models: Callable[[], tuple[Embedder, Encode]] = lambda: (product_embedder(), Encoder()),
) -> int:
    """Runs the benchmark. Returns 0, or 2 when the data or the model could not be used."""
    parser = data_parser("news_like", ORIGIN, FILE)
    parser.add_argument("--documents", type=positive, default=DOCUMENTS, help=f"most documents (default: {DOCUMENTS})")
    parser.add_argument("--questions", type=positive, default=QUESTIONS, help=f"most questions (default: {QUESTIONS})")
    given, out = parser.parse_args(arguments), console or Console(width=WIDTH)

    def run() -> None:
        news = read_news(given.data, given.documents, given.questions)
        report = measure(news, *models())
        out.print(f"{ORIGIN}, {report.documents} documents, {len(report.cases)} questions, model {report.model}")
        out.print(f"{FILE}, SHA-256 {report.sha256}", soft_wrap=True)
        out.print(table_of("News-like questions", report.figures))
        write_json(report, given.json)

    return ended(run, out)


if __name__ == "__main__":
    sys.exit(main())
