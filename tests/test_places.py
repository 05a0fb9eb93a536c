from __future__ import annotations

import threading
import time
from contextlib import suppress

import pytest

from assistant.places import Places


def waiting(places: Places, count: int) -> None:
    """Until so many wait."""
    end = time.monotonic() + 10
    while len(places._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_who_came_first_goes_first_whoever_waits_longer() -> None:
    places, told = Places(1), []
    first, second, third = (places.ticket() for _ in range(3))

    def work(ticket: int, name: str) -> None:
        with places.place(ticket):
            told.append(name)

    threads = [threading.Thread(target=work, args=given) for given in ((third, "third"), (second, "second"))]
    with places.place(first):
        for count, thread in enumerate(threads, 1):
            thread.start()
            waiting(places, count)
    for thread in threads:
        thread.join(10)
    assert told == ["second", "third"]


def test_no_more_than_the_most_hold_a_place() -> None:
    places, held, most = Places(3), [], []

    def work() -> None:
        with places.place(places.ticket()):
            held.append(1)
            most.append(len(held))
            time.sleep(0.002)
            held.pop()

    threads = [threading.Thread(target=work) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(most), max(most) <= 3, places._free, places._waiting) == (24, True, 3, [])


def test_a_place_is_given_up_after_an_error() -> None:
    places = Places(1)
    with suppress(ZeroDivisionError), places.place(places.ticket()):
        raise ZeroDivisionError
    with places.place(places.ticket()):
        assert places._free == 0


def test_one_that_is_interrupted_while_it_waits_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    places = Places(1)

    def interrupted(self: threading.Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with places.place(places.ticket()):
        monkeypatch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt), places.place(places.ticket()):
            pass
    assert (places._free, places._waiting) == (1, [])
