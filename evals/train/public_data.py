"""The public question sets, read from a folder that the caller names; DATA_CARD.md tells their origins and licences."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer.judgement import candidate_text
from assistant.errors import BadInputError
from assistant.ingest.sentences import split_sentences
from evals.train.examples import Asked, Candidate, Source, distinct

MOST_ANSWERING_SENTENCES = 3
SHORTEST_ANSWER = 2
ARES_SETS = ("nq", "hotpotqa", "wow")
PAIRS_FILE = "squad_pairs.json"
SQUAD_FILES = ("squad_dev-v2.0.json", "squad_train_part.json")
SELQA_FILES = ("selqa_ass_dev.json", "selqa_ass_test.json")
QED_FILE = "qed-dev.jsonlines"
# Natural Questions' text stands in tokens: "7,731,004 SEK in 2007 ." and "Grey 's".
_BEFORE_MARK = re.compile(r" (?=[.,;:!?%)\]]|'s\b|n't\b)")
_AFTER_BRACKET = re.compile(r"(?<=[(\[]) ")
_DASH = re.compile(r" - (?=\w)")


@dataclass(frozen=True, slots=True)
class PublicData:
    """The sources of a folder, and the SHA-256 of each file read."""

    sources: tuple[Source, ...]
    sha256: dict[str, str]


def read_folder(folder: Path) -> PublicData:
    """All public sources. Raises BadInputError naming the first file that is missing or cannot be read."""
    readers: dict[str, Callable[[bytes], Source]] = {f"ares_{name}.zip": _ares for name in ARES_SETS}
    readers |= {PAIRS_FILE: _pairs, **dict.fromkeys(SQUAD_FILES, _squad), **dict.fromkeys(SELQA_FILES, _selqa)}
    readers[QED_FILE] = _qed
    sources, sha256 = [], {}
    for name, reader in readers.items():
        try:
            raw = (folder / name).read_bytes()
            source = reader(raw)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise BadInputError(
                f"{folder / name} cannot be read as training data ({type(error).__name__}: {error}); "
                "evals/train/DATA_CARD.md tells where each file comes from"
            ) from error
        sources.append(Source(name, source.pool, source.questions))
        sha256[name] = hashlib.sha256(raw).hexdigest()
    return PublicData(tuple(sources), sha256)


def _ares(raw: bytes) -> Source:
    """ARES: questions that a model wrote for a passage, with a short answer. Only rows that ARES marks as sound."""
    pool = _Pool()
    places: dict[str, range] = {}
    questions = []
    for row in ares_rows(raw):
        if row["Context_Relevance_Label"] != "Yes" or row["Answer_Relevance_Label"] != "Yes":
            continue
        text, answer = row["document"], row["generated_answer"].strip().rstrip(".")
        if text not in places:
            places[text] = pool.add("", text, str(len(places)))
        answers = [place for place in places[text] if answer.casefold() in pool.sentence(place).casefold()]
        if len(answer) >= SHORTEST_ANSWER and 1 <= len(answers) <= MOST_ANSWERING_SENTENCES:
            document = pool.candidates[answers[0]].document
            questions.append(Asked(row["synthetic_query"], tuple(answers), document, answer))
    return Source("", tuple(pool.candidates), tuple(questions))


def ares_rows(raw: bytes) -> Iterator[dict[str, str]]:
    """The rows of an ARES file. Raises BadZipFile, ValueError."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.endswith(".tsv"):
                yield from csv.DictReader(io.StringIO(archive.read(name).decode("utf-8")), delimiter="\t")


def _pairs(raw: bytes) -> Source:
    """SQuAD 1.1 as (question, answering sentence) pairs; every sentence is a document of its own."""
    data = json.loads(raw)
    asked, told = data["questions"], data["answers"]
    sentences = distinct(told)
    place_of = {sentence: place for place, sentence in enumerate(sentences)}
    pool = tuple(Candidate(sentence, sentence, str(place)) for place, sentence in enumerate(sentences))
    pairs = zip(asked, (place_of[answer] for answer in told), strict=True)
    return Source("", pool, tuple(Asked(question, (place,), str(place)) for question, place in pairs))


