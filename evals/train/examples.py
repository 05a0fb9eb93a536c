"""What the sentence scorer learns from: questions, the sentences that answer them, and sentences that do not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FACT_WORD_LENGTH = 4
# The same sentences are held against each other a million times.
MOST_REMEMBERED = 16_384
STEM_LENGTH = 5
SHARED_WORDS_BESIDE_FIGURE = 0.3
SHARED_WORDS_ALONE = 0.6
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\b(?:\d{{1,2}} )?{_MONTH}(?: \d{{4}})?\b|\b(?:19|20)\d{{2}}\b")
# The numbers of rules and articles name things; they are no figures that a fact could be told apart by.
_LABEL = re.compile(
    r"\b(?:(?:No|Nos)\.|Announcements?|Section|Proclamation|Articles?|Order|Regulation|[Cc]odes?|[Cc]lauses?)"
    r"(?: (?:\d[\w./]*|to|and|No\.|Nos\.),?)+"
)
_NUMBER = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)*(?![\w-])")
_CODE = re.compile(r"\b\d[A-Z]\d{3}\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a question may be held against.

    Attributes:
        text: what the network reads, the document's title and date before the sentence where they are known.
        sentence: the sentence alone.
        document: the document it stands in.
    """

    text: str
    sentence: str
    document: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the places in a pool of candidates that answer it; none when the pool holds no answer.

    ``tempting`` are places that look like an answer and are none.
    """

    question: str
    answers: tuple[int, ...]
    document: str
    short_answer: str = ""
    tempting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Questions over one pool of candidates."""

    name: str
    pool: tuple[Candidate, ...]
    questions: tuple[Asked, ...]


