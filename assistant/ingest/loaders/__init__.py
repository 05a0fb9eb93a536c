"""Loaders by file suffix; an unknown type is refused by name."""

from __future__ import annotations

from assistant.errors import SourceError
from assistant.ingest.loaders.base import Loader
from assistant.ingest.loaders.html import HtmlLoader
from assistant.ingest.loaders.markdown import MarkdownLoader
from assistant.ingest.loaders.text import TextLoader

LOADER_VERSION = "2"
_LOADERS: tuple[Loader, ...] = (HtmlLoader(), MarkdownLoader(), TextLoader())


def known_suffixes() -> tuple[str, ...]:
    """The file suffixes that can be read, in order."""
    return tuple(sorted(suffix for loader in _LOADERS for suffix in loader.suffixes))


def loader_for(name: str) -> Loader:
    """The loader of a file. Raises SourceError when its type is not known."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    for loader in _LOADERS:
        if suffix in loader.suffixes:
            return loader
    raise SourceError(f"cannot read {name!r}: known types are {', '.join(known_suffixes())}; convert it to one of them")