def _squad(raw: bytes) -> Source:
    """SQuAD 2.0 in its official form; a question without answer brings its plausible answer as a temptation."""
    pool, questions = _Pool(), []
    for article in json.loads(raw)["data"]:
        title = article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            places = pool.add(title, paragraph["context"], title)
            questions += [_squad_question(qa, places, pool, title) for qa in paragraph["qas"]]
    return Source("", tuple(pool.candidates), tuple(q for q in questions if q.answers or q.tempting))


def _squad_question(qa: dict[str, Any], places: range, pool: _Pool, document: str) -> Asked:
    found = tuple(dict.fromkeys(pool.at(places, answer["answer_start"]) for answer in qa["answers"]))
    likely = tuple(dict.fromkeys(pool.at(places, one["answer_start"]) for one in qa.get("plausible_answers", ())))
    return Asked(qa["question"].strip(), found, document, tempting=() if found else likely)


def _selqa(raw: bytes) -> Source:
    """SelQA: a question over the sentences of a section, and which of them answer."""
    pool, questions = _Pool(), []
    places: dict[tuple[str, ...], range] = {}
    for row in json.loads(raw):
        section = tuple(row["candidates"])
        if section not in places:
            places[section] = pool.add_sentences(row["article"], section, row["article"])
        answers = tuple(places[section][place] for place in row["answers"])
        questions.append(Asked(row["question"], answers, row["article"]))
    return Source("", tuple(pool.candidates), tuple(questions))


def _qed(raw: bytes) -> Source:
    """QED: questions as people typed them into a search engine, each over a paragraph of which one sentence answers."""
    pool, questions = _Pool(), []
    for line in raw.decode("utf-8").splitlines():
        row = json.loads(line)
        annotation, starts = row["annotation"], row["sentence_starts"]
        if annotation["explanation_type"] != "single_sentence":
            continue
        text = row["paragraph_text"]
        ends = [*starts[1:], len(text)]
        sentences = [_joined(text[start:end]) for start, end in zip(starts, ends, strict=True)]
        places = pool.add_sentences(row["title_text"], sentences, row["title_text"])
        answer = places[starts.index(annotation["selected_sentence"]["start"])]
        questions.append(Asked(f"{row['question_text']}?", (answer,), row["title_text"]))
    return Source("", tuple(pool.candidates), tuple(questions))


def _joined(tokens: str) -> str:
    """Tokens as they are written."""
    plain = " ".join(tokens.replace("``", '"').replace("''", '"').replace(" -- ", " – ").split())
    return _DASH.sub("-", _AFTER_BRACKET.sub("", _BEFORE_MARK.sub("", plain)))


class _Pool:
    """Candidates under construction; of those cut from a text, where in it each ends."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self._ends: dict[int, int] = {}

    def add(self, title: str, text: str, document: str) -> range:
        """Adds the sentences of a text; the places they got."""
        spans = split_sentences(text, "en")
        places = self.add_sentences(title, [" ".join(span.of(text).split()) for span in spans], document)
        self._ends |= zip(places, (span.end for span in spans), strict=True)
        return places

    def add_sentences(self, title: str, sentences: Sequence[str], document: str) -> range:
        """Adds sentences that are cut already; the places they got."""
        first = len(self.candidates)
        self.candidates += [Candidate(candidate_text(title, None, one), one, document) for one in sentences]
        return range(first, len(self.candidates))

    def sentence(self, place: int) -> str:
        """The sentence at a place."""
        return self.candidates[place].sentence

    def at(self, places: range, offset: int) -> int:
        """The place among ``places`` whose sentence holds an offset of their text."""
        return next((place for place in places if offset < self._ends[place]), places[-1])
