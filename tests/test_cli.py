"""The command line: exit codes, and what goes to which stream. In-process, with the small corpus."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from support import WordHashEmbedder

from assistant import build, cli
from assistant.build import build_assistant as real_build
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.index.keys import KeyBook
from assistant.index.saved import SavedBook
from assistant.settings import Settings
from assistant.types import Filters

QUESTION = "How many tonnes of magnets did China export in May 2025?"


class Run:
    """Runs the command line in this process and keeps what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.out = ""
        self.err = ""

    def __call__(self, *arguments: str) -> int:
        self._monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        with pytest.raises(SystemExit) as exit_:
            cli.main()
            sys.exit(0)
        self.out, self.err = self._capsys.readouterr()
        code = exit_.value.code
        return code if isinstance(code, int) else 0


@pytest.fixture
def run(settings: Settings, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ASSISTANT_DATA", str(settings.data))
    monkeypatch.setenv("ASSISTANT_TODAY", str(settings.today))
    monkeypatch.setattr(build, "corpus_folder", lambda: corpus)
    monkeypatch.setattr(build, "build_assistant", lambda settings: real_build(settings, WordHashEmbedder()))
    return Run(capsys, monkeypatch)


def test_the_first_question_indexes_the_shipped_corpus_by_itself(run: Run) -> None:
    assert run("ask", QUESTION, "--json") == 0
    assert json.loads(run.out)["status"] == "answered"
    assert "indexing the shipped corpus" in run.err


def test_an_answer_for_people_names_publisher_and_date(run: Run) -> None:
    assert run("ask", QUESTION) == 0
    assert "[1]" in run.out
    assert "1,238 tonnes" in run.out


def test_a_declined_question_is_done(run: Run) -> None:
    assert run("ask", "What is the melting point of my grandmother's bicycle?", "--json") == 0
    assert json.loads(run.out)["status"] == "declined"


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "  "),
        ("ask", "x", "--as-of", "yesterdayish"),
        ("ask", "x", "--as-of", "10/11/2026"),
        ("ask", "x", "--llm", "nobody:nothing"),
        ("ask", "x", "--llm", "no-colon"),
        ("chat", "--llm", "openai:"),
        ("serve", "--llm", "gpt 4"),
        ("ask", "x" * 5000),
        ("articles", "show", "nope"),
        ("articles", "remove", "nope"),
        ("ingest", "no/such/file.md"),
        ("ingest", "http://169.254.169.254/page"),
        ("ingest", "https://user:secret@example.org/page"),
        ("ingest", "ftp://example.org/page"),
        ("ingest", "no-such-*.md"),
        ("ingest", "--links", "no-such-file"),
        ("watch", "no/such/folder"),
        ("watch", "--sources", "no-such.toml"),
        ("watch",),
        ("serve", "--port", "0"),
        ("serve", "--host", "no.such.host.invalid"),
        ("keys", "add", ""),
        ("keys", "remove", "nobody"),
        ("keys", "renew", "nobody"),
        ("nonsense",),
    ],
)
def test_bad_input_is_exit_code_two_and_one_plain_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == 2
    assert "Traceback" not in run.err
    assert run.err.strip()
    assert run.out == ""


def test_a_server_that_others_reach_needs_a_key_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (("--host", "0.0.0.0"), ("--host", "")):
        assert run("serve", "--port", "48231", *arguments) == 3
        assert "assistant keys add NAME" in run.err
        assert "indexing" not in run.err
    monkeypatch.setenv("ASSISTANT_ALLOWED_HOSTS", '["brief.example.org"]')
    assert run("serve", "--port", "48231") == 3
    assert "brief.example.org" in run.err


def test_a_key_is_printed_once_and_listed_without_it(run: Run) -> None:
    assert run("keys", "add", "ana", "--read-only") == 0
    token = run.out.strip()
    assert token.startswith("rebrief_")
    assert token not in run.err
    assert run("keys", "list", "--json") == 0
    (listed,) = json.loads(run.out)
    assert list(listed) == ["id", "name", "read_only", "created_at"]
    assert (listed["name"], listed["read_only"]) == ("ana", True)
    assert run("keys", "list") == 0
    assert "ana" in run.out
    assert token[-43:] not in run.out + run.err
    assert run("keys", "add", "ana") == 2
    assert run("keys", "renew", "ana") == 0
    assert run.out.strip() not in ("", token)
    assert run("keys", "remove", "ana") == 0
    assert run("keys", "list", "--json") == 0
    assert json.loads(run.out) == []


@pytest.mark.parametrize(("options", "left"), [((), 1), (("--conversations",), 0)])
def test_conversations_of_a_removed_key_stay_with_this_machine_or_go(
    run: Run, settings: Settings, options: tuple[str, ...], left: int
) -> None:
    assert run("keys", "add", "ana") == 0
    catalog = Catalog(settings.data / "catalog.sqlite3")
    (key,) = KeyBook(catalog).all()
    Conversations(catalog, key.id).start("What rose?")
    SavedBook(catalog, key.id).save("What rose?", Filters(), "hash")
    assert Conversations(catalog).page(-1, None) == ()
    assert run("keys", "remove", "ana", *options) == 0
    assert "1 conversations" in run.err
    assert len(Conversations(catalog).page(-1, None)) == left
    assert SavedBook(catalog, key.id).all() == SavedBook(catalog).all() == ()
    catalog.close()


