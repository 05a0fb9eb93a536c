from __future__ import annotations

import tracemalloc
import zlib

import pytest

from assistant.errors import SourceError
from assistant.ingest.fetch.body import inflate


def test_a_bomb_takes_no_more_memory_than_the_limit() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="larger than 1000000 bytes"):
            inflate([bomb], 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
