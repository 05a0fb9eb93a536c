"""Made-up news of about 1,500 words, with questions about it: any number of articles, each always the same.

Words follow one another as in the shipped corpus where a word has followers enough, and else come by their frequency
there (so lengths, function words and Zipf's law are those of real text); names are invented, so that the vocabulary
grows with the number of articles as it does in real news, and no two articles are alike.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from assistant.ingest.loaders import read_article
from assistant.ingest.loaders.base import RawSource
from assistant.shipped import corpus_folder

WORDS = 1_500
LEAST_FOLLOWERS = 8
FACT_SHARE = 0.15
FIRMS_AN_ARTICLE = 3
PUBLISHERS = 60
UNANSWERABLE_EVERY = 5
FIRST_DAY = date(2023, 1, 2)
DAYS = 1_000
MONTHS = "January February March April May June July August September October November December".split()
_ONSETS = "b br c ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w y z".split()
_VOWELS = "a e i o u ai au ei ou".split()
_CODAS = "n r l s m k th nd rk st".split()
_METALS = "neodymium dysprosium terbium yttrium samarium gadolinium lutetium scandium gallium germanium".split()
_FORMS = "oxide magnets alloy powder carbonate metal".split()
_FIRMS = ("Mining", "Metals", "Magnetics", "Resources", "Trading", "Materials")
_DEEDS = ("shipped", "produced", "ordered", "stored", "refined")
_INFINITIVES = {"shipped": "ship", "produced": "produce", "ordered": "order", "stored": "store", "refined": "refine"}
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one sentence of one article tells."""

    firm: str
    place: str
    deed: str
    tonnes: int
    goods: str
    month: str
    year: int

    def sentence(self) -> str:
        """The fact as news would put it."""
        return (
            f"{self.firm} {self.deed} {self.tonnes:,} tonnes of {self.goods} in {self.place} "
            f"in {self.month} {self.year}."
        )

    def question(self) -> str:
        """What the fact answers."""
        deed = _INFINITIVES[self.deed]
        return f"How many tonnes of {self.goods} did {self.firm} {deed} in {self.place} in {self.month} {self.year}?"


class Newsroom:
    """Writes the articles.

    Args:
        texts: whose words and order of words the articles take.
        words: about how many an article has.
    """

    def __init__(self, texts: Iterable[str], words: int = WORDS) -> None:
        self._length = words
        self._words: list[str] = []
        followers: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            told = [word.lower() for word in _PLAIN_WORD.findall(text)]
            self._words += told
            for word, after in pairwise(told):
                followers[word].append(after)
        self._followers = {word: after for word, after in followers.items() if len(set(after)) >= LEAST_FOLLOWERS}

    def article(self, number: int) -> str:
        """Article ``number`` as markdown with front matter."""
        chance = random.Random(f"article {number}")
        facts = facts_of(number)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        publisher = f"{name(f'publisher {_ranked(chance, PUBLISHERS)}')} Post"
        title = f"{facts[0].firm}, {facts[1].firm} and {facts[0].goods}, report {number}"
        head = f"id: bench-{number}\ntitle: {title}\npublisher: {publisher}\npublished_on: {day}\nlanguage: en"
        return f"---\n{head}\n---\n\n{self._body(chance, facts)}\n"

    def _body(self, chance: random.Random, facts: tuple[Fact, ...]) -> str:
        waiting = [fact.sentence() for fact in facts]
        paragraphs: list[str] = []
        written = 0
        while written < self._length or waiting:
            sentences = [
                waiting.pop(0) if waiting and chance.random() < FACT_SHARE else self._sentence(chance)
                for _ in range(chance.randint(2, 5))
            ]
            paragraphs.append(" ".join(sentences))
            written += sum(sentence.count(" ") + 1 for sentence in sentences)
        return "\n\n".join(paragraphs)

    def _sentence(self, chance: random.Random) -> str:
        length = min(max(round(chance.gauss(22, 8)), 6), 45)
        word = chance.choice(self._words)
        told = [word.capitalize()]
        while len(told) < length:
            word = self._next(word, chance)
            told.append(_spiced(word, chance))
        return " ".join(told).rstrip(",") + "."

    def _next(self, word: str, chance: random.Random) -> str:
        followers = self._followers.get(word)
        return chance.choice(followers or self._words)


