"""Loaders by file type; an unknown type is refused by name."""

from __future__ import annotations

from datetime import date

from assistant.errors import SourceError
from assistant.ingest.loaders.base import Loader, RawArticle, RawSource
from assistant.ingest.loaders.delimited import DelimitedLoader
from assistant.ingest.loaders.docx import DocxLoader
from assistant.ingest.loaders.epub import EpubLoader
from assistant.ingest.loaders.html import HtmlLoader
from assistant.ingest.loaders.mail import MailLoader
from assistant.ingest.loaders.markdown import MarkdownLoader
from assistant.ingest.loaders.neutral import neutral_article
from assistant.ingest.loaders.pdf import PdfLoader
from assistant.ingest.loaders.sniff import suffix_of
from assistant.ingest.loaders.text import TextLoader
from assistant.ingest.loaders.xlsx import XlsxLoader

LOADER_VERSION = "3"
_LOADERS: tuple[Loader, ...] = (
    HtmlLoader(),
    MarkdownLoader(),
    TextLoader(),
    PdfLoader(),
    DocxLoader(),
    EpubLoader(),
    MailLoader(),
    DelimitedLoader(),
    XlsxLoader(),
)


def known_suffixes() -> tuple[str, ...]:
    """The file suffixes that can be read, in order."""
    return tuple(sorted(suffix for loader in _LOADERS for suffix in loader.suffixes))


def loader_for(name: str) -> Loader:
    """The loader of a file by its suffix. Raises SourceError when its type is not known."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    for loader in _LOADERS:
        if suffix in loader.suffixes:
            return loader
    raise SourceError(f"cannot read {name!r}: known types are {', '.join(known_suffixes())}; convert it to one of them")


def read_article(source: RawSource, today: date) -> RawArticle:
    """The article in a file, read as what its bytes are, with nothing hidden in its text.

    Args:
        source: the file; its suffix decides only among formats of plain text.
        today: nothing appeared later.

    Raises:
        SourceError: the type is unknown, or the file is broken, locked or without text.
    """
    if not source.content.strip():
        raise SourceError(f"{source.name!r} is empty; save it anew")
    suffix = suffix_of(source.name, source.content, known_suffixes())
    article = neutral_article(loader_for(suffix).load(source, today))
    if not article.text.strip():
        raise SourceError(f"no article text found in {source.name!r}; check that it holds more than marks and spaces")
    return article
