"""An answer that a language model words: every sentence of its is held against the quotes it cites.

What the register says, what the sources deny, and values in dispute are not left to the model: the program
writes them as quotes. Where the model fails, so does the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing

from assistant.answer.cite import resolve
from assistant.answer.conflict import ValueSupport
from assistant.answer.extractive import Draft, Plan
from assistant.answer.instructions import addresses_the_writer
from assistant.answer.language_model import LanguageModel, LanguageModelError, Piece
from assistant.answer.prompt import NO_ANSWER, Offer, make_offer
from assistant.answer.quotes import Quote, each_place_once
from assistant.answer.sentence_stream import SentenceStream
from assistant.answer.writing import Shown, Written
from assistant.types import Notice, Usage

MAX_OUTPUT_LENGTH = 20_000
_DIGITS = re.compile(r"\d+")
_CUT_OFF = re.compile(
    r"(?<![.!?])\s(?:the|an?|of|in|on|at|to|for|from|by|with|and|or|that|which|than|as|is|are|was|were|has|have|its|their)$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[{};]\s*[{}]|===?|=>|\w\(\s*['\"\w,. ]*\)\s*[;{]|\w\('|\b\w+_\w+\(|(?:^|\s)(?:def|import|SELECT|sudo)\s\w"
)
_LEFT_OUT_WORDS = {
    "not_offered": "citation numbers that were not offered",
    "too_many": "citations beyond the most of a sentence",
    "ranges": "ranges of citations that cannot be read",
    "brackets": "brackets that are no citations",
    "alone": "citations without a sentence",
    "links": "links",
    "images": "images",
    "markup": "pieces of markup",
    "code": "blocks of code",
    "reasoning": "blocks of reasoning",
}


class ModelWriting:
    """One answer in the making.

    Args:
        model: words it.
        written: collects what passed the check and what did not.
        most_sentences: most sentences of the model that are shown.
        quote_instead: when nothing that the model wrote holds, give the sources' own words; else decline.
    """

    def __init__(self, model: LanguageModel, written: Written, most_sentences: int, quote_instead: bool) -> None:
        self.written = written
        self.usage: Usage | None = None
        self._model = model
        self._most = most_sentences
        self._quote_instead = quote_instead
        self._notices: list[Notice] = []
        self._left_out: Counter[str] = Counter()
        self._said: set[str] = set()
        self._heard = 0
        self._worded = 0
        self._no_answer = False

    @property
    def engine(self) -> str | None:
        """The model's name when the answer is its work, also when nothing of it was left; else None."""
        quoted_instead = self._worded == 0 and bool(self.written.sentences)
        failed = any(notice.code == "model_failed" for notice in self._notices) and self._worded == 0
        return None if self.usage is None or failed or quoted_instead else self._model.name

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be told of the model's work."""
        return (*self._notices, *_left_out_notice(self._left_out))

    def write(self, question: str, draft: Draft, plan: Plan) -> Iterator[Shown]:
        """The checked sentences, as they come about. Never raises LanguageModelError: what is left is quoted."""
        self.written.leave_out_orders(draft)
        firm = [*(quote for quote in draft.quotes if quote in plan.leading), *draft.corrections]
        yield from self.written.quote(each_place_once(firm), draft)
        offer = make_offer(question, _evidence(draft, [*firm, *plan.trailing]), self._most)
        if not offer.quotes:
            yield from self._rest(draft.quotes, draft)
            return
        try:
            yield from self._word(offer)
        except LanguageModelError as error:
            self._notices.append(_failure_notice(self._model.name, str(error), self._worded))
            yield from self._rest(draft.quotes, draft)
            return
        yield from self.written.quote(self._unsaid_values(draft), draft)
        yield from self._ending(draft, plan)

    def _ending(self, draft: Draft, plan: Plan) -> Iterator[Shown]:
        quotes = bool(self.written.sentences) or self._quote_instead
        if not self._worded:
            self._notices.append(_nothing_left_notice(self._model.name, self._no_answer, quotes))
        if self.written.sentences:
            yield from self._rest([quote for quote in draft.quotes if quote in plan.trailing], draft)
        elif self._quote_instead:
            yield from self._rest(draft.quotes, draft)

    def _rest(self, quotes: Iterable[Quote], draft: Draft) -> Iterator[Shown]:
        """Those of ``quotes`` that no sentence cites yet."""
        return self.written.quote((quote for quote in quotes if quote.place not in self.written.places), draft)

    def _word(self, offer: Offer) -> Iterator[Shown]:
        self.usage = Usage(self._model.name, None, None)
        stream, length = SentenceStream(), 0
        try:
            with closing(self._model.stream(offer.prompt)) as pieces:
                for piece in pieces:
                    self.usage = _added(self.usage, piece)
                    length += len(piece.text)
                    if length > MAX_OUTPUT_LENGTH:
                        raise LanguageModelError(f"it wrote more than {MAX_OUTPUT_LENGTH} characters")
                    for raw in stream.feed(piece.text):
                        yield from self._sentence(raw, offer)
        except LanguageModelError:
            for raw in stream.close():
                self.written.leave_out(resolve(raw, ()).text, "the model failed in the middle of it")
            raise
        for raw in stream.close():
            yield from self._sentence(raw, offer)
        self._left_out += stream.hidden
        if not self._heard:
            raise LanguageModelError("it wrote nothing")

    def _sentence(self, raw: str, offer: Offer) -> Iterator[Shown]:
        self._heard += 1
        resolved = resolve(raw, offer.quotes)
        self._left_out += resolved.left_out
        if not any(character.isalnum() for character in resolved.text):
            self._left_out["alone"] += bool(resolved.quotes)
        elif _plain(resolved.text) == _plain(NO_ANSWER):
            self._no_answer = True
        elif objection := self._objection(resolved.text, resolved.quotes):
            self.written.leave_out(resolved.text, objection)
        else:
            for shown in self.written.word(resolved.text, resolved.quotes):
                self._worded += 1
                yield shown
        self._said.add(_plain(resolved.text))

    def _objection(self, text: str, quotes: tuple[Quote, ...]) -> str | None:
        """Why a sentence is not even held against its quotes."""
        if _plain(text) in self._said or _plain(text) in {_plain(one.text) for one in self.written.sentences}:
            return "it repeats a sentence before it"
        if not quotes:
            return "it cites nothing that was offered"
        if addresses_the_writer(text):
            return "it gives orders; it does not report"
        if _CODE.search(text):
            return "it holds program code"
        if _CUT_OFF.search(text):
            return "it is not finished"
        if self._worded >= self._most:
            return f"the answer has its {self._most} sentences"
        return None

    def _unsaid_values(self, draft: Draft) -> Iterator[Quote]:
        """The best quote of each value in dispute that no sentence gives."""
        return (value.quotes[0] for one in draft.disagreements for value in one.values if not self._gives(value))

    def _gives(self, value: ValueSupport) -> bool:
        places = {(quote.article.id, quote.span.start) for quote in value.quotes}
        numbers = {one.n for one in self.written.cited if (one.article_id, one.start) in places}
        figures = _DIGITS.findall(value.value)
        return any(
            numbers & set(sentence.citations) and set(figures) <= set(_DIGITS.findall(sentence.text))
            for sentence in self.written.sentences
        )


