from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant.errors import BadInputError
from evals.train.examples import Source
from evals.train.public_data import (
    ARES_SETS,
    PAIRS_FILE,
    QED_FILE,
    SELQA_FILES,
    SQUAD_FILES,
    PublicData,
    read_folder,
)

ARES_HEADER = "document\tsynthetic_query\tContext_Relevance_Label\tgenerated_answer\tAnswer_Relevance_Label\n"
DOCUMENT = "The bridge opened in 1857. It is of stone."
SQUAD = {
    "data": [
        {
            "title": "Old_bridges",
            "paragraphs": [
                {
                    "context": DOCUMENT,
                    "qas": [
                        {"question": "When did it open? ", "answers": [{"text": "1857", "answer_start": 21}]},
                        {
                            "question": "Who built it of iron?",
                            "answers": [],
                            "plausible_answers": [{"text": "stone", "answer_start": 36}],
                        },
                    ],
                }
            ],
        }
    ]
}

SELQA = [
    {"question": "When did it open?", "article": "Old bridges", "candidates": ["It is old.", "It opened in 1857."],
     "answers": [1]},
    {"question": "How old is it?", "article": "Old bridges", "candidates": ["It is old.", "It opened in 1857."],
     "answers": [0, 1]},
]  # fmt: skip
PARAGRAPH = "The bridge ( of stone ) is old . It opened in 1857 , and 's closed ."
QED = [
    {"question_text": "when did it open", "title_text": "Old bridges", "paragraph_text": PARAGRAPH,
     "sentence_starts": [0, 33],
     "annotation": {"explanation_type": "single_sentence", "selected_sentence": {"start": 33}}},
    {"question_text": "who paid", "title_text": "Old bridges", "paragraph_text": PARAGRAPH, "sentence_starts": [0, 33],
     "annotation": {"explanation_type": "none"}},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        f"{DOCUMENT}\tWhen did the bridge open?\tYes\t1857.\tYes\n",
        f"{DOCUMENT}\tWho paid?\tYes\tnobody\tYes\n",
        f"{DOCUMENT}\tWhen did it close?\tYes\t1857\tNo\n",
    ]
    for name in ARES_SETS:
        with zipfile.ZipFile(tmp_path / f"ares_{name}.zip", "w") as archive:
            archive.writestr("rows.tsv", ARES_HEADER + "".join(rows))
    pairs = {"questions": ["What is it of?", "Of what?"], "answers": ["It is of stone.", "It is of stone."]}
    (tmp_path / PAIRS_FILE).write_text(json.dumps(pairs))
    for name in SQUAD_FILES:
        (tmp_path / name).write_text(json.dumps(SQUAD))
    for name in SELQA_FILES:
        (tmp_path / name).write_text(json.dumps(SELQA))
    (tmp_path / QED_FILE).write_text("\n".join(map(json.dumps, QED)))
    return tmp_path


@pytest.fixture
def data(folder: Path) -> PublicData:
    return read_folder(folder)


def test_ares_keeps_only_sound_rows_whose_answer_stands_in_a_sentence(data: PublicData) -> None:
    (asked,) = data.sources[0].questions
    assert (asked.question, asked.answers, asked.short_answer) == ("When did the bridge open?", (0,), "1857")


def test_ares_document_shared_by_rows_comes_once(data: PublicData) -> None:
    assert [one.sentence for one in data.sources[0].pool] == ["The bridge opened in 1857.", "It is of stone."]


def test_pairs_with_the_same_sentence_share_a_place(data: PublicData) -> None:
    source = data.sources[3]
    assert (len(source.pool), [asked.answers for asked in source.questions]) == (1, [(0,), (0,)])


def test_squad_answer_is_the_sentence_at_its_offset(data: PublicData) -> None:
    source = data.sources[4]
    assert source.pool[source.questions[0].answers[0]].text == "Old bridges: The bridge opened in 1857."


def _source(data: PublicData, name: str) -> Source:
    return next(source for source in data.sources if source.name == name)


def test_selqa_section_asked_twice_comes_once(data: PublicData) -> None:
    source = _source(data, SELQA_FILES[0])
    assert [one.text for one in source.pool] == ["Old bridges: It is old.", "Old bridges: It opened in 1857."]
    assert [asked.answers for asked in source.questions] == [(1,), (0, 1)]


def test_qed_takes_questions_that_one_sentence_answers(data: PublicData) -> None:
    source = _source(data, QED_FILE)
    (asked,) = source.questions
    assert (asked.question, [source.pool[place].sentence for place in asked.answers]) == (
        "when did it open?",
        ["It opened in 1857, and's closed."],
    )


def test_qed_tokens_are_joined_as_they_are_written(data: PublicData) -> None:
    assert _source(data, QED_FILE).pool[0].sentence == "The bridge (of stone) is old."


def test_squad_question_without_answer_brings_its_plausible_sentence(data: PublicData) -> None:
    asked = data.sources[4].questions[1]
    assert (asked.answers, asked.tempting) == ((), (1,))


def test_every_file_is_recorded_with_its_hash(data: PublicData, folder: Path) -> None:
    assert set(data.sha256) == {file.name for file in folder.iterdir()}


def test_missing_file_is_named_with_the_card_that_tells_its_origin(folder: Path) -> None:
    (folder / PAIRS_FILE).unlink()
    with pytest.raises(BadInputError, match=r"squad_pairs\.json.*DATA_CARD\.md"):
        read_folder(folder)
