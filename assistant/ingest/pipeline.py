"""The ingest run: read, clean, chunk, embed, write; what has not changed stops before parsing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from assistant.errors import NotFoundError, SourceError
from assistant.index.catalog import Catalog, KnownSource, NewArticle
from assistant.index.copies import Copies
from assistant.index.embedder import Embedder
from assistant.index.erasure import erase, gone
from assistant.index.schema import RemovedNames
from assistant.index.store import Store
from assistant.ingest.article import to_article
from assistant.ingest.chunk import CHUNKER_VERSION, chunk
from assistant.ingest.loaders import LOADER_VERSION
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.sources import SHIPPED, UPLOADS, WEB, Given, NamedSource, SourceFile
from assistant.ingest.whole_file import MOST_FILE_BYTES
from assistant.ingest.workers import Readers
from assistant.types import Article, Failure, IngestReport, Passage

# Articles embedded together: what a kill can lose. Long ones go alone, short ones fill the model's batch.
WRITE_BATCH = 16
WRITE_CHARACTERS = 16_000

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
    left_out: list[Failure] = field(default_factory=list)
    dropped_lines: int = 0
    article_ids: list[str] = field(default_factory=list)

    def stands(self, article_id: str) -> None:
        self.unchanged += 1
        self.article_ids.append(article_id)

    def read(self, title: str, raw: RawArticle) -> None:
        self.left_out += [Failure(title, f"not read: {what}") for what in raw.left_out]
        self.dropped_lines += raw.dropped_lines

    def report(self, seconds: float, *, tell_ids: bool) -> IngestReport:
        return IngestReport(
            self.added,
            self.updated,
            self.unchanged,
            self.removed,
            self.kept_out,
            self.passages,
            tuple(self.failed),
            tuple(self.left_out),
            self.dropped_lines,
            tuple(self.article_ids) if tell_ids else (),
            round(seconds, 3),
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over one source: what the catalog knew of it before, and what was seen of it so far."""

    source: NamedSource
    restore: bool
    readers: Readers
    present: frozenset[str]
    known: Mapping[str, KnownSource]
    kept_out: RemovedNames
    seen: dict[str, str] = field(default_factory=dict)
    tally: _Tally = field(default_factory=_Tally)

    def left_behind(self, owner: tuple[str, str]) -> bool:
        """Whether an article's file is gone from this source: it was renamed."""
        return owner[0] == self.source.name and self.source.complete and owner[1] not in self.present


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
        self._copies = Copies(store.catalog)
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
        with self._store.writing(), Readers() as readers:
            self._place_unplaced()
            run = self._start(source, restore, readers)
            batch: list[_Parsed] = []
            for done, parsed in enumerate(self._changed(run), 1):
                batch += [parsed] if parsed else []
                if len(batch) == WRITE_BATCH or sum(len(one.article.text) for one in batch) > WRITE_CHARACTERS:
                    self._write(run, batch)
                    batch = []
                if progress:
                    progress(done, len(source.files))
            self._write(run, batch)
            if source.complete:
                self._remove_missing(run)
        return run.tally.report(time.monotonic() - started, tell_ids=not source.complete)

    def remove(self, *article_ids: str) -> bool:
        """Remove articles for good: versions, quotes in stored answers and comments that quote them go too.

        They are kept out of later runs. False when a reader still keeps old pages of the database's log; ``compact``
        later empties it.

        Raises:
            NotFoundError: one of them is not there; none is removed then.
            BusyError: another process is writing.
        """
        with self._store.writing():
            with self._catalog.change():
                for article_id in article_ids:
                    self._remove(article_id)
            return self._catalog.compact()

    def compact(self) -> bool:
        """Write catalog and search indexes anew, so that nothing deleted lingers. False as for ``remove``."""
        with self._store.writing():
            # Compacting numbers rows anew, by which snapshots grow: noted first, in case a kill comes between.
            with self._catalog.change():
                self._catalog.require_rebuild()
            return self._catalog.compact()

    def _remove(self, article_id: str) -> None:
        forgotten, group = gone(self._catalog, article_id), self._copies.group(article_id)
        if not self._catalog.delete(article_id, tombstone=True):
            raise NotFoundError(f"no article {article_id!r}; list them with: assistant articles list")
        erase(self._catalog, forgotten)
        self._copies.link(group)

    def _place_unplaced(self) -> None:
        """Look for copies among articles that an older program wrote."""
        for article_id in self._copies.unplaced():
            with self._catalog.change():
                if article := self._catalog.article(article_id):
                    self._copies.place(article)

    def _start(self, source: NamedSource, restore: bool, readers: Readers) -> _Run:
        kept_out = RemovedNames() if restore else self._catalog.removed_names(source.name)
        present = frozenset(file.name for file in source.files)
        return _Run(source, restore, readers, present, self._catalog.known_sources(source.name), kept_out)

    def _changed(self, run: _Run) -> Iterator[_Parsed | None]:
        """One item for each file: what must be written, or None when there is nothing to write."""
        for file in run.source.files:
            if file.name in run.kept_out:
                run.tally.kept_out += 1
                yield None
                continue
            try:
                parsed = self._parse(file, run)
            except Exception as error:
                # One unreadable file of many must not stop the rest; it is reported.
                run.tally.failed.append(Failure(file.title, _reason(error)))
                parsed = None
            yield parsed

    def _parse(self, file: SourceFile, run: _Run) -> _Parsed | None:
        content = file.read()
        if len(content) > MOST_FILE_BYTES:
            raise SourceError(f"{len(content)} bytes, at most {MOST_FILE_BYTES} are read; split the file")
        raw_hash = _raw_hash(content, file.given)
        known = run.known.get(file.name)
        if known is not None and known.raw_hash == raw_hash:
            run.seen[known.article_id] = file.title
            run.tally.stands(known.article_id)
            return None
        raw = self._read(run, file, content)
        article = to_article(raw, file, self._today().isoformat())
        if article.id in run.seen and run.source.name == WEB:
            # Two addresses of one page, as its canonical URL says.
            run.tally.stands(article.id)
            return None
        if article.id in run.seen:
            raise SourceError(f"its id {article.id!r} is that of {run.seen[article.id]!r} too; give each its own")
        run.seen[article.id] = file.title
        run.tally.read(file.title, raw)
        return self._compare(_Parsed(file, raw_hash, article, self._catalog.article(article.id)), run)

    def _read(self, run: _Run, file: SourceFile, content: bytes) -> RawArticle:
        outcome = run.readers.read(RawSource(file.title, content), self._today())
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def _compare(self, parsed: _Parsed, run: _Run) -> _Parsed | None:
        article, old, file = parsed.article, parsed.known, parsed.file
        if self._catalog.is_removed(article.id) and not run.restore:
            run.tally.kept_out += 1
            return None
        owner = self._catalog.owner(article.id) or (run.source.name, file.name)
        mine = owner == (run.source.name, file.name) or run.left_behind(owner) or _same_local_file(owner, run, file)
        if old is not None and old.content_hash == article.content_hash:
            if mine:
                self._make_room(run.source.name, file.name, article.id)
                self._catalog.touch(article.id, run.source.name, file.name, parsed.raw_hash)
            run.tally.stands(article.id)
            return None
        if not mine and owner[0] == run.source.name == WEB:
            run.tally.stands(article.id)
            return None
        if not mine:
            raise SourceError(
                f"its id {article.id!r} belongs to another article already here; "
                f"give it another id, or remove that one: assistant articles remove {article.id}"
            )
        return parsed

    def _write(self, run: _Run, batch: list[_Parsed]) -> None:
        texts_kept = [parsed for parsed in batch if parsed.known and parsed.known.text == parsed.article.text]
        ready = self._embedded(run, [parsed for parsed in batch if parsed not in texts_kept])
        if not texts_kept and not ready:
            return
        for parsed in texts_kept:
            self._write_one(run, parsed.file.name, parsed.article, partial(self._describe, run, parsed))
        for new in ready:
            self._write_one(run, new.name, new.article, partial(self._catalog.put, new, self._today().isoformat()))
        written = {parsed.article.id for parsed in texts_kept} | {new.article.id for new in ready}
        new_ids = {parsed.article.id for parsed in batch if parsed.known is None}
        run.tally.passages += sum(len(new.passages) for new in ready)
        run.tally.added += len(written & new_ids)
        run.tally.updated += len(written - new_ids)
        run.tally.article_ids.extend(parsed.article.id for parsed in batch if parsed.article.id in written)

    def _write_one(self, run: _Run, name: str, article: Article, write: Callable[[], None]) -> None:
        """One article, one transaction: a kill leaves it whole or not there."""
        with self._catalog.change():
            self._make_room(run.source.name, name, article.id)
            write()
            self._copies.place(article)
            self._catalog.forget_tombstone(article.id)

    def _describe(self, run: _Run, parsed: _Parsed) -> None:
        today = self._today().isoformat()
        self._catalog.describe(parsed.article, run.source.name, parsed.file.name, parsed.raw_hash, today)

    def _make_room(self, source: str, name: str, article_id: str) -> None:
        """A file that now states another id replaces the article it stated before."""
        before = self._catalog.known_sources(source).get(name)
        if before is not None and before.article_id != article_id:
            self._catalog.delete(before.article_id, tombstone=False)

    def _embedded(self, run: _Run, batch: list[_Parsed]) -> list[NewArticle]:
        chunked = [(parsed, passages) for parsed in batch if (passages := self._chunked(run, parsed))]
        vectors = self._embedder.encode_passages([passage for _, passages in chunked for passage in passages])
        return [
            NewArticle(
                article=parsed.article,
                source=run.source.name,
                name=parsed.file.name,
                raw_hash=parsed.raw_hash,
                passages=passages,
                vectors=tuple(next(vectors) for _ in passages),
            )
            for parsed, passages in chunked
        ]

    def _chunked(self, run: _Run, parsed: _Parsed) -> tuple[Passage, ...]:
        article = parsed.article
        try:
            return chunk(article.id, article.text, article.language, self._embedder.count_tokens)
        except Exception as error:
            # As in reading: one article of many.
            run.tally.failed.append(Failure(parsed.file.title, _reason(error)))
            return ()

    def _remove_missing(self, run: _Run) -> None:
        known = self._catalog.known_sources(run.source.name)
        gone = [source.article_id for name, source in known.items() if name not in run.present]
        if gone:
            with self._catalog.change():
                for article_id in gone:
                    self._catalog.delete(article_id, tombstone=False)
        run.tally.removed += len(gone)


def _same_local_file(owner: tuple[str, str], run: _Run, file: SourceFile) -> bool:
    """Whether a file given alone is one that came with its folder before, or the other way round."""
    return owner[1] == file.name and {owner[0], run.source.name}.isdisjoint({SHIPPED, UPLOADS})


def _raw_hash(content: bytes, given: Given) -> str:
    read_with = f"{LOADER_VERSION}/{CHUNKER_VERSION}/{given}/"
    return hashlib.sha256(read_with.encode() + content).hexdigest()


def _reason(error: Exception) -> str:
    """The reason in words, without a local path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
