"""A client that a program wrote from the API's description asks a running server and reads citations."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest
from running_server import running

from assistant.build import Assistant

MAY = "How many tonnes of magnets did China export in May 2025?"
PACKAGE = "generated_client"


@pytest.fixture(scope="module")
def address(library: Assistant) -> Iterator[str]:
    with running(library) as address:
        yield address


@pytest.fixture(scope="module")
def generated(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the package that openapi-python-client wrote; it must have nothing to complain of."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(httpx.get(f"{address}/openapi.json").json()))
    (folder / "config.yaml").write_text(
        f"package_name_override: {PACKAGE}\nproject_name_override: client\npost_hooks: []\n"
        # It must be told that a feed is text.
        "content_type_overrides:\n  application/atom+xml: text/plain\n"
    )
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--config",
               "config.yaml", "--output-path", "made", "--meta", "none"]  # fmt: skip
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "WARNING" not in (run.stdout + run.stderr).upper(), run.stdout
    (folder / "made").rename(folder / PACKAGE)
    sys.path.insert(0, str(folder))
    yield PACKAGE
    sys.path.remove(str(folder))


@pytest.fixture
def client(generated: str, address: str) -> Iterator[Any]:
    with importlib.import_module(generated).Client(base_url=address) as client:
        yield client


def module(generated: str, name: str) -> ModuleType:
    return importlib.import_module(f"{generated}.{name}")


def test_it_asks_and_reads_exact_citations(generated: str, client: Any) -> None:
    body = module(generated, "models").AskBody(question=MAY, as_of="2025-12-01")
    answer = module(generated, "api.answers.create_answer_v1_answers_post").sync(client=client, body=body)
    assert answer.status == "answered"
    cited = answer.citations[answer.sentences[0].citations[0] - 1]
    read = module(generated, "api.articles.read_article_v1_articles_article_id_get")
    article = read.sync(cited.article_id, client=client)
    assert article.text[cited.start : cited.end] == cited.quote
    assert (cited.publisher, cited.published_on) == ("Harbour Wire", "2025-06-20")


def test_a_refusal_is_read_as_a_problem(generated: str, client: Any) -> None:
    body = module(generated, "models").AskBody(question=" ")
    problem = module(generated, "api.answers.create_answer_v1_answers_post").sync(client=client, body=body)
    assert isinstance(problem, module(generated, "models").Problem)
    assert "empty" in problem.detail


def test_lists_are_typed(generated: str, client: Any) -> None:
    hits = module(generated, "api.search.search_v1_search_get").sync(client=client, q=MAY, k=2)
    assert [hit.passage.text[:5] for hit in hits.items]
    assert hits.items[0].article.publisher
