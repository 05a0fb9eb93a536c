from __future__ import annotations

from importlib.resources import files

import pytest

from evals.cases import Case, CaseSet, parse
from evals.scorers import SCORERS

README = (files("evals") / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("metric", SCORERS)
def test_every_figure_is_defined(metric: str) -> None:
    assert f"`{metric}`" in README


@pytest.mark.parametrize("key", Case.model_fields)
def test_every_key_of_a_case_is_explained(key: str) -> None:
    assert f"| `{key}` |" in README


def test_example_case_file_is_valid() -> None:
    example = README.split("```yaml\n")[1].split("```")[0]
    case_set: CaseSet = parse(example, "README.md")
    assert case_set.cases[0].sources == ("article-id", "https://example.org/page")
