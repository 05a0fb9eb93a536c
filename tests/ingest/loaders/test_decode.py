from __future__ import annotations

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.decode import decode


def test_utf8_is_read() -> None:
    assert decode("a.txt", "稀土 – café".encode()) == "稀土 – café"


def test_a_byte_order_mark_is_taken_off() -> None:
    assert decode("a.txt", "\ufeffcafé".encode()) == "café"


@pytest.mark.parametrize("declared", ['<meta charset="iso-8859-1">', '<META content="text/html; charset=ISO-8859-1">'])
def test_a_declared_character_set_is_followed(declared: str) -> None:
    assert decode("a.html", f"{declared}<p>Größe, café</p>".encode("latin-1")) == f"{declared}<p>Größe, café</p>"


def test_a_declared_character_set_that_does_not_exist_is_not_an_error() -> None:
    markup = '<meta charset="no-such-set"><p>The ministry issued licences at a caf\xe9 on Monday.</p>'
    assert "The ministry issued licences" in decode("a.html", markup.encode("latin-1"))


def test_utf16_is_read() -> None:
    text = "The ministry issued licences for magnets on Monday. " * 4
    assert decode("a.txt", text.encode("utf-16")) == text


def test_bytes_that_are_no_text_are_refused_with_the_way_round() -> None:
    with pytest.raises(SourceError, match=r"'a\.txt' is binary, not text; convert it to text"):
        decode("a.txt", b"%PDF-1.7\x00\x01")
