"""Work that goes on while its results are not yet needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def lagging(items: Iterable[Item], by: int) -> Iterator[Item]:
    """The items in order, each handed on only when ``by`` more have been drawn: what drawing one begins goes on."""
    waiting: deque[Item] = deque()
    for item in items:
        waiting.append(item)
        if len(waiting) > by:
            yield waiting.popleft()
    yield from waiting
