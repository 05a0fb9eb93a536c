"""What is measured: the program, LangChain's default pipeline, and the program's embedding alone.

Heavy libraries are imported by ``load``, so that its seconds count them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from assistant.index.embedder import Embedder, PassageVectors
    from assistant.service import ChatService
    from assistant.types import Passage

PRODUCT, LANGCHAIN, EMBEDDING, DRAWN = "product", "langchain", "embedding", "drawn"
PAUSE, PREPARED = "pause", "prepared"
CHUNK_CHARACTERS, CHUNK_OVERLAP = 1_000, 200
# Chroma takes at most 5,461 rows at once.
LANGCHAIN_FILES_AT_ONCE = 200

Note = Callable[[str, int], None]


class Contender(Protocol):
    """Something that reads articles and, but for embedding alone, answers from them."""

    def load(self) -> None:
        """Import, load the model and open the index."""
        ...

    def ingest(self, slices: Sequence[Sequence[Path]], note: Note) -> int:
        """Read files, slice after slice, and tell of each slice that is done; the number of passages.

        ``note`` may also tell that a slice is prepared: what came before it is not part of the work.
        """
        ...

    def search(self, question: str) -> int:
        """How many passages are found."""
        ...

    def answer(self, question: str, scorer: bool) -> str:
        """The status of the whole answer, chosen with or without the trained sentence scorer."""
        ...


class Product:
    """The program with its own defaults."""

    def __init__(self, data: Path, threads: int) -> None:
        self._data = data
        self._threads = threads
        self._assistant: Any = None
        self._services: dict[bool, ChatService] = {}

    def load(self) -> None:
        """Build the assistant and load its model."""
        from assistant.build import build_assistant
        from assistant.settings import Settings

        self._assistant = build_assistant(Settings(data=self._data, threads=self._threads))
        self._assistant.embedder.runtime()
        self._services = {True: self._assistant.service, False: without_scorer(self._assistant)}

    def ingest(self, slices: Sequence[Sequence[Path]], note: Note) -> int:
        """One ingest of all files, pausing between slices."""
        from assistant.ingest.sources import NamedSource, SourceFile

        paths = [path for files in slices for path in files]
        files = tuple(SourceFile(path.name, path.name, f"file:{path.name}", path.read_bytes) for path in paths)
        ends = _ends(slices)

        def progress(done: int, _: int) -> None:
            if done in ends:
                note(PAUSE, done)

        report = self._assistant.ingestor.ingest(NamedSource("bench", files, complete=True), progress)
        if report.failed or report.added != len(paths):
            raise RuntimeError(f"{report.added} of {len(paths)} articles came in: {report.failed[:3]}")
        return int(report.passages)

    def search(self, question: str) -> int:
        """Hybrid retrieval, as many passages as an answer is drafted from."""
        from assistant.types import Filters

        service = self._services[True]
        return len(service.search(question, Filters(), self._assistant.settings.passages))

    def answer(self, question: str, scorer: bool) -> str:
        """A whole extractive answer that is not remembered."""
        from assistant.types import Ask

        return self._services[scorer].ask(Ask(question, remember=False)).status


class DrawnProduct(Product):
    """The program with vectors drawn at random instead of computed: what questions cost goes by their number alone."""

    def load(self) -> None:
        """Build the assistant and put the drawn vectors in the place of its embedder's."""
        super().load()
        self._assistant.ingestor._embedder = _DrawnVectors(self._assistant.embedder)


class _DrawnVectors:
    """An embedder in all but the vectors of passages, which are of unit length and always the same."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.runtime = embedder.runtime
        self.count_tokens = embedder.count_tokens
        self.encode_query = embedder.encode_query

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``passages``."""
        import numpy as np

        from assistant.index.embedder import PassageVectors, unit
        from assistant.index.packaged_embedder import DIMENSIONS

        rng = np.random.default_rng(0)
        for passage in passages:
            drawn = rng.standard_normal((1 + len(passage.sentences), DIMENSIONS), dtype=np.float32)
            vectors = unit(drawn)
            yield PassageVectors(vectors[0], vectors[1:])


