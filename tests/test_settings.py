from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInputError
from assistant.settings import Settings, load_settings

pytestmark = pytest.mark.usefixtures("settings")


def test_flags_win_over_environment_over_file_over_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().port == 8000
    Path("assistant.toml").write_text("port = 8001\n")
    assert load_settings().port == 8001
    monkeypatch.setenv("ASSISTANT_PORT", "8002")
    assert load_settings().port == 8002
    assert load_settings(port=8003).port == 8003


def test_a_flag_that_is_none_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "8002")
    assert load_settings(port=None).port == 8002


def test_the_working_folder_wins_over_the_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "elsewhere"
    data.mkdir()
    (data / "assistant.toml").write_text("passages = 7\n")
    assert load_settings(data=data).passages == 7
    Path("assistant.toml").write_text("passages = 8\n")
    assert load_settings(data=data).passages == 8


def test_an_unknown_key_is_refused_by_name() -> None:
    Path("assistant.toml").write_text("pasages = 7\n")
    with pytest.raises(BadInputError, match="'pasages'"):
        load_settings()


@pytest.mark.parametrize(
    ("flags", "name"),
    [({"port": 0}, "port"), ({"confidence_floor": 1.5}, "confidence_floor"), ({"today": "soon"}, "today")],
)
def test_a_value_out_of_bounds_is_refused_by_name(flags: dict[str, Any], name: str) -> None:
    with pytest.raises(BadInputError, match=f"'{name}'.*ASSISTANT_{name.upper()}"):
        load_settings(**flags)


def test_a_file_that_is_no_toml_is_bad_input() -> None:
    Path("assistant.toml").write_text("port = = 1\n")
    with pytest.raises(BadInputError, match=r"assistant\.toml"):
        load_settings()


def test_a_list_that_is_no_json_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOWED_HOSTS", "localhost")
    with pytest.raises(BadInputError, match="allowed_hosts"):
        load_settings()


def test_the_pinned_day_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-22")
    assert load_settings().day() == date(2026, 11, 22)


def test_no_pinned_day_means_the_machines() -> None:
    assert load_settings().day() == date.today()


@pytest.mark.parametrize(
    "change", [{"passages": 3}, {"confidence_floor": 0.1}, {"max_sentences": 2}, {"candidates": 9}]
)
def test_what_changes_answers_changes_the_fingerprint(settings: Settings, change: dict[str, Any]) -> None:
    assert settings.model_copy(update=change).fingerprint() != settings.fingerprint()


@pytest.mark.parametrize("change", [{"port": 9}, {"threads": 1}, {"data": Path("x")}, {"today": date(2020, 1, 1)}])
def test_what_changes_no_answer_leaves_the_fingerprint(settings: Settings, change: dict[str, Any]) -> None:
    assert settings.model_copy(update=change).fingerprint() == settings.fingerprint()


def test_settings_of_the_language_model_change_the_fingerprint_only_with_one() -> None:
    plain = load_settings().fingerprint()
    assert load_settings(llm_max_tokens=100).fingerprint() == plain
    assert load_settings(llm="extractive").fingerprint() == plain
    assert len({plain, *(load_settings(llm="openai:x", llm_max_tokens=n).fingerprint() for n in (100, 200))}) == 3


def test_the_address_of_a_model_changes_no_fingerprint() -> None:
    one, other = (load_settings(llm="openai:x", llm_base_url=url) for url in (None, "http://me:secret@127.0.0.1:9/v1"))
    assert one.fingerprint() == other.fingerprint()


def test_work_that_words_nothing_has_no_model() -> None:
    assert load_settings(llm="openai:x").language_model == "openai:x"
    assert load_settings(llm="openai:x").without_model().language_model is None
