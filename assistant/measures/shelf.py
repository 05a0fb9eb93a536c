"""The register as the catalog bears it out now: loaded anew when the catalog has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.measures.load import load_register
from assistant.measures.register import Register
from assistant.types import Article


class RegisterShelf:
    """Hands out the current register.

    Args:
        files: register files; a later one's measure replaces an earlier one's of the same id.
        article: gives an article of the catalog by id.
        generation: moves on with every change of the catalog's articles.
    """

    def __init__(
        self, files: Sequence[Path], article: Callable[[str], Article | None], generation: Callable[[], int]
    ) -> None:
        self._files = tuple(files)
        self._article = article
        self._generation = generation
        self._lock = threading.Lock()
        self._loaded: tuple[int, Register] | None = None

    def current(self) -> Register:
        """The register, its quotes checked against the catalog. Raises BadInputError when a file is no register."""
        generation = self._generation()
        with self._lock:
            if self._loaded is None or self._loaded[0] != generation:
                self._loaded = (generation, load_register(self._files, self._article))
            return self._loaded[1]
