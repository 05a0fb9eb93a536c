"""The only place that turns settings into objects."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer.engines import Engines
from assistant.answer.extractive import ExtractiveAnswerer
from assistant.answer.judgement import SHIPPED_WEIGHTS, ByWeights, LearnedJudge, Scorer, load_judgement
from assistant.answer.known_disputes import KnownDisputes
from assistant.answer.language_model import LanguageModel
from assistant.answer.register_answers import RegisterAnswers
from assistant.briefing.writer import BriefingWriter
from assistant.disputes.load import load_disputes
from assistant.disputes.types import Dispute
from assistant.errors import BadInputError
from assistant.index.catalog import Catalog
from assistant.index.conversations import Conversations
from assistant.index.embedder import PACKAGED_MODEL, Embedder
from assistant.index.feedback import FeedbackBook
from assistant.index.file_digests import FileDigests
from assistant.index.packaged_embedder import open_embedder
from assistant.index.sentence_scorer import WEIGHTS_SHA256 as SCORER_SHA256
from assistant.index.sentence_scorer import SentenceScorer
from assistant.index.store import Store
from assistant.index.word_carrier import WEIGHTS_SHA256 as CARRIER_SHA256
from assistant.index.word_carrier import WordCarrier
from assistant.ingest.sources import corpus_digest, shipped_source
from assistant.llm import ModelOptions, open_model
from assistant.logs import LogObserver
from assistant.measures.shelf import RegisterShelf
from assistant.observing import Observers
from assistant.reading import QuestionReader
from assistant.retrieve.retriever import Retriever
from assistant.service import ChatService
from assistant.settings import Settings
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.traces import open_spans
from assistant.types import IngestReport

if TYPE_CHECKING:
    from assistant.ingest.fetch.memory import FetchMemory
    from assistant.ingest.intake import Intake
    from assistant.ingest.pipeline import Ingestor, Progress

_SHIPPED_DIGEST = "shipped_corpus"
_UNFINISHED = "unfinished"
DIGESTS = "digests.json"


class IngestTools:
    """What brings articles in, loaded at first use: a question needs none of it."""

    def __init__(self, settings: Settings, store: Store, embedder: Embedder, observers: Observers) -> None:
        self._settings = settings
        self._observers = observers
        self._store = store
        self._embedder = embedder

    @cached_property
    def ingestor(self) -> Ingestor:
        """Brings files in."""
        from assistant.ingest.pipeline import Ingestor

        return Ingestor(self._store, self._embedder, self._settings.day, self._observers)

    @cached_property
    def fetch_memory(self) -> FetchMemory:
        """What is known of the addresses fetched before."""
        from assistant.ingest.fetch.memory import FetchMemory

        return FetchMemory(self._store.catalog)

    @cached_property
    def intake(self) -> Intake:
        """Takes files and addresses alike."""
        from assistant.ingest.fetch.fetcher import Fetcher
        from assistant.ingest.fetch.limits import FetchLimits
        from assistant.ingest.intake import Intake
        from assistant.ingest.web import WebReader

        settings = self._settings
        limits = FetchLimits(
            allowed_hosts=frozenset(host.lower() for host in settings.fetch_allowed_hosts),
            seconds=settings.fetch_seconds,
            delay=settings.fetch_delay,
            entries=settings.fetch_entries,
            contact=settings.fetch_contact,
        )
        web = WebReader(Fetcher(limits), self.fetch_memory, self._store.catalog, self.ingestor, settings.day)
        return Intake(self.ingestor, web, limits.allowed_hosts)


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that one data folder needs, built once and handed around."""

    settings: Settings
    store: Store
    embedder: Embedder
    scorer: SentenceScorer | None
    carrier: WordCarrier | None
    tools: IngestTools
    conversations: Conversations
    feedback: FeedbackBook
    register: RegisterShelf
    service: ChatService
    observers: Observers
    analyzer: TermAnalyzer

    @property
    def catalog(self) -> Catalog:
        """The catalog of the data folder."""
        return self.store.catalog

    @property
    def briefings(self) -> BriefingWriter:
        """Writes briefings."""
        return BriefingWriter(self.service, self.register.current, self.catalog, self.analyzer, self.settings.day)

    @property
    def ingestor(self) -> Ingestor:
        """Brings files in."""
        return self.tools.ingestor

    @property
    def intake(self) -> Intake:
        """Takes files and addresses alike."""
        return self.tools.intake

    @property
    def fetch_memory(self) -> FetchMemory:
        """What is known of the addresses fetched before."""
        return self.tools.fetch_memory

    def on_behalf_of(self, owner: str) -> Assistant:
        """The same for one owner, whose conversations, answers and feedback are all that it sees and makes."""
        if owner == self.conversations.owner:
            return self
        conversations = self.conversations.of(owner)
        return replace(
            self,
            conversations=conversations,
            feedback=FeedbackBook(self.catalog, conversations),
            service=self.service.with_conversations(conversations),
        )

    def ingest_shipped(self, progress: Progress | None = None, *, restore: bool = False) -> IngestReport:
        """Bring the shipped corpus in, and remember which one it was."""
        source = shipped_source(corpus_folder())
        self.catalog.set_manifest(_SHIPPED_DIGEST, _UNFINISHED)
        report = self.ingestor.ingest(source, progress, restore=restore)
        self.catalog.set_manifest(_SHIPPED_DIGEST, corpus_digest(source))
        return report

    def needs_shipped(self) -> bool:
        """Whether the shipped corpus should come in by itself.

        True for an empty data folder, for one whose first ingest was cut off, and after an upgrade that
        brought another corpus; not for a folder that a person filled with other articles only.
        """
        known = self.catalog.manifest(_SHIPPED_DIGEST)
        if known is None:
            return self.catalog.counts()[0] == 0
        return known != corpus_digest(shipped_source(corpus_folder()))

    def warm(self, *, for_talks: bool = False) -> None:
        """Load the models side by side in the background; who needs one sooner waits for it.

        ``for_talks``: that of follow-ups too, which one question alone never needs.
        """
        networks = (self.scorer, self.carrier if for_talks else None)
        for load in (self.embedder.runtime, *(network.load for network in networks if network)):
            threading.Thread(target=load, name="warm").start()

    def close(self) -> None:
        """Let go of every file, once observers have handed on what they keep."""
        self.observers.flush()
        self.store.close()


