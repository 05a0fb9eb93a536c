from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.workers import ReadingFailedError
from evals.fuzz import campaign
from evals.fuzz.campaign import fuzz, kind_of


def test_every_input_is_counted_once() -> None:
    tally = fuzz("csv", 8, 0, None)
    assert tally.articles and tally.refusals
    assert tally.tried == tally.articles + tally.refusals.total()
    assert f"tried {tally.tried}, articles {tally.articles}" in tally.line("csv")


def test_a_crash_is_counted_and_its_input_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: object, source: RawSource, today: object) -> SourceError:
        return ReadingFailedError(f"the reader did not survive {source.name!r}; save it anew", "died")

    monkeypatch.setattr(campaign.Readers, "read", crash)
    tally = fuzz("csv", 0.2, 0, tmp_path)
    assert tally.crashes == {"the reader did not survive X": tally.tried}
    assert len(list(tmp_path.glob("died-*.csv"))) == tally.tried


def test_a_kind_is_a_message_without_names_and_numbers() -> None:
    assert kind_of(SourceError("'a.csv' has 12 pages; split it")) == "X has N pages"