def test_a_language_model_without_its_key_is_something_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert run("ask", QUESTION, "--llm", "openai:some-model") == 3
    assert "OPENAI_API_KEY" in run.err
    assert run.out == ""


def test_a_language_model_that_cannot_be_reached_leaves_an_answer_with_a_notice(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_LLM_RETRIES", "0")
    assert run("ask", QUESTION, "--llm", "openai:some-model", "--json") == 0
    answer = json.loads(run.out)
    assert (answer["status"], answer["engine"], answer["notices"][0]["code"]) == (
        "answered", "extractive", "model_failed"
    )  # fmt: skip
    assert "sk-secret" not in run.out + run.err


def test_the_flag_turns_a_configured_model_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "nobody:nothing")
    assert run("ask", QUESTION, "--llm", "extractive", "--json") == 0
    assert json.loads(run.out)["engine"] == "extractive"


def test_commands_that_word_nothing_need_no_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "nobody:nothing")
    assert run("articles", "list", "--json") == 0


def test_a_second_ingest_finds_everything_unchanged(run: Run) -> None:
    assert run("ingest", "--json") == 0
    first = json.loads(run.out)
    assert run("ingest", "--json") == 0
    second = json.loads(run.out)
    assert first["added"] > 0
    assert (second["added"], second["updated"], second["unchanged"]) == (0, 0, first["added"])


def test_a_broken_file_is_listed_and_the_rest_comes_in(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.txt").write_text("Licences for zirconia were granted on 3 May 2026. Exporters were relieved by it.")
    (folder / "bad.exe").write_bytes(b"MZ\x00")
    assert run("ingest", str(folder), "--json") == 1
    report = json.loads(run.out)
    assert report["added"] == 1
    assert [failure["source"] for failure in report["failed"]] == ["bad.exe"]


def test_removed_articles_stay_out_until_restored(run: Run) -> None:
    assert run("articles", "list", "--json") == 0
    articles = json.loads(run.out)
    assert run("articles", "remove", articles[0]["id"]) == 0
    assert run("ingest", "--json") == 0
    assert json.loads(run.out)["kept_out"] == 1
    assert run("articles", "show", articles[0]["id"]) == 2
    assert run("ingest", "--restore", "--json") == 0
    assert json.loads(run.out)["added"] == 1


def test_show_prints_the_whole_article(run: Run) -> None:
    assert run("articles", "list", "--json") == 0
    article_id = json.loads(run.out)[0]["id"]
    assert run("articles", "show", article_id, "--json") == 0
    assert json.loads(run.out)["text"]


def test_a_setting_out_of_bounds_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_SENTENCES", "0")
    assert run("ask", QUESTION) == 2
    assert "max_sentences" in run.err


def test_control_characters_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Zirconia licences \x1b[31m were granted on 3 May 2026 to twelve exporters. Nobody was surprised.")
    assert run("ingest", str(page)) == 0
    assert run("ask", "To how many exporters were zirconia licences granted on 3 May 2026?") == 0
    assert "\x1b" not in run.out


def test_what_is_piped_in_is_an_article(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = TextIOWrapper(BytesIO(b"Licences for zirconia were granted on 3 May 2026. Exporters were relieved by it."))
    monkeypatch.setattr(sys, "stdin", piped)
    assert run("ingest", "-", "--name", "note.txt", "--json") == 0
    assert json.loads(run.out)["added"] == 1


def test_addresses_and_files_come_in_together_and_each_failure_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Licences for zirconia were granted on 3 May 2026. Exporters were relieved.")
    (tmp_path / "links.txt").write_text("http://nobody.invalid/a\n")
    assert run("ingest", str(tmp_path / "good.txt"), "--links", str(tmp_path / "links.txt"), "--json") == 1
    report = json.loads(run.out)
    assert report["added"] == 1
    assert [failure["source"] for failure in report["failed"]] == ["http://nobody.invalid/a"]


def test_watching_once_reads_what_is_due_and_ends(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.txt").write_text("Licences for zirconia were granted on 3 May 2026. Exporters were relieved by it.")
    assert run("watch", str(folder), "--once") == 0
    assert "mine: added 1" in run.err
    assert run("watch", str(folder), "--once") == 0
    assert "added" not in run.err


def test_a_backup_is_made_and_put_back(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(tmp_path / "b.zip")
    assert run("backup", file) == 2
    assert "holds no index" in run.err
    assert run("ingest") == 0
    assert run("backup", file, "--json") == 0
    assert json.loads(run.out)["articles"] == 10
    assert run("restore", file) == 2
    assert "--force" in run.err
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "restored"))
    assert run("restore", file) == 0
    assert "10 articles" in run.err and run.out == ""
    assert run("ask", QUESTION) == 0
    assert "1,238 tonnes" in run.out and "indexing" not in run.err


def test_help_says_that_backups_keep_what_is_deleted_later(run: Run) -> None:
    assert run("backup", "--help") == 0
    assert "keeps what is deleted" in " ".join(run.out.split())
