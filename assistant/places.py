"""Places for work that wants the processor: a few at once, and who came first goes first."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush


class Places:
    """At most ``most`` hold a place at once. One given up goes straight to the earliest that waits.

    A semaphore lets a newcomer in before one that it has just woken, and an answer that takes a place for each of its
    steps would stand at the end of the line each time: some of many clients then wait twice as long as others.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, int, threading.Event]] = []

    def ticket(self) -> int:
        """Where one stands in the line, now and for every later step."""
        return next(self._numbers)

    @contextmanager
    def place(self, ticket: int) -> Iterator[None]:
        """Waits for a place, and gives it up at the end."""
        self._enter(ticket)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, ticket: int) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = threading.Event()
            mine = (ticket, next(self._numbers), turn)
            heappush(self._waiting, mine)
        try:
            turn.wait()
        except BaseException:
            self._give_up(mine)
            raise

    def _give_up(self, mine: tuple[int, int, threading.Event]) -> None:
        """Interrupted while waiting: a place that came meanwhile goes to the next."""
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                heapify(self._waiting)
                return
        self._leave()

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[2].set()
            else:
                self._free += 1
