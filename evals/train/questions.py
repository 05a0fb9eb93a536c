"""Questions over the shipped corpus with the sentences that answer them, and their split by article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer.judgement import candidate_text
from assistant.errors import BadInputError
from assistant.ingest.article import to_article
from assistant.ingest.loaders import loader_for
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.sentences import split_sentences
from assistant.ingest.sources import shipped_source
from assistant.measures.marked_yaml import SAFE_LOADER
from assistant.types import Article
from evals.train.examples import Asked, Candidate, Source, same_fact

QUESTIONS = (Path(__file__).with_name("questions.yaml"), Path(__file__).with_name("questions_more.yaml"))
PLAIN_QUESTIONS = Path(__file__).with_name("plain_questions.yaml")
HELD_PLAIN_QUESTIONS = Path(__file__).with_name("plain_questions_held.yaml")
NEAR_MISSES = Path(__file__).with_name("near_misses.yaml")
HELD_NEAR_MISSES = Path(__file__).with_name("near_misses_held.yaml")
SPLIT_BUCKETS = 10
Split = Literal["train", "stop", "held"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenQuestion(_Frozen):
    """A question, the sentences of its article that answer it, and, where none does, those that seem to."""

    ask: str = Field(min_length=1)
    answered_by: tuple[str, ...] = ()
    tempting: tuple[str, ...] = ()


class ArticleQuestions(_Frozen):
    """The questions written from one article."""

    article: str
    questions: tuple[WrittenQuestion, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Domain:
    """The corpus as a pool of sentences, and the questions over it."""

    pool: tuple[Candidate, ...]
    questions: tuple[Asked, ...]

    def part(self, split: Split) -> tuple[Asked, ...]:
        """The questions of the articles in one part."""
        return tuple(asked for asked in self.questions if split_of(asked.document) == split)

    def training_source(self) -> Source:
        """What may be trained on: only sentences of training articles, no question whose fact is held out."""
        kept = [place for place, one in enumerate(self.pool) if split_of(one.document) == "train"]
        frozen = {self.pool[place].sentence for asked in self.part("held") for place in asked.answers}
        told = {place for asked in self.part("train") for place in asked.answers}
        again = {place for place in told if any(same_fact(self.pool[place].sentence, fact) for fact in frozen)}
        questions = [asked for asked in self.part("train") if again.isdisjoint(asked.answers)]
        return self._source(kept, questions)

    def _source(self, kept: Sequence[int], questions: Iterable[Asked]) -> Source:
        moved = {place: new for new, place in enumerate(kept)}
        asked = (
            Asked(
                one.question,
                tuple(moved[place] for place in one.answers),
                one.document,
                tempting=tuple(moved[place] for place in one.tempting),
            )
            for one in questions
        )
        return Source("corpus", tuple(self.pool[place] for place in kept), tuple(asked))


def split_of(article_id: str) -> Split:
    """The part an article belongs to, by its id alone: a tenth held out, a tenth for early stopping."""
    bucket = int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % SPLIT_BUCKETS
    return "held" if bucket == 0 else "stop" if bucket == 1 else "train"


def read_domain(corpus: Path, questions: Sequence[Path] = QUESTIONS) -> Domain:
    """The corpus and the questions of some files. Raises BadInputError when a quote is no sentence of its article."""
    pool, place_of = _pool(_articles(corpus))
    asked = [
        Asked(
            one.ask,
            tuple(_place(place_of, entry.article, quote) for quote in one.answered_by),
            entry.article,
            tempting=tuple(_place(place_of, entry.article, quote) for quote in one.tempting),
        )
        for file in questions
        for entry in written(file)
        for one in entry.questions
    ]
    return Domain(tuple(pool), tuple(asked))


def _articles(corpus: Path) -> Iterable[Article]:
    today = date.today()
    for file in shipped_source(corpus).files:
        raw = loader_for(file.title).load(RawSource(file.title, file.read()), today)
        yield to_article(raw, file, today.isoformat())


def _pool(articles: Iterable[Article]) -> tuple[list[Candidate], dict[tuple[str, str], int]]:
    pool: list[Candidate] = []
    place_of: dict[tuple[str, str], int] = {}
    for article in articles:
        for span in split_sentences(article.text, article.language):
            sentence = " ".join(span.of(article.text).split())
            place_of[(article.id, sentence)] = len(pool)
            pool.append(Candidate(candidate_text(article.title, article.published_on, sentence), sentence, article.id))
    return pool, place_of


def written(file: Path) -> list[ArticleQuestions]:
    """The questions of a file, by article. Raises BadInputError."""
    try:
        rows = yaml.load(file.read_text(encoding="utf-8"), Loader=SAFE_LOADER)
        return [ArticleQuestions.model_validate(row) for row in rows]
    except (OSError, yaml.YAMLError, TypeError, ValidationError) as error:
        raise BadInputError(f"{file} cannot be read as training questions: {error}") from error


def _place(place_of: dict[tuple[str, str], int], article: str, quote: str) -> int:
    if (article, quote) not in place_of:
        raise BadInputError(
            f"training question: {quote!r} is no sentence of article {article!r}; mend the file of questions"
        )
    return place_of[(article, quote)]
