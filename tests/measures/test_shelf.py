"""The shelf hands out the register that the catalog bears out now."""

from __future__ import annotations

from pathlib import Path

from assistant.measures.shelf import RegisterShelf

REGISTER = """
measures:
  - id: rule
    name: Rule
    issuer: MOFCOM
    summary: A rule.
    history:
      - status: in_force
        from: "2025-04-04"
        evidence:
          - {article: gone, quote: "It is in force."}
"""


def test_a_register_is_loaded_once_a_generation(tmp_path: Path) -> None:
    path = tmp_path / "measures.yaml"
    path.write_text(REGISTER)
    generation = [1]
    shelf = RegisterShelf([path], lambda article_id: None, lambda: generation[0])
    first = shelf.current()
    assert shelf.current() is first
    assert first.missing_evidence == 1
    generation[0] = 2
    assert shelf.current() is not first