# What a sentence of each grade, 0 to 3, counts among those of its question, and as an answer by itself.
GAINS, TRUTHS = (0.0, 0.03, 0.25, 1.0), (0.0, 0.1, 0.5, 1.0)
ANSWERS_IN_PART = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of question and text, trained on together: the first answers when ``answered``, no other does.

    ``grades``, where they were given, say instead how well each text answers, from 0 to 3.
    """

    pairs: tuple[tuple[str, str], ...]
    answered: bool
    grades: tuple[int, ...] = ()

    @classmethod
    def graded(cls, question: str, texts: Iterable[str], grades: Sequence[int]) -> Group:
        """One question over texts that were graded."""
        pairs = tuple((question, text) for text in texts)
        return cls(pairs, max(grades, default=0) >= ANSWERS_IN_PART, tuple(grades))

    def truths(self) -> tuple[float, ...]:
        """How far each text answers by itself, 0 to 1."""
        return tuple(TRUTHS[grade] for grade in self.grades) or (float(self.answered), *(0.0 for _ in self.pairs[1:]))

    def gains(self) -> tuple[float, ...]:
        """The share of each text in the answer, 1 together; nothing where none answers."""
        told = [GAINS[grade] for grade in self.grades] or [1.0, *(0.0 for _ in self.pairs[1:])]
        return tuple(gain / sum(told) for gain in told) if self.answered else ()

    @classmethod
    def of_texts(cls, question: str, texts: Iterable[str], answered: bool) -> Group:
        """One question over several texts."""
        return cls(tuple((question, text) for text in texts), answered)

    @classmethod
    def of_questions(cls, text: str, questions: Iterable[str], answered: bool) -> Group:
        """One text under several questions: a contrast."""
        return cls(tuple((question, text) for question in questions), answered)


def same_fact(one: str, other: str) -> bool:
    """Whether two sentences seem to tell the same.

    A figure that both hold decides, with a few words in common; other figures make another fact, since look-alikes
    differ in nothing else. Where one has no figure, the rules they name may not differ and the words must be much
    the same.
    """
    words = _words(one), _words(other)
    shared = len(words[0] & words[1]) / max(1, min(map(len, words)))
    figures = _figures(one), _figures(other)
    if all(figures):
        return bool(figures[0] & figures[1]) and shared >= SHARED_WORDS_BESIDE_FIGURE
    rules = _rules(one), _rules(other)
    return shared >= SHARED_WORDS_ALONE and not (all(rules) and not rules[0] & rules[1])


@lru_cache(maxsize=MOST_REMEMBERED)
def _figures(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(_DATE.sub(" ", _LABEL.sub(" ", text))))


@lru_cache(maxsize=MOST_REMEMBERED)
def _rules(text: str) -> frozenset[str]:
    return frozenset(_CODE.findall(text)).union(*(_NUMBER.findall(label) for label in _LABEL.findall(text)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(_DATE.sub(" ", text))
    return frozenset(word.casefold()[:STEM_LENGTH] for word in words if len(word) >= FACT_WORD_LENGTH)


@dataclass(frozen=True, slots=True)
class Miner:
    """Draws groups of one answer and hard negatives.

    Attributes:
        size: texts a group.
        same_document: negatives drawn from the answer's own document, as far as it has them.
        depth: the nearest candidates of other documents that the rest are drawn from.
    """

    size: int = 6
    same_document: int = 3
    depth: int = 25

    def groups(self, source: Source, nearness: NDArray[np.float32], rng: np.random.Generator) -> Iterable[Group]:
        """One group a question and answer; ``nearness`` (questions, pool) is the cosine of each pair."""
        places: dict[str, list[int]] = {}
        for place, candidate in enumerate(source.pool):
            places.setdefault(candidate.document, []).append(place)
        for asked, row in zip(source.questions, nearness, strict=True):
            answer = int(rng.choice(asked.answers)) if asked.answers else None
            own = [place for place in places.get(asked.document, ()) if place not in asked.answers]
            wrong = self._wrong(source.pool, asked, own, row, rng)
            if wrong:
                right = [source.pool[answer].text] if answer is not None else []
                texts = (*right, *(source.pool[place].text for place in wrong))
                yield Group.of_texts(asked.question, texts[: self.size], answer is not None)

    def _wrong(
        self,
        pool: Sequence[Candidate],
        asked: Asked,
        own: Sequence[int],
        row: NDArray[np.float32],
        rng: np.random.Generator,
    ) -> list[int]:
        """Places that do not answer: temptations first, then of the same document, then the nearest of others."""
        wrong = list(asked.tempting[:2])
        told = [pool[place].sentence for place in asked.answers]
        rest = [place for place in own if place not in wrong and not _answers(pool[place].sentence, asked)]
        wrong += [int(place) for place in rng.permutation(rest)[: max(0, self.same_document - len(wrong))]]
        others = [
            place
            for place in _nearest(row, self.depth)
            if pool[place].document != asked.document
            and not _answers(pool[place].sentence, asked)
            and not any(same_fact(sentence, pool[place].sentence) for sentence in told)
        ]
        # Half of them the very nearest, so that the closest look-alikes are always met.
        nearest = others[: (self.size - len(wrong)) // 2]
        later = [int(place) for place in rng.permutation(others[len(nearest) :])]
        return (wrong + nearest + later)[: self.size]


def _nearest(row: NDArray[np.float32], depth: int) -> list[int]:
    depth = min(depth, len(row))
    top = np.argpartition(-row, depth - 1)[:depth]
    return [int(place) for place in top[np.argsort(-row[top], kind="stable")]]


def _answers(sentence: str, asked: Asked) -> bool:
    return bool(asked.short_answer) and asked.short_answer.casefold() in sentence.casefold()


def mixed(groups: Sequence[Group], count: int, rng: np.random.Generator) -> list[Group]:
    """``count`` groups in random order, each once before any comes twice."""
    order: list[int] = []
    while groups and len(order) < count:
        order.extend(int(place) for place in rng.permutation(len(groups)))
    return [groups[place] for place in order[:count]]


def distinct(texts: Collection[str]) -> tuple[str, ...]:
    """The texts in order, each once."""
    return tuple(dict.fromkeys(texts))