def shipped_newsroom() -> Newsroom:
    """The newsroom that writes with the words of the shipped corpus."""
    files = sorted((corpus_folder() / "articles").glob("*.md"))
    return Newsroom(read_article(RawSource(file.name, file.read_bytes()), date.today()).text for file in files)


def write_articles(folder: Path, count: int, newsroom: Newsroom) -> tuple[Path, ...]:
    """Write articles 0 to ``count`` - 1 into ``folder``; the files, in the order in which a folder is ingested."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"bench-{number:06}.md" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(newsroom.article(number), encoding="utf-8")
    return tuple(files)


def facts_of(number: int) -> tuple[Fact, ...]:
    """The facts of article ``number``; its firms stand in no other article."""
    return tuple(_fact(f"{number} {at}") for at in range(FIRMS_AN_ARTICLE))


def questions(count: int, articles: int) -> tuple[str, ...]:
    """Distinct questions, spread over ``articles`` articles; every fifth, or more of them where there are few
    articles, is about a firm of no article."""
    chance = random.Random("questions")
    asked: dict[str, None] = {}
    while len(asked) < count:
        number = chance.randrange(articles)
        question = _varied(chance.choice(facts_of(number)), chance)
        if question in asked or len(asked) % UNANSWERABLE_EVERY == UNANSWERABLE_EVERY - 1:
            question = _varied(facts_of(articles + len(asked))[0], chance)
        asked[question] = None
    return tuple(asked)


def name(seed: str) -> str:
    """An invented name; the same seed gives the same one."""
    chance = random.Random(seed)
    syllables = [
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + (chance.choice(_CODAS) if chance.random() < 0.4 else "")
        for _ in range(chance.randint(2, 3))
    ]
    return "".join(syllables).capitalize()


def _fact(seed: str) -> Fact:
    chance = random.Random(f"fact {seed}")
    return Fact(
        firm=f"{name(f'firm {seed}')} {name(f'second {seed}')} {chance.choice(_FIRMS)}",
        place=name(f"place {_ranked(chance, 3_000)}"),
        deed=chance.choice(_DEEDS),
        tonnes=chance.randint(12, 9_999),
        goods=f"{chance.choice(_METALS)} {chance.choice(_FORMS)}",
        month=chance.choice(MONTHS),
        year=chance.choice((2023, 2024, 2025)),
    )


def _varied(fact: Fact, chance: random.Random) -> str:
    """One of several questions that the fact answers, so that there are many more questions than facts."""
    deed = _INFINITIVES[fact.deed]
    forms = (
        fact.question(),
        f"What amount of {fact.goods} did {fact.firm} {deed} in {fact.month} {fact.year}?",
        f"When did {fact.firm} {deed} {fact.goods} in {fact.place}?",
        f"Where did {fact.firm} {deed} {fact.goods} in {fact.month} {fact.year}?",
    )
    return chance.choice(forms)


def _spiced(word: str, chance: random.Random) -> str:
    """The word, or now and then a number, a day, an invented name in its place, or a comma after it."""
    draw = chance.random()
    if draw < 0.015:
        return f"{chance.randint(2, 99_999):,}"
    if draw < 0.02:
        return f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2019, 2025)}"
    if draw < 0.04:
        return name(f"word {_ranked(chance, 200_000)}")
    return f"{word}," if draw < 0.1 else word


_HARMONIC = list(accumulate(1 / rank for rank in range(1, 200_001)))


def _ranked(chance: random.Random, count: int) -> int:
    """A rank below ``count`` by Zipf's law."""
    return bisect(_HARMONIC, chance.random() * _HARMONIC[count - 1], 0, count - 1)