def _evidence(draft: Draft, said: Iterable[Quote]) -> list[Quote]:
    """What a model may use: the draft's choice, then all else that is relevant; nothing that is said without it."""
    shown = list(said)
    return [
        quote
        for quote in each_place_once([*draft.quotes, *draft.relevant])
        if not any(quote.article.id == other.article.id and _overlap(quote, other) for other in shown)
    ]


def _overlap(one: Quote, other: Quote) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _added(usage: Usage, piece: Piece) -> Usage:
    return Usage(
        usage.model,
        _sum(usage.input_tokens, piece.input_tokens),
        _sum(usage.output_tokens, piece.output_tokens),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


def _failure_notice(model: str, reason: str, worded: int) -> Notice:
    told = "the rest is given in the sources' own words" if worded else "these are the sources' own words"
    return Notice("model_failed", f"The language model {model} failed: {reason}; {told}.", {"reason": reason})


def _nothing_left_notice(model: str, no_answer: bool, quoted: bool) -> Notice:
    told = "these are the sources' own words" if quoted else "the nearest passages are shown, not as an answer"
    if no_answer:
        return Notice("model_no_answer", f"The language model {model} found no answer in the evidence; {told}.", {})
    text = f"Nothing that the language model {model} wrote is carried by the sources it cites; {told}."
    return Notice("model_unsupported", text, {})


def _left_out_notice(left_out: Counter[str]) -> Iterator[Notice]:
    counted = +left_out
    if counted:
        told = ", ".join(f"{count} {_LEFT_OUT_WORDS[kind]}" for kind, count in sorted(counted.items()))
        yield Notice("markers_dropped", f"Taken out of what the model wrote: {told}.", dict(counted))