def build_assistant(
    settings: Settings,
    embedder: Embedder | None = None,
    language_model: LanguageModel | None = None,
    *,
    read_weights: bool = False,
) -> Assistant:
    """The assistant of ``settings.data``; ``embedder`` and ``language_model`` replace the configured models.

    ``read_weights`` checks the models' files by their content, even when they look as they did the last time.

    Raises:
        BadInputError: the language model's name or the register's path cannot be used.
        MissingDependencyError: the model or the shipped corpus is not there.
        IndexMismatchError: the data folder was built by another model, chunker or format.
    """
    language_model = language_model or _language_model(settings)
    observers = Observers([LogObserver(), *open_spans(os.environ)])
    digests = FileDigests(None if read_weights else settings.data / DIGESTS)
    embedder = embedder or open_embedder(settings.embedding_model, settings.threads, digests)
    scorer = build_scorer(settings, embedder.name, digests)
    # Words are carried over in the packaged model's reading of them, so beside another model the rules decide.
    carrier = WordCarrier(settings.threads, digests=digests) if scorer else None
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    store = Store(settings.data, embedder.name, analyzer)
    retriever = Retriever(store, embedder, analyzer, settings.candidates)
    conversations = Conversations(store.catalog)
    register = RegisterShelf(_register_files(settings), store.catalog.article, store.catalog.generation)
    service = ChatService(
        reader=QuestionReader(analyzer, store.catalog, conversations, settings.day, carrier),
        retriever=retriever,
        answerer=build_answerer(settings, analyzer, scorer),
        engines=_engines(settings, language_model, embedder, analyzer),
        register=RegisterAnswers(register.current, analyzer),
        disputes=KnownDisputes(_disputes, analyzer),
        analyzer=analyzer,
        catalog=store.catalog,
        conversations=conversations,
        settings_fingerprint=f"{settings.fingerprint()} {analyzer.version} {_learned()}",
        passages=settings.passages,
        max_sentences=settings.max_sentences,
        observers=observers,
        kept_answers=settings.kept_answers,
    )
    return Assistant(
        settings=settings,
        store=store,
        embedder=embedder,
        scorer=scorer,
        carrier=carrier,
        tools=IngestTools(settings, store, embedder, observers),
        conversations=conversations,
        feedback=FeedbackBook(store.catalog, conversations),
        register=register,
        service=service,
        observers=observers,
        analyzer=analyzer,
    )