class LangChainDefault:
    """Splitter, embeddings and store of LangChain as their documentation puts them together."""

    def __init__(self, data: Path, threads: int) -> None:
        self._data = data
        self._threads = threads
        self._store: Any = None

    def load(self) -> None:
        """Open the store with the packaged weights."""
        import torch
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        from assistant.index.embedder import PACKAGED_MODEL, model_path

        torch.set_num_threads(self._threads)
        embeddings = HuggingFaceEmbeddings(model_name=str(model_path(PACKAGED_MODEL)))
        self._store = Chroma("bench", embeddings, persist_directory=str(self._data))

    def ingest(self, slices: Sequence[Sequence[Path]], note: Note) -> int:
        """Split, embed and add."""
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP)
        chunks, done = 0, 0
        for files in slices:
            for first in range(0, len(files), LANGCHAIN_FILES_AT_ONCE):
                texts = [(path.name, body_of(path)) for path in files[first : first + LANGCHAIN_FILES_AT_ONCE]]
                split = splitter.split_documents(
                    [Document(page_content=text, metadata={"source": name}) for name, text in texts]
                )
                self._store.add_documents(split)
                chunks += len(split)
            done += len(files)
            note(PAUSE, done)
        return chunks

    def search(self, question: str) -> int:
        """The default number of passages."""
        return len(self._store.similarity_search(question))

    def answer(self, question: str, scorer: bool) -> str:
        """There is none without a language model."""
        raise NotImplementedError("LangChain's default pipeline writes no answer without a language model")


class EmbeddingAlone:
    """The program's embedder, given passages that are ready."""

    def __init__(self, data: Path, threads: int) -> None:
        self._threads = threads
        self._embedder: Any = None

    def load(self) -> None:
        """Load the model."""
        from assistant.index.embedder import PACKAGED_MODEL
        from assistant.index.packaged_embedder import open_embedder

        self._embedder = open_embedder(PACKAGED_MODEL, self._threads)
        self._embedder.runtime()

    def ingest(self, slices: Sequence[Sequence[Path]], note: Note) -> int:
        """Embed each slice's passages; making them counts for nothing."""
        count, done = 0, 0
        for files in slices:
            passages = [passage for path in files for passage in self._passages(path)]
            done += len(files)
            note(PREPARED, done)
            count += sum(1 for _ in self._embedder.encode_passages(passages))
            note(PAUSE, done)
        return count

    def _passages(self, path: Path) -> Iterator[Passage]:
        from datetime import date

        from assistant.ingest.chunk import chunk
        from assistant.ingest.loaders import read_article
        from assistant.ingest.loaders.base import RawSource

        text = read_article(RawSource(path.name, path.read_bytes()), date.today()).text
        yield from chunk(path.stem, text, "en", self._embedder.count_tokens)

    def search(self, question: str) -> int:
        """Nothing to search."""
        raise NotImplementedError("embedding alone keeps nothing to search")

    def answer(self, question: str, scorer: bool) -> str:
        """Nothing to answer from."""
        raise NotImplementedError("embedding alone keeps nothing to answer from")


CONTENDERS: Mapping[str, Callable[[Path, int], Contender]] = {
    PRODUCT: Product,
    DRAWN: DrawnProduct,
    LANGCHAIN: LangChainDefault,
    EMBEDDING: EmbeddingAlone,
}


def without_scorer(assistant: Any) -> ChatService:
    """The assistant's service with the sentences chosen by their signals alone."""
    from assistant.answer.extractive import ExtractiveAnswerer
    from assistant.answer.judgement import ByWeights
    from assistant.shipped import corpus_folder
    from assistant.terms import TermAnalyzer, load_names

    settings = assistant.settings
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    service: Any = copy.copy(assistant.service)
    service._answerer = ExtractiveAnswerer(analyzer, settings.confidence_floor, settings.max_sentences, ByWeights())
    told: ChatService = service
    return told


def body_of(path: Path) -> str:
    """The text of an article below its front matter."""
    return path.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip()


def _ends(slices: Sequence[Sequence[Path]]) -> frozenset[int]:
    ends, done = set(), 0
    for files in slices:
        done += len(files)
        ends.add(done)
    return frozenset(ends)
