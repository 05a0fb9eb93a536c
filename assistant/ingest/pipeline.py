"""The ingest run: read, clean, chunk, embed, write, each while the others go on; what has not changed stops early."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from assistant.errors import NotFoundError, SourceError
from assistant.index.catalog import Catalog, KnownSource, NewArticle
from assistant.index.copies import Copies
from assistant.index.embedder import Embedder, PassageVectors
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
from assistant.lagging import lagging
from assistant.observing import Observers
from assistant.types import Article, Failure, IngestReport, Passage

READERS = 2
# Files read ahead of the one whose passages are asked for: enough to keep every reader busy.
READ_AHEAD = 4 * READERS

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept_out: int = 0
    passages: int = 0
    files: int = 0
    failed: list[Failure] = field(default_factory=list)
    left_out: list[Failure] = field(default_factory=list)
    dropped_lines: int = 0
    article_ids: list[str] = field(default_factory=list)

    def written(self, article_id: str, *, new: bool) -> None:
        self.added += new
        self.updated += not new
        self.article_ids.append(article_id)

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
    progress: Progress
    seen: dict[str, str] = field(default_factory=dict)
    tally: _Tally = field(default_factory=_Tally)

    def left_behind(self, owner: tuple[str, str]) -> bool:
        """Whether an article's file is gone from this source: it was renamed."""
        return owner[0] == self.source.name and self.source.complete and owner[1] not in self.present

    def failed(self, file: SourceFile, error: Exception) -> None:
        """One file of many that cannot be used must not stop the rest; it is reported."""
        self.tally.failed.append(Failure(file.title, _reason(error)))
        self.finished()

    def finished(self) -> None:
        """One file more is done with."""
        self.tally.files += 1
        self.progress(self.tally.files, len(self.source.files))


@dataclass(frozen=True, slots=True)
class _Parsed:
    file: SourceFile
    raw_hash: str
    article: Article
    known: Article | None

    @property
    def says_the_same(self) -> bool:
        """Whether only what is told about the text has changed."""
        return self.known is not None and self.known.text == self.article.text


@dataclass(frozen=True, slots=True)
class _Chunked:
    parsed: _Parsed
    passages: tuple[Passage, ...]


