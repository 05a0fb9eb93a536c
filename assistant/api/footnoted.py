"""An answer as text for chat clients: cited sentences, a rule, what else is to be told, and the footnotes.

Most clients draw such text as Markdown and some as it is, so it reads well both ways. What comes from articles and
models is escaped: it is never markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote as percent_encoded

from assistant.ingest.sentences import split_sentences
from assistant.service import DECLINING_WORDS
from assistant.types import Answer, Citation, Sentence
from assistant.wording import Line, conflict_blocks, missing_lines, sentence_line, source_in_words, standing_blocks

_RULE = "---"
_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_OPENS_A_BLOCK = re.compile(r"^(\d*)([#+=.)-])(?=[\s#=-]|$)")
_ESCAPED = re.compile(r"\\([^\w\s])")
_ESCAPED_MARK = re.compile(r" \\\[(\d+)\\\]")
_MARK = re.compile(r" \[\d+\]")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a mark of citation ``n`` stands: ``text[start:end] == "[n]"``, in code points."""

    n: int
    start: int
    end: int


@dataclass(slots=True)
class FootnotedText:
    """Grows piece by piece, so that a sentence can be sent as soon as it is checked.

    Args:
        site: address of this server with a slash at its end; articles without an address are linked there.
    """

    site: str
    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add_sentence(self, sentence: Sentence) -> str:
        """The piece that one sentence adds."""
        before = len(self.text)
        self._add_block([sentence_line(sentence)])
        return self.text[before:]

    def add_rest(self, answer: Answer) -> str:
        """The piece that follows the sentences of ``answer``; "" when there is nothing to tell."""
        before = len(self.text)
        blocks = [*standing_blocks(answer), list(missing_lines(answer)), *conflict_blocks(answer)]
        if answer.citations or answer.notices or any(blocks):
            self.text += f"\n\n{_RULE}"
        for block in filter(None, blocks):
            self._add_block(block)
        for notice in answer.notices:
            # Notices are ours and name citations by their marks: "The date of [1] is inferred".
            self.text += "\n\n" + _ESCAPED_MARK.sub(r" [\1]", _escaped(notice.text))
        if answer.citations:
            self.text += "\n\n" + "\n".join(self._footnotes(answer))
        return self.text[before:]

    def link(self, citation: Citation) -> str:
        """Where a reader finds the source: its own address, else the article's page here, at the quote."""
        if citation.url and _ADDRESS.fullmatch(citation.url):
            return citation.url
        path = percent_encoded(citation.article_id, safe="")
        return f"{self.site}articles/{path}?start={citation.start}&end={citation.end}"

    def _add_block(self, lines: list[Line]) -> None:
        self.text += "\n\n" if self.text else ""
        for number, line in enumerate(lines):
            self.text += ("\n" if number else "") + ("- " if line.indented else "") + _escaped(line.before)
            for n in line.citations:
                start = len(self.text) + 1
                self.text += f" [{n}]"
                self.marks.append(Mark(n, start, len(self.text)))
            self.text += f"{' ' * line.after.startswith(' ')}{_escaped(line.after)}"

    def _footnotes(self, answer: Answer) -> list[str]:
        head = "Nearest passages, not an answer:" if answer.status == "declined" else "Sources:"
        return [head, *(self._footnote(citation) for citation in answer.citations)]

    def _footnote(self, citation: Citation) -> str:
        told = f"{source_in_words(citation)}. “{citation.quote}”"
        return f"- [{citation.n}] {_escaped(told)} <{self.link(citation)}>"


def sentences_said(text: str) -> tuple[str, ...]:
    """The sentences of an earlier answer, as a client sends it back: of such a text, or of any other.

    None of them when it declined.
    """
    body, _, _ = text.replace("\r\n", "\n").partition(f"\n\n{_RULE}\n")
    told = [_ESCAPED.sub(r"\1", _MARK.sub("", one).removesuffix(" (partly supported)")) for one in body.split("\n\n")]
    sentences = [span.of(paragraph) for paragraph in told for span in split_sentences(paragraph, "en")]
    return tuple(sentence for sentence in sentences if sentence != DECLINING_WORDS)


def _escaped(text: str) -> str:
    """One line of ``text`` that Markdown shows as it stands."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(_UNSEEN.sub(" ", text).split()))
    return _OPENS_A_BLOCK.sub(r"\1\\\2", line)
