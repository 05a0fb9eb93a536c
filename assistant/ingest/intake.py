"""The one way in for articles: files, folders, pages, feeds, sitemaps, named sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import BadInputError
from assistant.ingest.fetch.addresses import checked_url
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.pipeline import Ingestor, Progress
from assistant.ingest.reports import merged
from assistant.ingest.sources import NamedSource, source_of, upload_source
from assistant.ingest.sources_file import Origin, read_sources
from assistant.ingest.web import WebReader
from assistant.ingest.web_address import WebAddress
from assistant.ingest.whole_file import MOST_FILE_BYTES
from assistant.types import IngestReport

# Two letters at least: one is a drive.
_URL = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
MOST_LINKS = 10_000

ReadInput = Callable[[int], bytes]


class Intake:
    """Brings in whatever a person names.

    Args:
        ingestor: writes files.
        web: reads addresses.
        allowed_hosts: hosts of an intranet that may be fetched.
    """

    def __init__(self, ingestor: Ingestor, web: WebReader, allowed_hosts: frozenset[str]) -> None:
        self._ingestor = ingestor
        self._web = web
        self._allowed_hosts = allowed_hosts

    def web_address(self, url: str) -> WebAddress:
        """An address as a person wrote it. Raises BadInputError when its form alone forbids fetching it."""
        return WebAddress(checked_url(_without_feed_scheme(url), self._allowed_hosts))

    def origins(self, argument: str) -> list[Origin]:
        """What an argument names: an address, a ``sources.toml``, a file, a folder, a pattern.

        Raises:
            BadInputError: nothing is there, or it may not be read.
        """
        if _URL.match(argument) and not Path(argument).exists():
            return [self.web_address(argument)]
        path = Path(argument).expanduser()
        if path.suffix == ".toml":
            return [source.origin(path.resolve().parent) for source in read_sources(path).values()]
        return [source_of(argument, known_suffixes())]

    def links(self, path: Path) -> list[Origin]:
        """The addresses of a text file, one a line; blank lines and those that begin with # are passed over.

        Raises:
            BadInputError: the file cannot be read, or a line is no address; it says which.
        """
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(f"cannot read the links of {path.name!r}: {error}; check the file") from error
        told = [(number, line.strip()) for number, line in enumerate(lines, 1)]
        links = [(number, line) for number, line in told if line and not line.startswith("#")]
        if not 0 < len(links) <= MOST_LINKS:
            raise BadInputError(f"{path.name!r} holds {len(links)} links; give 1 to {MOST_LINKS}, one a line")
        return [self._link(path.name, number, line) for number, line in links]

    def take(
        self, origins: Sequence[Origin], progress: Progress | None = None, *, restore: bool = False
    ) -> IngestReport:
        """Bring in what is new or changed in ``origins``. Raises BusyError when another process is writing."""
        files = [origin for origin in origins if isinstance(origin, NamedSource)]
        addresses = [origin for origin in origins if isinstance(origin, WebAddress)]
        reports = [self._ingestor.ingest(source, progress, restore=restore) for source in files]
        if addresses:
            reports.append(self._web.read(addresses, progress, restore=restore))
        return merged(reports)

    def add(self, address: WebAddress, progress: Progress | None = None) -> IngestReport:
        """Bring in one address that a person adds by hand: a page removed before comes in again."""
        return self._web.read([address], progress, restore=self._web.is_removed(address.url))

    def _link(self, name: str, number: int, line: str) -> WebAddress:
        try:
            return self.web_address(line)
        except BadInputError as error:
            raise BadInputError(f"line {number} of {name!r}: {error}") from error


def _without_feed_scheme(url: str) -> str:
    """``feed:https://host/x`` and ``feed://host/x`` as browsers read them."""
    if not url.lower().startswith("feed:"):
        return url
    rest = url[len("feed:") :]
    return rest if rest.lower().startswith(("http:", "https:")) else f"https:{rest}"


def piped_source(name: str, read: ReadInput) -> NamedSource:
    """What stands on standard input, under a name that tells its format. Raises BadInputError when it is empty."""
    content = read(MOST_FILE_BYTES + 1)
    if not content:
        raise BadInputError("there is nothing on standard input; pipe a file into it")
    return upload_source(name, content)
