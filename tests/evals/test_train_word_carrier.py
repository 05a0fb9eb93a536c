from __future__ import annotations

import pytest
import torch

from assistant.terms import TermAnalyzer
from evals.train import word_carrier
from evals.train.conversations import Conversation, WrittenTurn, follow_ups
from evals.train.word_carrier import UNLABELLED, Reader, nearness, table_of

ANALYZER = TermAnalyzer()
TALK = Conversation(
    turns=(
        WrittenTurn(q="Who makes terbium?", a="Lynas does."),
        WrittenTurn(q="Are there other buyers?", full="Are there other buyers of terbium?"),
    )
)


class Keeping:
    """A carrier that keeps "terbium"."""

    def carried(self, question: str, said: str) -> list[float]:
        return [float("terbium" in word) for word in said.split()]


def test_the_table_tells_how_near_each_way_comes() -> None:
    ways = {"rules": nearness([TALK], None, ANALYZER), "carrier": nearness([TALK], Keeping(), ANALYZER)}
    assert ways["carrier"] == [[1.0]] and ways["rules"][0][0] < 1
    assert table_of(ways).row_count == 2


def test_weights_are_written_or_measured_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        word_carrier.main([])
    assert "give --out FILE, or --measure" in capsys.readouterr().err


@pytest.mark.model
def test_a_label_stands_at_the_first_token_of_its_word() -> None:
    inputs, labels = Reader(ANALYZER)(follow_ups([TALK]))
    assert labels.shape == inputs["input_ids"].shape
    # "makes", "terbium?" and "Lynas": function words have none.
    assert labels[labels != UNLABELLED].tolist() == [0.0, 1.0, 0.0]


@pytest.mark.model
def test_a_few_steps_train_the_same_network_again() -> None:
    first, again = (word_carrier.train(follow_ups([TALK]) * 8, Reader(ANALYZER), 1, 3, print) for _ in range(2))
    assert torch.equal(first.head.weight, again.head.weight)
