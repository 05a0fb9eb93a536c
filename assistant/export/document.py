"""Answers as a document with footnotes, before it takes the form of a file.

Answers come in as JSON objects of the HTTP contract, as they were given, and nothing of them is worded anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.dates import spoken

NOT_ADVICE = "Not legal advice; read the original."
DECLINED = "The corpus does not say."
_VERDICTS = {"partial": "partly supported by its quotes", "unsupported": "not supported by its quotes"}

Answer = Mapping[str, Any]
StillStands = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it was given, and when: UTC, ISO 8601."""

    answer: Answer
    given_at: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A source in a footnote; ``number`` runs through the whole document.

    ``stands``: the article still holds the quote at its place. ``link`` is an http address or None.
    """

    number: int
    source: str
    title: str
    link: str | None
    quote: str
    sha256: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the numbers of its footnotes; ``remark`` is what a reader must know of it."""

    text: str
    notes: tuple[int, ...] = ()
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Values that sources give for one thing, each with who says so and when last."""

    about: str
    values: tuple[tuple[Line, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its answer; ``nearest`` are passages of a declined answer, which are none."""

    question: str
    understood: str | None
    standing: tuple[str, ...]
    sentences: tuple[Line, ...]
    register: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    notices: tuple[str, ...]
    missing: tuple[str, ...]
    removed: tuple[Line, ...]
    nearest: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]
    record: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is exported: one answer, or a conversation."""

    title: str
    sections: tuple[Section, ...]
    note: str = NOT_ADVICE


def document(title: str, given: Sequence[GivenAnswer], still_stands: StillStands) -> Document:
    """Answers as a document, oldest first; footnotes are numbered through it."""
    sections: list[Section] = []
    used = 0
    for one in given:
        sections.append(_section(one, used, still_stands))
        used += len(one.answer["citations"])
    return Document(title, tuple(sections))


def record(given: GivenAnswer, still_stands: StillStands) -> dict[str, Any]:
    """What proves an answer: the answer itself, corpus, fingerprint, and of every quote its place and SHA-256."""
    answer = given.answer
    return {
        "answer": dict(answer),
        "given_at": given.given_at,
        "corpus_digest": answer.get("corpus_digest"),
        "fingerprint": answer["fingerprint"],
        "quotes": [_quote(citation, still_stands) for citation in answer["citations"]],
        "note": NOT_ADVICE,
    }


def quote_hash(quote: str) -> str:
    """SHA-256 of a quote's UTF-8 bytes, hexadecimal."""
    return hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, else None: nothing else becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    harmless = not any(character.isspace() or character in '<>"' for character in url or "")
    return url if parts.scheme in ("http", "https") and parts.netloc and harmless else None


def source_name(citation: Mapping[str, Any]) -> str:
    """``Digest of Reuters, 20 June 2025``; an inferred date says so."""
    name = f"Digest of {citation['publisher']}" if citation["kind"] == "digest" else str(citation["publisher"])
    inferred = " (inferred)" if citation["published_on"] and citation["published_inferred"] else ""
    return f"{name}, {spoken(citation['published_on'])}{inferred}"


def _quote(citation: dict[str, Any], still_stands: StillStands) -> dict[str, Any]:
    told = {name: citation[name] for name in ("n", "article_id", "start", "end")}
    return told | {"sha256": quote_hash(citation["quote"]), "stands": still_stands(citation)}


def _section(given: GivenAnswer, used: int, still_stands: StillStands) -> Section:
    answer = given.answer
    declined = answer["status"] == "declined"
    footnotes = tuple(footnote(citation, used, still_stands) for citation in answer["citations"])
    understood = answer["standalone_question"]
    return Section(
        question=answer["question"],
        understood=None if understood == answer["question"] else understood,
        standing=_standing(answer),
        sentences=tuple(_sentence(sentence, used) for sentence in answer["sentences"]),
        register=(*_standings(answer, used), *_changes(answer, used)),
        disputes=tuple(_dispute(conflict, used) for conflict in answer["conflicts"]),
        notices=tuple(notice["text"] for notice in answer["notices"]),
        missing=() if declined else tuple(answer["missing"]),
        removed=tuple(Line(removed["text"], (), removed["reason"]) for removed in answer["removed"]),
        nearest=tuple(Line(note.quote, (note.number,)) for note in footnotes) if declined else (),
        footnotes=footnotes,
        record=_record(given),
    )


def footnote(citation: dict[str, Any], used: int, still_stands: StillStands) -> Footnote:
    """The footnote of a citation, numbered after the ``used`` ones before its answer."""
    return Footnote(
        number=used + citation["n"],
        source=source_name(citation),
        title=citation["title"],
        link=web_address(citation["url"]),
        quote=citation["quote"],
        sha256=quote_hash(citation["quote"]),
        stands=still_stands(citation),
    )


def _standing(answer: Answer) -> tuple[str, ...]:
    newest, current, independent = (
        answer["newest_evidence_on"], answer["corpus_current_to"], answer.get("independent_sources")
    )  # fmt: skip
    told = (
        f"Answered as of {spoken(answer['as_of'])}",
        f"newest evidence of {spoken(newest)}" if newest else None,
        f"corpus current to {spoken(current)}" if current else None,
        f"{independent} independent source{'' if independent == 1 else 's'}" if independent is not None else None,
        *limits(answer.get("filters") or {}),
    )
    return tuple(part for part in told if part)


def limits(filters: Mapping[str, Any]) -> tuple[str | None, ...]:
    """What filters leave out, in words; None for what they do not limit."""
    since, until, publishers = filters.get("since"), filters.get("until"), filters.get("publishers")
    return (
        f"only published from {spoken(since)} on" if since else None,
        f"only published up to {spoken(until)}" if until else None,
        f"only from {', '.join(publishers)}" if publishers else None,
    )


def _sentence(sentence: Mapping[str, Any], used: int) -> Line:
    return Line(sentence["text"], _notes(sentence, used), _VERDICTS.get(sentence["verdict"] or ""))


def _standings(answer: Answer, used: int) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{standing['name']}{_scope(standing)}: {_words(standing['status'])} on {spoken(standing['on'])}"
            + (f", last known {_words(standing['last_status'])}" if standing["last_status"] else ""),
            _notes(standing, used),
        )
        for standing in answer.get("standings", ())
    )


def _changes(answer: Answer, used: int) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{'By ' if change['at_latest'] else ''}{spoken(change['on'])}: {change['name']}{_scope(change)}, "
            + (f"{_words(change['before'])} to " if change["before"] else "")
            + _words(change["after"]),
            _notes(change, used),
        )
        for change in answer.get("changes", ())
    )


def _dispute(conflict: Mapping[str, Any], used: int) -> Dispute:
    values = (
        (Line(value["value"], _notes(value, used)), ", ".join(value["publishers"]), spoken(value["newest_on"]))
        for value in conflict["values"]
    )
    return Dispute(conflict["about"], tuple(values))


def _record(given: GivenAnswer) -> tuple[tuple[str, str], ...]:
    answer = given.answer
    told = (
        ("Answer", answer["id"]),
        ("Given at", given.given_at),
        ("Engine", answer["engine"]),
        ("Corpus digest", answer.get("corpus_digest") or "not kept with this answer"),
        ("Fingerprint", answer["fingerprint"]),
    )
    return tuple(told)


def _notes(cited: Mapping[str, Any], used: int) -> tuple[int, ...]:
    return tuple(used + number for number in cited["citations"])


def _scope(told: Mapping[str, Any]) -> str:
    return f" ({told['scope']})" if told["scope"] else ""


def _words(status: str) -> str:
    return status.replace("_", " ")