class Ingestor:
    """Brings named sources into a store.

    Args:
        store: where to; one writer at a time.
        embedder: makes the vectors; not called when nothing has changed.
        today: the clock.
        observers: are told of every run.
    """

    def __init__(self, store: Store, embedder: Embedder, today: Callable[[], date], observers: Observers) -> None:
        self._store = store
        self._catalog: Catalog = store.catalog
        self._copies = Copies(store.catalog)
        self._embedder = embedder
        self._today = today
        self._observers = observers

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
        with self._store.writing(), Readers(READERS) as readers:
            self._place_unplaced()
            run = self._start(source, restore, readers, progress or _untold)
            self._bring_in(run)
            if source.complete:
                self._remove_missing(run)
        report = run.tally.report(time.monotonic() - started, tell_ids=not source.complete)
        self._observers.ingested(report)
        return report

    def _bring_in(self, run: _Run) -> None:
        """Every file of the source, all at once: some are read, others embedded, and one is written."""
        waiting: deque[_Chunked] = deque()
        vectors: list[PassageVectors] = []
        for encoded in self._embedder.encode_passages(self._passages(run, waiting)):
            vectors.append(encoded)
            if len(vectors) == len(waiting[0].passages):
                self._write_new(run, waiting.popleft(), tuple(vectors))
                vectors = []
        if waiting:
            raise RuntimeError(f"the embedding model left out passages of {waiting[0].parsed.file.title!r}")

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

    def _start(self, source: NamedSource, restore: bool, readers: Readers, progress: Progress) -> _Run:
        kept_out = RemovedNames() if restore else self._catalog.removed_names(source.name)
        present = frozenset(file.name for file in source.files)
        return _Run(source, restore, readers, present, self._catalog.known_sources(source.name), kept_out, progress)

    def _passages(self, run: _Run, waiting: deque[_Chunked]) -> Iterator[Passage]:
        """The passages to be embedded, file after file; each of their articles is first put into ``waiting``."""
        for parsed in self._changed(run):
            if parsed.says_the_same:
                self._write_described(run, parsed)
            elif chunked := self._chunked(run, parsed):
                waiting.append(chunked)
                yield from chunked.passages

    def _changed(self, run: _Run) -> Iterator[_Parsed]:
        """The files that must be written, in order; those after them are being read meanwhile."""
        for file, finish in lagging(((file, self._begin(run, file)) for file in run.source.files), READ_AHEAD):
            try:
                parsed = finish()
            except Exception as error:
                run.failed(file, error)
                continue
            if parsed is None:
                run.finished()
            else:
                yield parsed

    def _begin(self, run: _Run, file: SourceFile) -> Callable[[], _Parsed | None]:
        """Begin to read a file unless nothing of it is wanted; what is returned ends it, or raises why it cannot."""
        if file.name in run.kept_out:
            return partial(_keep_out, run)
        try:
            content = _content(file)
        except Exception as error:
            return partial(_raise, error)
        raw_hash = _raw_hash(content, file.given)
        known = run.known.get(file.name)
        if known is not None and known.raw_hash == raw_hash:
            return partial(_stand, run, file, known)
        reading = run.readers.begin(RawSource(file.title, content), self._today())
        return partial(self._parsed, run, file, raw_hash, reading)

    def _parsed(
        self, run: _Run, file: SourceFile, raw_hash: str, reading: Future[RawArticle | SourceError]
    ) -> _Parsed | None:
        raw = reading.result()
        if isinstance(raw, SourceError):
            raise raw
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

    def _write_new(self, run: _Run, chunked: _Chunked, vectors: tuple[PassageVectors, ...]) -> None:
        parsed, passages = chunked.parsed, chunked.passages
        name, article = parsed.file.name, parsed.article
        new = NewArticle(article, run.source.name, name, parsed.raw_hash, passages, vectors)
        self._write_one(run, parsed, partial(self._catalog.put, new, self._today().isoformat()))
        run.tally.passages += len(passages)

    def _write_described(self, run: _Run, parsed: _Parsed) -> None:
        today = self._today().isoformat()
        told = (parsed.article, run.source.name, parsed.file.name, parsed.raw_hash, today)
        self._write_one(run, parsed, partial(self._catalog.describe, *told))

    def _write_one(self, run: _Run, parsed: _Parsed, write: Callable[[], None]) -> None:
        """One article, one transaction: a kill leaves it whole or not there."""
        with self._catalog.change():
            self._make_room(run.source.name, parsed.file.name, parsed.article.id)
            write()
            self._copies.place(parsed.article)
            self._catalog.forget_tombstone(parsed.article.id)
        run.tally.written(parsed.article.id, new=parsed.known is None)
        run.finished()

    def _make_room(self, source: str, name: str, article_id: str) -> None:
        """A file that now states another id replaces the article it stated before."""
        before = self._catalog.article_of(source, name)
        if before is not None and before != article_id:
            self._catalog.delete(before, tombstone=False)

    def _chunked(self, run: _Run, parsed: _Parsed) -> _Chunked | None:
        article = parsed.article
        try:
            passages = chunk(article.id, article.text, article.language, self._embedder.count_tokens)
            if not passages:
                raise SourceError(f"no sentence found in {parsed.file.title!r}; check that it holds words")
        except Exception as error:
            run.failed(parsed.file, error)
            return None
        return _Chunked(parsed, passages)

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


def _untold(done: int, total: int) -> None:
    """Progress that nobody asked for."""


def _keep_out(run: _Run) -> None:
    run.tally.kept_out += 1


def _raise(error: Exception) -> None:
    raise error


def _stand(run: _Run, file: SourceFile, known: KnownSource) -> None:
    run.seen[known.article_id] = file.title
    run.tally.stands(known.article_id)


def _content(file: SourceFile) -> bytes:
    content = file.read()
    if len(content) > MOST_FILE_BYTES:
        raise SourceError(f"{len(content)} bytes, at most {MOST_FILE_BYTES} are read; split the file")
    return content


def _raw_hash(content: bytes, given: Given) -> str:
    read_with = f"{LOADER_VERSION}/{CHUNKER_VERSION}/{given}/"
    return hashlib.sha256(read_with.encode() + content).hexdigest()


def _reason(error: Exception) -> str:
    """The reason in words, without a local path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
