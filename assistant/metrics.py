"""Figures for Prometheus, in a registry of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assistant.observing import Answered
from assistant.types import IngestReport

_STAGE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_AGE_BUCKETS = (1, 7, 30, 90, 180, 365, 730, 1460)
_OUTCOMES = ("added", "updated", "unchanged", "removed", "kept_out")
_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """An observer that counts.

    Args:
        counts: number of articles and of passages in the catalog now, asked for at each scrape.
    """

    def __init__(self, counts: Callable[[], tuple[int, int]]) -> None:
        self._registry = registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=registry)
        registry.register(_CorpusSize(counts))
        self._answers = Counter(
            "assistant_answers", "Questions answered, by status and engine", ["status", "engine"], registry=registry
        )
        self._answer_seconds = Histogram(
            "assistant_answer_seconds", "Time of an answer", buckets=_STAGE_BUCKETS, registry=registry
        )
        self._stage_seconds = Histogram(
            "assistant_answer_stage_seconds", "Time of a stage of an answer", ["stage"], buckets=_STAGE_BUCKETS,
            registry=registry,
        )  # fmt: skip
        self._evidence_age = Histogram(
            "assistant_evidence_age_days", "Days from the newest evidence of an answer to its day",
            buckets=_AGE_BUCKETS, registry=registry,
        )  # fmt: skip
        self._tokens = Counter(
            "assistant_model_tokens", "Tokens of the language model, as its provider counts them",
            ["model", "direction"], registry=registry,
        )  # fmt: skip
        self._ingested = Counter(
            "assistant_ingested_articles", "Articles that ingest runs of this process met, by what became of them",
            ["outcome"], registry=registry,
        )  # fmt: skip
        self._requests = Counter(
            "assistant_requests", "HTTP requests", ["method", "route", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "assistant_request_seconds", "Time of an HTTP request, to the last byte", ["route"],
            buckets=_STAGE_BUCKETS, registry=registry,
        )  # fmt: skip

    def answered(self, answered: Answered) -> None:
        """Count an answer."""
        answer = answered.answer
        self._answers.labels(answer.status, answer.engine).inc()
        self._answer_seconds.observe(answered.seconds)
        for name, seconds in answered.stages:
            self._stage_seconds.labels(name).observe(seconds)
        if (age := answered.evidence_age_days) is not None:
            self._evidence_age.observe(age)
        if answer.usage is not None:
            tokens = {"input": answer.usage.input_tokens, "output": answer.usage.output_tokens}
            for direction, count in tokens.items():
                self._tokens.labels(answer.usage.model or "unknown", direction).inc(count or 0)

    def ingested(self, report: IngestReport) -> None:
        """Count what an ingest run did."""
        for outcome in _OUTCOMES:
            self._ingested.labels(outcome).inc(getattr(report, outcome))
        self._ingested.labels("failed").inc(len(report.failed))

    def flush(self) -> None:
        """Figures are fetched, never sent."""

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; ``route`` is a pattern of ours, so that there are few of them."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def scrape(self, accept: str) -> tuple[bytes, str]:
        """All figures, and the media type that they are in."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _CorpusSize(Collector):
    def __init__(self, counts: Callable[[], tuple[int, int]]) -> None:
        self._counts = counts

    def collect(self) -> Iterable[Metric]:
        articles, passages = self._counts()
        yield GaugeMetricFamily("assistant_articles", "Articles in the catalog", value=articles)
        yield GaugeMetricFamily("assistant_passages", "Passages in the catalog", value=passages)

    def describe(self) -> Iterable[Metric]:
        # Registering must not ask the catalog.
        return ()
