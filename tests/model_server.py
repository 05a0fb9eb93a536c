"""A small real language model on this machine, for tests marked ``model_server``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.errors import MissingDependencyError
from assistant.llm import LangChainModel, ModelOptions, open_model
from evals.model_server import MODEL_NAME, model_file, running_server

# Two cores are shared with everything else.
PATIENT = ModelOptions(timeout=300.0, retries=0, max_tokens=90, temperature=0.0)


@pytest.fixture(scope="session")
def small_model() -> Iterator[LangChainModel]:
    """SmolLM2-135M behind llama.cpp's server; skips where its wheels are not installed."""
    try:
        model_file()
    except MissingDependencyError as error:
        pytest.skip(str(error))
    with running_server() as url:
        yield open_model(
            MODEL_NAME, ModelOptions(url, PATIENT.timeout, PATIENT.retries, PATIENT.max_tokens, PATIENT.temperature)
        )