def _engines(settings: Settings, model: LanguageModel | None, embedder: Embedder, analyzer: TermAnalyzer) -> Engines:
    if model is None:
        # Quotes need no support check beside identity: nothing of it is loaded.
        return Engines()
    from assistant.answer.support import SupportModel, load_weights

    support = SupportModel(embedder.encode_texts, analyzer, load_weights())
    return Engines(model, support, settings.max_sentences, settings.llm_quote_instead)


def build_scorer(settings: Settings, embedder: str, digests: FileDigests | None = None) -> SentenceScorer | None:
    """The sentence scorer beside the embedding model named ``embedder``; None beside one it was not trained with."""
    return SentenceScorer(settings.threads, digests=digests) if embedder.startswith(PACKAGED_MODEL) else None


def build_answerer(settings: Settings, analyzer: TermAnalyzer, scorer: Scorer | None) -> ExtractiveAnswerer:
    """The answerer for evidence found with the packaged embedding model, or, without ``scorer``, with another.

    What was learned about the packaged model's cosines says nothing of another model's; there the signals alone
    judge.
    """
    judge = LearnedJudge(load_judgement(), scorer, analyzer) if scorer else ByWeights()
    return ExtractiveAnswerer(analyzer, settings.confidence_floor, settings.max_sentences, judge)


def _learned() -> str:
    """What was learned, for the fingerprint: other weights give other answers."""
    judged = hashlib.sha256(SHIPPED_WEIGHTS.read_bytes()).hexdigest()
    return " ".join(sha256[:12] for sha256 in (judged, SCORER_SHA256, CARRIER_SHA256))


def _language_model(settings: Settings) -> LanguageModel | None:
    if settings.language_model is None:
        return None
    options = ModelOptions(
        settings.llm_base_url.get_secret_value() if settings.llm_base_url else None,
        settings.llm_timeout,
        settings.llm_retries,
        settings.llm_max_tokens,
        settings.llm_temperature,
    )
    return open_model(settings.language_model, options)


def _register_files(settings: Settings) -> tuple[Path, ...]:
    """The shipped register, and after it a person's own, whose measures win."""
    shipped = corpus_folder() / "measures.yaml"
    own = settings.measures
    if own is not None and not own.is_file():
        raise BadInputError(f"setting measures names {str(own)!r}, which is no file; correct ASSISTANT_MEASURES")
    return (*((shipped,) if shipped.is_file() else ()), *((own,) if own is not None else ()))


def _disputes() -> tuple[Dispute, ...]:
    shipped = corpus_folder() / "disputes.yaml"
    return load_disputes(shipped) if shipped.is_file() else ()


def discard_index(settings: Settings) -> None:
    """Delete the catalog and the indexes of a data folder that this program cannot read."""
    for name in ("catalog.sqlite3", "catalog.sqlite3-wal", "catalog.sqlite3-shm"):
        (settings.data / name).unlink(missing_ok=True)
    shutil.rmtree(settings.data / "derived", ignore_errors=True)
