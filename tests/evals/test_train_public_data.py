from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant.errors import BadInputError
from evals.train.public_data import ARES_SETS, PAIRS_FILE, SQUAD_FILE, PublicData, read_folder

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
    (tmp_path / SQUAD_FILE).write_text(json.dumps(SQUAD))
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


def test_squad_question_without_answer_brings_its_plausible_sentence(data: PublicData) -> None:
    asked = data.sources[4].questions[1]
    assert (asked.answers, asked.tempting) == ((), (1,))


def test_every_file_is_recorded_with_its_hash(data: PublicData, folder: Path) -> None:
    assert set(data.sha256) == {file.name for file in folder.iterdir()}


def test_missing_file_is_named_with_the_card_that_tells_its_origin(folder: Path) -> None:
    (folder / PAIRS_FILE).unlink()
    with pytest.raises(BadInputError, match=r"squad_pairs\.json.*DATA_CARD\.md"):
        read_folder(folder)
