from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.api.schemas import AskBody
from assistant.types import Ask, Filters


def test_a_body_with_a_question_alone_asks_it_in_the_light_of_its_conversation() -> None:
    assert AskBody.model_validate({"question": "Why?"}).to_ask() == Ask("Why?", as_written=False)


def test_everything_that_a_body_says_reaches_the_service() -> None:
    body = AskBody(
        question="Why?",
        conversation_id="c",
        as_of="2025-12",
        since="2025",
        until="2025-11-30",
        publishers=["Reuters", "AP"],
        as_written=True,
        engine="extractive",
    )
    filters = Filters("2025-12", "2025", "2025-11-30", ("Reuters", "AP"))
    assert body.to_ask() == Ask("Why?", "c", filters, "extractive", as_written=True)


def test_what_is_to_be_taken_as_written_is_said_by_yes_or_no() -> None:
    with pytest.raises(ValidationError, match="as_written"):
        AskBody.model_validate({"question": "Why?", "as_written": "perhaps"})


def test_a_name_that_is_not_of_the_contract_is_refused() -> None:
    with pytest.raises(ValidationError, match="as_wriiten"):
        AskBody.model_validate({"question": "Why?", "as_wriiten": True})
