"""The ingest run: read, clean, chunk, embed, write; what has not changed stops before parsing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.errors import AssistantError, NotFoundError, SourceError
from assistant.index.catalog import Catalog, KnownSource, NewArticle
from assistant.index.embedder import Embedder
from assistant.index.store import Store
from assistant.ingest.article import to_article
from assistant.ingest.chunk import CHUNKER_VERSION, chunk
from assistant.ingest.loaders import LOADER_VERSION, loader_for
from assistant.ingest.loaders.base import RawSource
from assistant.ingest.sources import Given, NamedSource, SourceFile
from assistant.types import Article, Failure, IngestReport

WRITE_BATCH = 16
MAX_FILE_BYTES = 20 * 1024 * 1024

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept_out: int = 0
    passages: int = 0
    failed: list[Failure] = field(default_factory=list)
    article_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Parsed:
    file: SourceFile
    raw_hash: str
    article: Article
    known: Article | None


class Ingestor:
    """Brings named sources into a store.

    Args:
        store: where to; one writer at a time.
        embedder: makes the vectors; not called when nothing has changed.
        today: the clock.
    """

    def __init__(self, store: Store, embedder: Embedder, today: Callable[[], date]) -> None:
        self._store = store
        self._catalog: Catalog = store.catalog
        self._embedder = embedder
        self._today = today

    def ingest(self, source: NamedSource, progress: Progress | None = None, *, restore: bool = False) -> IngestReport:
        """Make the index hold what ``source`` holds now; a file that fails is reported, the rest goes on.

        Args:
            source: the files; when it is complete, articles of files that are gone are removed.
            progress: called with the number of files done and in all.
            restore: let in again what a person has removed.

        Raises:
            BusyError: another process is writing.
        """
        started = time.monotonic()
        tally = _Tally()
        with self._store.writing():
            batch: list[_Parsed] = []
            for done, parsed in enumerate(self._changed(source, tally, restore), 1):
                batch += [parsed] if parsed else []
                if len(batch) == WRITE_BATCH:
                    self._write(source, batch, tally)
                    batch = []
                if progress:
                    progress(done, len(source.files))
            self._write(source, batch, tally)
            if source.complete:
                self._remove_missing(source, tally)
        return IngestReport(
            tally.added, tally.updated, tally.unchanged, tally.removed, tally.kept_out, tally.passages,
            tuple(tally.failed), tuple(tally.article_ids), round(time.monotonic() - started, 3),
        )  # fmt: skip

    def remove(self, article_id: str) -> None:
        """Remove an article and keep it out of later runs. Raises NotFoundError, BusyError."""
        with self._store.writing(), self._catalog.change():
            if not self._catalog.delete(article_id, tombstone=True):
                raise NotFoundError(f"no article {article_id!r}; list them with: assistant articles list")

    def _changed(self, source: NamedSource, tally: _Tally, restore: bool) -> Iterator[_Parsed | None]:
        """One item for each file: what must be written, or None when there is nothing to write."""
        known = self._catalog.known_sources(source.name)
        kept_out = frozenset() if restore else self._catalog.removed_names(source.name)
        seen: dict[str, str] = {}
        for file in source.files:
            if file.name in kept_out:
                tally.kept_out += 1
                yield None
                continue
            try:
                parsed = self._parse(file, source, known.get(file.name), seen, tally, restore)
            except (AssistantError, OSError, ValueError) as error:
                # One unreadable file of many must not stop the rest; it is reported.
                tally.failed.append(Failure(file.title, _reason(error)))
                parsed = None
            yield parsed

    def _parse(
        self,
        file: SourceFile,
        source: NamedSource,
        known: KnownSource | None,
        seen: dict[str, str],
        tally: _Tally,
        restore: bool,
    ) -> _Parsed | None:
        content = file.read()
        if len(content) > MAX_FILE_BYTES:
            raise SourceError(f"{len(content)} bytes, at most {MAX_FILE_BYTES} are read; split the file")
        raw_hash = _raw_hash(content, file.given)
        if known is not None and known.raw_hash == raw_hash:
            seen[known.article_id] = file.title
            tally.unchanged += 1
            tally.article_ids.append(known.article_id)
            return None
        raw = loader_for(file.title).load(RawSource(file.title, content), self._today())
        article = to_article(raw, file, self._today().isoformat())
        if article.id in seen:
            raise SourceError(f"its id {article.id!r} is that of {seen[article.id]!r} too; give each its own")
        seen[article.id] = file.title
        return self._compare(
            _Parsed(file, raw_hash, article, self._catalog.article(article.id)), source, tally, restore
        )

    def _compare(self, parsed: _Parsed, source: NamedSource, tally: _Tally, restore: bool) -> _Parsed | None:
        article, old = parsed.article, parsed.known
        if self._catalog.is_removed(article.id) and not restore:
            tally.kept_out += 1
            return None
        if old is not None and old.content_hash == article.content_hash:
            self._catalog.touch(article.id, parsed.raw_hash)
            tally.unchanged += 1
            tally.article_ids.append(article.id)
            return None
        owner = self._catalog.owner(article.id)
        if owner is not None and owner[1] != parsed.file.name:
            raise SourceError(
                f"its id {article.id!r} belongs to another article already here; "
                f"give it another id, or remove that one: assistant articles remove {article.id}"
            )
        return parsed

    def _write(self, source: NamedSource, batch: list[_Parsed], tally: _Tally) -> None:
        if not batch:
            return
        texts_kept = [parsed for parsed in batch if parsed.known and parsed.known.text == parsed.article.text]
        texts_new = [parsed for parsed in batch if parsed not in texts_kept]
        ready = self._embedded(source, texts_new)
        with self._catalog.change():
            for parsed in texts_kept:
                self._catalog.describe(parsed.article, parsed.raw_hash)
            for new in ready:
                self._make_room(new)
                self._catalog.put(new)
            for parsed in batch:
                self._catalog.forget_tombstone(parsed.article.id)
        tally.passages += sum(len(new.passages) for new in ready)
        tally.added += sum(parsed.known is None for parsed in batch)
        tally.updated += sum(parsed.known is not None for parsed in batch)
        tally.article_ids.extend(parsed.article.id for parsed in batch)

    def _make_room(self, new: NewArticle) -> None:
        """A file that now states another id replaces the article it stated before."""
        before = self._catalog.known_sources(new.source).get(new.name)
        if before is not None and before.article_id != new.article.id:
            self._catalog.delete(before.article_id, tombstone=False)

    def _embedded(self, source: NamedSource, batch: list[_Parsed]) -> list[NewArticle]:
        passages = [
            chunk(parsed.article.id, parsed.article.text, parsed.article.language, self._embedder.count_tokens)
            for parsed in batch
        ]
        vectors = self._embedder.encode_passages([passage for group in passages for passage in group])
        return [
            NewArticle(
                parsed.article, source.name, parsed.file.name, parsed.raw_hash, group,
                tuple(next(vectors) for _ in group),
            )
            for parsed, group in zip(batch, passages, strict=True)
        ]  # fmt: skip

    def _remove_missing(self, source: NamedSource, tally: _Tally) -> None:
        present = {file.name for file in source.files}
        gone = [
            known.article_id for name, known in self._catalog.known_sources(source.name).items() if name not in present
        ]
        if gone:
            with self._catalog.change():
                for article_id in gone:
                    self._catalog.delete(article_id, tombstone=False)
        tally.removed += len(gone)


def _raw_hash(content: bytes, given: Given) -> str:
    read_with = f"{LOADER_VERSION}/{CHUNKER_VERSION}/{given}/"
    return hashlib.sha256(read_with.encode() + content).hexdigest()


def _reason(error: Exception) -> str:
    """The reason in words, without a local path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
