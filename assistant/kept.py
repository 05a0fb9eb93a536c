"""What was worked out for one state of the corpus, for those who ask it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """At most ``most`` values in memory, the least used forgotten first; none outlives its generation of the corpus."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._generation = -1
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, generation: int, key: Hashable) -> Value | None:
        """The value kept for ``key`` in this generation; whatever was kept for an earlier one is gone."""
        with self._lock:
            self._advance(generation)
            if generation != self._generation or key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, generation: int, key: Hashable, value: Value) -> None:
        """Keep a value, unless a later generation has been seen."""
        with self._lock:
            self._advance(generation)
            if generation == self._generation:
                self._values[key] = value
                self._values.move_to_end(key)
                if len(self._values) > self._most:
                    self._values.popitem(last=False)

    def _advance(self, generation: int) -> None:
        if generation > self._generation:
            self._generation = generation
            self._values.clear()
